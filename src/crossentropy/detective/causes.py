"""The list of causes: what can be wrong in a case, what gives it away, and what mends it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from crossentropy.data_folder import data_folder
import yaml

FILE = "causes.yaml"


@dataclass(frozen=True)
class Cause:
    """One entry of data/causes.yaml; the fields are explained there."""

    name: str
    forms: tuple[str, ...]
    change: dict[str, Any]
    signs: dict[str, bool]
    gives_away: str
    looks_alike: str
    cure: str
    section: tuple[str, str]
    steady: dict[str, list[int]] = field(default_factory=dict)

    def places(self, form: str) -> dict[str, str]:
        """Return the places of the program that the mistake fills in, for one form of labels."""
        return self.change.get(form, self.change)


@cache
def causes() -> tuple[Cause, ...]:
    """Return all causes, in the order of the file."""
    text = (data_folder() / FILE).read_text(encoding="utf-8")
    return tuple(
        Cause(**{**entry, "forms": tuple(entry["forms"]), "section": tuple(entry["section"])})
        for entry in yaml.safe_load(text)
    )


def cause(name: str) -> Cause:
    """Return the cause of a name, in small or capital letters.

    Raises
    ------
    ValueError
        One sentence with the names that there are.
    """
    for one in causes():
        if one.name.casefold() == str(name).strip().casefold():
            return one
    known = ", ".join(repr(one.name) for one in causes())
    raise ValueError(f"There is no cause {name!r}; the causes are {known}.")
