"""What keeps the answers of a card, and says what they lead to: here, as in practice.

In a challenge or a test it is a seat (`sitting_card`), when a question is recalled another
(`overview`).
"""

from __future__ import annotations

from collections.abc import Sequence

from crossentropy.quiz import draws, responses, texts
from crossentropy.quiz.question import Question
from crossentropy.quiz.shuffled import shuffled


class Practice:
    """Keeps the answers to a question by default: any number of them, the last one counts.

    Whether it `renews` is whether the card offers the question with other numbers.
    """

    hints = True
    title = ""
    explains = True
    renews = True
    advice = "Try again: your last answer counts."

    def __init__(self, question: Question):
        self.question = question

    @property
    def after_a_miss(self) -> str:
        """What to say below the explanation of a wrong answer, as markdown."""
        section = texts.read_again(self.question)
        return f"{self.advice} Read again: {section}" if section else self.advice

    def answers(self) -> tuple[list[str | float], str | None]:
        """Return what was answered before, and one sentence if that cannot be told."""
        return responses.history(self.question)

    def record(
        self, given: str | float, hints: int, seconds: float | None
    ) -> tuple[bool, str | None]:
        """Record an answer; return whether it was saved, and one sentence for the learner."""
        return responses.record(self.question.id, given, hints=hints, seconds=seconds)

    def settle(self) -> None:
        """Do what an answer makes necessary elsewhere: nothing."""


class Afresh(Practice):
    """Keeps the answers to a question with fresh numbers, its options in another order.

    `shown` is the question as a card shows it. What is recorded has the letters of the bank and
    the numbers; it is recalled later, and counts for nothing else.
    """

    title = "New numbers"
    renews = False
    advice = "Try again: with these numbers you only practise."

    def __init__(self, question: Question):
        super().__init__(question)
        self._shuffled = shuffled(question, question.seed)
        self.shown = self._shuffled.question

    def answers(self) -> tuple[list, None]:
        """Return none: nobody has seen these numbers before."""
        return [], None

    def record(self, given: str | float, hints: int, seconds: float | None) -> tuple:
        """Record an answer, as `Practice` does."""
        return responses.record(
            self.question.id,
            self._shuffled.in_bank(given),
            hints=hints,
            seconds=seconds,
            draw=draws.record(self.question),
        )


def afresh(question: Question, before: Sequence[Question] = ()) -> Afresh:
    """Return a keeper of a question with fresh numbers, after those that were just seen."""
    recorded, _ = responses.recorded()
    attempts = recorded.attempts(question.id) or []
    often = sum(one.get("draw") is not None for one in attempts) + len(before)
    return Afresh(draws.fresh(question, often, before[-1] if before else None))
