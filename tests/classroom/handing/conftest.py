"""A course of a tiny lesson, and learners who hand it in in every way there is."""

from datetime import UTC, datetime
import shutil

from course_of_learners import LESSON, Course
from crossentropy.quiz import handing_in
import pytest
from small_lessons import QUIZ, tiny_lesson
from zips import write_zip

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)  # when it is due


@pytest.fixture(scope="session")
def tiny_course(tmp_path_factory):
    return Course(tmp_path_factory.mktemp("tiny"), tiny_lesson())


@pytest.fixture
def course(tiny_course, tmp_path):
    """A course that nobody has handed in to."""
    return tiny_course.twin(tmp_path / "teacher")


@pytest.fixture
def learner(course, tmp_path):
    """Return a function that makes a learner's own folder of the lesson, solved or not."""

    def make(name, solved=True, answered=True):
        own = course.submission(tmp_path / "learners" / name / LESSON)
        if solved:
            own.solve()
        if answered:
            own.answer(QUIZ)
        return own.folder

    return make


@pytest.fixture
def hand_in(learner):
    """Return a function that makes a learner's hand-in and returns its path."""

    def make(name, moment=NOON, **done):
        return handing_in.make(learner(name, **done), moment=moment).path

    return make


@pytest.fixture
def packed(tmp_path):
    """Return a function that makes a zip of files: what each is called, and where it lies."""

    def make(name, files):
        return write_zip(tmp_path / name, files)

    return make


def copy(folder, target):
    shutil.copytree(folder, target)
    return target
