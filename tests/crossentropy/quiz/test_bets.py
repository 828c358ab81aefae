"""Bets: how they are read, what they cost, how bars give way, what many say together."""

import itertools
import json
import math
import random

from crossentropy import quiz
from crossentropy.quiz import (
    bank,
    bet_diagram,
    bet_record,
    bet_scores,
    bet_texts,
    former,
    responses,
)
from crossentropy.quiz.bet_scores import Bet, BetError
from crossentropy.quiz.bet_spread import Spread, shared
from crossentropy.quiz.question import BankError
import keras
import numpy as np
import pytest

RAIN = "02-recall-rain"  # four options, b is right


@pytest.fixture(autouse=True)
def _in_a_lesson(tmp_path, monkeypatch):
    folder = tmp_path / "07-calibration"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def kept():
    with open("responses.json", encoding="utf-8") as file:
        return json.load(file)


# --- what a bet costs -----------------------------------------------------------------------------


def test_a_bet_costs_what_keras_says():
    for probabilities in ([0.7, 0.2, 0.1, 0.0], [0.0, 1.0, 0.0, 0.0], [0.25] * 4, [1.0, 0, 0, 0]):
        for truth in range(4):
            keras_says = keras.losses.categorical_crossentropy(
                keras.ops.one_hot([truth], 4), np.array([probabilities], "float32")
            )
            cost = Bet(tuple(probabilities), truth).cost
            assert cost == pytest.approx(float(keras_says[0]), abs=1e-5)


def test_the_truth_with_probability_1_costs_nothing_and_with_0_is_capped():
    assert Bet((0.0, 1.0), 1).cost == 0
    assert Bet((1.0, 0.0), 1).cost == bet_scores.DEAREST == pytest.approx(16.118, abs=5e-4)
    assert keras.config.epsilon() == bet_scores.LOWEST


def test_an_equal_bet_costs_what_a_guess_costs():
    bet = Bet((0.25,) * 4, 2)
    assert bet.cost == bet.guess == pytest.approx(math.log(4))


def test_to_bet_what_one_believes_costs_least_on_average():
    steps = [step / 10 for step in range(11)]
    claims = [p for p in itertools.product(steps, repeat=3) if abs(sum(p) - 1) < 1e-9]
    for belief in [(0.7, 0.2, 0.1), (0.4, 0.4, 0.2), (1.0, 0.0, 0.0), (0.5, 0.5, 0.0)]:
        expected = {
            claim: sum(p * Bet(claim, truth).cost for truth, p in enumerate(belief))
            for claim in claims
        }
        honest = min(expected, key=expected.get)
        assert honest == pytest.approx(belief)
        dearer = [cost for claim, cost in expected.items() if claim != honest]
        assert min(dearer) > expected[honest] + 1e-6


# --- what can be a bet ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        [0.1, 0.7, 0.2, 0],
        (0.1, 0.7, 0.2, 0.0),
        np.array([0.1, 0.7, 0.2, 0.0]),
        {"b": 0.7, "A": 0.1, "c": 0.2},
    ],
)
def test_a_bet_is_a_list_or_letters(value):
    assert bet_scores.read_bet(bank.question(RAIN), value) == pytest.approx((0.1, 0.7, 0.2, 0))


