"""The slider picture of lesson 03 shows what it computes, and says where it cannot."""

from xml.etree import ElementTree

from crossentropy.pictures import explore_scores, score_readings
import numpy as np
import pytest

STARTING_SCORES = (-1.0, 2.0, 0.5)
SCORES = [STARTING_SCORES, (-3, 1, 0.5), (6, -6, 3), (-1.5, 1, 0.5), (0, 0, 0), (1, -1, 0)]


def drawn(html):
    """The explorer's drawing as an XML tree: it must be well-formed to be one."""
    return ElementTree.fromstring(f"<div>{html}</div>")


def legend_of(owner):
    legend = owner.get_legend() if hasattr(owner, "get_legend") else owner.legends[0]
    return [text.get_text() for text in legend.get_texts()]


def test_the_explorer_picture_draws_a_bar_for_each_class_and_reading():
    left = explore_scores.still_scores(STARTING_SCORES).axes[0]
    reading = score_readings.read_scores(STARTING_SCORES)
    widths = [bar.get_width() for bar in left.patches]
    expected = np.concatenate([reading.probabilities, reading.divided, reading.doubled])
    np.testing.assert_allclose(widths, expected)


def test_the_explorer_picture_marks_the_three_losses_on_their_curves():
    figure = explore_scores.still_scores(STARTING_SCORES)
    right = figure.axes[1]
    for line, mark in zip(right.lines[:6:2], right.lines[1:6:2], strict=True):
        [score], [loss] = mark.get_data()
        places, curve = line.get_data()
        assert loss == pytest.approx(np.interp(score, places, curve), abs=1e-6)
    assert legend_of(figure) == [
        "softmax once (right) 0.241",
        "no softmax (wrong flag) 0.000",
        "softmax twice 0.702",
        "floor 0.551",
    ]


def test_the_readings_differ_by_more_than_colour():
    left, right = explore_scores.still_scores(STARTING_SCORES).axes
    assert len({bar.get_hatch() for bar in left.patches}) == 3
    assert len({str(line._dash_pattern) for line in right.lines[:6:2]}) == 3
    assert len({line.get_marker() for line in right.lines[1:6:2]}) == 3


def test_a_loss_that_is_not_a_number_is_drawn_as_none():
    figure = explore_scores.still_scores((0, 0, 0))
    assert "no softmax (wrong flag) not a number" in legend_of(figure)
    assert {text.get_text() for text in figure.axes[0].texts} >= {"none"}


def test_shares_that_are_no_number_fit_between_the_bars_and_the_curves():
    image = drawn(explore_scores.draw_scores(0, 0, 0)).find("svg")
    words = [text.text for text in image.iter("text")]
    assert words.count("none") == 3
    assert "not a number" not in words


def test_a_loss_beyond_the_drawing_is_written_and_not_drawn_at_its_edge():
    image = drawn(explore_scores.draw_scores(-3, 1, 0.5)).find("svg")
    assert "\N{UPWARDS ARROW} 16.118" in [text.text for text in image.iter("text")]
    assert len(image.findall("polygon")) == 2 * 3 + 1  # beside the bars, and softmax twice


def test_the_drawing_tells_its_numbers_to_a_screen_reader():
    image = drawn(explore_scores.draw_scores(*STARTING_SCORES)).find("svg")
    assert image.get("role") == "img"
    for number in ("0.241", "0.000", "0.702", "0.551"):
        assert number in image.get("aria-label")


def test_moving_a_slider_changes_the_drawing():
    *sliders, drawing = explore_scores.scores_explorer(STARTING_SCORES).widget.children
    before = drawing.value
    for slider, score in zip(sliders, (-3.0, 1.0, 0.5), strict=True):
        slider.value = score
    assert drawing.value != before
    assert "with the wrong flag 16.118" in drawing.value
    assert "True loss 0.485" in drawing.value


@pytest.mark.parametrize("scores", [*SCORES, (6, 6, 6), (-6, -6, -6), (6, -6, 0)])
def test_every_setting_can_be_drawn(scores):
    assert drawn(explore_scores.draw_scores(*scores)).find("svg") is not None


def test_the_drawing_stays_inside_its_frame():
    for scores in SCORES:
        for line in drawn(explore_scores.draw_scores(*scores)).iter("polyline"):
            places = np.array([p.split(",") for p in line.get("points").split()], dtype=float)
            assert places.min() >= 0
            assert places[:, 0].max() <= 660
            assert places[:, 1].max() <= 290
