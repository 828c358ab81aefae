"""Read and write notebook files so that the same notebook is always the same bytes."""

from collections.abc import Mapping
import os
from pathlib import Path

from crossentropy import asleep, own_folder
import nbformat

from classroom.course import CourseError

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
NOTEBOOK_METADATA = {
    "kernelspec": {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}
KEPT_CELL_METADATA = ("deletable", "editable", "nbgrader", "tags")


def normalise(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Take out of a notebook whatever changes from run to run or machine to machine; in place.

    Widget state and widget views go (they can hold answers, and mean nothing without the kernel
    that made them), as do timings, kernel versions and viewing habits. Execution counts run from
    1 in the order of the cells that ran.

    Parameters
    ----------
    notebook : nbformat.NotebookNode

    Returns
    -------
    nbformat.NotebookNode
        The same object.
    """
    notebook.metadata = nbformat.from_dict(NOTEBOOK_METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    count = 0
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict(
            {key: cell.metadata[key] for key in KEPT_CELL_METADATA if cell.metadata.get(key)}
            | {key: False for key in ("deletable", "editable") if cell.metadata.get(key) is False}
        )
        if cell.cell_type != "code":
            continue
        if cell.execution_count is not None:
            count += 1
            cell.execution_count = count
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = cell.execution_count
        drop_widgets(cell)
    return notebook


def drop_widgets(cell: nbformat.NotebookNode) -> None:
    """Take out of a code cell's outputs what means nothing without a kernel; in place."""
    for output in cell.outputs:
        data = output.get("data", {})
        data.pop(WIDGET_VIEW, None)
        if "text/html" in data:
            data["text/html"] = asleep.without(data["text/html"])
    cell.outputs = [one for one in cell.outputs if one.get("data", True)]


def read(path: str | os.PathLike) -> nbformat.NotebookNode:
    """Return the notebook in a file.

    Raises
    ------
    CourseError
        When the file is not a notebook.
    """
    try:
        return nbformat.read(path, as_version=4)
    except (OSError, ValueError, nbformat.ValidationError) as error:
        raise CourseError(
            f"{path} cannot be read as a notebook ({error}); restore it with git."
        ) from None


def to_text(notebook: nbformat.NotebookNode) -> str:
    """Return the text of a notebook file: sorted keys, one newline at the end."""
    return nbformat.writes(notebook).rstrip("\n") + "\n"


def write(notebook: nbformat.NotebookNode, path: str | os.PathLike) -> None:
    """Write a notebook; whoever reads the file meanwhile sees the old one or the new one, whole."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    own_folder.write(path, to_text(notebook))


def is_scored(cell: Mapping) -> bool:
    """Return whether a cell has points: it is graded by its test, or by a person."""
    mark = cell["metadata"].get("nbgrader", {})
    return bool(mark.get("grade") or mark.get("task"))


def grade_id(cell: Mapping) -> str | None:
    """Return the name by which nbgrader knows a cell, or None; of any record of a cell."""
    mark = cell["metadata"].get("nbgrader")
    name = mark.get("grade_id") if isinstance(mark, Mapping) else None
    return name if isinstance(name, str) else None


def is_graded(cell: Mapping) -> bool:
    """Return whether nbgrader gives points for a cell; what learners run need not import it."""
    mark = cell["metadata"].get("nbgrader")
    return isinstance(mark, Mapping) and bool(mark.get("grade"))
