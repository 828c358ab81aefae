"""What a skeleton has left to be written: every place that still says FILL IN.

Each kind is told where its author looks: questions and worked solutions by `classroom bank check`,
lessons and pages by `classroom release`. And no handout is made with it.
"""

from collections.abc import Iterator, Mapping
import io
from pathlib import Path

from crossentropy.quiz import sealed
import yaml

from classroom import notebook_files
from classroom.authoring.lesson_skeleton import MARK
from classroom.authoring.worked_solutions import is_worked_solution
from classroom.course import lesson_file, lesson_names, page_files


def to_fill_in(course: Path) -> dict[str, str]:
    """Return where bank, lessons and their objectives say FILL IN, by the name of the file."""
    files = [
        *sorted((course / "data" / "questions").glob("*.yaml")),
        *sorted((course / "solutions").rglob("*.yaml")),
        *sorted((course / "solutions").rglob("*.ipynb")),
        *sorted((course / "docs").glob("objectives.md")),
        *sorted(course.glob("README.md")),
    ]
    found = {path.relative_to(course).as_posix(): path.read_bytes() for path in files}
    return places(found)


def places(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return where files say FILL IN: cells of notebooks, lines of texts, entries that are sealed.

    Parameters
    ----------
    files : mapping of str to bytes
        The content of each file by its name.

    Returns
    -------
    dict of str to str
        Such as "cells promise, next" or "line 12", by the names of those that say it.
    """
    found = {name: _places(name, content) for name, content in files.items()}
    return {name: told for name, told in found.items() if told}


def _places(name: str, content: bytes) -> str:
    if name.endswith(".ipynb"):
        cells = notebook_files.read(io.StringIO(content.decode())).cells
        return _listed("cell", [one.get("id", "?") for one in cells if MARK in one.source])
    if name.endswith(".sealed.json"):
        entries = sealed.unseal(content)[1]
        return _listed("entry", [one["id"] for one in entries if MARK in str(one)])
    if name.endswith((".yaml", ".md")):
        lines = enumerate(content.decode().split("\n"), 1)
        return _listed("line", [str(number) for number, line in lines if MARK in line])
    return ""


def _listed(kind: str, names: list[str]) -> str:
    if not names:
        return ""
    many = {"entry": "entries"}.get(kind, f"{kind}s")
    return f"{many if len(names) > 1 else kind} {', '.join(names)}"


def in_bank(course: Path) -> Iterator[str]:
    """Yield a sentence for each field of the bank, and each worked solution, that says FILL IN.

    The files must be such as `questions.check` finds nothing wrong with.
    """
    files = [
        *sorted((course / "data" / "questions").glob("*.yaml")),
        *sorted((course / "solutions").glob("*.challenge.yaml")),
    ]
    for path in files:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for word, objective in (content.get("objectives") or {}).items():
            yield from _told(path.relative_to(course), f"objective {word}", objective)
        for entry in content["questions"]:
            yield from _told(path.relative_to(course), f"question {entry['id']}", entry)
    for lesson in lesson_names(course):
        for cell in notebook_files.read(lesson_file(course, lesson)).cells:
            if is_worked_solution(cell) and MARK in cell.source:
                yield f"solutions/{lesson}, cell {cell['id']}: it still says {MARK}."


def _told(file: Path, part: str, fields: Mapping) -> Iterator[str]:
    for field, value in fields.items():
        if MARK in str(value):
            yield f"{file.as_posix()}, {part}, field {field}: it still says {MARK}."


def in_lessons(course: Path, lessons: list[str] | None) -> Iterator[str]:
    """Yield a sentence for each lesson (all by default) and page whose text says FILL IN."""
    files = [lesson_file(course, lesson) for lesson in lessons or lesson_names(course)]
    for path in [*files, *page_files(course)]:
        told = places({path.name: path.read_bytes()})
        if told:
            yield f"{path.relative_to(course)} still says {MARK}: {told[path.name]}."
