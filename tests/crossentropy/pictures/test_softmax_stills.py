"""The figure of lesson 02 plots the losses that Keras computes."""

import crossentropy  # noqa: F401  (before TensorFlow: it keeps TensorFlow quiet)
from crossentropy import pictures
from crossentropy.pictures import softmax_stills
from keras.losses import CategoricalCrossentropy
import numpy as np
import pytest

SCORES = np.array([[-1.0, 2.0, 0.5], [0.0, 0.0, 1.0], [2.0, 0.0, 0.0], [1.0, 0.0, 0.5]])
Y_TRUE = np.eye(3)[[1, 2, 0, 2]]


@pytest.fixture(scope="module")
def axes():
    return pictures.losses_by_temperature(SCORES, Y_TRUE).axes[0]


def keras_losses(temperature):
    return CategoricalCrossentropy(from_logits=True, reduction="none")(
        Y_TRUE, SCORES / temperature
    ).numpy()


@pytest.mark.parametrize("place", [0, 60, 120])
def test_each_curve_is_the_loss_of_the_scores_divided_by_the_temperature(axes, place):
    expected = keras_losses(softmax_stills.TEMPERATURES[place])
    drawn = [line.get_ydata()[place] for line in axes.lines[:4]]
    np.testing.assert_allclose(drawn, expected, atol=1e-5)  # the wrong answer is the last row


def test_the_mean_and_its_lowest_point_are_marked(axes):
    mean, lowest = axes.lines[4:6]
    np.testing.assert_allclose(mean.get_ydata()[60], keras_losses(1.0).mean(), atol=1e-5)
    assert lowest.get_ydata()[0] == mean.get_ydata().min()
    assert keras_losses(lowest.get_xdata()[0]).mean() < keras_losses(1.0).mean()


def test_right_and_wrong_answers_differ_by_more_than_colour(axes):
    assert len({str(line._dash_pattern) for line in axes.lines[:4]}) == 2


def test_scores_of_any_size_can_be_drawn():
    figure = pictures.losses_by_temperature(1000 * SCORES, Y_TRUE)
    assert all(np.isfinite(line.get_ydata()).all() for line in figure.axes[0].lines)
