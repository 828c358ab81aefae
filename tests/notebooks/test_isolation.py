"""A graded cell reads nothing of a learner's but the answer, and leaves everything as it was.

It runs in the learner's own notebook too, by Validate and by hand, below whatever a learner has
bound and set there.
"""

import ast
import builtins
import contextlib
from functools import cache
import io
import os
from pathlib import Path
import random
import warnings

from crossentropy import usual_settings
from IPython.core.interactiveshell import InteractiveShell
import keras
from keras.src.random.seed_generator import global_seed_generator
from nbgrader.utils import is_grade, is_solution
import numpy as np
import pytest
import tensorflow as tf
from tensorflow.python.eager.context import context

from classroom import notebook_files
from classroom.course import lesson_file, lesson_names
from classroom.grading.needs import bound_by, names_used

ROOT = Path(__file__).parents[2]
LESSONS = lesson_names(ROOT)
# This one is a recipe, graded by a training in a process of its own.
BY_TRAINING = "cure-grade"
# With EVERY_ANSWER=1 each setting is tried alone with each cell, else one of them and all at once.
EVERY = bool(os.environ.get("EVERY_ANSWER"))
LOADING = ("quiz-import", "imports", "versions-tensorflow")
# The first cell of every lesson imports it; what is recorded beside the notebook is asked by it.
OURS = {"quiz", "experiment"}


@cache
def code_cells(lesson):
    cells = notebook_files.read(lesson_file(ROOT, lesson)).cells
    return [cell for cell in cells if cell.cell_type == "code"]


def answers_of(lesson):
    return {
        name for cell in code_cells(lesson) if is_solution(cell) for name in bound_by(cell.source)
    }


def graded_cells(lesson):
    return [cell for cell in code_cells(lesson) if is_grade(cell) and not is_solution(cell)]


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_graded_cell_reads_no_name_of_the_notebook_but_the_answer(lesson):
    read = {
        cell.id: {name for name in names_used(cell.source) if not hasattr(builtins, name)}
        for cell in graded_cells(lesson)
    }
    known = answers_of(lesson) | OURS
    assert {name: used - known for name, used in read.items() if used - known} == {}


# --- settings -------------------------------------------------------------------------------------

SETTINGS = {
    "Keras's epsilon": (keras.config.epsilon, keras.config.set_epsilon, 1e-2),
    "Keras's type of floats": (keras.config.floatx, keras.config.set_floatx, "float64"),
    "the dtype policy": (
        lambda: keras.config.dtype_policy().name,
        keras.config.set_dtype_policy,
        "float64",
    ),
    "the errors of NumPy": (
        np.geterr,
        lambda value: np.seterr(**value),
        dict.fromkeys(("divide", "over", "under", "invalid"), "raise"),
    ),
    "how NumPy prints": (
        lambda: {name: np.get_printoptions()[name] for name in ("precision", "suppress")},
        lambda value: np.set_printoptions(**value),
        {"precision": 1, "suppress": True},
    ),
    "the folder": (os.getcwd, os.chdir, None),
    "Python's random numbers": (random.getstate, random.setstate, random.Random(1).getstate()),
    "NumPy's random numbers": (
        lambda: tuple(
            tuple(one) if isinstance(one, np.ndarray) else one for one in np.random.get_state()
        ),
        np.random.set_state,
        np.random.RandomState(1).get_state(),
    ),
    "TensorFlow's random numbers": (
        lambda: (context()._seed, context()._rng.getstate()),
        lambda value: (tf.random.set_seed(value[0]), context()._rng.setstate(value[1])),
        (4, random.Random(4).getstate()),
    ),
    "Keras's random numbers": (
        lambda: global_seed_generator().state.numpy().tolist(),
        lambda value: global_seed_generator().state.assign(value),
        [7, 3],
    ),
}


@contextlib.contextmanager
def settings(folder, names=tuple(SETTINGS)):
    """Set this otherwise than a lesson does, by default everything; afterwards it is as before."""
    before = now()
    for name in names:
        _, change, value = SETTINGS[name]
        change(folder if value is None else value)
    try:
        yield
    finally:
        for name in names:
            SETTINGS[name][1](before[name])


def now():
    """What is set."""
    return {name: get() for name, (get, _, _) in SETTINGS.items()}


def run(cell, space):
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(cell.source, cell.id, "exec"), space)


