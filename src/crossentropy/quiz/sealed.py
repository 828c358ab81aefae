"""Challenge questions in an envelope: nobody reads a key by opening a file in an editor.

A teacher writes them in plain YAML in ``solutions/``, which learners do not get. ``make release``
closes the envelope: each question becomes one line of base64. That is an envelope and not a lock: a
notebook that shows and explains a question offline must be able to open it, and so can whoever
writes three lines of Python. Points are safe all the same, since they are computed with the
teacher's own key (`crossentropy.quiz.challenge_points`).
"""

from __future__ import annotations

import base64
import json


def seal(lesson: str, questions: list[dict]) -> bytes:
    """Put questions in the envelope.

    Parameters
    ----------
    lesson : str
        For instance ``08-mastery``.
    questions : list of dict
        As a file of the bank holds them.

    Returns
    -------
    bytes
        The text of the lesson's ``.sealed.json``, the same at each call.
    """
    content = {"lesson": lesson, "questions": {}}
    for question in questions:
        text = json.dumps(question, sort_keys=True).encode("ascii")
        content["questions"][question["id"]] = base64.b64encode(text).decode("ascii")
    return (json.dumps(content, indent=1) + "\n").encode("ascii")


def unseal(content: bytes) -> tuple[str, list[dict]]:
    """Open the envelope: the name of the lesson, and its questions as the teacher wrote them.

    Raises
    ------
    ValueError, TypeError, KeyError
        If that is not what the bytes hold.
    """
    record = json.loads(content)
    return record["lesson"], [
        json.loads(base64.b64decode(text)) for text in record["questions"].values()
    ]
