"""Fresh numbers: asked for on the card or by a call, recorded, and graded again as they were."""

import json
import re

from crossentropy import quiz
from crossentropy.quiz import (
    bank,
    draws,
    recall,
    responses,
    sealed,
    sitting_steps,
    sitting_texts,
    sittings,
)
from crossentropy.quiz.bet_card import BetCard
from crossentropy.quiz.card import Card
from crossentropy.quiz.overview import Overview
from crossentropy.quiz.sitting_card import SittingCard
from crossentropy.quiz.sittings import CHALLENGE, TEST
import pytest
import yaml

TOLD = {
    "kind": "numeric",
    "difficulty": "easy",
    "objective": "measure",
    "section": "First things",
    "hint": "Think.",
    "steps": "With {{p}}.",
    "quick_check": "Look.",
    "mistakes": ["Haste."],
}
CHOICE = {
    "id": "01-cost",
    "use": "practice",
    "type": "choice",
    "values": {"p": {"first": 0.8, "low": 0.1, "high": 0.95, "step": 0.05}},
    "prompt": "What does {{p}} cost?",
    "options": [
        {"text": "{{-log(p):.3f}}", "why": "So it is.", "correct": True},
        {"text": "{{-log10(p):.3f}}", "why": "Base ten."},
        {"text": "{{1 - p:.3f}}", "why": "That is the rest."},
        {"text": "{{1 / p:.3f}}", "why": "One by it."},
    ],
    **TOLD,
}
NUMBER = {
    "id": "01-number",
    "use": "practice",
    "type": "number",
    "values": {"p": {"first": 0.5, "low": 0.1, "high": 0.9, "step": 0.05}},
    "prompt": "What does {{p}} cost?",
    "answer": "round(-log(p), 3)",
    "tolerance": 0.002,
    "why": "So it is.",
    "wrong": [{"at": "-log2(p)", "why": "Base two."}],
    "otherwise": "Again.",
    **TOLD,
}
PLAIN = {
    **{name: part for name, part in CHOICE.items() if name != "values"},
    "id": "01-plain",
    "prompt": "Which?",
    "steps": "Look.",
    "options": [
        {"text": "this", "why": "So it is.", "correct": True},
        {"text": "that", "why": "It is not."},
    ],
}
CHALLENGES = [
    {
        **CHOICE,
        "id": f"01-task-{number}",
        "use": "challenge",
        "difficulty": "expert",
        "time_limit": 60,
        "attempts": 2,
    }
    for number in (1, 2)
]


@pytest.fixture(autouse=True)
def lesson(tmp_path, monkeypatch):
    """A bank of templates, and the folder of its lesson as the working directory."""
    folder = tmp_path / "bank"
    folder.mkdir()
    content = {"lesson": "01-first", "questions": [CHOICE, NUMBER, PLAIN]}
    (folder / "01-first.yaml").write_text(yaml.safe_dump(content))
    (folder / "01-first.sealed.json").write_bytes(sealed.seal("01-first", CHALLENGES))
    monkeypatch.setattr(bank, "folder", lambda: folder)
    home = tmp_path / "01-first"
    home.mkdir()
    monkeypatch.chdir(home)
    # The folder is another at every run of the tests; the numbers are not to be.
    monkeypatch.setattr(draws, "seed_of", lambda question_id, when: f"{question_id} {when}")
    return home


def card_of(question_id):
    return Card(bank.question(question_id))


def attempts(question_id):
    return responses.read().attempts(question_id)


def right_letter(question):
    """The letter under which the right option is shown."""
    return question.key


# --- on a bet -------------------------------------------------------------------------------------


def test_a_template_is_bet_on_with_the_numbers_of_its_lesson(capsys):
    quiz.bet("01-cost")
    assert "What does 0.8 cost?" in capsys.readouterr().out
    quiz.bet("01-cost", [0.9, 0.1, 0, 0])
    assert "a) 90 %, right. So it is." in capsys.readouterr().out
    card = BetCard(bank.question("01-cost"))
    assert card.bet.on_truth == 0.9


# --- on the card ----------------------------------------------------------------------------------


def test_another_one_is_offered_after_an_answer_and_not_before():
    card = card_of("01-cost")
    assert "ce-hidden" in card.again._dom_classes
    card.letters["b"].click()
    assert "ce-hidden" not in card.again._dom_classes


def test_it_is_offered_when_an_answered_question_is_shown_again():
    card_of("01-cost").letters["b"].click()
    assert "ce-hidden" not in card_of("01-cost").again._dom_classes


def test_a_question_without_other_numbers_offers_none():
    assert card_of("01-plain").again is None


def answered(question_id="01-cost", letter="a"):
    """A card that was answered, with another one below it."""
    card = card_of(question_id)
    card.letters[letter].click()
    card.again.button.click()
    return card


