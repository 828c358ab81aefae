"""Execute one learner's notebook and return what it printed, whatever it tries meanwhile.

Nothing here knows a gradebook. A job goes in and a result comes out, both made of plain values, so
that it can happen in this process, in a pool, or on another machine. The executed notebook is
*honest*: nbgrader's own rules, applied to it, give the score that the submission deserves.
"""

import ast
import asyncio
import atexit
import contextlib
from dataclasses import dataclass
import logging
import os
import queue
import shutil
import threading
import time
import warnings

from jupyter_client.asynchronous import AsyncKernelClient
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, DeadKernelError
import nbformat
import zmq

from classroom.grading.kernels import server as kernel_server
from classroom.grading.kernels import watch as guards
from classroom.grading.kernels.provisioner import (
    BubblewrappedKernel,
    ForkedKernel,
    KernelStartError,
    SandboxedKernelManager,
    memory_held,
    place_for,
)
from classroom.grading.kernels.sandbox import (
    Limits,
    SandboxError,
    available_sandboxes,
    resolve_sandbox,
)
from classroom.grading.kernels.server import ServerError

__all__ = [
    "Job",
    "Kernels",
    "Result",
    "SandboxError",
    "available_sandboxes",
    "resolve_sandbox",
    "run",
]

SECONDS_TO_START = 90
SECONDS_TO_STOP_A_CELL = 5
SECONDS_FOR_A_CANARY = 30
SECONDS_BETWEEN_LOOKS = 0.5
LARGEST_MESSAGE = 16 * 2**20
MOST_MESSAGES = 200
MOST_TRIES = 3
KEY = "classroom"


@dataclass(frozen=True)
class Job:
    """A prepared notebook, the files beside it, and what it may use.

    Attributes
    ----------
    student, lesson : str
    notebook : str
        The name of the prepared notebook in ``files``.
    files : dict of str to bytes
        Relative path to content: the notebook and what stands beside it.
    timeout : float
        Seconds a cell.
    grade_cells : tuple of str
        nbgrader's ids of the cells that score, in order.
    memory_mb : int
        What the kernel and all it starts may hold together.
    processes : int
        Processes and threads.
    file_mb : int
        The largest file it may write.
    output_bytes : int
        What one cell may print; the rest is dropped, and a note says so.
    most_timeouts : int
        After so many cells that ran out of time the others are not run.
    """

    student: str
    lesson: str
    notebook: str
    files: dict[str, bytes]
    timeout: float
    grade_cells: tuple[str, ...]
    memory_mb: int = 4096
    processes: int = 256
    file_mb: int = 256
    output_bytes: int = 2_000_000
    most_timeouts: int = 3


@dataclass(frozen=True)
class Result:
    """The executed notebook, always valid, and how the execution ended.

    ``status`` is "finished", "timeout" (a cell ran out of time), "died" (the kernel ended) or
    "failed_to_start"; ``reason`` is one sentence or "". ``cell_seconds`` is the part of
    ``seconds`` inside the notebook's own cells. ``flags`` are sentences for a person: what the
    submission did to the means of grading.
    """

    student: str
    notebook: bytes
    seconds: float
    cell_seconds: float
    status: str
    reason: str
    flags: tuple[str, ...] = ()


class Kernels:
    """Where the kernels of one grading process come from; owns the kernel server.

    Parameters
    ----------
    sandbox : str
        "jail", "bwrap" or "none".
    warm : bool
        Fork kernels from a process that has TensorFlow imported. Kernels in bubblewrap are new
        processes and always cold.
    server : classroom.grading.kernels.server.SharedServer, optional
        Used while it lives; otherwise, and after that, these kernels have a server of their own.
    """

    def __init__(self, sandbox, warm=True, server=None):
        self.sandbox = sandbox
        self.warm = warm and sandbox != "bwrap"
        self.server = server
        self._starting = threading.Lock()

    def lost(self):
        """Whether there was a kernel server and it has ended."""
        return self.server is not None and not self.server.alive()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def provisioner(self, place, job, **more):
        """Return what starts the kernel of a job in ``place``."""
        more |= {
            "place": place,
            "given": place / "given" / job.lesson,
            "lesson": job.lesson,
            "kind": self.sandbox,
            "limits": Limits(memory_mb=job.memory_mb, processes=job.processes, file_mb=job.file_mb),
        }
        if kernel_server.is_needed(self.sandbox, self.warm):
            with self._starting:
                if self.server is None or not self.server.alive():
                    self.close()
                    self.server = kernel_server.KernelServer(self.warm).wait()
            return ForkedKernel(server=self.server, **more)
        return BubblewrappedKernel(**more)

    def close(self):
        """End the server and every kernel."""
        if self.server is not None:
            self.server.close()
            self.server = None