def test_thirds_with_three_digits_are_put_right():
    given = bet_scores.read_bet(bank.question(RAIN), [0.333, 0.333, 0.333, 0])
    assert sum(given) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ([0.7, 0.2, 0.2, 0], "sum to 1.1, and they must sum to 1"),
        ([0, 0, 0, 0], "sum to 0, and they must sum to 1"),
        ([-0.1, 0.9, 0.1, 0.1], "-0.1 for a is below 0"),
        ([0.5, 0.5], "has 4 options, and these are 2 numbers"),
        ([1], "these are 1 number:"),
        ([float("nan"), 1, 0, 0], "What stands for a is NaN"),
        ([0, float("inf"), 0, 0], "What stands for b is infinite"),
        ([1.5, 0, 0, 0], "1.5 for a is more than 1"),
        ([70, 20, 10, 0], "These are percentages: write probabilities from 0 to 1"),
        (["x", 1, 0, 0], "What stands for a is not a number"),
        ([True, 0, 0, 0], "What stands for a is not a number"),
        ([[1], [0], [0], [0]], "What stands for a is not a number"),
        ("b", "is a list with a probability for each option, such as [0.7, 0.3, 0, 0]"),
        (0.7, "is a list with a probability for each option"),
        ({"z": 1}, "'z' is not an option"),
        ({"": 1}, "'' is not an option"),
        ({"a": 0.5, "A": 0.5}, "A letter that stands there twice is not an option"),
    ],
)
def test_what_is_no_bet_is_told_in_one_sentence_and_not_recorded(value, told, capsys, tmp_path):
    with pytest.raises(BetError) as error:
        bet_scores.read_bet(bank.question(RAIN), value)
    assert told in str(error.value)
    quiz.bet(RAIN, value)
    printed = capsys.readouterr().out.strip()
    assert printed == str(error.value)
    assert "\n" not in printed
    assert not (tmp_path / "07-calibration" / "responses.json").exists()


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("01-loss-to-probability", "quiz.ask"),  # a number
        ("08-which-pairs-run", "quiz.ask"),  # several
        ("07-predict-confidence", "quiz.predict"),
        ("08-mean-of-two", "quiz.challenge"),
        ("01-none", "no question"),
    ],
)
def test_one_bets_only_where_one_option_is_right(question, told):
    with pytest.raises(BankError, match=told):
        quiz.bet(question)


# --- bars that give way ---------------------------------------------------------------------------


def test_bars_begin_equal_and_always_sum_to_100():
    spread, random_moves = Spread(3), random.Random(5)
    assert spread.percents == [34, 33, 33]
    for _ in range(2000):
        place, percent = random_moves.randrange(3), random_moves.randint(-20, 120)
        moved = spread.move(place, percent)
        assert sum(moved) == 100
        assert min(moved) >= 0
        assert moved[place] == min(100, max(0, percent))


def test_what_was_moved_stays_while_others_can_give_way():
    spread = Spread(4)
    assert spread.move(0, 70) == [70, 10, 10, 10]
    assert spread.move(1, 20) == [70, 20, 5, 5]
    assert spread.move(2, 10) == [70, 20, 10, 0]


def test_when_the_untouched_can_give_no_more_the_others_give_way_in_proportion():
    spread = Spread(4)
    spread.move(0, 60)
    spread.move(1, 30)
    assert spread.move(2, 40) == [40, 20, 40, 0]


def test_a_bar_that_comes_back_takes_nothing_from_the_others():
    spread = Spread(4)
    for place, percent in enumerate((40, 30, 20, 10)):
        spread.move(place, percent)
    spread.move(3, 100)
    assert spread.percents == [0, 0, 0, 100]
    assert spread.move(3, 10) == [40, 30, 20, 10]


def test_equal_again_forgets_what_was_moved():
    spread = Spread(4)
    spread.move(0, 70)
    spread.even()
    assert spread.percents == [25] * 4
    assert spread.move(1, 40) == [20, 40, 20, 20]


def test_two_bars_are_one_and_its_rest():
    spread = Spread(2)
    assert spread.move(0, 93) == [93, 7]
    assert spread.move(1, 100) == [0, 100]


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [(10, [1, 1, 1], [4, 3, 3]), (7, [0, 0], [4, 3]), (0, [5, 1], [0, 0]), (9, [2, 1], [6, 3])],
)
def test_a_whole_number_is_shared_whole(total, weights, parts):
    assert shared(total, weights) == parts


# --- the record -----------------------------------------------------------------------------------


def test_a_bet_is_kept_under_its_own_key_beside_all_that_was_there(capsys):
    responses.record("01-what-it-measures", "b")
    before = kept()
    quiz.bet(RAIN, {"b": 0.6, "a": 0.4})
    after = kept()
    [bet] = after.pop("bets")[RAIN]
    assert after == before
    assert bet["probabilities"] == {"a": 0.4, "b": 0.6, "c": 0.0, "d": 0.0}
    assert bet["time"].endswith("Z")
    assert "60 %" in capsys.readouterr().out


def test_an_answer_after_a_bet_keeps_the_bet():
    quiz.bet(RAIN, [0, 1, 0, 0])
    responses.record("01-what-it-measures", "b")
    assert set(kept()["bets"]) == {RAIN}


