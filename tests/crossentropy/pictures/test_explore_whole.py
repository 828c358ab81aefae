"""The slider picture of the start page: six scores become the loss that TensorFlow gives."""

from xml.etree import ElementTree

import crossentropy  # noqa: F401  (before TensorFlow: it keeps TensorFlow quiet)
from crossentropy import pictures
from crossentropy.pictures import explore_whole
import numpy as np
import pytest
import tensorflow as tf

START = ((0.0, 2.0, -1.0), (1.5, 0.0, 0.5))
WORST = ((4, -4, 4), (4, 4, -4))
BEST = ((-4, 4, -4), (-4, -4, 4))
SETTINGS = [START, WORST, BEST, ((0, 0, 0), (0, 0, 0)), ((-4, -4, -4), (4, 4, -4))]


def drawn(html):
    """The explorer's drawing as an XML tree: it must be well-formed to be one."""
    return ElementTree.fromstring(f"<div>{html}</div>")


def words_of(html):
    return " ".join("".join(drawn(html).itertext()).split())


def parts(explorer):
    """The sliders, picture A's before B's, and the drawing."""
    beside, drawing = explorer.widget.children
    return [slider for column in beside.children for slider in column.children], drawing


@pytest.mark.parametrize("scores", SETTINGS)
@pytest.mark.parametrize("one_hot", [True, False])
def test_the_losses_and_their_mean_are_those_of_tensorflow(scores, one_hot):
    scores = np.array(scores, dtype="float64")
    kind = "CategoricalCrossentropy" if one_hot else "SparseCategoricalCrossentropy"
    labels = np.eye(3)[[1, 2]] if one_hot else np.array([1, 2])
    losses = getattr(tf.keras.losses, kind)(from_logits=True, reduction="none")
    reading = explore_whole.read_whole(scores)
    np.testing.assert_allclose(reading.losses, losses(labels, scores), atol=1e-6)
    mean = getattr(tf.keras.losses, kind)(from_logits=True)
    assert reading.mean == pytest.approx(float(mean(labels, scores)), abs=1e-6)


def test_a_score_moved_at_the_left_moves_the_mean_at_the_right():
    sliders, drawing = parts(pictures.whole_explorer(START))
    before = words_of(drawing.value)
    assert "mean loss 0.817" in before
    for slider in sliders:
        slider.value = 0.0
    assert "A: \N{MINUS SIGN}log 0.333 = 1.099" in words_of(drawing.value)
    assert "mean loss 1.099" in words_of(drawing.value)


def test_a_slider_moves_the_loss_of_its_own_picture_alone():
    sliders, drawing = parts(pictures.whole_explorer(START))
    assert sliders[5].description == "B: dress (true)"
    sliders[5].value = 3.0
    said = words_of(drawing.value)
    assert "A: \N{MINUS SIGN}log 0.844 = 0.170" in said
    assert "B: \N{MINUS SIGN}log 0.231" not in said


def test_each_slider_has_a_name_of_its_own_that_says_whether_its_class_is_true():
    sliders, _ = parts(pictures.whole_explorer(START))
    names = [slider.description for slider in sliders]
    assert len(set(names)) == 6
    assert [name for name in names if "true" in name] == ["A: trouser (true)", "B: dress (true)"]


def test_a_probability_near_0_is_told_with_digits_that_fit_its_loss():
    said = words_of(explore_whole.draw_whole(WORST))
    assert "\N{MINUS SIGN}log 0.00017 = 8.693" in said
    assert -np.log(0.00017) == pytest.approx(8.693, abs=0.03)


@pytest.mark.parametrize("scores", SETTINGS)
def test_nothing_leaves_the_drawing_and_no_loss_is_cut(scores):
    image = drawn(explore_whole.draw_whole(scores)).find("svg")
    width, height = (float(number) for number in image.get("viewBox").split()[2:])
    for rectangle in image.iter("rect"):
        assert float(rectangle.get("width")) >= 0
        assert 0 <= float(rectangle.get("x")) <= width - float(rectangle.get("width"))
    for straight in image.iter("line"):
        assert 0 <= float(straight.get("x2")) <= width
        assert 0 <= float(straight.get("y2")) <= height
    assert explore_whole.read_whole(scores).losses.max() < explore_whole.HIGHEST_LOSS


@pytest.mark.parametrize("scores", SETTINGS)
def test_the_still_figure_has_the_same_numbers_and_the_mean_on_both_losses(scores):
    reading = explore_whole.read_whole(scores)
    figure = explore_whole.still_whole(scores)
    for place, (of_scores, of_shares, of_loss) in enumerate(np.reshape(figure.axes, (2, 3))):
        assert [bar.get_width() for bar in of_scores.patches] == list(scores[place])
        shares = [bar.get_width() for bar in of_shares.patches]
        assert shares == pytest.approx(list(reading.probabilities[place]))
        [bar], [dashed] = of_loss.patches, of_loss.lines
        assert bar.get_width() == pytest.approx(reading.losses[place])
        assert dashed.get_xdata()[0] == pytest.approx(reading.mean)
    assert f"Mean loss {reading.mean:.3f}" in figure.alt
