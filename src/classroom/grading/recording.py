"""Record executed notebooks as `nbgrader autograde` does, so that nothing is ever half written.

One transaction a student in the gradebook, then one rename of a finished folder; see `autograded`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
import warnings

from nbconvert.preprocessors import ClearMetadataPreprocessor
import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import CheckCellMetadata, IgnorePattern, LimitOutput
from sqlalchemy.exc import SAWarning

from classroom.grading import deciding
from classroom.grading.autograded import AutogradedFolder
from classroom.grading.lateness import due_of
from classroom.grading.lesson import Lesson
from classroom.grading.preparation import Prepared
from classroom.grading.review import as_reviewed, unread
from classroom.grading.saving_steps import AssignLatePenaltiesAtOnce, SaveAutoGradesAtOnce
from classroom.grading.settings import CourseSettings
from classroom.notebook_files import is_scored


def scored_cells(lesson: Lesson) -> list[str]:
    """Return the grade ids of the cells that the autograder scores."""
    return [cell.grade_id for cell in lesson.cells if cell.grade]


class Recorder:
    """Writes results into a course's gradebook and its folder of graded submissions.

    Parameters
    ----------
    settings : CourseSettings
    gradebook : nbgrader.api.Gradebook
    lesson : Lesson
    timeout : float
        Seconds a cell, with which the lesson is graded.
    only : list of str, optional
        Cells whose scores change; by default all. Those of other notebooks are passed over.
    """

    def __init__(
        self,
        settings: CourseSettings,
        gradebook: Gradebook,
        lesson: Lesson,
        timeout: float,
        only: list[str] | None = None,
    ):
        self.only = frozenset(only or ()).intersection(scored_cells(lesson))
        self.settings, self.gradebook, self.lesson = settings, gradebook, lesson
        self.means = deciding.means(settings, lesson, timeout)
        self.folder = AutogradedFolder(settings, lesson)
        self.tidying = [
            IgnorePattern(config=settings.config),
            ClearMetadataPreprocessor(config=settings.config),
            LimitOutput(config=settings.config),
        ]
        self.check = CheckCellMetadata(config=settings.config)
        self.penalties = AssignLatePenaltiesAtOnce(config=settings.config)
        self.saving = [SaveAutoGradesAtOnce(config=settings.config), self.penalties]

    def finished(self, prepared: Prepared) -> tuple[dict[str, Any] | None, list[str]]:
        """Look up a submission that was graded before.

        Returns
        -------
        report : dict or None
            None when it has to be graded (again).
        changed : list of str
            What has changed since it was graded. Where that is the due date or an extension alone,
            or a person has changed a score, its penalty is assigned anew and nothing has to be
            executed.
        """
        student = prepared.submission.student
        mark = self.folder.finished(student)
        if mark is None:
            return None, []
        was, report = mark
        try:
            scores = self.scores(student)
        except MissingEntry:
            return None, []
        if not _same_cells(scores, report.get("cells")):
            return None, ["its tests"]
        now = self.made_from(prepared)
        changed = [part for part in now if now[part] != was.get(part)]
        if changed not in ([], [deciding.LATENESS]):
            return None, changed
        total = round(sum(each["score"] for each in scores), 6)
        by_hand = total != report.get("score")
        report = {**report, "score": total, "cells": scores}
        if changed or by_hand:
            with self.transaction():
                self.penalties.preprocess(None, self._resources(student))
            self.folder.mark_finished(student, now, report)
        flagged = self._submitted(student).flagged
        return as_reviewed(report, flagged, self._waiting(student)), changed

    def made_from(self, prepared: Prepared) -> dict[str, str]:
        """Return a digest of each part that decides the score of a submission, by its name."""
        try:
            submission = self.gradebook.find_submission(
                self.lesson.name, prepared.submission.student
            )
            times = due_of(submission), submission.timestamp
        except MissingEntry:
            times = None, None
        return {
            "the submission": prepared.fingerprint,
            **self.means,
            **deciding.lateness(*times),
        }

    def mark_finished(self, prepared: Prepared, report: dict[str, Any]) -> None:
        """Remember that a submission is done, and what was reported of it."""
        student = prepared.submission.student
        self.folder.mark_finished(student, self.made_from(prepared), report)

    def flag(self, student: str, doubted: bool, ours_before: bool) -> bool:
        """Flag a submission in the Formgrader when it is doubted, and return whether that is so.

        A flag of an earlier run goes, and one that a person has set stays.
        """
        submitted = self._submitted(student)
        with self.transaction():
            submitted.flagged = doubted or (submitted.flagged and not ours_before)
        return doubted

    def _submitted(self, student):
        return self.gradebook.find_submission_notebook(
            self.lesson.notebook, self.lesson.name, student
        )

    def _resources(self, student):
        return {
            "nbgrader": {
                "student": student,
                "assignment": self.lesson.name,
                "notebook": self.lesson.notebook,
                "gradebook": self.gradebook,
            }
        }

    def record(self, prepared: Prepared, executed: bytes) -> list[str]:
        """Write the scores, comments and files of an executed submission.

        Parameters
        ----------
        prepared : Prepared
        executed : bytes
            The executed notebook.

        Returns
        -------
        list of str
            Sentences on what a person must look at.
        """
        student = prepared.submission.student
        notebook = nbformat.v4.reads(executed.decode())
        for step in self.tidying:
            notebook, _ = step(notebook, {})
        self.check.preprocess(notebook, {})
        staged = self.folder.stage(prepared, nbformat.v4.writes(notebook))
        with self.transaction():
            others, seen = self._others(student), self._seen_by_a_person(prepared)
            self._enter(student, prepared.timestamp)
            for step in self.saving:
                notebook, _ = step(notebook, self._resources(student))
            self._score_the_rest(student, notebook)
            for grade, score in seen:
                grade.needs_manual_grade = grade.auto_score != score
            for grade, score, waits in others:
                grade.auto_score, grade.needs_manual_grade = score, waits
            if others:
                self.penalties.preprocess(None, self._resources(student))
        self.folder.put_in_place(staged, student)
        waiting = self._waiting(student)
        return [unread(waiting)] if waiting else []

    def _seen_by_a_person(self, prepared):
        """Return the grades that a person gave for this very submission, and what we gave then.

        nbgrader has such a grade looked at again whenever it grades. That is due where its own
        score has changed, and else would fill the list of what is to be seen for ever.
        """
        student = prepared.submission.student
        mark = self.folder.finished(student)
        if mark is None or mark[0].get("the submission") != prepared.fingerprint:
            return []
        submitted = self._submitted(student)
        return [
            (grade, grade.auto_score)
            for grade in submitted.grades
            if grade.manual_score is not None
            and grade.auto_score is not None
            and not grade.needs_manual_grade
        ]

    def _others(self, student):
        """Return the grades that stay when only some cells are graded, and what stands there."""
        if not self.only or not self.folder.has(student):
            return []
        submitted = self._submitted(student)
        return [
            (grade, grade.auto_score, grade.needs_manual_grade)
            for grade in submitted.grades
            if grade.name not in self.only and grade.auto_score is not None
        ]

    def record_unclear(self, student: str) -> None:
        """Enter a submission that nobody could grade: 0 for now, and marked for a person."""
        if self.folder.has(student):
            return
        with self.transaction():
            self._enter(student, None)
            submitted = self._submitted(student)
            for grade in submitted.grades:
                if grade.auto_score is None and grade.manual_score is None:
                    grade.auto_score = 0.0
                    grade.needs_manual_grade = True

    def scores(self, student: str) -> list[dict[str, Any]]:
        """Return the score of each of the lesson's scored cells, as the gradebook has it."""
        submitted = self._submitted(student)
        grades = {grade.name: grade for grade in submitted.grades}
        return [
            {
                "id": cell.grade_id,
                "score": float(grades[cell.grade_id].score),
                "max_score": float(cell.metadata["points"]),
            }
            for cell in self.lesson.cells
            if cell.grade_id in grades
        ]

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make one transaction of all that nbgrader's functions commit meanwhile."""
        session = self.gradebook.db
        session.commit = session.flush  # shadows the method of the class
        try:
            yield
            type(session).commit(session)
        except BaseException:
            session.rollback()
            raise
        finally:
            del session.commit

    def _enter(self, student: str, timestamp: datetime | None):
        self.gradebook.update_or_create_student(student)
        when = {"timestamp": timestamp} if timestamp else {}
        with warnings.catch_warnings():
            # nbgrader's way of adding a submission makes SQLAlchemy warn at every one.
            warnings.simplefilter("ignore", SAWarning)
            self.gradebook.update_or_create_submission(self.lesson.name, student, **when)

    def _waiting(self, student):
        submitted = self._submitted(student)
        names = {grade.name for grade in submitted.grades if grade.needs_manual_grade}
        return [cell.grade_id for cell in self.lesson.cells if cell.grade_id in names]

    def _score_the_rest(self, student, notebook):
        # A scored cell that is not in the notebook (a free answer that was deleted) has earned 0.
        there = {cell.metadata.nbgrader.grade_id for cell in notebook.cells if is_scored(cell)}
        submitted = self._submitted(student)
        for grade in submitted.grades:
            if grade.name not in there and grade.auto_score is None:
                grade.auto_score = 0.0
                grade.needs_manual_grade = grade.manual_score is not None


def _same_cells(scores, reported):
    return isinstance(reported, list) and [each["id"] for each in scores] == [
        each.get("id") for each in reported
    ]
