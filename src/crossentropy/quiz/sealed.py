"""Texts of a teacher that nobody reads by opening a file: challenge questions, worked solutions.

A teacher writes them in plain text in `solutions/`, which learners do not get, and
`make release` seals them: each becomes one line of base64. A seal is no lock. A notebook that
shows and explains a question offline must be able to open it, and so can whoever writes three lines
of Python. Points are safe all the same, since they are computed with the teacher's own key
(`crossentropy.quiz.challenge_points`).
"""

from __future__ import annotations

import base64
import json


def seal(lesson: str, entries: list[dict]) -> bytes:
    """Seal what belongs to a lesson.

    Parameters
    ----------
    lesson : str
        For instance `08-mastery`.
    entries : list of dict
        Each has an `id`, and whatever JSON can hold.

    Returns
    -------
    bytes
        The text of a `<lesson>.sealed.json`, the same at each call.
    """
    content = {"lesson": lesson, "sealed": {}}
    for entry in entries:
        # What is inside a field keeps its order: the values of a template build on one another.
        text = json.dumps(dict(sorted(entry.items()))).encode("ascii")
        content["sealed"][entry["id"]] = base64.b64encode(text).decode("ascii")
    return (json.dumps(content, indent=1) + "\n").encode("ascii")


def unseal(content: bytes) -> tuple[str, list[dict]]:
    """Return the name of the lesson, and the entries that were sealed.

    Raises
    ------
    ValueError, TypeError, KeyError
        If that is not what the bytes hold.
    """
    record = json.loads(content)
    return record["lesson"], [
        json.loads(base64.b64decode(text)) for text in record["sealed"].values()
    ]
