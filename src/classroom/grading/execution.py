"""Execute one learner's notebook and return what it printed, whatever it tries meanwhile.

Nothing here knows a gradebook. A job goes in and a result comes out, so that it can happen in this
process, in a pool, or on another machine. The executed notebook is *honest*: nbgrader's own rules,
applied to it, give the score that the submission deserves. The learner's cells run in one kernel,
the graded ones in another, the judge (see `kernel_pair`).
"""

import asyncio
import copy
import time
import warnings

from nbclient.exceptions import DeadKernelError
import nbformat

from classroom.grading.budget import Budget
from classroom.grading.client import StuckError
from classroom.grading.honest_outputs import add_error, name_of, without_results
from classroom.grading.job import Job, Result
from classroom.grading.kernel_pair import KernelPair
from classroom.grading.kernels.provisioner import KernelStartError
from classroom.grading.kernels.server import ServerError
from classroom.grading.needs import needs_of
from classroom.notebook_files import grade_id

MOST_STARTS = 3  # of learner's kernels in place of one that has ended, and of judges
SECONDS_TO_RUN_AGAIN = 2.0  # cells that took longer are not run again in a new kernel
LOST = "DeadKernelError"


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
    try:
        asyncio.run(run.go(sandbox))
    except (KernelStartError, ServerError) as error:
        run.end("failed_to_start", str(error))
    except Exception as error:  # a batch must not end by one submission
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        run.end("died", f"The execution failed with {what}")
    run.mark_what_did_not_run()
    return Result(
        student=job.student,
        notebook=_written(run.notebook),
        seconds=time.monotonic() - started,
        cell_seconds=run.budget.spent,
        status=run.status,
        reason=run.reason,
        flags=tuple(dict.fromkeys(run.flags)),
    )


def _written(notebook):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of cells with one id, which become two here
        return nbformat.writes(notebook).encode("utf-8", "replace")


