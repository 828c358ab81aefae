"""The slider picture of lesson 04 shows what Keras's label smoothing does."""

from xml.etree import ElementTree

from crossentropy import pictures
from crossentropy.pictures import explore_smoothing
import keras
import numpy as np
import pytest

SETTINGS = [(0.0, 3, 0.7), (0.1, 3, 0.98), (0.5, 10, 0.995), (0.3, 2, 0.05), (0.5, 2, 0.5)]


def drawn(html):
    """The explorer's drawing as an XML tree: it must be well-formed to be one."""
    return ElementTree.fromstring(f"<div>{html}</div>")


def words_of(html):
    return " ".join("".join(drawn(html).itertext()).split())


def legend_of(axes):
    return [text.get_text() for text in axes.get_legend().get_texts()]


def keras_loss(share, classes, p_true):
    prediction = np.full((1, classes), (1 - p_true) / (classes - 1))
    prediction[0, 0] = p_true
    loss = keras.losses.CategoricalCrossentropy(label_smoothing=share)
    return float(loss(np.eye(classes)[:1], prediction))


@pytest.mark.parametrize(("share", "classes", "p_true"), SETTINGS)
def test_the_loss_is_that_of_keras(share, classes, p_true):
    reading = explore_smoothing.read_smoothing(share, classes, p_true)
    assert reading.loss == pytest.approx(keras_loss(share, classes, p_true), abs=1e-5)


@pytest.mark.parametrize(("share", "classes", "p_true"), SETTINGS)
def test_label_and_prediction_each_sum_to_1(share, classes, p_true):
    reading = explore_smoothing.read_smoothing(share, classes, p_true)
    for true, other in (reading.target, reading.prediction):
        assert true + (classes - 1) * other == pytest.approx(1)


@pytest.mark.parametrize(("share", "classes", "p_true"), SETTINGS)
def test_no_prediction_is_cheaper_than_the_label_itself(share, classes, p_true):
    reading = explore_smoothing.read_smoothing(share, classes, p_true)
    losses = explore_smoothing.smoothed_loss(share, classes, np.linspace(0.001, 0.999, 999))
    assert losses.min() >= reading.floor - 1e-12
    assert losses.min() == pytest.approx(reading.floor, abs=2e-3)


def test_without_smoothing_the_floor_is_0_and_not_minus_0_or_nan():
    assert f"{explore_smoothing.read_smoothing(0.0, 5, 0.5).floor:.3f}" == "0.000"


def test_a_share_of_a_tenth_over_three_classes_leaves_a_floor_of_0_291():
    assert explore_smoothing.read_smoothing(0.1, 3, 0.5).floor == pytest.approx(0.291, abs=5e-4)


def test_moving_each_slider_changes_what_is_shown():
    share, classes, p_true, drawing = pictures.smoothing_explorer().widget.children
    assert "lowest that any prediction can reach is 0.000" in words_of(drawing.value)
    share.value = 0.1
    assert "reach is 0.291, at p = 0.933" in words_of(drawing.value)
    classes.value = 10
    assert "reach is 0.500, at p = 0.910" in words_of(drawing.value)
    p_true.value = 0.91
    assert "Loss 0.500" in words_of(drawing.value)


@pytest.mark.parametrize(("share", "classes", "p_true"), SETTINGS)
def test_everything_in_the_drawing_stays_inside_it(share, classes, p_true):
    picture = drawn(explore_smoothing.draw_smoothing(share, classes, p_true)).find("svg")
    left, top, width, height = (float(number) for number in picture.get("viewBox").split())
    for shape in picture.iter():
        for name in ("x", "x1", "x2", "cx"):
            assert left <= float(shape.get(name, left)) <= left + width
        for name in ("y", "y1", "y2", "cy"):
            assert top <= float(shape.get(name, top)) <= top + height


def test_no_setting_of_the_sliders_costs_more_than_the_axis_shows():
    p = np.array([explore_smoothing.LOWEST_P, explore_smoothing.HIGHEST_P])
    for share in np.linspace(0, explore_smoothing.LARGEST_SHARE, 11):
        for classes in range(2, explore_smoothing.MOST_CLASSES + 1):
            losses = explore_smoothing.smoothed_loss(share, classes, p)
            assert losses.max() < explore_smoothing.HIGHEST_LOSS


def test_the_drawing_tells_its_numbers_to_a_screen_reader():
    picture = drawn(explore_smoothing.draw_smoothing(0.1, 3, 0.98)).find("svg")
    assert picture.get("role") == "img"
    for number in ("0.933", "0.033", "0.980", "0.010", "0.326", "0.291"):
        assert number in picture.get("aria-label")


def test_the_still_explorer_shows_the_same_numbers_as_the_live_one():
    left, right = explore_smoothing.still_smoothing(0.1, 3, 0.98).axes
    widths = [bar.get_width() for bar in left.patches]
    np.testing.assert_allclose(widths, [0.9 + 0.1 / 3, 0.1 / 3, 0.98, 0.01])
    assert "lowest 0.291" in legend_of(right)
    assert "prediction 0.326" in legend_of(right)
