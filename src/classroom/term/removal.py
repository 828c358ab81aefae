"""Take a lesson out of a course: its grades are written down first, and its files put aside."""

import os
from pathlib import Path

from nbgrader.api import MissingEntry

from classroom.course import CourseError
from classroom.grading.settings import CourseSettings
from classroom.term.kept_grades import keep_grades

FOLDER = "removed"


def remove_lesson(
    course: str | os.PathLike, lesson: str, with_grades: bool = False
) -> tuple[list[Path], Path | None]:
    """Take a lesson out of the gradebook, the sources and the release.

    Parameters
    ----------
    course : path-like
        The folder with `nbgrader_config.py`.
    lesson : str
    with_grades : bool
        Also when somebody has handed it in.

    Returns
    -------
    moved : list of pathlib.Path
        Where its files lie now, in the folder `removed`.
    kept : pathlib.Path or None
        The file with its grades.

    Raises
    ------
    CourseError
        When there is no such lesson, or it has been handed in and nobody said that this is meant.
    """
    settings = CourseSettings(course)
    directory = settings.directory
    folders = [
        settings.path(step, ".", lesson)
        for step in (directory.source_directory, directory.release_directory)
    ]
    with settings.gradebook() as gradebook:
        try:
            assignment = gradebook.find_assignment(lesson)
        except MissingEntry:
            assignment = None
        if assignment is None and not any(folder.is_dir() for folder in folders):
            raise CourseError(f"There is no lesson named '{lesson}'; mend the name.")
        number = len(assignment.submissions) if assignment else 0
        if number and not with_grades:
            raise CourseError(
                f"{number} have handed in {lesson}. Its grades would be written to a file and "
                "leave the gradebook: say --with-grades if that is meant. To leave it out of the "
                "grades only, name the lessons that count when you export."
            )
        kept = keep_grades(gradebook, settings.course, lesson) if assignment else None
        moved = [_moved(settings.course, folder) for folder in folders if folder.is_dir()]
        if assignment:
            gradebook.remove_assignment(lesson)
    return moved, kept


def _moved(course, folder):
    target = course / FOLDER / folder.parent.name / folder.name
    number = 1
    while target.exists():
        number += 1
        target = target.with_name(f"{folder.name}-{number}")
    target.parent.mkdir(parents=True, exist_ok=True)
    return folder.rename(target)
