"""How often a classifier is right, sorted by how sure it said it was. Plain NumPy, no drawing.

The *answer* of a row of probabilities is the class with the highest one (the first of several
equal ones), and its *confidence* is that highest probability. The tests compare the losses with
Keras and the errors with sums by hand.

Sources: reliability diagrams, DeGroot and Fienberg (1983); expected calibration error, Naeini,
Cooper and Hauskrecht (2015); temperature scaling, Guo, Pleiss, Sun and Weinberger (2017).
"""

from typing import NamedTuple

import numpy as np


class Bins(NamedTuple):
    """Answers sorted into bins by their confidence; each array has one number a bin.

    Where a bin is empty, `confidence` and `accuracy` are NaN.
    """

    low: np.ndarray  # a bin holds what is above its lower edge, up to and with its upper edge
    high: np.ndarray
    count: np.ndarray
    confidence: np.ndarray  # mean confidence of the answers in the bin
    accuracy: np.ndarray  # share of them that are right

    @property
    def gap(self) -> np.ndarray:
        """Share of right answers minus mean confidence: below 0 where too sure."""
        return self.accuracy - self.confidence

    @property
    def error(self) -> float:
        """Expected calibration error: the mean size of the gap, weighted by the counts."""
        return float(np.nansum(self.count / self.count.sum() * np.abs(self.gap)))


def softmax(scores: np.ndarray, temperature: float = 1.0) -> np.ndarray:
    """Turn scores into probabilities, each score divided by the temperature first.

    Parameters
    ----------
    scores : array, shape (N, K)
    temperature : float
        Above 0.

    Returns
    -------
    array, shape (N, K), float64
    """
    divided = np.asarray(scores, dtype=float) / temperature
    powers = np.exp(divided - divided.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def cross_entropy(scores: np.ndarray, y_true: np.ndarray, temperature: float = 1.0) -> float:
    """Return the mean cross-entropy of softmax(scores / temperature), in nats, without overflow.

    Parameters
    ----------
    scores : array, shape (N, K)
    y_true : array, shape (N, K) or (N,)
        One-hot or integer labels.
    temperature : float
        Above 0.
    """
    divided = np.asarray(scores, dtype=float) / temperature
    highest = divided.max(axis=1)
    log_sums = highest + np.log(np.exp(divided - highest[:, np.newaxis]).sum(axis=1))
    truths = divided[np.arange(len(divided)), class_numbers(y_true)]
    return float(np.mean(log_sums - truths))


def class_numbers(y_true: np.ndarray) -> np.ndarray:
    """Return labels as class numbers, shape (N,), from one-hot rows or from class numbers."""
    y_true = np.asarray(y_true)
    return y_true.argmax(axis=1) if y_true.ndim == 2 else y_true.astype(int)


def bin_answers(
    probabilities: np.ndarray, y_true: np.ndarray, bins: int = 10, equal: str = "width"
) -> Bins:
    """Sort answers into bins by their confidence.

    Parameters
    ----------
    probabilities : array, shape (N, K)
        Each row sums to 1.
    y_true : array, shape (N, K) or (N,)
        One-hot or integer labels.
    bins : int
        How many, at least 1.
    equal : "width" or "count"
        Bins that are equally wide, from 0 to 1; or bins that hold equally many answers (but for
        one, where the division leaves a rest).

    Returns
    -------
    Bins
    """
    probabilities = np.asarray(probabilities, dtype=float)
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == class_numbers(y_true)
    if equal == "count":
        groups = np.array_split(np.argsort(confidence, kind="stable"), bins)
        ends = [confidence[group[[0, -1]]] if len(group) else (np.nan, np.nan) for group in groups]
        low, high = np.array(ends).T
    else:
        edges = np.linspace(0, 1, bins + 1)
        # "left" puts a confidence that is an edge below it, so 1.0 stands in the last bin.
        places = np.searchsorted(edges[1:-1], confidence, side="left")
        groups = [np.flatnonzero(places == place) for place in range(bins)]
        low, high = edges[:-1], edges[1:]
    return Bins(
        low,
        high,
        np.array([len(group) for group in groups]),
        np.array([confidence[group].mean() if len(group) else np.nan for group in groups]),
        np.array([right[group].mean() if len(group) else np.nan for group in groups]),
    )
