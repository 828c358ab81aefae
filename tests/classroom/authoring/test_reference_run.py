"""Running a lesson stores what it prints, and nothing that belongs to one machine or one run."""

import nbformat
import pytest

from classroom import notebook_files
from classroom.authoring.reference_run import store_outputs
from classroom.course import CourseError

LESSON = "01-lesson"


def put(course, *sources):
    cells = [nbformat.v4.new_code_cell(source, id=f"cell-{i}") for i, source in enumerate(sources)]
    path = course / "solutions" / LESSON / f"{LESSON}.ipynb"
    notebook_files.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def test_outputs_and_counts_are_stored(tmp_path):
    path = put(tmp_path, "x = 1", "print('one')\nx")
    store_outputs(tmp_path, LESSON)
    first, second = notebook_files.read(path).cells
    assert (first.execution_count, second.execution_count) == (1, 2)
    assert second.outputs[0].text == "one\n"
    assert second.outputs[1].data["text/plain"] == "1"


def test_a_second_run_gives_the_same_bytes(tmp_path):
    path = put(tmp_path, "import ipywidgets", "ipywidgets.HTML('x')", "1 + 1")
    store_outputs(tmp_path, LESSON)
    before = path.read_bytes()
    store_outputs(tmp_path, LESSON)
    assert path.read_bytes() == before


def test_a_lesson_runs_in_its_own_folder(tmp_path):
    path = put(tmp_path, "import os; print(os.path.basename(os.getcwd()))")
    store_outputs(tmp_path, LESSON)
    assert notebook_files.read(path).cells[0].outputs[0].text == f"{LESSON}\n"


def test_a_lesson_that_fails_is_left_as_it_was(tmp_path):
    path = put(tmp_path, "print('fine')", "1 / 0")
    before = path.read_bytes()
    with pytest.raises(CourseError, match="does not run"):
        store_outputs(tmp_path, LESSON)
    assert path.read_bytes() == before


def test_answers_beside_a_source_are_refused(tmp_path):
    put(tmp_path, "1")
    (tmp_path / "solutions" / LESSON / "responses.json").write_text("{}")
    with pytest.raises(CourseError, match="would overwrite every learner's own"):
        store_outputs(tmp_path, LESSON)


def test_a_file_that_is_no_notebook_is_named(tmp_path):
    path = put(tmp_path, "1")
    path.write_text("not json")
    with pytest.raises(CourseError, match=r"01-lesson\.ipynb cannot be read as a notebook"):
        store_outputs(tmp_path, LESSON)
