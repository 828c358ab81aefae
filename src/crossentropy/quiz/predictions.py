"""Predictions: made before the code runs that settles them, then set against what came true."""

from __future__ import annotations

from typing import SupportsFloat

from crossentropy.quiz import bank, display, marking, responses, showing
from crossentropy.quiz.question import BankError, Question


def predict(question_id: str) -> None:
    """Show a question to answer before running the code that settles it; see `reveal`.

    Parameters and errors are those of `ask`; the question must be one for predictions.
    """
    question = bank.question(question_id)
    if question.use != "predict":
        raise BankError(
            f"Question {question_id!r} is for {question.use}, not for a prediction: "
            "show it with quiz.ask."
        )
    showing.show_card(question)


def reveal(question_id: str, actual: SupportsFloat | None = None) -> None:
    """Say what was predicted against what came true.

    Parameters
    ----------
    question_id : str
        A question shown with `predict`.
    actual : number, optional
        What the run gave. Of options that have a `low` or a `high` in the bank, the one whose range
        holds it came true; where none does, the run does not answer the question, and that is said.
        Without it, the option came true that the bank marks as correct. A letter is refused, as it
        would stand beside the question and give its answer away.

    Raises
    ------
    crossentropy.quiz.question.BankError
        As in `ask`, and when the call and the bank do not say together what came true.
    """
    question = bank.question(question_id)
    answers, notice = responses.history(question)
    gave = _what_came_true(question, actual)
    if not answers:
        told = f"No prediction recorded (predict above, then run this cell again); {gave}"
    else:
        told = f"You predicted {_told(question, answers[-1])}; {gave}"
        told += f"\n\n{marking.judge(question, answers[-1]).why.strip()}".rstrip()
    display.say(f"{notice}\n\n{told}" if notice else told)


def _what_came_true(question: Question, actual: object) -> str:
    if isinstance(actual, (str, bytes)):
        raise BankError(
            f"Give quiz.reveal the number that the run gave, or only {question.id!r} where the "
            "bank knows what came true; a letter would give the answer away."
        )
    if actual is None:
        if question.key is None:
            raise BankError(
                f"Nothing says what came true for {question.id}: give quiz.reveal what the run "
                "gave, or mark an option as correct in the bank."
            )
        return f"what came true is {_told(question, question.key)}."
    if question.type == "number":
        return f"the run gave {_told(question, actual)}."
    decided = [one for one in question.options if (one.low, one.high) != (None, None)]
    if not decided:
        raise BankError(
            f"A number does not say which option of {question.id} came true: none of them has a "
            "low or a high in the bank."
        )
    for letter, option in zip(question.letters, question.options, strict=True):
        if option.holds(float(actual)):
            return f"the run gave {_told(question, letter)}."
    return f"this run gave {_told(question, actual)}, which none of the options describes."


def _told(question: Question, value: str | SupportsFloat) -> str:
    """Return a value in words: a number to four digits, an option by its letter and text."""
    if isinstance(value, str):
        if len(value) > 1:  # several letters
            return ", ".join(value)
        text = question.options[question.letters.index(value)].text.strip()
        return value if "\n" in text else f"{value} ({text})"
    return str(value) if isinstance(value, (bool, int)) else f"{float(value):.4g}"
