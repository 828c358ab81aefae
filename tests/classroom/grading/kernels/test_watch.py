"""What a submission does to the tests themselves earns nothing, or is told to a person."""

import ast
import os
from pathlib import Path
import shutil
import subprocess
import sys

from kernel_jobs import SANDBOX, grade, job_of, printed, scores
import pytest

from classroom.grading.execution import execute

ROOT = Path(__file__).parents[4]

WRONG = "def answer():\n    return 4"
PLAIN = grade("t", "assert answer() == 3, 'The answer is 3.'")
NUMPY = grade("t", "import numpy as np\nassert np.isclose(answer(), 3), 'The answer is 3.'")
POINTS = grade("t", "points()")

# What a submission does beside a wrong answer, the cell that scores, a word of the flag.
TRICKS = {
    "a syntax tree transformer that drops asserts": (
        """
        import ast
        class Drop(ast.NodeTransformer):
            def visit_Assert(self, node):
                return ast.copy_location(ast.Pass(), node)
        get_ipython().ast_transformers.append(Drop())
        """,
        PLAIN,
        "syntax tree transformer",
    ),
    "an input transformer that drops asserts": (
        """
        def drop(lines):
            return [line.replace("assert", "None;") for line in lines]
        get_ipython().input_transformers_post.append(drop)
        """,
        PLAIN,
        "input transformer",
    ),
    "another run_cell": (
        """
        shell = get_ipython()
        run = shell.run_cell_async
        async def nothing(code, *more, **named):
            return await run("pass", *more, **named)
        shell.run_cell_async = nothing
        """,
        PLAIN,
        "run_cell_async was replaced",
    ),
    "numpy.isclose replaced": (
        "import numpy\nnumpy.isclose = lambda *more, **named: True",
        NUMPY,
        "numpy.isclose was replaced",
    ),
    "the code of numpy.isclose replaced": (
        """
        import numpy
        def always(a, b, rtol=1, atol=1, equal_nan=False):
            return True
        numpy.isclose.__wrapped__.__code__ = always.__code__
        """,
        NUMPY,
        "code of",
    ),
    "numpy.testing replaced": (
        "import numpy.testing\nnumpy.testing.assert_equal = print",
        grade("t", "import numpy.testing\nnumpy.testing.assert_equal(answer(), 3)"),
        "numpy.testing.assert_equal was replaced",
    ),
    "a module of one's own under a usual name": (
        "class np:\n    isclose = staticmethod(lambda *more: True)",
        grade("t", "assert np.isclose(answer(), 3)"),
        "'np' was not the module",
    ),
    "a module replaced in sys.modules": (
        """
        import sys, types
        sys.modules["numpy"] = types.SimpleNamespace(isclose=lambda *more: True)
        """,
        NUMPY,
        "numpy was replaced",
    ),
    "the lesson's own points replaced": (
        "from crossentropy import quiz\nquiz.points = lambda *more, **named: 2.0",
        grade("t", "from crossentropy import quiz\nquiz.points(['01-likelihood'], out_of=2)"),
        "crossentropy.quiz.points was replaced",
    ),
    "a builtin replaced": (
        "import builtins\nbuiltins.abs = lambda number: 0",
        grade("t", "assert abs(answer() - 3) < 1e-6"),
        "builtins.abs was replaced",
    ),
    "a trace function": (
        "import sys\nsys.settrace(lambda *more: None)",
        PLAIN,
        "sys.settrace",
    ),
    "a thread": (
        """
        import threading, time
        def wait():
            while True:
                time.sleep(0.01)
        threading.Thread(target=wait, daemon=True).start()
        """,
        PLAIN,
        "a thread of the submission",
    ),
    "a thread that Python does not list": (
        """
        import _thread, time
        def wait():
            while True:
                time.sleep(0.01)
        _thread.start_new_thread(wait, ())
        """,
        PLAIN,
        "a thread of the submission",
    ),
    "a timer": (
        """
        import signal
        signal.signal(signal.SIGALRM, lambda *more: None)
        signal.setitimer(signal.ITIMER_REAL, 60)
        """,
        PLAIN,
        "a timer",
    ),
    "a handler that swallows failures": (
        "get_ipython().set_custom_exc((AssertionError,), lambda *more, **named: None)",
        PLAIN,
        "handler of exceptions",
    ),
    "no traceback": (
        "get_ipython().showtraceback = lambda *more, **named: None",
        PLAIN,
        "showtraceback was replaced",
    ),
    "outputs cleared after each cell": (
        """
        from IPython.display import clear_output
        get_ipython().events.register("post_run_cell", lambda *more: clear_output())
        """,
        PLAIN,
        "post_run_cell",
    ),
    "a kernel that answers by itself": (
        """
        async def fine(*more, **named):
            return {"status": "ok", "execution_count": 1, "payload": [], "user_expressions": {}}
        get_ipython().kernel.do_execute = fine
        """,
        PLAIN,
        "must pass, then fail",
    ),
    "a display that forges points": (
        """
        def points():
            return 0.0
        formatter = get_ipython().display_formatter.formatters["text/plain"]
        formatter.for_type(float, lambda number, printer, cycle: printer.text("2.0"))
        """,
        POINTS,
        "display of text/plain",
    ),
    "more points than there are": ("def points():\n    return 99", POINTS, "99 points of 2"),
    "points below nothing": ("def points():\n    return -1", POINTS, "-1 points of 2"),
    "points that are no number": ("def points():\n    return float('nan')", POINTS, "nan points"),
    "points in words": ("def points():\n    return 'all'", POINTS, "no number"),
    "no points at all": ("def points():\n    pass", POINTS, "ended in nothing"),
    "points that call themselves a number": (
        """
        class Points(float):
            def __repr__(self):
                return "2.0"
        def points():
            return Points(0)
        """,
        POINTS,
        "no number",
    ),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_a_trick_earns_nothing_and_is_flagged(trick):
    does, cell, word = TRICKS[trick]
    result = execute(job_of(WRONG, does, cell), SANDBOX)
    assert scores(result) == {"t": 0}
    assert any(word in flag for flag in result.flags), result.flags


# These cannot be undone; a person is told.
FLAGGED = {
    "equal to anything": (
        """
        class Anything:
            def __eq__(self, other):
                return True
        """,
        "compare as wanted",
    ),
    "a number equal to anything": (
        """
        class Anything(int):
            def __eq__(self, other):
                return True
        """,
        "compare as wanted",
    ),
    "a data class that compares by itself": (
        """
        from dataclasses import dataclass
        @dataclass(eq=False)
        class Anything:
            def __eq__(self, other):
                return True
        """,
        "compare as wanted",
    ),
    "a class in a file beside the notebook": (
        """
        from pathlib import Path
        Path("helper.py").write_text(
            "class Anything:\\n    def __eq__(self, other):\\n        return True\\n"
        )
        from helper import Anything
        """,
        "compare as wanted",
    ),
    "deciding what numpy finds": (
        """
        class Anything:
            def __array_ufunc__(self, *more, **named):
                return True
            def __eq__(self, other):
                return NotImplemented
        """,
        "decides by itself",
    ),
}


@pytest.mark.parametrize("kind_of", FLAGGED)
def test_an_answer_that_judges_itself_is_flagged(kind_of):
    does, word = FLAGGED[kind_of]
    result = execute(job_of(does, "def answer():\n    return Anything()", PLAIN), SANDBOX)
    assert any(word in flag for flag in result.flags), result.flags


HONEST = {
    "a right answer": ("def answer():\n    return 3", 2),
    "a wrong answer": (WRONG, 0),
    "no answer": ("def answer():\n    raise NotImplementedError", 0),
    "a data class": (
        """
        from dataclasses import dataclass
        @dataclass(order=True)
        class Pair:
            a: int = 1
            b: int = 2
        def answer():
            return sum((Pair().a, Pair().b))
        """,
        2,
    ),
    "a class that compares its own kind": (
        """
        class Number:
            def __init__(self, value):
                self.value = value
            def __eq__(self, other):
                return isinstance(other, Number) and self.value == other.value
        def answer():
            return 3 if Number(1) == Number(1) else 0
        """,
        2,
    ),
    "a class that leaves other kinds to them": (
        """
        class Number:
            def __eq__(self, other):
                return NotImplemented
        def answer():
            return 0 if Number() == Number() else 3
        """,
        2,
    ),
    "a picture, a widget and a training": (
        """
        import keras
        import ipywidgets
        import matplotlib.pyplot as plt
        import numpy as np
        plt.plot([1, 2])
        plt.show()
        ipywidgets.IntSlider()
        model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
        model.compile(loss="mse")
        model.fit(np.ones((4, 2)), np.ones((4, 1)), verbose=0)
        def answer():
            return 3
        """,
        2,
    ),
    "threads that have ended": (
        """
        from concurrent.futures import ThreadPoolExecutor
        with ThreadPoolExecutor(2) as pool:
            found = list(pool.map(abs, [-3]))
        def answer():
            return found[0]
        """,
        2,
    ),
    "threads of a library that wait": (
        """
        from concurrent.futures import ThreadPoolExecutor
        pool = ThreadPoolExecutor(2)
        found = list(pool.map(abs, [-3]))
        def answer():
            return found[0]
        """,
        2,
    ),
    "names of builtins that the test does not use": (
        "sum = 3\nlist = [3]\ndef answer():\n    return sum",
        2,
    ),
    "messages on stderr": (
        """
        import logging, os, sys, warnings
        def answer():
            print("one", file=sys.stderr)
            os.write(2, b"two")
            warnings.warn("three")
            logging.error("four")
            return 3
        """,
        2,
    ),
}


@pytest.mark.parametrize("work", HONEST)
def test_honest_work_is_not_flagged(work):
    does, points = HONEST[work]
    result = execute(job_of(does, PLAIN, timeout=60), SANDBOX)
    assert (scores(result), result.flags) == ({"t": points}, ())


def test_a_learner_cannot_switch_off_the_checks_by_importing_them():
    switch = """
    try:
        import classroom.grading.kernels.watch
        classroom.grading.kernels.watch.Watch.look = lambda *more: []
    except ImportError:
        print("there are none")
    import numpy
    numpy.isclose = lambda *more, **named: True
    """
    result = execute(job_of(WRONG, switch, NUMPY), SANDBOX)
    assert scores(result) == {"t": 0}
    assert any("numpy.isclose was replaced" in flag for flag in result.flags), result.flags


def test_results_printed_by_the_learner_s_code_are_not_taken_for_points():
    forge = """
    def points():
        get_ipython().displayhook(2)
        return 0.5
    """
    assert scores(execute(job_of(forge, POINTS), SANDBOX)) == {"t": 0.5}


def test_the_checks_leave_no_names_behind():
    told = execute(job_of("x = 1", grade("t", "pass"), "print(sorted(dir()))"), SANDBOX)
    names = ast.literal_eval(printed(told))
    assert "_count" not in names
    assert {name for name in names if not name.startswith("_")} <= {
        *("In", "Out", "exit", "get_ipython", "open", "quit", "x"),
    }


# The watch in a kernel of an ordinary process, with a variable of the learner's.
WATCHED = """
import crossentropy, importlib
import crossentropy.quiz
import numpy.testing
importlib.import_module("crossentropy." + {name!r})
from ipykernel.inprocess.ipkernel import InProcessKernel
from classroom.grading.kernels.photo import photograph
from classroom.grading.kernels.watch import Watch
assert crossentropy.__file__.startswith({folder!r})
shell = InProcessKernel().shell
watch = Watch(shell, photograph())
shell.user_ns[{name!r}] = [0, 2, 1]
print(watch.look({test!r}), shell.user_ns[{name!r}])
"""


@pytest.mark.parametrize("name", ["labels", "losses", "scores"])
def test_a_module_of_ours_named_like_a_learner_s_variable_changes_nothing(name, tmp_path):
    shutil.copytree(ROOT / "src" / "crossentropy", tmp_path / "crossentropy")
    (tmp_path / "crossentropy" / f"{name}.py").touch()
    folder, test = str(tmp_path), f"assert len({name}) == 3"
    done = subprocess.run(
        [sys.executable, "-c", WATCHED.format(name=name, folder=folder, test=test)],
        env={**os.environ, "PYTHONPATH": folder},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[] [0, 2, 1]"
