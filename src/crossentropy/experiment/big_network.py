"""The overfitted network that lesson 05 starts from.

On every seed it fits nearly all training labels, the wrong ones included, and pays for it on clean
images. Gradient descent with momentum and large batches comes to rest on the fitted labels, where
Adam went on moving and ended anywhere between 58 % and 72 % on the clean images.
`data/tune_experiment.py` measures that over ten seeds, and `data/DATASHEET.md` holds the table.
The cure is not here, since finding it is the learner's part.
"""

from __future__ import annotations

import keras

# As `recipe` reads them; patience None means that nothing stops the training early.
BIG_HYPERPARAMETERS = {
    "optimizer": "sgd",
    "learning_rate": 0.1,
    "batch_size": 256,
    "epochs": 60,
    "patience": None,
}


def build_big_model(image: tuple[int, int, int] = (28, 28, 1)) -> keras.Sequential:
    """Build the network that memorises: one convolution and one wide dense layer.

    Nothing holds it back: no pooling, no dropout, no penalty, and more than 400 weights for each
    training image.

    Parameters
    ----------
    image : (int, int, int)
        Height, width and channels of an image: (28, 28, 1) for clothes, (32, 32, 3) for CIFAR-10.

    Returns
    -------
    keras.Sequential
        From images of shape (N, *image) to probabilities of shape (N, 5); 1,386,309 weights for
        clothes, new and random at each call; not compiled.
    """
    return keras.Sequential(
        [
            keras.Input(image),
            keras.layers.Conv2D(32, 3, strides=2, activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dense(5, activation="softmax"),
        ]
    )
