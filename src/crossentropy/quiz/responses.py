"""responses.json: the learner's answers, in a file beside the notebook.

::

    {"schema": 2,
     "responses": {"01-what-it-measures": {"attempts": [
         {"answer": "b", "time": "2026-01-31T09:30:00.000Z", "hints": 0, "seconds": 12.5},
         {"answer": "c", ..., "draw": {"seed": "3f2a91c0", "values": {"p": 0.3}}}]}},
     "sittings": {"challenge": [{"questions": ["08-mean-of-two"], "begun": "2026-...",
         "opened": {"08-mean-of-two": "2026-..."}, "attempts": {"08-mean-of-two": [...]},
         "draws": {"08-mean-of-two": {"seed": ..., "values": ...}}}]},
     "exercises": {"01-cross-entropy": "2026-..."},
     "cases": {"7": {"named": [...], "solved": "2026-..."}}}

`responses` are the answers to single questions, `sittings` those given in a challenge or a test
(`sittings`), `exercises` the moments at which exercises passed first, `cases` those of the
detective (`crossentropy.detective.record`); schema 1 had no sittings.
What cannot be read is moved to `garbled`, a list, where the rest is next changed.
What other modules keep under a key of their own is in `others`, such as the bets (`bet_record`).
A `draw` says with which numbers a question was asked (`draws`); without one, with the lesson's.
Every attempt is kept, oldest first; whether it is right is not in the file, but computed from the
bank (`marking`). How the file is kept is the policy of `own_folder`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
import os
from pathlib import Path
from typing import Any

from crossentropy import own_folder
from crossentropy.own_folder import DamagedFileError, OwnFileError
from crossentropy.quiz import former, marking
from crossentropy.quiz.question import Question

FILE = "responses.json"
SCHEMA = 2


@dataclass(frozen=True)
class Responses:
    """What a file holds, unchecked.

    `entries` maps a question id, `sittings` the name of a challenge or test, `exercises` the name
    of an exercise and `cases` the number of a case to what stands there; `others` holds what only
    newer versions know.
    """

    entries: dict = field(default_factory=dict)
    sittings: dict = field(default_factory=dict)
    exercises: dict = field(default_factory=dict)
    cases: dict = field(default_factory=dict)
    others: dict = field(default_factory=dict)

    def attempts(self, question_id: str) -> list[dict] | None:
        """Return attempts at a question, oldest first; empty if none, None if it is garbled."""
        if question_id not in self.entries:
            return []
        entry = self.entries[question_id]
        attempts = entry.get("attempts") if isinstance(entry, dict) else None
        if isinstance(attempts, list) and all(isinstance(one, dict) for one in attempts):
            return attempts
        return None

    def set_aside(self, part: str, name: str) -> None:
        """Move an entry that cannot be read out of the way, within the record.

        Parameters
        ----------
        part : str
            "responses", "sittings" or "cases".
        name : str
            Of a question, of a challenge or test, or of a case.
        """
        parts = {"responses": self.entries, "sittings": self.sittings, "cases": self.cases}
        found = parts[part]
        _note(self.others, part, name, found.pop(name))

    def counted(self, question_id: str) -> list[dict] | None:
        """Return the attempts with the numbers of the lesson, as `attempts`: those that count."""
        attempts = self.attempts(question_id)
        return attempts and [one for one in attempts if one.get("draw") is None]

    def keep_garbled(self, part: str, name: str | None, was: Any) -> None:
        """Keep what cannot be read, and where it stood, out of the way."""
        _note(self.others, part, name, was)


def read(folder: str | os.PathLike | None = None) -> Responses:
    """Read the responses in a folder; never changes anything there.

    Parameters
    ----------
    folder : path, optional
        By default that of the notebook.

    Returns
    -------
    Responses
        Without entries if there is no file; under the question ids of today (`former`).

    Raises
    ------
    DamagedFileError
        If the content is not a record of answers.
    OwnFileError
        If a newer version of the project wrote the file, or it cannot be read.
    """
    return from_record(own_folder.read_json(FILE, folder))


def read_all(folders: Iterable[Path]) -> tuple[dict[Path, Responses], list[str]]:
    """Read the responses in those of some folders that exist, each once.

    Returns
    -------
    found : dict of pathlib.Path to Responses
    notices : list of str
        One sentence for each folder whose file cannot be read.
    """
    found, notices = {}, []
    for folder in dict.fromkeys(folders):
        if not folder.is_dir():
            continue
        try:
            found[folder] = read(folder)
        except OwnFileError as error:
            notices.append(f"{folder.name}: {error}")
    return found, notices


def recorded() -> tuple[Responses, str | None]:
    """Return the responses beside the notebook, and one sentence if they cannot be had."""
    astray = own_folder.misplaced()
    if astray:
        return Responses(), astray
    try:
        return read(), None
    except OwnFileError as error:
        return Responses(), str(error)


def history(question: Question) -> tuple[list[str | float], str | None]:
    """Return recorded answers to a question with the numbers of its lesson, oldest first.

    Returns
    -------
    answers : list of str or float
        Those that can be answers to the question as it is now.
    notice : str or None
        One sentence for the learner if answers cannot be read or saved here.
    """
    found, notice = recorded()
    answers = []
    for attempt in found.counted(question.id) or []:
        try:
            answers.append(marking.read_answer(question, attempt.get("answer")))
        except marking.AnswerError:
            continue
    return answers, notice


def from_record(record: Any) -> Responses:
    """Read what the JSON text of a file holds; None stands for no file. Raises as `read`."""
    if record is None:
        return Responses()
    schema = record.get("schema") if isinstance(record, dict) else None
    if isinstance(schema, int) and schema > SCHEMA:
        raise OwnFileError(
            f"{FILE} was written by a newer version of this project (its schema is {schema}, "
            f"this version knows {SCHEMA}): update the project, the file stays as it is."
        )
    # True == 1 in Python; a file that says "schema": true is still not one of ours.
    if type(schema) is not int or schema < 1:
        raise damaged()
    others = dict(record)
    del others["schema"]
    entries = others.pop("responses", None)
    if not isinstance(entries, dict):
        raise damaged()
    parts = {name: others.pop(name, {}) for name in ("sittings", "exercises", "cases")}
    for name, part in parts.items():
        if not isinstance(part, dict):
            _note(others, name, None, part)
            parts[name] = {}
    sittings, exercises, cases = parts.values()
    return Responses(
        former.renamed(entries), former.renamed_in_sittings(sittings), exercises, cases, others
    )


def _note(others: dict, part: str, name: str | None, was: Any) -> None:
    """Keep what cannot be read, and where it stood."""
    kept = others.get("garbled", [])
    others["garbled"] = [
        *(kept if isinstance(kept, list) else [kept]),
        {"part": part, "name": name, "was": was, "time": now()},
    ]


def damaged() -> DamagedFileError:
    """Return the error to raise where the file holds what is none of ours."""
    return DamagedFileError(own_folder.damaged(FILE))


def record(
    question_id: str,
    answer: str | float,
    *,
    hints: int = 0,
    seconds: float | None = None,
    draw: dict | None = None,
    folder: str | os.PathLike | None = None,
) -> tuple[bool, str | None]:
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
    draw : dict, optional
        The numbers with which it was asked (`draws.record`), where not those of the lesson.
    folder : path, optional
        A folder in place of the notebook's.

    Returns
    -------
    saved : bool
    notice : str or None
        As `change` returns them.
    """
    attempt = {"answer": answer, "time": now(), "hints": hints, "seconds": seconds}
    if draw:
        attempt["draw"] = draw

    def append(responses: Responses) -> None:
        if responses.attempts(question_id) is None:
            responses.set_aside("responses", question_id)
        responses.entries.setdefault(question_id, {"attempts": []})["attempts"].append(attempt)

    return change(append, folder)


