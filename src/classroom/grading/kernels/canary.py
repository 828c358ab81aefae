"""Cells whose outcome is known, sent before and after each cell that scores."""

from dataclasses import dataclass
import secrets


@dataclass(frozen=True)
class Canary:
    """A cell that passes what must pass and then fails with a known message."""

    source: str
    message: str

    def complaint(self, reply: dict) -> str:
        """Return what is wrong with the kernel's reply to it, or ""."""
        right = reply.get("status") == "error" and reply.get("evalue") == self.message
        return "" if right else "a check that must pass, then fail, did not end as it must."


# What must pass, then what tells wrong from right, counted; the last must fail with the count.
_SOURCE = """\
assert {a} + 1 == {next}, "must pass"
def _count(a, b):
    import builtins
    import numpy
    caught = 0
    for wrong in (
        lambda: numpy.testing.assert_allclose(a, b),
        lambda: numpy.testing.assert_equal(a, b),
        lambda: numpy.testing.assert_almost_equal(a, b),
    ):
        try:
            wrong()
        except AssertionError:
            caught += 1
    caught += not numpy.allclose(a, b)
    caught += not numpy.isclose(a, b)
    caught += not numpy.array_equal([a], [b])
    caught += not builtins.all([a, 0])
    caught += not builtins.any([0, a - a])
    caught += not builtins.isinstance(a, str)
    caught += builtins.abs(-a) == a and builtins.len("ab") == 2 and builtins.sum([a, 1]) == {next}
    return caught

assert {a} == {b}, str(_count({a}, {b}) * {b})
"""
_COUNT = 10


def canary() -> Canary:
    """Return a cell whose outcome is known, with other numbers each time."""
    a, b = secrets.randbelow(10**6) + 1, secrets.randbelow(10**6) + 2 * 10**6
    source = _SOURCE
    for name, number in (("{a}", a), ("{next}", a + 1), ("{b}", b)):
        source = source.replace(name, str(number))
    return Canary(source, str(_COUNT * b))
