"""What is executed, and what comes of it: plain values that can travel to another machine."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CodeCell:
    """A code cell of the teacher's notebook.

    `kind` is "lesson", "answer" (learners write in it) or "graded"; `grade_id` is nbgrader's or "".
    """

    kind: str
    grade_id: str
    source: str


@dataclass(frozen=True)
class Teachers:
    """What a teacher gives to the judge: the code cells of the lesson in their order, and files.

    `files` are the names of those that the teacher puts beside each notebook, `learners_files` of
    those that learners bring.
    """

    cells: tuple[CodeCell, ...] = ()
    files: tuple[str, ...] = ()
    learners_files: tuple[str, ...] = ("responses.json", "tries.json")


@dataclass(frozen=True)
class Job:
    """A prepared notebook, the files beside it, and what it may use.

    Attributes
    ----------
    student, lesson : str
    notebook : str
        The name of the prepared notebook in `files`.
    files : dict of str to bytes
        Relative path to content: the notebook and what stands beside it.
    timeout : float
        Seconds a cell.
    grade_cells : tuple of str
        nbgrader's ids of the cells that score, in order.
    teachers : Teachers
    memory_mb : int
        What a kernel and all it starts may hold together.
    processes : int
        Processes and threads.
    file_mb : int
        The largest file it may write.
    output_bytes, all_output_bytes : int
        What one cell may print, and all together; the rest is dropped, and a note says so.
    most_timeouts : int
        After so many cells that ran out of time the others are not run.
    cells_of_time : int
        All cells together may take as long as so many cells may.
    """

    student: str
    lesson: str
    notebook: str
    files: dict[str, bytes]
    timeout: float
    grade_cells: tuple[str, ...]
    teachers: Teachers = Teachers()
    memory_mb: int = 4096
    processes: int = 256
    file_mb: int = 256
    output_bytes: int = 2_000_000
    all_output_bytes: int = 20_000_000
    most_timeouts: int = 3
    cells_of_time: int = 10


@dataclass(frozen=True)
class Result:
    """The executed notebook, always valid, and how the execution ended.

    `status` is "finished", "timeout" (a cell ran out of time), "died" (the kernel ended) or
    "failed_to_start" (the machine failed, and not the submission); `reason` is one sentence or "".
    `cell_seconds` is the part of `seconds` inside the notebook's own cells. `flags` are sentences
    for a person: what the submission did to the means of grading.
    """

    student: str
    notebook: bytes
    seconds: float
    cell_seconds: float
    status: str
    reason: str
    flags: tuple[str, ...] = ()
