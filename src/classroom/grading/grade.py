"""Grade a lesson for a whole class: prepare, execute side by side, record one by one."""

from collections.abc import Iterator
from dataclasses import asdict
import os
import time

import filelock
from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from sqlalchemy.exc import SQLAlchemyError

from classroom.course import CourseError, MachineError
from classroom.grading.job import Job, Result
from classroom.grading.kernels.sandbox.choice import SandboxError, resolve_sandbox
from classroom.grading.lateness import late_ones
from classroom.grading.lesson import load_notebooks
from classroom.grading.machine import cores
from classroom.grading.obstacles import check_writable, obstacle, reason_of
from classroom.grading.preparation import prepare
from classroom.grading.preparation.contents import read_contents
from classroom.grading.recording import Recorder, scored_cells
from classroom.grading.review import UNREAD
from classroom.grading.settings import CourseSettings
from classroom.grading.source_ahead import changed_since_release
from classroom.grading.submissions import (
    Submission,
    UnclearSubmissionError,
    find_submissions,
    readable,
)
from classroom.grading.tally import (
    GRADED,
    NOT_GRADED,
    NOT_REACHED,
    REVIEW,
    Entry,
    Tally,
    together,
)
from classroom.grading.workers import LocalWorkers

LOCK = ".grading.lock"


def grade(
    course: str | os.PathLike,
    lesson: str,
    *,
    students: list[str] | None = None,
    workers: int | None = None,
    sandbox: str = "auto",
    timeout: float | None = None,
    scheduler: str | None = None,
    force: bool = False,
    only: list[str] | None = None,
) -> Tally:
    """Grade the submissions of a lesson.

    Parameters
    ----------
    course : path-like
        The folder with `nbgrader_config.py`.
    lesson : str
    students : list of str, optional
        Only these; all by default.
    workers : int, optional
        How many submissions are executed at a time; by default as many as there are cores.
    sandbox : str
        "auto", "jail", "bwrap" or "none".
    timeout : float, optional
        Seconds a cell; by default what nbgrader's settings say.
    scheduler : str, optional
        Address of a Dask scheduler, to execute on its workers.
    force : bool
        Grade also what was graded before and is unchanged.
    only : list of str, optional
        Graded cells by grade id: their scores change, also of what is unchanged; all others stay.

    Returns
    -------
    Tally

    Raises
    ------
    CourseError
        When there is nothing to grade, or something is in the way of grading at all.
    """
    started = time.monotonic()
    settings = CourseSettings(course)
    submissions = find_submissions(settings, lesson, students)
    if not scheduler:
        try:
            sandbox = resolve_sandbox(sandbox)
        except SandboxError as error:
            raise CourseError(str(error)) from None
    number = workers or cores()
    root = settings.autograded(".", ".").resolve()
    try:
        root.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(root / LOCK, timeout=0), settings.gradebook() as gradebook:
            check_writable(gradebook, root)
            timeout = timeout or settings.timeout
            notebooks = load_notebooks(settings, gradebook, lesson)
            _refuse_unknown(only or [], notebooks)
            batches = [
                _Batch(settings, Recorder(settings, gradebook, each, timeout, only), timeout, force)
                for each in notebooks
            ]
            with _workers(number, sandbox, scheduler) as pool:
                tally = Tally(lesson, pool.number, sandbox)
                sentences = [changed_since_release(settings, each) for each in notebooks]
                tally.source_ahead = next(filter(None, sentences), "")
                for batch in batches:
                    batch.begin(submissions)
                for batch in batches:
                    if not (tally.interrupted or tally.stopped):
                        _run(batch, pool, submissions, tally)
            late = {} if tally.stopped else late_ones(gradebook, lesson)
    except filelock.Timeout:
        raise CourseError(
            f"Another classroom grade is at work in {root}; wait until it has finished."
        ) from None
    except (OSError, NotImplementedError, SQLAlchemyError) as error:
        if isinstance(error, OSError | NotImplementedError):  # a disk that cannot lock, too
            raise MachineError(f"{root} cannot be used ({reason_of(error)}).") from None
        raise (obstacle(error) or error) from None
    tally.students = [
        together({batch.lesson.notebook: batch.entries[each.student] for batch in batches})
        for each in submissions
    ]
    for entry in tally.students:
        if one := late.get(entry.student):
            entry.late, entry.penalty = one.seconds, one.penalty
    tally.resumed = min(batch.resumed for batch in batches)
    tally.wall_seconds = round(time.monotonic() - started, 3)
    return tally


def _refuse_unknown(only, notebooks):
    known = [name for each in notebooks for name in scored_cells(each)]
    for name in only:
        if name not in known:
            raise CourseError(
                f"Lesson {notebooks[0].name} has no graded cell named '{name}'; it has: "
                f"{', '.join(known)}."
            )


def _workers(number, sandbox, scheduler):
    if scheduler is None:
        return LocalWorkers(number, sandbox)
    from classroom.grading.cluster import ClusterWorkers

    return ClusterWorkers(scheduler, sandbox)


