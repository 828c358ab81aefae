"""Whole percents over options that always sum to 100, and how they give way when one is moved.

What was moved stays. The options that were not moved yet share what is left, in the proportion that
they have; when they can give no more, or all were moved, the others give way in proportion.
"""

from __future__ import annotations

from collections.abc import Sequence


class Spread:
    """Percents of options, all equal at first (a rest goes to the first ones).

    While one option is moved to and fro, the others come back to where they were before it moved.

    Attributes
    ----------
    percents : list of int
    """

    def __init__(self, count: int):
        self._count = count
        self.even()

    def even(self) -> None:
        """Make all as equal as whole percents can be, as if nothing had been moved."""
        self.percents = shared(100, [1] * self._count)
        self._moved: set[int] = set()
        self._moving: int | None = None
        self._before = list(self.percents)

    def move(self, place: int, percent: int) -> list[int]:
        """Set the percent of one option, from 0 to 100; return those of all."""
        if place != self._moving:
            self._moving, self._before = place, list(self.percents)
        percent = min(100, max(0, int(percent)))
        others = [one for one in range(self._count) if one != place]
        free = [one for one in others if one not in self._moved]
        held = [one for one in others if one in self._moved]
        left = 100 - percent - sum(self._before[one] for one in held)
        self.percents = list(self._before)
        self.percents[place] = percent
        if free and left >= 0:
            self._share(left, free)
        else:
            self._share(0, free)
            self._share(100 - percent, held)
        self._moved.add(place)
        return self.percents

    def _share(self, total: int, among: list[int]) -> None:
        for one, part in zip(
            among, shared(total, [self._before[one] for one in among]), strict=True
        ):
            self.percents[one] = part


def shared(total: int, weights: Sequence[int]) -> list[int]:
    """Share a whole number in proportion to weights, equally if all are 0, into whole parts.

    What rounding leaves goes to the largest remainders, the first of equal ones.
    """
    weights = weights if any(weights) else [1] * len(weights)
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    remainders = [total * weight % whole for weight in weights]
    order = sorted(range(len(parts)), key=lambda one: -remainders[one])
    for one in order[: total - sum(parts)]:
        parts[one] += 1
    return parts
