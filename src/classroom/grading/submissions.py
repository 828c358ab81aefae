"""Which submissions of a lesson there are."""

from dataclasses import dataclass
import glob
import os
from pathlib import Path
import re

from classroom.course import CourseError
from classroom.grading.settings import CourseSettings


class UnclearSubmissionError(Exception):
    """What a submission means is not clear, so that a person must look; one sentence says why."""


@dataclass(frozen=True)
class Submission:
    """A learner's folder of a lesson."""

    student: str
    folder: Path


def folders_of_students(settings: CourseSettings, step: str, lesson: str) -> dict[str, Path]:
    """Return the folder of every student who has a lesson in one of nbgrader's steps.

    Parameters
    ----------
    settings : CourseSettings
    step : str
        The name of the step's folder, such as `submitted`.
    lesson : str

    Returns
    -------
    dict of str to pathlib.Path
    """
    directory = settings.directory
    pattern = directory.format_path(step, "(?P<student>[^/]+)", re.escape(lesson), escape=True)
    root = glob.escape(directory.root)
    layout = directory.directory_structure.format(
        nbgrader_step=glob.escape(step), student_id="*", assignment_id=glob.escape(lesson)
    )
    return {
        match["student"]: Path(path)
        for path in sorted(glob.glob(os.path.join(root, layout)))
        if (match := re.fullmatch(pattern, path, flags=re.DOTALL))
    }


def find_submissions(
    settings: CourseSettings, lesson: str, students: list[str] | None = None
) -> list[Submission]:
    """Return the submissions of a lesson, in the order of the students' ids.

    Parameters
    ----------
    settings : CourseSettings
    lesson : str
    students : list of str, optional
        Only these; all by default, but for those in `CourseDirectory.student_id_exclude`.

    Returns
    -------
    list of Submission

    Raises
    ------
    CourseError
        When there are none, or a named student has none.
    """
    directory = settings.directory
    step = directory.submitted_directory
    folders = folders_of_students(settings, step, lesson)
    found = {student: Submission(student, folder) for student, folder in folders.items()}
    if students:
        for student in students:
            if student not in found:
                raise CourseError(
                    f"{readable(student)} has no submission of {lesson} in {step}/; "
                    f"there are {len(found)}: {readable(', '.join(list(found)[:20]))}."
                )
        return [found[student] for student in sorted(set(students))]
    excluded = {name for name in directory.student_id_exclude.split(",") if name}
    chosen = [found[student] for student in sorted(found) if student not in excluded]
    if not chosen:
        raise CourseError(
            f"There is no submission of {lesson} in {Path(directory.root) / step}; collect them "
            f"first, so that they stand in {step}/<student>/{lesson}/."
        )
    return chosen


def readable(text: object) -> str:
    """Return text that is safe to print: what is not printable becomes an escape."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in str(text)
    )
