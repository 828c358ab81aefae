"""Numbers and texts of a report as a person reads them."""

from __future__ import annotations

from datetime import datetime
import re

from classroom.report.questions import Alive, QuestionRow

NONE = "\N{EN DASH}"
TIMES = "\N{MULTIPLICATION SIGN}"


def percent(share: float | None) -> str:
    """Return a share from 0 to 1 in percent."""
    return NONE if share is None else f"{100 * share:.0f} %"


def duration(seconds: float | None) -> str:
    """Return seconds as `45 s` or `3.5 min`."""
    if seconds is None:
        return NONE
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.1f} min"


def number(value: float | None, form: str = ".2f") -> str:
    """Return a number, or a dash where there is none."""
    return NONE if value is None else format(value, form).replace("-", "\N{MINUS SIGN}")


def points(value: float | None) -> str:
    """Return points without needless digits, or a dash."""
    return NONE if value is None else f"{round(value, 2):g}"


def moment(value: datetime | None) -> str:
    """Return a moment to the minute; in UTC, as files have it."""
    return NONE if value is None else f"{value:%Y-%m-%d %H:%M}"


def plain(markdown: str) -> str:
    """Return markdown as one line without its marks; maths as it is written."""
    text = re.sub(r"(?s)```\w*\n?(.*?)```", r"\1", markdown)
    text = re.sub(r"\*\*|`|\$", "", text)
    text = re.sub(r"(?<!\w)[*_]([^*_]+)[*_](?!\w)", r"\1", text)
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    for tex, sign in (("\\cdot", "·"), ("\\log", "log"), ("\\,", " "), ("\\sqrt", "√")):
        text = text.replace(tex, sign)
    return " ".join(text.split())


def holders(one: Alive) -> str:
    """Say how many hold a misconception."""
    return (
        f"{one.chosen.at_first} of {one.answered} answered so at first, "
        f"{one.chosen.at_last} still at last"
    )


def discrimination(row: QuestionRow) -> str:
    """Return how well a question tells learners apart, from -1 to 1."""
    return number(row.discrimination, "+.2f")