_kernels = {}
_shared = []


def share(server):
    """Have :func:`run` use a server that another process has started, as long as it lives."""
    _shared[:] = [server]


def run(job, sandbox):
    """Execute a job and return its result.

    Parameters
    ----------
    job : Job
    sandbox : str
        "jail", "bwrap" or "none", as :func:`resolve_sandbox` has returned it.

    Returns
    -------
    Result
        Whatever the submission does.

    Notes
    -----
    The kernel server is the shared one, or started with the first job and kept for the life of
    this process.
    """
    key = (os.getpid(), sandbox)
    if key not in _kernels:
        _kernels[key] = Kernels(sandbox, server=_shared[0] if _shared else None)
        atexit.register(_kernels[key].close)
    return execute(job, _kernels[key])


def execute(job, kernels):
    """Execute a job with kernels of a given kind; see :func:`run`."""
    started = time.monotonic()
    for _ in range(MOST_TRIES):
        course = _execute_once(job, kernels)
        if not kernels.lost():  # a submission cannot end the server, so it is not to blame
            break
    return Result(
        student=job.student,
        notebook=_written(course.notebook),
        seconds=time.monotonic() - started,
        cell_seconds=course.cell_seconds,
        status=course.status,
        reason=course.reason,
        flags=tuple(dict.fromkeys(course.flags)),
    )


def _execute_once(job, kernels):
    notebook = nbformat.reads(job.files[job.notebook].decode(), as_version=4)
    course = _Run(job, notebook)
    place = place_for(kernels.sandbox)
    try:
        _lay_out(job, place / "given" / job.lesson)
        asyncio.run(course.go(kernels, place))
    except (KernelStartError, ServerError) as error:
        course.end("failed_to_start", str(error))
    except Exception as error:  # a batch must not end by one submission
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        course.end("died", f"The execution failed with {what}")
    finally:
        shutil.rmtree(place, ignore_errors=True)
    course.mark_what_did_not_run()
    return course


def _written(notebook):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of cells with one id, which become two here
        return nbformat.writes(notebook).encode("utf-8", "replace")


def _lay_out(job, folder):
    folder.mkdir(parents=True)
    for name, content in job.files.items():
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()):
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


class _Run:
    """One execution: where it is, and what has been seen."""

    def __init__(self, job, notebook):
        self.job, self.notebook = job, notebook
        self.status, self.reason, self.flags = "finished", "", []
        self.cell_seconds, self.timeouts = 0.0, 0
        self.done, self.suspects = set(), set()
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None

    def end(self, status, reason):
        if self.status in ("finished", "timeout"):
            self.status, self.reason = status, reason

    async def go(self, kernels, place):
        client = _Client(self, kernels, place)
        try:
            await client.begin()
            watch = asyncio.ensure_future(client.watch())
            try:
                await self.run_cells(client)
            finally:
                watch.cancel()
        finally:
            await client.finish()

    async def run_cells(self, client):
        for index, cell in enumerate(self.notebook.cells):
            if cell.cell_type != "code":
                continue
            if self.timeouts >= self.job.most_timeouts:
                self.reason = (
                    f"{self.timeouts} cells ran out of time ({self.job.timeout:g} s each); "
                    "the cells after them were not run."
                )
                return
            started = time.monotonic()
            try:
                await client.run_cell(cell, index, _grade_id(cell) in self.job.grade_cells)
                self.done.add(index)
            except DeadKernelError:
                self.end("died", client.dead_because or f"The kernel died in {_name(cell)}.")
                _add_error(cell, "DeadKernelError", "The kernel died while this cell ran.")
                self.done.add(index)
                return
            except _StuckError:
                self.end("timeout", f"{_name(cell)} ran out of time and could not be stopped.")
                self.done.add(index)
                return
            finally:
                self.cell_seconds += time.monotonic() - started

    def timed_out(self, cell):
        self.timeouts += 1
        self.end("timeout", f"{_name(cell)} ran longer than {self.job.timeout:g} s.")

    def mark_what_did_not_run(self):
        """Give an error to each cell that scores and was not run, so that it scores 0."""
        for index, cell in enumerate(self.notebook.cells):
            if cell.cell_type == "code" and type(cell.execution_count) is not int:
                cell.execution_count = None  # a kernel can send anything
            scores = _grade_id(cell) in self.job.grade_cells
            if cell.cell_type == "code" and scores and index not in self.done:
                cell.outputs = []
                _add_error(
                    cell,
                    "NotRunError",
                    f"This cell was not run. {self.reason or 'The run ended early.'}",
                )


