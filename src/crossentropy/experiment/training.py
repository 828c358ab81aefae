"""Train a recipe of the overfitting experiment: as it says, or on to the last epoch.

A run is fixed by its recipe, its images and one seed, so the lesson and the grade train the same
network in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
import time
from typing import Any

from crossentropy.experiment import recipe as recipes
from crossentropy.experiment.measure import scores
import keras

COMPUTE_SECONDS = 180  # one limit, for a try and for the grade
LAST_EPOCH = 60  # the end of a training "to the end", and of the first network's
SEED = 0


@dataclass(frozen=True)
class Run:
    """A trained recipe.

    Attributes
    ----------
    model : keras.Model
        As the recipe leaves it: after its epochs, or with the weights of its best epoch.
    curves : dict of str to list of float
        `fit`'s history of all epochs that were run: loss, accuracy, val_loss and val_accuracy.
    epochs : int
        How many epochs the recipe trained.
    at_the_end : dict or None
        `measure.scores` of the network after the last epoch, for a run to the end.
    """

    model: keras.Model
    curves: dict
    epochs: int
    at_the_end: dict | None = None


class TimeLimit(keras.callbacks.Callback):
    """Ends a training softly, keeping what was learnt by then.

    Parameters
    ----------
    seconds : float
        Of computing: what the processors spend on this process, all threads together. Two busy
        cores use it up twice as fast as the clock, and a machine that is busy with other things
        does not.
    until : float, optional
        A time on the clock (`time.time`) to end at, however little was computed.

    Attributes
    ----------
    reached : str
        "computing" or "clock" once that limit has ended the training, "" before.
    """

    def __init__(self, seconds: float = COMPUTE_SECONDS, until: float | None = None):
        super().__init__()
        self.seconds, self.until = seconds, until
        self.reached = ""

    def on_train_begin(self, logs: dict | None = None) -> None:
        """Start counting."""
        self._started = time.process_time()

    def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:
        """Stop when the time is over."""
        if time.process_time() - self._started > self.seconds:
            self.reached = "computing"
        elif self.until is not None and time.time() > self.until:
            self.reached = "clock"
        if self.reached:
            self.model.stop_training = True


def train(
    recipe: dict, data: Any, seed: int = SEED, callbacks: Iterable[keras.callbacks.Callback] = ()
) -> tuple[keras.Model, dict]:
    """Build the recipe's network afresh and train it with categorical cross-entropy.

    Parameters
    ----------
    recipe : dict
        As `recipe.read` returns it.
    data : crossentropy.datasets.ImageSet
        Or any object with its x_train, y_train, x_val and y_val: images float32 of shape
        (N, height, width, channels), labels one-hot of shape (N, 5).
    seed : int
        Fixes the initial weights, the order of the images and what dropout drops.
    callbacks : iterable of keras.callbacks.Callback
        To watch or to stop the run.

    Returns
    -------
    (keras.Model, dict)
        The trained network, with the weights of its best epoch when the recipe has a patience; and
        `fit`'s history: lists of floats under loss, accuracy, val_loss and val_accuracy.
    """
    chosen = recipe["hyperparameters"]
    brake = [] if chosen["patience"] is None else [_early_stopping(chosen["patience"])]
    return _fit(recipe, data, seed, chosen["epochs"], [*callbacks, *brake])


def train_to_the_end(
    recipe: dict, data: Any, seed: int = SEED, callbacks: Iterable[keras.callbacks.Callback] = ()
) -> Run:
    """Train a recipe as it says and on from there, without a brake, to epoch 60.

    One training answers both questions, because up to the recipe's own end it is the same training
    as in `train`, step by step.

    Parameters
    ----------
    recipe, data, seed, callbacks
        As for `train`.

    Returns
    -------
    Run
    """
    as_chosen = _AsChosen(recipe["hyperparameters"])
    model, curves = _fit(recipe, data, seed, LAST_EPOCH, [*callbacks, as_chosen])
    at_the_end = scores(model, data)
    model.set_weights(as_chosen.weights)
    return Run(model, curves, as_chosen.epochs, at_the_end)


def _fit(recipe, data, seed, epochs, callbacks):
    keras.utils.set_random_seed(seed)
    model = recipes.fresh_model(recipe)
    model.compile(
        optimizer=recipes.optimizer(recipe),
        loss=keras.losses.CategoricalCrossentropy(),
        metrics=["accuracy"],
    )
    # What an optimizer and metrics remember is made here: where Keras makes it in the first step of
    # `fit`, TensorFlow compiles that step a second time.
    model.optimizer.build(model.trainable_variables)
    one = data.x_train[:1]
    model.compute_metrics(one, data.y_train[:1], model(one))
    history = model.fit(
        data.x_train,
        data.y_train,
        validation_data=(data.x_val, data.y_val),
        epochs=epochs,
        batch_size=recipe["hyperparameters"]["batch_size"],
        verbose=0,
        callbacks=callbacks,
    )
    return model, history.history


def _early_stopping(patience):
    return keras.callbacks.EarlyStopping(
        monitor="val_loss", patience=patience, restore_best_weights=True
    )


class _AsChosen(keras.callbacks.Callback):
    """Keeps the weights with which a recipe ends, and lets the training go on."""

    def __init__(self, hyperparameters):
        super().__init__()
        self.weights, self.epochs = None, 0
        self._most = hyperparameters["epochs"]
        patience = hyperparameters["patience"]
        self._brake = None if patience is None else _early_stopping(patience)
        self._over = False

    def on_train_begin(self, logs=None):
        if self._brake:
            self._brake.set_model(self.model)
            self._brake.on_train_begin(logs)

    def on_epoch_end(self, epoch, logs=None):
        if self._over:
            return
        self.epochs = epoch + 1
        stopping = self.model.stop_training  # by the learner or a limit: not for the brake to clear
        if self._brake:
            self._brake.on_epoch_end(epoch, logs)
            self.weights = self._brake.best_weights
            self._over = self.model.stop_training and not stopping
            self.model.stop_training = stopping
        else:
            self.weights = self.model.get_weights()
        self._over = self._over or self.epochs >= self._most
