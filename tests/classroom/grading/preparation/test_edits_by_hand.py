"""Whatever a hand does to the cells in JupyterLab, no answer is lost and nobody is short-changed.

A learner has solved a lesson and then moves, copies, splits, merges and retypes cells. As all text
is still there, a person would give what it earned before: so do the tests, or a person is asked.
"""

import contextlib
import copy
import json

from hand_edits import edited, edits
from hypothesis import given
from hypothesis import strategies as st
import nbformat
from nbgrader.preprocessors import ClearSolutions, ComputeChecksums, LockCells
import pytest
from small_lessons import cell, with_ids

from classroom import notebook_files
from classroom.grading.lesson import Lesson, LessonCell
from classroom.grading.preparation import prepare
from classroom.grading.preparation.contents import Contents
from classroom.grading.submissions import Submission


def lesson_of_many_cells():
    """Return a lesson with cells of all kinds, which runs without any import of weight."""
    return with_ids(
        nbformat.v4.new_notebook(
            cells=[
                cell("# A lesson", kind="markdown"),
                cell("import math"),
                cell("## Double\n\nWrite `double`.", kind="markdown"),
                cell(
                    "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n"
                    "    ### END SOLUTION",
                    "double",
                ),
                cell("assert double(3) == 6", "double-test", 1),
                cell("FACTOR = 3"),
                cell(
                    "def scale(x):\n    ### BEGIN SOLUTION\n    return FACTOR * x\n"
                    "    ### END SOLUTION",
                    "scale",
                ),
                cell(
                    "def loss(p):\n    ### BEGIN SOLUTION\n    return -math.log(scale(p))\n"
                    "    ### END SOLUTION",
                    "loss",
                ),
                cell("assert scale(1) == 3", "scale-test", 1),
                cell("assert abs(loss(1 / 3)) < 1e-9", "loss-test", 1),
                cell("Why? ", "why", 2, kind="markdown", solution=True, locked=False),
                cell("print('the end')"),
            ],
            metadata=notebook_files.NOTEBOOK_METADATA,
        )
    )


def as_handed_out(notebook):
    """Return a lesson as the gradebook would have it, and what learners get."""
    released = copy.deepcopy(notebook)
    for step in (LockCells(), ClearSolutions(), ComputeChecksums()):
        step.preprocess(released, {})
    cells = [
        LessonCell(
            name,
            each.cell_type,
            each.source,  # the gradebook has the stub, too
            each.metadata.nbgrader.locked,
            dict(each.metadata.nbgrader),
            each.id,
            each.source,
        )
        for each in released.cells
        if (name := notebook_files.grade_id(each))
    ]
    lesson = Lesson(
        "01-first",
        "01-first",
        tuple(cells),
        dict(notebook.metadata.kernelspec),
        {},
        (),
        code_cells=tuple(
            (notebook_files.grade_id(each) or "", each.source)
            for each in notebook.cells
            if each.cell_type == "code"
        ),
        handed_out=tuple((each.id, each.source) for each in released.cells),
    )
    return lesson, released


# How a learner may have solved each: as one does, with a helper, in two statements, with a blank.
ANSWERS = {
    "double": [
        "def double(x):\n    return 2 * x",
        "def double(x):\n\n    twice = x + x\n\n    return twice",
        "def twice(x):\n    return x + x\n\n\ndef double(x):\n    return twice(x)",
        "def double(x):\n    '''\n    Twice x.\n\n    In one step.\n    '''\n    return 2 * x\n\n"
        "double(2)",
        "double = lambda x: (\n    x\n    + x\n)",
    ],
    "scale": [
        "def scale(x):\n    return FACTOR * x",
        "def scale(x):\n    if x == 1:\n        return FACTOR\n\n    else:\n        return x * 3",
        "def scale(x):\n    total = 0\n    for _ in range(FACTOR):\n        total += x\n"
        "    return total\n\nprint(scale(2))",
    ],
    "loss": [
        "def loss(p):\n    return -math.log(scale(p))",
        "from math import log\n\ndef loss(p):\n    return -log(scale(p))",
        "def loss(p):\n    # the log of it\n    value = scale(p)\n\n    value = -math.log(value)\n"
        "    return value",
    ],
    "why": ["Why? Because of the sum.", "It is a sum.\n\nSo it is.", "def of it: see `double`."],
}
TESTS = {"double": ("double-test",), "scale": ("scale-test", "loss-test"), "loss": ("loss-test",)}
chosen = st.fixed_dictionaries(
    {name: st.sampled_from([None, *texts, *texts]) for name, texts in ANSWERS.items()}
)


@pytest.fixture(scope="module")
def lesson():
    return as_handed_out(lesson_of_many_cells())


def solved(released, answers):
    cells = [
        {key: copy.deepcopy(each[key]) for key in ("cell_type", "id", "metadata", "source")}
        for each in released.cells
    ]
    for each in cells:
        name = each["metadata"].get("nbgrader", {}).get("grade_id")
        if answers.get(name) is not None:
            each["source"] = answers[name]
    return cells


def prepared(lesson, cells):
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    contents = Contents({lesson.file: json.dumps(notebook).encode()})
    return prepare(Submission("ann", None), lesson, contents)


def passed(made):
    """Return the graded cells that pass when the notebook is run from top to bottom."""
    notebook = nbformat.reads(made.files[made.lesson.file].decode(), as_version=4)
    names, found = {}, set()
    for each in notebook.cells:
        if each.cell_type != "code":
            continue
        grade_id = notebook_files.grade_id(each)
        scope = {**names} if grade_id in made.grade_cells else names
        try:
            with contextlib.redirect_stdout(None):
                exec(compile(each.source, "cell", "exec"), scope)
        except Exception:
            continue
        if grade_id in made.grade_cells:
            found.add(grade_id)
    return found


def deserved(answers):
    """Return the graded cells that pass before anything is edited."""
    found = set()
    if answers["double"]:
        found.add("double-test")
    if answers["scale"]:
        found.add("scale-test")
        if answers["loss"]:
            found.add("loss-test")
    return found


def lines_of(cells):
    return {line.strip() for each in cells for line in each["source"].split("\n")} - {""}


@given(answers=chosen, done=edits)
def test_points_are_kept_or_a_person_is_asked(lesson, answers, done):
    lesson, released = lesson
    made = prepared(lesson, edited(solved(released, answers), done))
    lost = deserved(answers) - passed(made)
    asked = {test for each in made.suspicions for test in each.tests}
    assert made.doubts or not lost - asked, (lost, made.notes, made.suspicions)


@given(answers=chosen, done=edits)
def test_every_line_that_a_learner_wrote_is_still_there(lesson, answers, done):
    lesson, released = lesson
    cells = edited(solved(released, answers), done)
    made = prepared(lesson, cells)
    notebook = nbformat.reads(made.files[lesson.file].decode(), as_version=4)
    theirs = [each for each in cells if each["metadata"].get("editable") is not False]
    handed_out = lines_of(released.cells)
    assert lines_of(theirs) <= lines_of(notebook.cells) | handed_out


@given(answers=chosen, done=edits)
def test_what_is_executed_can_be_executed(lesson, answers, done):
    lesson, released = lesson
    made = prepared(lesson, edited(solved(released, answers), done))
    notebook = nbformat.reads(made.files[lesson.file].decode(), as_version=4)
    nbformat.validate(notebook)
    assert len({each.id for each in notebook.cells}) == len(notebook.cells)
    names = [notebook_files.grade_id(each) for each in notebook.cells]
    graded = [each.grade_id for each in lesson.cells if each.grade]
    assert [names.count(name) for name in graded] == [1] * len(graded)
