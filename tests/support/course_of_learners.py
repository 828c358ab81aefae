"""A teacher's course with learners who solve, spoil and hand in."""

import contextlib
import copy
from datetime import datetime
import json
import os
from pathlib import Path
import shutil

from crossentropy import own_folder, quiz
from crossentropy.quiz import bank
import forked_kernels
import forked_programs
import nbformat
from nbgrader.api import Gradebook
from nbgrader.utils import is_solution

from classroom import notebook_files
from classroom.authoring.release import release_lessons

ROOT = Path(__file__).parents[2]
LESSON = "01-loss-definition"
CONFIG = """
c.CourseDirectory.course_id = "cross-entropy"
c.Exchange.root = {exchange!r}
c.LateSubmissionPlugin.penalty_method = "zero"
"""
DUE = datetime(2026, 3, 1, 12)


def quick_start():
    """Return the environment in which a program that a test starts begins sooner."""
    folders = [str(Path(__file__).with_name("quick_start")), os.environ.get("PYTHONPATH")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, folders))}


class Course:
    """A teacher's course folder outside the repository, with lesson 01 released.

    With ``lesson``, a notebook, that takes the place of lesson 01: a small one is graded sooner.
    """

    def __init__(self, folder, lesson=None):
        self.folder = folder / "course"
        self.folder.mkdir()
        self.environment = {
            **quick_start(),
            **forked_kernels.variables(),
            "HOME": str(folder),
            "JUPYTER_DATA_DIR": str(folder / "jupyter"),
            "PYTHONWARNINGS": "ignore",
        }
        shutil.copytree(ROOT / "solutions", self.folder / "solutions")
        if lesson is not None:
            notebook_files.write(lesson, self.folder / "solutions" / LESSON / f"{LESSON}.ipynb")
        exchange = folder / "exchange"
        exchange.mkdir()
        exchange.chmod(0o777)
        config = (ROOT / "nbgrader_config.py").read_text() + CONFIG.format(exchange=str(exchange))
        (self.folder / "nbgrader_config.py").write_text(config)
        release_lessons(self.folder, [LESSON])
        with Gradebook(f"sqlite:///{self.folder / 'gradebook.db'}") as gradebook:
            gradebook.update_or_create_assignment(LESSON, duedate=DUE)
        # The gradebook as it is before anybody has been graded.
        self.at_release = folder / "gradebook-at-release.db"
        shutil.copy(self.folder / "gradebook.db", self.at_release)

    def nbgrader(self, *arguments, cwd=None):
        """Run an nbgrader command as a teacher or learner types it; return what it printed."""
        done = forked_programs.run(
            "nbgrader", *arguments, cwd=cwd or self.folder, env=self.environment
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stderr

    def classroom(self, *arguments, status=0):
        """Run the classroom command as a teacher types it; return what it printed.

        `status` is what it must end with; None for anything.
        """
        done = forked_programs.run("classroom", *arguments, cwd=self.folder, env=self.environment)
        assert status in (None, done.returncode), done.stdout[-3000:] + done.stderr[-3000:]
        return done.stdout

    def grade(self, *arguments, status=0):
        """Grade the lesson and return the report."""
        report = self.folder.parent / "report.json"
        self.classroom("grade", LESSON, f"--json={report}", *arguments, status=status)
        return json.loads(report.read_text())

    def twin(self, folder):
        """Return a course in ``folder`` with the same lesson and submissions, nothing graded."""
        other = copy.copy(self)
        other.folder = folder / "course"
        other.folder.mkdir(parents=True)
        for name in ("solutions", "notebooks", "submitted"):
            if (self.folder / name).exists():
                shutil.copytree(self.folder / name, other.folder / name, symlinks=True)
        shutil.copy(self.folder / "nbgrader_config.py", other.folder)
        shutil.copy(self.at_release, other.folder / "gradebook.db")
        return other

    def learner(self, name):
        """Return an untouched submission where nbgrader collects it."""
        return self.submission(self.folder / "submitted" / name / LESSON)

    def gradebook(self):
        """Return every score, comment and time that the gradebook has, by student."""
        with Gradebook(f"sqlite:///{self.folder / 'gradebook.db'}") as gradebook:
            return {
                submission.student.id: {
                    "timestamp": submission.timestamp,
                    "penalty": [each.late_submission_penalty for each in submission.notebooks],
                    "grades": {
                        grade.name: (grade.auto_score, grade.manual_score, grade.needs_manual_grade)
                        for notebook in submission.notebooks
                        for grade in notebook.grades
                    },
                    "comments": {
                        comment.name: (comment.auto_comment, comment.manual_comment)
                        for notebook in submission.notebooks
                        for comment in notebook.comments
                    },
                }
                for submission in gradebook.assignment_submissions(LESSON)
            }

    def released(self):
        return notebook_files.read(self.folder / "notebooks" / LESSON / f"{LESSON}.ipynb")

    def submission(self, folder):
        """Return an untouched submission in ``folder``."""
        return Submission(self, folder)

    def autograde(self):
        """Autograde all by nbgrader; return the score of each graded cell, by student and name."""
        self.nbgrader("autograde", LESSON)
        return {
            student: {name: auto for name, (auto, _, _) in said["grades"].items()}
            for student, said in self.gradebook().items()
        }

    def source(self):
        return notebook_files.read(self.folder / "solutions" / LESSON / f"{LESSON}.ipynb")


class Submission:
    """A learner's folder of the lesson: begin untouched, then solve or spoil."""

    def __init__(self, course, folder):
        self.course, self.folder = course, folder
        self.notebook = course.released()
        self.solutions = {
            cell.metadata.nbgrader.grade_id: cell.source
            for cell in course.source().cells
            if is_solution(cell)
        }
        folder.mkdir(parents=True, exist_ok=True)
        self.save()

    def save(self):
        notebook_files.write(self.notebook, self.folder / f"{LESSON}.ipynb")

    def write(self, grade_id, source):
        """Replace what stands in one answer cell."""
        self.cell(grade_id).source = source
        self.save()

    def cell(self, grade_id):
        """Return the cell that nbgrader knows by this name."""
        [cell] = [
            cell
            for cell in self.notebook.cells
            if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id
        ]
        return cell

    def insert(self, source, before):
        """Put a code cell of the learner's own before the named cell."""
        place = self.notebook.cells.index(self.cell(before))
        self.notebook.cells.insert(place, nbformat.v4.new_code_cell(source))
        self.save()

    def solve(self, *grade_ids):
        """Copy our solution into the named answer cells, or into all."""
        for grade_id in grade_ids or self.solutions:
            self.write(grade_id, self.solutions[grade_id])

    def spoil(self):
        """Give every function a body that returns nonsense."""
        for grade_id, source in self.solutions.items():
            self.write(grade_id, f"{source}\n\n\n{nonsense(source)}")

    def answer(self, questions, right=True):
        """Answer quiz questions by function call, as a learner without widgets does."""
        with notebook_in(self.folder), contextlib.redirect_stdout(None):
            for name in questions:
                question = bank.question(name)
                quiz.answer(name, question.key if right else distractor(question))


@contextlib.contextmanager
def notebook_in(folder):
    """Play a kernel whose notebook lies in a folder."""
    with contextlib.chdir(folder):
        own_folder.remember()
        yield


def distractor(question):
    """Return a wrong answer to a question."""
    if question.type == "number":
        return question.key + 1000
    if question.type == "order":
        return question.letters  # never shown in the right order
    return next(letter for letter in question.letters if letter not in question.key)


def nonsense(source):
    """Return code that replaces each function of ``source`` by one that returns a wrong type."""
    names = [line[4:].split("(")[0] for line in source.splitlines() if line.startswith("def ")]
    return "\n".join(f"{name} = lambda *args, **kwargs: 'nonsense'" for name in names)


# What each of the fixture `class_of_four` has earned.
EARNED = {"learner-0": 0, "learner-1": 2, "learner-2": 5, "learner-3": 5}


def totals(gradebook):
    """Return the points of each student in what `Course.gradebook` returns."""
    return {
        student: sum(auto for auto, _, _ in submission["grades"].values())
        for student, submission in gradebook.items()
    }


def cells_left(folder, learner):
    """Return the cells of a graded notebook in a course: kind, source, marks, what came out."""
    notebook = notebook_files.read(folder / "autograded" / learner / LESSON / f"{LESSON}.ipynb")
    return [
        (
            cell.cell_type,
            cell.source,
            dict(cell.metadata.get("nbgrader", {})),
            [_outcome(output) for output in cell.get("outputs", []) if not _is_noise(output)],
        )
        for cell in notebook.cells
    ]


def _is_noise(output):
    # What a library writes to stderr comes at times of its own choosing.
    return output.output_type == "stream"


def _outcome(output):
    if output.output_type == "error":
        return "error", output.ename, output.evalue
    return output.output_type, sorted(output.data)
