"""The pictures of lesson 01 plot the numbers that they say they plot."""

from xml.etree import ElementTree

from crossentropy import pictures
from crossentropy.pictures import probability as loss_pictures
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


# The curve


def test_the_curve_is_minus_log_p():
    curve = loss_pictures.curve_picture({}).axes[0].lines[0]
    p, loss = curve.get_data()
    np.testing.assert_allclose(loss, -np.log(p))
    assert p.min() < 0.001
    assert p.max() == pytest.approx(1)


def test_each_mark_stands_on_the_curve_and_is_named_in_the_legend():
    axes = loss_pictures.curve_picture({"guess among 10": 0.1, "certain": 1.0}).axes[0]
    points = [tuple(float(line.get_data()[i][0]) for i in (0, 1)) for line in axes.lines[1:]]
    assert points == [(0.1, pytest.approx(2.302585)), (1.0, pytest.approx(0))]
    assert "guess among 10: p = 0.1, loss 2.303" in legend_of(axes)


def test_marks_differ_by_more_than_colour():
    marks = loss_pictures.curve_picture({"a": 0.1, "b": 0.2, "c": 0.3}).axes[0].lines[1:]
    assert len({line.get_marker() for line in marks}) == 3


def test_the_curve_says_what_its_axes_are():
    axes = loss_pictures.curve_picture({}).axes[0]
    assert "true class" in axes.get_xlabel()
    assert axes.get_ylabel() == "loss"
    assert "true class" in axes.get_title()


# A batch


@pytest.fixture
def batch():
    losses = {"careful": np.array([0.4, 0.6]), "bold": np.array([0.1, 6.9])}
    return loss_pictures.batch_picture(losses, ["trouser", "dress"])


def test_a_batch_has_a_bar_for_each_example_and_a_panel_for_each_model(batch):
    careful, bold = batch.axes
    assert (careful.get_title(), bold.get_title()) == ("careful", "bold")
    np.testing.assert_allclose(widths_of(careful), [0.4, 0.6])
    np.testing.assert_allclose(widths_of(bold), [0.1, 6.9])
    assert [label.get_text() for label in bold.get_yticklabels()] == ["trouser", "dress"]


def test_a_batch_marks_the_mean_of_each_model(batch):
    _, bold = batch.axes
    assert bold.lines[0].get_xdata()[0] == pytest.approx(3.5)
    assert legend_of(bold) == ["mean 3.500"]


def test_the_panels_of_a_batch_share_one_scale_from_zero(batch):
    careful, bold = batch.axes
    assert careful.get_xlim() == bold.get_xlim()
    assert bold.get_xlim()[0] == 0
    assert bold.get_xlim()[1] > 6.9


def test_the_first_example_of_a_batch_stands_on_top(batch):
    assert batch.axes[0].yaxis_inverted()


# Entropy and divergence


def test_divergence_begins_where_entropy_ends():
    figure = loss_pictures.surprise_picture(0.8, {"same": 0.0, "off": 0.3})
    axes = figure.axes[0]
    grey, hatched = axes.patches[:2], axes.patches[2:]
    assert [bar.get_width() for bar in grey] == [0.8, 0.8]
    assert [bar.get_x() for bar in hatched] == [0.8, 0.8]
    np.testing.assert_allclose([bar.get_width() for bar in hatched], [0.0, 0.3])


def test_bars_of_surprise_are_labelled_with_the_cross_entropy():
    axes = loss_pictures.surprise_picture(0.8, {"same": 0.0, "off": 0.3}).axes[0]
    assert [text.get_text() for text in axes.texts] == ["0.800", "1.100"]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["same", "off"]


def test_the_two_parts_of_surprise_differ_by_more_than_colour():
    figure = loss_pictures.surprise_picture(0.8, {"off": 0.3})
    grey, hatched = figure.axes[0].patches
    assert grey.get_hatch() != hatched.get_hatch()
    assert len(legend_of(figure)) == 2


# The explorer


@pytest.mark.parametrize(("p_true", "share"), [(0.001, 0.0), (0.3, 0.5), (0.7, 0.3), (1.0, 1.0)])
def test_the_explorer_reads_a_probability_vector_its_loss_and_its_slope(p_true, share):
    reading = loss_pictures.read_explorer(p_true, share)
    assert sum(reading.probabilities) == pytest.approx(1)
    assert min(reading.probabilities) >= 0
    assert reading.probabilities[1] == p_true
    assert reading.loss == pytest.approx(-np.log(p_true))
    assert reading.slope == pytest.approx(-1 / p_true)


