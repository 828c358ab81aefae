"""The account that the judge gives of a graded cell: the number of points that it ended in.

It travels with the reply to the cell, under `KEY`; the grader takes nothing in it for granted.
"""

import sys
from typing import Any

# The name of the account in a reply, and of the grader's request in the cell's metadata.
KEY = "classroom"


# --- in the judge -----------------------------------------------------------------------------


def describe(value: Any) -> dict[str, Any]:
    """Describe the value of a cell's last expression: a number, nothing, or something else."""
    if value is None:
        return {"nothing": True}
    if type(value) in (int, float):
        return {"number": repr(value)}
    numpy = sys.modules.get("numpy")
    if numpy is not None and type(value) in (numpy.float64, numpy.float32, numpy.int64):
        return {"number": repr(value.item())}
    return {"other": True}


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
