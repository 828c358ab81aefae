"""Make of a submission what is executed, as nbgrader's sanitising steps do, hardened."""

from dataclasses import dataclass
from datetime import datetime

import nbformat

from classroom.grading.lesson import Lesson
from classroom.grading.preparation.assembly import assemble
from classroom.grading.preparation.chosen_notebook import choose_notebook
from classroom.grading.preparation.contents import Contents
from classroom.grading.preparation.files_beside import (
    check_answers,
    read_timestamp,
    without_clashes,
)
from classroom.grading.submissions import Submission


@dataclass(frozen=True)
class Prepared:
    """What is executed of a submission, and what was seen on the way."""

    submission: Submission
    lesson: Lesson
    files: dict[str, bytes]  # the notebook under the lesson's name, and all that stands beside it
    grade_cells: tuple[str, ...]  # those that the autograder scores, in their order
    timestamp: datetime | None
    notes: tuple[str, ...]  # sentences: what was mended
    doubts: tuple[str, ...]  # sentences: what a person must look at
    fingerprint: str  # of what was handed in


def prepare(submission: Submission, lesson: Lesson, contents: Contents) -> Prepared:
    """Make the notebook to execute from a submission.

    Parameters
    ----------
    submission : Submission
    lesson : Lesson
    contents : Contents

    Returns
    -------
    Prepared

    Raises
    ------
    UnclearSubmissionError
        When it is not clear what should be graded.
    """
    notes, doubts = list(contents.notes), list(contents.doubts)
    chosen = choose_notebook(lesson, contents.files, notes, doubts)
    # A zip often has one folder in it; then that is the submission's folder.
    folder = chosen.folder
    files = {
        name[len(folder) :]: content
        for name, content in contents.files.items()
        if name.startswith(folder) and not name.lower().endswith(".ipynb")
    }
    if folder and "timestamp.txt" in contents.files:
        files["timestamp.txt"] = contents.files["timestamp.txt"]
    notebook = assemble(lesson, chosen.cells, notes)
    check_answers(lesson, files, doubts)
    timestamp = read_timestamp(files.get("timestamp.txt"), doubts)
    files = without_clashes({**files, **lesson.teachers_files})
    files[lesson.file] = nbformat.v4.writes(notebook).encode()
    return Prepared(
        submission,
        lesson,
        files,
        tuple(
            cell.metadata.nbgrader.grade_id
            for cell in notebook.cells
            if cell.cell_type == "code"
            and cell.metadata.get("nbgrader", {}).get("grade")
            and not cell.metadata.nbgrader.solution
        ),
        timestamp,
        tuple(notes),
        tuple(doubts),
        contents.fingerprint(),
    )
