"""Record executed notebooks as `nbgrader autograde` does, so that nothing is ever half written.

One transaction a student in the gradebook, then one rename of a finished folder. Whoever is killed
in between leaves a submission that counts as not yet graded, and grading it again repairs it.
"""

from contextlib import contextmanager
import hashlib
import json
import os
import shutil
import warnings

from crossentropy import own_folder
from nbconvert.preprocessors import ClearMetadataPreprocessor
import nbformat
from nbgrader.api import MissingEntry
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    IgnorePattern,
    LimitOutput,
    NbGraderPreprocessor,
    SaveAutoGrades,
)
from nbgrader.utils import is_grade, is_solution
from sqlalchemy.exc import SAWarning

# Hidden from nbgrader, whose patterns pass over names that begin with a dot.
UNFINISHED = ".unfinished"
FINISHED = ".finished"


class SaveAutoGradesAtOnce(SaveAutoGrades):
    """nbgrader's step, within a transaction of the gradebook that is given to it."""

    def preprocess(self, notebook, resources):
        self.notebook_id = resources["nbgrader"]["notebook"]
        self.assignment_id = resources["nbgrader"]["assignment"]
        self.student_id = resources["nbgrader"]["student"]
        self.gradebook = resources["nbgrader"]["gradebook"]
        return NbGraderPreprocessor.preprocess(self, notebook, resources)


class AssignLatePenaltiesAtOnce(AssignLatePenalties):
    """nbgrader's step, within a transaction of the gradebook that is given to it."""

    def preprocess(self, notebook, resources):
        names = resources["nbgrader"]
        gradebook, student, lesson = names["gradebook"], names["student"], names["assignment"]
        self.init_plugin()
        submission = gradebook.find_submission(lesson, student)
        submitted = gradebook.find_submission_notebook(names["notebook"], lesson, student)
        submitted.late_submission_penalty = None
        if submission.total_seconds_late > 0:
            penalty = self.plugin_inst.late_submission_penalty(
                student, submitted.score, submission.total_seconds_late
            )
            if penalty is not None:
                submitted.late_submission_penalty = self._check_late_penalty(submitted, penalty)
        gradebook.db.commit()
        return notebook, resources


