"""Files of grades: nbgrader's table, quoted, and those that Canvas and Moodle take in."""

from __future__ import annotations

import contextlib
import csv
from dataclasses import replace
import io
import os
from pathlib import Path
import re

from crossentropy import own_folder
from nbgrader.api import Gradebook
from nbgrader.plugins import CsvExportPlugin
from traitlets.utils.importstring import import_item

from classroom.course import CourseError
from classroom.grading.grades import Grades, Learner, read_grades
from classroom.grading.settings import CourseSettings
from classroom.without_names import numbers

COLUMNS = (
    *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"),
    *("raw_score", "late_submission_penalty", "score", "max_score"),
)
CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
MOODLE = ("Username", "ID number", "Email address", "First name", "Last name")
PLATFORMS = {"canvas": CANVAS, "moodle": MOODLE}
POINTS_POSSIBLE = "Points Possible"


class QuotedCsvExport(CsvExportPlugin):
    """nbgrader's table of grades with its columns, in which a name may hold a comma.

    Lessons that were never assigned are left out.
    """

    def export(self, gradebook: Gradebook) -> None:
        """Write the table to `to`, by default grades.csv."""
        grades = read_grades(gradebook, list(map(str, self.assignment)) or None)
        rows = _rows(grades, {str(each) for each in self.student})
        own_folder.write(Path(self.to or "grades.csv").absolute(), _csv(rows))


def _rows(grades: Grades, chosen: set[str]) -> list[tuple]:
    rows = [COLUMNS]
    for lesson in grades.lessons:
        for one in grades.learners:
            if chosen and one.id not in chosen:
                continue
            grade = grades.of.get((lesson.name, one.id))
            scores = (grade.raw, grade.penalty, grade.score) if grade else (0.0, 0.0, 0.0)
            handed_in = grade.handed_in if grade else None
            about = (one.id, one.last_name, one.first_name, one.email)
            rows.append((lesson.name, lesson.due, handed_in, *about, *scores, lesson.out_of))
    return rows


def export_grades(course: str | os.PathLike, lessons: list[str] | None = None) -> Path:
    """Write the table of grades, by the course's own export plugin if it has one; return its path.

    Parameters
    ----------
    course : path-like
    lessons : list of str, optional
        Only these; by default all that were assigned.
    """
    settings = CourseSettings(course)
    plugin = settings.config.ExportApp.get("plugin_class") or QuotedCsvExport
    plugin = import_item(plugin) if isinstance(plugin, str) else plugin
    exporter = plugin(config=settings.config)
    if lessons:
        exporter.assignment = lessons
    with contextlib.chdir(settings.course), settings.gradebook() as gradebook:
        exporter.export(gradebook)
    return settings.course / (exporter.to or "grades.csv")


def export_without_names(course: str | os.PathLike, lessons: list[str] | None = None) -> Path:
    """Write the table of grades with learners by numbers, drawn anew each time; return its path.

    Names, ids, addresses and the moment of the hand-in are left out: each tells who somebody is.

    Parameters
    ----------
    course : path-like
    lessons : list of str, optional
        Only these; by default all that were assigned.
    """
    settings = CourseSettings(course)
    with settings.gradebook() as gradebook:
        grades = read_grades(gradebook, lessons)
    called = numbers(one.id for one in grades.learners)
    hidden = Grades(
        grades.lessons,
        tuple(Learner(name, "", "", "", "") for name in sorted(called.values())),
        {
            (lesson, called[student]): replace(grade, handed_in=None)
            for (lesson, student), grade in grades.of.items()
        },
    )
    path = settings.course / "grades-without-names.csv"
    own_folder.write(path, _csv(_rows(hidden, set())))
    return path


