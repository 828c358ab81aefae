"""Which cells of a learner's notebook are the lesson's, whatever became of their marks."""

from typing import Any

from classroom.grading.lesson import Lesson, LessonCell
from classroom.notebook_files import grade_id


def recognise(lesson: Lesson, cells: list[dict[str, Any]]) -> dict[str, int]:
    """Return the index of each of the lesson's cells that is there, by grade id.

    By nbgrader's mark first, of several the last, as nbgrader does; then by the cell's own id;
    then by its text, as tools that take out the marks leave both.
    """
    ids = {cell.grade_id for cell in lesson.cells}
    found = {}
    for index, cell in enumerate(cells):
        if (name := grade_id(cell)) in ids:
            found[name] = index
    marked = {index for index, cell in enumerate(cells) if grade_id(cell) in ids}
    for cell in lesson.cells:
        if cell.grade_id in found:
            continue
        for same in (_same_id, _same_text):
            index = next(
                (
                    index
                    for index, candidate in enumerate(cells)
                    if index not in marked and same(cell, candidate)
                ),
                None,
            )
            if index is not None:
                found[cell.grade_id] = index
                marked.add(index)
                break
    return found


def _same_id(cell: LessonCell, candidate):
    return bool(cell.released_id) and candidate["id"] == cell.released_id


def _same_text(cell: LessonCell, candidate):
    texts = {cell.source.strip(), cell.released_source.strip()} - {""}
    return candidate["source"].strip() in texts


def has_work(lesson: Lesson, cells: list[dict[str, Any]]) -> bool:
    """Return whether any answer differs from what was handed out."""
    known = recognise(lesson, cells)
    return any(
        cells[known[cell.grade_id]]["source"].strip()
        not in (cell.source.strip(), cell.released_source.strip())
        for cell in lesson.cells
        if not cell.locked and cell.grade_id in known
    )
