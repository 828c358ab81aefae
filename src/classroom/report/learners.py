"""What each learner has done, and who seems to be stuck, with the reasons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import mean, median

from crossentropy.quiz.question import Question

from classroom.grading.attempts import Attempt, last_moment
from classroom.report.exercises import Score
from classroom.report.handed_in import HandedIn

MANY_TRIES = 3  # wrong answers to one question
MANY_A_QUESTION = 2.5
SLOW = 2.0  # times as long as the class
FEW = 4  # questions; on fewer nothing is said of hints and times
DAYS = 7


@dataclass(frozen=True)
class LearnerRow:
    """One learner in the report.

    The shares are of the questions that were answered and can be right, from 0 to 1. `pace` is how
    many times as long as the class a first answer takes (the median), `minutes` the sum of all
    known times. `stuck` has the reasons, as clauses.
    """

    student: str
    answered: int
    asked: int
    right_first: float | None
    right_last: float | None
    attempts: int
    hints: int
    minutes: float
    pace: float | None
    last: datetime | None
    points: float | None
    out_of: float
    notice: str
    stuck: tuple[str, ...] = ()


def learner_rows(
    handed_in: list[HandedIn],
    answers: dict[str, dict[str, list[Attempt]]],
    asked: dict[str, Question],
    scores: dict[str, dict[str, Score]],
    out_of: float,
    now: datetime,
    days: float = DAYS,
) -> list[LearnerRow]:
    """Return a row for each learner, those who seem to be stuck first.

    Parameters
    ----------
    handed_in : list of HandedIn
    answers : dict
        Of each student, by question id.
    asked : dict of str to Question
        What the lesson asks.
    scores : dict
        Of each student, by grade id.
    out_of : float
        Points of the lesson.
    now : datetime.datetime
        In UTC.
    days : float, optional
        After so many days without an answer an unfinished lesson is a reason.
    """
    typical = _typical_times(answers)
    rows = []
    for work in handed_in:
        given = answers[work.student]
        row = _row(work, given, asked, typical, scores.get(work.student), out_of)
        rows.append(replace(row, stuck=tuple(_reasons(row, given, now, days))))
    return sorted(rows, key=lambda row: (-len(row.stuck), row.right_last or 0, row.student))


def _typical_times(answers: dict[str, dict[str, list[Attempt]]]) -> dict[str, float]:
    times: dict[str, list[float]] = {}
    for given in answers.values():
        for name, attempts in given.items():
            if attempts[0].seconds:
                times.setdefault(name, []).append(attempts[0].seconds)
    return {name: median(found) for name, found in times.items()}


def _row(
    work: HandedIn,
    given: dict[str, list[Attempt]],
    asked: dict[str, Question],
    typical: dict[str, float],
    earned: dict[str, Score] | None,
    out_of: float,
) -> LearnerRow:
    judged = [attempts for attempts in given.values() if attempts[0].right is not None]
    paces = [
        attempts[0].seconds / typical[name]
        for name, attempts in given.items()
        if attempts[0].seconds
    ]
    mine = asked.keys() - work.not_asked
    return LearnerRow(
        student=work.student,
        answered=len(given.keys() & mine),
        asked=len(mine),
        right_first=mean(bool(one[0].right) for one in judged) if judged else None,
        right_last=mean(bool(one[-1].right) for one in judged) if judged else None,
        attempts=sum(map(len, given.values())),
        hints=sum(any(one.hints for one in attempts) for attempts in given.values()),
        minutes=sum(max((one.seconds or 0.0) for one in each) for each in given.values()) / 60,
        pace=median(paces) if len(paces) >= FEW else None,
        last=last_moment(work.responses, given),
        points=sum(score.points for score in earned.values()) if earned else None,
        out_of=out_of,
        notice=work.notice,
    )


def _listed(names: list[str], most: int = 3) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _reasons(row: LearnerRow, given: dict[str, list[Attempt]], now: datetime, days: float):
    stubborn = [
        name
        for name, attempts in given.items()
        if attempts[-1].right is False and len(attempts) >= MANY_TRIES
    ]
    if stubborn:
        yield f"still wrong after {MANY_TRIES} answers or more: {_listed(sorted(stubborn))}"
    judged = [attempts for attempts in given.values() if attempts[0].right is not None]
    if len(judged) >= FEW:
        often = sum(map(len, judged)) / len(judged)
        if often >= MANY_A_QUESTION:
            yield f"needs {often:.1f} answers a question"
        if 2 * row.hints >= len(judged):
            yield f"took a hint on {row.hints} of {len(judged)} questions"
    if row.pace is not None and row.pace >= SLOW:
        yield f"takes {row.pace:.1f} times as long as the class"
    unfinished = row.answered < row.asked or (row.points is not None and row.points < row.out_of)
    if unfinished and row.last and now - row.last >= timedelta(days=days):
        yield f"not finished, and nothing for {(now - row.last).days} days"
    if unfinished and row.last is None and row.asked:
        yield "has answered nothing"