def export_for(
    course: str | os.PathLike,
    platform: str,
    roster: str | os.PathLike | None = None,
    lessons: list[str] | None = None,
) -> tuple[Path, list[str]]:
    """Write grades as a platform takes them in: one row a learner, one column a lesson.

    A cell stays empty, and a platform then leaves the grade as it is, where nothing was handed in
    or a person has still to read something.

    Parameters
    ----------
    course : path-like
    platform : str
        "canvas" or "moodle".
    roster : path-like, optional
        The table of grades that the platform has exported. Its rows and ids are used, and of
        Canvas the columns of assignments that are called after a lesson.
    lessons : list of str, optional
        Only these; by default all that were assigned.

    Returns
    -------
    path : pathlib.Path
    notes : list of str
        One sentence each on what stays empty and why.
    """
    settings = CourseSettings(course)
    with settings.gradebook() as gradebook:
        grades = read_grades(gradebook, lessons)
    titles, people, notes = _people(grades, platform, roster)
    header = [_title(lesson.name, titles) for lesson in grades.lessons]
    rows = [[*PLATFORMS[platform], *header]]
    if platform == "canvas":
        points = [f"{lesson.out_of:g}" for lesson in grades.lessons]
        rows.append([f"    {POINTS_POSSIBLE}", *[""] * (len(CANVAS) - 1), *points])
    waiting = 0
    for ids, learner in people:
        row = []
        for lesson in grades.lessons:
            grade = grades.of.get((lesson.name, learner.id))
            waiting += bool(grade and grade.waits)
            row.append("" if grade is None or grade.waits else f"{round(grade.score, 2):g}")
        rows.append([*ids, *row])
    if waiting:
        notes.append(f"{waiting} grades stay empty, as a person has still to read something.")
    path = settings.course / f"grades-{platform}.csv"
    own_folder.write(path, _csv(rows))
    return path, notes


def _people(grades: Grades, platform: str, roster):
    """Return the roster's titles, the ids of each learner in the platform's columns, and notes."""
    if roster is None:
        own = {"canvas": _for_canvas, "moodle": _for_moodle}[platform]
        return (), [(own(one), one) for one in grades.learners], []
    table = _table(Path(roster))
    titles = tuple(table[0]) if table else ()
    columns = PLATFORMS[platform]
    by_key = {key: one for one in grades.learners for key in _keys(one)}
    people, missing = [], []
    for row in table:
        told = [row.get(column) or "" for column in columns]
        if POINTS_POSSIBLE in told[0]:
            continue
        known = [by_key[key] for key in map(str.casefold, told) if key in by_key]
        if known:
            people.append((told, known[0]))
        else:
            missing.append(next(filter(None, told), "a line without a name"))
    placed = {one.id for _, one in people}
    left_out = [one.id for one in grades.learners if one.id not in placed]
    notes = []
    if missing:
        notes.append(f"Not in the gradebook, so left out: {', '.join(missing)}.")
    if left_out:
        notes.append(f"Not in {Path(roster).name}, so left out: {', '.join(left_out)}.")
    return titles, people, notes


def _table(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CourseError(f"{path} cannot be read as a table ({error}); export it again.") from None


def _keys(one: Learner) -> list[str]:
    return [key.casefold() for key in (one.id, one.email, one.platform_id) if key]


def _title(lesson: str, titles: tuple[str, ...]) -> str:
    """Return Canvas's title of a lesson's column, as `01-loss-definition (52881)`."""
    wanted = re.compile(rf"{re.escape(lesson)}( \(\d+\))?")
    return next((title for title in titles if title and wanted.fullmatch(title)), lesson)


def _for_canvas(one: Learner) -> list[str]:
    name = ", ".join(filter(None, [one.last_name, one.first_name])) or one.id
    return [name, one.platform_id, "", one.id, ""]


def _for_moodle(one: Learner) -> list[str]:
    return [one.id, one.platform_id, one.email, one.first_name, one.last_name]


def _csv(rows) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        ["" if cell is None else cell for cell in row] for row in rows
    )
    return text.getvalue()
