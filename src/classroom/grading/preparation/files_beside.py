"""What stands beside the notebook: a file of answers, the time, names that clash."""

from datetime import datetime
import posixpath

from crossentropy import own_folder, strict_json
from nbgrader.utils import parse_utc

from classroom.grading.lesson import Lesson
from classroom.grading.submissions import readable


def files_beside(
    lesson: Lesson, folder: str, everything: dict[str, bytes], notes: list[str]
) -> dict[str, bytes]:
    """Return the files that stand beside the notebook, by their names from its folder.

    What a learner brings is taken from a folder above it, too, where a zip may have it.

    Parameters
    ----------
    lesson : Lesson
    folder : str
        Of the notebook within the submission: with "/" at its end, or "".
    everything : dict of str to bytes
        All files of the submission.
    notes : list of str
        A sentence on what was taken from above is added.
    """
    files = {
        name[len(folder) :]: content
        for name, content in everything.items()
        if name.startswith(folder) and not name.lower().endswith(".ipynb")
    }
    for name in (*lesson.learners_files, "timestamp.txt"):
        above = folder
        while above and name not in files:
            above = posixpath.dirname(above.rstrip("/"))
            above = f"{above}/" if above else ""
            if f"{above}{name}" in everything:
                files[name] = everything[f"{above}{name}"]
                if name in lesson.learners_files:
                    notes.append(f"'{name}' stood in a folder above the notebook and was taken.")
    return files


ANSWERS = "responses.json"
READS_ANSWERS = ("quiz.points(", "quiz.test_points(", "quiz.challenge_points(")


def counts_answers(lesson: Lesson) -> bool:
    """Return whether answers to questions earn points in a lesson."""
    graded = [cell.source for cell in lesson.cells if cell.grade]
    return any(call in source for call in READS_ANSWERS for source in graded)


def check_answers(
    lesson: Lesson, files: dict[str, bytes], notes: list[str], doubts: list[str]
) -> None:
    """Doubt a file of answers that cannot be read, or that a download or a copy has renamed.

    That there is none is noted, where answers earn points: few learners answer nothing.

    Parameters
    ----------
    lesson : Lesson
    files : dict of str to bytes
        Those beside the notebook.
    notes, doubts : list of str
        Sentences are added, on what nobody needs to see to, and for a person.
    """
    for name in lesson.learners_files:
        stem, ending = posixpath.splitext(name)
        if ending != ".json":
            continue
        others = [other for other in files if _may_be(stem, other) and other != name]
        others = [other for other in others if other not in lesson.learners_files]
        if name not in files:
            if others:
                doubts.append(
                    f"There is no '{name}' but '{readable(others[0])}'; rename it if it is the "
                    "same."
                )
            elif name == ANSWERS and counts_answers(lesson):
                notes.append(f"There is no '{ANSWERS}', so its quiz earned nothing.")
            continue
        why, entries = _read(name, files[name])
        if why:
            doubts.append(f"'{name}' {why}, so the answers in it earned nothing.")
        for other in others:
            other_why, more = _read(name, files[other])
            if "damaged" in other.lower() and other_why:
                doubts.append(
                    f"'{readable(other)}' holds answers that could not be read when they were "
                    f"needed; '{name}' was begun anew then. See what can be saved of it."
                )
            elif more - entries:
                doubts.append(
                    f"'{readable(other)}' holds answers that '{name}' lacks; see which one counts."
                )


def _may_be(stem, path):
    """Say whether a file may be a learner's file of answers under another name."""
    name = posixpath.basename(path).lower()
    return stem in name and ".json" in name


def _read(name, content):
    """Return why a file of answers cannot be read, or "", and what it has answers to."""
    if len(content) > own_folder.LARGEST:
        return f"is larger than {own_folder.LARGEST // 10**6} MB", frozenset()
    try:
        record = strict_json.read(content)
    except (ValueError, RecursionError, MemoryError):
        return "is damaged", frozenset()
    if not isinstance(record, dict):
        return "is damaged", frozenset()
    if name != "responses.json":
        return "", frozenset()
    # Here, as few need it and it takes a while.
    from crossentropy.quiz import responses

    try:
        found = responses.from_record(record)
    except own_folder.DamagedFileError:
        return "holds no record of answers", frozenset()
    except own_folder.OwnFileError:
        return "was written by a newer version than this one", frozenset()
    return "", frozenset(found.entries) | frozenset(found.sittings)


def read_timestamp(content: bytes | None, doubts: list[str]) -> datetime | None:
    """Return when a submission was handed in, in UTC, when its `timestamp.txt` says so."""
    if content is None:
        return None
    try:
        text = content.decode().strip()
        return parse_utc(text) if text else None
    except (ValueError, OverflowError, TypeError, AttributeError):
        doubts.append("'timestamp.txt' cannot be read, so it is not known whether this was late.")
        return None


def without_clashes(
    files: dict[str, bytes], ours: dict[str, bytes], notes: list[str]
) -> dict[str, bytes]:
    """Return a learner's files and ours, which take the place of a learner's of the same name.

    A learner's file is left out when its name is needed as a folder, or the name of its folder as
    a file.

    Parameters
    ----------
    files, ours : dict of str to bytes
    notes : list of str
        A sentence on each file that is left out is added.
    """
    kept = {**files, **ours}
    folders = {folder for name in kept for folder in _folders_of(name)}
    for name in files.keys() - ours.keys():
        if name in folders or any(folder in ours for folder in _folders_of(name)):
            del kept[name]
            notes.append(f"'{readable(name)}' clashes with the name of another file.")
    return kept


def _folders_of(name):
    parts = name.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts))]
