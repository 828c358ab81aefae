"""Who is like whom, and who is in one group with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Alike:
    """Learners who have something in common, in words; `weight` says how striking it is."""

    students: tuple[str, ...]
    what: str
    weight: float


def joined(pairs: Iterable[Alike], what: str) -> list[Alike]:
    """Make one group of all that are linked by pairs.

    Parameters
    ----------
    pairs : iterable of Alike
        Of two students each.
    what : str
        What is said of a group of more than two; a pair keeps its own words.

    Returns
    -------
    list of Alike
        The most striking first.
    """
    group: dict[str, str] = {}

    def root(student: str) -> str:
        while group.setdefault(student, student) != student:
            student = group[student]
        return student

    pairs = list(pairs)
    for pair in pairs:
        first, second = pair.students
        group[root(first)] = root(second)
    inside = defaultdict(list)
    for pair in pairs:
        inside[root(pair.students[0])].append(pair)
    found = []
    for links in inside.values():
        students = tuple(sorted({student for link in links for student in link.students}))
        weakest = min(links, key=lambda link: link.weight)
        found.append(Alike(students, weakest.what if len(links) == 1 else what, weakest.weight))
    return sorted(found, key=lambda one: (-one.weight, one.students))
