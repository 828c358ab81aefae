"""The learner's own folder: what a lesson keeps beside its notebook, under one policy.

Answers (responses.json), tries (tries.json), the badge and whatever comes are kept alike:

* in the folder in which the process was when the package was imported, which is the notebook's in
  JupyterLab, nbval and nbgrader alike; a later `%cd` or `os.chdir` changes nothing;
* only there, and only if it is a lesson's folder, and not that of a lesson's source;
* whole or not at all, and under a lock: neither a second tab nor a kernel that dies loses anything;
* a file that is damaged is set aside under a name that is told, and never overwritten.
"""

from __future__ import annotations

from collections.abc import Callable
import contextlib
from datetime import UTC, datetime
import errno
import json
import os
from pathlib import Path
import re
import secrets
import stat
import time
from typing import Any

from crossentropy import strict_json

# Nobody comes near this, and a grader must not choke on more.
LARGEST = 10_000_000
LOCK_SECONDS = 10
LESSON = re.compile(r"\d\d-\w")


class OwnFileError(Exception):
    """A file beside the notebook cannot be read or written; the message says why."""


class DamagedFileError(OwnFileError):
    """The file holds something that is none of its records."""


# --- where ----------------------------------------------------------------------------------------


_home = -1, Path()


def remember() -> None:
    """Take the working directory for the notebook's folder; done when the package is imported."""
    global _home
    try:
        _home = os.getpid(), Path.cwd()
    except OSError:  # it has been deleted
        _home = os.getpid(), Path()


def home() -> Path:
    """Return the notebook's folder."""
    # The grader forks its kernels from a process that has imported the package elsewhere.
    if _home[0] != os.getpid():
        remember()
    return _home[1]


def misplaced(folder: Path | None = None) -> str | None:
    """Say what to do if a folder is not the folder of a lesson, so that nothing goes astray.

    Parameters
    ----------
    folder : path, optional
        By default `home`.

    Returns
    -------
    str or None
        One sentence, or None where the folder, or a notebook in it, has a name such as
        `01-loss-definition`.
    """
    folder = _full(home() if folder is None else folder)
    if LESSON.match(folder.name) or any(LESSON.match(one.name) for one in folder.glob("*.ipynb")):
        return None
    return (
        f"Answers are not saved here, as {folder} is not the folder of a lesson: open the lesson's "
        "notebook in its own folder, for instance with make lab, and answer there."
    )


def is_source(folder: Path | None = None) -> bool:
    """Whether a folder (by default `home`) holds the source of a lesson.

    What lies beside a source goes into the release, and over every submission: nothing is kept
    there.
    """
    tree = _full(home() if folder is None else folder).parent
    return tree.name == "solutions" and (tree.parent / "nbgrader_config.py").exists()


def refusal() -> str | None:
    """One sentence if nothing may be kept beside the notebook."""
    if is_source():
        return (
            f"Nothing is saved here, as {_full(home())} holds the source of a lesson, and all that "
            "lies there would go to every learner: open the lesson with make lab, and answer there."
        )
    return misplaced()


def _full(folder: Path) -> Path:
    try:
        return folder.resolve()
    except OSError:  # the working directory has been deleted
        return folder


# --- one file -------------------------------------------------------------------------------------


def write(path: str | os.PathLike, content: str | bytes) -> None:
    """Replace a file in one step: whoever reads it sees the old content or the new one, whole.

    Parameters
    ----------
    path : path-like
        Its folder must exist.
    content : str or bytes
        Text is written as UTF-8, with the newlines it has.

    Raises
    ------
    OSError
        When it cannot be written; an older file is then as it was.
    """
    path = Path(path)
    _write(path, content, path.with_name(f".{path.name}.{secrets.token_hex(4)}.part"))


