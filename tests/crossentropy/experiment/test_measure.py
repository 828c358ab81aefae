"""What is measured of a network: the given labels, the true ones, and what became of the wrong."""

from types import SimpleNamespace

from crossentropy.experiment import measure
import numpy as np
import pytest
from small_experiment import small_data

DATA = small_data()


def network(predicted):
    """A network that predicts these, and complains about any other images than training ones."""
    return SimpleNamespace(predict=lambda x, **_: predicted)


def test_a_network_that_knows_the_truth_sees_through_wrong_labels():
    reached = measure.scores(network(DATA.y_train_true), DATA)
    assert reached["true_accuracy"] == 1.0
    assert reached["train_accuracy"] == 0.75
    assert (reached["wrong_learnt"], reached["wrong_seen_through"]) == (0.0, 1.0)


def test_a_network_that_repeats_the_labels_has_learnt_the_wrong_ones():
    reached = measure.scores(network(DATA.y_train), DATA)
    assert (reached["train_accuracy"], reached["wrong_learnt"]) == (1.0, 1.0)
    assert reached["val_accuracy"] == 0.75


def test_the_test_images_are_looked_at_only_when_asked_for():
    untouched = SimpleNamespace(**{**vars(DATA), "x_test": None, "y_test": None})
    assert "test_accuracy" not in measure.scores(network(DATA.y_train), untouched)
    assert measure.accuracy_on_test(network(DATA.y_test), DATA) == 1.0


def test_example_losses_are_minus_log_of_the_true_class_and_capped():
    y_true = np.array([[0, 1], [1, 0]])
    losses = measure.example_losses(y_true, np.array([[0.25, 0.75], [0.0, 1.0]]))
    np.testing.assert_allclose(losses, [-np.log(0.75), 16.118], atol=1e-3)


def test_labels_may_be_one_hot_or_indices():
    assert measure.classes(np.eye(3)).tolist() == measure.classes([0, 1, 2]).tolist() == [0, 1, 2]


def test_the_standard_error_is_the_spread_of_an_accuracy_over_draws_of_images():
    right = np.random.default_rng(0).random((20_000, 1000)) < 0.86
    assert measure.standard_error(0.86, 1000) == pytest.approx(right.mean(axis=1).std(), rel=0.02)
    assert round(100 * measure.standard_error(0.86, 1000), 1) == 1.1
