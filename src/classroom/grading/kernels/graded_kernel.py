"""The kernel that runs a submission: IPython's, with a straight road for the cells that score.

This runs beside the learner's code, in the same process, so it is a convenience of the grader and
no wall; the walls are in `sandbox` and in `honest_outputs`, which believes as little of it as it
can.

A cell that scores is compiled and run here, not by the shell: what a submission registers with the
shell (syntax tree or input transformers, events, display formatters, another `run_cell`) has no
part in it. The value of its last expression is returned with the reply, as a plain number.
"""

import ast
import builtins
import contextlib
import importlib
import json
import os
from pathlib import Path
import shutil
import sys
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from IPython.core.inputtransformer2 import TransformerManager
import traitlets.config

from classroom.grading.kernels.account import KEY, describe, message_of
from classroom.grading.kernels.photo import Photo, photograph
from classroom.grading.kernels.sandbox.limits import Limits
from classroom.grading.kernels.sandbox.system_calls import forbid_calls
from classroom.grading.kernels.watch import Watch

NEEDED = (
    "IPython.core.completer",
    "IPython.core.magics",
    "IPython.core.ultratb",
    "ipywidgets",
    "mistune",
    "pygments.formatters.html",
    "pygments.formatters.terminal256",
    "pygments.lexers.python",
    "stack_data",
)


class GradedKernel(IPythonKernel):
    """A kernel without a debugger and a history file, that runs grade cells by itself."""

    watch = None  # set once everything is in place

    async def do_execute(
        self,
        code: str,
        silent: bool,
        store_history: bool = True,
        user_expressions: dict[str, Any] | None = None,
        allow_stdin: bool = False,
        **more: Any,
    ) -> dict[str, Any]:
        """Run a cell; see the module's text for those that score."""
        request = (more.get("cell_meta") or {}).get(KEY)
        if request is None:
            return await super().do_execute(
                code, silent, store_history, user_expressions, allow_stdin, **more
            )
        account = {} if silent else {"before": self.watch.look(code)}
        reply = self._run_straight(code, silent)
        if reply is None:  # magics or a top-level await: only the shell can run those
            results = []
            self.shell.events.register("post_run_cell", results.append)
            try:
                reply = await super().do_execute(
                    code, silent, store_history, user_expressions, allow_stdin, **more
                )
            finally:
                self.shell.events.unregister("post_run_cell", results.append)
            reply["number"] = describe(results[-1].result if results else None)
        if not silent:
            account["after"] = self.watch.look(code)
        account["number"] = reply.pop("number")
        return {**reply, KEY: account}

    def _run_straight(self, code, silent):
        try:
            text = TransformerManager().transform_cell(code)
            tree = _parse(text)
        except SyntaxError:
            return None
        if text.strip() != code.strip() or _awaits(tree):
            return None
        shell = self.shell
        space = shell.user_ns
        space["__builtins__"] = builtins
        if silent:  # a check of the grader's, which should leave no names behind
            space = dict(space)
        name = shell.compile.cache(text, shell.execution_count, raw_code=code)
        final = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        number, error = {"nothing": True}, None
        try:
            _exec(_compile(tree, name, "exec"), space)
            if final is not None:
                value = _eval(_compile(ast.Expression(final.value), name, "eval"), space)
                number = describe(value)
        except BaseException as problem:
            error = problem
            if not silent:
                trace = _exc_info()[2].tb_next  # without the line above
                shell.showtraceback((type(problem), problem, trace), tb_offset=0)
        count = shell.execution_count
        if not silent:
            shell.execution_count = count + 1
        reply = {"execution_count": count, "payload": [], "user_expressions": {}, "number": number}
        if error is None:
            return {**reply, "status": "ok"}
        lines = [] if silent else getattr(shell, "_last_traceback", None) or []
        return {
            **reply,
            "status": "error",
            "ename": type(error).__name__,
            "evalue": message_of(error),
            "traceback": [str(line) for line in lines],
        }


# Taken before any submission runs, so that replacing a builtin changes nothing here.
_parse, _compile, _exec, _eval, _exc_info = ast.parse, compile, exec, eval, sys.exc_info


def _awaits(tree):
    return any(
        isinstance(node, ast.Await | ast.AsyncFor | ast.AsyncWith) for node in tree.body
    ) or (
        any(isinstance(node, ast.Await) for node in ast.walk(tree))
        and not any(isinstance(node, ast.AsyncFunctionDef) for node in ast.walk(tree))
    )


def prepare_imports() -> None:
    """Import what every kernel needs; done once before forking."""
    for name in NEEDED:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    with contextlib.suppress(ImportError):
        import ipykernel.debugger

        # It would start threads, listen on a port and slow every start.
        ipykernel.debugger._is_debugpy_available = False


def serve(connection: dict[str, Any], photo: Photo | None = None) -> None:
    """Run a kernel in this process until it is told to end.

    Parameters
    ----------
    connection : dict
        The content of a Jupyter connection file.
    photo : Photo, optional
        Taken before the fork.
    """
    prepare_imports()
    if "" not in sys.path:
        sys.path.insert(0, "")  # modules beside the notebook, as in Jupyter
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
    _after_start(app, photo)
    app.start()


def _after_start(app, photo):
    # What was imported before the fork could not know the streams of this kernel.
    quiet = sys.modules.get("crossentropy.quiet")
    if quiet is not None:
        quiet.settle()
    if photo is None:
        photo = _photograph_cold()
    app.kernel.watch = Watch(app.shell, photo)
    # A submission that imports these gets others, or none.
    for name in [name for name in sys.modules if name.split(".")[0] == "classroom"]:
        del sys.modules[name]


def _photograph_cold():
    import numpy.testing  # noqa: F401

    return photograph()


def main(connection_file: str, limits: str, submission: str | None = None) -> None:
    """Serve as a new process; the folder of the submission, when given, is copied here."""
    if submission is not None:
        shutil.copytree(submission, ".", dirs_exist_ok=True)
        forbid_calls()  # bubblewrap has taken away what could undo it
    Limits(**json.loads(limits)).apply()
    serve(json.loads(Path(connection_file).read_text()))


if __name__ == "__main__":
    main(*sys.argv[1:])
