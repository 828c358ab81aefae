"""What the table of the start page says of a lesson, and what the lesson says itself."""

from collections.abc import Iterator
from pathlib import Path
import re

import nbformat

from classroom import notebook_files
from classroom.course import lesson_file, lesson_names
from classroom.term.point_claims import points_of

START = "00-start-here"
TABLE = "path"  # the cell
ROW = r"(?m)^\| \[?{} · .*\| (\d+) \+ (\d+) \| (\d+(?:\.\d+)?) \|$"
TIME = re.compile(r"\*\*Time:\*\*(.+)")
MINUTES = re.compile(r"(\d+)(?= minutes| more| for )")


def wrong_row(course: Path, lesson: str) -> Iterator[str]:
    """Yield a sentence where the start page tells other points or minutes than a lesson has.

    Parameters
    ----------
    course : pathlib.Path
    lesson : str
    """
    if START not in lesson_names(course):
        return
    table = _text(notebook_files.read(lesson_file(course, START)), TABLE)
    rows = re.findall(ROW.format(lesson[:2]), table)
    if not rows:
        return
    reading, rest, points = rows[0]
    notebook = notebook_files.read(lesson_file(course, lesson))
    due = sum(map(points_of, notebook.cells))
    if float(points) != due:
        yield (
            f"{START}, cell {TABLE}, says {points} points of {lesson}: its cells are worth {due:g}."
        )
    line = TIME.search(_text(notebook, "promise"))
    times = [int(number) for number in MINUTES.findall(line[1])] if line else []
    if times and (int(reading), int(rest)) != (times[0], sum(times[1:])):
        yield (
            f"{START}, cell {TABLE}, says {reading} + {rest} minutes of {lesson}: its own first "
            f"cell says {times[0]} + {sum(times[1:])}."
        )


def _text(notebook: nbformat.NotebookNode, cell_id: str) -> str:
    return "\n".join(cell.source for cell in notebook.cells if cell.get("id") == cell_id)
