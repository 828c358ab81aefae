"""The kernels of a submission: the learner's, which runs its cells, and the judge, for the tests.

Both are IPython's, without a debugger and a history file. Neither believes the other: they share
one line, on which values cross (see `answering` for one end and `asking` for the other).
"""

import contextlib
import importlib
import inspect
import json
import os
from pathlib import Path
import shutil
import socket
import sys
from typing import Any, ClassVar

import ipykernel.ipkernel
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
import traitlets.config

from classroom.grading.kernels.account import KEY
from classroom.grading.kernels.answering import Answering
from classroom.grading.kernels.exceptions import message_of
from classroom.grading.kernels.judging import Judging
from classroom.grading.kernels.sandbox.limits import Limits
from classroom.grading.kernels.sandbox.privileges import name_process
from classroom.grading.kernels.sandbox.system_calls import forbid_calls

NEEDED = (
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.magics",
    "IPython.core.oinspect",
    "IPython.core.ultratb",
    "IPython.extensions.storemagic",
    "faulthandler",
    "ipywidgets",
    "mistune",
    "psutil",
    "pwd",
    "pygments.formatters.html",
    "pygments.formatters.terminal256",
    "pygments.lexers.python",
    "sqlite3",
    "stack_data",
    "tornado.platform.asyncio",
)


class LearnersKernel(IPythonKernel):
    """Runs the cells of a notebook that are not graded."""

    answering = None  # set once everything is in place

    def start(self) -> None:
        """Start, and answer the judge whenever no cell runs."""
        super().start()
        self.answering.listen(self.io_loop.asyncio_loop)

    async def do_execute(
        self,
        code: str,
        silent: bool,
        store_history: bool = True,
        user_expressions: dict[str, Any] | None = None,
        allow_stdin: bool = False,
        **more: Any,
    ) -> dict[str, Any]:
        """Run a cell under the number that it has in the notebook; whatever it raises, reply."""
        request = (more.get("cell_meta") or {}).get(KEY) or {}
        self.shell.execution_count = request.get("count", self.shell.execution_count)
        count = self.shell.execution_count
        try:
            return await super().do_execute(
                code, silent, store_history, user_expressions, allow_stdin, **more
            )
        except Exception as error:  # such as a message that fails when it is asked for
            return {
                "status": "error",
                "execution_count": count,
                "ename": type(error).__name__,
                "evalue": message_of(error),
                "traceback": [],
                "payload": [],
                "user_expressions": {},
            }


class JudgesKernel(IPythonKernel):
    """Runs the graded cells of a notebook, and nothing else."""

    judging = None  # set once everything is in place

    async def do_execute(
        self,
        code: str,
        silent: bool,
        store_history: bool = True,
        user_expressions: dict[str, Any] | None = None,
        allow_stdin: bool = False,
        **more: Any,
    ) -> dict[str, Any]:
        """Run a graded cell; see `judging`."""
        request = (more.get("cell_meta") or {}).get(KEY) or {}

        async def by_the_shell():
            return await super(JudgesKernel, self).do_execute(
                code, silent, store_history, user_expressions, allow_stdin, **more
            )

        return await self.judging.run(code, request, by_the_shell)


class _CellsAreOfMain(dict):
    """Python's table of modules by file, in which every cell of a notebook belongs to `__main__`.

    Without it a traceback looks through all modules for each of its frames, which are thousands
    with TensorFlow: 20 s for a recursion that has gone too deep.
    """

    def __contains__(self, file: object) -> bool:
        """Return whether the module of a file is known."""
        return "/ipykernel_" in str(file) or super().__contains__(file)

    def __getitem__(self, file: str) -> str:
        """Return the name of a file's module."""
        return "__main__" if "/ipykernel_" in file else super().__getitem__(file)


class _WithoutModules:
    """The module `sys` as ipykernel gets to see it: nothing has been imported.

    It lists the files of all modules for its debugger, which is not there. To look at thousands of
    modules would copy 14 MB that a fork shares with the server: a third of what a start costs.
    """

    modules: ClassVar[dict[str, object]] = {}

    def __getattr__(self, name: str) -> object:
        return getattr(sys, name)


def prepare_imports() -> None:
    """Import what every kernel needs; done once before forking."""
    inspect.modulesbyfile = _CellsAreOfMain(inspect.modulesbyfile)
    ipykernel.ipkernel.sys = _WithoutModules()
    for name in NEEDED:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    with contextlib.suppress(ImportError):
        from ipykernel import debugger

        # It would start threads, listen on a port and slow every start.
        debugger._is_debugpy_available = False


def serve(connection: dict[str, Any], lines: int, judge: bool) -> None:
    """Run a kernel in this process until it is told to end.

    Parameters
    ----------
    connection : dict
        The content of a Jupyter connection file.
    lines : int
        The descriptor of a socket that brings the line to the other kernel.
    judge : bool
        Whether it runs the tests, and not the learner's cells.
    """
    prepare_imports()
    name_process("judge" if judge else "learner")
    if "" not in sys.path:
        sys.path.insert(0, "")  # modules beside the notebook, as in Jupyter
    path = Path(os.environ["TMPDIR"]) / f"kernel-{os.getpid()}.json"
    path.write_text(json.dumps(connection))
    config = traitlets.config.Config()
    config.HistoryManager.enabled = False
    config.HistoryManager.hist_file = ":memory:"
    config.IPKernelApp.kernel_class = JudgesKernel if judge else LearnersKernel
    config.IPKernelApp.log_level = 50
    app = IPKernelApp.instance(config=config)
    app.initialize(["-f", str(path)])
    path.unlink(missing_ok=True)
    # What was imported before the fork could not know the streams of this kernel.
    quiet = sys.modules.get("crossentropy.quiet")
    if quiet is not None:
        quiet.settle()
    line = socket.socket(fileno=lines)
    if judge:
        app.kernel.judging = Judging(app.shell, line)
    else:
        # In Jupyter the kernel would end and be started anew; here it has to go on.
        type(app.shell).ask_exit = lambda shell: None
        app.kernel.answering = Answering(app.shell, line)
        # A submission that imports these gets others, or none.
        for name in [name for name in sys.modules if name.split(".")[0] == "classroom"]:
            del sys.modules[name]
    app.start()


def main(connection_file: str, limits: str, lines: str, role: str, *submission: str) -> None:
    """Serve as a new process; the folder of the submission, when given, is copied here."""
    if submission:
        shutil.copytree(submission[0], ".", dirs_exist_ok=True)
        forbid_calls()  # bubblewrap has taken away what could undo it
    Limits(**json.loads(limits)).apply()
    serve(json.loads(Path(connection_file).read_text()), int(lines), role == "judge")


if __name__ == "__main__":
    main(*sys.argv[1:])
