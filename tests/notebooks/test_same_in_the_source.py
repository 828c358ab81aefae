"""Of an unsolved notebook only those cells pass without a run that have run in its source."""

import nbformat
import pytest
from same_in_the_source import not_run

ANSWER = ("answer", "def f(): ...", ["raises-exception"])
SOLVED = ("answer", "def f(): return x", [])


def cells(*described):
    return [
        nbformat.v4.new_code_cell(source, id=name, metadata={"tags": tags})
        for name, source, tags in described
    ]


LESSON = [
    ("imports", "import numpy as np", []),
    ("data", "x = np.ones(3)", []),
    ("train", "trained = x.sum()", []),
    ("show", "print(trained)", []),
]


def left_out(unsolved, source):
    return not_run(cells(*unsolved), cells(*source))


def test_what_no_later_cell_needs_is_not_run_again():
    unsolved = [*LESSON, ANSWER, ("after", "print(x)", [])]
    source = [*LESSON, SOLVED, ("after", "print(x)", [])]
    assert left_out(unsolved, source) == {"train", "show"}


def test_a_cell_that_fails_unsolved_needs_nothing():
    after = ("after", "print(x, f())", ["raises-exception"])
    assert left_out([*LESSON, ANSWER, after], [*LESSON, SOLVED, after]) == {
        "imports",
        "data",
        "train",
        "show",
    }


def test_a_graded_cell_is_run():
    unsolved, source = cells(*LESSON), cells(*LESSON)
    for cell in (unsolved[3], source[3]):
        cell.metadata["nbgrader"] = {"grade": True, "grade_id": "quiz-points", "points": 2}
    assert not not_run(unsolved, source) & {"data", "train", "show"}


@pytest.mark.parametrize("place", range(4))
def test_a_cell_that_differs_is_run_and_so_is_all_after_it(place):
    changed = [*LESSON]
    changed[place] = (changed[place][0], changed[place][1] + "  # changed", [])
    names = {name for name, _, _ in LESSON[place:]}
    assert not left_out([*changed, ANSWER], [*LESSON, SOLVED]) & names


def test_a_cell_that_shows_something_else_is_run():
    unsolved, source = cells(*LESSON), cells(*LESSON)
    source[3].outputs = [nbformat.v4.new_output("stream", name="stdout", text="3.0\n")]
    assert "show" in not_run(unsolved, source)  # cleared, since it follows a prediction
    unsolved[3].outputs = [nbformat.v4.new_output("stream", name="stdout", text="4.0\n")]
    assert "show" not in not_run(unsolved, source)
