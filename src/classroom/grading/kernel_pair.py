"""The two kernels of a submission, and the line between them."""

import asyncio
import contextlib
from pathlib import Path
import socket

import nbformat

from classroom.grading.client import GradingClient
from classroom.grading.job import Job
from classroom.grading.kernels.provisioner import KernelStartError
from classroom.grading.kernels.workspace import new_workspace, remove_workspace
from classroom.notebook_files import grade_id

# What Python could import: of the learner's, the judge gets none.
CODE = (".py", ".pyc", ".pyo", ".pyd", ".so", ".pth")
MADE_APART = "# This cell is graded apart from your notebook."


class KernelPair:
    """The learner's kernel and the judge, each in a sandbox of its own.

    Parameters
    ----------
    job : Job
    notebook : nbformat.NotebookNode
    sandbox : str

    Attributes
    ----------
    learner, judge : GradingClient or None
    flags : list of str
        Of all clients that there were.
    """

    def __init__(self, job: Job, notebook: nbformat.NotebookNode, sandbox: str):
        self.job, self.notebook, self.sandbox = job, notebook, sandbox
        self.learner = self.judge = None
        self.flags, self.folders, self.watches, self.orphans = [], {}, {}, False

    async def begin(self) -> None:
        """Start both.

        Raises
        ------
        KernelStartError, ServerError
        """
        if not hasattr(socket, "send_fds"):
            raise KernelStartError(
                "Grading needs Linux or macOS; on Windows, run it in WSL or on another machine."
            )
        started = await asyncio.gather(
            self._start(False), self._start(True), return_exceptions=True
        )
        for each in started:
            if isinstance(each, BaseException):
                raise each
        self._join()

    async def replace(self, judge: bool) -> None:
        """End one of them, whatever it does, and start another one in its place."""
        await self._end(self.judge if judge else self.learner)
        await self._start(judge)
        self._join()

    async def drop_learner(self) -> None:
        """Do without a learner's kernel from now on."""
        await self._end(self.learner)
        self.learner = None

    async def finish(self) -> bool:
        """End both; return whether they were lost with the server that they were forked from."""
        for client in (self.learner, self.judge):
            if client is not None:
                await self._end(client)
        for folder in self.folders.values():
            remove_workspace(folder)
        return self.orphans

    async def _start(self, judge):
        workspace = new_workspace(self.sandbox)
        client = GradingClient(self.job, self.notebook, self.sandbox, workspace, judge)
        self.folders[client] = workspace
        if judge:
            self.judge = client
            client.before_interrupt = self._interrupt_learner
        else:
            self.learner = client
        files = _of_judge(self.job) if judge else _of_learner(self.job)
        lay_out(files, workspace / "submission" / self.job.lesson)
        await client.begin()
        self.watches[client] = asyncio.ensure_future(client.watch())

    async def _end(self, client):
        if client in self.watches:
            self.watches.pop(client).cancel()
        self.flags += client.flags
        client.flags = []
        self.orphans |= await client.finish()
        if client in self.folders:
            remove_workspace(self.folders.pop(client))

    def _join(self):
        if self.learner is None or self.judge is None:
            return
        one, other = socket.socketpair()
        with one, other:
            self.learner.connect(one)
            self.judge.connect(other)

    async def _interrupt_learner(self):
        if self.learner is not None:
            with contextlib.suppress(Exception):
                await self.learner.km.interrupt_kernel()


def lay_out(files: dict[str, bytes], folder: Path) -> None:
    """Write files below a folder, and none beside it."""
    folder.mkdir(parents=True)
    for name, content in files.items():
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()):
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _of_learner(job):
    """Return the files as the learner's kernel sees them: no test stands in the notebook."""
    notebook = nbformat.reads(job.files[job.notebook].decode(), as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code" and grade_id(cell) in job.grade_cells:
            cell.source = MADE_APART
    return {**job.files, job.notebook: nbformat.writes(notebook).encode("utf-8", "replace")}


def _of_judge(job):
    """Return the files as the judge sees them: of the learner's, nothing that can be run."""
    return {
        name: content
        for name, content in job.files.items()
        if name in job.teachers.files or (name != job.notebook and not name.lower().endswith(CODE))
    }
