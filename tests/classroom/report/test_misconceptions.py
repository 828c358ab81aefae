"""A wrong answer of each type of question is told with what the bank says to it."""

from crossentropy.quiz import bank, marking
from crossentropy.quiz.responses import Responses
import pytest

from classroom.grading.attempts import Attempt, attempts_of
from classroom.report.misconceptions import mistakes_in


def keys(question_id, answer):
    question = bank.question(question_id)
    given = marking.read_answer(question, answer)
    right = marking.judge(question, given).right
    attempt = Attempt(question, given, right, 0, None, None)
    return {one.key: one for one in mistakes_in(attempt, question)}


def test_of_a_choice_it_is_the_option():
    [found] = keys("01-what-it-measures", "a").values()
    assert found.answer == "how many predictions of a batch are right"
    assert found.misconception.startswith("That is accuracy.")


def test_of_several_choices_it_is_each_wrong_one_and_each_that_is_missing():
    # Right are a, c and e.
    assert set(keys("01-what-keeps-the-mean", "abe")) == {"b", "not c"}


def test_of_an_ordering_it_is_the_first_step_in_a_wrong_place():
    # Right is bdac.
    [found] = keys("01-cheapest-first", "bacd").values()
    assert found.key == "a 2"
    assert found.answer.startswith("As step 2: ")


def test_of_a_number_it_is_the_range_that_the_bank_explains():
    [question] = [
        one
        for one in bank.questions("01-loss-definition")
        if one.type == "number" and one.use == "practice" and one.wrong
    ][:1]
    wrong = question.wrong[0]
    [found] = keys(question.id, (wrong.low + wrong.high) / 2).values()
    assert found.misconception == wrong.why
    assert found.named


def test_a_number_that_the_bank_does_not_know_names_no_misconception():
    [question] = [
        one
        for one in bank.questions("01-loss-definition")
        if one.type == "number" and one.use == "practice" and one.wrong
    ][:1]
    [found] = keys(question.id, 123456.0).values()
    assert not found.named


def test_a_right_answer_has_none():
    assert keys("01-what-it-measures", "b") == {}


@pytest.mark.parametrize(
    "attempt",
    [
        {"answer": "z"},
        {"answer": ["a"]},
        {"answer": None},
        {},
        {"answer": "a", "draw": {"seed": "1", "values": {"p": 1}}},
    ],
)
def test_what_cannot_be_an_answer_is_left_out(attempt):
    recorded = Responses({"01-what-it-measures": {"attempts": [attempt]}, "99-gone": 3})
    assert attempts_of(recorded) == {}


def test_what_stands_beside_an_answer_may_be_anything():
    given = {"answer": "a", "seconds": float("nan"), "hints": "many", "time": 12}
    [[attempt]] = attempts_of(Responses({"01-what-it-measures": {"attempts": [given]}})).values()
    assert (attempt.seconds, attempt.hints, attempt.moment) == (None, 0, None)
