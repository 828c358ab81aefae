"""The seeds picture of lesson 06 counts a difference by its rule, and draws what it computes."""

from xml.etree import ElementTree

from crossentropy.pictures import explore_seeds
import numpy as np
from picture_examples import RUNS
import pytest

MINUS = "\N{MINUS SIGN}"

CLEAR = np.array([0.03, 0.05, 0.04, 0.06, 0.02])


def drawn(html):
    return ElementTree.fromstring(f"<div>{html}</div>").find("svg")


def words_of(html):
    return [text.text for text in drawn(html).iter("text")]


def test_mean_and_standard_error_are_those_of_the_paired_differences():
    reference = np.array([0.1, 0.9, 0.4, 0.2, 0.7])
    one = explore_seeds.compared(reference + CLEAR, reference)
    assert one.mean == pytest.approx(0.04)
    assert one.error == pytest.approx(np.sqrt(0.00025 / 5))


def test_a_difference_counts_beyond_three_standard_errors():
    zeros = np.zeros(5)
    assert explore_seeds.compared(CLEAR, zeros).verdict == "better"
    assert explore_seeds.compared(-CLEAR, zeros).verdict == "worse"
    barely_not = np.array([1.0, -1.0, 2.0, -2.0, 0.0]) + 3 * np.sqrt(2.5 / 5) - 1e-9
    assert explore_seeds.compared(barely_not, zeros).verdict == "cannot be told"
    assert explore_seeds.compared(barely_not + 1e-6, zeros).verdict == "better"


def test_of_losses_the_lower_is_better():
    assert explore_seeds.compared(CLEAR, np.zeros(5), better=-1).verdict == "worse"


@pytest.mark.parametrize("seeds", [1, 2, 4])
def test_with_fewer_than_five_seeds_nothing_can_be_told(seeds):
    one = explore_seeds.compared(np.full(seeds, 0.5), np.zeros(seeds))
    assert one.verdict == "cannot be told"
    assert np.isnan(one.error) == (seeds == 1)


def test_a_draw_with_more_seeds_holds_those_with_fewer():
    few, more = (explore_seeds.chosen_seeds(10, count, 7) for count in (3, 8))
    assert list(more[:3]) == list(few)
    assert sorted(explore_seeds.chosen_seeds(10, 10, 7)) == list(range(10))
    assert list(explore_seeds.chosen_seeds(10, 8, 8)) != list(more)


def test_draws_of_one_seed_go_through_all_seeds():
    assert [explore_seeds.chosen_seeds(10, 1, which)[0] for which in range(1, 11)] == list(
        range(10)
    )


def test_the_drawing_has_a_mark_for_each_run_and_each_difference():
    image = drawn(explore_seeds.draw_seeds(RUNS, "dropout", np.array([0, 3])))
    # Two runs of three networks, and two networks beside the reference.
    marks = image.findall("circle") + image.findall("polygon")
    assert len(marks) == 2 * 3 + 2


def test_the_drawing_says_the_differences_and_their_verdicts():
    words = words_of(explore_seeds.draw_seeds(RUNS, "dropout", np.arange(6)))
    assert f"{MINUS}0.045: worse" in words
    assert f"{MINUS}0.002: cannot be told" in words


def test_the_verdict_on_a_loss_is_turned_round():
    words = words_of(explore_seeds.draw_seeds(RUNS, "dropout", np.arange(6), "test loss"))
    assert f"{MINUS}0.045: better" in words


def test_the_order_follows_the_seeds():
    def first(seeds):
        html = explore_seeds.draw_seeds(RUNS, "dropout", np.array(seeds))
        return html.split("Best first: <b>")[1].split(",")[0]

    assert first([0]) == "both"
    assert first([3]) == "dropout"


def test_the_still_figure_draws_every_run_and_every_interval():
    left, right = explore_seeds.still_seeds(RUNS, "dropout").axes
    drawn_runs = [line.get_xdata() for line in left.lines[:3]]
    np.testing.assert_allclose(drawn_runs, [one["val_accuracy"] for one in RUNS.values()])
    assert [text.get_text() for text in right.texts] == ["worse", "cannot be told"]


@pytest.mark.parametrize("measure", explore_seeds.MEASURES)
@pytest.mark.parametrize("count", [1, 2, 6])
def test_every_setting_can_be_drawn(measure, count):
    html = explore_seeds.draw_seeds(RUNS, "dropout", np.arange(count), measure)
    assert measure.capitalize() in drawn(html).get("aria-label")


def test_moving_a_control_changes_the_drawing():
    *controls, drawing = explore_seeds.seeds_explorer(RUNS, "dropout").widget.children
    seen = {drawing.value}
    for control, value in zip(controls, (6, 3, "validation loss"), strict=True):
        control.value = value
        seen.add(drawing.value)
    assert len(seen) >= 3
    assert "each trained from 6 seeds" in drawing.value
