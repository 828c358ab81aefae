"""Which of a learner's files are the lesson's: a hand-in, a folder of `my-work`, loose files."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
import json
from pathlib import PurePosixPath
import re

from crossentropy.quiz import former
from crossentropy.quiz.counted import TIMESTAMP
from crossentropy.quiz.handing_in import NOTE
from nbgrader.utils import parse_utc

from classroom.grading.lesson import Lesson
from classroom.grading.preparation.any_notebook import read_cells
from classroom.grading.preparation.recognition import has_work, recognise
from classroom.grading.submissions import UnclearSubmissionError
from classroom.handing.platforms import again
from classroom.handing.sources import File

# What a second download or upload makes of a name: "responses (1).json", "responses-Copy1.json".
COPIED = re.compile(r"([ _-]?\(?(copy|kopie)?\s?\d*\)?|-copy\d*)$", re.IGNORECASE)


@dataclass
class Attempt:
    """What one learner handed in for one lesson at one time.

    Attributes
    ----------
    files : dict of str to bytes
        By the names that they have in the lesson's folder.
    time : datetime.datetime or None
        When it was handed in.
    time_from : str
        Who says so.
    notes : list of str
        What a person should know, a clause each.
    """

    files: dict[str, bytes]
    time: datetime | None = None
    time_from: str = ""
    notes: list[str] = field(default_factory=list)


def attempts_at(notebooks: Sequence[Lesson], files: dict[str, File]) -> list[Attempt]:
    """Return what of a learner's files is handed in for a lesson, the likeliest last.

    Parameters
    ----------
    notebooks : sequence of Lesson
        The lesson, as `load_notebooks` returns it.
    files : dict of str to File
        Unpacked, by the names that the learner gave them.

    Returns
    -------
    list of Attempt
        One for each hand-in, else one; none where nothing belongs to the lesson.
    """
    name_of_lesson = notebooks[0].name
    folders: dict[str, dict[str, File]] = {}
    for name, file in files.items():
        folders.setdefault(str(PurePosixPath(name).parent), {})[PurePosixPath(name).name] = file
    handed_in = [
        folder for folder, inside in folders.items() if _lesson_of(inside) == name_of_lesson
    ]
    if handed_in:
        return sorted((_taken(notebooks, files, folder) for folder in handed_in), key=_moment)
    ranked = [(_rank(notebooks, folder, inside), folder) for folder, inside in folders.items()]
    ranked = sorted((rank, folder) for rank, folder in ranked if rank)
    if not ranked:
        return []
    best = ranked[-1][0]
    same = [folder for rank, folder in ranked if rank == best]
    taken = _taken(notebooks, files, same[-1])
    if len(same) > 1:
        taken.notes.append(f"{len(same)} folders hold this lesson, '{same[-1]}' was taken")
    return [taken]


def _moment(attempt):
    return attempt.time or datetime.min.replace(tzinfo=UTC)


def _lesson_of(inside):
    """Return the lesson that a folder's note of handing in names, or ""."""
    try:
        lesson = json.loads(inside[NOTE].content)["lesson"]
        return former.LESSONS.get(lesson, lesson)
    except (KeyError, ValueError, TypeError):
        return ""


def _rank(lessons, folder, inside):
    """Return how sure it is that a folder is the lesson's; () when it is not."""
    notebooks = [name for name in inside if name.lower().endswith(".ipynb")]
    if not notebooks:
        return ()
    named = PurePosixPath(folder).name == lessons[0].name
    own = any(lesson.file in map(again, notebooks) for lesson in lessons)
    cells = [_cells(inside[name].content) for name in notebooks]
    known = any(recognise(lesson, each) for each in cells for lesson in lessons)
    if not (named or own or known):
        return ()
    worked = any(has_work(lesson, each) for each in cells for lesson in lessons)
    newest = max((inside[name].changed or datetime.min.replace(tzinfo=UTC)) for name in notebooks)
    return (named and own, named or own, known, worked, newest)


def _cells(content):
    try:
        return read_cells(content)
    except UnclearSubmissionError:
        return []


def _taken(notebooks, files, folder):
    """Make an attempt of a folder and what lies below it."""
    prefix = "" if folder == "." else f"{folder}/"
    # Of loose files, other lessons' folders are no part.
    inside = {name[len(prefix) :]: file for name, file in files.items() if name.startswith(prefix)}
    if not prefix:
        inside = {name: file for name, file in inside.items() if "/" not in name}
    attempt = Attempt({})
    for name in sorted(inside):
        own = _own_name(notebooks, name, inside)
        if own != name:
            attempt.notes.append(f"'{name}' was taken for '{own}'")
        attempt.files[own] = inside[name].content
    tell_time(attempt, [file.changed for file in inside.values() if file.changed])
    return attempt


def _own_name(notebooks, name, inside):
    """Return the name that a file had before a browser or a platform changed it."""
    path = PurePosixPath(name)
    for own in (*(each.file for each in notebooks), *notebooks[0].learners_files):
        wanted = PurePosixPath(own)
        if name == own or own in inside or path.suffix.lower() != wanted.suffix or "/" in name:
            continue
        stem = COPIED.sub("", PurePosixPath(again(name)).stem)
        if stem.casefold() == wanted.stem or re.search(rf"[_ ]{re.escape(wanted.stem)}$", stem):
            return own
    return name


def tell_time(attempt: Attempt, changed: Sequence[datetime] = ()) -> None:
    """Note when it was handed in: as its note says, or else as its last change says.

    Parameters
    ----------
    attempt : Attempt
        Changed in place.
    changed : sequence of datetime.datetime
        When its files were changed, where that is known.
    """
    try:
        told = json.loads(attempt.files[NOTE])["time"]
        attempt.time, attempt.time_from = datetime.fromisoformat(told), "the hand-in"
    except (KeyError, ValueError, TypeError):
        pass
    if attempt.time is None and TIMESTAMP in attempt.files:
        try:
            told = parse_utc(attempt.files[TIMESTAMP].decode().strip())
            attempt.time, attempt.time_from = told.replace(tzinfo=UTC), TIMESTAMP
        except (ValueError, OverflowError, TypeError, AttributeError):
            attempt.notes.append(f"'{TIMESTAMP}' cannot be read")
    if attempt.time is None and changed:
        attempt.time, attempt.time_from = max(changed), "its files"
    if attempt.time is not None and attempt.time.tzinfo is None:
        attempt.time = attempt.time.replace(tzinfo=UTC)