class Recorder:
    """Writes results into a course's gradebook and its folder of autograded submissions.

    Parameters
    ----------
    course : classroom.grading.course.GradingCourse
    gradebook : nbgrader.api.Gradebook
    lesson : classroom.grading.course.Lesson
    """

    def __init__(self, course, gradebook, lesson):
        self.course, self.gradebook, self.lesson = course, gradebook, lesson
        self.tidying = [
            IgnorePattern(config=course.config),
            ClearMetadataPreprocessor(config=course.config),
            LimitOutput(config=course.config),
        ]
        self.check = CheckCellMetadata(config=course.config)
        self.saving = [
            SaveAutoGradesAtOnce(config=course.config),
            AssignLatePenaltiesAtOnce(config=course.config),
        ]
        self.root = course.autograded(".", ".").resolve()
        self._remove(self.root / UNFINISHED)

    # --- What is already done

    def finished(self, prepared):
        """Return the report of a submission that was graded before and is unchanged, or None."""
        student = prepared.submission.student
        try:
            mark = json.loads(self._mark(student).read_text())
            graded = self._folder(student) / self.lesson.file
            same = mark["fingerprint"] == prepared.fingerprint
            if not same or mark["graded"] != _sha(graded.read_bytes()):
                return None
            scores = self.scores(student)
        except (OSError, ValueError, KeyError, TypeError, MissingEntry):
            return None
        if [each["id"] for each in scores] != [each["id"] for each in mark["report"]["cells"]]:
            return None
        # A person may have changed scores since.
        total = round(sum(each["score"] for each in scores), 6)
        return {**mark["report"], "score": total, "cells": scores}

    def was_recorded(self, student):
        """Say whether an earlier grade of this student stands."""
        return (self._folder(student) / self.lesson.file).is_file()

    # --- Recording

    def record(self, prepared, executed):
        """Write the scores, comments and files of an executed submission.

        Parameters
        ----------
        prepared : classroom.grading.preparation.Prepared
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
        doubts = refuse_impossible_scores(notebook)
        self.check.preprocess(notebook, {})
        staged = self._stage(prepared, nbformat.v4.writes(notebook))
        with self.transaction():
            self._enter(student, prepared.timestamp)
            resources = {
                "nbgrader": {
                    "student": student,
                    "assignment": self.lesson.name,
                    "notebook": self.lesson.notebook,
                    "gradebook": self.gradebook,
                }
            }
            for step in self.saving:
                notebook, _ = step(notebook, resources)
            self._score_the_rest(student, notebook)
        self._put_in_place(staged, student)
        if waiting := self._waiting(student):
            doubts.append(f"Cells that a person grades: {', '.join(waiting)}.")
        return doubts

    def record_unclear(self, student):
        """Enter a submission that nobody could grade: 0 for now, and marked for a person."""
        if self.was_recorded(student):
            return
        with self.transaction():
            self._enter(student, None)
            submitted = self.gradebook.find_submission_notebook(
                self.lesson.notebook, self.lesson.name, student
            )
            for grade in submitted.grades:
                if grade.auto_score is None and grade.manual_score is None:
                    grade.auto_score = 0.0
                    grade.needs_manual_grade = True

    def mark_finished(self, prepared, report):
        """Remember that a submission is done, with what it was graded from."""
        student = prepared.submission.student
        graded = (self._folder(student) / self.lesson.file).read_bytes()
        mark = {
            "fingerprint": prepared.fingerprint,
            "graded": _sha(graded),
            "report": report,
        }
        path = self._mark(student)
        path.parent.mkdir(parents=True, exist_ok=True)
        own_folder.write(path, json.dumps(mark, indent=1))

    def scores(self, student):
        """Return the score of each of the lesson's scored cells, as the gradebook has it."""
        submitted = self.gradebook.find_submission_notebook(
            self.lesson.notebook, self.lesson.name, student
        )
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
    def transaction(self):
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

    def _enter(self, student, timestamp):
        self.gradebook.update_or_create_student(student)
        when = {"timestamp": timestamp} if timestamp else {}
        with warnings.catch_warnings():
            # nbgrader's way of adding a submission makes SQLAlchemy warn at every one.
            warnings.simplefilter("ignore", SAWarning)
            self.gradebook.update_or_create_submission(self.lesson.name, student, **when)

    def _waiting(self, student):
        submitted = self.gradebook.find_submission_notebook(
            self.lesson.notebook, self.lesson.name, student
        )
        names = {grade.name for grade in submitted.grades if grade.needs_manual_grade}
        return [cell.grade_id for cell in self.lesson.cells if cell.grade_id in names]

    def _score_the_rest(self, student, notebook):
        # A scored cell that is not in the notebook (a free answer that was deleted) has earned 0.
        there = {cell.metadata.nbgrader.grade_id for cell in notebook.cells if _is_scored(cell)}
        submitted = self.gradebook.find_submission_notebook(
            self.lesson.notebook, self.lesson.name, student
        )
        for grade in submitted.grades:
            if grade.name not in there and grade.auto_score is None:
                grade.auto_score = 0.0
                grade.needs_manual_grade = grade.manual_score is not None

    # --- Folders

    def _folder(self, student):
        return self.course.autograded(student, self.lesson.name)

    def _mark(self, student):
        name = hashlib.sha256(student.encode(errors="surrogateescape")).hexdigest()[:24]
        return self.root / FINISHED / self.lesson.name / f"{name}.json"

    def _stage(self, prepared, text):
        """Write the student's folder beside its place, complete, and return it."""
        self._remove(self.root / UNFINISHED)
        staged = self.root / UNFINISHED / "new"
        for name, content in prepared.files.items():
            path = staged / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode() if name == self.lesson.file else content)
        self._set_permissions(staged)
        return staged

    def _set_permissions(self, folder):
        # As nbgrader's BaseConverter.set_permissions, which takes no other folder than its own.
        permissions = int(str(self.course.autograde.permissions), 8)
        for path, _, names in os.walk(folder):
            for name in names:
                os.chmod(os.path.join(path, name), permissions)
            if self.course.directory.groupshared:
                os.chmod(path, (os.stat(path).st_mode | 0o2770) & 0o2777)

    def _put_in_place(self, staged, student):
        folder = self._folder(student)
        folder.parent.mkdir(parents=True, exist_ok=True)
        if os.path.lexists(folder):
            old = self.root / UNFINISHED / "old"
            os.rename(folder, old)
        os.rename(staged, folder)
        self._remove(self.root / UNFINISHED)

    @staticmethod
    def _remove(folder):
        shutil.rmtree(folder, ignore_errors=True)


def _is_scored(cell):
    mark = cell.metadata.get("nbgrader", {})
    return bool(mark.get("grade") or mark.get("task"))


def refuse_impossible_scores(notebook):
    """Make test cells whose last value cannot be a score earn 0; in place.

    nbgrader gives full marks for a number below 0 or NaN, and stops at one above the maximum. No
    test of a teacher ends in such a value.

    Returns
    -------
    list of str
        A sentence for each.
    """
    doubts = []
    for cell in notebook.cells:
        if cell.cell_type != "code" or not is_grade(cell) or is_solution(cell):
            continue
        points = float(cell.metadata.nbgrader.points)
        for output in cell.outputs:
            if output.output_type == "error":
                break
            if output.output_type != "execute_result":
                continue
            value = output.get("data", {}).get("text/plain", "")
            if not _is_possible(value, points):
                shown = value if len(str(value)) < 60 else "a long text"
                message = f"The last value of '{cell.metadata.nbgrader.grade_id}' is {shown}"
                doubts.append(
                    f"{message}, which is no score between 0 and {points:g}; it earned 0."
                )
                cell.outputs.insert(
                    0,
                    nbformat.v4.new_output(
                        "error", ename="ScoreError", evalue=f"{message}.", traceback=[message]
                    ),
                )
            break
    return doubts


def _is_possible(value, points):
    if not isinstance(value, str) or not value:
        return False
    try:
        number = float(value)
    except ValueError:
        return True  # no number: full marks, by nbgrader's own rule
    return 0 <= number <= points


def _sha(content):
    return hashlib.sha256(content).hexdigest()
