"""The slider picture of lesson 01 shows the numbers that it says it shows."""

from xml.etree import ElementTree

from crossentropy.pictures import explore_probability
import numpy as np
import pytest


def legend_of(owner):
    legend = owner.get_legend() if hasattr(owner, "get_legend") else owner.legends[0]
    return [text.get_text() for text in legend.get_texts()]


def widths_of(axes):
    return [bar.get_width() for bar in axes.patches]


def drawn(html):
    """The explorer's drawing as an XML tree: it must be well-formed to be one."""
    return ElementTree.fromstring(f"<div>{html}</div>")


def words_of(html):
    return " ".join("".join(drawn(html).itertext()).split())


@pytest.mark.parametrize(("p_true", "share"), [(0.001, 0.0), (0.3, 0.5), (0.7, 0.3), (1.0, 1.0)])
def test_the_explorer_reads_a_probability_vector_its_loss_and_its_slope(p_true, share):
    reading = explore_probability.read_probability(p_true, share)
    assert sum(reading.probabilities) == pytest.approx(1)
    assert min(reading.probabilities) >= 0
    assert reading.probabilities[1] == p_true
    assert reading.loss == pytest.approx(-np.log(p_true))
    assert reading.slope == pytest.approx(-1 / p_true)


def test_how_the_rest_is_split_changes_the_probabilities_but_not_the_loss():
    one, other = (explore_probability.read_probability(0.4, share) for share in (0.0, 0.8))
    assert one.probabilities != other.probabilities
    assert (one.loss, one.slope) == (other.loss, other.slope)


def test_a_certain_and_right_prediction_costs_0_and_not_minus_0():
    assert f"{explore_probability.read_probability(1.0, 0.5).loss:.3f}" == "0.000"


def test_moving_the_slider_changes_the_loss_that_is_shown():
    truth, _, drawing = explore_probability.probability_explorer().widget.children
    assert "0.357" in words_of(drawing.value)
    truth.value = 0.1
    shown = words_of(drawing.value)
    assert "0.357" not in shown
    assert "2.303" in shown
    assert "\N{MINUS SIGN}10.00" in shown


def test_moving_the_other_slider_keeps_the_loss_that_is_shown():
    _, share, drawing = explore_probability.probability_explorer().widget.children
    share.value = 1.0
    shown = words_of(drawing.value)
    assert "0.357" in shown
    assert "0.300" in shown


def test_the_drawing_tells_its_numbers_to_a_screen_reader():
    picture = drawn(explore_probability.draw_probability(0.7, 0.3)).find("svg")
    assert picture.get("role") == "img"
    for number in ("0.090", "0.700", "0.210", "0.357", "-1.43"):
        assert number in picture.get("aria-label")


@pytest.mark.parametrize("p_true", [0.001, 0.05, 0.5, 1.0])
def test_everything_in_the_drawing_stays_inside_it(p_true):
    picture = drawn(explore_probability.draw_probability(p_true, 0.3)).find("svg")
    left, top, width, height = (float(number) for number in picture.get("viewBox").split())
    for shape in picture.iter():
        for name in ("x", "x1", "x2", "cx"):
            assert left <= float(shape.get(name, left)) <= left + width
        for name in ("y", "y1", "y2", "cy"):
            assert top <= float(shape.get(name, top)) <= top + height


def test_the_point_of_the_drawing_stands_on_its_curve():
    for p_true in (0.001, 0.2, 0.9):
        picture = drawn(explore_probability.draw_probability(p_true, 0.3)).find("svg")
        x, y = (float(picture.find("circle").get(name)) for name in ("cx", "cy"))
        points = [pair.split(",") for pair in picture.find("polyline").get("points").split()]
        corners = np.array(points, dtype=float)
        between = np.linspace(0, len(corners) - 1, 10_000)
        xs, ys = (np.interp(between, range(len(corners)), way) for way in corners.T)
        assert np.hypot(xs - x, ys - y).min() < 1


def test_the_dashed_line_has_the_slope_that_the_drawing_tells():
    figure = explore_probability.still_probability(0.4, 0.3)
    tangent = figure.axes[1].lines[1]
    (x1, x2), (y1, y2) = tangent.get_data()
    assert (y2 - y1) / (x2 - x1) == pytest.approx(-2.5)


def test_the_still_explorer_shows_the_same_numbers_as_the_live_one():
    left, right = explore_probability.still_probability(0.7, 0.3).axes
    np.testing.assert_allclose(widths_of(left), [0.09, 0.7, 0.21])
    assert "loss 0.357" in legend_of(right)


def test_at_its_end_the_slider_says_that_the_loss_goes_on():
    truth, _, drawing = explore_probability.probability_explorer().widget.children
    assert "goes on rising" not in drawing.value
    truth.value = 0
    assert truth.value == 0.005
    assert "goes on rising without end" in drawing.value
