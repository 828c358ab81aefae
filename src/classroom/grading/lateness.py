"""How late submissions are, and what that costs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from nbgrader.api import Gradebook, SubmittedAssignment


@dataclass(frozen=True)
class Late:
    """By how many seconds a submission is late, and how many points are taken off for that."""

    seconds: float
    penalty: float


def due_of(submission: SubmittedAssignment) -> datetime | None:
    """Return when a submission is due, in UTC, with its extension; None when there is no date.

    nbgrader's own property fails where there is an extension and no date.
    """
    return submission.duedate if submission.assignment.duedate else None


def seconds_late(submission: SubmittedAssignment) -> float:
    """Return by how many seconds a submission is late; 0 where nobody knows when it came."""
    due = due_of(submission)
    if due is None or submission.timestamp is None:
        return 0.0
    return max(0.0, (submission.timestamp - due).total_seconds())


def late_ones(gradebook: Gradebook, lesson: str) -> dict[str, Late]:
    """Return of each student who is late, or has lost points for it, by how much.

    Parameters
    ----------
    gradebook : nbgrader.api.Gradebook
    lesson : str
    """
    found = {}
    for submission in gradebook.assignment_submissions(lesson):
        taken = sum(each.late_submission_penalty or 0.0 for each in submission.notebooks)
        late = Late(seconds_late(submission), float(taken))
        if late.seconds or late.penalty:
            found[submission.student.id] = late
    return found


def how_late(late: timedelta) -> str:
    """Return how late something is, by its two largest units, or ""."""
    if not late:
        return ""
    hours, seconds = divmod(int(late.total_seconds()) % 86_400, 3_600)
    minutes = max(1, seconds // 60) if not (late.days or hours) else seconds // 60
    parts = [(late.days, "d"), (hours, "h"), (minutes, "min")]
    said = [f"{number} {unit}" for number, unit in parts if number]
    return " ".join(said[:2])
