"""nbclient's notebook runner as grading needs it: limits, and honest outputs."""

import asyncio
import contextlib
import logging
import os
from pathlib import Path
import queue
import socket
import time

from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, DeadKernelError
import nbformat

from classroom.grading.honest_outputs import (
    add_missing_error,
    drop_invalid,
    joined,
    make_honest,
)
from classroom.grading.job import Job
from classroom.grading.kernels.account import KEY
from classroom.grading.kernels.bounded_client import TOO_LARGE, BoundedKernelClient
from classroom.grading.kernels.memory import memory_held
from classroom.grading.kernels.provisioner import KernelStartError, SandboxedKernelManager
from classroom.grading.kernels.sandbox.limits import Limits

SECONDS_TO_ANSWER = 90  # a kernel that has started
SECONDS_TO_STOP_A_CELL = 5
SECONDS_BETWEEN_LOOKS = 0.5  # at memory and files
MOST_SOCKETS = 20  # and a file or two beside them
SHORT = 10_000  # bytes of an error that is shown, however much was printed before
# What happens is in the result. A logger of our own, as the usual one is nbgrader's too.
SILENT = logging.getLogger(__name__)
SILENT.setLevel(logging.CRITICAL)


class StuckError(Exception):
    """A cell went on after it was told to stop."""


