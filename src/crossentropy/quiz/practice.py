"""What keeps the answers of a card, and says what they lead to: here, as in practice.

In a challenge or a test it is a seat (`sitting_card`), when a question is recalled another
(`overview`).
"""

from __future__ import annotations

from crossentropy.quiz import responses, texts
from crossentropy.quiz.question import Question


class Practice:
    """Keeps the answers to a question by default: any number of them, the last one counts."""

    hints = True
    title = ""
    explains = True

    def __init__(self, question: Question):
        self.question = question

    @property
    def after_a_miss(self) -> str:
        """What to say below the explanation of a wrong answer, as markdown."""
        section = texts.read_again(self.question)
        told = "Try again: your last answer counts."
        return f"{told} Read again: {section}" if section else told

    def answers(self) -> tuple[list[str | float], str | None]:
        """Return what was answered before, and one sentence if that cannot be told."""
        return responses.history(self.question)

    def record(self, given: str | float, hints: int, seconds: float) -> tuple[bool, str | None]:
        """Record an answer; return whether it was saved, and one sentence for the learner."""
        return responses.record(self.question.id, given, hints=hints, seconds=seconds)

    def settle(self) -> None:
        """Do what an answer makes necessary elsewhere: nothing."""
