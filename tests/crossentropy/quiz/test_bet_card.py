"""The card of a bet: bars that give way, a bet that is taken once, and what it shows afterwards."""

from crossentropy.quiz import bank, bet_record
from crossentropy.quiz.bet_card import BetCard
from crossentropy.quiz.bet_overview import BetOverview
import pytest

RAIN = "02-recall-rain"  # four options, b is right


@pytest.fixture(autouse=True)
def _in_a_lesson(tmp_path, monkeypatch):
    folder = tmp_path / "07-calibration"
    folder.mkdir()
    monkeypatch.chdir(folder)


@pytest.fixture
def card():
    return BetCard(bank.question(RAIN))


def everything(widget):
    """All texts that a card has sent to the browser."""
    texts = [str(getattr(widget, "value", "")), str(getattr(widget, "tooltip", ""))]
    return " ".join(texts + [everything(child) for child in getattr(widget, "children", ())])


def test_a_bar_that_is_moved_moves_the_others(card):
    card.sliders[1].value = 70
    assert [slider.value for slider in card.sliders] == [10, 70, 10, 10]
    assert "costs 0.357 if right" in card._prices[1].value


def test_all_equal_again(card):
    card.sliders[1].value = 100
    card.even_button.click()
    assert [slider.value for slider in card.sliders] == [25] * 4


def test_nothing_gives_the_truth_away_before_the_bet(card):
    question = bank.question(RAIN)
    sent = everything(card)
    for option in question.options:
        assert option.why.strip()[:25] not in sent
    assert "Right;" not in sent
    assert question.steps.strip()[:25] not in sent or not question.steps


def test_the_bet_is_what_the_bars_say_and_is_taken_once(card):
    card.sliders[1].value = 70
    card.place_button.click()
    assert card.bet.probabilities == (0.1, 0.7, 0.1, 0.1)
    assert "costs \N{MINUS SIGN}log 0.7 = 0.357 nats" in card.feedback.value
    assert "log 4 = 1.386" in card.feedback.value
    assert all(slider.disabled for slider in card.sliders)
    assert card.place_button.disabled
    card._place()
    assert len(bet_record.of_all_lessons()[0]) == 1


def test_after_the_bet_every_option_is_explained_in_its_row(card):
    card.place_button.click()
    for place, option in enumerate(bank.question(RAIN).options):
        row = card._texts[place].value
        assert ("Right; you gave it 25 %." in row) == (place == 1)
        assert option.why.split()[0] in row
    assert "ce-right" in card._rows[1]._dom_classes
    assert "ce-right" not in card._rows[0]._dom_classes


def test_no_probability_for_the_truth_is_capped_and_explained(card):
    card.sliders[0].value = 100
    card.place_button.click()
    assert "16.118 nats" in card.feedback.value
    assert "1e-7" in card.feedback.value


def test_a_card_shown_again_shows_the_bet(card):
    card.sliders[2].value = 60
    card.place_button.click()
    again = BetCard(bank.question(RAIN))
    assert again.bet == card.bet
    assert [slider.value for slider in again.sliders] == [14, 13, 60, 13]
    assert again.feedback.value == card.feedback.value
    assert again.place_button.disabled


def test_of_two_cards_on_one_question_the_second_shows_the_first_bet(card):
    other = BetCard(bank.question(RAIN))
    card.sliders[1].value = 100
    card.place_button.click()
    other.place_button.click()
    assert other.bet == card.bet
    assert other.sliders[1].value == 100


def test_each_slider_has_a_name_of_its_own(card):
    names = [slider.description for slider in card.sliders]
    assert names == [f"Probability of {letter}, in percent" for letter in "abcd"]


def test_where_nothing_can_be_saved_the_bet_is_told_with_a_notice(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    card = BetCard(bank.question(RAIN))
    card.place_button.click()
    assert "not saved here" in card.feedback.value
    assert "1.386 nats" in card.feedback.value


def test_the_overview_draws_what_was_bet_when_it_is_refreshed(card):
    overview = BetOverview()
    assert "no bet yet" in overview.words.value
    assert overview.picture.value == ""
    card.sliders[1].value = 70
    card.place_button.click()
    overview.refresh.click()
    assert "1 bet, which cost 0.357 nats" in overview.words.value
    assert "<svg" in overview.picture.value
