"""A class of learners, made from the release and from our own solutions."""

import getpass
import re
import shutil

from course_of_learners import LESSON, Course
from nbgrader.utils import is_grade
import pytest
from small_lessons import QUIZ, essay_lesson, tiny_lesson

LATE = "2026-03-02 09:30:00.000000 UTC"
NOISE = """
import logging, os, sys, warnings
import numpy as np
import tensorflow as tf

tf.print("a note from TensorFlow")  # not in the function: the task is NumPy alone

def make_noise():
    warnings.warn("a learner's own warning", UserWarning)
    np.log(np.zeros(1))
    print("a note to stderr", file=sys.stderr)
    logging.getLogger("learner").warning("a log line")
    os.write(2, b"a line to descriptor 2")

def noisy(function):
    def wrapper(*args, **kwargs):
        make_noise()
        return function(*args, **kwargs)
    return wrapper
"""


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


@pytest.fixture(scope="module")
def class_of_four(tiny_course, tmp_path_factory):
    """A course whose learners have solved none, one or both exercises; their points: EARNED."""
    course = tiny_course.twin(tmp_path_factory.mktemp("four"))
    for number in range(4):
        learner = course.learner(f"learner-{number}")
        for grade_id in ["double", "loss"][:number]:
            learner.solve(grade_id)
    return course


@pytest.fixture(scope="module")
def class_of_five(tiny_course, tmp_path_factory):
    """A course whose learners have done more and less of exercises and quiz."""
    course = tiny_course.twin(tmp_path_factory.mktemp("five"))
    for number in range(5):
        learner = course.learner(f"learner-{number}")
        for grade_id in ["double", "loss"][: number % 3]:
            learner.solve(grade_id)
        if number % 2:
            learner.answer(QUIZ)
    return course


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
    result = course.autograde()
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
