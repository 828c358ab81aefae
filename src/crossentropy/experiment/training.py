"""Train a recipe of the overfitting experiment, and say what it reached.

A run is fixed by its recipe and one seed, and uses images and labels that it loads itself, so the
lesson and the grade train the same network in the same way.
"""

from dataclasses import dataclass
import time

from crossentropy.experiment import recipe as recipes
import keras
import numpy as np

VALIDATION_GOAL = 0.85
TRAINING_LIMIT = 0.92
COMPUTE_SECONDS = 120
SEED = 0


@dataclass(frozen=True)
class Goal:
    """One goal of the experiment: what it asks, and whether it is met."""

    name: str
    met: bool
    reached: str = ""

    def __str__(self):
        reached = f" (reached {self.reached})" if self.reached and not self.met else ""
        return f"{'met    ' if self.met else 'not yet'}  {self.name}{reached}"


class TimeLimit(keras.callbacks.Callback):
    """Ends a training after some seconds of computing and keeps what was learnt by then.

    Computing time is what the processors spend on this process, all threads together: two busy
    cores use it up twice as fast as the clock, and a machine that is busy with other things does
    not.
    """

    def __init__(self, seconds):
        super().__init__()
        self.seconds = seconds
        self.reached = False

    def on_train_begin(self, logs=None):
        """Start the clock."""
        self._started = time.process_time()

    def on_train_batch_end(self, batch, logs=None):
        """Stop when the time is over."""
        if time.process_time() - self._started > self.seconds:
            self.reached = True
            self.model.stop_training = True


def train(recipe, data, seed=SEED, callbacks=()):
    """Build the recipe's network afresh and train it with categorical cross-entropy.

    Parameters
    ----------
    recipe : dict
        As ``recipe.read`` returns it.
    data : object
        With ``x_train`` and ``x_val``, float32 of shape (N, 28, 28, 1), and ``y_train`` and
        ``y_val``, one-hot of shape (N, 5); as ``datasets.load_fashion5`` returns it.
    seed : int
        Fixes the initial weights, the order of the images and what dropout drops.
    callbacks : sequence of keras.callbacks.Callback
        To watch or to stop the run.

    Returns
    -------
    (keras.Model, dict)
        The trained network, with the weights of its best epoch when the recipe stops early; and
        ``fit``'s history: lists of floats under loss, accuracy, val_loss and val_accuracy.
    """
    keras.utils.set_random_seed(seed)
    model = recipes.fresh_model(recipe)
    model.compile(
        optimizer=recipes.optimizer(recipe),
        loss=keras.losses.CategoricalCrossentropy(),
        metrics=["accuracy"],
    )
    chosen = recipe["hyperparameters"]
    callbacks = list(callbacks)
    if chosen["patience"] is not None:
        callbacks.append(
            keras.callbacks.EarlyStopping(
                monitor="val_loss", patience=chosen["patience"], restore_best_weights=True
            )
        )
    history = model.fit(
        data.x_train,
        data.y_train,
        validation_data=(data.x_val, data.y_val),
        epochs=chosen["epochs"],
        batch_size=chosen["batch_size"],
        verbose=0,
        callbacks=callbacks,
    )
    return model, history.history


def scores(model, data):
    """Measure a trained network, with dropout off, as ``evaluate`` does.

    Parameters
    ----------
    model : keras.Model
        From (N, 28, 28, 1) to probabilities of shape (N, 5).
    data : object
        As for :func:`train`, with ``y_train_true`` beside: the labels before any was made wrong.

    Returns
    -------
    dict of str to float
        train_accuracy, train_loss, val_accuracy, val_loss, test_accuracy: against the labels of
        each split, those of the training with the wrong ones in them. true_accuracy: on the
        training images, against their true labels. wrong_learnt: the share of the wrongly
        labelled training images to which the network gives just that wrong label;
        wrong_seen_through: to which it gives the true one. The losses are the plain cross-entropy
        of the predicted probabilities: without L2 terms, and at most 16.118 for an example.
    """
    on_train = model.predict(data.x_train, batch_size=500, verbose=0)
    on_validation = model.predict(data.x_val, batch_size=500, verbose=0)
    on_test = model.predict(data.x_test, batch_size=500, verbose=0)
    predicted = on_train.argmax(axis=1)
    given, true = classes(data.y_train), classes(data.y_train_true)
    wrong = given != true
    return {
        "train_accuracy": _share(predicted == given),
        "train_loss": float(example_losses(data.y_train, on_train).mean()),
        "val_accuracy": _share(on_validation.argmax(axis=1) == classes(data.y_val)),
        "val_loss": float(example_losses(data.y_val, on_validation).mean()),
        "test_accuracy": _share(on_test.argmax(axis=1) == classes(data.y_test)),
        "true_accuracy": _share(predicted == true),
        "wrong_learnt": _share(predicted[wrong] == given[wrong]),
        "wrong_seen_through": _share(predicted[wrong] == true[wrong]),
    }


def goals(reached):
    """Compare what a run reached with the goals of the experiment.

    Parameters
    ----------
    reached : dict
        With val_accuracy and train_accuracy, as :func:`scores` returns them.

    Returns
    -------
    list of Goal
        The two that depend on the run, then the two that the way of training guarantees.
    """
    validation, training = reached["val_accuracy"], reached["train_accuracy"]
    return [
        Goal(
            f"validation accuracy at least {percent(VALIDATION_GOAL)}",
            validation >= VALIDATION_GOAL,
            percent(validation, 1),
        ),
        Goal(
            f"training accuracy below {percent(TRAINING_LIMIT)}",
            training < TRAINING_LIMIT,
            percent(training, 1),
        ),
        Goal("categorical cross-entropy is the loss", True),
        Goal("images and labels are as they were loaded", True),
    ]


def example_losses(y_true, probabilities):
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


def percent(share, digits=0):
    """Return a share, 0 to 1, in words such as ``85 %``."""
    return f"{100 * share:.{digits}f} %"


def classes(labels):
    """Return labels as class indices, shape (N,), whether they came one-hot or as indices."""
    labels = np.asarray(labels)
    return labels.argmax(axis=1) if labels.ndim == 2 else labels


def _share(hits):
    return float(np.mean(hits)) if len(hits) else 0.0
