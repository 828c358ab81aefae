"""How the judge runs a graded cell: with the teacher's names, and the learner's as proxies.

The cell is compiled and run here. The value of its last expression is returned with the reply, as
a plain number. What the learner's functions print, show and raise becomes a part of its output.
"""

import ast
import builtins
import contextlib
import io
import socket
import sys
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager
from IPython.display import publish_display_data

from classroom.grading.kernels import tracebacks
from classroom.grading.kernels.account import KEY, describe
from classroom.grading.kernels.asking import Asking, DeadKernelError
from classroom.grading.kernels.exceptions import message_of


class Judging:
    """What the judge's kernel does with a graded cell.

    Parameters
    ----------
    shell : IPython.core.interactiveshell.InteractiveShell
    lines : socket.socket
        Brings the line to the learner's kernel.
    """

    def __init__(self, shell: Any, lines: socket.socket):
        self.shell, self.done = shell, set()
        self.asking = Asking(lines, shell.user_ns, _tell)
        tracebacks.add_lines_of_learner(shell.InteractiveTB)

    async def run(self, code: str, request: dict[str, Any], by_the_shell: Any) -> dict[str, Any]:
        """Run a graded cell and return the reply.

        Parameters
        ----------
        code : str
        request : dict
            With `count`, the cell's number in the notebook; `setup`, the teacher's cells that it
            needs; `names` of the learner's that it needs; `own`, the files that learners bring,
            and `teachers`, those of the teacher's;
            `patience`, how many seconds to wait for the learner's kernel when nothing is needed of
            it; `texts`, what the learner has written, where a test asks about it.
        by_the_shell : callable
            Runs the cell as a cell of Jupyter's, for those that hold magics or a top-level await.
        """
        shell = self.shell
        shell.execution_count = count = request.get("count", shell.execution_count)
        reply = {"execution_count": count, "payload": [], "user_expressions": {}}
        try:
            for source in request.get("setup", ()):
                self._set_up(source)
            self.asking.texts = request.get("texts") or {"cells": [], "modules": {}}
            self.asking.begin(request["names"], request["patience"], request["teachers"])
        except BaseException as error:
            return reply | self._failed(error) | {KEY: {"number": describe(None)}}
        result = self._run_straight(code)
        if result is None:
            results = []
            shell.events.register("post_run_cell", results.append)
            try:
                result = await by_the_shell()
            finally:
                shell.events.unregister("post_run_cell", results.append)
            result["number"] = describe(results[-1].result if results else None)
        shell.execution_count = count + 1
        try:
            self.asking.end(request["own"])
        except DeadKernelError:
            pass  # the next cell that needs it will say so
        except BaseException as error:
            result = result | self._failed(error)
        return reply | result | {KEY: {"number": result.pop("number")}}

    def _set_up(self, source):
        """Run a cell of the teacher's once, for the names that it binds."""
        if source in self.done:
            return
        self.done.add(source)
        text = self.shell.transform_cell(source)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(Exception):
            exec(compile(text, "<lesson>", "exec"), self.shell.user_ns)

    def _run_straight(self, code):
        try:
            text = TransformerManager().transform_cell(code)
            tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
        if text.strip() != code.strip() or _awaits(tree):
            return None
        shell = self.shell
        space = shell.user_ns
        space["__builtins__"] = builtins
        name = shell.compile.cache(text, shell.execution_count, raw_code=code)
        final = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        number = {"nothing": True}
        try:
            exec(compile(tree, name, "exec"), space)
            if final is not None:
                value = eval(compile(ast.Expression(final.value), name, "eval"), space)
                number = describe(value)
            shell.events.trigger("post_execute")  # figures are shown then
        except BaseException as error:
            return self._failed(error) | {"number": number}
        return {"status": "ok", "number": number}

    def _failed(self, error):
        trace = error.__traceback__
        while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
            trace = trace.tb_next  # without the lines above
        self.shell.showtraceback((type(error), error, trace), tb_offset=0)
        lines = getattr(self.shell, "_last_traceback", None) or []
        return {
            "status": "error",
            "ename": type(error).__name__,
            "evalue": message_of(error),
            "traceback": [str(line) for line in lines],
        }


def _awaits(tree):
    return any(
        isinstance(node, ast.Await | ast.AsyncFor | ast.AsyncWith) for node in tree.body
    ) or (
        any(isinstance(node, ast.Await) for node in ast.walk(tree))
        and not any(isinstance(node, ast.AsyncFunctionDef) for node in ast.walk(tree))
    )


def _tell(told):
    """Print and show what a learner's function has printed and shown."""
    for one in told:
        if not isinstance(one, list) or not one:
            continue
        if one[0] == "print" and len(one) == 2 and isinstance(one[1], str):
            sys.stdout.write(one[1])
        elif one[0] == "show" and len(one) == 3 and isinstance(one[1], dict):
            metadata = one[2] if isinstance(one[2], dict) else {}
            publish_display_data(one[1], metadata)
