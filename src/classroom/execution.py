"""Execute one learner's notebook and return what it printed, whatever it tries meanwhile."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
import tempfile
import time

from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
import nbformat


@dataclass(frozen=True)
class Job:
    """A prepared notebook, the files beside it, and what it may use."""

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
    """The executed notebook and how the execution ended."""

    student: str
    notebook: bytes
    seconds: float
    cell_seconds: float
    status: str
    reason: str
    flags: tuple[str, ...] = ()


def run(job, sandbox="none"):
    """Execute a job."""
    started = time.monotonic()
    notebook = nbformat.reads(job.files[job.notebook].decode(), as_version=4)
    status, reason = "finished", ""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / job.lesson
        for name, content in job.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        client = NotebookClient(
            notebook,
            timeout=int(job.timeout),
            interrupt_on_timeout=True,
            error_on_timeout={
                "ename": "CellTimeoutError",
                "evalue": "",
                "traceback": ["CellTimeoutError: No reply from kernel before timeout"],
            },
            allow_errors=True,
            record_timing=False,
            store_widget_state=False,
            coalesce_streams=True,
            kernel_name="python3",
            resources={"metadata": {"path": str(folder)}},
        )
        try:
            asyncio.run(client.async_execute())
        except DeadKernelError:
            status, reason = "died", "The kernel died."
    return Result(
        student=job.student,
        notebook=nbformat.writes(notebook).encode(),
        seconds=time.monotonic() - started,
        cell_seconds=time.monotonic() - started,
        status=status,
        reason=reason,
    )


class SandboxError(Exception):
    """No sandbox of that name works here; the message says why and what to do."""


def available_sandboxes():
    """Return for each sandbox "" when it works here, else why it does not."""
    return {"none": ""}


def resolve_sandbox(asked):
    """Return the sandbox to use for what was asked."""
    return "none" if asked == "auto" else asked
