"""A class of learners, made from the release and from our own solutions."""

import contextlib
import copy
from datetime import datetime
import getpass
import json
import os
from pathlib import Path
import re
import shutil
import subprocess
import sys
import textwrap

from crossentropy import quiz
from crossentropy.quiz import bank
import nbformat
from nbgrader.api import Gradebook
from nbgrader.utils import is_grade, is_solution
import pytest

from classroom import notebook_files
from classroom.authoring.release import release_lessons

ROOT = Path(__file__).parents[3]
LESSON = "01-loss-definition"
CONFIG = """
c.CourseDirectory.course_id = "cross-entropy"
c.Exchange.root = {exchange!r}
c.LateSubmissionPlugin.penalty_method = "zero"
"""
DUE = datetime(2026, 3, 1, 12)
LATE = "2026-03-02 09:30:00.000000 UTC"
NOISE = """
import logging, os, sys, warnings
import numpy as np
import tensorflow as tf

def make_noise():
    warnings.warn("a learner's own warning", UserWarning)
    np.log(np.zeros(1))
    print("a note to stderr", file=sys.stderr)
    tf.print("a note from TensorFlow")
    logging.getLogger("learner").warning("a log line")
    os.write(2, b"a line to descriptor 2")

def noisy(function):
    def wrapper(*args, **kwargs):
        make_noise()
        return function(*args, **kwargs)
    return wrapper
"""


