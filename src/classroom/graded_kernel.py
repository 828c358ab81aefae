"""The kernel that runs a submission: IPython's, with a straight road for the cells that score.

This runs beside the learner's code, in the same process, so it is a convenience of the grader and
no wall; the walls are in ``sandbox`` and in ``execution``, which believes as little of it as it
can.

A cell that scores is compiled and run here, not by the shell: what a submission registers with the
shell (syntax tree or input transformers, events, display formatters, another ``run_cell``) has no
part in it. The value of its last expression is returned with the reply, as a plain number.
"""

import ast
import builtins
import contextlib
import json
import os
from pathlib import Path
import sys

from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from IPython.core.inputtransformer2 import TransformerManager
import traitlets.config

from classroom import guards

KEY = "classroom"


class GradedKernel(IPythonKernel):
    """A kernel without a debugger and a history file, that runs grade cells by itself."""

    async def do_execute(
        self, code, silent, store_history=True, user_expressions=None, allow_stdin=False, **more
    ):
        """Run a cell; see the module's text for those that score."""
        request = (more.get("cell_meta") or {}).get(KEY)
        if request is None:
            return await super().do_execute(
                code, silent, store_history, user_expressions, allow_stdin, **more
            )
        report = {"before": guards.look(self.shell, code)}
        reply = self._run_straight(code)
        if reply is None:  # magics or a top-level await: only the shell can run those
            reply = await super().do_execute(
                code, silent, store_history, user_expressions, allow_stdin, **more
            )
            reply["number"] = None
        report["after"] = guards.look(self.shell, code)
        report["number"] = reply.pop("number")
        return {**reply, KEY: report}

    def _run_straight(self, code):
        try:
            text = TransformerManager().transform_cell(code)
            tree = _parse(text)
        except SyntaxError:
            return None
        if text.rstrip("\n") != code.rstrip("\n") or _awaits(tree):
            return None
        shell = self.shell
        name = shell.compile.cache(code, shell.execution_count, raw_code=code)
        final = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        number, error = None, None
        space = shell.user_ns
        space["__builtins__"] = builtins
        try:
            _exec(_compile(tree, name, "exec"), space)
            if final is not None:
                value = _eval(_compile(ast.Expression(final.value), name, "eval"), space)
                number = guards.plain_number(value)
        except BaseException as problem:
            error = problem
            shell.showtraceback()
        count = shell.execution_count
        shell.execution_count = count + 1
        reply = {"execution_count": count, "payload": [], "user_expressions": {}, "number": number}
        if error is None:
            return {**reply, "status": "ok"}
        return {
            **reply,
            "status": "error",
            "ename": type(error).__name__,
            "evalue": guards.plain_text(error),
            "traceback": [str(line) for line in (getattr(shell, "_last_traceback", None) or [])],
        }


# Taken before any submission runs, so that replacing a builtin changes nothing here.
_parse, _compile, _exec, _eval = ast.parse, compile, exec, eval


def _awaits(tree):
    return any(
        isinstance(node, ast.Await | ast.AsyncFor | ast.AsyncWith) for node in tree.body
    ) or (
        any(isinstance(node, ast.Await) for node in ast.walk(tree))
        and not any(isinstance(node, ast.AsyncFunctionDef) for node in ast.walk(tree))
    )


def prepare_imports():
    """Import what every kernel needs; done once before forking."""
    import ipywidgets  # noqa: F401

    with contextlib.suppress(ImportError):
        import ipykernel.debugger

        # It would start threads, listen on a port and slow every start.
        ipykernel.debugger._is_debugpy_available = False


def serve(connection):
    """Run a kernel in this process until it is told to end.

    Parameters
    ----------
    connection : dict
        The content of a Jupyter connection file.
    """
    prepare_imports()
    path = Path(os.environ["TMPDIR"]) / f"kernel-{os.getpid()}.json"
    path.write_text(json.dumps(connection))
    config = traitlets.config.Config()
    config.HistoryManager.enabled = False
    config.HistoryManager.hist_file = ":memory:"
    config.IPKernelApp.kernel_class = GradedKernel
    config.IPKernelApp.log_level = 50
    app = IPKernelApp.instance(config=config)
    app.initialize(["-f", str(path)])
    path.unlink(missing_ok=True)
    _after_start(app)
    app.start()


def _after_start(app):
    # Figures appear only if pyplot finds the shell, and it looked when it was imported.
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        pyplot.install_repl_displayhook()
    # What was imported before the fork could not know the streams of this kernel.
    quiet = sys.modules.get("crossentropy.quiet")
    if quiet is not None:
        quiet.settle()
    guards.remember(app.shell)


if __name__ == "__main__":
    import shutil

    shutil.copytree("/given", ".", dirs_exist_ok=True)
    from classroom.sandbox import Limits

    connection_file, limits = sys.argv[1:]
    Limits(**json.loads(limits)).apply()
    serve(json.loads(Path(connection_file).read_text()))
