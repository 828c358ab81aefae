"""Fair cases: from what a log shows, each cause can be told from each other."""

from itertools import combinations

from crossentropy.detective import cases, signs
from crossentropy.detective.causes import causes
from crossentropy.detective.training_log import read
import pytest

each_cause = pytest.mark.parametrize("one", causes(), ids=lambda one: one.name)


@each_cause
def test_each_log_of_twenty_fits_its_own_cause_and_no_other(one, logs):
    assert len(logs[one.name]) == 20
    for seed, log in enumerate(logs[one.name]):
        assert cases.fitting(read(log)) == [one], f"seed {seed}:\n{log}"


def test_each_pair_of_causes_differs_in_a_sign_that_all_their_logs_show(logs):
    """No pair rests on luck: one and the same sign separates all logs of the one and the other."""
    shown = {name: [answers(read(log)) for log in of_cause] for name, of_cause in logs.items()}
    for one, other in combinations(shown, 2):
        assert any(
            {row.get(name) for row in shown[one]}.isdisjoint(
                {row.get(name) for row in shown[other]}
            )
            for name in signs.SIGNS
        ), (one, other)


def answers(seen):
    if seen.error:
        return {"stopped": True}
    return {name: sign.holds(seen) for name, sign in signs.SIGNS.items()}


@each_cause
def test_each_sign_can_be_told_of_each_log_in_its_numbers(one, logs):
    for log in logs[one.name]:
        seen = read(log)
        for name in ["stopped"] if seen.error else signs.SIGNS:
            said = signs.sentence(name, seen)
            assert "{" not in said
            assert said[0].islower()


@each_cause
def test_what_gives_a_cause_away_quotes_the_numbers_of_its_log(one, kept, logs):
    for seed in range(len(logs[one.name])):
        case = kept(one.name, seed)
        for text in (one.gives_away, one.looks_alike, one.cure):
            assert "{" not in case.told(text)


def test_a_sign_that_fails_is_found_in_the_order_of_the_cause(logs):
    [doubled] = [one for one in causes() if one.name == "softmax taken twice"]
    found = signs.against(doubled, read(logs["nothing is wrong"][0]))
    assert found[0] == "outputs are probabilities"
    assert signs.against(doubled, read(logs["labels counted from 1"][0])) == ["stopped"]
