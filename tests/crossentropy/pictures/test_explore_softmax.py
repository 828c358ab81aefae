"""The slider picture of lesson 02 shows likelihood, loss and slope as TensorFlow computes them."""

from xml.etree import ElementTree

import crossentropy  # noqa: F401  (before TensorFlow: it keeps TensorFlow quiet)
from crossentropy import pictures
from crossentropy.pictures import explore_softmax
import numpy as np
import pytest
import tensorflow as tf

STARTING_SCORES = (-1.0, 2.0, 0.5)
SETTINGS = [STARTING_SCORES, (0, 0, 0), (6, -6, 3), (-6, 6, -6), (6, -6, 6), (1, 1, 1)]


def drawn(html):
    """The explorer's drawing as an XML tree: it must be well-formed to be one."""
    return ElementTree.fromstring(f"<div>{html}</div>")


def words_of(html):
    return " ".join("".join(drawn(html).itertext()).split())


@pytest.mark.parametrize("scores", SETTINGS)
def test_loss_and_slopes_are_those_of_gradient_tape(scores):
    watched = tf.constant([scores], dtype="float64")
    with tf.GradientTape() as tape:
        tape.watch(watched)
        loss = tf.nn.sparse_softmax_cross_entropy_with_logits([1], watched)
    reading = explore_softmax.read_softmax(scores)
    assert reading.loss == pytest.approx(float(loss[0]))
    np.testing.assert_allclose(reading.slopes, tape.gradient(loss, watched)[0], atol=1e-9)


@pytest.mark.parametrize("moved", [0, 1, 2])
def test_each_curve_passes_through_its_mark(moved):
    reading = explore_softmax.read_softmax(STARTING_SCORES, moved)
    figure = explore_softmax.still_softmax(reading)
    for panel in figure.axes[1::2]:
        curve, _, mark = panel.lines[:3]
        [score], [height] = mark.get_data()
        assert score == STARTING_SCORES[moved]
        assert height == pytest.approx(np.interp(score, *curve.get_data()), abs=1e-6)


@pytest.mark.parametrize("moved", [0, 1, 2])
def test_the_slope_panel_is_the_slope_of_the_loss_panel(moved):
    reading = explore_softmax.read_softmax(STARTING_SCORES, moved)
    _, loss, slope = (
        panel.lines[0].get_data() for panel in explore_softmax.still_softmax(reading).axes[1::2]
    )
    measured = np.gradient(loss[1], loss[0])
    np.testing.assert_allclose(measured[1:-1], slope[1][1:-1], atol=2e-3)


def test_the_tangent_has_the_slope_and_touches_the_curve():
    reading = explore_softmax.read_softmax((0.5, -1.0, 0.0))
    loss_panel = explore_softmax.still_softmax(reading).axes[3]
    (x1, x2), (y1, y2) = loss_panel.lines[-1].get_data()
    assert (y2 - y1) / (x2 - x1) == pytest.approx(reading.slopes[1])
    assert y1 + reading.slopes[1] * (-1.0 - x1) == pytest.approx(reading.loss)


def test_probability_and_slope_of_a_class_stand_on_one_scale():
    reading = explore_softmax.read_softmax(STARTING_SCORES)
    for place, panel in enumerate(explore_softmax.still_softmax(reading).axes[::2]):
        widths = [bar.get_width() for bar in panel.patches]
        assert widths == pytest.approx([reading.probabilities[place], reading.slopes[place]])
        assert len({bar.get_hatch() for bar in panel.patches}) == 2


def test_the_axis_is_the_score_that_was_moved_last():
    *sliders, drawing = pictures.softmax_explorer(STARTING_SCORES).widget.children
    assert "score of the trouser (true)" in words_of(drawing.value)
    sliders[2].value = 3.0
    assert "score of the dress" in words_of(drawing.value)
    sliders[0].value = 1.0
    assert "score of the T-shirt" in words_of(drawing.value)
    assert "The axis is the score of the T-shirt" in drawing.value


def test_a_value_that_a_browser_sends_back_rounded_moves_nothing():
    *sliders, drawing = pictures.softmax_explorer(STARTING_SCORES).widget.children
    sliders[0].value = STARTING_SCORES[0] + 1e-12
    assert "score of the trouser (true)" in words_of(drawing.value)


def test_moving_a_slider_tells_the_new_numbers():
    *sliders, drawing = pictures.softmax_explorer(STARTING_SCORES).widget.children
    for slider in sliders:
        slider.value = 0.0
    said = words_of(drawing.value)
    assert "Loss 1.099" in said
    assert "T-shirt 0.333, trouser \N{MINUS SIGN}0.667, dress 0.333" in said


def test_neither_drawing_nor_words_give_the_rule_away():
    explorer = pictures.softmax_explorer(STARTING_SCORES)
    for words in (explorer.widget.children[-1].value, explorer.still.alt):
        assert "p \N{MINUS SIGN} y" not in words
        assert "minus" not in words


@pytest.mark.parametrize("scores", SETTINGS)
@pytest.mark.parametrize("moved", [0, 1, 2])
def test_every_mark_can_be_drawn_and_nothing_leaves_the_drawing(scores, moved):
    image = drawn(explore_softmax.draw_softmax(explore_softmax.read_softmax(scores, moved))).find(
        "svg"
    )
    width, height = (float(number) for number in image.get("viewBox").split()[2:])
    assert len(image.findall("circle")) == 3
    for curve in image.iter("polyline"):
        places = np.array([p.split(",") for p in curve.get("points").split()], dtype=float)
        assert places.min() >= 0
        assert places[:, 0].max() <= width
        assert places[:, 1].max() <= height
    for straight in image.iter("line"):
        assert 0 <= float(straight.get("y1")) <= height
        assert 0 <= float(straight.get("y2")) <= height
