"""Checks around the cells that score: has the submission changed what scoring relies on?"""

import ast
from dataclasses import dataclass
import secrets


def remember(shell):
    """Note how things are before the submission runs."""


def look(shell, code):
    """Return what has been changed, as sentences for a person."""
    return []


def plain_number(value):
    """Describe the value of a cell's last expression: a number, nothing, or something else."""
    if value is None:
        return {"nothing": True}
    if type(value) in (int, float):
        return {"number": repr(value)}
    import numpy

    if type(value) in (numpy.float64, numpy.float32, numpy.int64, numpy.int32):
        return {"number": repr(value.item())}
    return {"other": True}


def read_number(said):
    """Return ("number", text), ("nothing", "") or ("other", "") for what a kernel reports."""
    if isinstance(said, dict):
        if said.get("nothing") is True:
            return "nothing", ""
        text = said.get("number")
        if isinstance(text, str):
            try:
                float(text)
                return "number", text
            except ValueError:
                pass
    return "other", ""


def plain_text(error):
    """Return the message of an exception."""
    try:
        return str(error)
    except BaseException:
        return ""


def told(report):
    """Return the sentences of a kernel's report."""
    found = []
    for when in ("before", "after"):
        said = report.get(when)
        if isinstance(said, list):
            found += [str(one)[:300] for one in said[:20]]
    return found


def gives_points(expression):
    """Whether an expression is there for its number, by the name of what it calls."""
    if not isinstance(expression, ast.Call):
        return False
    function = expression.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return any(word in name.lower() for word in ("points", "score", "grade"))


@dataclass(frozen=True)
class Canary:
    """A cell whose outcome is known."""

    source: str
    must_fail_with: str | None

    def complaint(self, reply):
        """Return what is wrong with the kernel's reply, or ""."""
        if self.must_fail_with is None:
            return "" if reply.get("status") == "ok" else "a check that must pass failed."
        if reply.get("status") == "error" and reply.get("evalue") == self.must_fail_with:
            return ""
        return "a check that must fail passed."


def canaries():
    """Return a cell that must fail and one that must pass, different each time."""
    a, b = secrets.randbelow(10**6), secrets.randbelow(10**6)
    yield Canary(f"assert {a} == {a} + 1, str({a} * {b})", str(a * b))
    yield Canary(f"assert {a} + 1 == {a + 1}, str({b})", None)