def test_it_has_other_numbers_at_once():
    card = answered()
    assert card.again.card.question.prompt != card.question.prompt
    assert card.question.prompt == "What does 0.8 cost?"


def test_each_press_brings_other_numbers():
    again = answered().again
    seen = {again.card.question.prompt}
    for _ in range(5):
        before = again.card.question.prompt
        again.button.click()
        assert again.card.question.prompt != before
        seen.add(again.card.question.prompt)
    assert len(seen) > 2


def test_the_place_of_the_right_option_is_not_to_be_learnt():
    again = answered().again
    letters = set()
    for _ in range(20):
        letters.add(right_letter(again.card.question))
        again.button.click()
    assert len(letters) > 1


def test_it_says_that_points_stay_and_tells_a_screen_reader():
    again = answered().again
    assert "Practice 1, with new numbers. Your points stay as they are" in again.said.value
    assert "ce-live" in again.said._dom_classes
    again.button.click()
    assert "Practice 2" in again.said.value


def test_the_keyboard_goes_on_in_the_new_question():
    assert answered().again.card.access.state["first"] == "button:not([disabled]), input"


def test_an_answer_to_it_is_judged_by_its_own_numbers():
    card = answered().again.card
    card.letters[right_letter(card.question)].click()
    assert "Right." in card.feedback.value


def test_its_answer_is_recorded_by_the_bank_s_letter_with_seed_and_values():
    again = answered().again
    while right_letter(again.card.question) == "a":
        again.button.click()
    card = again.card
    card.letters[right_letter(card.question)].click()
    first, fresh = attempts("01-cost")
    assert "draw" not in first
    assert fresh["answer"] == "a"
    assert fresh["draw"] == {"seed": card.question.seed, "values": card.question.values}


def test_what_is_shown_above_stays_as_it_was():
    card = answered(letter="b")
    below = card.again.card
    below.letters[right_letter(below.question)].click()
    assert card.given == "b"
    assert card_of("01-cost").given == "b"


def test_before_an_answer_the_browser_is_told_nothing_of_the_key():
    card = answered().again.card
    assert card.feedback.value == card.solution.value == card.others.value == ""


# --- points ---------------------------------------------------------------------------------------


def test_only_the_numbers_of_the_lesson_count_for_points():
    card = answered(letter="a")
    below = card.again.card
    wrong = next(one for one in below.question.letters if one != right_letter(below.question))
    below.letters[wrong].click()
    assert quiz.points(["01-cost"], 1) == 1


def test_practice_alone_earns_nothing(lesson, capsys):
    answered(letter="b").again.card.letters["a"].click()
    record = json.loads((lesson / "responses.json").read_text())
    del record["responses"]["01-cost"]["attempts"][0]
    (lesson / "responses.json").write_text(json.dumps(record))
    assert quiz.points(["01-cost"], 1) == 0
    assert "Not answered yet: 01-cost." in capsys.readouterr().out


def test_an_old_file_without_draws_is_graded_as_before(lesson):
    old = {"schema": 1, "responses": {"01-cost": {"attempts": [{"answer": "a"}]}}}
    (lesson / "responses.json").write_text(json.dumps(old))
    assert quiz.points(["01-cost"], 1) == 1
    assert card_of("01-cost").given == "a"


def test_another_folder_grades_the_same_draw(lesson, tmp_path, monkeypatch):
    """As a teacher's machine does."""
    drawn = draws.fresh(bank.question("01-number"), 3)
    responses.record("01-number", drawn.answer, draw=draws.record(drawn))
    responses.record("01-number", 99.0, draw=draws.record(drawn))
    record = responses.read()
    monkeypatch.chdir(tmp_path)
    [memory] = recall.memories([record])
    assert not memory.right
    del record.entries["01-number"]["attempts"][1]
    [memory] = recall.memories([record])
    assert memory.right


def test_a_garbled_draw_costs_that_answer_only(lesson):
    responses.record("01-number", 0.693)
    responses.record("01-number", 9.0, draw={"seed": 3})
    [memory] = recall.memories([responses.read()])
    assert memory.right
    assert quiz.points(["01-number"], 1) == 1


# --- recalled -------------------------------------------------------------------------------------


def test_what_is_recalled_has_fresh_numbers_and_leaves_the_points_alone():
    responses.record("01-cost", "b")
    overview = Overview()
    overview.button.click()
    asked = overview.card.question
    assert asked.prompt != "What does 0.8 cost?"
    overview.card.letters[right_letter(asked)].click()
    assert quiz.points(["01-cost"], 1) == 0
    assert overview.card.again is None
    [memory] = recall.memories([responses.read()])
    assert memory.right


# --- without widgets ------------------------------------------------------------------------------


