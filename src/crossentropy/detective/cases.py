"""A case: a small network that is trained with one mistake, or with none, and its log."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from functools import cached_property, lru_cache
import io
import random as python_random
import warnings

from crossentropy.detective import script, signs, training_log
from crossentropy.detective.causes import Cause, causes
import numpy as np

MOST_DRAWS, BETWEEN_DRAWS = 5, 10_000
FIRST = "first = model.evaluate("  # the first step of a program


@dataclass(frozen=True)
class Case:
    """One case.

    Attributes
    ----------
    seed : int
    cause : Cause
    program, mended : str
        What was run, which prints the log; and the same without the mistake.
    log : str
    """

    seed: int
    cause: Cause
    program: str
    mended: str
    log: str

    @cached_property
    def seen(self) -> training_log.Seen:
        """What stands in the log."""
        return training_log.read(self.log)

    def told(self, text: str) -> str:
        """Fill the numbers of the log into a text of the cause."""
        return text.format(**signs.numbers(self.seen)).strip()


def number_of(seed: object) -> int:
    """Return a seed that can be one.

    Raises
    ------
    ValueError
        When it is no whole number from 0 on.
    """
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or seed < 0:
        raise ValueError(f"A case is opened by a whole number from 0 on, not by {seed!r}.")
    return int(seed)


def cause_of(seed: int) -> tuple[Cause, str]:
    """Draw the cause of a case and the form of its labels, without training it.

    As many seeds in a row as there are causes have each cause once, so that nobody meets the same
    one again at once.
    """
    deck, place = divmod(seed, len(causes()))
    order = np.random.default_rng([deck, 2]).permutation(len(causes()))
    cause = causes()[order[place]]
    return cause, str(np.random.default_rng([seed, 0]).choice(cause.forms))


def open_case(seed: int) -> Case:
    """Draw a case and train it, in one or two seconds.

    Parameters
    ----------
    seed : int
        At least 0. One seed is one case, with the same log each time.

    Returns
    -------
    Case

    Raises
    ------
    ValueError
        When `seed` is no whole number from 0 on.
    """
    seed = number_of(seed)
    return make(*cause_of(seed), seed)


def make(cause: Cause, form: str, seed: int) -> Case:
    """Train with a given cause, labels in a given form, and what else the seed draws.

    By luck a log may show too little to tell its cause, in about one case of a hundred; then
    another is drawn. Where the last digit of a weight can change the log, which is so with two of
    the causes, one of the draws is taken that are known to be steady.
    """
    steady = cause.steady.get(form, [])
    first = steady[seed % len(steady)] if steady else seed
    for number in range(first, first + MOST_DRAWS * BETWEEN_DRAWS, BETWEEN_DRAWS):
        drawn = script.draw(number)
        program = script.write(form, drawn, cause.places(form))
        case = Case(seed, cause, program, script.write(form, drawn, {}), run(program))
        if fitting(case.seen) == [cause]:
            break
    return case


def fitting(seen: training_log.Seen) -> list[Cause]:
    """Return the causes whose signs a log shows; in a fair case it is one."""
    return [one for one in causes() if not signs.against(one, seen)]


@lru_cache(maxsize=64)
def run(program: str) -> str:
    """Run a program of ours and return the log that it prints.

    It leaves the random numbers of Python and NumPy as they were; those of TensorFlow and Keras
    begin anew at the seed of the program.

    Parameters
    ----------
    program : str

    Returns
    -------
    str
        Where the training stops with an error, its message.
    """
    printed = io.StringIO()
    kept = np.random.get_state(), python_random.getstate()
    try:
        with contextlib.redirect_stdout(printed), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # some of Keras's would tell the cause
            sooner = program.replace(FIRST, f"_make_memory(model, x, y)\n{FIRST}")
            space = {"__name__": "case", "_make_memory": _make_memory}
            exec(compile(sooner, "case", "exec"), space)
    except Exception as error:
        return f"{training_log.STOPPED}\n\n{_message(error)}"
    finally:
        np.random.set_state(kept[0])
        python_random.setstate(kept[1])
    return printed.getvalue().rstrip()


def _make_memory(model, x, y):
    """Make what an optimizer and metrics remember, which changes no number of the log.

    Where Keras makes it in the first step, TensorFlow compiles that step a second time.
    """
    model.optimizer.build(model.trainable_variables)
    with contextlib.suppress(Exception):  # a mistake stops the program where it stops a learner's
        model.compute_metrics(x[:1], y[:1], model(x[:1]))


def _message(error: Exception) -> str:
    """Return the line of an error that says what happened, without the graph around it."""
    lines = [line.strip() for line in str(error).splitlines()]
    telling = [line for line in lines if "is not in [" in line or "label value" in line]
    return f"{type(error).__name__}: {(telling or lines[:1])[0]}"
