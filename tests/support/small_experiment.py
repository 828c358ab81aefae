"""A network and images small enough that a test can train them."""

from types import SimpleNamespace

import keras
from keras import layers
import numpy as np


def small_model(*more, image=(28, 28, 1)):
    """A network of a few hundred weights; `more` layers stand before the last one."""
    return keras.Sequential(
        [
            keras.Input(image),
            layers.MaxPooling2D(4),
            layers.Flatten(),
            *more,
            layers.Dense(5, activation="softmax"),
        ]
    )


def with_dropout():
    """The same with dropout, which shows when random numbers are not the same."""
    return small_model(layers.Dropout(0.25))


def hyperparameters(**changes):
    """Two quick epochs."""
    chosen = {
        "optimizer": "adam",
        "learning_rate": 0.01,
        "batch_size": 16,
        "epochs": 2,
        "patience": None,
    }
    return {**chosen, **changes}


def small_data(image=(28, 28, 1)):
    """Eighty tiny images whose class can be seen: a bright row; one label in four is wrong."""
    random = np.random.default_rng(0)
    true = np.arange(80) % 5
    images = random.random((80, *image)).astype("float32") * 0.2
    for one, row in zip(images, true, strict=True):
        one[5 * row : 5 * row + 5] += 0.8
    given = np.where(np.arange(80) % 4 == 0, (true + 1) % 5, true)
    one_hot = np.eye(5, dtype="float32")
    return SimpleNamespace(
        x_train=images,
        y_train=one_hot[given],
        y_train_true=one_hot[true],
        x_val=images,
        y_val=one_hot[true],
        x_test=images,
        y_test=one_hot[true],
        name="small",
    )
