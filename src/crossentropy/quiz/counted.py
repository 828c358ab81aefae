"""Which questions a graded cell counts, and of whom: read from its text, for nothing runs."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from datetime import date
from pathlib import Path
import re

from crossentropy.quiz import former
from crossentropy.quiz.responses import Responses

CALL = "quiz.points"
ID = re.compile(r"\d\d(?:-[a-z0-9]+)+")
TIMESTAMP = "timestamp.txt"  # which a grader has beside a notebook
QUOTED = re.compile(rf"[\"']({ID.pattern})[\"']")


def counted(source: str) -> dict[str, date | None]:
    """Return the questions that `quiz.points` counts in a cell, in their order, each once.

    Parameters
    ----------
    source : str
        The text of the cell.

    Returns
    -------
    dict of str to datetime.date or None
        By the question's id, the day since which it counts (`since`), where one is given.
    """
    if f"{CALL}(" not in source:
        return {}
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):  # a learner's own, or one with a magic
        return dict.fromkeys(map(_now, QUOTED.findall(source)))
    days: dict[str, date | None] = {}
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if ast.unparse(call.func) == CALL:
            since = [each.value for each in call.keywords if each.arg == "since"]
            days |= {_now(name): day for each in since for name, day in _days(each)}
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    # `ast.walk` goes level by level, and the order is that of the text.
    constants.sort(key=lambda node: (node.lineno, node.col_offset))
    texts = [node.value for node in constants if isinstance(node.value, str)]
    names = [text for text in texts if ID.fullmatch(text)]
    return {name: days.get(name) for name in map(_now, names)}


def _now(name: str) -> str:
    return former.QUESTIONS.get(name, name)


def _days(node: ast.expr):
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(value, ast.Constant):
                yield key.value, day_of(value.value)


def asked_of(
    days: Mapping[str, date | None], recorded: Responses, handed_in: date | None
) -> list[str]:
    """Return those of the questions that a learner is asked, in their order.

    Left out is what was added after the learner had worked on the lesson last, and is unanswered.

    Parameters
    ----------
    days : mapping of str to datetime.date or None
        The day since which each question counts; None where it always has.
    recorded : Responses
        What the learner has done.
    handed_in : datetime.date or None
        When the lesson was handed in, where that is known.
    """
    if not any(days.values()):
        return list(days)
    attempts = [one for name in recorded.entries for one in recorded.attempts(name) or []]
    moments = [day_of(one.get("time")) for one in attempts]
    last = max((day for day in [*moments, handed_in] if day), default=None)
    return [
        name
        for name, day in days.items()
        if day is None or last is None or last >= day or recorded.counted(name)
    ]


def handed_in(folder: Path) -> date | None:
    """Return the day that a folder's `timestamp.txt` tells."""
    try:
        return day_of((folder / TIMESTAMP).read_text(encoding="utf-8").strip())
    except (OSError, ValueError):
        return None


def day_of(text: object) -> date | None:
    """Return the day with which a moment begins, such as "2026-03-05 12:00"; None if it is none."""
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None
