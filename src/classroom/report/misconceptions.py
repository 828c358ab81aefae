"""What a wrong answer holds to be true: the misconception that the bank names behind it."""

from __future__ import annotations

from dataclasses import dataclass

from crossentropy.quiz.question import Question

from classroom.grading.attempts import Attempt

OTHER = "other"


@dataclass(frozen=True)
class Mistake:
    """One way to be wrong about a question.

    `key` tells it from the question's others. `answer` is what was answered, and `misconception`
    what the bank says to it; both are markdown. Where the bank knows no more than that it is
    wrong, `named` is False.
    """

    key: str
    answer: str
    misconception: str
    named: bool = True


def mistakes_in(attempt: Attempt, question: Question) -> list[Mistake]:
    """Return what is wrong with an answer; nothing when it is right, or a prediction.

    Parameters
    ----------
    attempt : Attempt
    question : Question
        As its lesson shows it: its texts are told, whatever numbers were drawn.
    """
    if attempt.right is not False:
        return []
    kinds = {"choice": _of_choice, "several": _of_several, "order": _of_order}
    return kinds.get(question.type, _of_number)(attempt, question)


def _option(question: Question, letter: str):
    return question.options[question.letters.index(letter)]


def _of_choice(attempt: Attempt, question: Question) -> list[Mistake]:
    option = _option(question, attempt.answer)
    return [Mistake(attempt.answer, option.text, option.why)]


def _of_several(attempt: Attempt, question: Question) -> list[Mistake]:
    found = []
    for letter in question.letters:
        option = _option(question, letter)
        if letter in attempt.answer and not option.correct:
            found.append(Mistake(letter, option.text, option.why))
        elif option.correct and letter not in attempt.answer:
            found.append(Mistake(f"not {letter}", f"Not chosen: {option.text}", option.why))
    return found


def _of_order(attempt: Attempt, question: Question) -> list[Mistake]:
    # The first step that stands in a wrong place, as the card tells it.
    pairs = enumerate(zip(attempt.answer, question.key, strict=True), 1)
    place, letter = next((place, given) for place, (given, key) in pairs if given != key)
    option = _option(question, letter)
    return [Mistake(f"{letter} {place}", f"As step {place}: {option.text}", option.why)]


def _of_number(attempt: Attempt, question: Question) -> list[Mistake]:
    # The ranges of the numbers that were asked; told with those of the lesson.
    for place, one in enumerate(attempt.question.wrong):
        if one.low <= attempt.answer <= one.high:
            told = question.wrong[place]
            return [Mistake(f"wrong {place + 1}", _range(told.low, told.high), told.why)]
    return [Mistake(OTHER, "Another number", question.otherwise, named=False)]


def _range(low: float, high: float) -> str:
    middle = (low + high) / 2
    if high - low <= 0.02 * abs(middle) + 1e-9:
        return f"About {middle:.3g}"
    return f"A number from {low:.3g} to {high:.3g}"
