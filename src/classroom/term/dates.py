"""When a lesson is due, and for whom later."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
import difflib
import os
from pathlib import Path
import re
import warnings

from nbgrader.api import MissingEntry
from sqlalchemy.exc import SAWarning

from classroom.course import CourseError
from classroom.grading.lesson import find_assignment
from classroom.grading.settings import CourseSettings
from classroom.term.kept_grades import keep_grades

LONGER = re.compile(r"(\d+(?:\.\d+)?)\s*(d|day|days|h|hour|hours|min|minutes)", re.IGNORECASE)


@dataclass(frozen=True)
class Due:
    """When a lesson is due, in UTC; what was so before; and who has lost an extension by that."""

    when: datetime | None
    before: datetime | None
    lost: dict[str, timedelta]
    kept: Path | None  # the file in which these stand


def set_due(course: str | os.PathLike, lesson: str, moment: str | None) -> Due:
    """Set when a lesson is due.

    Parameters
    ----------
    course : path-like
        The folder with `nbgrader_config.py`.
    lesson : str
    moment : str or None
        Such as "2026-03-01 12:00", by this machine's clock, or with a zone: "...+01:00". None
        for: never; then nobody can have more time, and extensions go
        to `kept-grades/`.

    Returns
    -------
    Due

    Raises
    ------
    CourseError
        When there is no such lesson, or the moment cannot be read.
    """
    due = None
    if moment is not None:
        try:
            due = datetime.fromisoformat(moment.strip()).astimezone(UTC)
        except ValueError:
            raise CourseError(
                f"'{moment}' is no moment; write it as 2026-03-01 12:00, or with a zone as "
                "2026-03-01T12:00+01:00."
            ) from None
    settings = CourseSettings(course)
    with settings.gradebook() as gradebook:
        assignment = find_assignment(gradebook, lesson)
        before, kept = _utc(assignment.duedate), None
        given = {each.student.id: each.extension for each in assignment.submissions}
        lost = {} if due else {student: span for student, span in given.items() if span}
        if lost:
            kept = keep_grades(gradebook, settings.course, lesson)
        assignment.duedate = due.replace(tzinfo=None) if due else None  # nbgrader keeps UTC
        if due is None:
            for submission in assignment.submissions:
                submission.extension = None  # nbgrader fails where there is one and no date
        gradebook.db.commit()
    return Due(due, before, lost, kept)


def _utc(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment else None


def in_words(span: timedelta) -> str:
    """Return a time as `extend` reads it: "2 days", "36 h" or "90 min"."""
    minutes = span.total_seconds() / 60
    for size, unit in ((1440, "days"), (60, "h")):
        if minutes % size == 0:
            return f"{minutes / size:g} {unit}"
    return f"{minutes:g} min"


def extend(
    course: str | os.PathLike, lesson: str, student: str, longer: str, new: bool = False
) -> tuple[datetime, timedelta | None]:
    """Give one learner more time; it takes the place of an earlier extension.

    Parameters
    ----------
    course : path-like
        The folder with `nbgrader_config.py`.
    lesson, student : str
    longer : str
        Such as "2 days" or "36 h"; "0 days" takes the extension back.
    new : bool
        Whether the learner may be one whom the gradebook does not know yet.

    Returns
    -------
    when : datetime.datetime
        When it is due for this learner, in UTC.
    before : datetime.timedelta or None
        The extension of before, whose place this one takes.

    Raises
    ------
    CourseError
        When there is no such lesson or learner, it is never due, or the time cannot be read.
    """
    match = LONGER.fullmatch(longer.strip())
    if match is None:
        raise CourseError(f"'{longer}' is no time; write it as '2 days', '36 h' or '90 min'.")
    unit = {"d": "days", "h": "hours", "m": "minutes"}[match[2][0].lower()]
    span = timedelta(**{unit: float(match[1])})
    with CourseSettings(course).gradebook() as gradebook:
        if find_assignment(gradebook, lesson).duedate is None:
            raise CourseError(
                f"{lesson} is due at no time, so nobody needs more; say until when with classroom "
                f'due {lesson} "2026-03-01 12:00".'
            )
        known = [each.id for each in gradebook.students]
        if student not in known and not new:
            close = difflib.get_close_matches(student, known, 1)
            hint = f"did you mean '{close[0]}'?" if close else f"it knows {len(known)}."
            raise CourseError(
                f"The gradebook knows no learner '{student}'; {hint} If the name is right, say "
                "--new: then it is entered."
            )
        gradebook.update_or_create_student(student)
        try:
            submission = gradebook.find_submission(lesson, student)
        except MissingEntry:  # an extension may come before the hand-in
            with warnings.catch_warnings():
                # nbgrader's way of adding a submission makes SQLAlchemy warn at every one.
                warnings.simplefilter("ignore", SAWarning)
                submission = gradebook.add_submission(lesson, student)
        before, submission.extension = submission.extension, span or None
        gradebook.db.commit()
        return submission.duedate.replace(tzinfo=UTC), before
