"""A lesson as the gradebook and the teacher's folders have it: cells, points, files."""

from collections.abc import Iterable
from dataclasses import dataclass, field
import json
import os
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Assignment, Gradebook, MissingEntry
from nbgrader.nbgraderformat import SCHEMA_VERSION
from nbgrader.utils import find_all_files, is_grade, is_locked, is_solution

from classroom import notebook_files
from classroom.course import CourseError
from classroom.grading.job import CodeCell, Teachers
from classroom.grading.settings import CourseSettings

DEFAULT_KERNEL = notebook_files.NOTEBOOK_METADATA["kernelspec"]


@dataclass(frozen=True)
class LessonCell:
    """A cell that nbgrader knows: its teacher's version and what identifies it."""

    grade_id: str
    cell_type: str
    source: str
    locked: bool
    metadata: dict[str, Any]  # nbgrader's own metadata of the cell
    released_id: str = ""  # the cell's id in the learners' version
    released_source: str = ""

    @property
    def grade(self) -> bool:
        """Whether the cell scores."""
        return bool(self.metadata["grade"])

    @property
    def solution(self) -> bool:
        """Whether learners write in it."""
        return bool(self.metadata["solution"])


@dataclass(frozen=True)
class Lesson:
    """A lesson as the gradebook and the teacher's folders have it."""

    name: str
    notebook: str  # the notebook's name without its ending
    cells: tuple[LessonCell, ...]  # in the order of the notebook
    kernelspec: dict
    teachers_files: dict[str, bytes]  # they take the place of a learner's file of the same name
    learners_files: tuple[str, ...]  # names that learners bring, which a teacher's never replace
    ids_of_others: dict[str, str] = field(default_factory=dict)  # grade id -> another lesson
    code_cells: tuple[
        tuple[str, str], ...
    ] = ()  # of the teacher's code cells: grade id or "", source
    handed_out: tuple[tuple[str, str], ...] = ()  # of the learners' version: id, source of a cell
    others: tuple[str, ...] = ()  # files of the lesson's other notebooks, where it has several

    @property
    def file(self) -> str:
        """The name of the notebook's file."""
        return f"{self.notebook}.ipynb"

    @property
    def max_score(self) -> float:
        """The points of all cells."""
        return float(sum(cell.metadata.get("points", 0) for cell in self.cells))

    @property
    def teachers(self) -> Teachers:
        """What the judge gets of the lesson."""
        known = {cell.grade_id: cell for cell in self.cells if cell.cell_type == "code"}
        order = self.code_cells or tuple((name, "") for name in known)
        cells = []
        for name, source in order:
            if (cell := known.get(name)) is None:
                cells.append(CodeCell("lesson", "", source))
            else:
                kind = "graded" if cell.grade and not cell.solution else "lesson"
                kind = "answer" if cell.solution else kind
                # The gradebook has an answer cell as learners get it; ours binds what they will.
                text = source if cell.solution and source else cell.source
                cells.append(CodeCell(kind, name, text))
        return Teachers(tuple(cells), tuple(self.teachers_files), self.learners_files)


def find_assignment(gradebook: Gradebook, name: str) -> Assignment:
    """Return what the gradebook keeps of a lesson.

    Raises
    ------
    CourseError
        When the lesson was never released into this gradebook.
    """
    try:
        return gradebook.find_assignment(name)
    except MissingEntry:
        known = ", ".join(sorted(each.name for each in gradebook.assignments)) or "none"
        raise CourseError(
            f"The gradebook has no lesson named '{name}' (it has: {known}); "
            f"run classroom release {name}, which enters it, or mend the name."
        ) from None


def load_notebooks(settings: CourseSettings, gradebook: Gradebook, name: str) -> list[Lesson]:
    """Read a lesson that may have several notebooks: each as if it were a lesson of its own.

    Parameters
    ----------
    settings : CourseSettings
    gradebook : nbgrader.api.Gradebook
    name : str

    Returns
    -------
    list of Lesson
        In the order of the notebooks' names; at least one.

    Raises
    ------
    CourseError
        When the lesson was never released into this gradebook.
    """
    assignment = find_assignment(gradebook, name)
    if not assignment.notebooks:
        raise CourseError(
            f"Lesson {name} has no notebook in the gradebook; run classroom release {name}, which "
            "enters it."
        )
    notebooks = sorted(assignment.notebooks, key=lambda each: each.name)
    return [_loaded(settings, gradebook, name, each, notebooks) for each in notebooks]


