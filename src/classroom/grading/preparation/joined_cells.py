"""See whether cells were joined by hand, so that a part of an answer may stand where none looks.

JupyterLab gives two cells that are made one a new id, and the mark of one of them.
"""

from nbformat import NotebookNode

from classroom.grading.lesson import Lesson
from classroom.grading.preparation.elsewhere import Suspicion
from classroom.grading.submissions import readable
from classroom.notebook_files import grade_id


def find_joined(lesson: Lesson, cells: list[NotebookNode]) -> list[Suspicion]:
    """Return what a person should know when an exercise has lost points.

    Parameters
    ----------
    lesson : Lesson
    cells : list of nbformat.NotebookNode
        Those that are executed, in their order.
    """
    ids = {cell.id for cell in cells}
    gone = [source for name, source in lesson.handed_out if name not in ids and source.strip()]
    if len(gone) >= len(lesson.handed_out) / 2:  # by a program that keeps no ids
        return []
    known = {name for name, _ in lesson.handed_out}
    answers = {cell.grade_id for cell in lesson.cells if not cell.locked}
    joined = [
        cell
        for cell in cells
        if cell.id not in known and (grade_id(cell) in answers or _holds(cell.source, gone))
    ]
    if not joined:
        return []
    tests = tuple(cell.grade_id for cell in lesson.cells if cell.grade)
    where = readable(grade_id(joined[0]) or joined[0].id)
    sentence = f"Cells were joined by hand ('{where}'); a part of an answer may stand elsewhere."
    return [Suspicion(tests, sentence)]


def _holds(source, gone):
    return any(text in source and text.strip() != source.strip() for text in gone)
