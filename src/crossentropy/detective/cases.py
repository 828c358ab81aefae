"""A case: a small network that is trained with one mistake, or with none, and its log."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from functools import lru_cache
import io
import math
import warnings

from crossentropy.detective import script
from crossentropy.detective.causes import Cause, causes
from crossentropy.detective.training_log import shown
import numpy as np

STOPPED = "The training stopped with an error:\n\n"


@dataclass(frozen=True)
class Case:
    """One case.

    Attributes
    ----------
    seed : int
    cause : Cause
    program : str
        What was run; it prints the log.
    log : str
    classes : int
    first : list of float, or None
        Loss, accuracy and cross-entropy of the first batch; None where the training stopped.
    history : dict of str to list of float, or None
        As `fit` returns it.
    outputs : array, shape (examples, classes), or None
        Those of the log.
    """

    seed: int
    cause: Cause
    program: str
    log: str
    classes: int
    first: list | None
    history: dict | None
    outputs: np.ndarray | None

    @property
    def gives_away(self) -> str:
        """What gives the cause away, with the numbers of this log."""
        return self.cause.gives_away.format(**self.numbers)

    @property
    def numbers(self) -> dict[str, str]:
        """What the words of a cause can quote, as the log shows it."""
        told = {
            "classes": str(self.classes),
            "others": str(self.classes - 1),
            "log_k": shown(math.log(self.classes)),
            "floor": shown(math.log(1 + (self.classes - 1) / math.e)),
        }
        if self.first is not None:
            told |= {
                "first_loss": shown(self.first[0]),
                "first_cross_entropy": shown(self.first[2]),
                "early_loss": shown(self.history["loss"][0]),
                "early_cross_entropy": shown(self.history["cross_entropy"][0]),
                "last_loss": shown(self.history["loss"][-1]),
                "last_accuracy": shown(self.history["accuracy"][-1]),
                "last_cross_entropy": shown(self.history["cross_entropy"][-1]),
                "val_accuracy": shown(self.history["val_accuracy"][-1]),
            }
        return told


@lru_cache(maxsize=64)
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
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise ValueError(f"A case is opened by a whole number from 0 on, not by {seed!r}.")
    random = np.random.default_rng([seed, 0])
    cause = causes()[random.integers(len(causes()))]
    return train(cause, str(random.choice(cause.forms)), seed)


def train(cause: Cause, form: str, seed: int) -> Case:
    """Train with a given cause, labels in a given form, and what else the seed draws."""
    drawn = script.draw(seed)
    program = script.write(form, drawn, cause.places(form))
    return Case(seed, cause, program, *_run(program, drawn["classes"]))


def _run(program: str, classes: int) -> tuple:
    """Run a program and return what `Case` holds from its log on."""
    space = {"__name__": "case"}
    printed = io.StringIO()
    kept = np.random.get_state()
    try:
        with contextlib.redirect_stdout(printed), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # some of Keras's would tell the cause
            exec(compile(program, "case", "exec"), space)  # our own text
    except Exception as error:
        return STOPPED + _message(error), classes, None, None, None
    finally:
        np.random.set_state(kept)
    log = printed.getvalue().rstrip()
    return log, classes, space["first"], space["fit"].history, space["outputs"]


def _message(error: Exception) -> str:
    """The line of an error that says what happened, without the graph around it."""
    lines = [line.strip() for line in str(error).splitlines()]
    telling = [line for line in lines if "is not in [" in line or "label value" in line]
    return f"{type(error).__name__}: {(telling or lines[:1])[0]}"
