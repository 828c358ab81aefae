"""What the Validate button is told of a notebook, run for real in a kernel of its own."""

import html
import json
import os
import subprocess
import sys

from nbformat.v4 import new_code_cell, new_notebook, writes
import pytest

from classroom.validation.check import validate


def marked(name, source, *, answer=False, points=1):
    """A cell as nbgrader marks it: one to answer in, or a check that gives points."""
    cell = new_code_cell(source, id=name)
    cell.metadata["nbgrader"] = {
        "schema_version": 3,
        "grade_id": name,
        "grade": not answer,
        "solution": answer,
        "locked": False,
        "task": False,
    }
    if not answer:
        cell.metadata["nbgrader"]["points"] = points
    return cell


ANSWER = marked("double", "def double(x):\n    return 2 * x", answer=True)
CHECK = marked("double-check", "assert double(2) == 4, 'twice 2 is 4'")


@pytest.fixture
def validated(tmp_path):
    """Validate a notebook of some cells; the answer, what was told, and the cells that began."""

    def validated(*cells, seconds=60):
        path = tmp_path / "lesson.ipynb"
        path.write_text(writes(new_notebook(cells=list(cells))))
        begun = []
        answer, told = validate(path, begun.append, seconds)
        return answer, told, begun

    return validated


def said(answer):
    """The sentences about cells that failed, as the dialog shows them."""
    assert answer["success"]
    return [html.unescape(one["error"]).replace("\n", " ") for one in answer["value"]["failed"]]


def test_a_solved_notebook_is_a_success_and_says_what_was_not_checked(validated):
    answer, told, begun = validated(ANSWER, CHECK)
    assert answer == {"success": True, "value": {}}
    assert begun == [
        {"cell": 1, "of": 2, "name": "double"},
        {"cell": 2, "of": 2, "name": "double-check"},
    ]
    assert "1 graded cell." in told
    assert "Not checked here: the hidden tests" in told


def test_a_cell_is_told_that_it_is_validated_and_this_process_is_not(validated):
    says = "import os; assert os.environ['NBGRADER_EXECUTION'] == 'validate'"
    answer, _, _ = validated(new_code_cell(says))
    assert answer["value"] == {}
    assert "NBGRADER_EXECUTION" not in os.environ


def test_a_failed_check_shows_its_message_first(validated):
    answer, _, _ = validated(marked("double", "def double(x):\n    return x", answer=True), CHECK)
    [sentence] = said(answer)
    assert sentence.startswith("AssertionError: twice 2 is 4")


def test_an_exercise_without_an_answer_is_told_in_one_sentence(validated):
    open_one = marked("double", "def double(x):\n    raise NotImplementedError", answer=True)
    answer, _, _ = validated(open_one, CHECK)
    assert said(answer) == [
        "NotImplementedError: this exercise has no answer yet. Write it in its answer cell."
    ]


def test_a_message_is_no_html(validated):
    answer, _, _ = validated(marked("c", "raise ValueError('<b>bold</b>')"))
    assert "<b>" not in answer["value"]["failed"][0]["error"]


def test_an_error_in_a_cell_without_points_is_no_success(validated):
    answer, _, _ = validated(new_code_cell("1 / 0"), ANSWER, CHECK)
    assert said(answer)[0].startswith("ZeroDivisionError")


def test_a_cell_that_does_not_end_is_stopped_and_named(validated):
    answer, told, begun = validated(
        ANSWER, new_code_cell("while True: pass", id="forever"), CHECK, seconds=3
    )
    [sentence] = said(answer)
    assert sentence.startswith("Cell 2 ('forever'): This cell had not ended after 3 seconds")
    assert len(begun) == 2
    assert "not run" in told


def test_a_cell_that_ends_the_kernel_is_named(validated):
    answer, _, _ = validated(new_code_cell("import os; os._exit(1)", id="end"), ANSWER, CHECK)
    [sentence] = said(answer)
    assert sentence.startswith("Cell 1 ('end'): The kernel ended while this cell ran")


def test_input_is_told_in_one_sentence(validated):
    answer, _, _ = validated(new_code_cell("name = input('who? ')"), ANSWER, CHECK)
    assert said(answer) == [
        "This cell calls input(), and nobody can type while a notebook is validated or graded: "
        "write the value into the code."
    ]


def test_an_answer_cell_that_was_copied_or_split_is_named_before_anything_runs(validated):
    copied = marked("double", "    return 2 * x", answer=True)
    copied["id"] = "second-half"
    answer, _, begun = validated(ANSWER, copied, CHECK)
    [sentence] = said(answer)
    assert sentence.startswith("The cell 'double' stands here twice, the second time as cell 2")
    assert begun == []


def test_part_of_the_points_is_no_success_and_shows_what_the_cell_said(validated):
    answer, _, _ = validated(marked("quiz", "print('3 of 5 right')\n1.5", points=2))
    assert said(answer) == ["Not all of its points yet. 3 of 5 right"]


def test_a_file_that_is_no_notebook_is_told_in_one_sentence(tmp_path):
    path = tmp_path / "lesson.ipynb"
    path.write_text("{")
    answer, _ = validate(path, print)
    assert not answer["success"]
    assert answer["value"].startswith("lesson.ipynb cannot be read as a notebook")


def test_a_lost_check_of_a_lesson_is_missed(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text("")
    for folder, cells in [("notebooks", [ANSWER, CHECK]), ("my-work", [ANSWER])]:
        path = tmp_path / folder / "lesson" / "lesson.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(writes(new_notebook(cells=cells)))
    answer, _ = validate(path, print)
    assert said(answer)[0].startswith("The cell 'double-check' of this lesson is missing")


def test_a_process_of_its_own_prints_progress_and_answer_as_json(tmp_path):
    path = tmp_path / "lesson.ipynb"
    path.write_text(writes(new_notebook(cells=[new_code_cell("print('noise')"), ANSWER, CHECK])))
    done = subprocess.run(
        [sys.executable, "-m", "classroom.validation.check", path],
        capture_output=True,
        text=True,
        check=True,
    )
    *cells, last = map(json.loads, done.stdout.splitlines())
    assert [one["cell"] for one in cells] == [1, 2, 3]
    assert last["answer"] == {"success": True, "value": {}}