class _Batch:
    """The submissions of one run: what is to do, and what became of each."""

    def __init__(self, settings: CourseSettings, recorder: Recorder, timeout: float, force: bool):
        self.directory = settings.directory
        self.recorder, self.lesson = recorder, recorder.lesson
        self.timeout, self.force = timeout, force or bool(recorder.only)
        self.prepared, self.entries = {}, {}
        self.resumed = 0

    def begin(self, submissions):
        for submission in submissions:
            self.entries[submission.student] = Entry(
                submission.student, max_score=self.lesson.max_score, reason=NOT_REACHED
            )

    def jobs(self, submissions: list[Submission]) -> Iterator[Job]:
        """Yield a job for each submission that has to be executed; settle the others at once."""
        for submission in submissions:
            try:
                largest = self.directory.max_file_size * 1000
                contents = read_contents(submission, self.directory.ignore, largest)
                prepared = prepare(submission, self.lesson, contents)
            except UnclearSubmissionError as error:
                self.settle_unclear(submission.student, str(error))
                continue
            except Exception as error:  # whatever it is, it may not stop the batch
                reason = f"It could not be prepared ({type(error).__name__}: {error})."
                self.settle_unclear(submission.student, readable(reason))
                continue
            done, changed = self._looked_up(prepared)
            if done and not self.force:
                self.entries[submission.student] = Entry(**{**done, "changed": changed})
                self.resumed += 1
                continue
            self.entries[submission.student].changed = changed
            self.prepared[submission.student] = prepared
            yield Job(
                student=submission.student,
                lesson=self.lesson.name,
                notebook=self.lesson.file,
                files=prepared.files,
                timeout=self.timeout,
                grade_cells=prepared.grade_cells,
                teachers=self.lesson.teachers,
            )

    def _looked_up(self, prepared):
        try:
            return self.recorder.finished(prepared)
        except Exception as error:
            self.recorder.gradebook.db.rollback()
            if told := obstacle(error):
                raise told from None
            return None, []  # so it is graded again, which may mend it

    def settle_unclear(self, student, reason):
        entry = self.entries[student]
        entry.status, entry.reason = REVIEW, reason
        try:
            if self.recorder.folder.has(student):
                entry.flags = ["The grade of an earlier submission stands."]
            self.recorder.record_unclear(student)
            entry.cells = self.recorder.scores(student)
            entry.score = _total(entry.cells)
        except Exception as error:
            self.recorder.gradebook.db.rollback()
            if told := obstacle(error):
                entry.status, entry.reason, entry.flags = NOT_GRADED, NOT_REACHED, []
                raise told from None
            entry.flags = [f"It could not be entered in the gradebook: {readable(error)}."]

    def settle(self, job: Job, result: Result) -> None:
        prepared = self.prepared.pop(job.student)
        entry = self.entries[job.student]
        entry.seconds = round(result.seconds, 3)
        entry.cell_seconds = round(result.cell_seconds, 3)
        if result.status == "failed_to_start":
            entry.status, entry.reason = NOT_GRADED, result.reason
            return
        before = self.recorder.folder.finished(job.student)
        try:
            doubts = self.recorder.record(prepared, result.notebook)
            entry.cells = self.recorder.scores(job.student)
        except Exception as error:
            self.recorder.gradebook.db.rollback()
            if told := obstacle(error):
                raise told from None
            entry.status = NOT_GRADED
            entry.reason = f"It could not be recorded ({type(error).__name__}: {readable(error)})."
            return
        entry.score = _total(entry.cells)
        if result.status != "finished":
            doubts.insert(0, result.reason)
        lost = {cell["id"] for cell in entry.cells if cell["score"] < cell["max_score"]}
        doubts = [*prepared.doubts, *doubts, *result.flags]
        doubts += [each.sentence for each in prepared.suspicions if lost.intersection(each.tests)]
        entry.status, entry.reason = (REVIEW, doubts[0]) if doubts else (GRADED, "")
        flags = dict.fromkeys([*doubts[1:], *prepared.notes])
        entry.flags = [readable(flag) for flag in flags if flag != entry.reason]
        try:
            doubted = any(not doubt.startswith(UNREAD) for doubt in doubts)
            ours_before = bool(before and before[1].get("flagged"))
            entry.flagged = self.recorder.flag(job.student, doubted, ours_before)
            self.recorder.mark_finished(prepared, asdict(entry))
        except Exception as error:
            self.recorder.gradebook.db.rollback()
            if told := obstacle(error):
                raise told from None
            why = readable(reason_of(error))
            entry.flags.append(
                f"It is recorded; as that could not be noted ({why}), the next run grades it again."
            )


def _total(cells):
    return round(sum(cell["score"] for cell in cells), 6)


def _run(batch, pool, submissions, tally):
    with Progress(
        SpinnerColumn(),
        TextColumn("[bold]{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[state]}"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as progress:
        task = progress.add_task(escape(readable(batch.lesson.name)), total=None, state="")
        started = time.monotonic()

        def show():
            settled = [entry for entry in batch.entries.values() if entry.reason != NOT_REACHED]
            minutes = (time.monotonic() - started) / 60
            rate = (len(settled) - batch.resumed) / minutes if minutes else 0
            trouble = sum(entry.status != GRADED for entry in settled)
            state = f"{trouble} for a person · {rate:.0f} a minute"
            progress.update(task, total=len(submissions), completed=len(settled), state=state)

        show()
        try:
            for job, result in pool.run(batch.jobs(submissions)):
                batch.settle(job, result)
                show()
        except KeyboardInterrupt:
            tally.interrupted = True
            batch.recorder.gradebook.db.rollback()  # it may have come amid a transaction
        except MachineError as error:
            tally.stopped = str(error)