@pytest.mark.parametrize("lesson", [name for name in LESSONS if name != "08-mastery"])
def test_our_answers_pass_whatever_a_learner_has_set_and_it_stays_set(lesson, tmp_path):
    space = {}
    for cell in code_cells(lesson):
        if cell.id in LOADING or is_solution(cell):
            run(cell, space)
    failed, changed, left = {}, {}, {}
    for number, cell in enumerate(graded_cells(lesson)):
        if "points(" in cell.source or cell.id == BY_TRAINING:
            continue
        alone = [[name] for name in SETTINGS]
        for names in [[*SETTINGS], *(alone if EVERY else [alone[number % len(alone)]])]:
            keras.utils.set_random_seed(number)
            bound = {*space}
            with settings(str(tmp_path), names), warnings.catch_warnings():
                before = now()
                try:
                    with usual_settings.usual():  # as IPython does, see below
                        run(cell, space)
                except Exception as error:
                    failed[cell.id, *names] = repr(error)
                if now() != before:
                    changed[cell.id, *names] = [
                        one for one in SETTINGS if now()[one] != before[one]
                    ]
            left[cell.id] = space.keys() - bound
    assert failed == {}
    assert changed == {}
    assert not any(left.values()), left


def test_in_a_notebook_checks_run_under_the_usual_settings_and_others_do_not(tmp_path):
    shell = InteractiveShell()
    stop = usual_settings.watch_cells(shell)
    seen = shell.user_ns["seen"] = []
    shell.user_ns["keras"] = keras
    try:
        with settings(str(tmp_path)), contextlib.redirect_stdout(io.StringIO()):
            own = now()
            shell.run_cell("seen.append(keras.config.epsilon())")
            shell.run_cell(
                "def check_it():\n    seen.append(keras.config.epsilon())\n    1 / 0\ncheck_it()"
            )
            assert now() == own
    finally:
        stop()
    assert seen == [1e-2, 1e-7]


class Elses:
    """What a learner has called by a name that a test uses, too; the test may not look at it."""

    def __getattribute__(self, name):
        raise AssertionError("the test reads a name of the notebook's")

    def __call__(self, *args, **kwargs):
        raise AssertionError("the test calls a name of the notebook's")

    __iter__ = __len__ = __bool__ = __getitem__ = __eq__ = __lt__ = __gt__ = __add__ = __call__
    __hash__ = None


@pytest.mark.parametrize("lesson", [name for name in LESSONS if name != "08-mastery"])
def test_our_answers_pass_whatever_else_bears_the_names_that_a_test_uses(lesson):
    space = {}
    for cell in code_cells(lesson):
        if cell.id in LOADING or is_solution(cell):
            run(cell, space)
    own = {name: space[name] for name in (answers_of(lesson) | OURS) & space.keys()}
    shell = InteractiveShell()
    stop = usual_settings.watch_cells(shell)
    failed, left = {}, {}
    try:
        for cell in graded_cells(lesson):
            if "points(" in cell.source or cell.id == BY_TRAINING:
                continue
            tree = ast.parse(cell.source)
            used = {one.id for one in ast.walk(tree) if isinstance(one, ast.Name)}
            used |= {one.arg for one in ast.walk(tree) if isinstance(one, ast.arg)}
            used |= {one.asname or one.name for one in ast.walk(tree) if isinstance(one, ast.alias)}
            elses = {name: Elses() for name in used - own.keys()}
            # An answer has names of its own, and so is not led astray by these.
            shell.user_ns.update(elses | own)
            names = {*shell.user_ns}
            with contextlib.redirect_stdout(io.StringIO()):
                result = shell.run_cell(cell.source)
            if not result.success:
                failed[cell.id] = repr(result.error_in_exec or result.error_before_exec)
            left[cell.id] = {*shell.user_ns} - names
            for name in elses:
                shell.user_ns.pop(name, None)
    finally:
        stop()
    assert failed == {}
    assert not any(left.values()), left


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_check_is_known_for_one(lesson):
    """The settings are set for cells that define a function named `check_…`."""
    unknown = [
        cell.id
        for cell in graded_cells(lesson)
        if "points(" not in cell.source
        and cell.id != BY_TRAINING
        and not usual_settings.CHECKS.search(cell.source)
    ]
    assert unknown == []
