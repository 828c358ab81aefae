"""What the graded cells of a lesson are called: after the headings above them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
import re

from classroom.notebook_files import grade_id, is_scored

HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
PART = re.compile(r"^\*\*(.+?)\*\*")
POINTS = re.compile(r"\s*[(:]\s*\d+(\.\d+)? points?\b[^()]*\)?\.?\s*$")
# Code in a text, and the marks of nbgrader, which begin as headings do.
CODE = re.compile(r"(?ms)```.*?```|^### (?:BEGIN|END) [A-Z ]+$")


def exercise_names(cells: Iterable[Mapping]) -> dict[str, str]:
    """Return what to call each cell that scores, by its grade id.

    The name is the last heading above, as `Exercise 1 · The loss from scratch`; where text in bold
    introduces the cell, that follows as the part of the exercise.

    Parameters
    ----------
    cells : iterable of mapping
        Of a notebook of the lesson, with `cell_type`, `source` and `metadata`.

    Returns
    -------
    dict of str to str
        In the order of the notebook. Without headings a cell is called by its grade id.
    """
    names, heading, part = {}, "", ""
    for cell in cells:
        name = grade_id(cell)
        if name and is_scored(cell):
            own = _own_heading(cell)
            names[name] = own or ": ".join(filter(None, [heading, part])) or name
            part = ""
        if cell["cell_type"] != "markdown" or (name and _is_answer(cell)):
            continue
        text = CODE.sub("", _source(cell))
        if found := HEADING.findall(text):
            heading, part = _without_points(found[-1]), ""
        elif found := PART.match(text.strip()):
            part = _without_points(found[1])
    return _told_apart(names)


def _is_answer(cell: Mapping) -> bool:
    return bool(cell["metadata"]["nbgrader"].get("solution"))


def _own_heading(cell: Mapping) -> str:
    # A task carries its heading itself; the text of a free answer is the learner's.
    if cell["cell_type"] != "markdown" or not cell["metadata"]["nbgrader"].get("task"):
        return ""
    found = HEADING.findall(CODE.sub("", _source(cell)))
    return _without_points(found[0]) if found else ""


def _source(cell: Mapping) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _without_points(heading: str) -> str:
    return re.sub(r"[*`]", "", POINTS.sub("", heading)).strip().rstrip(".:")


def _told_apart(names: dict[str, str]) -> dict[str, str]:
    """Two cells of one exercise without parts are told apart by their ids."""
    often = list(names.values())
    return {
        key: f"{name} ({key})" if often.count(name) > 1 and name != key else name
        for key, name in names.items()
    }