def test_a_second_bet_on_a_question_is_told_the_first(capsys):
    quiz.bet(RAIN, [0.5, 0.5, 0, 0])
    capsys.readouterr()
    quiz.bet(RAIN, [0, 1, 0, 0])
    printed = capsys.readouterr().out
    assert bet_texts.TAKEN in printed
    assert "0.693 nats" in printed
    assert len(kept()["bets"][RAIN]) == 1


def test_of_two_bets_from_two_copies_the_first_counts():
    quiz.bet(RAIN, [0.5, 0.5, 0, 0])
    record = kept()
    record["bets"][RAIN].append({"probabilities": {"b": 1}, "time": "2999-01-01T00:00:00.000Z"})
    with open("responses.json", "w", encoding="utf-8") as file:
        json.dump(record, file)
    [bet] = bet_record.of_all_lessons()[0]
    assert bet.on_truth == 0.5


@pytest.mark.parametrize(
    "garbled",
    [
        [],
        7,
        {RAIN: 3},
        {RAIN: [3, {"probabilities": 5}, {"probabilities": {"a": 2}}, {}]},
        {"99-none": [{"probabilities": {"a": 1}}]},
        {"01-loss-to-probability": [{"probabilities": {"a": 1}}]},
    ],
)
def test_bets_that_cannot_be_read_cost_no_other_and_are_kept(garbled):
    with open("responses.json", "w", encoding="utf-8") as file:
        json.dump({"schema": 2, "responses": {}, "bets": garbled, "newer": 1}, file)
    assert bet_record.of_all_lessons() == ([], [])
    quiz.bet(RAIN, [0, 1, 0, 0])
    assert [bet.on_truth for bet in bet_record.of_all_lessons()[0]] == [1]
    assert kept()["newer"] == 1
    part = garbled[RAIN] if garbled == {RAIN: 3} else garbled
    assert json.dumps(part).strip("[]{}") in json.dumps(kept())


def test_bets_of_all_lessons_are_told_together_each_question_once(tmp_path, monkeypatch):
    quiz.bet(RAIN, [0, 1, 0, 0])
    for lesson in ("08-mastery", "06-batchnorm-vs-dropout"):
        (tmp_path / lesson).mkdir()
        monkeypatch.chdir(tmp_path / lesson)
        quiz.bet(RAIN, [0.9, 0.1, 0, 0])
    quiz.bet("01-likelihood", {"c": 1})
    found, notices = bet_record.of_all_lessons()
    assert sorted(bet.on_truth for bet in found) == [1, 1]
    assert notices == []


def test_a_damaged_record_is_told_and_the_others_are_read(tmp_path):
    quiz.bet(RAIN, [0, 1, 0, 0])
    (tmp_path / "08-mastery").mkdir()
    (tmp_path / "08-mastery" / "responses.json").write_text("{", encoding="utf-8")
    found, [notice] = bet_record.of_all_lessons()
    assert len(found) == 1
    assert notice.startswith("08-mastery: responses.json is damaged")


def test_a_bet_under_an_earlier_id_of_its_question_is_found(monkeypatch):
    monkeypatch.setitem(former.QUESTIONS, "02-old-name", RAIN)
    with open("responses.json", "w", encoding="utf-8") as file:
        bet = {"probabilities": {"b": 0.5, "c": 0.5}, "time": "2026-01-31T09:30:00.000Z"}
        json.dump({"schema": 2, "responses": {}, "bets": {"02-old-name": [bet]}}, file)
    assert bet_record.placed(bank.question(RAIN))[0].on_truth == 0.5
    assert len(bet_record.of_all_lessons()[0]) == 1


def test_beside_a_source_nothing_is_saved_and_the_bet_is_told_all_the_same(
    tmp_path, monkeypatch, capsys
):
    (tmp_path / "nbgrader_config.py").touch()
    source = tmp_path / "solutions" / "07-calibration"
    source.mkdir(parents=True)
    monkeypatch.chdir(source)
    quiz.bet(RAIN, [0, 1, 0, 0])
    printed = capsys.readouterr().out
    assert "Nothing is saved here" in printed
    assert "100 %, which costs" in printed
    assert list(source.iterdir()) == []


