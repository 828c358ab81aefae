"""Make of a submission what is executed, as nbgrader's sanitising steps do, hardened."""

from dataclasses import dataclass
from datetime import datetime

import nbformat

from classroom.grading.lesson import Lesson
from classroom.grading.preparation.assembly import assemble
from classroom.grading.preparation.chosen_notebook import choose_notebook
from classroom.grading.preparation.contents import Contents
from classroom.grading.preparation.elsewhere import Suspicion
from classroom.grading.preparation.files_beside import (
    check_answers,
    files_beside,
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
    suspicions: tuple[Suspicion, ...]  # what a person must look at if points were lost
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
    suspicions = []
    chosen = choose_notebook(lesson, contents.files, notes, doubts, suspicions)
    # A zip often has one folder in it; then that is the submission's folder.
    files = files_beside(lesson, chosen.folder, contents.files, notes)
    check_answers(lesson, files, notes, doubts)
    notebook, elsewhere = assemble(lesson, chosen.cells, notes)
    suspicions += elsewhere
    timestamp = read_timestamp(files.get("timestamp.txt"), doubts)
    ours = {**lesson.teachers_files, lesson.file: nbformat.v4.writes(notebook).encode()}
    files = without_clashes(files, ours, notes)
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
        tuple(suspicions),
        contents.fingerprint(),
    )
