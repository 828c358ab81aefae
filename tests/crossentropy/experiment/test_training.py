"""Training a recipe: the same each time, with cross-entropy, measured as `evaluate` measures."""

import signal
from types import SimpleNamespace

from crossentropy.experiment import live as progress
from crossentropy.experiment import recipe as recipes
from crossentropy.experiment import training
import keras
from keras import layers
import numpy as np
import pytest


def small_model():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.MaxPooling2D(4),
            layers.Flatten(),
            layers.Dropout(0.2),
            layers.Dense(5, activation="softmax"),
        ]
    )


def recipe(**changes):
    chosen = {
        "optimizer": "adam",
        "learning_rate": 0.01,
        "batch_size": 16,
        "epochs": 3,
        "patience": None,
    }
    return recipes.read(small_model, lambda: {**chosen, **changes})


@pytest.fixture(scope="module")
def data():
    """Eighty tiny images whose class can be seen: a bright row; one label in four is wrong."""
    random = np.random.default_rng(0)
    true = np.arange(80) % 5
    images = random.random((80, 28, 28, 1)).astype("float32") * 0.2
    for image, row in zip(images, true, strict=True):
        image[5 * row : 5 * row + 5] += 0.8
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
    )


def test_the_same_seed_gives_the_same_run_and_another_seed_another(data):
    curves = [training.train(recipe(), data, seed=seed)[1] for seed in (0, 0, 1)]
    assert curves[0] == curves[1]
    assert curves[0] != curves[2]


def test_the_loss_is_cross_entropy_and_the_optimizer_is_the_chosen_one(data):
    model, _ = training.train(recipe(optimizer="sgd", learning_rate=0.5, epochs=1), data)
    assert isinstance(model.loss, keras.losses.CategoricalCrossentropy)
    assert isinstance(model.optimizer, keras.optimizers.SGD)
    assert float(model.optimizer.learning_rate) == 0.5
    assert model.optimizer.momentum == 0.9


def test_patience_restores_the_best_weights(data):
    model, curves = training.train(recipe(epochs=30, patience=2, learning_rate=0.9), data)
    assert len(curves["loss"]) < 30
    best = model.evaluate(data.x_val, data.y_val, verbose=0)[0]
    assert best == pytest.approx(min(curves["val_loss"]), rel=1e-5)


def test_scores_agree_with_evaluate(data):
    model, _ = training.train(recipe(), data)
    reached = training.scores(model, data)
    loss, accuracy = model.evaluate(data.x_train, data.y_train, verbose=0)
    assert reached["train_accuracy"] == pytest.approx(accuracy)
    assert reached["train_loss"] == pytest.approx(loss, rel=1e-4)


def test_a_network_that_knows_the_truth_sees_through_wrong_labels(data):
    oracle = SimpleNamespace(predict=lambda x, **_: data.y_train_true)
    reached = training.scores(oracle, data)
    assert reached["true_accuracy"] == 1.0
    assert reached["train_accuracy"] == 0.75
    assert (reached["wrong_learnt"], reached["wrong_seen_through"]) == (0.0, 1.0)


def test_example_losses_are_minus_log_of_the_true_class_and_capped():
    y_true = np.array([[0, 1], [1, 0]])
    losses = training.example_losses(y_true, np.array([[0.25, 0.75], [0.0, 1.0]]))
    np.testing.assert_allclose(losses, [-np.log(0.75), 16.118], atol=1e-3)


@pytest.mark.parametrize(
    ("validation", "train", "met"),
    [
        (0.85, 0.91, [True, True]),
        (0.849, 0.92, [False, False]),
        (0.9, 0.999, [True, False]),
    ],
)
def test_goals_compare_with_85_and_92_percent(validation, train, met):
    goals = training.goals({"val_accuracy": validation, "train_accuracy": train})
    assert [goal.met for goal in goals] == [*met, True, True]


def test_a_goal_shows_its_number_only_when_it_is_missed():
    on_validation, on_training, *_ = training.goals({"val_accuracy": 0.7, "train_accuracy": 0.8})
    assert str(on_validation) == "not yet  validation accuracy at least 85 % (reached 70.0 %)"
    assert str(on_training) == "met      training accuracy below 92 %"


def test_the_time_limit_ends_a_training_and_keeps_it(data):
    limit = training.TimeLimit(0.0)
    _, curves = training.train(recipe(epochs=60), data, callbacks=[limit])
    assert limit.reached
    assert len(curves["loss"]) == 1


class At(keras.callbacks.Callback):
    """Does something once, after the second batch."""

    def __init__(self, what):
        super().__init__()
        self.what = what

    def on_train_batch_begin(self, batch, logs=None):
        if batch == 2 and self.what:
            what, self.what = self.what, None
            what()


def test_the_kernels_interrupt_ends_the_training_but_not_the_cell(data):
    earlier = signal.getsignal(signal.SIGINT)
    live = progress.Live(60)
    interrupt = At(lambda: signal.raise_signal(signal.SIGINT))
    model, curves = training.train(recipe(epochs=60), data, callbacks=[interrupt, live])
    assert live.stopped
    assert len(curves["loss"]) == 1
    assert model.predict(data.x_val, verbose=0).shape == (80, 5)
    assert signal.getsignal(signal.SIGINT) is earlier


def test_a_second_interrupt_breaks_off_at_once(data):
    def twice():
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    earlier = signal.getsignal(signal.SIGINT)
    try:
        with pytest.raises(KeyboardInterrupt):
            training.train(recipe(), data, callbacks=[At(twice), progress.Live(3)])
    finally:
        signal.signal(signal.SIGINT, earlier)


def test_live_keeps_the_curves_and_the_predictions_of_each_epoch(data):
    live = progress.Live(3, data.x_val)
    _, curves = training.train(recipe(), data, callbacks=[live])
    assert live.panel.curves == curves
    assert [one.shape for one in live.probabilities] == [(80, 5)] * 3
    assert not live.stopped
