"""Exercises beside their questions: which have passed their visible checks, and when first."""

from __future__ import annotations

import contextlib
import os

from crossentropy.quiz import responses

SAYS = "All visible checks pass."


def note_passed(name: str) -> None:
    """Say that an exercise passes its visible checks, and record when it first did.

    Stands in a graded cell, so it prints the same line always and raises nothing: where the record
    cannot be written, the exercise has passed all the same.

    Parameters
    ----------
    name : str
        For instance ``02-stable-softmax``.
    """
    print(SAYS)
    if os.environ.get("NBGRADER_EXECUTION") == "autograde":  # the grader judges, it learns nothing
        return
    with contextlib.suppress(Exception):
        if name not in responses.read().exercises:
            responses.change(lambda found: found.exercises.setdefault(name, responses.now()))


def is_passed(name: str) -> bool:
    """Whether an exercise has once passed its visible checks."""
    return name in responses.recorded()[0].exercises
