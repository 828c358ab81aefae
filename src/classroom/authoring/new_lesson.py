"""A skeleton of a lesson, complete and in its place: what is to be written says FILL IN."""

from __future__ import annotations

from pathlib import Path
import re

from crossentropy import own_folder

from classroom import notebook_files
from classroom.authoring import lesson_skeleton
from classroom.authoring.lesson_skeleton import START, link
from classroom.course import CourseError, lesson_file, lesson_names

NAME = re.compile(r"\d\d(-[a-z0-9]+)+")
LINK = re.compile(r"\[([^\[\]]+)\]\(\.\./(\d\d-[a-z0-9-]+)/\2\.ipynb\)")


def new_lesson(course: Path, name: str, title: str) -> list[Path]:
    """Write a lesson that runs and says what is to be filled in, and everything that names it.

    That are the notebook, its file in the question bank, its table in docs/objectives.md, its line
    in the README and on the start page, its rule on the cheat sheet; and the lesson before leads
    to it. Nothing is executed or released.

    Parameters
    ----------
    course : pathlib.Path
    name : str
        Two digits and words: `09-focal-loss`.
    title : str

    Returns
    -------
    list of pathlib.Path
        The files that were written or changed.

    Raises
    ------
    CourseError
        When the name is none, or taken.
    """
    _refuse(course, name, title)
    names = sorted([*lesson_names(course), name])
    before, after = names[names.index(name) - 1], names[names.index(name) + 1 :]
    following = after[0] if after else START
    target = course / "solutions" / name / f"{name}.ipynb"
    notebook_files.write(lesson_skeleton.notebook(name, title, following), target)
    questions = course / "data" / "questions" / f"{name}.yaml"
    own_folder.write(questions, lesson_skeleton.questions(name, title))
    return [
        target,
        questions,
        _change(course / "docs" / "objectives.md", lambda text: _with_table(text, name)),
        _change(course / "README.md", lambda text: _in_readme(text, name)),
        _change_cell(lesson_file(course, START), "path", lambda text: _with_row(text, name, title)),
        _change_cell(
            lesson_file(course, before), "next", lambda text: _leading_to(text, name, title)
        ),
        _change_cell(
            course / "solutions" / "cheat-sheet.ipynb", "rules", lambda text: _with_rule(text, name)
        ),
    ]


def _refuse(course: Path, name: str, title: str) -> None:
    known = lesson_names(course)
    if not NAME.fullmatch(name):
        raise CourseError(
            f"'{name}' is no name of a lesson: give two digits and small words, such as "
            f"{_free(known):02}-focal-loss."
        )
    taken = next((each for each in known if each[:2] == name[:2]), None)
    if taken:
        raise CourseError(
            f"The number {name[:2]} is that of {taken}; the next one is {_free(known):02}."
        )
    if not title.strip() or "\n" in title or "|" in title:
        raise CourseError("A lesson's title is one line of text without '|'.")


def _free(known: list[str]) -> int:
    return max((int(each[:2]) for each in known), default=0) + 1


def _change(path: Path, edit) -> Path:
    if path.is_file():
        own_folder.write(path, edit(path.read_text(encoding="utf-8")))
    return path


def _change_cell(path: Path, cell_id: str, edit) -> Path:
    """Change the text of one cell, where there is such a file and cell."""
    if not path.is_file():
        return path
    notebook = notebook_files.read(path)
    for cell in notebook.cells:
        if cell.id == cell_id:
            cell.source = edit(cell.source)
            notebook_files.write(notebook, path)
    return path


def _with_table(text: str, name: str) -> str:
    """Put the table of a lesson before that of the next one, or at the end."""
    parts = re.split(r"(?m)^(?=## )", text)
    later = [place for place, part in enumerate(parts) if place and part.split("\n")[0][3:] > name]
    place = later[0] if later else len(parts)
    parts[place:place] = [lesson_skeleton.objectives_table(name)]
    joined = "\n\n".join(part.strip("\n") for part in parts)
    return f"{joined}\n"


def _with_row(text: str, name: str, title: str) -> str:
    return _after_earlier(text, r"\| \[?(\d\d) · ", name, lesson_skeleton.row(name, title))


def _in_readme(text: str, name: str) -> str:
    return _after_earlier(text, r"\| `(\d\d)-", name, lesson_skeleton.readme_row(name))


def _after_earlier(text: str, line_of: str, name: str, made: str) -> str:
    """Put a line after the last one that begins as those of earlier lessons do, if there is one."""
    lines = text.split("\n")
    found = [(place, re.match(line_of, line)) for place, line in enumerate(lines)]
    earlier = [place for place, line in found if line and line[1] < name[:2]]
    if earlier:
        lines.insert(earlier[-1] + 1, made)
    return "\n".join(lines)


def _leading_to(text: str, name: str, title: str) -> str:
    """Lead to the new lesson, and to none other: from the last lesson it was the start page."""
    to_start = [found for found in LINK.finditer(text) if found[2] == START]
    text = LINK.sub(lambda found: found[1] if to_start else link(name, title), text, count=1)
    if not to_start:
        return text
    first, *rest = text.split("\n\n")
    return "\n\n".join([first, f"Go on with {link(name, title)}.", *rest])


def _with_rule(text: str, name: str) -> str:
    return _after_earlier(text, r"- \*\*(\d\d)\*\* ", name, lesson_skeleton.rule(name))
