"""The figures of lesson 07 draw the numbers that they are given."""

from crossentropy import pictures
from crossentropy.pictures import calibration_stills
from crossentropy.pictures.calibration_bins import bin_answers
import numpy as np
import pytest

ROWS = np.random.RandomState(71).dirichlet(np.full(3, 0.6), size=300)
LABELS = np.random.RandomState(72).randint(0, 3, 300)
SURE = np.tile([0.98, 0.01, 0.01], (300, 1))


def heights(axes):
    return [patch.get_height() for patch in axes.patches]


def test_a_bar_is_as_high_as_the_share_of_right_answers():
    upper = pictures.reliability({"one": ROWS}, LABELS, bins=8).axes[0]
    bins = bin_answers(ROWS, LABELS, bins=8)
    filled = bins.count > 0
    bars = len(upper.patches) // 2
    np.testing.assert_allclose(heights(upper)[:bars], bins.accuracy[filled])
    np.testing.assert_allclose(heights(upper)[bars:], -bins.gap[filled])


def test_the_lower_row_shows_how_many_answers_each_bin_holds():
    lower = pictures.reliability({"one": ROWS}, LABELS, bins=8).axes[1]
    assert heights(lower) == bin_answers(ROWS, LABELS, bins=8).count.tolist()


def test_each_model_has_a_diagram_with_its_error_in_the_title():
    figure = pictures.reliability({"mixed": ROWS, "sure": SURE}, LABELS)
    titles = [axes.get_title() for axes in figure.axes if axes.get_title()]
    errors = [bin_answers(rows, LABELS).error for rows in (ROWS, SURE)]
    assert titles == [f"mixed: ECE {errors[0]:.3f}", f"sure: ECE {errors[1]:.3f}"]


def test_the_alternative_text_says_in_how_many_bins_a_model_is_too_sure():
    alt = pictures.reliability({"sure": SURE}, LABELS).alt
    assert "mean confidence 0.980" in alt
    assert "right less often than it says in 1 of 1 bins, more often in 0" in alt


def test_the_temperature_of_the_lowest_loss_is_marked_and_named():
    temperatures, losses = np.array([0.5, 1.0, 2.0]), np.array([2.0, 1.0, 0.9])
    figure = pictures.losses_of_temperature(temperatures, {"sure": losses})
    curve, mark = figure.axes[0].lines[:2]
    np.testing.assert_array_equal(curve.get_data(), [temperatures, losses])
    assert mark.get_xydata().tolist() == [[2.0, 0.9]]
    assert mark.get_label() == "sure: lowest at T = 2.00"
    assert "sure: 1.000 at T = 1, lowest 0.900 at T = 2.00." in figure.alt


def test_each_binning_is_drawn_with_its_errors():
    figure = pictures.error_of_binning({"mixed": ROWS}, LABELS)
    for line, equal in zip(figure.axes[0].lines, ("width", "count"), strict=True):
        for bins, error in line.get_xydata():
            expected = bin_answers(ROWS, LABELS, bins=int(bins), equal=equal).error
            assert error == pytest.approx(expected)


def test_the_alternative_text_of_the_binning_names_counts_that_are_drawn():
    assert {1, 10, 30, 100} <= set(calibration_stills.COUNTS_OF_BINS)


@pytest.mark.parametrize("truth", [0.3, 0.7, 0.9])
def test_cross_entropy_and_brier_are_lowest_at_the_truth_and_the_share_is_not(truth):
    lines = pictures.cost_of_claims(truth).axes[0].lines
    for curve in (lines[0], lines[2]):
        claims, costs = curve.get_data()
        assert claims[np.argmin(costs)] == pytest.approx(truth)
    claims, share = lines[4].get_data()
    assert len({share[claims > 0.51].min(), share[claims > 0.51].max()}) == 1


def test_exaggerating_070_to_099_costs_1389_in_place_of_0611():
    alt = pictures.cost_of_claims(0.7).alt
    assert "cross-entropy 0.611 at the truth and 1.389 at 0.99" in alt
    assert "Brier score 0.210 at the truth and 0.294 at 0.99" in alt
    assert "share of wrong answers 0.300 at the truth and 0.300 at 0.99" in alt
