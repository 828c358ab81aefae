"""When a lesson is due, and for whom later."""

from datetime import UTC, datetime, timedelta
import difflib
import os
import re
import warnings

from nbgrader.api import MissingEntry
from sqlalchemy.exc import SAWarning

from classroom.course import CourseError
from classroom.grading.lesson import find_assignment
from classroom.grading.settings import CourseSettings

LONGER = re.compile(r"(\d+(?:\.\d+)?)\s*(d|day|days|h|hour|hours|min|minutes)", re.IGNORECASE)


def set_due(course: str | os.PathLike, lesson: str, moment: str | None) -> datetime | None:
    """Set when a lesson is due.

    Parameters
    ----------
    course : path-like
        The folder with `nbgrader_config.py`.
    lesson : str
    moment : str or None
        Such as "2026-03-01 12:00", by this machine's clock, or with a zone: "...+01:00". None
        for: never; then there are no extensions either.

    Returns
    -------
    datetime.datetime or None
        The moment, in UTC.

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
    with CourseSettings(course).gradebook() as gradebook:
        assignment = find_assignment(gradebook, lesson)
        assignment.duedate = due.replace(tzinfo=None) if due else None  # nbgrader keeps UTC
        if due is None:
            for submission in assignment.submissions:
                submission.extension = None
        gradebook.db.commit()
    return due


def extend(
    course: str | os.PathLike, lesson: str, student: str, longer: str, new: bool = False
) -> datetime:
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
    datetime.datetime
        When it is due for this learner, in UTC.

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
        submission.extension = span or None
        gradebook.db.commit()
        return submission.duedate.replace(tzinfo=UTC)
