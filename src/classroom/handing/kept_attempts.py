"""Every attempt of a learner at a lesson is kept, and one of them is the submission.

collected/<lesson>/<student>/<time>-<digest>/     what was handed in, and attempt.json
submitted/<student>/<lesson>/                     the one that counts
"""

from dataclasses import dataclass
from datetime import datetime
import hashlib
import json
import os
from pathlib import Path
import shutil

from crossentropy import own_folder
from crossentropy.quiz.counted import TIMESTAMP
from crossentropy.quiz.handing_in import NOTE as HAND_IN

from classroom.grading.settings import CourseSettings
from classroom.handing.lesson_part import Attempt, tell_time

FOLDER = "collected"
NOTE = "attempt.json"
FILES = "files"
BY_HAND = "a person, in submitted/"


@dataclass(frozen=True)
class Kept:
    """An attempt that is kept: where, and when it was handed in."""

    folder: Path
    digest: str
    time: datetime | None
    time_from: str
    collected: datetime


class KeptAttempts:
    """A learner's attempts at a lesson.

    Parameters
    ----------
    settings : CourseSettings
    lesson, student : str
    """

    def __init__(self, settings: CourseSettings, lesson: str, student: str):
        self.folder = settings.course / FOLDER / lesson / student
        self.submitted = settings.path(settings.directory.submitted_directory, student, lesson)
        self.all = sorted(filter(None, map(_read, self.folder.glob(f"*/{NOTE}"))), key=_order)

    def keep(self, attempt: Attempt, moment: datetime) -> bool:
        """Keep an attempt; return whether it is new.

        Parameters
        ----------
        attempt : Attempt
        moment : datetime.datetime
            Now.
        """
        digest = digest_of(attempt.files)
        if any(each.digest == digest for each in self.all):
            return False
        told = f"{attempt.time:%Y-%m-%dT%H%M%SZ}" if attempt.time else "no-time"
        folder = self.folder / f"{told}-{digest[:8]}"
        part = folder.with_name(f".{folder.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        _write(attempt.files, part / FILES)
        note = {
            "digest": digest,
            "time": attempt.time.isoformat() if attempt.time else None,
            "time_from": attempt.time_from,
            "collected": moment.isoformat(),
            "notes": attempt.notes,
        }
        own_folder.write(part / NOTE, json.dumps(note, indent=1) + "\n")
        os.rename(part, folder)
        self.all = sorted([*self.all, _read(folder / NOTE)], key=_order)
        return True

    def is_by_hand(self) -> bool:
        """Return whether what lies in submitted/ was put there by a person, and not by us."""
        files = _files(self.submitted)
        return bool(files) and digest_of(files) not in {each.digest for each in self.all}

    def keep_what_lies_there(self, moment: datetime) -> None:
        """Keep what lies in submitted/ as an attempt; the oldest one, if it says no time."""
        attempt = Attempt(_files(self.submitted))
        tell_time(attempt)
        attempt.time_from = BY_HAND
        self.keep(attempt, moment)

    def choose(self, take: str, due: datetime | None) -> Kept:
        """Return the attempt that counts: the "latest", the "first", or the last "on-time"."""
        if take == "first":
            return self.all[0]
        if take == "on-time" and due is not None:
            in_time = [each for each in self.all if each.time is not None and each.time <= due]
            return (in_time or self.all)[-1 if in_time else 0]
        return self.all[-1]

    def submit(self, kept: Kept) -> bool:
        """Make an attempt the submission; return whether that changed anything."""
        files = _files(kept.folder / FILES)
        if kept.time is not None:
            files[TIMESTAMP] = f"{kept.time:%Y-%m-%d %H:%M:%S.%f} UTC\n".encode()
        if files == _files(self.submitted):
            return False
        part = self.submitted.with_name(f".{self.submitted.name}.part")
        old = self.submitted.with_name(f".{self.submitted.name}.old")
        for each in (part, old):
            shutil.rmtree(each, ignore_errors=True)
        _write(files, part)
        if self.submitted.exists():
            os.rename(self.submitted, old)
        os.rename(part, self.submitted)
        shutil.rmtree(old, ignore_errors=True)
        return True


def digest_of(files: dict[str, bytes]) -> str:
    """Return what tells one attempt from another; the same work at another time is the same."""
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        if name not in (TIMESTAMP, HAND_IN):
            digest.update(repr(name).encode() + hashlib.sha256(content).digest())
    return digest.hexdigest()


def _files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def _write(files, folder):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _read(path):
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
        time = note["time"] and datetime.fromisoformat(note["time"])
        collected = datetime.fromisoformat(note["collected"])
        return Kept(path.parent, note["digest"], time, note["time_from"], collected)
    except (OSError, ValueError, KeyError, TypeError):
        return None  # its files are still there for a person


def _order(kept):
    # Where nobody says when it was handed in, it came when it was collected; or long before that.
    unknown = kept.time is None and kept.time_from == BY_HAND
    return not unknown, kept.time or kept.collected, kept.collected