class _StuckError(Exception):
    """A cell went on after it was told to stop."""


class _KernelClient(AsyncKernelClient):
    """jupyter_client's, refusing huge messages and saying which cells score."""

    metadata = None

    def _create_connected_socket(self, channel, identity=None):
        kept = self.context.sockopts.copy()
        # A longer message ends the connection, which zmq then makes anew: memory stays bounded.
        self.context.setsockopt(zmq.MAXMSGSIZE, LARGEST_MESSAGE)
        self.context.setsockopt(zmq.RCVHWM, MOST_MESSAGES)
        self.context.setsockopt(zmq.RECONNECT_IVL, 10)
        try:
            return super()._create_connected_socket(channel, identity)
        finally:
            self.context.sockopts.clear()
            self.context.sockopts.update(kept)

    def execute(self, code, silent=False, store_history=True, **more):
        content = {
            "code": code,
            "silent": silent,
            "store_history": store_history,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": False,
        }
        message = self.session.msg("execute_request", content, metadata=self.metadata)
        self.shell_channel.send(message)
        return message["header"]["msg_id"]


class _Client(NotebookClient):
    """nbclient's notebook runner, with limits on output and honest outputs of grade cells."""

    def __init__(self, course, kernels, place):
        super().__init__(
            course.notebook,
            timeout_func=lambda cell: course.job.timeout,
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
        )
        self.log.setLevel(logging.CRITICAL)  # what happens is in the result
        self.course, self.job, self.place = course, course.job, place
        self.kernels = kernels
        self.printed, self.reply, self.timed_out = 0, None, False
        self.dead_because, self.pid, self.guarded = "", None, False

    async def begin(self):
        self.km = SandboxedKernelManager(
            make_provisioner=lambda **more: self.kernels.provisioner(self.place, self.job, **more),
            connection_file=str(self.place / "kernel.json"),
            client_factory=_KernelClient,
        )
        if self.km.transport == "ipc":
            self.km.ip = str(self.place / "sockets" / "k")
        self.km.log.setLevel(logging.CRITICAL)
        await self.km.start_kernel()
        self.pid = self.km.provisioner.pid
        self.kc = self.km.client()
        self.kc.start_channels(stdin=False, hb=False)
        await self._wait_until_ready()

    async def _wait_until_ready(self):
        # Like wait_for_ready, without the half second that it spends on emptying the channel.
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            asked = self.kc.kernel_info()
            try:
                await self.kc._async_recv_reply(asked, timeout=5)
                await self.kc.get_iopub_msg(timeout=1)
                return
            except (TimeoutError, queue.Empty):
                if not await self.km.is_alive():
                    raise KernelStartError("The kernel ended while it started.") from None
        raise KernelStartError(f"The kernel did not answer within {SECONDS_TO_START} s.")

    async def finish(self):
        if self.km is None or self.km.provisioner is None:
            return
        with contextlib.suppress(Exception):
            await self.km.provisioner.kill()
            await asyncio.wait_for(self.km.provisioner.wait(), 10)
        with contextlib.suppress(Exception):
            if self.kc is not None:
                self.kc.stop_channels()
            await self.km._async_cleanup_resources()

    async def watch(self):
        """End the kernel when it holds too much memory or writes beside its sockets."""
        most, files = self.job.memory_mb * 2**20, self.job.file_mb * 2**20
        while not self.dead_because:
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
            if await asyncio.to_thread(memory_held, self.pid) > most:
                self.dead_because = (
                    f"It used more than {self.job.memory_mb} MB of memory and was ended."
                )
            elif await asyncio.to_thread(_bytes_in, self.place / "sockets") > files:
                self.dead_because = "It filled the folder of its sockets and was ended."
        await self.km.provisioner.kill()

    async def run_cell(self, cell, index, scores):
        self.printed, self.reply, self.timed_out = 0, None, False
        if scores and not self.guarded:
            await self._guard(cell, "before")
        self.guarded = scores  # what follows one that scores was guarded after that
        self.kc.metadata = {KEY: {}} if scores else {}
        await self.async_execute_cell(cell, index)
        if self.timed_out:
            self.course.timed_out(cell)
        cell.outputs = _joined(cell.outputs)
        _add_missing_error(cell, self.reply)
        _drop_invalid(cell)
        if scores:
            self.course.flags += make_honest(cell, self.reply)
            if _grade_id(cell) in self.course.suspects:
                _add_error(cell, "GuardError", "The checks around this cell did not work.")
        if self.timed_out:
            await self._insist()
        elif scores:
            await self._guard(cell, "after")

    async def _guard(self, cell, when):
        """Run a cell whose outcome is known, as cells that score are run."""
        canary = guards.canary()
        self.kc.metadata = {KEY: {}}
        asked = self.kc.execute(canary.source, silent=True, store_history=False)
        try:
            reply = await self._reply_to(asked, SECONDS_FOR_A_CANARY)
        except TimeoutError:
            self.course.flags.append(
                f"{_name(cell)}: a check {when} it did not end; something keeps the kernel busy."
            )
            raise _StuckError from None
        if complaint := canary.complaint(reply["content"]):
            self.course.suspects.add(_grade_id(cell))
            self.course.flags.append(f"{_name(cell)}, {when} it: {complaint}")

    async def _reply_to(self, asked, seconds):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with contextlib.suppress(TimeoutError):
                return await self.kc._async_recv_reply(asked, timeout=0.5)
            if not await self.km.is_alive():
                raise DeadKernelError("Kernel died")
        raise TimeoutError

    async def _insist(self):
        """Make sure that a cell that ran out of time has stopped."""
        asked = self.kc.kernel_info()
        try:
            await self._reply_to(asked, SECONDS_TO_STOP_A_CELL)
        except TimeoutError:
            raise _StuckError from None

    def _keep_reply(self, cell, cell_index, execute_reply):
        self.reply = execute_reply["content"]

    async def _async_handle_timeout(self, timeout, cell=None):
        self.timed_out = True
        return await super()._async_handle_timeout(timeout, cell)

    def process_message(self, msg, cell, cell_index):
        """Take in one message of the kernel, up to the limit; malformed ones are dropped."""
        if msg["msg_type"] != "status":
            size = _size(msg["content"])
            if self.printed > self.job.output_bytes and msg["msg_type"] != "error":
                return None
            self.printed += size
            if self.printed > self.job.output_bytes:
                if msg["msg_type"] == "error":
                    if size > self.job.output_bytes:
                        msg["content"] = {"ename": "Error", "evalue": "", "traceback": []}
                else:
                    cell.outputs.append(
                        nbformat.v4.new_output(
                            "stream",
                            name="stdout",
                            text=f"\n[More than {self.job.output_bytes:,} bytes were printed; "
                            "the rest was dropped.]\n",
                        )
                    )
                    return None
        try:
            return super().process_message(msg, cell, cell_index)
        except CellControlSignal:
            raise
        except Exception:
            return None


