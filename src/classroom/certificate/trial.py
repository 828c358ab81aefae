"""Try answers to an exercise: in the sandbox, many in one pair of kernels, as a class is graded."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
import re

import nbformat
from nbgrader.utils import determine_grade

from classroom import notebook_files
from classroom.certificate.exercises import Exercise
from classroom.certificate.samples import Sample
from classroom.course import MachineError
from classroom.grading.job import Job, Result
from classroom.grading.lesson import Lesson
from classroom.grading.workers import LocalWorkers

BEGIN_HIDDEN = re.compile(r"^( *)### BEGIN HIDDEN TESTS *$", re.M)
HIDDEN = re.compile(r"^ *### BEGIN HIDDEN TESTS\n.*?^ *### END HIDDEN TESTS\n?", re.M | re.S)
HIDDEN_BEGIN = "(the hidden tests begin)"  # what is printed there
# An answer finds the names of the lesson, and none of the answer that was tried before it.
KEEP = "get_ipython().kept = dict(globals())"
AGAIN = """
for _name in {*globals()} - {*get_ipython().kept}:
    del globals()[_name]
globals().update(get_ipython().kept)
"""


@dataclass(frozen=True)
class Refusal:
    """How a test refused an answer: kind and message of the error, and whether it was hidden.

    When the test has given less than all points, `kind` is "" and `message` what it printed.
    """

    kind: str
    message: str
    hidden: bool = False

    def __str__(self):
        return f"{self.kind}: {self.message}" if self.kind else self.message


@dataclass(frozen=True)
class Outcome:
    """What came of an answer: for each test that refused it, how."""

    sample: Sample
    refusals: dict[str, Refusal] = field(default_factory=dict)

    @property
    def first(self) -> Refusal | None:
        """What the learner reads first: of a test that is shown, else of a hidden one."""
        return min(self.refusals.values(), key=lambda one: one.hidden, default=None)


def visible(source: str) -> str:
    """Return a test as learners get it."""
    return HIDDEN.sub("", source)


def marked(source: str) -> str:
    """Return a test that prints where its hidden part begins."""
    return BEGIN_HIDDEN.sub(rf'\1print("{HIDDEN_BEGIN}")', source)


def job_for(
    lesson: Lesson, exercise: Exercise, samples: list[Sample], timeout: float, name: str
) -> Job:
    """Return the job that tries some answers to an exercise one after the other.

    Parameters
    ----------
    lesson : Lesson
    exercise : Exercise
    samples : list of Sample
    timeout : float
        Seconds a cell.
    name : str
        Of the job, as a student has one.
    """
    needed = exercise.needed(sample.source for sample in samples)
    cells = [nbformat.v4.new_code_cell(source) for source in [*needed, KEEP]]
    for number, sample in enumerate(samples):
        cells += [nbformat.v4.new_code_cell(source) for source in (AGAIN, sample.source)]
        for test in exercise.tests:
            cell = nbformat.v4.new_code_cell(marked(test.source))
            cell["id"] = f"{test.grade_id[:50]}-{number}"
            cell.metadata = nbformat.from_dict({"nbgrader": test.metadata})
            cells.append(cell)
    notebook = nbformat.v4.new_notebook(cells=cells)
    return Job(
        student=name,
        lesson=lesson.name,
        notebook=lesson.file,
        files={**lesson.teachers_files, lesson.file: nbformat.writes(notebook).encode()},
        timeout=timeout,
        grade_cells=tuple(test.grade_id for test in exercise.tests),
        teachers=lesson.teachers,
        most_timeouts=3 * len(samples),
        cells_of_time=10 * len(samples),
    )


def outcomes_of(result: Result, exercise: Exercise, samples: list[Sample]) -> list[Outcome]:
    """Return what came of the answers of a job."""
    notebook = nbformat.reads(result.notebook.decode(), as_version=4)
    tests = {test.grade_id for test in exercise.tests}
    cells = [cell for cell in notebook.cells if notebook_files.grade_id(cell) in tests]
    size = len(exercise.tests)
    found = []
    for number, sample in enumerate(samples):
        judged = cells[number * size : (number + 1) * size]
        refusals = {notebook_files.grade_id(cell): _refusal(cell) for cell in judged}
        found.append(Outcome(sample, {name: one for name, one in refusals.items() if one}))
    return found


def _refusal(cell):
    printed = "".join(each.text for each in cell.outputs if each.output_type == "stream")
    hidden = HIDDEN_BEGIN in printed
    for output in cell.outputs:
        if output.output_type == "error":
            return Refusal(output.ename, output.evalue, hidden)
    points, most = determine_grade(cell)
    if points is not None and points < most:
        return Refusal("", f"{points:g} of {most:g} points. {printed}".strip(), hidden)
    return None


def try_samples(
    lesson: Lesson,
    chosen: Iterable[tuple[Exercise, list[Sample]]],
    workers: LocalWorkers,
    timeout: float,
    most: int,
) -> Iterator[Outcome]:
    """Try answers side by side.

    Parameters
    ----------
    lesson : Lesson
    chosen : iterable of (Exercise, list of Sample)
    workers : LocalWorkers
        Entered.
    timeout : float
        Seconds a cell.
    most : int
        Answers that one pair of kernels tries.

    Yields
    ------
    Outcome
        As they come.

    Raises
    ------
    MachineError
        When this machine cannot execute them.
    """
    waiting = {}

    def jobs():
        for exercise, samples in chosen:
            parts = -(-len(samples) // most)
            for part in range(parts):
                some = samples[part::parts]  # right ones run every test: each job gets its share
                name = f"{exercise.name} {len(waiting)}"
                waiting[name] = exercise, some
                yield job_for(lesson, exercise, some, timeout, name)

    for job, result in workers.run(jobs()):
        if result.status == "failed_to_start":
            raise MachineError(
                f"Answers to '{waiting[job.student][0].name}' could not be tried: {result.reason} "
                "See classroom doctor."
            )
        yield from outcomes_of(result, *waiting[job.student])
