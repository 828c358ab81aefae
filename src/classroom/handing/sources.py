"""Read what came in: a folder or a zip, with zips in it, trusting nothing in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
import io
import os
from pathlib import Path, PurePosixPath
import re
import zipfile

from classroom.course import CourseError

LARGEST = 256 * 2**20  # bytes of one learner's upload, unpacked
MOST_FILES = 2_000  # of one learner
DEEPEST = 3  # zips in zips
# What systems leave in folders and zips.
NOISE = re.compile(r"__MACOSX$|\.|Thumbs\.db$|desktop\.ini$|__pycache__$", re.IGNORECASE)


class UnreadableError(Exception):
    """A learner's upload cannot be read; one clause says why."""


@dataclass(frozen=True)
class File:
    """A file of a learner, and when it was changed last, if that is known."""

    content: bytes
    changed: datetime | None = None


class Source:
    """A folder or a zip that a teacher names; its files are read one by one, when they are needed.

    Parameters
    ----------
    path : path-like

    Raises
    ------
    CourseError
        When there is no such folder or zip.
    """

    def __init__(self, path: str | os.PathLike):
        self.path = Path(path)
        self._archive = None
        if self.path.is_dir():
            self._places = {
                found.relative_to(self.path).as_posix(): found for found in _files_below(self.path)
            }
            return
        if not self.path.is_file():
            raise CourseError(f"{path} is not there; name a folder, or a zip as it was downloaded.")
        try:
            self._archive = zipfile.ZipFile(self.path)
        except (zipfile.BadZipFile, OSError) as error:
            raise CourseError(f"{path} cannot be read as a zip: {error}.") from None
        self._places = {
            name: entry for entry in self._archive.infolist() if (name := safe_name(entry))
        }

    @property
    def names(self) -> list[str]:
        """The names of its files, with "/" between the parts."""
        return list(self._places)

    def read(self, name: str) -> File:
        """Return one file.

        Raises
        ------
        UnreadableError
        """
        place = self._places[name]
        if self._archive is not None:
            return _from_zip(self._archive, place)
        try:
            status = place.stat()
            if status.st_size > LARGEST:
                raise UnreadableError(f"'{name}' is larger than {LARGEST // 2**20} MB")
            # A copied folder has the time of copying, so it says nothing on handing in.
            return File(place.read_bytes())
        except OSError as error:
            raise UnreadableError(f"'{name}' cannot be read ({error.strerror})") from None


def _files_below(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):  # which does not follow links
        folders[:] = sorted(name for name in folders if not NOISE.match(name))
        for name in sorted(names):
            path = Path(root) / name
            if not NOISE.match(name) and path.is_file() and not path.is_symlink():
                yield path


def safe_name(entry: zipfile.ZipInfo) -> str:
    """Return the name of a zip's file, or "" of what is no file or leads out of the folder."""
    parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
    if entry.is_dir() or not parts or ".." in parts or parts[0] == "/" or ":" in parts[0]:
        return ""
    return "" if any(NOISE.match(part) for part in parts) else "/".join(parts)


def _from_zip(archive, entry):
    if entry.flag_bits & 1:
        raise UnreadableError(f"'{entry.filename}' is protected by a password")
    if entry.file_size > LARGEST:
        raise UnreadableError(f"'{entry.filename}' is larger than {LARGEST // 2**20} MB")
    try:
        with archive.open(entry) as file:
            content = file.read(LARGEST + 1)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError) as error:
        raise UnreadableError(f"'{entry.filename}' is damaged ({error})") from None
    except Exception as error:  # zlib's own
        raise UnreadableError(f"'{entry.filename}' is damaged ({error})") from None
    if len(content) > LARGEST:
        raise UnreadableError(f"'{entry.filename}' is larger than {LARGEST // 2**20} MB")
    try:  # a zip has local times, without a zone
        changed = datetime(*entry.date_time).astimezone(UTC) if entry.date_time[0] > 1980 else None
    except (ValueError, OverflowError, OSError):
        changed = None
    return File(content, changed)


def unpacked(files: dict[str, File], depth: int = 0) -> dict[str, File]:
    """Return a learner's files with each zip among them replaced by what it holds.

    Parameters
    ----------
    files : dict of str to File
    depth : int
        How many zips they lie in.

    Raises
    ------
    UnreadableError
        When a zip is damaged, or holds more than a learner hands in.
    """
    found: dict[str, File] = {}
    for name, file in files.items():
        if not name.lower().endswith(".zip") or depth >= DEEPEST:
            found[name] = file
            continue
        try:
            with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
                entries = {safe_name(entry): entry for entry in archive.infolist()}
                entries.pop("", None)
                _refuse_too_much(sum(entry.file_size for entry in entries.values()), len(entries))
                inner = {inside: _from_zip(archive, entry) for inside, entry in entries.items()}
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise UnreadableError(f"'{name}' is no zip that can be read ({error})") from None
        # The zip's own name, as two of them may hold the same lesson.
        found |= {f"{name}/{inside}": one for inside, one in unpacked(inner, depth + 1).items()}
    _refuse_too_much(sum(len(file.content) for file in found.values()), len(found))
    return found


def _refuse_too_much(size, number):
    if size > LARGEST:
        raise UnreadableError(f"it holds more than {LARGEST // 2**20} MB")
    if number > MOST_FILES:
        raise UnreadableError(f"it holds more than {MOST_FILES} files")
