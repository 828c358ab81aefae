"""What three readings make of raw scores, in plain NumPy, so that sliders answer at once.

The tests compare each with Keras. Losses are in nats: every logarithm is the natural one.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

TRUE_CLASS = 1  # the trouser, as in lesson 01
EPSILON = 1e-7  # keras.config.epsilon(): where Keras clips probabilities


class ScoreReading(NamedTuple):
    """What three readings of the same scores give; each array has one number a class."""

    scores: np.ndarray
    probabilities: np.ndarray  # softmax of the scores: the right reading
    divided: np.ndarray  # scores divided by their sum and clipped: the wrong flag
    doubled: np.ndarray  # softmax of the softmax
    right_loss: float
    wrong_flag_loss: float  # NaN when the scores sum to zero and one of them is zero
    doubled_loss: float


def softmax(scores: np.ndarray) -> np.ndarray:
    """Turn scores into probabilities, safe for scores of any size.

    Parameters
    ----------
    scores : array, shape (..., K)

    Returns
    -------
    array, shape (..., K)
        Positive numbers which sum to 1 along the last axis.
    """
    powers = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def read_as_probabilities(scores: np.ndarray) -> np.ndarray:
    """Do what Keras does with numbers that it is told are probabilities.

    Parameters
    ----------
    scores : array, shape (..., K)

    Returns
    -------
    array, shape (..., K)
        The numbers divided by their sum, then clipped to [1e-7, 1 - 1e-7]. Where the sum is zero
        the division gives infinity, which is clipped as well; but 0/0 stays NaN.
        Source: `categorical_crossentropy` in Keras 3, TensorFlow backend.
    """
    scores = np.asarray(scores, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = scores / scores.sum(axis=-1, keepdims=True)
    return np.clip(shares, EPSILON, 1 - EPSILON)


def read_scores(scores: Sequence[float], true_class: int = TRUE_CLASS) -> ScoreReading:
    """Compute the three readings of one row of scores, and what each costs.

    Parameters
    ----------
    scores : sequence of K float
    true_class : int
        Index of the true class.

    Returns
    -------
    ScoreReading
    """
    scores = np.asarray(scores, dtype=float)
    probabilities = softmax(scores)
    divided = read_as_probabilities(scores)
    doubled = softmax(probabilities)
    highest = scores.max()
    right_loss = highest + np.log(np.exp(scores - highest).sum()) - scores[true_class]
    return ScoreReading(
        scores,
        probabilities,
        divided,
        doubled,
        float(right_loss),
        # The sum over all classes, as Keras takes it: one NaN makes it NaN.
        -float(np.sum(np.eye(len(scores))[true_class] * np.log(divided))),
        -float(np.log(doubled[true_class])),
    )


def doubled_floor(classes: int) -> float:
    """Return the lowest loss that a doubled softmax can reach, log(1 + (K - 1) / e).

    Parameters
    ----------
    classes : int
        Number of classes K, at least 1.

    Returns
    -------
    float
        The loss at the best softmax there is, (1, 0, ..., 0), taken for scores: those have
        log-sum-exp log(e + K - 1), and the true class has 1.
    """
    return float(np.log(1 + (classes - 1) / np.e))
