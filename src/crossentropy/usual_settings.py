"""What the checks of an exercise rely on: set while they run, and put back after them.

A learner may have changed Keras's epsilon or its type of floats, what NumPy does about an overflow,
or the folder, in some cell above, or have called something `sum` there. A right answer stays right
all the same.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Iterator
import contextlib
import os
import random
import re
import sys
from typing import Any

from crossentropy import own_folder

KERAS = {"epsilon": 1e-7, "floatx": "float32", "dtype_policy": "float32"}
NUMPY = {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}
CHECKS = re.compile(r"^def check_\w+\(\):", re.MULTILINE)


def of_keras() -> dict[str, Any]:
    """Return what is set in Keras, as plain values; nothing where it is not loaded."""
    config = _config()
    if config is None:
        return {}
    policy = config.dtype_policy().name
    return {"epsilon": config.epsilon(), "floatx": config.floatx(), "dtype_policy": policy}


@contextlib.contextmanager
def keras_having(settings: dict[str, Any]) -> Iterator[None]:
    """Have Keras set so inside the block, where it is loaded.

    Parameters
    ----------
    settings : dict
        As `of_keras` returns it.
    """
    config, before = _config(), of_keras()
    changed = {name: value for name, value in settings.items() if value != before.get(name, value)}
    try:
        for name, value in changed.items():
            getattr(config, f"set_{name}")(value)
        yield
    finally:
        for name in changed:
            getattr(config, f"set_{name}")(before[name])


def _config():
    return getattr(sys.modules.get("keras"), "config", None)


@contextlib.contextmanager
def usual() -> Iterator[None]:
    """Have Keras, NumPy and the folder inside the block as in a kernel that has just started.

    Random numbers of Python, NumPy, TensorFlow and Keras go on afterwards as if the block had
    neither drawn any nor set a seed.
    """
    with contextlib.ExitStack() as stack:
        stack.callback(random.setstate, random.getstate())
        stack.enter_context(keras_having(KERAS))
        if numpy := sys.modules.get("numpy"):
            stack.enter_context(numpy.errstate(**NUMPY))
            stack.callback(numpy.random.set_state, numpy.random.get_state())
        _keep_random_numbers_of_tensorflow(stack)
        _keep_random_numbers_of_keras(stack)
        with contextlib.suppress(OSError):  # it has been deleted
            stack.callback(_go_to, os.getcwd())
            os.chdir(own_folder.home())
        yield


def _keep_random_numbers_of_tensorflow(stack: contextlib.ExitStack) -> None:
    # TensorFlow has no public word for the seed that is set and for the numbers drawn since.
    if module := sys.modules.get("tensorflow.python.eager.context"):
        context = module.context()
        stack.callback(setattr, context, "_seed", context._seed)
        if numbers := getattr(context, "_rng", None):
            stack.callback(setattr, context, "_rng", numbers)
            stack.callback(numbers.setstate, numbers.getstate())


def _keep_random_numbers_of_keras(stack: contextlib.ExitStack) -> None:
    # Nor has Keras.
    state = sys.modules.get("keras.src.backend.common.global_state")
    for name in ("global_random_seed", "global_seed_generator") if state else ():
        value = state.get_global_attribute(name)
        stack.callback(state.set_global_attribute, name, value)
        if hasattr(value, "state"):
            stack.callback(value.state.assign, value.state.numpy())


def _go_to(folder: str) -> None:
    with contextlib.suppress(OSError):
        os.chdir(folder)


class PythonsOwn(ast.NodeTransformer):
    """Has checks use Python's own `sum`, and its like, where the notebook has given the name away.

    Parameters
    ----------
    space : dict
        The names of the notebook.
    """

    def __init__(self, space: dict[str, Any]):
        self.space = space

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        """Import into a function `check_…()` what it would find changed."""
        if not node.name.startswith("check_"):
            return node
        names = [one for one in ast.walk(node) if isinstance(one, ast.Name)]
        read = {one.id for one in names if isinstance(one.ctx, ast.Load)}
        bound = {one.id for one in names if not isinstance(one.ctx, ast.Load)}
        if hidden := sorted((read - bound) & self.space.keys() & {*dir(builtins)}):
            first = ast.ImportFrom("builtins", [ast.alias(name) for name in hidden], 0)
            node.body.insert(0, ast.copy_location(first, node.body[0]))
            ast.fix_missing_locations(node)
        return node


def watch_cells(shell: Any) -> Callable[[], None]:
    """Have the usual settings while a cell with checks runs: one that defines `check_…()`.

    Parameters
    ----------
    shell : IPython.core.interactiveshell.InteractiveShell

    Returns
    -------
    callable
        Ends that.
    """
    running, own = [], PythonsOwn(shell.user_ns)

    def begin(info: Any) -> None:
        if CHECKS.search(info.raw_cell or ""):
            running.append(usual())
            running[-1].__enter__()

    def end(result: Any) -> None:
        while running:
            running.pop().__exit__(None, None, None)

    shell.events.register("pre_run_cell", begin)
    shell.events.register("post_run_cell", end)
    shell.ast_transformers.append(own)

    def stop() -> None:
        shell.events.unregister("pre_run_cell", begin)
        shell.events.unregister("post_run_cell", end)
        shell.ast_transformers.remove(own)

    return stop
