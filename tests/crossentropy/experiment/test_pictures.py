"""The figures of lesson 05 show what they say they show."""

import re

from crossentropy.experiment import pictures as figures
from crossentropy.pictures.drawing import SMALLEST, WIDTH
from matplotlib.text import Text
import numpy as np
import pytest

OVERFITTED = {
    "loss": [1.2, 0.7, 0.3, 0.1],
    "val_loss": [0.9, 0.6, 1.1, 1.9],
    "accuracy": [0.5, 0.8, 0.9, 0.97],
    "val_accuracy": [0.7, 0.85, 0.8, 0.7],
}
CURED = {
    "loss": [1.3, 1.1, 1.0, 1.0],
    "val_loss": [0.9, 0.7, 0.6, 0.62],
    "accuracy": [0.5, 0.6, 0.65, 0.67],
    "val_accuracy": [0.7, 0.8, 0.87, 0.87],
}
REACHED = {
    "train_accuracy": 0.97,
    "true_accuracy": 0.72,
    "val_accuracy": 0.71,
    "test_accuracy": 0.7,
    "wrong_learnt": 0.93,
    "train_loss": 0.06,
    "val_loss": 2.03,
}


@pytest.fixture
def predictions():
    """Two hundred images; the first network is unsure, the second sure, both wrong on forty."""
    y_true = np.eye(5)[np.arange(200) % 5]
    said = np.arange(200) % 5
    said[:40] = (said[:40] + 1) % 5
    unsure, sure = (np.full((200, 5), (1 - p) / 4) for p in (0.5, 0.999))
    unsure[np.arange(200), said], sure[np.arange(200), said] = 0.5, 0.999
    return y_true, [unsure, sure]


def lines(panel):
    return {line.get_label(): line for line in panel.get_lines()}


def test_learning_curves_plot_the_history_and_mark_the_turn():
    loss, accuracy = figures.learning_curves(OVERFITTED, title="before").axes
    np.testing.assert_allclose(lines(loss)["training"].get_xydata()[:, 1], OVERFITTED["loss"])
    np.testing.assert_allclose(lines(loss)["validation"].get_xydata()[:, 0], [1, 2, 3, 4])
    np.testing.assert_allclose(
        lines(accuracy)["validation"].get_xydata()[:, 1], OVERFITTED["val_accuracy"]
    )
    assert lines(loss)["lowest validation loss"].get_xdata()[0] == 2
    assert (loss.get_title(), accuracy.get_title()) == ("loss", "accuracy")


def test_the_two_curves_differ_in_more_than_colour():
    drawn = lines(figures.learning_curves(OVERFITTED).axes[0])
    train, validation = drawn["training"], drawn["validation"]
    assert train.get_linestyle() != validation.get_linestyle()
    assert train.get_marker() != validation.get_marker()


def test_goals_are_drawn_only_when_asked_for():
    with_goals = figures.learning_curves(CURED, goals=True).axes[1]
    assert {text.get_text() for text in with_goals.texts} == {
        "validation at least 85 %",
        "training below 92 %",
    }
    assert not figures.learning_curves(CURED).axes[1].texts


def test_the_description_tells_overfitting_from_a_cure_without_digits():
    bad, good = (figures.learning_curves(curves).alt for curves in (OVERFITTED, CURED))
    assert "climbs well above its lowest point" in bad
    assert "far above the validation accuracy" in bad
    assert "stays near its lowest point" in good
    assert "below the validation accuracy" in good
    assert not re.search(r"\d", bad + good)


def test_the_worst_come_first_and_right_answers_never(predictions):
    y_true, (unsure, sure) = predictions
    mixed = np.where(np.arange(200)[:, None] < 20, sure, unsure)
    worst = figures.worst_first(y_true, mixed, images=30)
    assert set(worst[:20]) == set(range(20))
    assert set(worst[20:]) <= set(range(20, 40))
    assert len(figures.worst_first(y_true, y_true)) == 0


def test_confident_mistakes_are_captioned_with_truth_answer_and_loss(predictions):
    y_true, (_, sure) = predictions
    names = ["a", "b", "c", "d", "e"]
    figure = figures.confident_mistakes(np.zeros((200, 28, 28, 1)), y_true, sure, names, images=5)
    assert figure.axes[0].get_title() == "is a\nsays b\n(99.9 %)\nloss 8.3"


def test_before_and_after_carry_their_numbers():
    shares, losses = figures.before_and_after(REACHED, REACHED).axes
    assert {text.get_text() for text in shares.texts} == {"97", "72", "71", "70", "93"}
    assert [text.get_text() for text in losses.texts] == ["0.06", "2.03"] * 2
    assert len(figures.before_and_after(REACHED).axes[0].patches) == 5


@pytest.mark.parametrize("channels", [1, 3])
def test_grey_and_coloured_images_are_shown(predictions, channels):
    y_true, (_, sure) = predictions
    x = np.full((200, 32, 32, channels), 0.5)
    figure = figures.confident_mistakes(x, y_true, sure, "abcde", images=10)
    shown = figure.axes[0].images[0].get_array()
    assert shown.shape == ((32, 32) if channels == 1 else (32, 32, 3))


def test_every_figure_carries_alternative_text_and_fits_a_narrow_window(predictions):
    y_true, (_, sure) = predictions
    shown = [
        figures.learning_curves(CURED, goals=True),
        figures.before_and_after(REACHED, REACHED),
        figures.confident_mistakes(np.zeros((200, 28, 28, 1)), y_true, sure, "abcde"),
    ]
    for figure in shown:
        assert len(figure.alt) > 40
        assert figure.get_figwidth() <= WIDTH
        assert min(text.get_fontsize() for text in figure.findobj(Text)) >= SMALLEST
