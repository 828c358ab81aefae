"""Execute one learner's notebook and return what it printed, whatever it tries meanwhile.

Nothing here knows a gradebook. A job goes in and a result comes out, so that it can happen in this
process, in a pool, or on another machine. The executed notebook is *honest*: nbgrader's own rules,
applied to it, give the score that the submission deserves.
"""

import asyncio
from pathlib import Path
import time
import warnings

from nbclient.exceptions import DeadKernelError
import nbformat

from classroom.grading.client import GradingClient, StuckError
from classroom.grading.honest_outputs import add_error, name_of, without_results
from classroom.grading.job import Job, Result
from classroom.grading.kernels.provisioner import KernelStartError
from classroom.grading.kernels.server import ServerError
from classroom.grading.kernels.workspace import new_workspace, remove_workspace
from classroom.notebook_files import grade_id


def execute(job: Job, sandbox: str) -> Result:
    """Execute a job and return its result, whatever the submission does.

    Parameters
    ----------
    job : Job
    sandbox : str
        "jail", "bwrap" or "none", as `resolve_sandbox` has returned it.
    """
    started = time.monotonic()
    run = _Run(job, nbformat.reads(job.files[job.notebook].decode(), as_version=4))
    workspace = new_workspace(sandbox)
    try:
        _lay_out(job, workspace / "submission" / job.lesson)
        asyncio.run(run.go(sandbox, workspace))
    except (KernelStartError, ServerError) as error:
        run.end("failed_to_start", str(error))
    except Exception as error:  # a batch must not end by one submission
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        run.end("died", f"The execution failed with {what}")
    finally:
        remove_workspace(workspace)
    run.mark_what_did_not_run()
    return Result(
        student=job.student,
        notebook=_written(run.notebook),
        seconds=time.monotonic() - started,
        cell_seconds=run.cell_seconds,
        status=run.status,
        reason=run.reason,
        flags=tuple(dict.fromkeys(run.flags)),
    )


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

    def __init__(self, job: Job, notebook: nbformat.NotebookNode):
        self.job, self.notebook = job, notebook
        self.status, self.reason, self.flags = "finished", "", []
        self.cell_seconds, self.timeouts = 0.0, 0
        self.done = set()
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None

    def end(self, status: str, reason: str) -> None:
        """Note how the execution ended; what was noted first stays, but for what ran too long."""
        if self.status in ("finished", "timeout"):
            self.status, self.reason = status, reason

    async def go(self, sandbox: str, workspace: Path) -> None:
        """Start a kernel, run the cells in it, and end it."""
        client = GradingClient(self.job, self.notebook, sandbox, workspace)
        try:
            await client.begin()
            watch = asyncio.ensure_future(client.watch())
            try:
                await self.run_cells(client)
            finally:
                watch.cancel()
        finally:
            self.flags += client.flags
            if await client.finish():  # a submission cannot end the server, so is not to blame
                self.status = "failed_to_start"
                self.reason = "The process that kernels are forked from has ended."

    async def run_cells(self, client: GradingClient) -> None:
        """Run the cells one by one, as long as there is a kernel."""
        for index, cell in enumerate(self.notebook.cells):
            if cell.cell_type != "code":
                continue
            if self.timeouts >= self.job.most_timeouts:
                self.reason = (
                    f"{self.timeouts} cells ran out of time ({self.job.timeout:g} s each); "
                    "the cells after them were not run."
                )
                return
            if self.cell_seconds > (most := self.job.cells_of_time * self.job.timeout):
                self.end("timeout", f"All cells together ran longer than {most:g} s.")
                return
            started = time.monotonic()
            try:
                await client.run_cell(cell, index, grade_id(cell) in self.job.grade_cells)
            except DeadKernelError:
                self.end("died", client.dead_because or f"The kernel died in {name_of(cell)}.")
                cell.outputs = without_results(cell.outputs)
                add_error(cell, "DeadKernelError", "The kernel died while this cell ran.")
                self.done.add(index)
                return
            except StuckError:
                self.end("timeout", f"{name_of(cell)} ran out of time and could not be stopped.")
                if client.has_run:
                    self.done.add(index)
                return
            finally:
                self.cell_seconds += time.monotonic() - started
            self.done.add(index)
            if client.timed_out:
                self.timeouts += 1
                self.end("timeout", f"{name_of(cell)} ran longer than {self.job.timeout:g} s.")

    def mark_what_did_not_run(self) -> None:
        """Give an error to each cell that scores and was not run, so that it scores 0."""
        for index, cell in enumerate(self.notebook.cells):
            if cell.cell_type == "code" and type(cell.execution_count) is not int:
                cell.execution_count = None  # a kernel can send anything
            scores = grade_id(cell) in self.job.grade_cells
            if cell.cell_type == "code" and scores and index not in self.done:
                cell.outputs = []
                add_error(
                    cell,
                    "NotRunError",
                    f"This cell was not run. {self.reason or 'The run ended early.'}",
                )
