"""A bet on a question of the test: placed before the answer, told afterwards, never a point."""

from datetime import UTC, datetime

from crossentropy import quiz
from crossentropy.quiz import bank, bet_record, sittings
from crossentropy.quiz.sitting_card import SittingCard
from crossentropy.quiz.sittings import CHALLENGE, TEST
import pytest


@pytest.fixture(autouse=True)
def _in_a_lesson(tmp_path, monkeypatch):
    folder = tmp_path / "08-mastery"
    folder.mkdir()
    monkeypatch.chdir(folder)


@pytest.fixture
def view():
    return at_a_choice(SittingCard(TEST))


def at_a_choice(view, again=False):
    """Begin a test, and go on to its first question that takes a bet."""
    view.button.click()
    while view.card.question.type != "choice":
        fail(view)
        view.button.click()
    return view


def fail(view):
    """Answer the question that is shown wrong, until it is closed."""
    question = view.card.question
    if question.type == "number":
        wrong = [question.key + 99, question.key + 98]
    elif question.type == "order":
        wrong = [question.key[::-1], question.key[1:] + question.key[0]]
    elif question.type == "several":
        wrong = [question.letters if question.letters != question.key else "a", question.key[0]]
    else:
        wrong = [letter for letter in question.letters if letter != question.key]
    for answer in wrong:  # the same answer twice at once is one attempt
        if not view.standing(view.card.keeper.question).closed:
            view.card._answer(answer)
    assert view.standing(view.card.keeper.question).closed


def bet(view, letter, percent):
    view.side.button.click()
    view.side.card.sliders[view.side.card.question.letters.index(letter)].value = percent
    view.side.card.place_button.click()


def in_words(widget):
    texts = [str(getattr(widget, "value", "")), str(getattr(widget, "tooltip", ""))]
    return " ".join(texts + [in_words(child) for child in getattr(widget, "children", ())])


def test_a_bet_says_nothing_until_the_question_is_closed(view):
    question = view.card.question
    bet(view, question.key, 80)
    assert "It is placed." in view.side.card.feedback.value
    assert f"{question.key} 80 %" in view.side.card.feedback.value
    said = in_words(view.side)
    assert "nats" not in said
    assert "Right;" not in said
    assert not any("ce-right" in row._dom_classes for row in view.side.card._rows)
    view.card._answer(question.key)
    assert "0.223 nats" in view.side.card.feedback.value


def test_after_a_first_miss_the_bet_is_still_silent(view):
    question = view.card.question
    wrong = next(one for one in question.letters if one != question.key)
    bet(view, wrong, 90)
    view.card._answer(wrong)
    assert "It is placed." in view.side.card.feedback.value
    fail(view)
    assert "nats" in view.side.card.feedback.value


def test_whoever_answers_first_bets_no_more(view):
    assert view.side.children == (view.side.button,)
    question = view.card.question
    view.card._answer(next(one for one in question.letters if one != question.key))
    assert view.side.children == ()


def test_bars_that_were_not_placed_go_with_the_answer(view):
    view.side.button.click()
    view.card._answer(view.card.question.key)
    assert view.side.children == ()
    assert bet_record.of_all_lessons() == ([], [])


def test_a_bet_changes_no_result(view):
    question = view.card.keeper.question
    wrong = next(one for one in view.card.question.letters if one != view.card.question.key)
    bet(view, wrong, 100)
    view.card._answer(view.card.question.key)
    [sitting] = sittings.read(TEST)[0]
    assert sitting.standing(question).outcome == "right"
    assert len(sitting.standing(question).answers) == 1
    [placed] = bet_record.of_all_lessons()[0]
    assert placed.on_truth == 0


def test_the_cell_run_again_shows_the_bet_as_it_stood(view):
    bet(view, view.card.question.key, 70)
    again = SittingCard(TEST)
    assert "It is placed." in again.side.card.feedback.value
    assert [one.value for one in again.side.card.sliders] == [
        one.value for one in view.side.card.sliders
    ]
    again.card._answer(again.card.question.key)
    assert "0.357 nats" in again.side.card.feedback.value


def test_a_question_that_has_taken_a_bet_takes_no_other(view):
    asked = view.card.keeper.question
    quiz.bet(asked.id, {asked.key: 1})
    assert bet_record.placed(asked)[0] is not None
    view.side.offer(asked, view.shown(asked), datetime.now(UTC))
    assert view.side.children == ()


def test_a_number_and_the_challenge_take_no_bet():
    number = next(one for one in bank.questions("01-loss-definition") if one.type == "number")
    view = at_a_choice(SittingCard(TEST))
    view.side.offer(number, view.shown(number), datetime.now(UTC))
    assert view.side.children == ()
    challenge = SittingCard(CHALLENGE)
    challenge.button.click()
    assert challenge.side.children == ()


def test_in_a_later_test_a_bet_is_on_the_options_as_they_are_shown(view):
    """Its options are shuffled, and its numbers may be others."""
    for _ in range(10):
        if view._sitting.current is None:
            break
        if view.standing(view.card.keeper.question).closed:
            view.button.click()
        fail(view)
    view.button.click()  # the summary
    later = at_a_choice(view)
    shown, asked = later.card.question, later.card.keeper.question
    assert later._sitting.number == 1
    bet(later, shown.key, 70)
    placed, _ = bet_record.placed(asked)
    assert placed.on_truth == 0.7
    assert asked.options[placed.truth].correct
    assert later.side.card.bet.on_truth == 0.7