class _Run:
    """One execution: where it is, and what has been seen."""

    def __init__(self, job: Job, notebook: nbformat.NotebookNode):
        self.job, self.notebook = job, notebook
        self.status, self.reason, self.flags = "finished", "", []
        self.budget, self.starts = Budget(job), 0
        self.pair = None
        self.done, self.quick = set(), []
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None

    def end(self, status: str, reason: str) -> None:
        """Note how the execution ended; what was noted first stays, but for what ran too long."""
        if self.status in ("finished", "timeout"):
            self.status, self.reason = status, reason

    async def go(self, sandbox: str) -> None:
        """Start the kernels, run the cells in them, and end them."""
        self.pair = KernelPair(self.job, self.notebook, sandbox)
        try:
            await self.pair.begin()
            await self.run_cells()
        finally:
            lost = await self.pair.finish()  # a submission cannot end the server: not to blame
            self.flags += self.pair.flags
            if lost:
                self.status = "failed_to_start"
                self.reason = "The process that kernels are forked from has ended."

    async def run_cells(self) -> None:
        """Run the cells one by one, each where it belongs."""
        count = 0
        for index, cell in enumerate(self.notebook.cells):
            if cell.cell_type != "code" or not cell.source.strip():
                continue
            count += 1
            if self.budget.is_over():
                self.end("timeout", "")
                self.reason = (
                    f"{self.budget.timeouts} cells ran out of time and all took "
                    f"{self.budget.spent:.0f} s; what follows them was not run."
                )
                return
            if self.pair.orphans:
                return
            if grade_id(cell) in self.job.grade_cells:
                await self._judge(cell, index, count)
            elif self.pair.learner is not None:
                await self._run(cell, index, count)

    async def _run(self, cell, index, count):
        """Run a cell in the learner's kernel."""
        started = time.monotonic()
        client = self.pair.learner
        try:
            await client.run_cell(cell, index, {"count": count}, self.budget.seconds())
        except (DeadKernelError, StuckError) as error:
            self.done.add(index)
            self.budget.spend(time.monotonic() - started)
            if isinstance(error, DeadKernelError):
                self._note_death(cell, client)
                cell.outputs = without_results(cell.outputs)
                add_error(cell, LOST, "The kernel died while this cell ran.")
            else:
                self.budget.ran_out()
                self.end("timeout", f"{name_of(cell)} ran out of time and could not be stopped.")
            await self._begin_again()
            return
        seconds = time.monotonic() - started
        self.budget.spend(seconds)
        self.done.add(index)
        if client.timed_out:
            self.budget.ran_out()
            self.end("timeout", f"{name_of(cell)} ran longer than {client.seconds:g} s.")
        elif seconds < SECONDS_TO_RUN_AGAIN:
            self.quick.append((index, count))

    async def _judge(self, cell, index, count):
        """Run a graded cell in the judge."""
        needs = needs_of(cell.source, grade_id(cell), self.job.teachers.cells)
        seconds = self.budget.seconds(needs.names)
        request = {
            "count": count,
            "patience": min(10, seconds / 4),
            "setup": list(needs.setup),
            "names": list(needs.names),
            "own": list(self.job.teachers.learners_files),
            "teachers": list(self.job.teachers.files),
        }
        if "libraries_used" in cell.source:
            request["texts"] = self._texts(index)
        started = time.monotonic()
        client, stuck = self.pair.judge, False
        try:
            await client.run_cell(cell, index, request, seconds)
        except DeadKernelError:
            self.end("died", client.dead_because or f"The judge ended in {name_of(cell)}.")
            cell.outputs = without_results(cell.outputs)
            add_error(cell, LOST, "The kernel that judges died while this cell ran.")
            await self._start_again(True)
        except StuckError:
            stuck = True
            await self._free_judge(cell)
        self.budget.spend(time.monotonic() - started)
        self.done.add(index)
        if client.timed_out:
            self.budget.ran_out(needs.names)
        if client.timed_out and not stuck:
            self.end("timeout", f"{name_of(cell)} ran longer than {client.seconds:g} s.")
        if self.pair.learner is not None and _says_lost(cell):
            self._note_death(cell, self.pair.learner)
            await self._begin_again()

    async def _free_judge(self, cell):
        """End what keeps the judge waiting: the learner's kernel, or the judge itself."""
        self.end("timeout", f"{name_of(cell)} ran out of time and could not be stopped.")
        await self._begin_again()
        try:
            await self.pair.judge.insist()
        except (DeadKernelError, StuckError):
            await self._start_again(True)

    def _texts(self, index):
        """Return what the learner has written so far: cells, and modules beside the notebook."""
        cells = [
            cell.source
            for cell in self.notebook.cells[:index]
            if cell.cell_type == "code" and grade_id(cell) not in self.job.grade_cells
        ]
        modules = {
            name: content.decode(errors="replace")
            for name, content in self.job.files.items()
            if name.endswith(".py") and len(content) < 200_000
        }
        return {"cells": cells, "modules": modules}

    def _note_death(self, cell, client):
        self.end("died", client.dead_because or f"The kernel died in {name_of(cell)}.")

    async def _start_again(self, judge):
        """Put another kernel in the place of one that has ended; return whether that is done."""
        self.starts += 1
        if self.pair.orphans or (self.starts > MOST_STARTS and not judge):
            await self.pair.drop_learner()
            return False
        await self.pair.replace(judge)
        return not self.pair.orphans

    async def _begin_again(self):
        """Start another learner's kernel, and run in it again what ran quickly."""
        if not await self._start_again(False):
            return
        for index, count in self.quick:
            cell = copy.deepcopy(self.notebook.cells[index])
            started = time.monotonic()
            try:
                seconds = 2 * SECONDS_TO_RUN_AGAIN
                await self.pair.learner.run_cell(cell, index, {"count": count}, seconds)
            except (DeadKernelError, StuckError):
                await self.pair.drop_learner()
                return
            finally:
                self.budget.spend(time.monotonic() - started)

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


def _says_lost(cell):
    return any(one.output_type == "error" and one.ename == LOST for one in cell.outputs)