def _loaded(settings, gradebook, name, notebook, notebooks):
    directory = settings.directory
    source = settings.path(directory.source_directory, ".", name)
    released = settings.path(directory.release_directory, ".", name) / f"{notebook.name}.ipynb"
    own = tuple(settings.autograde.exclude_overwriting.get(name, ()))
    learners_cells = _cells_in(released)
    return Lesson(
        name=name,
        notebook=notebook.name,
        cells=_cells(notebook, source / f"{notebook.name}.ipynb", released),
        kernelspec=json.loads(notebook.kernelspec or "null") or DEFAULT_KERNEL,
        teachers_files=files_beside(source, directory.ignore, own),
        learners_files=own,
        ids_of_others={
            cell.name: other.name
            for other in gradebook.assignments
            if other.name != name
            for each in other.notebooks
            for cell in each.source_cells
        },
        code_cells=code_cells(_cells_in(source / f"{notebook.name}.ipynb"))
        or code_cells(learners_cells),
        handed_out=tuple((cell.get("id", ""), cell.source) for cell in learners_cells),
        others=tuple(f"{each.name}.ipynb" for each in notebooks if each is not notebook),
    )


def _cells(notebook, source, released):
    grades = {cell.name: cell for cell in notebook.grade_cells}
    tasks = {cell.name: cell for cell in notebook.task_cells}
    solutions = {cell.name for cell in notebook.solution_cells}
    released_cells = marked_cells(released)
    order = [*marked_cells(source), *released_cells]
    cells = []
    for cell in notebook.source_cells:
        metadata = {
            "schema_version": SCHEMA_VERSION,
            "grade": cell.name in grades,
            "grade_id": cell.name,
            "locked": cell.locked,
            "solution": cell.name in solutions,
            "task": cell.name in tasks,
            "cell_type": cell.cell_type,
            "checksum": cell.checksum,
        }
        if scored := grades.get(cell.name) or tasks.get(cell.name):
            metadata["points"] = float(scored.max_score)
        counterpart = released_cells.get(cell.name, {})
        cells.append(
            LessonCell(
                cell.name,
                cell.cell_type,
                cell.source or "",
                # nbgrader overwrites these from the gradebook; a task's text is the teacher's too.
                cell.locked,
                metadata,
                counterpart.get("id", ""),
                counterpart.get("source", ""),
            )
        )
    # The gradebook does not promise an order; the notebooks of the teacher have it.
    rank = {grade_id: index for index, grade_id in reversed(list(enumerate(order)))}
    return tuple(sorted(cells, key=lambda cell: rank.get(cell.grade_id, len(rank))))


def marked_cells(path: Path) -> dict[str, nbformat.NotebookNode]:
    """Return the cells of a teacher's notebook that nbgrader knows, by id, in their order.

    None of a notebook that is not there or cannot be read.
    """
    return {
        cell.metadata.nbgrader.grade_id: cell
        for cell in _cells_in(path)
        if (is_grade(cell) or is_solution(cell) or is_locked(cell))
        and "grade_id" in cell.metadata.nbgrader
    }


def code_cells(cells: Iterable[nbformat.NotebookNode]) -> tuple[tuple[str, str], ...]:
    """Return nbgrader's id, or "", and the source of each code cell of a teacher's notebook."""
    return tuple(
        (notebook_files.grade_id(cell) or "", cell.source)
        for cell in cells
        if cell.cell_type == "code"
    )


def _cells_in(path):
    """Return the cells of a teacher's notebook; none where it is not there or cannot be read."""
    try:
        return nbformat.read(path, as_version=4).cells
    except (OSError, ValueError, nbformat.ValidationError):
        return []


def files_beside(source: Path, ignore: list[str], own: tuple[str, ...]) -> dict[str, bytes]:
    """Return the files that a teacher gives along with a lesson, by name."""
    if not source.is_dir():
        return {}
    paths = find_all_files(str(source), [*ignore, "*.ipynb"])
    files = {os.path.relpath(path, source): path for path in paths}
    return {name: Path(path).read_bytes() for name, path in files.items() if name not in own}
