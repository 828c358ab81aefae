"""Which cells of a learner's notebook are the lesson's, whatever became of their marks."""

from collections.abc import Mapping
from typing import Any

from classroom.grading.lesson import Lesson, LessonCell
from classroom.notebook_files import grade_id


def recognise(lesson: Lesson, cells: list[dict[str, Any]]) -> dict[str, int]:
    """Return the index of each of the lesson's cells that is there, by grade id.

    By nbgrader's mark first, of several the last, as nbgrader does, but for copies of what was
    handed out; then by the cell's own id; then by its text, as tools that take out the marks leave
    both.
    """
    known = {cell.grade_id: cell for cell in lesson.cells}
    found = {}
    for index, cell in enumerate(cells):
        name = grade_id(cell)
        if name in known and (name not in found or not is_as_handed_out(known[name], cell)):
            found[name] = index
    marked = {index for index, cell in enumerate(cells) if grade_id(cell) in known}
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
    return bool(candidate["source"].strip()) and is_as_handed_out(cell, candidate)


def is_as_handed_out(cell: LessonCell, candidate: Mapping[str, Any]) -> bool:
    """Return whether a learner's cell has the text that a cell of the lesson was released with."""
    text = candidate["source"].strip()
    return text in (cell.source.strip(), cell.released_source.strip())


def has_work(lesson: Lesson, cells: list[dict[str, Any]]) -> bool:
    """Return whether any answer differs from what was handed out."""
    known = recognise(lesson, cells)
    return any(
        not is_as_handed_out(cell, cells[known[cell.grade_id]])
        for cell in lesson.cells
        if not cell.locked and cell.grade_id in known
    )
