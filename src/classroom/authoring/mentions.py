"""Where lessons, pages and questions speak of a lesson, and which of their links lead nowhere."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
import re

import nbformat
import yaml

from classroom import notebook_files
from classroom.course import lesson_file, lesson_names, page_files

LINK = re.compile(r"\[([^\[\]]+)\]\((?:\.\./)?(\d\d-[a-z0-9-]+)/\2\.ipynb(?:#cell-id=([\w-]+))?\)")
HEADING = re.compile(r"(?m)^#+ (?:\d+ · )?(.+?)\s*$")
RANGE = re.compile(r"\b[Ll]essons?\s(\d\d)\s?(?:to|-)\s?(\d\d)\b")


@dataclass(frozen=True)
class Mention:
    """A file, by its name in the course, and the places in it that speak of a lesson."""

    file: str
    places: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.file}: {', '.join(self.places)}"


def mentions(
    course: Path, lesson: str, among: Iterable[str] | None = None, tree: str = "solutions"
) -> Iterator[Mention]:
    """Yield where the rest of a course speaks of a lesson: cells, questions, and lines of texts.

    Parameters
    ----------
    course : pathlib.Path
    lesson : str
    among : iterable of str, optional
        Only in these lessons, and on the pages; by default in all of the course.
    tree : str, optional
        The folder whose notebooks are read.
    """
    says = _saying(lesson)
    others = [one for one in (among or lesson_names(course, tree)) if one != lesson]
    for path in [*(lesson_file(course, one, tree) for one in others), *page_files(course, tree)]:
        cells = notebook_files.read(path).cells
        places = [
            f"cell {cell.get('id', '')}" for cell in cells if says(cell.source, cell.cell_type)
        ]
        if places:
            yield Mention(path.relative_to(course).as_posix(), tuple(places))
    if among is not None:
        return
    for path in sorted((course / "data" / "questions").glob("*.yaml")):
        if path.stem != lesson:
            content = yaml.safe_load(path.read_text(encoding="utf-8"))
            places = [f"question {one['id']}" for one in content["questions"] if says(str(one))]
            if places:
                yield Mention(path.relative_to(course).as_posix(), tuple(places))
    for name in ("README.md", "docs/objectives.md"):
        path = course / name
        lines = path.read_text(encoding="utf-8").split("\n") if path.is_file() else []
        places = [f"line {number}" for number, line in enumerate(lines, 1) if says(line)]
        if places:
            yield Mention(name, tuple(places))


def _saying(lesson: str):
    """Return what tells whether a text speaks of a lesson: by name, number, or a question of it."""
    number = lesson[:2]
    text = re.compile(
        rf"(?<![\w-]){re.escape(lesson)}(?![\w-])"
        rf"|(?:\b[Ll]essons?\s(?:\d\d,?\s)*(?:(?:and|or|to)\s)?|\*\*|\[){number}\b(?![.,]\d)"
    )
    code = re.compile(rf"[\"']{number}-[a-z]")

    def says(source: str, kind: str = "markdown") -> bool:
        if kind == "code":
            return bool(code.search(source))
        within = any(first <= number <= last for first, last in RANGE.findall(source))
        return within or bool(text.search(source))

    return says


def wrong_links(course: Path) -> Iterator[str]:
    """Yield a sentence for each link of lessons and pages that leads to no lesson, cell or heading.

    A link whose text is such as "03 · Three numbers" is to name the heading to which it leads.
    """
    notebooks = {one: notebook_files.read(lesson_file(course, one)) for one in lesson_names(course)}
    pages = {path.stem: notebook_files.read(path) for path in page_files(course)}
    heads = {one: _headings(notebook) for one, notebook in notebooks.items()}
    for name, notebook in (notebooks | pages).items():
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                found = [_wrong(heads, *link) for link in LINK.findall(cell.source)]
                for told in dict.fromkeys(filter(None, found)):
                    yield f"{name}, cell {cell.get('id', '')}: {told}."


def _headings(notebook: nbformat.NotebookNode) -> dict[str, list[str]]:
    """Return the headings in each markdown cell, and none of other cells, by the cell's id."""
    return {
        cell.get("id", ""): HEADING.findall(cell.source) if cell.cell_type == "markdown" else []
        for cell in notebook.cells
    }


def _wrong(heads: dict[str, dict[str, list[str]]], text: str, lesson: str, cell: str) -> str:
    if lesson not in heads:
        return f"it links to {lesson}, which is no lesson"
    if not cell:
        return ""
    if cell not in heads[lesson]:
        return f"'{text}' links to the cell {cell} of {lesson}, which has none"
    said = text.partition(" · ")[2] if re.match(r"\d\d · ", text) else ""
    there = heads[lesson][cell]
    if said and there and said not in there:
        return f"'{text}' links to the heading '{there[0]}' of {lesson}"
    return ""
