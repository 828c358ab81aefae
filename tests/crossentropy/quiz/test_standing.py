"""How the questions of a sitting stand, by what was shown when and answered when."""

import dataclasses
from datetime import UTC, datetime, timedelta
import math

from crossentropy.quiz import sittings
from crossentropy.quiz.question import Option, Question
from crossentropy.quiz.sittings import CHALLENGE, TEST, Rules, Sitting, Standing
import pytest

OPTIONS = (Option("x", "No."), Option("y", "Yes.", correct=True), Option("z", "No."))


def question(name="07-one", **fields):
    plain = {"lesson": "07-last", "use": "challenge", "type": "choice", "prompt": "Which?"}
    plain |= {"options": OPTIONS, "time_limit": 60, "attempts": 2, "objective": "measure"}
    return Question(name, **{**plain, **fields})


ONE, TWO = question(), question("07-two")
PATIENT = question("07-patient", time_limit=None)


@pytest.fixture(autouse=True)
def _no_sitting_before_this_one(monkeypatch):
    monkeypatch.setattr(sittings, "_first_asked", {})


def sitting(*given, of=(ONE, TWO), shown=10, rules=CHALLENGE, number=0):
    """A sitting whose first question was shown some seconds ago, with answers so long after."""
    begun = datetime.now(UTC) - timedelta(seconds=shown)
    answers = [(begun + timedelta(seconds=after), letter) for letter, after in given]
    return Sitting(rules, number, of, {of[0].id: begun}, {of[0].id: answers})


# --- attempts -------------------------------------------------------------------------------------


def test_a_sitting_says_how_many_attempts_there_are_or_the_question_does_or_there_is_one():
    assert TEST.attempts_at(question(attempts=5)) == 2
    assert CHALLENGE.attempts_at(question(attempts=5)) == 5
    assert CHALLENGE.attempts_at(question(attempts=None)) == 1
    assert Rules("other", "Other").attempts_at(ONE) == 2


def test_one_may_bet_in_the_test_alone_and_both_are_known_by_their_names():
    assert (CHALLENGE.bets, TEST.bets, Rules("other", "Other").bets) == (False, True, False)
    assert sittings.ALL == {"challenge": CHALLENGE, "test": TEST}
    assert (CHALLENGE.title, TEST.title) == ("Challenge", "Ten-question test")


def test_a_question_that_was_not_shown_waits_with_all_its_attempts():
    assert sitting().standing(TWO) == Standing("waiting", (), 2, None)


def test_an_open_question_says_what_is_left():
    found = sitting(("a", 5)).standing(ONE)
    assert (found.outcome, found.answers, found.attempts_left) == ("open", ("a",), 1)
    assert found.seconds_left == pytest.approx(50, abs=2)


def test_without_a_limit_no_clock_runs():
    found = sitting(of=(PATIENT,), shown=10_000).standing(PATIENT)
    assert found == Standing("open", (), 2, None)


def test_a_right_answer_ends_it_and_later_ones_are_not_looked_at():
    found = sitting(("a", 1), ("b", 2), ("c", 3)).standing(ONE)
    assert found == Standing("right", ("a", "b"), 0, None)


def test_after_the_last_attempt_it_is_wrong():
    assert sitting(("a", 1), ("c", 2)).standing(ONE) == Standing("wrong", ("a", "c"), 0, None)


def test_more_answers_than_there_are_attempts_do_not_count():
    found = sitting(("a", 1), ("c", 2), ("b", 3)).standing(ONE)
    assert found == Standing("wrong", ("a", "c"), 0, None)


def test_with_a_key_it_alone_decides():
    assert sitting(("a", 1)).standing(ONE, key="a").outcome == "right"
    assert sitting(("b", 1)).standing(ONE, key="a").outcome == "open"


@pytest.mark.parametrize(
    ("outcome", "closed"),
    [("waiting", False), ("open", False), ("right", True), ("wrong", True), ("late", True)],
)
def test_a_question_that_is_right_wrong_or_late_takes_no_more_answers(outcome, closed):
    assert Standing(outcome).closed is closed


