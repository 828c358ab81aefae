"""Training a recipe: the same each time, with cross-entropy, and to the end when that is asked."""

import time

from crossentropy.experiment import recipe as recipes
from crossentropy.experiment import training
from crossentropy.experiment.measure import scores
import keras
import numpy as np
import pytest
from small_experiment import hyperparameters, small_data, with_dropout


def recipe(**changes):
    return recipes.read(with_dropout, lambda: hyperparameters(**changes))


@pytest.fixture(scope="module")
def data():
    return small_data()


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
    reached = scores(model, data)
    loss, accuracy = model.evaluate(data.x_train, data.y_train, verbose=0)
    assert reached["train_accuracy"] == pytest.approx(accuracy)
    assert reached["train_loss"] == pytest.approx(loss, rel=1e-4)


# To the end


@pytest.mark.parametrize(
    "chosen",
    [
        {"epochs": 12, "patience": 2, "learning_rate": 0.9},  # a brake that is pulled
        {"epochs": 4, "patience": 3},  # one that is not
        {"epochs": 4},
    ],
)
def test_up_to_its_own_end_a_run_to_the_end_is_the_recipes_run(data, chosen, monkeypatch):
    monkeypatch.setattr(training, "LAST_EPOCH", 14)
    model, curves = training.train(recipe(**chosen), data, seed=3)
    run = training.train_to_the_end(recipe(**chosen), data, seed=3)
    assert run.epochs == len(curves["loss"]) < 12
    assert {name: values[: run.epochs] for name, values in run.curves.items()} == curves
    for one, other in zip(model.get_weights(), run.model.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_run_to_the_end_measures_the_last_epochs_network(data, monkeypatch):
    monkeypatch.setattr(training, "LAST_EPOCH", 6)
    run = training.train_to_the_end(recipe(epochs=1), data)
    whole, curves = training.train(recipe(epochs=6), data)
    assert run.at_the_end == pytest.approx(scores(whole, data))
    assert run.curves == curves


# Limits


def test_computing_time_ends_a_training_and_keeps_it(data):
    limit = training.TimeLimit(0.0)
    _, curves = training.train(recipe(epochs=60), data, callbacks=[limit])
    assert limit.reached == "computing"
    assert len(curves["loss"]) == 1


def test_the_clock_alone_ends_a_training_too_and_says_so(data):
    limit = training.TimeLimit(1000.0, until=time.time())
    run = training.train_to_the_end(recipe(epochs=60), data, callbacks=[limit])
    assert limit.reached == "clock"
    assert run.epochs == len(run.curves["loss"]) == 1
    assert run.at_the_end == scores(run.model, data)


def test_time_on_the_clock_does_not_count_as_computing():
    limit = training.TimeLimit(0.5)
    limit.set_model(keras.Sequential())
    limit.on_train_begin()
    limit._started += 0.4  # as if another process had had the processors meanwhile
    limit.on_train_batch_end(0)
    assert not limit.reached
