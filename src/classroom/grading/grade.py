"""Grade a lesson for a whole class: prepare, execute side by side, record one by one."""

from dataclasses import asdict, dataclass, field
import json
from pathlib import Path
import time

from crossentropy import own_folder
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
from rich.table import Table

from classroom.course import CourseError
from classroom.grading import worker_start
from classroom.grading import workers as worker_processes
from classroom.grading.course import GradingCourse, load_lesson
from classroom.grading.execution import Job, SandboxError, resolve_sandbox
from classroom.grading.preparation import prepare
from classroom.grading.recording import Recorder
from classroom.grading.submissions import (
    UnclearSubmissionError,
    find_submissions,
    read_contents,
    readable,
)

GRADED, REVIEW, NOT_GRADED = "graded", "needs_review", "not_graded"
LOCK = ".grading.lock"
NOT_REACHED = "It was not reached."


@dataclass
class Entry:
    """What became of one submission, as the report has it."""

    student: str
    status: str = NOT_GRADED
    reason: str = ""
    score: float = 0.0
    max_score: float = 0.0
    seconds: float = 0.0
    cell_seconds: float = 0.0
    flags: list = field(default_factory=list)
    cells: list = field(default_factory=list)


@dataclass
class Report:
    """What became of a lesson's submissions."""

    lesson: str
    workers: int
    sandbox: str
    wall_seconds: float = 0.0
    students: list = field(default_factory=list)
    resumed: int = 0  # how many were graded before and are unchanged
    interrupted: bool = False

    def count(self, status):
        return sum(entry.status == status for entry in self.students)

    @property
    def exit_status(self):
        """0 when every submission was graded, 1 when some need a person, 130 after Ctrl-C."""
        if self.interrupted:
            return 130
        return 0 if all(entry.status == GRADED for entry in self.students) else 1

    def to_json(self):
        return json.dumps(asdict(self), indent=2)


def grade(
    folder,
    lesson,
    *,
    students=None,
    workers=None,
    sandbox="auto",
    timeout=None,
    scheduler=None,
    force=False,
    console=None,
    server=None,
):
    """Grade the submissions of a lesson.

    Parameters
    ----------
    folder : path-like
        The course: the folder with ``nbgrader_config.py``.
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
    console : rich.console.Console, optional
        Where the progress is shown; stderr by default.
    server : classroom.grading.kernels.server.KernelServer, optional
        One that was started ahead; ended at the end.

    Returns
    -------
    Report

    Raises
    ------
    classroom.course.CourseError
        When there is nothing to grade, or something is in the way of grading at all.
    """
    started = time.monotonic()
    course = GradingCourse(folder)
    submissions = find_submissions(course, lesson, students)
    if not scheduler:
        try:
            sandbox = resolve_sandbox(sandbox)
        except SandboxError as error:
            raise CourseError(str(error)) from None
    number = workers or worker_start.cores()
    root = course.autograded(".", ".").resolve()
    root.mkdir(parents=True, exist_ok=True)
    try:
        with filelock.FileLock(root / LOCK, timeout=0), course.gradebook() as gradebook:
            recorder = Recorder(course, gradebook, load_lesson(course, gradebook, lesson))
            batch = _Batch(recorder, timeout or course.timeout, force)
            with worker_processes.start(number, sandbox, scheduler, server) as pool:
                report = Report(lesson, pool.number, sandbox)
                _run(batch, pool, submissions, report, console or Console(stderr=True))
    except filelock.Timeout:
        raise CourseError(
            f"Another classroom grade is at work in {root}; wait until it has finished."
        ) from None
    report.students = [batch.entries[each.student] for each in submissions]
    report.resumed = batch.resumed
    report.wall_seconds = round(time.monotonic() - started, 3)
    return report


