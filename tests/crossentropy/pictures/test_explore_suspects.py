"""The suspects picture of lesson 06 counts and draws the wrong labels among the highest losses."""

import re
from xml.etree import ElementTree

from crossentropy.pictures import explore_suspects
import numpy as np
import pytest

LOSSES = np.array([0.1, 3.0, 0.2, 2.0, 1.0, 3.0])
WRONG = np.array([False, True, False, False, True, False])
BOTH = {"dropout": LOSSES, "overfitted": np.array([0.3, 0.0, 0.2, 0.1, 0.25, 0.2])}


def drawn(html):
    return ElementTree.fromstring(f"<div>{html}</div>").find("svg")


@pytest.mark.parametrize(("k", "hits"), [(1, 1), (2, 1), (3, 1), (4, 2), (6, 2)])
def test_wrong_labels_are_counted_among_the_k_highest_and_equal_losses_keep_their_order(k, hits):
    assert explore_suspects.found(LOSSES, WRONG, k) == hits


def test_the_drawing_says_what_it_counts():
    image = drawn(explore_suspects.draw_suspects(BOTH, WRONG, 4))
    words = [text.text for text in image.iter("text")]
    assert "dropout: 2 of the 4 highest losses are wrong labels (50%)" in words
    assert "overfitted: 1 of the 4 highest losses are wrong labels (25%)" in words
    assert "dropout, 50 %; overfitted, 25 %" in image.get("aria-label")


def test_wrong_labels_are_told_from_right_ones_by_width_too():
    image = drawn(explore_suspects.draw_suspects(BOTH, WRONG, 4))
    widths = {}
    for bar in image.iter("rect"):
        widths.setdefault(bar.get("fill"), set()).add(float(bar.get("width")))
    right, wrong = (widths[look.color] for look in (explore_suspects.RIGHT, explore_suspects.WRONG))
    assert max(wrong) < min(right)


def test_the_still_figure_draws_both_histograms_of_both_networks():
    figure = explore_suspects.still_suspects(BOTH, WRONG, 4)
    for axes, losses in zip(figure.axes, BOTH.values(), strict=True):
        for stairs, chosen in zip(axes.patches, (~WRONG, WRONG), strict=True):
            assert stairs.get_data().values.sum() == len(losses[chosen])
        assert axes.patches[0].get_hatch() != axes.patches[1].get_hatch()
    assert [axes.get_title().split("\n")[0] for axes in figure.axes] == [
        "dropout: 50% wrong",
        "overfitted: 25% wrong",
    ]


def test_what_may_differ_on_another_machine_is_marked_in_the_still_figures_words():
    alt = explore_suspects.still_suspects(BOTH, WRONG, 4).alt
    assert re.findall(r"≈ (\d+) %", alt) == ["50", "25"]


def test_losses_beyond_the_picture_stand_in_its_last_bar():
    counts = explore_suspects._counts([0.0, 99.0, np.inf])
    assert counts.sum() == 3
    assert counts[-1] == 2


def test_moving_the_slider_changes_the_drawing():
    wrong = np.arange(100) > 60
    losses = {"one": np.arange(100.0), "two": np.arange(100.0)[::-1]}
    slider, drawing = explore_suspects.suspects_explorer(losses, wrong, 20).widget.children
    assert "one: 20 of the 20 highest" in drawing.value
    slider.value = 50
    assert "one: 39 of the 50 highest" in drawing.value
    assert "two: 0 of the 50 highest" in drawing.value
