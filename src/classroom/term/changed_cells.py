"""Add, remove and rename cells of a lesson that has been handed in already.

nbgrader refuses such a release, as it would take the lesson's grades out of the gradebook. Here the
cells are changed one by one in the gradebook first, so that every other score and comment stays;
then its release finds nothing changed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
import os
from pathlib import Path
import re
import tempfile

from nbgrader.api import (
    Comment,
    Grade,
    Gradebook,
    GradeCell,
    MissingEntry,
    SolutionCell,
    SourceCell,
    TaskCell,
)
from nbgrader.utils import is_grade, is_locked, is_solution, is_task

from classroom import notebook_files
from classroom.authoring.mentions import wrong_links
from classroom.authoring.release import generate
from classroom.course import CourseError, lesson_file, lesson_names
from classroom.grading.settings import CourseSettings
from classroom.term.hand_scores import above
from classroom.term.kept_grades import keep_grades
from classroom.term.point_claims import points_of, wrong_claims
from classroom.term.start_page import wrong_row

EVERYBODY, NEWCOMERS = "everybody", "newcomers"
SINCE = re.compile(r"\bsince\s*=\s*\{([^}]*)\}")
DAY = re.compile(r":\s*[\"']([^\"']*)[\"']")
GIVEN = "Added after you had handed in, so its points are yours."
# Each kind of cell that the gradebook has, what is one in a notebook, and what a submission has.
KINDS = {
    "grade": (GradeCell, is_grade, (Grade,)),
    "solution": (SolutionCell, is_solution, (Comment,)),
    "task": (TaskCell, is_task, (Grade, Comment)),
    "source": (
        SourceCell,
        lambda cell: is_grade(cell) or is_solution(cell) or is_locked(cell) or is_task(cell),
        (),
    ),
}


@dataclass
class Change:
    """Which cells a release would add and remove, by grade id, and where the grades are kept."""

    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    kept: Path | None = None

    def __bool__(self):
        return bool(self.added or self.removed or self.renamed)

    def __str__(self):
        parts = [
            (f"adds {', '.join(self.added)}", self.added),
            (f"removes {', '.join(self.removed)}", self.removed),
            (
                "renames " + ", ".join(f"{old} to {new}" for old, new in self.renamed.items()),
                self.renamed,
            ),
        ]
        return " and ".join(text for text, some in parts if some)


def make_ready(
    course: Path, lessons: list[str] | None, whom: str | None, renamed: list[str] | None
) -> Iterator[str]:
    """Make the gradebook ready for a release; yield a sentence on each lesson that it changes.

    Parameters
    ----------
    course : pathlib.Path
    lessons : list of str or None
        Which are to be released; all by default.
    whom : str or None
        As `change_cells` takes it.
    renamed : list of str or None
        Such as "old-name=new-name".

    Raises
    ------
    CourseError
        When an argument is none of these, or as `change_cells`.
    """
    if whom not in (None, EVERYBODY, NEWCOMERS):
        raise CourseError(f"--for takes {EVERYBODY} or {NEWCOMERS}, not '{whom}'.")
    names = dict(each.partition("=")[::2] for each in renamed or [])
    if not all(names.values()):
        raise CourseError("--renamed takes the old and the new name, as --renamed OLD=NEW.")
    if names and len(lessons or []) != 1:
        raise CourseError("--renamed is for one lesson: name it, as classroom release 01-…")
    for lesson in lessons or lesson_names(course):
        _refuse_days_that_are_none(lesson, notebook_files.read(lesson_file(course, lesson)))
        if change := change_cells(course, lesson, whom, names):
            yield f"{lesson} has been handed in; its release {change}."
            if change.kept:
                yield f"the grades as they were before are in {change.kept.relative_to(course)}"
        source = notebook_files.read(lesson_file(course, lesson))
        for sentence in wrong_claims(source):
            yield f"{lesson} says {sentence}"
        graded = filter(notebook_files.is_scored, source.cells)
        worth = {notebook_files.grade_id(cell): points_of(cell) for cell in graded}
        yield from above(course, lesson, worth)
        yield from wrong_row(course, lesson)
    yield from wrong_links(course)


def _refuse_days_that_are_none(lesson, notebook):
    """Refuse a `quiz.points(since=...)` that would fail for the whole class.

    Raises
    ------
    CourseError
        When a day cannot be read.
    """
    for cell in notebook.cells:
        for days in SINCE.findall(cell.source) if cell.cell_type == "code" else ():
            for day in DAY.findall(days):
                try:
                    date.fromisoformat(day)
                except ValueError:
                    raise CourseError(
                        f"{lesson}, cell '{cell['id']}': since names '{day}', which is no day; "
                        "write it as 2026-03-05."
                    ) from None


def change_cells(
    course: str | os.PathLike,
    lesson: str,
    whom: str | None = None,
    renamed: Mapping[str, str] | None = None,
) -> Change:
    """Make the gradebook ready for a release that adds, removes or renames cells.

    Parameters
    ----------
    course : path-like
        The folder with `nbgrader_config.py`.
    lesson : str
    whom : str, optional
        Whom a new cell counts for: "everybody", or "newcomers", those who have not handed in yet;
        the others get its points.
    renamed : mapping of str to str, optional
        The new grade id of each cell that was renamed.

    Returns
    -------
    Change
        Empty when nobody has handed in, or no cell comes or goes.

    Raises
    ------
    CourseError
        When cells come or go and nobody has said for whom, or when the lesson cannot be released.
    """
    renamed = dict(renamed or {})
    settings = CourseSettings(course)
    cells = _marked(lesson_file(settings.course, lesson))
    with settings.gradebook() as gradebook:
        try:
            notebook = gradebook.find_notebook(lesson, lesson)
        except MissingEntry:
            return Change()
        if not notebook.submissions:
            return Change()
        change = _difference(notebook, cells, renamed)
        if not change:
            return change
        if change.added and whom is None:
            raise CourseError(
                f"Lesson {lesson} has been handed in, and its release {change}. Say whom that is "
                f"for: classroom release {lesson} --for everybody (whoever has handed in has 0 "
                "there until it is handed in again), or --for newcomers (whoever has handed in "
                "gets these points). A cell that was renamed is named with --renamed OLD=NEW."
            )
        _refuse_what_nbgrader_refuses(settings.course, lesson)
        change.kept = keep_grades(gradebook, settings.course, lesson)
        try:
            _apply(gradebook, notebook, cells, renamed, whom)
            gradebook.db.commit()
        except BaseException:
            gradebook.db.rollback()
            raise
        return change


def _marked(path):
    """Return the cells of a source by kind and by grade id."""
    cells = notebook_files.read(path).cells
    return {
        kind: {cell.metadata.nbgrader["grade_id"]: cell for cell in cells if is_one(cell)}
        for kind, (_, is_one, _) in KINDS.items()
    }


def _known(notebook):
    return {
        kind: {cell.name: cell for cell in getattr(notebook, f"{kind}_cells")} for kind in KINDS
    }


def _difference(notebook, cells, renamed):
    known = _known(notebook)
    before = {(kind, name) for kind in KINDS for name in known[kind]}
    after = {(kind, name) for kind in KINDS for name in cells[kind]}
    names = {name for _, name in before}, {name for _, name in after}
    for old, new in renamed.items():
        if old not in names[0] or old in names[1] or new not in names[1] or new in names[0]:
            raise CourseError(
                f"--renamed {old}={new} fits no cell: the gradebook must have '{old}' and the "
                f"source '{new}', and neither the other."
            )
    moved = {(kind, renamed.get(name, name)) for kind, name in before}
    return Change(
        sorted({name for _, name in after - moved}),
        sorted({name for _, name in moved - after}),
        renamed,
    )


def _refuse_what_nbgrader_refuses(course, lesson):
    """Release into nothing first: the gradebook is changed for a release that will work only."""
    with tempfile.TemporaryDirectory() as folder:
        generate(course, lesson, folder, f"sqlite:///{Path(folder) / 'gradebook.db'}")


def _apply(gradebook: Gradebook, notebook, cells, renamed, whom):
    known = _known(notebook)
    for kind, (make, _, parts) in KINDS.items():
        for old, new in renamed.items():
            if old in known[kind]:
                known[kind][new] = known[kind].pop(old)
                known[kind][new].name = new
        for name in known[kind].keys() - cells[kind].keys():
            for part in parts:
                gradebook.db.query(part).filter_by(cell_id=known[kind][name].id).delete()
            gradebook.db.delete(known[kind][name])
        gradebook.db.flush()
        for name in cells[kind].keys() - known[kind].keys():
            made = make(name=name, notebook=notebook, **_fields(kind, cells[kind][name]))
            gradebook.db.add(made)
            gradebook.db.flush()
            for submitted in notebook.submissions:
                _enter(gradebook, made, parts, submitted, whom)


def _fields(kind, cell):
    if kind in ("grade", "task"):
        points = float(cell.metadata.nbgrader["points"])
        return {"max_score": points, "cell_type": cell.cell_type}
    if kind == "source":
        return {"cell_type": cell.cell_type, "locked": is_locked(cell), "source": cell.source}
    return {}


def _enter(gradebook, cell, parts, submitted, whom):
    for part in parts:
        entry = part(cell_id=cell.id, notebook=submitted)
        if whom == NEWCOMERS and part is Grade:
            # With a score of ours, as nobody has to look at it when it is graded.
            entry.auto_score, entry.manual_score = 0.0, cell.max_score
            entry.needs_manual_grade = False
        elif whom == NEWCOMERS:
            entry.manual_comment = GIVEN
        gradebook.db.add(entry)
    gradebook.db.flush()
