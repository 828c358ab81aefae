"""The log of a training as text: written with few digits, and read again from its text.

Digits are few so that each machine shows the same ones. Whatever is said about a case is judged
from the text alone, so that nothing decides it that a learner cannot see.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
import math
import re

import numpy as np

NUMBERS = ("loss", "accuracy", "cross_entropy")
# Beyond it only the size matters, and digits differ from machine to machine.
LARGEST = 1e4
STOPPED = "The training stopped with an error:"


def log(
    first: Sequence[float],
    history: Mapping[str, Sequence[float]],
    labels: np.ndarray,
    outputs: np.ndarray,
) -> str:
    """Tell what a training printed.

    Parameters
    ----------
    first : sequence of float
        Loss, accuracy and cross-entropy of the first batch, before any training.
    history : mapping of str to sequence of float
        As `fit` returns it in `History.history`; one entry an epoch.
    labels : array
        The labels of some examples as the network gets them, shape (examples,) or
        (examples, classes).
    outputs : array, shape (examples, classes)
        What the trained network gives for these examples.

    Returns
    -------
    str
        Lines of text: one for the first batch, one an epoch, one an example.
    """
    heads = f"{'loss':>9}{'accuracy':>10}{'cross-entropy':>15}"
    lines = [f"{'':11}{'training':>34}{'validation':>34}", f"{'':11}{heads}{heads}"]
    lines.append(f"{'first batch':11}" + _row(first))
    for epoch in range(len(history["loss"])):
        training = _row([history[name][epoch] for name in NUMBERS])
        validation = _row([history[f"val_{name}"][epoch] for name in NUMBERS])
        lines.append(f"epoch {epoch + 1:2}   " + training + validation)
    lines.append("")
    for label, row in zip(labels, outputs, strict=True):
        told = "".join(f"{shown(value, 1):>9}" for value in row)
        lines.append(f"label {_label(label):12} outputs {told}")
    return "\n".join(lines)


def _row(numbers: Sequence[float]) -> str:
    loss, accuracy, cross_entropy = numbers
    return f"{shown(loss):>9}{shown(accuracy):>10}{shown(cross_entropy):>15}"


def shown(value: float, decimals: int = 2) -> str:
    """Write a number as the log does: from 10 on with two digits that count and no decimals."""
    if not np.isfinite(value):
        return "nan"
    size = abs(value)
    if size >= LARGEST:
        return ">10000" if value > 0 else "<-10000"
    if size >= 10:
        decimals = 1 - math.floor(math.log10(size))
    told = f"{round(float(value), decimals):.{max(decimals, 0)}f}"
    return told.removeprefix("-") if float(told) == 0 else told


def _label(label: np.ndarray) -> str:
    if np.ndim(label) == 0:
        return str(int(label))
    return "[" + " ".join(f"{value:.0f}" for value in label) + "]"


@dataclass(frozen=True)
class Seen:
    """What stands in a log; numbers that are too large are infinite.

    Attributes
    ----------
    error : str
        The message with which the training stopped; all else is empty then.
    first : dict of str to float
        `loss`, `accuracy` and `cross_entropy` of the first batch.
    training, validation : dict of str to list of float
        The same of each epoch.
    labels : list of str
    outputs : list of list of float
        Of some examples, as the trained network gives them.
    """

    error: str
    first: dict[str, float]
    training: dict[str, list[float]]
    validation: dict[str, list[float]]
    labels: list[str]
    outputs: list[list[float]]

    @property
    def classes(self) -> int:
        """How many outputs there are; 0 where the training stopped."""
        return len(self.outputs[0]) if self.outputs else 0

    @property
    def log_k(self) -> float:
        """The loss of a guess."""
        return math.log(self.classes)


def read(text: str) -> Seen:
    """Read a log that `log` wrote, or the message of a training that stopped.

    Parameters
    ----------
    text : str

    Returns
    -------
    Seen
    """
    if text.startswith(STOPPED):
        return Seen(text.removeprefix(STOPPED).strip(), {}, {}, {}, [], [])
    first, rows, labels, outputs = {}, [], [], []
    for line in text.splitlines():
        if line.startswith("first batch"):
            first = dict(zip(NUMBERS, _numbers(line.removeprefix("first batch")), strict=True))
        elif line.startswith("epoch"):
            rows.append(_numbers(line)[1:])
        elif line.startswith("label"):
            label, _, told = line.removeprefix("label").partition("outputs")
            labels.append(label.strip())
            outputs.append(_numbers(told))
    columns = [list(column) for column in zip(*rows, strict=True)]
    training = dict(zip(NUMBERS, columns[:3], strict=True))
    validation = dict(zip(NUMBERS, columns[3:], strict=True))
    return Seen("", first, training, validation, labels, outputs)


def _numbers(text: str) -> list[float]:
    words = re.findall(r"nan|[<>]?-?\d[\d.]*", text)
    known = {">10000": math.inf, "<-10000": -math.inf}
    return [known[word] if word in known else float(word) for word in words]