def change(
    edit: Callable[[Responses], None], folder: str | os.PathLike | None = None
) -> tuple[bool, str | None]:
    """Read, edit and replace the file in one step under a lock, durably.

    Parameters
    ----------
    edit : callable
        Changes the responses it is given; raises DamagedFileError if it cannot make sense of them,
        and is then called again with empty ones.
    folder : path, optional
        A folder in place of the notebook's.

    Returns
    -------
    saved : bool
        If not, the file is as it was.
    notice : str or None
        One sentence for the learner: why nothing was saved, or under which name a damaged file was
        set aside.
    """

    def edited(kept: Any) -> dict:
        responses = from_record(kept)
        edit(responses)
        content = {**responses.others, "schema": SCHEMA, "responses": responses.entries}
        parts = {
            "sittings": responses.sittings,
            "exercises": responses.exercises,
            "cases": responses.cases,
        }
        return content | {name: part for name, part in parts.items() if part}

    refused = own_folder.refusal() if folder is None else None
    if refused:
        return False, refused
    try:
        return True, own_folder.change_json(FILE, edited, folder)
    except OwnFileError as error:
        return False, f"Your answer was not saved: {error}"


def now() -> str:
    """Return the moment as the file has it."""
    return in_file(datetime.now(UTC))


def in_file(moment: datetime) -> str:
    """Return a moment, which is in UTC, as the file has it: to the millisecond."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
