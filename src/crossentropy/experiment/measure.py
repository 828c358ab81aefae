"""Numbers about predictions: accuracies, the loss of each image, what became of wrong labels.

Plain NumPy, so that pictures and tables need no training library.
"""

from __future__ import annotations

from typing import Any

import numpy as np


def scores(model: Any, data: Any) -> dict[str, float]:
    """Measure a trained network on training and validation images, with dropout off.

    Parameters
    ----------
    model : keras.Model
        From images (N, height, width, channels) to probabilities (N, K).
    data : crossentropy.datasets.ImageSet
        Or any object with its `x_…` and `y_…`, labels one-hot.

    Returns
    -------
    dict of str to float
        train_accuracy, train_loss: against the given labels, the wrong ones among them.
        val_accuracy, val_loss: on the validation images. true_accuracy: on the training images,
        against their true labels. wrong_learnt: the share of the wrongly labelled training images
        to which the network gives just that wrong label; wrong_seen_through: to which it gives the
        true one. The losses are the plain cross-entropy of the predicted probabilities: without
        L2 terms, and at most 16.118 for an image. The test images are left alone.
    """
    on_train = model.predict(data.x_train, batch_size=500, verbose=0)
    on_validation = model.predict(data.x_val, batch_size=500, verbose=0)
    predicted = on_train.argmax(axis=1)
    given, true = classes(data.y_train), classes(data.y_train_true)
    wrong = given != true
    return {
        "train_accuracy": _share(predicted == given),
        "train_loss": float(example_losses(data.y_train, on_train).mean()),
        "val_accuracy": _share(on_validation.argmax(axis=1) == classes(data.y_val)),
        "val_loss": float(example_losses(data.y_val, on_validation).mean()),
        "true_accuracy": _share(predicted == true),
        "wrong_learnt": _share(predicted[wrong] == given[wrong]),
        "wrong_seen_through": _share(predicted[wrong] == true[wrong]),
    }


def accuracy_on_test(model: Any, data: Any) -> float:
    """Return the share of test images that a network sorts rightly, 0 to 1.

    Apart from `scores`, because these images are for the very end, when nothing is left to
    choose.
    """
    probabilities = model.predict(data.x_test, batch_size=500, verbose=0)
    return _share(probabilities.argmax(axis=1) == classes(data.y_test))


def example_losses(y_true: np.ndarray, probabilities: np.ndarray) -> np.ndarray:
    """Return the cross-entropy of each example, clipped at 1e-7 as Keras does.

    Parameters
    ----------
    y_true : numpy.ndarray
        One-hot, shape (N, K).
    probabilities : numpy.ndarray
        Shape (N, K).

    Returns
    -------
    numpy.ndarray
        float64, shape (N,), in nats.
    """
    of_true_class = np.sum(np.asarray(y_true) * np.asarray(probabilities, dtype="float64"), axis=1)
    return -np.log(np.clip(of_true_class, 1e-7, 1 - 1e-7))


def classes(labels: np.ndarray) -> np.ndarray:
    """Return labels as class indices, shape (N,), whether they came one-hot or as indices."""
    labels = np.asarray(labels)
    return labels.argmax(axis=1) if labels.ndim == 2 else labels


def percent(share: float, digits: int = 0) -> str:
    """Return a share, 0 to 1, in words such as `85 %`."""
    return f"{100 * share:.{digits}f} %"


def standard_error(share: float, images: int) -> float:
    """Return the standard error of a share of right answers, sqrt(share (1 - share) / images).

    So much two accuracies may differ by the choice of images alone: the standard deviation of the
    share of successes in so many independent draws (binomial distribution).
    """
    return float(np.sqrt(share * (1 - share) / images))


def _share(hits):
    return float(np.mean(hits)) if len(hits) else 0.0
