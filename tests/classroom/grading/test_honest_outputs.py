"""The outputs of a cell that scores are made such that nbgrader's rules score it rightly."""

from kernel_jobs import grade
import nbformat

from classroom.grading.honest_outputs import make_honest


def test_a_cell_without_an_account_of_it_earns_nothing():
    cell = grade("t", "assert True")
    flags = make_honest(cell, {"status": "ok"})
    assert [output.output_type for output in cell.outputs] == ["error"]
    assert "no account" in flags[0]


def test_a_result_without_a_number_is_taken_away():
    cell = grade("t", "assert True")
    cell.outputs = [nbformat.v4.new_output("execute_result", {"text/plain": "2.0"})]
    assert make_honest(cell, {"status": "ok", "classroom": {"number": {"nothing": True}}}) == []
    assert cell.outputs == []


def test_stderr_of_a_cell_that_scores_becomes_ordinary_output():
    cell = grade("t", "assert True")
    cell.outputs = [nbformat.v4.new_output("stream", name="stderr", text="careful")]
    make_honest(cell, {"status": "ok", "classroom": {"number": {"nothing": True}}})
    assert [(output.name, output.text) for output in cell.outputs] == [("stdout", "careful")]