def _write(path: Path, content: str | bytes, part: Path) -> None:
    # The part lies beside it, since a file is renamed in one step only within a file system.
    try:
        with open(part, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        _replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _replace(part: Path, path: Path) -> None:
    for seconds in (0.01, 0.05, 0.2, 0.5):
        try:
            return os.replace(part, path)
        except PermissionError:  # Windows: somebody is reading it at this moment
            time.sleep(seconds)
    os.replace(part, path)


def save(name: str, content: str | bytes, folder: str | os.PathLike | None = None) -> Path:
    """Save a file beside the notebook, if that is allowed, and return its path.

    Parameters
    ----------
    name : str
    content : str or bytes
    folder : path, optional
        A folder in place of the notebook's, where anything may be saved.

    Raises
    ------
    OwnFileError
        One clause that says why it was not saved.
    """
    folder = _allowed(folder)
    try:
        write(folder / name, content)
    except OSError as error:
        raise OwnFileError(_not_writable(folder, error)) from None
    return folder / name


def read_json(name: str, folder: str | os.PathLike | None = None) -> Any:
    """Read a record; never changes anything.

    Parameters
    ----------
    name : str
    folder : path, optional
        By default the notebook's.

    Returns
    -------
    object
        What the JSON text holds, unchecked; None if there is no file.

    Raises
    ------
    DamagedFileError
        If that is no JSON text, or too much of it.
    OwnFileError
        If it cannot be read.
    """
    path = (home() if folder is None else Path(folder)) / name
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
            raise DamagedFileError(damaged(name))
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OwnFileError(f"{name} cannot be read: {error.strerror}.") from None
    try:
        return strict_json.read(content)
    except (ValueError, RecursionError):
        raise DamagedFileError(damaged(name)) from None


def damaged(name: str) -> str:
    """Say that a file is damaged, in one sentence, for a `DamagedFileError`."""
    return (
        f"{name} is damaged and cannot be read; it will be set aside under another name when "
        "something is next recorded in it."
    )


def change_json(
    name: str, edit: Callable[[Any], Any], folder: str | os.PathLike | None = None
) -> str | None:
    """Read, edit and replace a record in one step under a lock, durably.

    When this returns, the new record is on the disk.

    Parameters
    ----------
    name : str
    edit : callable
        Gets what `read_json` returns, and returns what is to be kept. It raises DamagedFileError if
        it cannot make sense of that, and is then called again with None.
    folder : path, optional
        A folder in place of the notebook's, where anything may be kept.

    Returns
    -------
    str or None
        One sentence if a damaged file had to be set aside, naming its new name.

    Raises
    ------
    OwnFileError
        One clause that says why nothing was kept. The file is then as it was.
    """
    import filelock  # here, as showing a question needs no lock

    folder = _allowed(folder)
    try:
        if not folder.is_dir():  # or the lock would make one
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        with _locked(folder / f".{name}.lock"):
            notice = None
            try:
                kept = edit(read_json(name, folder))
            except DamagedFileError:
                notice = _set_aside(folder, name)
                kept = edit(None)
            # One fixed name: the lock makes us its only user, and what a killed kernel left there
            # is overwritten.
            _write(folder / name, json.dumps(kept, indent=1) + "\n", folder / f".{name}.part")
            return notice
    except filelock.Timeout:
        raise OwnFileError(
            f"another program keeps {name} locked; close other copies of this notebook and try "
            "again."
        ) from None
    except (OSError, NotImplementedError) as error:
        raise OwnFileError(_not_writable(folder, error)) from None


@contextlib.contextmanager
def _locked(path: Path):
    """Hold a lock that no other process holds, and leave nothing of it behind."""
    import filelock

    with filelock.FileLock(path, timeout=LOCK_SECONDS):
        try:
            yield
        finally:
            # Whoever waits for it sees that it has gone, and makes a new one. Windows removes no
            # file that is open; there the lock does so itself.
            with contextlib.suppress(OSError):
                path.unlink()


def _allowed(folder: str | os.PathLike | None) -> Path:
    if folder is not None:
        return Path(folder)
    refused = refusal()
    if refused:
        raise OwnFileError(refused)
    return home()


def _not_writable(folder: Path, error: Exception) -> str:
    reason = getattr(error, "strerror", None) or "the disk cannot lock files"
    what_to_do = "copy the lesson to a folder of your own and open it there."
    if getattr(error, "errno", None) in (errno.ENOSPC, getattr(errno, "EDQUOT", None)):
        what_to_do = "make room on that disk, and do it again."
    return f"the folder {_full(folder)} cannot be written to ({reason}); {what_to_do}"


def _set_aside(folder: Path, name: str) -> str:
    stem, suffix = Path(name).stem, Path(name).suffix
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    aside, count = f"{stem}.damaged-{moment}{suffix}", 1
    while os.path.lexists(folder / aside):
        count += 1
        aside = f"{stem}.damaged-{moment}-{count}{suffix}"
    os.rename(folder / name, folder / aside)
    return f"{name} was damaged, so it was set aside as {aside} and a new one was begun."