def _bytes_in(folder):
    total = 0
    with contextlib.suppress(OSError):
        for path in folder.rglob("*"):
            total += path.lstat().st_size
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


def _joined(outputs):
    """Return the outputs with neighbouring pieces of one stream put together."""
    found = []
    for output in outputs:
        stream = output.output_type == "stream"
        if stream and found and found[-1].get("name") == output.get("name"):
            found[-1]["text"].append(output.text)
        else:
            found.append(output)
            if stream:
                output["text"] = [output.text]
    for output in found:
        if output.output_type == "stream":
            output["text"] = "".join(map(str, output["text"]))
    return found


def _drop_invalid(cell):
    """Drop outputs that no notebook may hold: a kernel can send anything."""
    kept = []
    for output in cell.outputs:
        with contextlib.suppress(Exception):
            nbformat.validate(output, ref=output.output_type, version=4)
            kept.append(output)
    cell.outputs = kept


def _add_missing_error(cell, reply):
    """Put an error into the outputs when the reply tells of one that they do not show."""
    if reply is None or reply.get("status") != "error":
        return
    name = str(reply.get("ename", "Error"))
    if any(one.output_type == "error" and one.ename == name for one in cell.outputs):
        return
    traceback = reply.get("traceback")
    if not isinstance(traceback, list) or not traceback:
        traceback = ["ERROR: An error occurred while showtraceback was disabled"]
    cell.outputs.append(
        nbformat.v4.new_output(
            "error",
            ename=name,
            evalue=str(reply.get("evalue", "")),
            traceback=[str(line) for line in traceback],
        )
    )


