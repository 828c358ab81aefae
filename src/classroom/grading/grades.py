"""Every grade of a course: of each lesson and learner, as the gradebook has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from nbgrader.api import (
    Assignment,
    Grade,
    Gradebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import Integer, cast, func

from classroom.course import CourseError


@dataclass(frozen=True)
class LessonGrade:
    """What a learner has earned in a lesson.

    `raw` is before the penalty for lateness. `waits` while a person has something to read in it.
    """

    handed_in: datetime | None
    raw: float
    penalty: float
    waits: bool

    @property
    def score(self) -> float:
        """What counts, never below 0."""
        return max(0.0, self.raw - self.penalty)


@dataclass(frozen=True)
class GradedLesson:
    """A lesson of the gradebook, with its points."""

    name: str
    due: datetime | None
    out_of: float


@dataclass(frozen=True)
class Learner:
    """A learner of the gradebook; what is not known is empty."""

    id: str
    first_name: str
    last_name: str
    email: str
    platform_id: str


@dataclass(frozen=True)
class Grades:
    """All grades; `of` has those of whoever has handed in, by lesson and learner."""

    lessons: tuple[GradedLesson, ...]
    learners: tuple[Learner, ...]
    of: dict[tuple[str, str], LessonGrade]


def read_grades(gradebook: Gradebook, lessons: list[str] | None = None) -> Grades:
    """Read the grades of the lessons that were assigned.

    A lesson is assigned when it has a due date, or somebody has handed it in.

    Parameters
    ----------
    gradebook : nbgrader.api.Gradebook
    lessons : list of str, optional
        These, and no others.

    Returns
    -------
    Grades

    Raises
    ------
    CourseError
        When a named lesson is not in the gradebook.
    """
    of = _grades(gradebook)
    known = {each.name: each for each in gradebook.assignments}
    for name in lessons or ():
        if name not in known:
            raise CourseError(
                f"The gradebook has no lesson named '{name}'; it has: {', '.join(known) or 'none'}."
            )
    handed_in = {lesson for lesson, _ in of}
    chosen = [
        GradedLesson(each.name, each.duedate, float(each.max_score))
        for each in known.values()
        if (each.name in lessons if lessons else each.duedate or each.name in handed_in)
    ]
    learners = [
        Learner(
            each.id,
            each.first_name or "",
            each.last_name or "",
            each.email or "",
            each.lms_user_id or "",
        )
        for each in gradebook.students
    ]
    return Grades(tuple(chosen), tuple(learners), of)


def _grades(gradebook: Gradebook) -> dict[tuple[str, str], LessonGrade]:
    session = gradebook.db
    submissions = (
        session.query(
            Assignment.name, Student.id, SubmittedAssignment.id, SubmittedAssignment.timestamp
        )
        .select_from(SubmittedAssignment)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .join(Student, SubmittedAssignment.student_id == Student.id)
    )
    scores = {
        key: (float(score or 0.0), bool(waits))
        for key, score, waits in session.query(
            SubmittedNotebook.assignment_id,
            func.sum(Grade.score),
            func.sum(cast(Grade.needs_manual_grade, Integer)),
        )
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .group_by(SubmittedNotebook.assignment_id)
    }
    penalties = dict(
        session.query(
            SubmittedNotebook.assignment_id, func.sum(SubmittedNotebook.late_submission_penalty)
        ).group_by(SubmittedNotebook.assignment_id)
    )
    found = {}
    for lesson, student, key, timestamp in submissions:
        score, waits = scores.get(key, (0.0, False))
        found[lesson, student] = LessonGrade(
            timestamp, score, float(penalties.get(key) or 0.0), waits
        )
    return found
