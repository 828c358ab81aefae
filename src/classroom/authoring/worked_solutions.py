"""Worked solutions: written in the source of a lesson, sealed for its release.

In `solutions/` a code cell `quiz.worked_solution("02-stable-softmax")` is followed by a
markdown cell with the tag `worked-solution` and the id `stable-softmax-worked`. The release
drops the markdown cell, and its text lies sealed in `data/worked/<lesson>.sealed.json`.
"""

from collections.abc import Iterator
from pathlib import Path
import re

from crossentropy import own_folder
from crossentropy.quiz import sealed
from nbformat import NotebookNode
from traitlets.config import PyFileConfigLoader

from classroom import notebook_files
from classroom.course import CourseError, lesson_file, lesson_names

TAG = "worked-solution"
ENDS = "-worked"
FOLDED = re.compile(r"\s*<details>\s*<summary>.*?</summary>(.*)</details>\s*", re.DOTALL)


def is_worked_solution(cell: NotebookNode) -> bool:
    """Return whether a cell is for whoever has solved the exercise, and not for the release."""
    return TAG in cell.metadata.get("tags", [])


def seal(course: Path) -> list[Path]:
    """Write the sealed file of each lesson that has worked solutions and does not withhold them.

    Returns
    -------
    list of pathlib.Path
        The files written or removed, in data/worked; none in a course without a folder `data`.
    """
    if not (course / "data").is_dir():
        return []
    folder = course / "data" / "worked"
    changed = []
    for lesson, content in _sealed(course).items():
        path = folder / f"{lesson}.sealed.json"
        if content is None:
            if path.exists():
                path.unlink()
                changed.append(path)
            continue
        folder.mkdir(exist_ok=True)
        own_folder.write(path, content)
        changed.append(path)
    return changed


def problems(course: Path) -> list[str]:
    """Return what is wrong with worked solutions and their sealed files, a sentence each."""
    found = []
    for lesson in lesson_names(course):
        found += _problems_of(lesson, notebook_files.read(lesson_file(course, lesson)))
    if found or not (course / "data").is_dir():
        return found
    for lesson, content in _sealed(course).items():
        path = course / "data" / "worked" / f"{lesson}.sealed.json"
        if (path.read_bytes() if path.is_file() else None) != content:
            found.append(
                f"data/worked/{path.name} does not hold the worked solutions of solutions/{lesson}"
                ": run make release."
            )
    return found


def _sealed(course: Path) -> dict[str, bytes | None]:
    """Return what belongs into the file of each lesson; None where there is to be no file."""
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
    withheld = config.get("WorkedSolutions", {}).get("withheld", [])
    strangers = set(withheld) - set(lesson_names(course))
    if strangers:
        raise CourseError(
            f"nbgrader_config.py withholds worked solutions of {', '.join(sorted(strangers))}, "
            "which is no lesson."
        )
    contents = {}
    for lesson in lesson_names(course):
        notebook = notebook_files.read(lesson_file(course, lesson))
        entries = [
            {"id": _exercise(lesson, cell), "text": _text(cell)}
            for cell in notebook.cells
            if is_worked_solution(cell)
        ]
        given = entries and lesson not in withheld
        contents[lesson] = sealed.seal(lesson, entries) if given else None
    return contents


def _exercise(lesson: str, cell: NotebookNode) -> str:
    return f"{lesson[:2]}-{cell['id'].removesuffix(ENDS)}"


def _text(cell: NotebookNode) -> str:
    folded = FOLDED.fullmatch(cell.source)
    return (folded[1] if folded else cell.source).strip()


def _problems_of(lesson: str, notebook: NotebookNode) -> Iterator[str]:
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    for cell in notebook.cells:
        if not is_worked_solution(cell):
            continue
        where, name = f"solutions/{lesson}, cell {cell['id']}", _exercise(lesson, cell)
        if cell.cell_type != "markdown" or not cell["id"].endswith(ENDS):
            yield f"{where}: a worked solution is a markdown cell whose id ends in {ENDS}."
        for verb in ("passed", "worked_solution"):
            if f'quiz.{verb}("{name}")' not in code:
                yield f'{where}: no cell of the lesson calls quiz.{verb}("{name}").'
        if re.search(r"</?(details|summary)", _text(cell)):
            yield f"{where}: only one details element may be around it, with one summary."