def make_honest(cell, reply):
    """Make the outputs of a cell that scores such that nbgrader's rules score it rightly; in place.

    Text on stderr, which would cost all points, becomes ordinary output. A result, which anything
    can print, is replaced by the number that the kernel reports for the cell's last expression.
    What is neither a number nor nothing, which would earn full marks, becomes an error.

    Parameters
    ----------
    cell : nbformat.NotebookNode
        An executed code cell.
    reply : dict or None
        The content of the kernel's reply.

    Returns
    -------
    list of str
        Flags for a person.
    """
    for output in cell.outputs:
        if output.output_type == "stream":
            output.name = "stdout"
    cell.outputs = [one for one in cell.outputs if one.output_type != "execute_result"]
    reply = reply or {}
    report = reply.get(KEY)
    flags = []
    if isinstance(report, dict):
        flags = [f"{_name(cell)}: {one}." for one in guards.told(report)]
    if any(one.output_type == "error" for one in cell.outputs):
        return flags
    if reply.get("status") != "ok" or not isinstance(report, dict):
        _add_error(cell, "GuardError", "The kernel gave no account of this cell.")
        return [f"{_name(cell)}: the kernel gave no account of it, so it scores 0."]
    final = _last_expression(cell.source)
    if final is None:
        return flags
    kind, text = guards.read_number(report.get("number"))
    most = float(cell.metadata.nbgrader.get("points", 0))
    if kind == "number" and 0 <= float(text) <= most:
        cell.outputs.append(
            nbformat.v4.new_output(
                "execute_result", {"text/plain": text}, execution_count=cell.execution_count
            )
        )
        return flags
    if kind == "nothing" and not guards.gives_points(final):
        return flags
    told = {"number": f"{text} points", "nothing": "nothing"}.get(kind, "no number")
    _add_error(
        cell,
        "ScoreError",
        f"This cell ended in {told}, where a number from 0 to {most:g} was expected.",
    )
    return [*flags, f"{_name(cell)} ended in {told} of {most:g} points, so it scores 0."]


def _last_expression(source):
    """Return the syntax tree of the expression whose value a cell displays, or None."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    if not tree.body or not isinstance(tree.body[-1], ast.Expr):
        return None
    tail = source.rstrip().rsplit("\n", 1)[-1]
    return None if tail.split("#")[0].rstrip().endswith(";") else tree.body[-1].value


def _grade_id(cell):
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def _name(cell):
    return f"cell '{_grade_id(cell) or cell.get('id', '?')}'"


def _add_error(cell, name, message):
    cell.outputs.append(
        nbformat.v4.new_output(
            "error", ename=name, evalue=message, traceback=[f"\x1b[0;31m{name}\x1b[0m: {message}"]
        )
    )
