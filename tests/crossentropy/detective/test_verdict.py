"""What is said to whoever names a cause, and the proof."""

from crossentropy.detective import verdict
from crossentropy.detective.causes import cause, causes
from crossentropy.quiz import display
import pytest

each_cause = pytest.mark.parametrize("one", causes(), ids=lambda one: one.name)


@each_cause
def test_a_wrong_cause_is_told_what_speaks_against_it_and_not_the_right_one(one, kept):
    case = kept(one.name)
    for other in causes():
        if other != one:
            said = verdict.verdict(case, other.name)
            assert said.startswith(f"**Not right.** Against *{other.name}* speaks: ")
            assert verdict.NOTHING not in said
            assert one.name not in said.replace(other.name, "")
            assert one.cure not in said


@each_cause
def test_the_right_cause_is_explained_with_what_looks_alike_and_the_one_change(one, kept):
    said = verdict.verdict(kept(one.name), one.name)
    assert said.startswith(f"**That is it: {one.name}.** ")
    assert "**What looks alike.**" in said
    assert "**The one change.**" in said
    assert f"../{one.section[0]}/{one.section[0]}.ipynb" in said


def test_the_explanation_quotes_the_log(kept):
    case = kept("softmax taken twice")
    loss = f"{case.seen.training['loss'][-1]:.2f}"
    assert f"the loss stays at {loss}" in verdict.verdict(case, "softmax taken twice")
    assert loss in case.log


def test_the_introduction_does_not_tell_one_cause_from_another(kept):
    told = {verdict.introduction(kept(one.name)) for one in causes() if "counted" not in one.name}
    assert len(told) == 1


def test_the_proof_makes_the_one_change_and_says_what_is_gone(kept):
    said = verdict.proof(kept("losses summed, not averaged"))
    assert '-     loss=losses.CategoricalCrossentropy(from_logits=True, reduction="sum"),' in said
    assert "+     loss=losses.CategoricalCrossentropy(from_logits=True)," in said
    assert "first batch" in said
    before, now = said.split("Before, ")[1].split("Now, ")
    assert "32 times its cross-entropy" in before
    assert "is not 32 times" in now


def test_the_proof_of_a_training_that_stopped_is_one_that_does_not(kept):
    said = verdict.proof(kept("labels counted from 1"))
    assert "Before, the training stopped with an error" in said
    assert "Now, the training ran to its end" in said


def test_a_sound_program_has_nothing_to_prove(kept):
    assert "nothing to change" in verdict.proof(kept("nothing is wrong"))


def test_an_interval_beside_a_link_keeps_its_bracket_in_plain_text():
    text = "3 is not in [0, 3), see [The right shape](../04-labels/04-labels.ipynb)."
    assert display.plain(text) == "3 is not in [0, 3), see The right shape."


def test_a_cause_may_begin_with_a_capital_letter():
    assert cause("Nothing is wrong") == cause("nothing is wrong")
