"""Whose is a file of a bulk download: the ways in which platforms name them.

Canvas      doejane_LATE_52000_9100001_01-loss-definition.zip
Moodle      Jane Doe_12345_assignsubmission_file_/01-loss-definition.zip (or all in one name)
Blackboard  Lesson 1_jdoe_attempt_2026-03-01-14-02-11_01-loss-definition.zip
a folder    jdoe/01-loss-definition.zip, jdoe/01-loss-definition/…, or jdoe.zip
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import PurePosixPath
import re

from crossentropy.own_folder import LESSON

CANVAS = re.compile(r"(?P<name>[^_/]+)_(?P<late>LATE_)?(?P<id>\d+)_(?P<file>\d+)_(?P<own>.+)")
CANVAS_TEXT = re.compile(r"(?P<name>[^_/]+)_(?:LATE_)?(?P<id>\d+)_(?P<own>(?:text|link|url)\.html)")
MOODLE = re.compile(
    r"(?P<name>.+)_(?P<id>\d+)_assignsubmission_(?P<kind>file|onlinetext)_?(?P<own>.*)"
)
BLACKBOARD = re.compile(
    r"(?P<head>.+)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<own>.+)|(?P<about>\.txt))"
)
AGAIN = re.compile(r"-\d+(?=\.\w+$)")  # Canvas marks a file that was handed in again


@dataclass
class Upload:
    """What belongs to one learner in a source.

    Attributes
    ----------
    ids : tuple of str
        What the learner may be known by, the likeliest first.
    name : str
        Of the learner, as the platform writes it, or of the folder.
    folder : str
        What a folder of the learner is called when nobody else knows the learner.
    files : dict of str to str
        The learner's own name of a file, and its name in the source.
    time : datetime.datetime or None
        When it was handed in, if the platform says so.
    notes : list of str
        What else the platform says.
    """

    ids: tuple[str, ...]
    name: str
    folder: str
    files: dict[str, str] = field(default_factory=dict)
    time: datetime | None = None
    notes: list[str] = field(default_factory=list)


def uploads(names: Iterable[str], stem: str, packed: bool = True) -> tuple[list[Upload], list[str]]:
    """Return what belongs to whom, and the names of files that belong to nobody.

    Parameters
    ----------
    names : iterable of str
        Of the files in a source.
    stem : str
        The source's own name without its ending: the learner's, when it is one learner's.
    packed : bool
        Whether the source is a zip.
    """
    names = list(names)
    for reader in (_blackboard, _moodle, _canvas):
        found: dict[object, Upload] = {}
        texts: list[tuple[object, Upload]] = []
        for name in names:
            reader(name, found, texts)
        placed = {inner for upload in found.values() for inner in upload.files.values()}
        placed |= {inner for _, text in texts for inner in text.files.values()}
        # One file may be named so by chance.
        if not placed or 2 * len(placed) <= len(names):
            continue
        for key, text in texts:  # what was typed counts for nothing, but is not passed over
            found.setdefault(key, text)
        return list(found.values()), [name for name in names if name not in placed]
    return _plain(names, stem, packed) if names else ([], [])


def _blackboard(name, found, texts):
    match = BLACKBOARD.fullmatch(PurePosixPath(name).name)
    if match is None:
        return
    # The head is the assignment's name and the learner's, and both may have a "_" in them.
    key = match["head"], match["time"]
    parts = match["head"].split("_")
    ids = tuple("_".join(parts[start:]) for start in range(len(parts)))
    time = datetime.strptime(match["time"], "%Y-%m-%d-%H-%M-%S").astimezone(UTC)
    upload = Upload(ids, parts[-1], parts[-1], time=time)
    if match["about"]:
        upload.files["about.txt"] = name
        texts.append((key, upload))
        return
    found.setdefault(key, upload).files[match["own"]] = name


def _moodle(name, found, texts):
    parts = PurePosixPath(name).parts
    for index, part in enumerate(parts):
        match = MOODLE.fullmatch(part)
        if match is None:
            continue
        own = "/".join(filter(None, [match["own"], *parts[index + 1 :]]))
        # The number is another one in each assignment, so a folder has the name alone.
        upload = Upload((match["id"],), match["name"], match["name"])
        key = match["name"], match["id"]
        if match["kind"] == "file":
            found.setdefault(key, upload).files[own] = name
        else:
            upload.files[own] = name
            texts.append((key, upload))
        return


def _canvas(name, found, texts):
    base = PurePosixPath(name).name
    match = CANVAS.fullmatch(base) or CANVAS_TEXT.fullmatch(base)
    if match is None:
        return
    key, own = match["id"], match["own"]
    upload = Upload((key,), match["name"], f"{match['name']}-{key}")
    if match.re is CANVAS_TEXT:
        upload.files[own] = name
        texts.append((key, upload))
        return
    upload = found.setdefault(key, upload)
    if own in upload.files:
        own = f"{match['file']}/{own}"
    upload.files[own] = name
    if match["late"] and "Canvas says: late" not in upload.notes:
        upload.notes.append("Canvas says: late")


def again(name: str) -> str:
    """Return a file's name without what Canvas adds when it is handed in again."""
    return AGAIN.sub("", name)


def _plain(names, stem, packed):
    """Take folders and zips for learners, or all of it for one learner's, by what lies on top."""
    files = {tuple(PurePosixPath(name).parts): name for name in names}
    while True:
        folders = {parts[0] for parts in files if len(parts) > 1}
        tops = {parts[0] for parts in files}
        own = {top for top in tops if _is_own(top)}
        learners = {top for top in tops - own if top in folders or _is_zip(top)}
        if own & folders or any(top.lower().endswith((".ipynb", ".json")) for top in own):
            return [_all_of_it((stem,), files)], []
        if own and not learners:
            return [_all_of_it((stem,), files)], []
        if len(learners) != 1 or not learners <= folders or len(tops) > 1:
            break
        [only] = learners
        inner = {parts[1:]: name for parts, name in files.items()}
        seconds = {parts[0] for parts in inner}
        below = {parts[0] for parts in inner if len(parts) > 1}
        if any(_is_own(second) or not (second in below or _is_zip(second)) for second in seconds):
            if not packed:
                break
            # A zip of one learner's folder: named after the learner, or the folder is.
            return [_all_of_it((stem, only), inner)], []
        files = inner  # a folder around the learners' folders
    found, lost = {}, []
    for parts, name in files.items():
        top = parts[0]
        if top not in learners:
            lost.append(name)
            continue
        learner = top if len(parts) > 1 else top[: -len(".zip")]
        upload = found.setdefault(learner, Upload((learner,), learner, learner))
        upload.files["/".join(parts[1:]) or top] = name
    return list(found.values()), lost


def _all_of_it(ids, files):
    return Upload(ids, ids[0], ids[0], {"/".join(parts): name for parts, name in files.items()})


def _is_own(name):
    """Whether a name is one that lies in a learner's folder, and is no learner's."""
    return (
        LESSON.match(name) is not None
        or name in ("hand-in", "all-lessons")
        or name.startswith("all-lessons_")
        or name.lower().endswith((".ipynb", ".json"))
    )


def _is_zip(name):
    return name.lower().endswith(".zip")
