"""The cases in responses.json: what was named in each, and when it was solved.

The file is that of the quiz (`crossentropy.quiz.responses`), so that progress finds all in one
place. A case is kept under its seed:
`{"7": {"named": [{"cause": "softmax taken twice", "time": "2026-..."}], "solved": "2026-..."}}`.
"""

from __future__ import annotations

from crossentropy.quiz import responses
from crossentropy.quiz.responses import Responses


def named(seed: int) -> tuple[list[str], str | None]:
    """Return the causes that were named in a case, oldest first.

    Parameters
    ----------
    seed : int

    Returns
    -------
    names : list of str
    notice : str or None
        One sentence for the learner if the record cannot be read, or nothing be saved here.
    """
    found, notice = responses.recorded()
    entry = found.cases.get(str(seed))
    attempts = entry.get("named") if isinstance(entry, dict) else None
    if not isinstance(attempts, list):
        attempts = []
    names = [one.get("cause") for one in attempts if isinstance(one, dict)]
    return [name for name in names if isinstance(name, str)], notice


def add(seed: int, name: str, is_right: bool) -> str | None:
    """Record that a cause was named; return one sentence if that could not be saved.

    Parameters
    ----------
    seed : int
    name : str
    is_right : bool
        Whether it solves the case.

    Returns
    -------
    str or None
    """

    def append(found: Responses) -> None:
        number = str(seed)
        entry = found.cases.setdefault(number, {})
        if not isinstance(entry, dict) or not isinstance(entry.setdefault("named", []), list):
            found.set_aside("cases", number)
            entry = found.cases[number] = {"named": []}
        entry["named"].append({"cause": name, "time": responses.now()})
        if is_right:
            entry.setdefault("solved", responses.now())

    return responses.change(append)[1]