# --- time -----------------------------------------------------------------------------------------


def test_when_the_time_is_over_it_is_late_and_keeps_its_answers():
    found = sitting(("a", 1), shown=61).standing(ONE)
    assert found == Standing("late", ("a",), 0, 0.0)


@pytest.mark.parametrize(("shown", "outcome"), [(59.2, "open"), (60.5, "late")])
def test_the_whole_time_is_there_and_no_more(shown, outcome):
    assert sitting(shown=shown).standing(ONE).outcome == outcome


@pytest.mark.parametrize(("waited", "outcome"), [(0, "late"), (5, "late"), (20, "open")])
def test_an_answer_that_waited_is_judged_by_the_time_at_which_it_was_given(waited, outcome):
    found = sitting(shown=70).standing(ONE, waited=waited)
    assert found.outcome == outcome
    if outcome == "open":
        assert found.seconds_left == pytest.approx(10, abs=2)


@pytest.mark.parametrize(
    ("after", "outcome"),
    [(60, "right"), (60.001, "late"), (0, "right"), (-5, "right"), (-5.001, "late")],
)
def test_an_answer_counts_from_the_beginning_to_the_end_of_the_time(after, outcome):
    assert sitting(("b", after), shown=100).standing(ONE).outcome == outcome


def test_what_was_answered_after_the_time_ends_what_is_looked_at():
    assert sitting(("a", 61), ("b", 2), shown=100).standing(ONE).answers == ()


def test_without_a_limit_an_answer_counts_whenever_it_came():
    assert sitting(("b", -100), of=(PATIENT,)).standing(PATIENT).outcome == "right"


def test_a_clock_put_right_by_less_than_five_seconds_leaves_the_whole_time(monkeypatch):
    assert sitting(shown=-4).standing(ONE).seconds_left == pytest.approx(60, abs=2)
    assert sitting(shown=-6).standing(ONE) == Standing("late", (), 0, 0.0)


def test_the_clock_of_the_process_goes_on_when_the_walls_clock_is_set_back(monkeypatch):
    one = sitting(shown=10)
    assert one.standing(ONE).seconds_left == pytest.approx(50, abs=2)
    now = sittings.time.monotonic()
    monkeypatch.setattr(sittings.time, "monotonic", lambda: now + 30)
    assert one.standing(ONE).seconds_left == pytest.approx(20, abs=2)


def test_each_question_of_each_sitting_has_a_clock_of_its_own(monkeypatch):
    begun = datetime.now(UTC)
    first = Sitting(CHALLENGE, 0, (ONE, TWO), {ONE.id: begun, TWO.id: begun}, {})
    others = [dataclasses.replace(first, number=1), dataclasses.replace(first, rules=TEST)]
    assert first.standing(ONE).seconds_left > 55
    now = sittings.time.monotonic()
    monkeypatch.setattr(sittings.time, "monotonic", lambda: now + 40)
    assert first.standing(ONE).seconds_left < 25
    assert first.standing(TWO).seconds_left > 55
    assert [each.standing(ONE).seconds_left > 55 for each in others] == [True, True]


# --- a whole sitting ------------------------------------------------------------------------------


def both(first, second):
    """A sitting in which both questions were shown and answered at once."""
    begun = datetime.now(UTC) - timedelta(seconds=10)
    moment = begun + timedelta(seconds=1)
    answers = {ONE.id: [(moment, one) for one in first], TWO.id: [(moment, one) for one in second]}
    return Sitting(CHALLENGE, 0, (ONE, TWO), {ONE.id: begun, TWO.id: begun}, answers)


@pytest.mark.parametrize(
    ("first", "second", "right", "current"),
    [("b", "b", 2, None), ("b", "", 1, TWO), ("", "b", 1, ONE), ("ac", "b", 1, None)],
)
def test_the_first_question_that_is_not_closed_is_the_current_one(first, second, right, current):
    found = both(first, second)
    assert (found.right(), found.current) == (right, current)


