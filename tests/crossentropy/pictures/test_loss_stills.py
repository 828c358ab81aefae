"""The pictures of lesson 01 plot the numbers that they say they plot."""

from crossentropy import pictures
import numpy as np
import pytest


def legend_of(owner):
    legend = owner.get_legend() if hasattr(owner, "get_legend") else owner.legends[0]
    return [text.get_text() for text in legend.get_texts()]


def widths_of(axes):
    return [bar.get_width() for bar in axes.patches]


# The curve


def test_the_curve_is_minus_log_p():
    curve = pictures.loss_of_probability({}).axes[0].lines[0]
    p, loss = curve.get_data()
    np.testing.assert_allclose(loss, -np.log(p))
    assert p.min() < 0.001
    assert p.max() == pytest.approx(1)


def test_each_mark_stands_on_the_curve_and_is_named_in_the_legend():
    axes = pictures.loss_of_probability({"guess among 10": 0.1, "certain": 1.0}).axes[0]
    points = [tuple(float(line.get_data()[i][0]) for i in (0, 1)) for line in axes.lines[1:]]
    assert points == [(0.1, pytest.approx(2.302585)), (1.0, pytest.approx(0))]
    assert "guess among 10: p = 0.1, loss 2.303" in legend_of(axes)


def test_marks_differ_by_more_than_colour():
    marks = pictures.loss_of_probability({"a": 0.1, "b": 0.2, "c": 0.3}).axes[0].lines[1:]
    assert len({line.get_marker() for line in marks}) == 3


def test_the_curve_says_what_its_axes_are():
    axes = pictures.loss_of_probability({}).axes[0]
    assert "true class" in axes.get_xlabel()
    assert axes.get_ylabel() == "loss"
    assert "true class" in axes.get_title()


# A batch


@pytest.fixture
def batch():
    losses = {"careful": np.array([0.4, 0.6]), "bold": np.array([0.1, 6.9])}
    return pictures.losses_of_a_batch(losses, ["trouser", "dress"])


def test_a_batch_has_a_bar_for_each_example_and_a_panel_for_each_model(batch):
    careful, bold = batch.axes
    assert (careful.get_title(), bold.get_title()) == ("careful", "bold")
    np.testing.assert_allclose(widths_of(careful), [0.4, 0.6])
    np.testing.assert_allclose(widths_of(bold), [0.1, 6.9])
    assert [label.get_text() for label in careful.get_yticklabels()] == ["trouser", "dress"]


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
    figure = pictures.entropy_and_divergence(0.8, {"same": 0.0, "off": 0.3})
    axes = figure.axes[0]
    grey, hatched = axes.patches[:2], axes.patches[2:]
    assert [bar.get_width() for bar in grey] == [0.8, 0.8]
    assert [bar.get_x() for bar in hatched] == [0.8, 0.8]
    np.testing.assert_allclose([bar.get_width() for bar in hatched], [0.0, 0.3])


def test_bars_of_surprise_are_labelled_with_the_cross_entropy():
    axes = pictures.entropy_and_divergence(0.8, {"same": 0.0, "off": 0.3}).axes[0]
    assert [text.get_text() for text in axes.texts] == ["0.800", "1.100"]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["same", "off"]


def test_the_two_parts_of_surprise_differ_by_more_than_colour():
    figure = pictures.entropy_and_divergence(0.8, {"off": 0.3})
    grey, hatched = figure.axes[0].patches
    assert grey.get_hatch() != hatched.get_hatch()
    assert len(legend_of(figure)) == 2
