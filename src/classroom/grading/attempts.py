"""A learner's answers, question by question, judged by the bank: for feedback and reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
import math

from crossentropy.quiz import bank, draws, former, marking, sittings
from crossentropy.quiz.question import BankError, Question
from crossentropy.quiz.responses import Responses


@dataclass(frozen=True)
class Attempt:
    """One answer: the question with the numbers it had, what was answered, and how it went.

    `right` is None for a prediction; `seconds` and `moment` are None where they are not known.
    """

    question: Question
    answer: str | float
    right: bool | None
    hints: int
    seconds: float | None
    moment: datetime | None


def title_of(lesson: str) -> str:
    """Return the title that the bank gives a lesson; the lesson's name where it gives none."""
    try:
        return bank.title(lesson)
    except BankError:
        return lesson


def asked_in(lesson: str, cells: Iterable[str]) -> dict[str, Question]:
    """Return the questions of a lesson that its cells name, in the order of the bank.

    Parameters
    ----------
    lesson : str
    cells : iterable of str
        The texts of its cells.
    """
    text = "\n".join(cells)
    try:
        known = bank.questions(lesson)
    except BankError:
        return {}
    return {one.id: one for one in known if one.use == "challenge" or f'"{one.id}"' in text}


def attempts_of(recorded: Responses) -> dict[str, list[Attempt]]:
    """Return a learner's answers to each question, oldest first; what cannot be one is left out.

    Answers to the numbers that the lesson shows count; those to other numbers are practice. Of the
    challenge the first sitting counts, and of the test the first sitting that asked the question.
    """
    found: dict[str, list[Attempt]] = {}
    for name in recorded.entries:
        try:
            question = bank.question(former.QUESTIONS.get(name, name))
        except BankError:
            continue
        read = [_attempt(question, one) for one in recorded.counted(name) or []]
        if known := [one for one in read if one]:
            found[question.id] = known
    for rules in (sittings.CHALLENGE, sittings.TEST):
        for sitting in sittings.of(recorded, rules)[: 1 if rules is sittings.CHALLENGE else None]:
            entry = recorded.sittings[rules.name][sitting.number]
            for question in sitting.questions:
                raw = entry.get("attempts", {}).get(question.id, ())
                read = [_attempt(question, one) for one in raw if isinstance(one, dict)]
                known = [one for one in read if one][: rules.attempts_at(question)]
                if known and question.id not in found:
                    found[question.id] = known
    return found


def _attempt(question: Question, raw: dict) -> Attempt | None:
    try:
        if raw.get("draw") is not None:
            question = draws.again(question, raw["draw"])
        answer = marking.read_answer(question, raw.get("answer"))
    except (marking.AnswerError, BankError, ValueError):
        return None
    hints = raw.get("hints")
    return Attempt(
        question,
        answer,
        marking.judge(question, answer).right,
        hints if isinstance(hints, int) and hints > 0 else 0,
        _seconds(raw.get("seconds")),
        moment_of(raw.get("time")),
    )


def _seconds(value: object) -> float | None:
    known = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(value) if known and math.isfinite(value) and value >= 0 else None


def moment_of(value: object) -> datetime | None:
    """Return the moment that a file tells, in UTC; None if it is none."""
    try:
        moment = datetime.fromisoformat(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None


def last_moment(recorded: Responses, attempts: dict[str, list[Attempt]]) -> datetime | None:
    """Return when a learner did something last: answered, or passed an exercise."""
    moments = [one.moment for given in attempts.values() for one in given]
    moments += [moment_of(value) for value in recorded.exercises.values()]
    return max((one for one in moments if one), default=None)


def section_of(question: Question) -> str:
    """Return the heading that teaches what a question asks, and its lesson's title."""
    try:
        heading = question.section or bank.objective(question.lesson, question.objective).section
        title = bank.title(question.taught_in or question.lesson)
    except BankError:
        return question.section
    return f"“{heading}” in lesson {title}" if heading else f"lesson {title}"
