"""Put the halves of an answer together that an editor has split into cells.

Splitting a cell of JupyterLab leaves two with the same mark. Where that cuts a function in two,
neither half is right alone, and together they are what the learner wrote.
"""

from typing import Any

from classroom.grading.lesson import Lesson
from classroom.grading.preparation.exercises import is_python, parsed
from classroom.notebook_files import grade_id

MOST_HALVES = 20


def joined_halves(
    lesson: Lesson, cells: list[dict[str, Any]], notes: list[str]
) -> list[dict[str, Any]]:
    """Return the cells, with an answer that was split into several in one again.

    Parameters
    ----------
    lesson : Lesson
    cells : list of dict
        As `any_notebook.read_cells` returns them.
    notes : list of str
        A sentence on each answer that was split is added.
    """
    answers = {cell.grade_id: cell for cell in lesson.cells if cell.solution and not cell.locked}
    ids = {cell.released_id: name for name, cell in answers.items() if cell.released_id}
    known = {cell.grade_id for cell in lesson.cells}
    made, index = [], 0
    while index < len(cells):
        cell, count = cells[index], 1
        name = grade_id(cell)
        name = name if name in answers else ids.get(cell["id"]) if name not in known else None
        if name and cell["cell_type"] == "code":
            cell, count = _with_its_halves(name, cells[index : index + MOST_HALVES], known)
            if count > 1:
                notes.append(f"The answer '{name}' was split into {count} cells and was joined.")
        made.append(cell)
        index += count
    return made


def _with_its_halves(name, cells, known):
    """Return the first cell with what belongs to it, and how many cells that was."""
    first = cells[0]
    text, whole = first["source"], is_python(first)
    best, count = first, 1
    for number, other in enumerate(cells[1:], start=2):
        mark = grade_id(other)
        if other["cell_type"] != "code" or (mark in known and mark != name):
            break
        alone = is_python(other)
        if whole and alone:  # each can be run by itself
            break
        text = f"{text}\n{other['source']}"
        if parsed(text) is not None:
            best, count, whole = {**first, "source": text}, number, True
    return best, count
