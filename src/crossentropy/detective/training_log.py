"""The log of a training, as a table of text: rounded so that each machine shows the same digits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

SHOWN = (1, 2, 3, 5, 10)
# Beyond it only the size matters, and digits differ from machine to machine.
LARGEST = 1e4


def log(
    first: Sequence[float],
    history: dict[str, list[float]],
    labels: np.ndarray,
    outputs: np.ndarray,
) -> str:
    """Tell what a training printed.

    Parameters
    ----------
    first : sequence of float
        Loss, accuracy and cross-entropy of the first batch, before any training.
    history : dict of str to list of float
        As `fit` returns it in `History.history`; one entry an epoch.
    labels : array
        The labels of some examples as the network gets them, shape (examples,) or
        (examples, classes).
    outputs : array, shape (examples, classes)
        What the trained network gives for these examples.

    Returns
    -------
    str
        Lines of text: one for the first batch, one for some of the epochs, one an example.
    """
    columns = ["loss", "accuracy", "cross_entropy"]
    heads = f"{'loss':>9}{'accuracy':>10}{'cross-entropy':>15}"
    lines = [f"{'':12}{'training':>34}{'validation':>34}", f"{'':12}{heads}{heads}"]
    lines.append(f"{'first batch':12}" + _numbers(first))
    for epoch in SHOWN:
        if epoch <= len(history["loss"]):
            training = _numbers([history[name][epoch - 1] for name in columns])
            validation = _numbers([history[f"val_{name}"][epoch - 1] for name in columns])
            lines.append(f"epoch {epoch:2}    " + training + validation)
    lines.append("")
    for label, row in zip(labels, outputs, strict=True):
        told = "  ".join(f"{shown(value, 1):>6}" for value in row)
        lines.append(f"label {_label(label):16} output {told}")
    return "\n".join(lines)


def _numbers(row: Sequence[float]) -> str:
    loss, accuracy, cross_entropy = row
    return f"{shown(loss):>9}{shown(accuracy):>10}{shown(cross_entropy):>15}"


def shown(value: float, decimals: int = 2) -> str:
    """Write a number as the log does: to three digits, and not more decimals than asked for."""
    if not np.isfinite(value):
        return "nan"
    size = abs(value)
    if size >= LARGEST:
        return ">10000" if value > 0 else "<-10000"
    for border, most in ((1000, -2), (100, 0), (10, 1)):
        if size >= border:
            decimals = min(decimals, most)
            break
    told = f"{round(value, decimals):.{max(decimals, 0)}f}"
    return told.removeprefix("-") if float(told) == 0 else told


def _label(label: np.ndarray) -> str:
    if np.ndim(label) == 0:
        return str(int(label))
    return "[" + " ".join(f"{value:.0f}" for value in label) + "]"
