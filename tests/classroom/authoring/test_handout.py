"""A learner's copy: new lessons arrive, and nothing that the learner made is ever touched."""

import nbformat
import pytest

from classroom import notebook_files
from classroom.authoring.handout import hand_out

LESSON = "01-loss-definition"


@pytest.fixture
def course(tmp_path):
    put(tmp_path / "course", LESSON, test="assert answer == 1")
    return tmp_path / "course"


def put(course, lesson, test):
    cell = nbformat.v4.new_code_cell(test, id="test")
    cell.metadata["nbgrader"] = {"grade": True, "grade_id": "test", "points": 1}
    notebook = nbformat.v4.new_notebook(cells=[cell])
    notebook_files.write(notebook, course / "notebooks" / lesson / f"{lesson}.ipynb")


def test_a_new_learner_gets_every_lesson(course, tmp_path):
    assert hand_out(course, tmp_path / "mine").added == [LESSON]
    assert (tmp_path / "mine" / LESSON / f"{LESSON}.ipynb").is_file()


def test_no_output_gives_away_what_the_learner_is_to_predict(course, tmp_path):
    [path] = (course / "notebooks").rglob("*.ipynb")
    notebook = notebook_files.read(path)
    notebook.cells[0].outputs = [nbformat.v4.new_output("stream", text="0.223")]
    notebook_files.write(notebook, path)
    hand_out(course, tmp_path / "mine")
    assert "0.223" not in (tmp_path / "mine" / LESSON / path.name).read_text()


def test_a_second_time_changes_nothing(course, tmp_path):
    hand_out(course, tmp_path / "mine")
    path = tmp_path / "mine" / LESSON / f"{LESSON}.ipynb"
    path.write_text("my own work")
    done = hand_out(course, tmp_path / "mine")
    assert (done.added, done.kept) == ([], [LESSON])
    assert path.read_text() == "my own work"


def test_a_lesson_that_came_later_is_added(course, tmp_path):
    hand_out(course, tmp_path / "mine")
    put(course, "02-later", test="assert True")
    assert hand_out(course, tmp_path / "mine").added == ["02-later"]


def test_an_older_copy_is_kept_and_named(course, tmp_path):
    hand_out(course, tmp_path / "mine")
    put(course, LESSON, test="assert answer == 2")
    assert hand_out(course, tmp_path / "mine").outdated == [LESSON]
    assert "answer == 1" in (tmp_path / "mine" / LESSON / f"{LESSON}.ipynb").read_text()


def test_answers_to_the_quiz_stay(course, tmp_path):
    hand_out(course, tmp_path / "mine")
    answers = tmp_path / "mine" / LESSON / "responses.json"
    answers.write_text("{}")
    hand_out(course, tmp_path / "mine")
    assert answers.read_text() == "{}"
