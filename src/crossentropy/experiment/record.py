"""The record of a learner's tries: `tries.json` beside the notebook, kept as `own_folder` says.

Each try keeps the source of the two functions, so that one can go back to it, and what it reached
on training and validation images. Where nothing may be kept, the tries of this session are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crossentropy import own_folder
from crossentropy.experiment.goals import goals

FILE = "tries.json"
VERSION = 2
_remembered = []  # the tries of this session, for where no file is written


def load() -> list[dict]:
    """Return all tries on record, the oldest first; says so when they cannot be read."""
    if own_folder.refusal():
        return list(_remembered)
    try:
        return _tries(own_folder.read_json(FILE))
    except own_folder.OwnFileError as problem:
        print(problem)
        return list(_remembered)


def add(complete: Callable[[list[dict]], dict]) -> dict:
    """Append a try and return it.

    Parameters
    ----------
    complete : callable
        Gets the tries on record and returns the new one. It may be called more than once; the
        record is locked meanwhile, so a second notebook cannot take the same number.
    """
    added = {}

    def edit(content: Any) -> dict:
        tries = _tries(content)
        added.clear()
        added.update(complete(tries))
        return {"version": VERSION, "tries": [*tries, added]}

    if own_folder.is_source():  # run by whoever writes the lesson: nothing to say about it
        _remembered.append(complete(_remembered))
        return _remembered[-1]
    try:
        notice = own_folder.change_json(FILE, edit)
    except own_folder.OwnFileError as problem:
        print(f"This try is kept for this session only: {problem}")
        _remembered.append(complete(_remembered))
        return _remembered[-1]
    if notice:
        print(notice)
    return added


def _tries(content):
    if content is None:
        return []
    try:
        return [_understood(one) for one in content["tries"]]
    except (KeyError, TypeError, AttributeError):
        raise own_folder.DamagedFileError(own_folder.damaged(FILE)) from None


def _understood(one):
    one["number"], one["changed"], one["layers"], one["hyperparameters"]
    one["epochs"], one["source"], goals(one["scores"])
    # The first version of the file held a number that nobody should choose by.
    one["scores"].pop("test_accuracy", None)
    return {"seed": 0, "key": "", "end_accuracy": None, **one}
