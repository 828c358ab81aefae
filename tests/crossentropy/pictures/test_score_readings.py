"""What the explorer of lesson 03 computes is what Keras computes."""

from crossentropy.pictures import score_readings
from keras.losses import CategoricalCrossentropy
import numpy as np
import pytest
import tensorflow as tf

STARTING_SCORES = (-1.0, 2.0, 0.5)
SCORES = [STARTING_SCORES, (-3, 1, 0.5), (6, -6, 3), (-1.5, 1, 0.5), (0, 0, 0), (1, -1, 0)]


def keras_loss(numbers, from_logits):
    y_true = tf.one_hot([score_readings.TRUE_CLASS], 3)
    return float(CategoricalCrossentropy(from_logits=from_logits)(y_true, tf.constant([numbers])))


@pytest.mark.parametrize("scores", SCORES)
def test_the_true_loss_is_keras_loss_from_logits(scores):
    expected = keras_loss(np.float32(scores), from_logits=True)
    assert score_readings.read_scores(scores).right_loss == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("scores", SCORES)
def test_the_loss_with_the_wrong_flag_is_that_of_keras(scores):
    expected = keras_loss(np.float32(scores), from_logits=False)
    loss = score_readings.read_scores(scores).wrong_flag_loss
    assert loss == pytest.approx(expected, abs=1e-3, nan_ok=True)


@pytest.mark.parametrize("scores", SCORES)
def test_the_doubled_loss_is_keras_loss_of_a_softmax_taken_for_logits(scores):
    expected = keras_loss(tf.nn.softmax(np.float32(scores)).numpy(), from_logits=True)
    assert score_readings.read_scores(scores).doubled_loss == pytest.approx(expected, abs=1e-5)


def test_three_scores_of_zero_have_no_loss_with_the_wrong_flag():
    assert np.isnan(score_readings.read_scores((0, 0, 0)).wrong_flag_loss)


def test_scores_of_a_thousand_do_not_overflow():
    reading = score_readings.read_scores((1000, 0, -1000))
    assert reading.right_loss == pytest.approx(1000)
    assert np.isfinite(reading.probabilities).all()


@pytest.mark.parametrize(("classes", "floor"), [(3, 0.551), (10, 1.461)])
def test_the_floor_of_a_doubled_softmax(classes, floor):
    assert score_readings.doubled_floor(classes) == pytest.approx(floor, abs=1e-3)


def test_no_scores_bring_the_doubled_softmax_below_its_floor():
    best = score_readings.read_scores((-500, 500, -500)).doubled_loss
    assert best == pytest.approx(score_readings.doubled_floor(3))
    rows = np.random.default_rng(1).normal(0, 5, (200, 3))
    assert min(score_readings.read_scores(row).doubled_loss for row in rows) > best
