"""A pytest plugin beside nbval: what a lesson's two notebooks share is run in the source only.

Up to the first answer cell, an unsolved notebook is its source, letter for letter, and shows
nothing else. To run those cells in both would compute the same twice, and the trainings take
minutes. So of them only those are run in ``notebooks/`` that a later cell needs, and those that
are graded; the others pass by being the same. A cell that differs, and every later one, is run.
Where a later cell needs what a long training makes, an untrained network takes its place. And the
source has a new kernel; the unsolved notebook is lent one, which begins sooner.
"""

from pathlib import Path

import forked_kernels
from nbgrader.utils import is_grade
from nbval.plugin import IPyNbCell
import pytest

from classroom.grading.needs import bound_by, names_used

# Trainings of half a minute, by their cells, and what is run in their place. Of the cells that show
# the trained network, an unsolved notebook keeps no output to compare with.
UNTRAINED = {"before-train": "before = build_network()"}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Have the cells that need no second run pass without one, where their source is run too."""
    lessons = {}
    for item in items:
        if isinstance(item, IPyNbCell):
            lessons.setdefault(Path(item.fspath), []).append(item)
    for path, cells in lessons.items():
        source = path.parents[2] / "solutions" / path.parent.name / path.name
        if path.parents[1].name != "notebooks" or source not in lessons:
            continue
        run = shared_runs([item.cell for item in cells], [item.cell for item in lessons[source]])
        for item in cells:
            text = run.get(item.cell.id, item.cell.source)
            if text is None:
                item.test_outputs = item.cell.outputs
                item.runtest = lambda: None
            else:
                item.cell.source = text


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item):
    """Have nbval, which starts a kernel before a notebook's first cell, find one that is lent."""
    with pytest.MonkeyPatch.context() as patch:
        if isinstance(item, IPyNbCell) and item.path.parents[1].name == "notebooks":
            patch.setattr(item.config.option, "nbval_current_env", False)
            for name, value in forked_kernels.variables().items():
                patch.setenv(name, value)
        return (yield)


def shared_runs(cells, originals):
    """Return what is run of each cell that runs in the source just so; None where none needs it.

    Both are lists of code cells: those of the unsolved notebook, and those of its source.
    """
    shared = 0
    for cell, original in zip(cells, originals, strict=False):
        # What follows a prediction is shown only after it.
        shown = cell.outputs in ([], original.outputs)
        if not shown or (cell.id, cell.source) != (original.id, original.source):
            break
        shared += 1
    # A lesson's cell that may fail rests on an answer; nothing of what it prints is compared.
    needed = {
        name
        for cell in cells[shared:]
        if is_grade(cell) or "raises-exception" not in cell.metadata.get("tags", ())
        for name in names_used(cell.source)
    }
    run = {}
    for cell in reversed(cells[:shared]):
        text = UNTRAINED.get(cell.id, cell.source)
        if is_grade(cell) or needed & bound_by(text):
            needed |= names_used(text)
            run[cell.id] = text
        else:
            run[cell.id] = None
    return run