def test_a_key_decides_where_it_names_a_question_and_the_bank_elsewhere():
    assert both("a", "b").right({ONE.id: "a"}) == 2
    assert both("a", "b").right({TWO.id: "a"}) == 0


def test_a_challenge_is_won_with_every_question_right_and_a_test_never():
    assert sittings.is_won(both("b", "b"))
    assert not sittings.is_won(both("b", "a"))
    assert not sittings.is_won(dataclasses.replace(both("b", "b"), rules=TEST))


def test_the_first_sitting_shows_the_bank_and_each_later_one_an_order_of_its_own():
    many = question(options=tuple(Option(str(one), "No.") for one in range(8)))
    later = [sitting(of=(many,), number=number).shown(many).order for number in range(4)]
    assert later[0] == "abcdefgh"
    assert len({*later}) == 4
    assert sitting(of=(many,), number=1, rules=TEST).shown(many).order != later[1]
    other = dataclasses.replace(many, id="07-other")
    assert sitting(of=(other,), number=1).shown(other).order != later[1]
    assert sitting(of=(many,), number=1).shown(many).order == later[1]


def test_a_whole_test_has_three_easy_four_medium_and_three_hard_questions():
    levels = ["easy"] * 3 + ["medium"] * 4 + ["hard"] * 3
    asked = tuple(question(f"07-{i}", difficulty=each) for i, each in enumerate(levels))
    assert sittings.is_whole(Sitting(TEST, 0, asked, {}, {}))
    assert not sittings.is_whole(Sitting(TEST, 0, asked[1:], {}, {}))
    assert not sittings.is_whole(Sitting(TEST, 0, (*asked, asked[-1]), {}, {}))


def of_objectives(**answers):
    """A test that asks each objective some questions, each answered with letters."""
    begun = datetime.now(UTC) - timedelta(seconds=10)
    asked, opened, given = [], {}, {}
    for objective, each in answers.items():
        for place, letters in enumerate(each):
            one = question(f"07-{objective}-{place}", objective=objective, time_limit=None)
            asked.append(one)
            opened[one.id] = begun
            given[one.id] = [(begun, letter) for letter in letters]
    return Sitting(TEST, 0, tuple(asked), opened, given)


@pytest.mark.parametrize(
    ("answers", "name", "weak"),
    [
        (["b"], "strong", 0),
        (["b", "b"], "strong", 0),
        (["b", "ab"], "shaky", 1),
        (["ab"], "shaky", 1),
        (["b", "ac"], "shaky", 1),
        (["ac", "ab", "b"], "shaky", 2),
        (["ab", "ac"], "revise", 2),
        (["ac"], "revise", 1),
        ([""], "revise", 1),
    ],
)
def test_an_objective_is_as_strong_as_the_mean_of_its_questions(answers, name, weak):
    [found] = sittings.strengths(of_objectives(measure=answers))
    assert (found.lesson, found.objective, found.name) == ("07-last", "measure", name)
    assert len(found.weak) == weak


def test_weak_questions_are_named_in_their_order_the_strong_ones_not():
    [found] = sittings.strengths(of_objectives(measure=["ac", "b", "ab"]))
    assert [one.id for one in found.weak] == ["07-measure-0", "07-measure-2"]


def test_the_weakest_objective_comes_first_and_equals_in_the_order_of_their_names():
    found = sittings.strengths(
        of_objectives(e=["b"], d=["ac"], c=["ab"], b=["b"], a=["ac"], f=["ab"])
    )
    assert [one.objective for one in found] == ["a", "d", "c", "f", "b", "e"]


def test_equal_names_of_objectives_in_two_lessons_are_two_objectives():
    first = question("06-one", lesson="06-before", time_limit=None)
    both_lessons = Sitting(TEST, 0, (PATIENT, first), {}, {})
    assert [one.lesson for one in sittings.strengths(both_lessons)] == ["06-before", "07-last"]


def test_a_clock_that_says_nothing_leaves_no_time():
    assert sittings._seconds_since(datetime.now(UTC) + timedelta(seconds=60), "x") == math.inf
