"""Make one file of a lesson, to be handed in: the notebook, the answers, the tries, and the time.

The file is a zip with a folder for each lesson in it, and in that a `hand-in.json` that says when
it was made and what it holds, and a `timestamp.txt` that nbgrader reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
import hashlib
import io
import json
import os
from pathlib import Path
import re
import zipfile

from crossentropy import own_folder
from crossentropy.own_folder import LESSON, OwnFileError
from crossentropy.quiz import responses
from crossentropy.quiz.counted import TIMESTAMP
from crossentropy.quiz.hand_in_check import Check, check

FOLDER = "hand-in"  # beside the lessons
NOTE = "hand-in.json"
SCHEMA = 1
LARGEST = 50_000_000  # bytes of one file; platforms take little more
NOT_RIGHT_NOW = "Nothing is handed in while a notebook is validated or graded."
PASSED_OVER = re.compile(r"\.|__pycache__$")


@dataclass(frozen=True)
class HandIn:
    """A file to be handed in, and what was said of each lesson in it."""

    path: Path
    checks: dict[str, Check]
    left_out: tuple[str, ...] = ()

    @property
    def lines(self) -> list[str]:
        """What the learner is told, line by line."""
        lines = []
        for lesson, found in self.checks.items():
            lines.append(f"{lesson}: {'complete' if found.complete else 'something is missing'}.")
            lines += [f"  {sentence}" for sentence in found.sentences if sentence]
        lines += [f"{name} is too large and was left out." for name in self.left_out]
        lines.append(f"Hand in this file: {self.path}")
        return lines


def hand_in(folder: str | os.PathLike | None = None) -> None:
    """Make one file of this lesson to be handed in, and say what is still missing.

    The notebook is taken as it was saved last, so save it first. The file lies in the folder
    `hand-in` beside the lessons' folders. Nothing is sent anywhere.

    Parameters
    ----------
    folder : path, optional
        A lesson's folder in place of the notebook's.
    """
    if os.environ.get("NBGRADER_EXECUTION"):
        print(NOT_RIGHT_NOW)
        return
    refused = own_folder.refusal() if folder is None else None
    if refused:
        print(refused)
        return
    try:
        made = make(own_folder.home() if folder is None else Path(folder))
    except OwnFileError as error:
        print(error)
        return
    print("\n".join(made.lines))


def make(*folders: Path, moment: datetime | None = None) -> HandIn:
    """Make one file of one or more lessons.

    Parameters
    ----------
    *folders : pathlib.Path
        The lessons' folders, which lie side by side.
    moment : datetime.datetime, optional
        When it is handed in, with its time zone; now by default.

    Returns
    -------
    HandIn

    Raises
    ------
    OwnFileError
        When there is nothing to hand in, or the file cannot be written.
    """
    moment = moment or datetime.now(UTC)
    folders = [Path(folder).resolve() for folder in folders]
    checks, parts, left_out = {}, {}, []
    for folder in folders:
        checks[folder.name] = found = check(folder, _notebook_of(folder))
        files = dict(_files(folder, left_out))
        note = {
            "schema": SCHEMA,
            "lesson": folder.name,
            "time": responses.in_file(moment.astimezone(UTC)),
            "check": list(filter(None, found.sentences)),
            "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
        }
        files[NOTE] = (json.dumps(note, indent=1) + "\n").encode()
        files[TIMESTAMP] = f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f} UTC\n".encode()
        parts |= {f"{folder.name}/{name}": content for name, content in files.items()}
    name = folders[0].name if len(folders) == 1 else "all-lessons"
    local = moment.astimezone()
    target = folders[0].parent / FOLDER / f"{name}_{local:%Y-%m-%d_%H-%M-%S}.zip"
    try:
        target.parent.mkdir(exist_ok=True)
        own_folder.write(target, _zipped(parts, local))
    except OSError as error:
        raise OwnFileError(f"{target} cannot be written ({error.strerror}).") from None
    return HandIn(target, checks, tuple(left_out))


def worked_on(folder: Path) -> list[Path]:
    """Return the folders of the lessons below a folder in which something was recorded."""
    lessons = [path for path in sorted(folder.glob("*/")) if LESSON.match(path.name)]
    return [path for path in lessons if (path / responses.FILE).exists() and any(_notebooks(path))]


def _notebook_of(folder: Path) -> Path:
    own = folder / f"{folder.name}.ipynb"
    found = [own] if own.is_file() else _notebooks(folder)
    if not found:
        raise OwnFileError(
            f"There is nothing to hand in: {folder} holds no notebook. Name the folder of a "
            "lesson, such as 01-loss-definition."
        )
    return max(found, key=lambda path: path.stat().st_mtime)


def _notebooks(folder: Path) -> list[Path]:
    return [path for path in folder.glob("*.ipynb") if path.is_file()]


def _files(folder: Path, left_out: list[str]) -> Iterable[tuple[str, bytes]]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not PASSED_OVER.match(name))
        for name in sorted(names):
            path = Path(root) / name
            if PASSED_OVER.match(name) or not path.is_file() or name in (NOTE, TIMESTAMP):
                continue
            if path.stat().st_size > LARGEST:
                left_out.append(path.relative_to(folder).as_posix())
                continue
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def _zipped(parts: dict[str, bytes], moment: datetime) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return made.getvalue()