# --- all together ---------------------------------------------------------------------------------


def drawn(says, is_right, count, seed=3):
    """Bets on two options at one confidence, right as often as they really are."""
    outcomes = random.Random(seed)
    return [Bet((says, 1 - says), int(outcomes.random() >= is_right)) for _ in range(count)]


def test_not_knowing_and_the_gap_add_up_to_the_mean_cost():
    found = bet_scores.summary([Bet((0.7, 0.2, 0.1), 0), Bet((0.5, 0.5, 0.0), 2)])
    assert found.unknown + found.gap == pytest.approx(found.cost)
    assert found.cost == pytest.approx((-math.log(0.7) + bet_scores.DEAREST) / 2)


def test_the_order_of_bets_makes_no_difference():
    found = [*drawn(0.7, 0.6, 20), Bet((0.1, 0.2, 0.7), 0), Bet((0.25,) * 4, 1)]
    assert bet_scores.summary(found[::-1]) == bet_scores.summary(found)


def test_a_calibrated_learner_has_no_gap_but_chance():
    found = bet_scores.summary(drawn(0.8, 0.8, 4000))
    assert abs(found.gap) < found.by_chance
    assert found.unknown == pytest.approx(0.5004, abs=1e-4)  # the entropy of 0.8 and 0.2
    assert "cannot be told from chance" in bet_texts.summary(found)


def test_chance_is_as_wide_as_it_is_said_to_be():
    gaps = [bet_scores.summary(drawn(0.8, 0.8, 50, seed)) for seed in range(400)]
    within = sum(abs(one.gap) <= one.by_chance for one in gaps) / len(gaps)
    assert 0.92 < within < 0.99


@pytest.mark.parametrize(
    ("says", "is_right", "told"), [(0.95, 0.7, "too sure.**"), (0.6, 0.9, "too modest.**")]
)
def test_too_sure_and_too_modest_have_their_own_words(says, is_right, told):
    found = bet_scores.summary(drawn(says, is_right, 200))
    assert (found.gap > 0) == (says > is_right)
    assert told in bet_texts.summary(found)


def test_few_bets_say_that_they_are_few():
    text = bet_texts.summary(bet_scores.summary(drawn(0.8, 0.8, 3)))
    assert "cannot be told from chance" in text
    assert "about 51 bets" in text
    assert "You have 3 in all." in text
    assert bet_scores.bets_to_see(0.1, 0.5) == 100


def test_a_bet_of_0_on_the_truth_is_counted_and_explained():
    found = bet_scores.summary([Bet((1.0, 0.0), 1), Bet((0.5, 0.5), 0)])
    assert found.capped == 1
    assert "8.059 comes from that alone" in bet_texts.summary(found)
    assert "16.118" in bet_texts.result(Bet((1.0, 0.0), 1))


def test_groups_hold_their_upper_edge_and_equal_bets_count_in_part():
    found = bet_scores.summary([Bet((0.6, 0.4), 0), Bet((0.3, 0.7), 0), Bet((0.25,) * 4, 3)])
    told = [(round(one.low, 1), one.count, one.right) for one in found.groups]
    assert told == [(0.2, 1, 0.25), (0.4, 1, 1), (0.6, 1, 0)]


def test_the_diagram_says_in_words_what_it_draws():
    found = bet_scores.summary([Bet((0.6, 0.4), 0), Bet((0.9, 0.1), 1)])
    drawing = bet_diagram.svg(found)
    assert 'role="img"' in drawing
    assert "said 60 % on average, right 100 % (1 bet; chance ±98 %)" in drawing
    assert drawing.count("<circle") == 3  # two groups and the legend


def test_without_bets_it_says_how_to_place_one(capsys):
    assert bet_scores.summary([]) is None
    quiz.bets(words=True)
    assert "no bet yet" in capsys.readouterr().out


def test_what_is_stored_does_not_depend_on_bets(capsys):
    quiz.bets()
    quiz.bet(RAIN)
    before = capsys.readouterr().out
    assert "no points" in before
    quiz.bet(RAIN, [0, 1, 0, 0])
    capsys.readouterr()
    quiz.bets()
    quiz.bet(RAIN)
    assert capsys.readouterr().out == before
