"""responses.json: the learner's answers, in a file beside the notebook.

::

    {"schema": 2,
     "responses": {"01-what-it-measures": {"attempts": [
         {"answer": "b", "time": "2026-01-31T09:30:00.000Z", "hints": 0, "seconds": 12.5}]}},
     "sittings": {"challenge": [{"questions": ["08-mean-of-two"], "begun": "2026-...",
         "opened": {"08-mean-of-two": "2026-..."}, "attempts": {"08-mean-of-two": [...]}}]}}

``responses`` are the answers to single questions, ``sittings`` those given in a challenge or a test
(`sittings`); schema 1 had no sittings. Every attempt is kept, oldest first; whether it
is right is not in the file, but computed from the bank (`marking`). A write reads,
appends and replaces the file in one step under a lock, so that neither a second tab nor a kernel
killed at any moment loses an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
import errno
import json
import os
from pathlib import Path
import stat

from crossentropy.quiz import former

FILE = "responses.json"
LOCK = ".responses.json.lock"
TEMPORARY = ".responses.json.tmp"
SCHEMA = 2
# An attempt takes about 100 bytes; nobody comes near this, and a grader must not choke on more.
LARGEST = 10_000_000
LOCK_SECONDS = 10


class ResponsesError(Exception):
    """The responses cannot be read or written; the message is one sentence for the learner."""


class DamagedResponsesError(ResponsesError):
    """The file holds something that is not a record of answers."""


@dataclass(frozen=True)
class Responses:
    """What a file holds, unchecked.

    `entries` maps a question id, `sittings` the name of a challenge or test, to what stands there.
    """

    entries: dict = field(default_factory=dict)
    sittings: dict = field(default_factory=dict)

    def attempts(self, question_id: str) -> list[dict] | None:
        """Attempts at a question, oldest first; empty if there is none, None if it is garbled."""
        if question_id not in self.entries:
            return []
        entry = self.entries[question_id]
        attempts = entry.get("attempts") if isinstance(entry, dict) else None
        if isinstance(attempts, list) and all(isinstance(one, dict) for one in attempts):
            return attempts
        return None


def read(folder: str | os.PathLike = ".") -> Responses:
    """Read the responses in a folder; never changes anything there.

    Parameters
    ----------
    folder : path, optional
        Where the notebook is; by default the working directory, which is the notebook's folder in
        JupyterLab, nbval and nbgrader alike.

    Returns
    -------
    Responses
        Without entries if there is no file; under the question ids of today (`former`).

    Raises
    ------
    DamagedResponsesError
        If the content is not a record of answers.
    ResponsesError
        If a newer version of the project wrote the file, or it cannot be read.
    """
    path = Path(folder) / FILE
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
            raise DamagedResponsesError(_damaged())
        content = path.read_bytes()
    except FileNotFoundError:
        return Responses()
    except OSError as error:
        raise ResponsesError(f"{FILE} cannot be read: {error.strerror}.") from None
    try:
        record = json.loads(content)
    except (ValueError, RecursionError):
        raise DamagedResponsesError(_damaged()) from None
    schema = record.get("schema") if isinstance(record, dict) else None
    if isinstance(schema, int) and schema > SCHEMA:
        raise ResponsesError(
            f"{FILE} was written by a newer version of this project (its schema is {schema}, "
            f"this version knows {SCHEMA}): update the project, the file stays as it is."
        )
    # True == 1 in Python; a file that says "schema": true is still not one of ours.
    known = type(schema) is int and 1 <= schema <= SCHEMA
    entries = record.get("responses") if known else None
    sittings = record.get("sittings", {}) if known else None
    if not isinstance(entries, dict) or not isinstance(sittings, dict):
        raise DamagedResponsesError(_damaged())
    return Responses(former.renamed(entries), former.renamed_in_sittings(sittings))


def _damaged() -> str:
    return (
        f"{FILE} is damaged and cannot be read; it will be set aside under another name "
        "when you next answer a question."
    )


def record(
    question_id: str,
    answer: str | float,
    *,
    hints: int = 0,
    seconds: float | None = None,
    folder: str | os.PathLike = ".",
) -> str | None:
    """Append one attempt, durably: when this returns, the answer is on the disk.

    Parameters
    ----------
    question_id : str
    answer : str or float
        As `crossentropy.quiz.marking.read_answer` returns it.
    hints : int, optional
        Number of hints shown before the answer.
    seconds : float, optional
        Seconds from showing the question to the answer, if known.
    folder : path, optional
        As in `read`.

    Returns
    -------
    str or None
        One sentence if a damaged file had to be set aside, naming its new name.

    Raises
    ------
    ResponsesError
        One sentence that says why the answer was not saved. The file is then as it was.
    """
    attempt = {"answer": answer, "time": now(), "hints": hints, "seconds": seconds}

    def append(responses: Responses) -> None:
        if responses.attempts(question_id) is None:
            raise DamagedResponsesError(_damaged())
        responses.entries.setdefault(question_id, {"attempts": []})["attempts"].append(attempt)

    return change(append, folder)


def change(edit: Callable[[Responses], None], folder: str | os.PathLike = ".") -> str | None:
    """Read, edit and replace the file in one step under a lock, durably.

    Parameters
    ----------
    edit : callable
        Changes the responses it is given; raises DamagedResponsesError if it cannot make sense of
        them, and is then called again with empty ones.
    folder : path, optional
        As in `read`.

    Returns
    -------
    str or None
        One sentence if a damaged file had to be set aside, naming its new name.

    Raises
    ------
    ResponsesError
        One sentence that says why the answer was not saved. The file is then as it was.
    """
    import filelock  # here, as showing a question needs no lock

    folder = Path(folder)
    try:
        if not folder.is_dir():  # or the lock would make one
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        with filelock.FileLock(folder / LOCK, timeout=LOCK_SECONDS):
            notice = None
            try:
                responses = read(folder)
                edit(responses)
            except DamagedResponsesError:
                notice = _set_aside(folder)
                responses = Responses()
                edit(responses)
            content = {"schema": SCHEMA, "responses": responses.entries}
            if responses.sittings:
                content["sittings"] = responses.sittings
            _write(folder, content)
            return notice
    except filelock.Timeout:
        raise ResponsesError(
            f"Your answer was not saved: another program keeps {FILE} locked; "
            "close other copies of this notebook and answer again."
        ) from None
    except ResponsesError as error:
        raise ResponsesError(f"Your answer was not saved: {error}") from None
    except (OSError, NotImplementedError) as error:
        reason = getattr(error, "strerror", None) or "the disk cannot lock files"
        raise ResponsesError(
            f"Your answer was not saved: the folder {_full(folder)} cannot be written to "
            f"({reason}); copy the lesson to a folder of your own and open it there."
        ) from None


def _full(folder: Path) -> Path:
    try:
        return folder.resolve()
    except OSError:  # the working directory has been deleted
        return folder


def now() -> str:
    """The moment in UTC, to the millisecond, as the file has it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _write(folder: Path, content: dict) -> None:
    # One fixed name: the lock makes us its only user, and what a killed kernel left is overwritten.
    temporary = folder / TEMPORARY
    try:
        with open(temporary, "w", encoding="ascii") as file:
            json.dump(content, file, indent=1)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, folder / FILE)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _set_aside(folder: Path) -> str:
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    name, count = f"responses.damaged-{moment}.json", 1
    while os.path.lexists(folder / name):
        count += 1
        name = f"responses.damaged-{moment}-{count}.json"
    os.rename(folder / FILE, folder / name)
    return f"{FILE} was damaged, so it was set aside as {name} and a new one was begun."


def misplaced(lessons: Iterable[str], folder: str | os.PathLike = ".") -> str | None:
    """Say what to do if this is not the folder of a lesson, so that no answer goes astray.

    Parameters
    ----------
    lessons : iterable of str
        Names of all lessons; one may ask a question of another.
    folder : path, optional
        As in `read`.

    Returns
    -------
    str or None
        One sentence, or None when a notebook of one of the lessons, or the folder's own name,
        tells that answers belong here.
    """
    folder = _full(Path(folder))
    for lesson in lessons:
        if folder.name == lesson or (folder / f"{lesson}.ipynb").exists():
            return None
    return (
        f"Answers are not saved here, as {folder} is not the folder of a lesson: open the lesson's "
        "notebook in its own folder, for instance with make lab, and answer there."
    )
