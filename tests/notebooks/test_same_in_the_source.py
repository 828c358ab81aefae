"""Of an unsolved notebook only those cells pass without a run that have run in its source."""

from pathlib import Path

import nbformat
import pytest
from same_in_the_source import UNTRAINED, shared_runs

from classroom import notebook_files
from classroom.grading.needs import bound_by, names_used

ROOT = Path(__file__).parents[2]

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


def not_run(unsolved, source):
    return {name for name, run in shared_runs(unsolved, source).items() if run is None}


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


BEFORE = ("before-train", "before, history = train(x)", [])
LONG = [*LESSON[:2], ("build", "def build_network(): ...", []), ("define", "def train(x): ...", [])]


def test_an_untrained_network_takes_the_place_of_one_that_a_later_cell_needs():
    unsolved = cells(*LONG, BEFORE, ANSWER, ("after", "compare(before, x)", []))
    run = shared_runs(unsolved, cells(*LONG, BEFORE, SOLVED, ("after", "compare(before, x)", [])))
    assert run["before-train"] == UNTRAINED["before-train"]
    assert run["build"] == "def build_network(): ..."
    assert run["define"] is None


def test_a_training_that_differs_is_run():
    changed = ("before-train", BEFORE[1] + "  # changed", [])
    unsolved = cells(*LONG, changed, ANSWER, ("after", "compare(before, x)", []))
    assert "before-train" not in shared_runs(unsolved, cells(*LONG, BEFORE, SOLVED))


def code_cells(tree, path):
    cells = notebook_files.read(ROOT / tree / path.parent.name / path.name).cells
    return [cell for cell in cells if cell.cell_type == "code"]


def test_nothing_is_compared_that_an_untrained_network_shows():
    for name, instead in UNTRAINED.items():
        [path] = [path for path in ROOT.glob("solutions/*/*.ipynb") if name in path.read_text()]
        unsolved = code_cells("notebooks", path)
        run = shared_runs(unsolved, code_cells("solutions", path))
        assert run[name] == instead
        shown = [
            cell
            for cell in unsolved
            if run.get(cell.id, cell.source) and names_used(cell.source) & bound_by(instead)
        ]
        assert shown
        assert [cell.id for cell in shown if cell.outputs] == []
