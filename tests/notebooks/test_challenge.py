"""The challenge is graded by the teacher's key, which learners do not get."""

import ast
from pathlib import Path

from crossentropy.quiz import bank
from crossentropy.quiz.question import LETTERS
import pytest

from classroom import notebook_files
from classroom.course import lesson_file

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "solutions").glob("*.challenge.yaml"))


@pytest.fixture(params=FILES, ids=lambda path: path.name)
def challenge(request):
    """A lesson with a challenge, and the file that holds its questions."""
    return request.param.name.split(".")[0], request.param


def grade_cell(lesson, tree):
    cells = notebook_files.read(lesson_file(ROOT, lesson, tree)).cells
    [cell] = [cell for cell in cells if "quiz.challenge_points(" in cell.source]
    return cell.source


def keys_in(source):
    """What the grade cell assigns to KEY, in order."""
    return [
        ast.literal_eval(node.value)
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign) and node.targets[0].id == "KEY"
    ]


def test_there_is_a_challenge():
    assert FILES


def test_the_grade_cell_holds_the_key_of_every_question(challenge):
    lesson, path = challenge
    right = {
        question["id"]: "".join(
            letter
            for letter, option in zip(LETTERS, question["options"], strict=False)
            if option.get("correct")
        )
        for question in bank.read_file(path)
    }
    assert keys_in(grade_cell(lesson, "solutions"))[-1] == right


def test_the_questions_that_learners_get_have_the_same_keys(challenge):
    lesson, _ = challenge
    sealed = {one.id: one.key for one in bank.questions(lesson) if one.use == "challenge"}
    assert keys_in(grade_cell(lesson, "solutions"))[-1] == sealed


def test_the_key_is_not_released(challenge):
    lesson, _ = challenge
    assert keys_in(grade_cell(lesson, "notebooks")) == [None]
    released = lesson_file(ROOT, lesson, "notebooks").read_text()
    assert "KEY = {" not in released
    for question in bank.questions(lesson):
        if question.use == "challenge":
            assert question.id not in released