class GradingClient(NotebookClient):
    """Runs cells of one notebook in a kernel in a sandbox: the learner's, or the judge.

    Parameters
    ----------
    job : Job
    notebook : nbformat.NotebookNode
        The job's, whose outputs are filled in.
    sandbox : str
    workspace : pathlib.Path
        The folder of the kernel; the files beside the notebook lie there already.
    judge : bool
        Whether graded cells are run, and not the learner's.

    Attributes
    ----------
    flags : list of str
        Sentences for a person on how graded cells ended.
    timed_out : bool
        Whether the time of the last cell ran out.
    dead_because : str
        Why we have ended the kernel, or "".
    before_interrupt : callable or None
        Awaited before a cell that has run out of time is interrupted.
    """

    def __init__(
        self,
        job: Job,
        notebook: nbformat.NotebookNode,
        sandbox: str,
        workspace: Path,
        judge: bool = False,
    ):
        super().__init__(
            notebook,
            timeout_func=lambda cell: self.seconds,
            allow_errors=True,
            record_timing=False,
            store_widget_state=False,
            coalesce_streams=False,  # undoing what backspaces undo takes hours on hostile output
            raise_on_iopub_timeout=False,
            interrupt_on_timeout=True,
            error_on_timeout={
                "ename": "CellTimeoutError",
                "evalue": "",
                "traceback": [
                    "\x1b[0;31mCellTimeoutError\x1b[0m: No reply from kernel before timeout"
                ],
            },
            kernel_name="python3",
            on_cell_executed=self._keep_reply,
            log=SILENT,
        )
        self.job, self.sandbox, self.workspace, self.judge = job, sandbox, workspace, judge
        self.flags, self.seconds = [], job.timeout
        self.printed, self.printed_before, self.reply = 0, 0, None
        self.timed_out, self.before_interrupt = False, None
        self.dead_because, self.pid = "", None
        self.lines = None

    async def begin(self) -> None:
        """Start the kernel and wait until it answers.

        Raises
        ------
        KernelStartError, ServerError
        """
        self.lines, theirs = socket.socketpair()
        self.km = SandboxedKernelManager(
            kernel={
                "workspace": self.workspace,
                "submission": self.workspace / "submission" / self.job.lesson,
                "lesson": self.job.lesson,
                "limits": Limits(processes=self.job.processes, file_mb=self.job.file_mb),
                "sandbox": self.sandbox,
                "judge": self.judge,
                "lines": theirs.fileno(),
            },
            connection_file=str(self.workspace / "kernel.json"),
            client_factory=BoundedKernelClient,
            log=SILENT,
        )
        if self.km.transport == "ipc":
            self.km.ip = str(self.workspace / "sockets" / "k")
        with theirs:
            await self.km.start_kernel()
        self.pid = self.km.provisioner.pid
        self.kc = self.km.client()
        self.kc.start_channels(stdin=False, hb=False)
        await self._wait_until_ready()

    async def _wait_until_ready(self):
        # Like wait_for_ready, without the half second that it spends on emptying the channel.
        deadline = time.monotonic() + SECONDS_TO_ANSWER
        while time.monotonic() < deadline:
            asked = self.kc.kernel_info()
            try:
                await self.kc._async_recv_reply(asked, timeout=5)
                await self.kc.get_iopub_msg(timeout=1)
                return
            except (TimeoutError, queue.Empty):
                if not await self.km.is_alive():
                    raise KernelStartError("The kernel ended while it started.") from None
        raise KernelStartError(f"The kernel did not answer within {SECONDS_TO_ANSWER} s.")

    def connect(self, line: socket.socket) -> None:
        """Give the kernel its end of a line to the other kernel."""
        with contextlib.suppress(OSError):
            socket.send_fds(self.lines, [b"line"], [line.fileno()])

    async def finish(self) -> bool:
        """End the kernel; return whether it was lost with the server that it was forked from."""
        if self.lines is not None:
            self.lines.close()
        if self.km is None or self.km.provisioner is None:
            return False
        orphan = self.km.provisioner.is_orphan
        with contextlib.suppress(Exception):
            await self.km.provisioner.kill()
            await asyncio.wait_for(self.km.provisioner.wait(), 10)
        with contextlib.suppress(Exception):
            if self.kc is not None:
                self.kc.stop_channels()
            await self.km._async_cleanup_resources()
        return orphan

    async def watch(self) -> None:
        """End the kernel when it holds too much memory or writes beside its sockets."""
        most, files = self.job.memory_mb * 2**20, self.job.file_mb * 2**20
        mending = asyncio.ensure_future(self.kc.mend_when_cut(self.km.is_alive))
        try:
            while not self.dead_because:
                await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
                if await asyncio.to_thread(memory_held, self.pid, most) > most:
                    self.dead_because = (
                        f"It used more than {self.job.memory_mb} MB of memory and was ended."
                    )
                elif await asyncio.to_thread(_bytes_in, self.workspace / "sockets") > files:
                    self.dead_because = "It filled the folder of its sockets and was ended."
            await self.km.provisioner.kill()
        finally:
            mending.cancel()

    async def run_cell(
        self, cell: nbformat.NotebookNode, index: int, request: dict, seconds: float
    ) -> None:
        """Run a cell.

        Parameters
        ----------
        cell : nbformat.NotebookNode
        index : int
        request : dict
            What the kernel is told with it; see `graded_kernel`.
        seconds : float
            After which it is interrupted.

        Raises
        ------
        DeadKernelError
            When the kernel has ended.
        StuckError
            When the cell goes on though it was told to stop.
        """
        self.printed_before += self.printed
        self.printed, self.reply, self.timed_out, self.seconds = 0, None, False, seconds
        cut = self.kc.iopub_channel.mended
        self.kc.metadata = {KEY: request}
        await self.async_execute_cell(cell, index)
        cell.execution_count = request["count"]
        if self.kc.iopub_channel.mended > cut:
            cell.outputs.append(_note(TOO_LARGE))
        cell.outputs = joined(cell.outputs)
        add_missing_error(cell, self.reply)
        drop_invalid(cell)
        if self.judge:
            self.flags += make_honest(cell, self.reply)
        if self.timed_out:
            await self.insist()

    async def _reply_to(self, asked, seconds):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with contextlib.suppress(TimeoutError):
                return await self.kc._async_recv_reply(asked, timeout=0.5)
            if not await self.km.is_alive():
                raise DeadKernelError("Kernel died")
        raise TimeoutError

    async def insist(self) -> None:
        """Make sure that a cell that ran out of time has stopped.

        Raises
        ------
        DeadKernelError, StuckError
        """
        asked = self.kc.kernel_info()
        try:
            await self._reply_to(asked, SECONDS_TO_STOP_A_CELL)
        except TimeoutError:
            raise StuckError from None

    def _keep_reply(self, cell, cell_index, execute_reply):
        self.reply = content = execute_reply["content"]
        if _size(content) > self.job.output_bytes:
            self.reply = {name: content.get(name) for name in ("status", "ename")}
            self.reply["traceback"] = ["Its message was too long to be shown."]

    async def _async_handle_timeout(self, timeout, cell=None):
        self.timed_out = True
        if self.before_interrupt is not None:
            await self.before_interrupt()
        return await super()._async_handle_timeout(timeout, cell)

    def process_message(
        self, msg: dict, cell: nbformat.NotebookNode, cell_index: int
    ) -> nbformat.NotebookNode | None:
        """Take in one message of the kernel, up to the limit; malformed ones are dropped."""
        if msg["msg_type"] != "status":
            size = _size(msg["content"])
            most = min(self.job.output_bytes, self.job.all_output_bytes - self.printed_before)
            if self.printed > most and msg["msg_type"] != "error":
                return None
            self.printed += size
            if self.printed > most:
                if msg["msg_type"] == "error":
                    if size > max(most, SHORT):
                        msg["content"] = {"ename": "Error", "evalue": "", "traceback": []}
                else:
                    cell.outputs.append(_note(self._too_much(most)))
                    return None
        try:
            return super().process_message(msg, cell, cell_index)
        except CellControlSignal:
            raise
        except Exception:
            return None

    def _too_much(self, most):
        if most < self.job.output_bytes:
            return (
                f"All cells together printed more than {self.job.all_output_bytes:,} bytes; "
                "the rest was dropped."
            )
        return f"More than {most:,} bytes were printed; the rest was dropped."


def _note(sentence):
    return nbformat.v4.new_output("stream", name="stdout", text=f"\n[{sentence}]\n")


def _bytes_in(folder):
    """Return what the files in the folder of the sockets take: all there is, but for a folder."""
    total = 0
    with contextlib.suppress(OSError):
        for number, entry in enumerate(os.scandir(folder)):
            if number > MOST_SOCKETS or entry.is_dir(follow_symlinks=False):
                return float("inf")
            total += entry.stat(follow_symlinks=False).st_size
    return total


def _size(value):
    """Return about how many bytes a message's content takes."""
    if isinstance(value, str | bytes):
        return len(value)
    if isinstance(value, dict):
        return sum(len(str(name)) + _size(one) for name, one in value.items())
    if isinstance(value, list):
        return sum(map(_size, value))
    return 8
