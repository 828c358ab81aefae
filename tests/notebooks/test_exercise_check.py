"""The rules for graded cells: unsolved they fail as they should, solved they earn everything."""

from exercise_check import check_solved, check_unsolved
import nbformat
import pytest


def graded(source="assert f() == 1", points=2):
    cell = nbformat.v4.new_code_cell(source)
    cell.metadata["nbgrader"] = {"grade": True, "solution": False, "points": points}
    return cell


def error(name):
    return nbformat.v4.new_output("error", ename=name, evalue="", traceback=[])


def score(number):
    data = {"text/plain": str(number)}
    return nbformat.v4.new_output("execute_result", data=data, execution_count=1)


@pytest.mark.parametrize("name", ["NotImplementedError", "AssertionError"])
def test_an_unsolved_exercise_may_fail_so(name):
    assert check_unsolved(graded(), [error(name)]) == ""


def test_an_unsolved_exercise_may_not_fail_otherwise():
    assert "NameError" in check_unsolved(graded(), [error("NameError")])


def test_an_unsolved_exercise_that_passes_is_a_gift():
    assert "earned 2.0 points" in check_unsolved(graded(), [])


def test_an_unanswered_quiz_scores_zero_without_an_error():
    assert check_unsolved(graded("quiz.points([], out_of=2)"), [score(0.0)]) == ""


def test_our_own_solution_earns_every_point():
    assert check_solved(graded(), []) == ""
    assert "earned 1.0 of 2.0" in check_solved(graded(), [score(1.0)])


def test_nobody_has_answered_the_quiz_in_a_source():
    assert check_solved(graded("quiz.points([], out_of=2)"), [score(0.0)]) == ""
    assert check_solved(graded("quiz.points([], out_of=2)"), [score(2.0)]) != ""