def test_without_widgets_it_is_printed_and_answered_by_a_call(capsys):
    quiz.answer("01-cost", "b")
    assert 'quiz.another("01-cost")' in capsys.readouterr().out
    quiz.another("01-cost")
    first = capsys.readouterr().out
    quiz.another("01-cost")
    told = capsys.readouterr().out
    assert told != first
    seed = re.search(r'quiz\.answer\("01-cost", "a", draw="([^"]+)"\)', told)[1]
    drawn = draws.drawn(bank.question("01-cost"), seed)
    assert drawn.prompt in told
    right = re.search(rf"(\w)\) {re.escape(drawn.options[0].text)}", told)[1]
    quiz.answer("01-cost", right, draw=seed)
    assert "Right. So it is." in capsys.readouterr().out
    assert attempts("01-cost")[-1]["draw"]["seed"] == seed
    assert quiz.points(["01-cost"], 1) == 0


def test_without_other_numbers_that_is_said(capsys):
    quiz.another("01-plain")
    assert capsys.readouterr().out == "Question 01-plain has no other numbers.\n"


# --- sittings -------------------------------------------------------------------------------------


def sit(rules, *wanted):
    """One whole sitting, by letters of the bank and numbers; "answer" is the right number."""
    if rules is CHALLENGE:
        questions = sittings.challenge_questions()
    else:
        questions = [bank.question("01-cost"), bank.question("01-number")]
    sitting_steps.begin(rules, questions)
    sitting = sittings.read(rules)[0][-1]
    for question, given in zip(sitting.questions, wanted, strict=True):
        sitting, _ = sitting_steps.show(sitting, question)
        given = question.answer if given == "answer" else given
        for _ in range(2):
            sitting, _, _ = sitting_steps.answer(sitting, question, given)
    return sittings.read(rules)[0][-1]


def test_the_first_sitting_has_the_numbers_of_the_bank_and_later_ones_others(lesson):
    first, second, third = (sit(CHALLENGE, "a", "a") for _ in range(3))
    assert {one.prompt for one in first.questions} == {"What does 0.8 cost?"}
    assert all(one.prompt != "What does 0.8 cost?" for one in second.questions)
    assert [one.values for one in second.questions] != [one.values for one in third.questions]
    assert (
        "draws"
        not in json.loads((lesson / "responses.json").read_text())["sittings"]["challenge"][0]
    )


def test_a_later_sitting_keeps_its_numbers():
    second = [sit(TEST, "a", "answer") for _ in range(2)][1]
    assert sittings.read(TEST)[0][1].questions == second.questions


def test_a_later_sitting_is_graded_with_its_own_numbers():
    sit(TEST, "a", "answer")
    assert sit(TEST, "a", "answer").right() == 2
    sit(TEST, "b", 77.0)
    assert sittings.read(TEST)[0][-1].right() == 0


def test_the_summary_of_a_later_sitting_has_its_own_numbers():
    sit(TEST, "a", "answer")
    second = sit(TEST, "b", "answer")
    told = sitting_texts.summary(second)
    assert "1 of 2 right" in told
    for question in second.questions:
        assert f"What does {question.values['p']} cost?" in told


def test_the_key_of_the_grade_cell_holds_for_any_numbers_and_any_order():
    """A letter names an option, wherever it was shown and whatever its number."""
    key = {"01-task-1": "a", "01-task-2": "a"}
    for _ in range(3):
        sitting = sit(CHALLENGE, "a", "b")
        assert sitting.right(key) == sitting.right() == 1


def test_a_click_in_a_later_sitting_is_recorded_by_the_option_it_names():
    sit(CHALLENGE, "a", "a")
    card = SittingCard(CHALLENGE)
    card.button.click()
    shown = card.card.question
    assert shown.prompt != "What does 0.8 cost?"
    card.card.letters[right_letter(shown)].click()
    sitting = sittings.read(CHALLENGE)[0][-1]
    assert sitting.standing(sitting.questions[0]).answers == ("a",)
    assert sitting.standing(sitting.questions[0]).outcome == "right"
    assert card.card.again is None


def test_without_widgets_a_later_sitting_is_answered_as_it_is_printed(capsys):
    sit(CHALLENGE, "a", "a")
    quiz.next_question("challenge", again=True)
    told = capsys.readouterr().out
    sitting = sittings.read(CHALLENGE)[0][-1]
    assert sitting.questions[0].prompt in told
    right = right_letter(sitting.shown(sitting.questions[0]).question)
    assert 'quiz.answer("01-task-1", "a", sitting="challenge")' in told
    quiz.answer("01-task-1", right, sitting="challenge")
    assert "Right. So it is." in capsys.readouterr().out


def test_a_sitting_with_a_garbled_draw_is_passed_over(lesson):
    sit(CHALLENGE, "a", "a")
    sit(CHALLENGE, "a", "a")
    path = lesson / "responses.json"
    record = json.loads(path.read_text())
    record["sittings"]["challenge"][1]["draws"]["01-task-1"]["values"] = {"p": "x"}
    path.write_text(json.dumps(record))
    assert [one.number for one in sittings.read(CHALLENGE)[0]] == [0]
