"""Exercises: which have passed their visible checks, and their worked solutions."""

from __future__ import annotations

import contextlib
import os

from crossentropy.quiz import display, responses, worked

SAYS = "All visible checks pass."


def passed(name: str) -> None:
    """Say that an exercise passes its visible checks, and record when it first did.

    Stands in a graded cell after the visible checks, so it prints one line, always the same, leaves
    nothing else behind and raises nothing: where the record cannot be written, the exercise has
    passed all the same. `progress` counts what has passed.

    Parameters
    ----------
    name : str
        The exercise, by two digits and words: `02-stable-softmax`.
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


def worked_solution(name: str, show: bool = False) -> None:
    """Offer the worked solution of an exercise: at once when it has passed, else if asked twice.

    Parameters
    ----------
    name : str
        As `passed` was given it.
    show : bool, optional
        Print it, for where there are no buttons.
    """
    if show:
        text, notice = worked.read(name)
        print(text or notice)
        return

    def card():
        from crossentropy.quiz.worked_card import WorkedSolution

        return WorkedSolution(name, lambda: is_passed(name))

    text = "Worked solution of this exercise, step by step."
    call = f'quiz.worked_solution("{name}", show=True)'
    display.show(
        card,
        f"*{text} Without a button here, print it with* `{call}`.",
        f"{text} Without a button here, print it with {call}.",
    )
