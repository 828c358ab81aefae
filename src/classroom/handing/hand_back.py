"""Pack the feedback pages of a lesson so that a platform gives each to its learner.

A platform knows whose a file is by its name, which holds numbers of the platform's own. The bulk
download from which the submissions were collected has them, so the pages take names from there:

Canvas      doejane_52000_9100001_01-loss-definition.html
Moodle      Jane Doe_12345_assignsubmission_file_/01-loss-definition.html
"""

from __future__ import annotations

from dataclasses import dataclass, field
import io
import os
from pathlib import Path, PurePosixPath
import zipfile

from crossentropy import own_folder

from classroom.course import CourseError
from classroom.grading.settings import CourseSettings
from classroom.grading.submissions import readable
from classroom.handing import roster as rosters
from classroom.handing.platforms import CANVAS, MOODLE, Upload, uploads
from classroom.handing.roster import Roster
from classroom.handing.sources import Source


@dataclass
class Packed:
    """What was packed: the file, for whom, and sentences on whose page is not in it."""

    path: Path
    platform: str
    students: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def pack_feedback(
    course: str | os.PathLike,
    lesson: str,
    download: str | os.PathLike,
    roster: str | os.PathLike | None = None,
) -> Packed:
    """Pack the feedback pages of a lesson for the platform from which a download comes.

    Parameters
    ----------
    course : path-like
        The folder with `nbgrader_config.py`.
    lesson : str
    download : path-like
        The zip or folder that was collected.
    roster : path-like, optional
        As `collect` was given it; `roster.csv` in the course folder when there is one.

    Returns
    -------
    Packed

    Raises
    ------
    CourseError
        When the download is of no platform that takes pages back, or there are no pages.
    """
    settings, source = CourseSettings(course), Source(download)
    found, _ = uploads(source.names, source.path.stem, not source.path.is_dir())
    named = [(upload, *_name_there(upload)) for upload in found]
    platforms = {platform for _, platform, _ in named} - {""}
    if len(platforms) != 1:
        raise CourseError(
            f"{download} is no bulk download of Canvas or Moodle, which name each file by its "
            "learner; other platforms take no pages back. Give the zip as it was downloaded."
        )
    [platform] = platforms
    packed = Packed(settings.course / f"feedback-{lesson}-{platform}.zip", platform)
    people = _people(settings, roster)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for upload, _, name in named:
            student = _student(people, upload)
            pages = _pages(settings, student, lesson) if student else []
            if not pages:
                packed.notes.append(_missing(upload, student, lesson))
            for page in pages:
                archive.write(page, f"{name}{page.name}")
            packed.students += [student] if pages else []
    if not packed.students:
        raise CourseError(
            f"There is no feedback on {lesson} for anybody in {download}; run classroom feedback "
            f"{lesson} first."
        )
    own_folder.write(packed.path, content.getvalue())
    return packed


def _people(settings: CourseSettings, roster: str | os.PathLike | None) -> Roster:
    people = Roster()
    with settings.gradebook() as gradebook:
        people.add_students(gradebook)
    table = Path(roster) if roster else settings.course / rosters.FILE
    if roster or table.is_file():
        people.add_table(table)
    return people


def _student(people: Roster, upload: Upload) -> str | None:
    same = people.find(upload.ids, upload.name)
    if len(same) == 1:
        return same[0].id
    return None if same or people.closed else rosters.folder_name(upload.folder)


def _pages(settings: CourseSettings, student: str, lesson: str) -> list[Path]:
    folder = settings.path(settings.directory.feedback_directory, student, lesson)
    return sorted(folder.glob("*.html"))


def _name_there(upload: Upload) -> tuple[str, str]:
    """Return the platform, and how the name of a file begins that it gives to this learner."""
    for name in sorted(upload.files.values()):
        for part in PurePosixPath(name).parts:
            if match := MOODLE.fullmatch(part):
                head = f"{match['name']}_{match['id']}_assignsubmission_file_"
                return "moodle", f"{head}/" if part == head else head
        if match := CANVAS.fullmatch(PurePosixPath(name).name):
            late = match["late"] or ""
            return "canvas", f"{match['name']}_{late}{match['id']}_{match['file']}_"
    return "", ""


def _missing(upload: Upload, student: str | None, lesson: str) -> str:
    who = f"{readable(upload.name)} ({readable(upload.ids[0])})"
    if student is None:
        return f"{who} is not clear; say who it is with --roster."
    return f"{who} has no feedback on {lesson}, so the zip holds none."
