"""The card of a case: named by choice and button, and opened when it is solved."""

import html
import re

from crossentropy.detective import record
from crossentropy.detective.case_card import CHOOSE, CODE, CaseCard
from crossentropy.detective.causes import causes
import pytest

NAME = "losses summed, not averaged"
WRONG = ("nothing is wrong", "learning rate too high")


@pytest.fixture
def card(kept, lesson):
    return CaseCard(kept(NAME))


def press(card, line):
    """Press the button as a browser does, whose list shows a line by then."""
    card.access._handle_custom_msg({"event": "press", "number": 1, "chosen": line}, [])
    card.button.click()


def hidden(button):
    return "ce-hidden" in button._dom_classes


def name(card, cause):
    card.choice.value = cause
    card.button.click()


def everything(card):
    """Text of all that was sent to the browser."""
    parts, found = [card], []
    while parts:
        part = parts.pop()
        parts += getattr(part, "children", ())
        found += [getattr(part, "value", ""), getattr(part, "description", "")]
    return html.unescape(" ".join(map(str, found)))


def test_the_list_holds_all_causes_and_nothing_is_chosen(card):
    assert card.choice.options == (CHOOSE, *(one.name for one in causes()))
    assert card.button.disabled
    card.choice.value = NAME
    assert not card.button.disabled
    card.choice.value = CHOOSE
    assert card.button.disabled


def test_the_log_is_shown_and_nothing_that_tells_the_cause(card):
    sent = everything(card)
    assert card.case.log in sent
    assert "reduction" not in sent
    assert all(hidden(one) for one in (card.code_button, card.prove_button, card.tell_button))


def test_the_cause_that_is_named_is_the_one_shown_though_the_kernel_heard_of_another(card):
    card.choice.value = "nothing is wrong"
    press(card, card.choice.options.index(NAME))
    assert record.named(0) == ([NAME], None)
    name(card, "nothing is wrong")  # and what was told once is not told again
    assert record.named(0)[0] == [NAME, "nothing is wrong"]


def test_a_press_that_tells_of_no_line_takes_what_the_kernel_knows(card):
    card.choice.value = NAME
    for line in (None, "1", -1, 10_000):
        press(card, line)
    assert set(record.named(0)[0]) == {NAME}


def test_a_miss_is_told_what_speaks_against_it_and_recorded(card):
    name(card, "nothing is wrong")
    assert "ce-wrong" in card.feedback.value
    assert "speaks: the loss of the first batch is" in re.sub(r"<[^>]+>", "", card.feedback.value)
    assert record.named(0)[0] == ["nothing is wrong"]
    assert hidden(card.prove_button)


def test_the_right_cause_opens_code_and_proof(card):
    name(card, NAME)
    assert "ce-right" in card.feedback.value
    assert "That is it" in card.feedback.value
    assert not hidden(card.code_button)
    assert not hidden(card.prove_button)
    card.code_button.click()
    assert "keras.Sequential" in re.sub(r"<[^>]+>", "", card.code.value)
    assert 'reduction="sum"' in re.sub(r"<[^>]+>", "", html.unescape(card.code.value))
    card.code_button.click()
    assert (card.code.value, card.code_button.description) == ("", CODE)


def test_the_proof_shows_the_change_and_the_new_log(card):
    name(card, NAME)
    card.prove_button.click()
    said = html.unescape(re.sub(r"<[^>]+>", "", card.proof.value))
    assert "With this one change, run again:" in said
    assert "first batch" in said
    assert not card.prove_button.disabled


def test_a_sound_case_has_code_and_nothing_to_prove(kept, lesson):
    card = CaseCard(kept("nothing is wrong"))
    name(card, "nothing is wrong")
    assert not hidden(card.code_button)
    assert hidden(card.prove_button)


def test_after_two_misses_it_can_be_told_and_does_not_count_as_solved(card):
    name(card, WRONG[0])
    assert hidden(card.tell_button)
    name(card, WRONG[1])
    assert not hidden(card.tell_button)
    card.tell_button.click()
    assert f"It was: {NAME}." in card.feedback.value
    assert record.named(0)[0] == list(WRONG)
    assert hidden(card.tell_button)
    assert not hidden(card.prove_button)


def test_the_next_day_the_card_shows_what_was_named_last(card):
    name(card, WRONG[0])
    name(card, WRONG[1])
    again = CaseCard(card.case)
    assert again.choice.value == WRONG[1]
    assert again.feedback.value == card.feedback.value
    assert not hidden(again.tell_button)
    name(again, NAME)
    assert not hidden(CaseCard(card.case).prove_button)


def test_where_nothing_is_kept_the_card_says_so_and_works(kept, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    card = CaseCard(kept(NAME))
    assert "not the folder of a lesson" in card.feedback.value
    name(card, NAME)
    assert "That is it" in card.feedback.value
    assert "not the folder of a lesson" in card.feedback.value


def test_what_may_scroll_can_be_reached_by_keyboard(card):
    name(card, NAME)
    card.code_button.click()
    sent = everything(card)
    assert sent.count("<pre") == sent.count('<pre tabindex="0" role="region"') >= 3