def test_how_the_rest_is_split_changes_the_probabilities_but_not_the_loss():
    one, other = (loss_pictures.read_explorer(0.4, share) for share in (0.0, 0.8))
    assert one.probabilities != other.probabilities
    assert (one.loss, one.slope) == (other.loss, other.slope)


def test_a_certain_and_right_prediction_costs_0_and_not_minus_0():
    assert f"{loss_pictures.read_explorer(1.0, 0.5).loss:.3f}" == "0.000"


def test_moving_the_slider_changes_the_loss_that_is_shown():
    truth, _, drawing = loss_pictures.explorer_widget().children
    assert "0.357" in words_of(drawing.value)
    truth.value = 0.1
    shown = words_of(drawing.value)
    assert "0.357" not in shown
    assert "2.303" in shown
    assert "\N{MINUS SIGN}10.00" in shown


def test_moving_the_other_slider_keeps_the_loss_that_is_shown():
    _, share, drawing = loss_pictures.explorer_widget().children
    share.value = 1.0
    shown = words_of(drawing.value)
    assert "0.357" in shown
    assert "0.300" in shown


def test_the_drawing_tells_its_numbers_to_a_screen_reader():
    picture = drawn(loss_pictures.explorer_drawing(0.7, 0.3)).find("svg")
    assert picture.get("role") == "img"
    for number in ("0.090", "0.700", "0.210", "0.357", "-1.43"):
        assert number in picture.get("aria-label")


@pytest.mark.parametrize("p_true", [0.001, 0.05, 0.5, 1.0])
def test_everything_in_the_drawing_stays_inside_it(p_true):
    picture = drawn(loss_pictures.explorer_drawing(p_true, 0.3)).find("svg")
    left, top, width, height = (float(number) for number in picture.get("viewBox").split())
    for shape in picture.iter():
        for name in ("x", "x1", "x2", "cx"):
            assert left <= float(shape.get(name, left)) <= left + width
        for name in ("y", "y1", "y2", "cy"):
            assert top <= float(shape.get(name, top)) <= top + height


def test_the_point_of_the_drawing_stands_on_its_curve():
    for p_true in (0.001, 0.2, 0.9):
        picture = drawn(loss_pictures.explorer_drawing(p_true, 0.3)).find("svg")
        x, y = (float(picture.find("circle").get(name)) for name in ("cx", "cy"))
        points = [pair.split(",") for pair in picture.find("polyline").get("points").split()]
        corners = np.array(points, dtype=float)
        between = np.linspace(0, len(corners) - 1, 10_000)
        xs, ys = (np.interp(between, range(len(corners)), way) for way in corners.T)
        assert np.hypot(xs - x, ys - y).min() < 1


def test_the_dashed_line_has_the_slope_that_the_drawing_tells():
    figure = loss_pictures.explorer_picture(0.4, 0.3)
    tangent = figure.axes[1].lines[1]
    (x1, x2), (y1, y2) = tangent.get_data()
    assert (y2 - y1) / (x2 - x1) == pytest.approx(-2.5)


def test_the_drawing_takes_its_colours_from_the_theme():
    picture = drawn(loss_pictures.explorer_drawing(0.7, 0.3)).find("svg")
    shapes = list(picture.iter())
    colours = {shape.get(name) for shape in shapes for name in ("fill", "stroke")} - {None}
    assert colours
    assert all(colour == "none" or colour.startswith("var(--jp-") for colour in colours)


def test_the_still_explorer_shows_the_same_numbers_as_the_live_one():
    left, right = loss_pictures.explorer_picture(0.7, 0.3).axes
    np.testing.assert_allclose(widths_of(left), [0.09, 0.7, 0.21])
    assert "loss 0.357" in legend_of(right)


def test_the_explorer_is_one_display_with_a_still_picture_and_its_numbers(monkeypatch):
    shown = []
    monkeypatch.setattr(pictures, "_publish", shown.append)
    loss_pictures.probability_explorer()
    (bundle,) = shown
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert '<img alt="' in bundle["text/html"]
    assert "Loss 0.357, slope of the curve there -1.43" in bundle["text/plain"]
