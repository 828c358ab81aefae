"""What a class has earned in each graded cell, and what those were told who lost points."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from nbgrader.api import (
    Assignment,
    BaseCell,
    Grade,
    Gradebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)

from classroom.grading.lesson import Lesson
from classroom.report.handed_in import HandedIn

NOTHING_SAID = "(it said nothing)"


@dataclass(frozen=True)
class Score:
    """What a learner has earned in one cell; `waits` while a person has to read it."""

    points: float
    waits: bool


@dataclass(frozen=True)
class ExerciseRow:
    """One graded cell in the report; points are means over those who were graded.

    `messages` are what those were told who lost points, the most frequent first, each with the
    learners.
    """

    grade_id: str
    name: str
    points: float | None
    out_of: float
    graded: int
    waiting: int
    messages: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def lost(self) -> int:
        """How many lost points."""
        return sum(len(students) for _, students in self.messages)


def scores_of(gradebook: Gradebook, lesson: str) -> dict[str, dict[str, Score]]:
    """Return what each student has earned in each cell of a lesson, as the gradebook has it."""
    found: dict[str, dict[str, Score]] = defaultdict(dict)
    rows = (
        gradebook.db.query(Student.id, BaseCell.name, Grade.score, Grade.needs_manual_grade)
        .select_from(Grade)
        .join(BaseCell, Grade.cell_id == BaseCell.id)
        .join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .join(Student, SubmittedAssignment.student_id == Student.id)
        .filter(Assignment.name == lesson)
    )
    for student, cell, points, waits in rows:
        found[student][cell] = Score(float(points or 0.0), bool(waits))
    return dict(found)


def exercise_rows(
    lesson: Lesson,
    names: dict[str, str],
    scores: dict[str, dict[str, Score]],
    handed_in: list[HandedIn],
) -> list[ExerciseRow]:
    """Return a row for each cell of a lesson that scores.

    Parameters
    ----------
    lesson : Lesson
    names : dict of str to str
        What to call a cell, by its grade id.
    scores : dict
        As `scores_of` returns them.
    handed_in : list of HandedIn
        Whose messages are told.
    """
    messages = {work.student: work.messages for work in handed_in}
    rows = []
    for cell in lesson.cells:
        if "points" not in cell.metadata:
            continue
        out_of = cell.metadata["points"]
        found = {
            student: earned[cell.grade_id]
            for student, earned in scores.items()
            if cell.grade_id in earned and student in messages
        }
        read = {student: score for student, score in found.items() if not score.waits}
        told: dict[str, list[str]] = defaultdict(list)
        for student, score in sorted(read.items()):
            if score.points < out_of:
                told[messages[student].get(cell.grade_id) or NOTHING_SAID].append(student)
        by_number = sorted(told.items(), key=lambda one: (-len(one[1]), one[0]))
        points = [score.points for score in read.values()]
        rows.append(
            ExerciseRow(
                cell.grade_id,
                names.get(cell.grade_id, cell.grade_id),
                sum(points) / len(points) if points else None,
                out_of,
                len(read),
                len(found) - len(read),
                tuple((message, tuple(students)) for message, students in by_number),
            )
        )
    return rows
