"""The account that a kernel gives of a cell that scores: written there, read in the grader.

It travels with the reply to the cell, under `KEY`: a number, or that there was none, and sentences
on what the submission has changed. The kernel's half of this module is beside the submission, so
the grader's half takes nothing for granted.
"""

import sys
from typing import Any

# The name of the account in a reply, and of the grader's request for one in the cell's metadata.
KEY = "classroom"
MOST_SENTENCES = 20
LONGEST_SENTENCE = 300


# --- in the kernel ----------------------------------------------------------------------------


def describe(value: Any) -> dict[str, Any]:
    """Describe the value of a cell's last expression: a number, nothing, or something else.

    A number is one of Python's or NumPy's own types, so that no method of the submission is asked.
    """
    if value is None:
        return {"nothing": True}
    if type(value) in (int, float):
        return {"number": repr(value)}
    numpy = sys.modules.get("numpy")
    if numpy is not None and type(value) in (numpy.float64, numpy.float32, numpy.int64):
        return {"number": repr(value.item())}
    return {"other": True}


def message_of(error: BaseException) -> str:
    """Return the message of an exception, whatever its class does."""
    try:
        text = str(error)
        return text if type(text) is str else ""
    except BaseException:
        return ""


# --- in the grader ----------------------------------------------------------------------------


def read_number(described: Any) -> tuple[str, str]:
    """Return ("number", text), ("nothing", "") or ("other", "") for what a kernel describes."""
    if isinstance(described, dict):
        if described.get("nothing") is True:
            return "nothing", ""
        text = described.get("number")
        if isinstance(text, str) and len(text) < 40:
            try:
                float(text)
                return "number", text
            except ValueError:
                pass
    return "other", ""


def sentences(account: dict) -> list[str]:
    """Return the sentences in a kernel's account, which may hold anything."""
    found = []
    for when in ("before", "after"):
        noted = account.get(when)
        if isinstance(noted, list):
            noted = [one for one in noted[:MOST_SENTENCES] if isinstance(one, str)]
            found += [one[:LONGEST_SENTENCE] for one in noted]
    return list(dict.fromkeys(found))
