"""The slider picture of lesson 05 sorts images by their loss and says who causes the mean."""

import re

from crossentropy.experiment import explore_losses as explore
from crossentropy.pictures.drawing import SMALLEST, SVG_SMALLEST, SVG_WIDTH, WIDTH
from matplotlib.text import Text
import numpy as np
import pytest

COLORS = (explore.RIGHT, explore.WRONG)


@pytest.fixture
def predictions():
    """Two hundred images; the first network is unsure, the second sure, both wrong on forty."""
    y_true = np.eye(5)[np.arange(200) % 5]
    said = np.arange(200) % 5
    said[:40] = (said[:40] + 1) % 5
    unsure, sure = (np.full((200, 5), (1 - p) / 4) for p in (0.5, 0.999))
    unsure[np.arange(200), said], sure[np.arange(200), said] = 0.5, 0.999
    return y_true, [unsure, sure]


def test_the_profile_says_who_causes_the_loss(predictions):
    y_true, (unsure, sure) = predictions
    early, late = (explore.loss_profile(y_true, one) for one in (unsure, sure))
    assert early.accuracy == late.accuracy == 0.8
    assert late.mean > early.mean
    assert late.losses[0] == pytest.approx(-np.log(0.001 / 4))
    assert late.worst_share == pytest.approx(0.25, abs=0.01)  # 10 of the 40 that are wrong
    assert late.worst_share > early.worst_share
    assert not late.right[:40].any()


def test_the_still_picture_has_one_panel_for_each_epoch_on_one_scale(predictions):
    y_true, probabilities = predictions
    figure = explore.losses_explorer(y_true, probabilities).still
    assert [panel.get_title() for panel in figure.axes] == ["after epoch 1", "after epoch 2"]
    assert figure.axes[0].get_ylim() == figure.axes[1].get_ylim()
    heights = [bar.get_height() for bar in figure.axes[1].patches]
    assert max(heights) == pytest.approx(-np.log(0.001 / 4))
    assert len(heights) == 100


def test_the_slider_tells_the_numbers_of_the_chosen_epoch(predictions):
    y_true, probabilities = predictions
    slider, view = explore.losses_explorer(y_true, probabilities).widget.children
    assert "After epoch 1: mean loss 0.97, accuracy 80 %" in view.value
    slider.value = 2
    assert "After epoch 2: mean loss 1.66, accuracy 80 %" in view.value
    assert 'role="img"' in view.value


def test_a_training_of_one_epoch_can_be_explored_too(predictions):
    y_true, probabilities = predictions
    explorer = explore.losses_explorer(y_true, probabilities[:1])
    assert explorer.widget.children[0].max == 1
    assert len(explorer.still.axes) == 1


def test_wrong_columns_are_narrower_so_that_colour_is_not_needed(predictions):
    y_true, (_, sure) = predictions
    html = explore.draw_losses(explore.loss_profile(y_true, sure), 2, 9.0)
    bars = re.findall(r'width="([0-9.]+)" height="[0-9.]+" fill="(#[0-9a-f]+)"', html)
    widths = {color: {float(w) for w, fill in bars if fill == color} for color in COLORS}
    assert min(widths[explore.RIGHT] - {10.0}) == 5.0 > max(widths[explore.WRONG] - {6.0})


def test_both_pictures_fit_a_narrow_window(predictions):
    y_true, probabilities = predictions
    explorer = explore.losses_explorer(y_true, probabilities)
    assert explorer.still.get_figwidth() <= WIDTH
    assert min(text.get_fontsize() for text in explorer.still.findobj(Text)) >= SMALLEST
    html = explorer.widget.children[1].value
    assert f'viewBox="0 0 {SVG_WIDTH} ' in html
    assert min(float(size) for size in re.findall(r"font-size: ([0-9.]+)px", html)) >= SVG_SMALLEST
