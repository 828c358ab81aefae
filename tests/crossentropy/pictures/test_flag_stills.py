"""The figures of lesson 03 plot what they say."""

from crossentropy import pictures
import numpy as np


def legend_of(owner):
    legend = owner.get_legend() if hasattr(owner, "get_legend") else owner.legends[0]
    return [text.get_text() for text in legend.get_texts()]


def test_the_training_picture_plots_each_run_and_the_loss_of_a_guess():
    runs = {"right": [1.0, 0.5, 0.1], "wrong": [3.0, 7.0, 5.0]}
    axes = pictures.losses_of_training(runs, np.log(3)).axes[0]
    for line, values in zip(axes.lines[:2], runs.values(), strict=True):
        np.testing.assert_array_equal(line.get_data(), [[1, 2, 3], values])
    assert legend_of(axes) == ["right", "wrong", "loss of a guess, 1.10"]
    assert axes.get_xlabel() == "epoch"
    assert axes.lines[0].get_marker() != axes.lines[1].get_marker()


def test_the_clipping_picture_plots_what_it_is_given():
    scores = np.array([-2.0, 0.0, 2.0])
    losses = {"from scores": np.array([2.0, 1.0, 0.0]), "from probabilities": np.zeros(3)}
    slopes = {"from scores": -np.ones(3), "from probabilities": np.zeros(3)}
    figure = pictures.loss_and_slope(scores, losses, slopes)
    left, right = figure.axes
    np.testing.assert_array_equal(left.lines[0].get_ydata(), losses["from scores"])
    np.testing.assert_array_equal(right.lines[0].get_ydata(), slopes["from scores"])
    assert legend_of(figure) == ["from scores", "from probabilities"]
    assert left.get_title() == "loss"
    assert right.get_title() == "slope of the loss"
