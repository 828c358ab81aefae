"""A pytest plugin beside nbval: exercises may fail only in the way they should.

nbval compares what lesson cells print. Of a cell that is tagged as one that may fail, it accepts
anything. This plugin says what is right there: in ``notebooks/`` (unsolved) a graded cell fails
with NotImplementedError or AssertionError and earns nothing; in ``solutions/`` it earns every
point, but for a quiz, which nobody has answered there.
"""

from pathlib import Path
import re

import nbformat
from nbgrader.utils import determine_grade, is_grade, is_solution
import pytest

from classroom.authoring.stray_files import stray_files
from classroom.course import lesson_names

UNSOLVED_ERRORS = {"NotImplementedError", "AssertionError"}


class GradedCellError(Exception):
    """A graded cell did not end as it should."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Look at each graded cell after nbval has run it."""
    result = yield
    cell = getattr(item, "cell", None)
    if cell is not None and (is_grade(cell) or is_solution(cell)):
        complain = check_unsolved if _tree(item) == "notebooks" else check_solved
        complaint = complain(cell, item.test_outputs)
        if complaint:
            raise GradedCellError(f"cell '{cell.metadata.nbgrader.grade_id}' {complaint}")
    return result


def check_unsolved(cell, outputs):
    """Return what is wrong with the outcome of an unsolved graded cell; "" when nothing is."""
    errors = {output["ename"] for output in outputs if output["output_type"] == "error"}
    if errors - UNSOLVED_ERRORS:
        return f"failed with {', '.join(sorted(errors))}; an unsolved exercise may not."
    if is_grade(cell) and (score := _score(cell, outputs)) != 0:
        return f"earned {score} points before anything was solved."
    return ""


def check_solved(cell, outputs):
    """Return what is wrong with the outcome of a solved graded cell; "" when nothing is."""
    if not is_grade(cell):
        return ""
    score, points = _score(cell, outputs), float(cell.metadata.nbgrader.points)
    due = 0 if re.search(r"\bquiz\.\w*points\(", cell.source) else points
    return "" if score == due else f"earned {score} of {points} points with our own solution."


def _score(cell, outputs):
    ran = nbformat.from_dict({**cell, "outputs": outputs})
    return determine_grade(ran)[0]


def _tree(item):
    return Path(item.fspath).parent.parent.name


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    """Say so when running the lessons has left files of a learner among the sources."""
    root = Path(session.config.rootpath)
    for lesson in lesson_names(root):
        for path in stray_files(root / "solutions" / lesson):
            session.exitstatus = 1
            print(f"\nFAILED: {path} was written by a run; it would overwrite learners' answers.")