class _Batch:
    """The submissions of one run: what is to do, and what became of each."""

    def __init__(self, recorder, timeout, force):
        self.recorder, self.lesson = recorder, recorder.lesson
        self.timeout, self.force = timeout, force
        self.prepared, self.entries = {}, {}
        self.resumed = 0

    def begin(self, submissions):
        for submission in submissions:
            self.entries[submission.student] = Entry(
                submission.student, max_score=self.lesson.max_score, reason=NOT_REACHED
            )

    def jobs(self, submissions):
        """Yield a job for each submission that has to be executed; settle the others at once."""
        directory = self.recorder.course.directory
        for submission in submissions:
            try:
                contents = read_contents(
                    submission, directory.ignore, directory.max_file_size * 1000
                )
                prepared = prepare(submission, self.lesson, contents)
            except UnclearSubmissionError as error:
                self.settle_unclear(submission.student, str(error))
                continue
            except Exception as error:  # whatever it is, it may not stop the batch
                reason = f"It could not be prepared ({type(error).__name__}: {error})."
                self.settle_unclear(submission.student, readable(reason))
                continue
            if not self.force and (report := self.recorder.finished(prepared)):
                self.entries[submission.student] = Entry(**report)
                self.resumed += 1
                continue
            self.prepared[submission.student] = prepared
            yield Job(
                student=submission.student,
                lesson=self.lesson.name,
                notebook=self.lesson.file,
                files=prepared.files,
                timeout=self.timeout,
                grade_cells=prepared.grade_cells,
            )

    def settle_unclear(self, student, reason):
        entry = self.entries[student]
        entry.status, entry.reason = REVIEW, reason
        try:
            if self.recorder.was_recorded(student):
                entry.flags = ["The grade of an earlier submission stands."]
            self.recorder.record_unclear(student)
            entry.cells = self.recorder.scores(student)
            entry.score = _total(entry.cells)
        except Exception as error:
            entry.flags = [f"It could not be entered in the gradebook: {readable(error)}."]

    def settle(self, job, result):
        prepared = self.prepared.pop(job.student)
        entry = self.entries[job.student]
        entry.seconds = round(result.seconds, 3)
        entry.cell_seconds = round(result.cell_seconds, 3)
        if result.status == "failed_to_start":
            entry.status, entry.reason = NOT_GRADED, result.reason
            return
        try:
            doubts = self.recorder.record(prepared, result.notebook)
            entry.cells = self.recorder.scores(job.student)
        except Exception as error:
            entry.status = NOT_GRADED
            entry.reason = f"It could not be recorded ({type(error).__name__}: {readable(error)})."
            return
        entry.score = _total(entry.cells)
        if result.status != "finished":
            doubts.insert(0, result.reason)
        doubts = [*prepared.doubts, *doubts, *result.flags]
        entry.status, entry.reason = (REVIEW, doubts[0]) if doubts else (GRADED, "")
        entry.flags = [readable(flag) for flag in [*doubts[1:], *prepared.notes]]
        self.recorder.mark_finished(prepared, asdict(entry))


def _total(cells):
    return round(sum(cell["score"] for cell in cells), 6)


def _run(batch, pool, submissions, report, console):
    batch.begin(submissions)
    with Progress(
        SpinnerColumn(),
        TextColumn("[bold]{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[state]}"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        console=console,
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
            report.interrupted = True


def show(report, console):
    """Print the table of a report, then what needs a person."""
    table = Table(title=escape(readable(report.lesson)), title_justify="left")
    table.add_column("student", overflow="fold")
    table.add_column("score", justify="right", no_wrap=True)
    table.add_column("status", no_wrap=True)
    table.add_column("points lost in")
    for entry in report.students:
        reached = entry.status != NOT_GRADED
        lost = ", ".join(
            f"{cell['id']} {cell['score']:g}/{cell['max_score']:g}"
            for cell in entry.cells
            if cell["score"] < cell["max_score"]
        )
        if reached and entry.cells and entry.score == 0:
            lost = "every cell"
        table.add_row(
            escape(readable(entry.student)),
            f"{entry.score:g} / {entry.max_score:g}" if reached else "",
            entry.status.replace("_", " "),
            escape(readable(lost)),
        )
    console.print(table)
    fresh = len(report.students) - report.resumed
    console.print(
        f"{report.count(GRADED)} graded, {report.count(REVIEW)} need review, "
        f"{report.count(NOT_GRADED)} not graded; {fresh} executed in {report.wall_seconds:.1f} s "
        f"({report.workers} workers, sandbox {report.sandbox})"
        + (f", {report.resumed} were done before" if report.resumed else "")
        + ".",
        highlight=False,
    )
    trouble = [entry for entry in report.students if entry.status != GRADED]
    if trouble:
        console.print("\n[bold]For a person to look at:[/bold]")
    for entry in trouble:
        sentences = " ".join([entry.reason, *entry.flags])
        console.print(f"  {escape(readable(entry.student))}: {escape(sentences)}", highlight=False)
    if report.interrupted:
        console.print("\nInterrupted; run the same command again and it goes on from here.")


def write_report(report, path):
    """Write the report as JSON, whole or not at all."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    own_folder.write(path, report.to_json() + "\n")
