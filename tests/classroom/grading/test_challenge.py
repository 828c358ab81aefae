"""The challenge is graded with the teacher's key: nothing on the learner's side decides."""

import json
import shutil

from course_of_learners import notebook_in
from crossentropy.quiz import bank, sitting_steps, sittings
from nbgrader.api import Gradebook
from nbgrader.utils import is_grade
import pytest

from classroom import notebook_files
from classroom.authoring.release import release_lessons

LESSON = "08-mastery"
CELL = "challenge-points"
FORGED_QUIZ = """
def __getattr__(name):
    return lambda *args, out_of=0, **kwargs: float(out_of)
"""


@pytest.fixture(scope="module")
def course(another_course):
    return another_course


@pytest.fixture(scope="module")
def released(course):
    """The lesson as learners get it."""
    release_lessons(course.folder, [LESSON])
    return course.folder / "notebooks" / LESSON / f"{LESSON}.ipynb"


def submit(course, released, student, given):
    """Hand in the challenge with one answer a question; return the folder."""
    folder = course.folder / "submitted" / student / LESSON
    folder.mkdir(parents=True)
    shutil.copy(released, folder)
    with notebook_in(folder):
        questions = sittings.challenge_questions()
        sitting_steps.begin(sittings.CHALLENGE, list(questions))
        for question in questions:
            [sitting] = sittings.read(sittings.CHALLENGE)[0]
            sitting_steps.show(sitting, question)
            [sitting] = sittings.read(sittings.CHALLENGE)[0]
            sitting_steps.answer(sitting, question, given(question))
    return folder


def wrong(question):
    return next(letter for letter in question.letters if letter != question.key)


def forge(folder):
    """Write what would raise the points where the learner decided: cell, record, files beside."""
    path = folder / f"{LESSON}.ipynb"
    notebook = notebook_files.read(path)
    for cell in notebook.cells:
        if is_grade(cell) and cell.metadata.nbgrader.grade_id == CELL:
            chosen = {one.id: wrong(one) for one in sittings.challenge_questions()}
            cell.source = f"KEY = {chosen}\nquiz.challenge_points(out_of=5, key=KEY)"
    notebook_files.write(notebook, path)
    record = json.loads((folder / "responses.json").read_text())
    sitting = record["sittings"]["challenge"][0]
    sitting["right"] = 5
    for attempts in sitting["attempts"].values():
        attempts[0]["correct"] = True
    (folder / "responses.json").write_text(json.dumps(record))
    # A bank and a package of the learner's own, where Python and the lesson might find them.
    shutil.copytree(bank.folder(), folder / "data" / "questions")
    (folder / "crossentropy").mkdir()
    (folder / "crossentropy" / "__init__.py").write_text("")
    (folder / "crossentropy" / "quiz.py").write_text(FORGED_QUIZ)


@pytest.fixture(scope="module")
def scores(course, released):
    """The points of the challenge that plain nbgrader gives to who knows all, and to a forger."""
    submit(course, released, "right", lambda question: question.key)
    forge(submit(course, released, "forger", wrong))
    course.nbgrader("autograde", LESSON)
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}") as gradebook:
        return {
            submission.student.id: next(
                grade.score
                for notebook in submission.notebooks
                for grade in notebook.grades
                if grade.name == CELL
            )
            for submission in gradebook.assignment_submissions(LESSON)
        }


def test_right_answers_earn_all_points_in_autograding(scores):
    assert scores["right"] == 5


def test_neither_an_edited_cell_nor_an_edited_record_nor_files_beside_raise_the_points(scores):
    assert scores["forger"] == 0


def test_the_key_is_not_in_what_learners_get(released):
    [cell] = [
        cell
        for cell in notebook_files.read(released).cells
        if is_grade(cell) and cell.metadata.nbgrader.grade_id == CELL
    ]
    assert "KEY = None" in cell.source
    assert "08-mean-of-two" not in cell.source
