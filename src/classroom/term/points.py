"""Change what a cell is worth, and every sentence that says so."""

from dataclasses import dataclass, field
from pathlib import Path
import re

from crossentropy import own_folder

from classroom import notebook_files
from classroom.course import CourseError, lesson_file, lesson_names
from classroom.term.point_claims import claims, points_of

START = "00-start-here"  # whose table has the points of each lesson
LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")
ANYTHING = re.compile(r".+", re.DOTALL)
# What a graded cell gives to the function that counts its points.
GIVEN = re.compile(r"(out_of\s*=\s*|quiz\.(?:test|challenge)_points\(\s*)(\d+(?:\.\d+)?)")


@dataclass
class Changed:
    """What `set_points` changed: files, and lines as they were and are."""

    was: float
    files: list[Path] = field(default_factory=list)
    lines: list[tuple[str, str]] = field(default_factory=list)


def set_points(course: Path, lesson: str, name: str, points: float) -> Changed:
    """Change the points of a graded cell in its source, and the text that names them.

    Headings and lines of the lesson follow, as do links to the headings in other lessons, the
    sections that the question bank names, and the table of the start page.

    Parameters
    ----------
    course : pathlib.Path
    lesson : str
    name : str
        The cell's grade id.
    points : float

    Returns
    -------
    Changed

    Raises
    ------
    CourseError
        When there is no such cell, or the points are none.
    """
    if not 0 <= points < 1000:
        raise CourseError(f"{points:g} are no points; give a number from 0 to 1000.")
    path = lesson_file(course, lesson)
    notebook = notebook_files.read(path)
    graded = {
        notebook_files.grade_id(cell): cell
        for cell in notebook.cells
        if notebook_files.grade_id(cell) and notebook_files.is_scored(cell)
    }
    if name not in graded:
        raise CourseError(
            f"{lesson} has no graded cell named '{name}'; there are: {', '.join(graded)}."
        )
    cell = graded[name]
    total = sum(map(points_of, notebook.cells))
    done = Changed(points_of(cell))
    right = [claim for claim in claims(notebook) if claim.said == claim.due]
    cell.metadata.nbgrader["points"] = int(points) if points == int(points) else points
    cell.source = GIVEN.sub(
        lambda match: f"{match[1]}{points:g}" if float(match[2]) == done.was else match[0],
        cell.source,
    )
    now = {(id(claim.cell), claim.line): claim for claim in claims(notebook)}
    for before in right:
        claim = now[id(before.cell), before.line]
        if claim.due != before.due:
            done.lines.append((claim.line, claim.mended))
            claim.cell.source = claim.cell.source.replace(claim.line, claim.mended, 1)
    notebook_files.write(notebook, path)
    done.files.append(path)
    headings = [(old.lstrip("# "), new.lstrip("# ")) for old, new in done.lines if old[0] == "#"]
    _follow_in_texts(course, lesson, headings, done)
    _follow_on_the_start_page(course, lesson, total, total - done.was + points, done)
    return done


def _follow_in_texts(course, lesson, headings, done):
    """Change what other lessons, the bank and the list of objectives say of a heading.

    Another lesson may have a heading of the same words: what is not said of this lesson stays.
    """

    def renamed(text):
        for old, new in headings:
            text = text.replace(old, new)
        return text

    def in_links(text):
        return LINK.sub(lambda link: renamed(link[0]) if f"{lesson}/" in link[2] else link[0], text)

    for other in lesson_names(course):
        if other == lesson:
            continue
        path = lesson_file(course, other)
        notebook = notebook_files.read(path)
        changed = False
        for cell in notebook.cells:
            if cell.cell_type == "markdown" and (text := in_links(cell.source)) != cell.source:
                cell.source, changed = text, True
        if changed:
            notebook_files.write(notebook, path)
            done.files.append(path)
    bank = course / "data" / "questions" / f"{lesson}.yaml"
    for path, part in ((bank, ANYTHING), (course / "docs" / "objectives.md", _section_of(lesson))):
        if not path.is_file():
            continue
        text = path.read_text(encoding="utf-8")
        changed = part.sub(lambda found: renamed(found[0]), text)
        if changed != text:
            own_folder.write(path, changed)
            done.files.append(path)


def _section_of(lesson):
    return re.compile(rf"^## {re.escape(lesson)}$.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def _follow_on_the_start_page(course, lesson, was, now, done):
    path = course / "solutions" / START / f"{START}.ipynb"
    if not path.is_file():
        return
    notebook = notebook_files.read(path)
    place = r"\(this page\)[^\n]*" if lesson == START else rf"\(\.\./{lesson}/[^\n]*"
    row = re.compile(rf"^(\|[^\n]*{place}\| ){was:g}( \|)$", re.MULTILINE)
    for cell in notebook.cells:
        changed = row.sub(rf"\g<1>{now:g}\g<2>", cell.source)
        if changed != cell.source:
            cell.source = changed
            notebook_files.write(notebook, path)
            done.lines.append((f"{was:g} points of {lesson} on the start page", f"{now:g}"))
            if path not in done.files:
                done.files.append(path)
