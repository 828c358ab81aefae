"""What an answer means: reading what somebody typed or clicked, and judging it by the bank.

Whether an answer is right is never stored; it is computed here, each time, from the question.
"""

from __future__ import annotations

from dataclasses import dataclass
import math
import re

from crossentropy.quiz.question import Question


class AnswerError(ValueError):
    """An answer that cannot be one to this question; the message is one sentence."""


@dataclass(frozen=True)
class Judgement:
    """`right` is None for a prediction, which nobody judges; `why` is markdown and may be empty."""

    right: bool | None
    why: str


def read_answer(question: Question, value: object) -> str | float:
    """Turn what was typed, clicked or read from a file into an answer.

    Parameters
    ----------
    question : Question
    value : object
        For a choice, the letter of an option, upper or lower case. For several choices or an
        ordering, such letters one after another, as `"acd"`, `"a, c, d"` or a list. For a
        number question, a finite real number (Python, NumPy, a scalar tensor) or its text with a
        decimal dot; infinity where the bank explains it as a typical wrong answer.

    Returns
    -------
    str or float
        The lower-case letters (several choices sorted, an ordering as given), or the number.

    Raises
    ------
    AnswerError
        One sentence that says what was expected.
    """
    if question.type == "choice":
        letter = value.strip().lower() if isinstance(value, str) else ""
        if len(letter) == 1 and letter in question.letters:
            return letter
        last = question.letters[-1]
        raise AnswerError(
            f"{_shown(value)} is not an option of question {question.id}: "
            f"answer with one of the letters a to {last}."
        )
    if question.type != "number":
        return _read_letters(question, value)
    return _read_number(question, value)


def _read_letters(question: Question, value: object) -> str:
    parts = value if isinstance(value, str) else _joined(value)
    letters = re.sub(r"[\s,;]", "", parts).lower()
    fits = letters and set(letters) <= set(question.letters) and len(set(letters)) == len(letters)
    last = question.letters[-1]
    if question.type == "order":
        if fits and len(letters) == len(question.letters):
            return letters
        raise AnswerError(
            f"{_shown(value)} is not an order for question {question.id}: give each of the "
            f"letters a to {last} once, the first step first."
        )
    if fits:
        return "".join(sorted(letters))
    raise AnswerError(
        f"{_shown(value)} is not a choice for question {question.id}: give one or more of the "
        f"letters a to {last}, each once."
    )


def _joined(value: object) -> str:
    given = isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value)
    return "".join(value) if given else ""


def _read_number(question: Question, value: object) -> float:
    if isinstance(value, str):
        value = value.strip().replace("\N{MINUS SIGN}", "-")
        value = value.replace("\N{INFINITY}", "inf")
        if re.fullmatch(r"[-+]?\d*,\d+", value):
            dotted = value.replace(",", ".")
            raise AnswerError(f"Write the number with a dot instead of a comma: {dotted}.")
    try:
        # float() alone would take bytes, and the truth values too.
        if isinstance(value, bool) or not (isinstance(value, str) or hasattr(value, "__float__")):
            raise TypeError
        number = float(value)
    except (TypeError, ValueError):
        raise AnswerError(
            f"{_shown(value)} is not a number: answer question {question.id} with one, "
            "for instance 0.5."
        ) from None
    except OverflowError:
        number = math.inf
    # Infinity is an answer only where the bank has something to say to it.
    if not math.isfinite(number) and not any(
        one.low <= number <= one.high for one in question.wrong
    ):
        raise AnswerError(
            f"{_shown(value)} is not a finite number: answer question {question.id} with one, "
            "for instance 0.5."
        )
    return number


def _shown(value: object) -> str:
    if isinstance(value, str) and not value.strip():
        return "An empty answer"
    # ascii(), as a value may come from a file that somebody edited: nothing unprintable gets out.
    told = ascii(value) if isinstance(value, (str, int, float, bool, type(None))) else "That value"
    return told if len(told) <= 40 else told[:37] + "..."


def judge(question: Question, answer: str | float) -> Judgement:
    """Judge an answer that `read_answer` has returned.

    A number is right within the question's tolerance, which is absolute.
    """
    if question.type == "choice":
        option = question.options[question.letters.index(answer)]
        right, why = option.correct, option.why
    elif question.type == "several":
        right, why = answer == question.key, _on_several(question, answer)
    elif question.type == "order":
        right = answer == question.key
        why = question.why if right else _on_order(question, answer)
    elif question.answer is not None and _close(answer, question.answer, question.tolerance):
        right, why = True, question.why
    else:
        fitting = (one.why for one in question.wrong if one.low <= answer <= one.high)
        right, why = False, next(fitting, question.otherwise)
    return Judgement(None if question.use == "predict" else right, why)


def _on_several(question: Question, answer: str) -> str:
    """Explain each wrong option that was chosen; with none, the right ones, or that some lack."""
    chosen = {letter: question.options[question.letters.index(letter)] for letter in answer}
    wrong = {letter: option for letter, option in chosen.items() if not option.correct}
    lacking = len(question.key) - (len(chosen) - len(wrong))
    lines = [
        f"- **{letter})** {option.why.strip()}" for letter, option in (wrong or chosen).items()
    ]
    if wrong:
        lines.insert(0, "What you chose and should not have:\n")
    elif lacking:
        lines.insert(0, "What you chose is right, but it is not all:\n")
    if lacking:
        options = "option is" if lacking == 1 else "options are"
        lines.append(f"\n{lacking} right {options} missing.")
    return "\n".join(lines)


def _on_order(question: Question, answer: str) -> str:
    """Explain the first step that stands in a wrong place, and no more: the rest is yours."""
    place = next(
        i for i, pair in enumerate(zip(answer, question.key, strict=True)) if len({*pair}) > 1
    )
    letter = answer[place]
    option = question.options[question.letters.index(letter)]
    told = {0: "", 1: "Step 1 is right. "}.get(place, f"The first {place} steps are right. ")
    return f"{told}Step {place + 1} is not **{letter})** yet. {option.why.strip()}"


def _close(answer: float, key: float, tolerance: float) -> bool:
    # The slack keeps 0.224 within 0.001 of 0.223, which binary fractions miss by 1e-18.
    return abs(answer - key) <= tolerance + 1e-12 * max(1.0, abs(key))
