"""Which submissions a person has still to look at: a flag in the Formgrader, and what is unread.

A doubt flags the submission in the gradebook, so that the Formgrader shows it. Whoever has looked
takes the flag away there, and the submission leaves the list; so does one whose cells are all read.
"""

from __future__ import annotations

from typing import Any

from classroom.grading.tally import GRADED, REVIEW

UNREAD = "Cells that a person grades: "


def unread(cells: list[str]) -> str:
    """Return the sentence that names the cells which a person has still to read."""
    return f"{UNREAD}{', '.join(cells)}."


def as_reviewed(report: dict[str, Any], flagged: bool, waiting: list[str]) -> dict[str, Any]:
    """Return what was reported of a submission, without what a person has done since.

    Parameters
    ----------
    report : dict
        An `Entry` of an earlier run, as values.
    flagged : bool
        Whether it is still flagged.
    waiting : list of str
        The cells that are still unread.
    """
    # Of an entry that flagged nothing, what is unread was the only reason.
    doubted = report.get("flagged") and flagged
    if report.get("status") != REVIEW or doubted:
        return report
    sentences = [report.get("reason", ""), *report.get("flags", [])]
    others = [one for one in sentences if one and not one.startswith(UNREAD)]
    if waiting:
        return {**report, "reason": unread(waiting), "flags": others}
    return {**report, "status": GRADED, "reason": "", "flags": others}
