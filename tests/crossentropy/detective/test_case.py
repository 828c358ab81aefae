"""Cases of the detective: really trained, each with a sign that no other cause leaves."""

import math

from crossentropy import detective
from crossentropy.detective import script
from crossentropy.detective.cases import STOPPED, open_case, train
from crossentropy.detective.causes import cause, causes
from crossentropy.detective.verdict import verdict
import numpy as np
import pytest

TRAININGS = [(one.name, form, seed) for one in causes() for form in one.forms for seed in (0, 11)]


def diagnose(case):
    """Name the cause from the numbers of the log alone, as a learner should."""
    if case.log.startswith(STOPPED):
        return "labels counted from 1"
    classes, first, history = case.classes, case.first, case.history
    last = {name: values[-1] for name, values in history.items()}
    start = history["loss"][0]
    trained = [history["loss"][k] != start for k in range(1, len(history["loss"]))]
    if not any(trained):
        return "nothing is trained"
    if min(history["loss"]) < 0:
        return "arguments of the loss swapped"
    if first[0] / first[2] > 20:
        return "losses summed, not averaged"
    if not math.isclose(first[0], first[2], rel_tol=0.05):
        learns = max(history["accuracy"]) > 0.8 and last["loss"] < 0.6
        if learns and last["cross_entropy"] < 0.7:
            return "binary loss for one of several classes"
        near = abs(first[0] - math.log(classes)) < abs(first[2] - math.log(classes))
        return "metric with the wrong flag" if near else "scores taken for probabilities"
    if not math.isfinite(last["loss"]) or max(history["loss"]) > 100:
        return "learning rate too high"
    if last["val_accuracy"] < 0.5 / classes and last["accuracy"] > 0.8:
        return "validation split of sorted data"
    if abs(last["loss"] - last["cross_entropy"]) > 0.01:
        in_validation = abs(last["val_loss"] - last["val_cross_entropy"]) > 0.01
        return "label smoothing" if in_validation else "a class weight on one class"
    if last["accuracy"] < 1.7 / classes:
        same = np.ptp(case.outputs, axis=0).max() < 1e-6
        return "the hidden layer is dead" if same else "labels that belong to other examples"
    if last["loss"] > math.log(1 + (classes - 1) / math.e) and last["accuracy"] > 0.85:
        return "softmax taken twice"
    if last["val_loss"] < 0.75 * last["loss"] and last["accuracy"] < last["val_accuracy"]:
        return "fit's number was taken with dropout"
    return "nothing is wrong"


@pytest.mark.parametrize(("name", "form", "seed"), TRAININGS)
def test_each_cause_leaves_a_sign_that_no_other_leaves(name, form, seed):
    assert diagnose(train(cause(name), form, seed)) == name


def test_there_are_a_dozen_mistakes_and_a_sound_program():
    assert len(causes()) >= 13
    assert "nothing is wrong" in {one.name for one in causes()}


def test_a_seed_is_the_same_case_each_time_and_seeds_differ():
    first = open_case(3)
    open_case.cache_clear()
    assert open_case(3).log == first.log
    assert open_case(4).log != first.log


def test_seeds_draw_many_causes():
    drawn = {np.random.default_rng([seed, 0]).integers(len(causes())) for seed in range(100)}
    assert len(drawn) == len(causes())


@pytest.mark.parametrize("one", causes(), ids=lambda one: one.name)
def test_a_mistake_is_one_change_of_the_right_program(one):
    for form in one.forms:
        right = script.write(form, script.draw(5), {})
        wrong = script.write(form, script.draw(5), one.places(form))
        changed = [
            place for place, text in one.places(form).items() if text not in right or text == ""
        ]
        assert len(changed) == (0 if one.name == "nothing is wrong" else 1)
        assert (wrong == right) == (one.name == "nothing is wrong")


def test_the_program_prints_its_own_log(capsys):
    case = open_case(2)
    exec(compile(case.program, "case", "exec"), {"__name__": "case"})
    assert case.log in capsys.readouterr().out


def test_the_log_does_not_tell_the_cause():
    for name in ("softmax taken twice", "nothing is trained"):
        assert "Warning" not in train(cause(name), "one-hot", 0).log


def test_a_wrong_cause_is_refused_without_telling_the_right_one():
    case = open_case(0)
    wrong = next(one.name for one in causes() if one != case.cause)
    said = verdict(case, wrong)
    assert said.startswith("**Not that.**")
    assert case.cause.name not in said
    assert case.cause.cure not in said


def test_the_right_cause_is_told_with_the_numbers_of_the_log():
    case = train(cause("softmax taken twice"), "one-hot", 0)
    said = verdict(case, "softmax taken twice")
    assert f"stays at {case.numbers['last_loss']}" in said
    assert case.numbers["last_loss"] in case.log
    assert "detective.hand_out(0)" in said


def test_an_unknown_cause_is_answered_with_the_list():
    with pytest.raises(
        ValueError, match=r"no cause 'softmax'; the causes are 'nothing is wrong', "
    ):
        detective.name_cause(0, "softmax")


@pytest.mark.parametrize("seed", [-1, 1.5, "7", True, None])
def test_a_case_is_opened_by_a_whole_number(seed):
    with pytest.raises(ValueError, match="A case is opened by a whole number from 0 on"):
        detective.case(seed)


def test_opening_a_case_leaves_the_learners_random_numbers_alone():
    np.random.seed(1)
    state = np.random.get_state()[1].copy()
    open_case.cache_clear()
    open_case(1)
    assert (np.random.get_state()[1] == state).all()
