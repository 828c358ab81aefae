"""What the mutants of one thing say of its tests: how many were caught, and which were not."""

from collections.abc import Collection
from pathlib import Path
import sys

import yaml

EQUIVALENT = yaml.safe_load((Path(__file__).parent / "equivalent.yaml").read_text()) or {}


def is_strong(name: str, mutants: Collection[str], passed: Collection[str], least: float) -> bool:
    """Print how many of the mutants are caught and which pass; return whether that is enough."""
    equivalent = EQUIVALENT.get(name) or {}
    holes = [what for what in passed if what not in equivalent]
    number = len(mutants) - (len(passed) - len(holes))
    caught = number - len(holes)
    print(f"{name}: {caught} of {number} caught, {caught / number:.1%}", end="")
    print(f"; {len(passed) - len(holes)} do the same" if len(passed) > len(holes) else "")
    for what in holes:
        print(f"  passes: {what}")
    for what in equivalent.keys() - {*passed}:
        print(f"  equivalent.yaml names what is no mutant or is caught: {what}")
    sys.stdout.flush()
    return caught >= least * number
