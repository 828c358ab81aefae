"""The goals compare with the numbers that the lesson states, and show what was reached."""

from crossentropy.experiment.goals import END_GOAL, goals
from crossentropy.experiment.measure import percent
import pytest


@pytest.mark.parametrize(
    ("validation", "train", "met"),
    [
        (0.85, 0.91, [True, True]),
        (0.849, 0.92, [False, False]),
        (0.9, 0.999, [True, False]),
    ],
)
def test_goals_compare_with_85_and_92_percent(validation, train, met):
    found = goals({"val_accuracy": validation, "train_accuracy": train})
    assert [goal.met for goal in found] == met


@pytest.mark.parametrize(("end", "met"), [(END_GOAL, True), (END_GOAL - 0.001, False)])
def test_the_third_goal_is_there_once_the_end_was_measured(end, met):
    *_, last = goals({"val_accuracy": 0.86, "train_accuracy": 0.7}, end)
    assert last.met is met
    assert "trained to the end" in last.name
    assert percent(END_GOAL) in last.name


def test_a_goal_shows_its_number_whether_it_is_met_or_not():
    on_validation, on_training = goals({"val_accuracy": 0.7, "train_accuracy": 0.8})
    assert str(on_validation) == "not yet  validation accuracy at least 85 %: ≈ 70.0 %"
    assert str(on_training) == "met      training accuracy below 92 %: ≈ 80.0 %"
