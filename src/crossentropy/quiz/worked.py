"""Worked solutions of exercises, as they lie sealed in data/worked/<lesson>.sealed.json.

Where a teacher has not released them yet, there is no such file.
"""

from __future__ import annotations

from pathlib import Path
import re

from crossentropy.data_folder import data_folder
from crossentropy.quiz import sealed

LATER = "The worked solutions of this lesson are released later."
DAMAGED = "The file of worked solutions is damaged: get data/worked of this project again."


def folder() -> Path:
    """Return the folder of the sealed files."""
    return data_folder() / "worked"


def read(name: str) -> tuple[str | None, str | None]:
    """Return the worked solution of an exercise.

    Parameters
    ----------
    name : str
        For instance `02-stable-softmax`; it begins with the number of its lesson.

    Returns
    -------
    text : str or None
        Markdown.
    notice : str or None
        One sentence, where there is no text.
    """
    number = re.match(r"\d\d-", name)
    for path in sorted(folder().glob(f"{number[0]}*.sealed.json")) if number else ():
        try:
            entries = sealed.unseal(path.read_bytes())[1]
            found = {entry["id"]: entry["text"] for entry in entries}
        except (OSError, ValueError, TypeError, KeyError):
            return None, DAMAGED
        if name in found:
            return found[name], None
    return None, LATER
