"""What a learner is told of a lesson that is handed in: what is missing, and when it was saved.

Nothing runs for that. It is read from the notebook as it lies on the disk and from the record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
import json
from pathlib import Path
import re

from crossentropy.own_folder import OwnFileError
from crossentropy.quiz import responses, sittings
from crossentropy.quiz.counted import asked_of, counted
from crossentropy.quiz.lesson_copies import PASSES
from crossentropy.quiz.responses import Responses

HEADING = re.compile(r"^##\s+(.+?)(?:\s*\(\d.*\))?\s*$", re.MULTILINE)
UNANSWERED = "YOUR ANSWER HERE"  # in a cell for words; nbgrader's stub


@dataclass(frozen=True)
class Check:
    """What was found: sentences for the learner, and whether nothing is missing."""

    sentences: tuple[str, ...]
    complete: bool


def check(folder: Path, notebook: Path) -> Check:
    """Look at a lesson that is to be handed in.

    Parameters
    ----------
    folder : pathlib.Path
        The lesson's folder.
    notebook : pathlib.Path
        The notebook in it.

    Returns
    -------
    Check

    Raises
    ------
    OwnFileError
        When the notebook cannot be read.
    """
    cells = _cells(notebook)
    saved = datetime.fromtimestamp(notebook.stat().st_mtime)
    try:
        record, trouble = responses.read(folder), []
    except OwnFileError as error:
        record, trouble = Responses(), [str(error)]
    found = [*_quiz(cells, record), *_sittings(cells, record), *_exercises(cells, record)]
    found += _words(cells)
    missing = [sentence for sentence, done in found if not done]
    return Check(
        (*(sentence for sentence, _ in found), *trouble, _twice(cells), f"Saved {_day(saved)}."),
        not missing and not trouble,
    )


def _day(moment: datetime) -> str:
    day = "" if moment.date() == datetime.now().date() else f"{moment:%d %B} "
    return f"{day}{moment:%H:%M}"


def _cells(path: Path) -> list[tuple[str, str, dict]]:
    """Return of each cell its kind, its text and what nbgrader has noted of it."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return [
            (
                cell["cell_type"],
                "".join(cell["source"]),
                cell.get("metadata", {}).get("nbgrader") or {},
            )
            for cell in cells
        ]
    except OSError as error:
        raise OwnFileError(f"{path.name} cannot be read ({error.strerror}).") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise OwnFileError(
            f"{path.name} is damaged, so there is nothing to hand in: open it and save it again, "
            "or ask your teacher."
        ) from None


def _graded(cells) -> Iterator[str]:
    return (text for kind, text, mark in cells if kind == "code" and mark.get("grade"))


def _quiz(cells, record) -> Iterator[tuple[str, bool]]:
    """Say how many of the counted questions are answered."""
    days = {}
    for text in _graded(cells):
        days |= counted(text)
    asked = asked_of(days, record, datetime.now(UTC).date())  # it is handed in now
    if asked:
        answered = sum(bool(record.counted(name)) for name in asked)
        yield f"Quiz: {answered} of {len(asked)} answered.", answered == len(asked)


def _sittings(cells, record) -> Iterator[tuple[str, bool]]:
    """Say whether test and challenge, where they count, have been gone through."""
    text = "\n".join(_graded(cells))
    for call, name, rules in (
        ("quiz.test_points(", "Test", sittings.TEST),
        ("quiz.challenge_points(", "Challenge", sittings.CHALLENGE),
    ):
        if call not in text:
            continue
        begun = sittings.of(record, rules)
        done = any(one.current is None for one in begun)
        yield f"{name}: {'done' if done else 'begun' if begun else 'not begun'}.", done


def _exercises(cells, record) -> Iterator[tuple[str, bool]]:
    """Say of each exercise, by its heading, how many of its checks have passed."""
    heading, checks = "", {}
    for kind, text, mark in cells:
        if kind == "markdown" and (headings := HEADING.findall(text)):
            heading = headings[-1]
        elif kind == "code" and mark.get("grade"):
            checks.setdefault(heading, []).extend(PASSES.findall(text))
    for name, marks in checks.items():
        if not marks:
            continue
        passed = sum(mark in record.exercises for mark in marks)
        if passed == len(marks):
            state = "solved"
        elif passed:
            state = f"{passed} of {len(marks)} parts solved"
        else:
            state = "not passed yet; run its check"
        yield f"{name}: {state}.", passed == len(marks)


def _words(cells) -> Iterator[tuple[str, bool]]:
    """Say whether something stands in the cells that a person reads."""
    heading = ""
    for kind, text, mark in cells:
        if kind == "markdown" and not mark and (headings := HEADING.findall(text)):
            heading = headings[-1]
        if kind == "markdown" and mark.get("grade") and mark.get("solution"):
            written = bool(text.strip()) and UNANSWERED not in text
            yield f"{heading or mark['grade_id']}: {'' if written else 'not '}written.", written


def _twice(cells) -> str:
    names = [mark.get("grade_id") for *_, mark in cells if mark.get("grade_id")]
    copied = sorted({name for name in names if names.count(name) > 1})
    if not copied:
        return ""
    return f"There twice: {', '.join(copied)}. Delete the copy that does not count, and save."