class Course:
    """A teacher's course folder outside the repository, with lesson 01 released.

    With ``lesson``, a notebook, that takes the place of lesson 01: a small one is graded sooner.
    """

    def __init__(self, folder, lesson=None):
        self.folder = folder / "course"
        self.folder.mkdir()
        self.environment = {
            **os.environ,
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
        done = subprocess.run(
            [Path(sys.executable).with_name("nbgrader"), *arguments],
            cwd=cwd or self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stderr

    def classroom(self, *arguments, status=0):
        """Run the classroom command as a teacher types it; return what it printed."""
        done = subprocess.run(
            [Path(sys.executable).with_name("classroom"), *arguments],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=500,
        )
        assert done.returncode == status, done.stdout[-3000:] + done.stderr[-3000:]
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

    def autograde(self, student):
        """Autograde one submission and return its score a graded cell, as the gradebook has it."""
        self.nbgrader("autograde", LESSON, "--student", student)
        with Gradebook(f"sqlite:///{self.folder / 'gradebook.db'}") as gradebook:
            submission = gradebook.find_submission(LESSON, student)
            [notebook] = submission.notebooks
            return {grade.name: grade.score for grade in notebook.grades}

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
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(None):
            for name in questions:
                question = bank.question(name)
                quiz.answer(name, question.key if right else distractor(question))


def cell(source, grade_id=None, points=None, kind="code", **mark):
    """Return a cell of a lesson: a test when it has points, an answer when it has a name only."""
    make = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
    mark = {
        "schema_version": 3,
        "grade_id": grade_id,
        "grade": points is not None,
        "solution": points is None,
        "locked": points is not None,
        "task": False,
        **mark,
    }
    if points is not None:
        mark["points"] = points
    metadata = {"nbgrader": mark} if grade_id else {}
    return make(textwrap.dedent(source).strip(), metadata=metadata)


def tiny_lesson():
    """Return a lesson that runs in a moment: two exercises of 2 and 3 points, a quiz of 4."""
    notebook = nbformat.v4.new_notebook(
        cells=[
            cell("# A tiny lesson", kind="markdown"),
            cell("""
                from crossentropy import quiz
                import numpy as np
            """),
            cell(
                """
                def double(x):
                    ### BEGIN SOLUTION
                    return 2 * x
                    ### END SOLUTION
                """,
                "double",
            ),
            cell(
                """
                assert double(3) == 6, "Twice 3 is 6."
                ### BEGIN HIDDEN TESTS
                secret_number = 41
                assert double(secret_number) == 82, "It should double every number, 41 too."
                ### END HIDDEN TESTS
                """,
                "double-test",
                2,
            ),
            cell(
                """
                def loss(p):
                    ### BEGIN SOLUTION
                    return float(np.mean(-np.log(p)))
                    ### END SOLUTION
                """,
                "loss",
            ),
            cell(
                """
                result = loss(np.array([0.5, 0.5]))
                np.testing.assert_allclose(result, 0.6931472, atol=1e-4, err_msg="log 2, not this.")
                ### BEGIN HIDDEN TESTS
                np.testing.assert_allclose(loss(np.array([0.2])), 1.6094379, atol=1e-4)
                ### END HIDDEN TESTS
                """,
                "loss-test",
                3,
            ),
            cell(
                """
                quiz.points(["01-what-it-measures", "01-second-of-three"], out_of=4)
                """,
                "quiz-test",
                4,
            ),
        ],
        metadata=notebook_files.NOTEBOOK_METADATA,
    )
    return with_ids(notebook)


def essay_lesson():
    """Return a lesson that a person grades in part: a text, a figure, a task; and one test."""
    by_a_person = {"solution": True, "locked": False}
    task = {"grade": False, "solution": False, "locked": True, "task": True}
    notebook = nbformat.v4.new_notebook(
        cells=[
            cell("Why the logarithm?", "why", 4, kind="markdown", **by_a_person),
            cell("# draw it", "figure", 2, **by_a_person),
            cell("Do **not** change this.", "note", kind="markdown", solution=False, locked=True),
            cell(
                "Read the chapter.\n\n### BEGIN MARK SCHEME\nAll.\n### END MARK SCHEME",
                "read",
                3,
                kind="markdown",
                **task,
            ),
            cell("assert 'numbers' in globals(), 'Make a list of numbers.'", "numbers-test", 1),
        ],
        metadata=notebook_files.NOTEBOOK_METADATA,
    )
    return with_ids(notebook)


def with_ids(notebook):
    for index, each in enumerate(notebook.cells):
        each["id"] = f"tiny-{index}"
    return notebook


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


@pytest.fixture(scope="module")
def another_course(tmp_path_factory):
    """A course for tests that release other lessons or bring other learners."""
    return Course(tmp_path_factory.mktemp("another"))


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    return Course(tmp_path_factory.mktemp("grading"))


@pytest.fixture(scope="session")
def tiny_course(tmp_path_factory):
    """A course of a tiny lesson, which nobody has handed in; make a twin to work with it."""
    return Course(tmp_path_factory.mktemp("tiny"), tiny_lesson())


@pytest.fixture(scope="session")
def essay_course(tmp_path_factory):
    """A course of a lesson that a person grades in part; make a twin to work with it."""
    return Course(tmp_path_factory.mktemp("essay"), essay_lesson())


@pytest.fixture(scope="session")
def points(course):
    """The points of each graded cell of the lesson, by its id."""
    return {
        cell.metadata.nbgrader.grade_id: float(cell.metadata.nbgrader.points)
        for cell in course.source().cells
        if is_grade(cell)
    }


@pytest.fixture(scope="session")
def quiz_cell(course):
    """The graded cell that reads the quiz: its id and its questions."""
    [cell] = [c for c in course.source().cells if is_grade(c) and "quiz.points(" in c.source]
    return cell.metadata.nbgrader.grade_id, re.findall(r'"(01-[a-z0-9-]+)"', cell.source)


@pytest.fixture(scope="session")
def scores(course, quiz_cell, tmp_path_factory):
    """Grade five learners who came by three roads; return their scores a cell."""
    from_exchange = getpass.getuser()
    submit_by_exchange(course, quiz_cell, tmp_path_factory.mktemp("learner"))
    submit_by_zip(course, quiz_cell, tmp_path_factory.mktemp("zip"))
    submit_by_folder(course, quiz_cell)
    # What a teacher left beside the source by mistake must not replace anybody's answers.
    (course.folder / "solutions" / LESSON / "responses.json").write_text('{"schema": 1}')
    result = {
        learner: course.autograde(learner)
        for learner in (from_exchange, "half", "wrong", "untouched", "noisy")
    }
    result["right"] = result.pop(from_exchange)
    return result


def submit_by_exchange(course, quiz_cell, home):
    """All right, as `nbgrader fetch_assignment`, `submit` and `collect` carry it."""
    course.nbgrader("release_assignment", LESSON)
    exchange = [f"--Exchange.root={course.folder.parent / 'exchange'}", "--course=cross-entropy"]
    course.nbgrader("fetch_assignment", LESSON, *exchange, cwd=home)
    learner = course.submission(home / LESSON)
    learner.solve()
    learner.answer(quiz_cell[1])
    course.nbgrader("submit", LESSON, *exchange, cwd=home)
    course.nbgrader("collect", LESSON)


def submit_by_zip(course, quiz_cell, home):
    """The first answer cell and the first half of the quiz, as a zip from a learning platform."""
    learner = course.submission(home / "half")
    learner.solve(first(learner.solutions))
    questions = quiz_cell[1]
    learner.answer(questions[: len(questions) // 2])
    learner.answer(questions[len(questions) // 2 :], right=False)
    archive = course.folder / "downloaded" / LESSON / "archive"
    archive.mkdir(parents=True)
    shutil.make_archive(archive / "half", "zip", learner.folder)
    course.nbgrader("zip_collect", LESSON)


def submit_by_folder(course, quiz_cell):
    """All wrong, untouched, and all right but noisy and late, put in place by a teacher."""
    wrong = course.submission(course.folder / "submitted" / "wrong" / LESSON)
    wrong.spoil()
    wrong.answer(quiz_cell[1], right=False)
    course.submission(course.folder / "submitted" / "untouched" / LESSON)
    noisy = course.submission(course.folder / "submitted" / "noisy" / LESSON)
    noisy.answer(quiz_cell[1])
    (noisy.folder / "timestamp.txt").write_text(LATE)
    for grade_id, source in noisy.solutions.items():
        noisy.write(grade_id, NOISE + source.replace("def ", "@noisy\ndef ", 1))


def first(solutions):
    return next(iter(solutions))
