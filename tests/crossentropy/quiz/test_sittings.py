"""Challenge and test: drawn, timed, limited in tries, graded, and the same after a restart."""

import dataclasses
from datetime import UTC, datetime, timedelta
import json
import random
import re
import time

from crossentropy import busy, quiz
from crossentropy.quiz import bank, former, sealed, sitting_steps, sittings
from crossentropy.quiz.sitting_card import SittingCard
from crossentropy.quiz.sittings import CHALLENGE, TEST
import pytest
import yaml

DIFFICULTIES = ("easy", "medium", "hard")
EXPLAINED = {
    "kind": "concept",
    "section": "First things",
    "hint": "Think.",
    "steps": "One step.",
    "quick_check": "Look.",
    "mistakes": ["Haste."],
}


def choice(question_id, difficulty, objective="measure", **fields):
    options = [
        {"text": "wrong", "why": "This is wrong."},
        {"text": "good", "why": "This is good.", "correct": True},
        {"text": "bad", "why": "This is bad."},
    ]
    return {
        "id": question_id,
        "use": "practice",
        "type": "choice",
        "difficulty": difficulty,
        "objective": objective,
        "prompt": "Which?",
        "options": options,
        **EXPLAINED,
        **fields,
    }


CHALLENGES = [
    choice(f"07-task-{number}", "expert", use="challenge", time_limit=60, attempts=2)
    for number in (1, 2)
]
PRACTICE = [
    choice(f"07-{difficulty}-{number}", difficulty, f"objective-{number % 3}")
    for difficulty in DIFFICULTIES
    for number in range(6)
]


@pytest.fixture(autouse=True)
def lesson(tmp_path, monkeypatch):
    """A bank with a sealed challenge, and the folder of its lesson as the working directory."""
    folder = tmp_path / "bank"
    folder.mkdir()
    content = {
        "lesson": "07-last",
        "title": "7 · Last things",
        "objectives": {"objective-0": {"goal": "know `one` thing", "section": "First things"}},
        "questions": PRACTICE,
    }
    (folder / "07-last.yaml").write_text(yaml.safe_dump(content))
    (folder / "07-last.sealed.json").write_bytes(sealed.seal("07-last", CHALLENGES))
    monkeypatch.setattr(bank, "folder", lambda: folder)
    home = tmp_path / "07-last"
    home.mkdir()
    monkeypatch.chdir(home)
    return home


def begun(rules=CHALLENGE):
    """A sitting with its first question shown."""
    questions = sittings.challenge_questions() if rules is CHALLENGE else sitting_steps.draw([])
    sitting_steps.begin(rules, list(questions))
    sitting = latest(rules)
    sitting_steps.show(sitting, sitting.questions[0])
    return latest(rules)


def latest(rules=CHALLENGE):
    return sittings.read(rules)[0][-1]


def answer(given, rules=CHALLENGE):
    sitting = latest(rules)
    question = sitting.current
    sitting_steps.show(sitting, question)
    return sitting_steps.answer(latest(rules), question, given)


def age(lesson, seconds):
    """Let time pass: everything in the file happened so many seconds earlier."""
    path = lesson / "responses.json"
    record = json.loads(path.read_text())

    def older(part):
        if isinstance(part, dict):
            return {key: older(value) for key, value in part.items()}
        if isinstance(part, list):
            return [older(value) for value in part]
        if isinstance(part, str) and part.endswith("Z"):
            return (datetime.fromisoformat(part) - timedelta(seconds=seconds)).isoformat()
        return part

    path.write_text(json.dumps(older(record)))


def states():
    sitting = latest()
    return [sitting.standing(question).outcome for question in sitting.questions]


# --- sealed ---------------------------------------------------------------------------------------


def test_neither_key_nor_explanation_of_a_challenge_can_be_read_in_an_editor():
    content = sealed.seal("07-last", CHALLENGES).decode()
    assert "07-task-1" in content
    assert not any(word in content for word in ("correct", "This is good", "One step", "Which?"))


def test_unsealing_gives_back_the_questions_and_is_the_same_bytes_each_time():
    content = sealed.seal("07-last", CHALLENGES)
    assert sealed.unseal(content) == ("07-last", CHALLENGES)
    assert sealed.seal("07-last", CHALLENGES) == content


@pytest.mark.parametrize("content", [b"", b"{}", b'{"lesson": "07-last", "sealed": {"a": "?"}}'])
def test_a_damaged_sealed_file_is_told_in_one_sentence(content):
    (bank.folder() / "07-last.sealed.json").write_bytes(content)
    with pytest.raises(bank.BankError, match=r"07-last.sealed.json is damaged: restore it"):
        bank.questions("07-last")


def test_a_challenge_question_is_neither_shown_nor_answered_nor_counted_alone():
    for call in (
        lambda: quiz.ask("07-task-1"),
        lambda: quiz.answer("07-task-1", "b"),
        lambda: quiz.points(["07-task-1"], out_of=1),
    ):
        with pytest.raises(bank.BankError, match="belongs to the challenge"):
            call()


# --- attempts and time ----------------------------------------------------------------------------


def test_a_question_waits_until_it_is_shown():
    begun()
    assert states() == ["open", "waiting"]


def test_a_right_answer_closes_a_question_and_the_next_one_is_current():
    begun()
    answer("b")
    assert states() == ["right", "waiting"]
    assert latest().current.id == "07-task-2"


def test_two_attempts_are_taken_and_a_third_is_not_even_recorded(lesson):
    begun()
    question = latest().current
    for given in "acb":
        sitting_steps.answer(latest(), question, given)
    assert states()[0] == "wrong"
    recorded = json.loads((lesson / "responses.json").read_text())["sittings"]["challenge"][0]
    assert [one["answer"] for one in recorded["attempts"]["07-task-1"]] == ["a", "c"]


def test_the_clock_runs_from_the_first_time_a_question_is_shown_and_cannot_be_set_back(lesson):
    begun()
    age(lesson, 40)
    sitting_steps.show(latest(), latest().current)
    assert 15 < latest().standing(latest().current).seconds_left < 21


def test_a_clock_that_stands_before_the_beginning_gives_no_time(lesson):
    begun()
    age(lesson, -3600)
    assert states() == ["late", "waiting"]


def test_a_clock_set_back_while_the_kernel_runs_gives_no_time(monkeypatch):
    begun()
    assert states() == ["open", "waiting"]
    now = time.monotonic()
    monkeypatch.setattr(sittings.time, "monotonic", lambda: now + 61)
    assert states() == ["late", "waiting"]


def test_a_clock_put_right_by_a_second_costs_nothing(lesson):
    begun()
    age(lesson, -1)
    assert states() == ["open", "waiting"]


def test_after_its_time_a_question_is_closed_and_takes_no_answer(lesson):
    begun()
    age(lesson, 61)
    question = latest().questions[0]
    found, taken, notice = sitting_steps.answer(latest(), question, "b")
    assert notice == "The time for this question was over, so this answer does not count."
    assert (found.standing(question).outcome, taken) == ("late", False)
    assert latest().standing(question).answers == ()


def test_an_answer_given_in_time_stays_right_when_the_time_is_over(lesson):
    begun()
    answer("b")
    age(lesson, 10_000)
    assert states()[0] == "right"


def test_an_answer_that_somebody_writes_into_the_file_after_its_time_does_not_count(lesson):
    begun()
    path = lesson / "responses.json"
    record = json.loads(path.read_text())
    late = (datetime.now(UTC) + timedelta(seconds=100)).isoformat()
    entry = record["sittings"]["challenge"][0]
    entry["attempts"] = {"07-task-1": [{"answer": "b", "time": late}]}
    path.write_text(json.dumps(record))
    assert states()[0] == "open"
    assert quiz.challenge_points(5) == 0


def test_two_tabs_that_begin_at_once_sit_in_the_same_sitting(lesson):
    sitting_steps.begin(CHALLENGE, list(sittings.challenge_questions()))
    sitting_steps.begin(CHALLENGE, list(sittings.challenge_questions()))
    assert len(sittings.read(CHALLENGE)[0]) == 1


@pytest.mark.parametrize(
    "garbled",
    [3, [], [3], [{}], [{"questions": ["07-none"]}], [{"questions": ["07-easy-1"]}], {"a": 1}],
)
def test_garbled_sittings_are_passed_over_and_earn_nothing(lesson, garbled):
    record = {"schema": 2, "responses": {}, "sittings": {"challenge": garbled}}
    (lesson / "responses.json").write_text(json.dumps(record))
    assert sittings.read(CHALLENGE) == ([], None)
    assert quiz.challenge_points(5) == 0


def test_a_sound_sitting_after_a_garbled_one_is_found(lesson):
    sound = {"questions": ["07-task-2", "07-task-1"]}
    record = {"schema": 2, "responses": {}, "sittings": {"challenge": [3, sound]}}
    (lesson / "responses.json").write_text(json.dumps(record))
    [found] = sittings.read(CHALLENGE)[0]
    assert (found.number, found.questions[0].id) == (1, "07-task-2")


@pytest.mark.parametrize(
    "part",
    [
        {"draws": []},
        {"opened": "now"},
        {"attempts": 3},
        {"attempts": {"07-none": {"answer": "b"}}},
        {"draws": {"07-task-1": {"seed": "1", "values": {}}}},  # it is no template
    ],
)
def test_a_sitting_with_a_garbled_part_is_none(lesson, part):
    entry = {"questions": ["07-task-1", "07-task-2"], **part}
    record = {"schema": 2, "responses": {}, "sittings": {"challenge": [entry]}}
    (lesson / "responses.json").write_text(json.dumps(record))
    assert sittings.read(CHALLENGE) == ([], None)


def test_a_question_named_twice_in_a_sitting_is_asked_once(lesson):
    entry = {"questions": ["07-easy-1", "07-easy-1", "07-easy-2"]}
    record = {"schema": 2, "responses": {}, "sittings": {"test": [entry]}}
    (lesson / "responses.json").write_text(json.dumps(record))
    assert [one.id for one in latest(TEST).questions] == ["07-easy-1", "07-easy-2"]


def test_a_sitting_keeps_the_answers_to_other_questions(lesson):
    quiz.answer("07-easy-1", "b")
    begun()
    answer("a")
    assert json.loads((lesson / "responses.json").read_text())["responses"].keys() == {"07-easy-1"}


# --- the draw -------------------------------------------------------------------------------------


def test_a_test_has_three_easy_four_medium_and_three_hard_questions():
    drawn = [question.difficulty for question in sitting_steps.draw([])]
    assert drawn == ["easy"] * 3 + ["medium"] * 4 + ["hard"] * 3


def test_a_second_test_asks_what_the_first_did_not():
    sitting_steps.begin(TEST, sitting_steps.draw([], random.Random(1)))
    first = {question.id for question in latest(TEST).questions}
    second = {question.id for question in sitting_steps.draw([latest(TEST)], random.Random(1))}
    # There are six of each difficulty: all easy and hard ones are new, and two medium ones.
    assert len(first & second) == 2


def test_a_draw_spreads_over_the_objectives():
    for seed in range(10):
        drawn = sitting_steps.draw([], random.Random(seed))
        objectives = [question.objective for question in drawn]
        assert {objectives.count(name) for name in set(objectives)} <= {3, 4}


def test_chance_decides_between_equals():
    first = {tuple(one.id for one in sitting_steps.draw([])) for _ in range(5)}
    assert len(first) > 1
    again = [sitting_steps.draw([], random.Random(3)) for _ in range(2)]
    assert again[0] == again[1]


def test_a_first_sitting_puts_nothing_aside(lesson):
    sitting_steps.start(CHALLENGE)
    assert "garbled" not in json.loads((lesson / "responses.json").read_text())


def test_where_nothing_can_be_saved_no_sitting_begins(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path / "bank")
    sitting, notice = sitting_steps.start(CHALLENGE)
    assert sitting is None
    assert "is not the folder of a lesson" in notice


@pytest.mark.parametrize("rules", [CHALLENGE, TEST])
def test_a_sitting_begins_with_no_question_shown(rules):
    sitting, notice = sitting_steps.start(rules)
    assert notice is None
    assert sitting == latest(rules)
    assert {sitting.standing(one).outcome for one in sitting.questions} == {"waiting"}


def test_a_later_sitting_may_be_given_its_questions_one_by_one():
    easy = [question for question in bank.questions("07-last") if question.difficulty == "easy"]
    for _ in range(2):
        sitting_steps.begin(TEST, iter(easy[:1]))
        answer("b", TEST)
    assert [one.id for one in latest(TEST).questions] == [easy[0].id]
    assert latest(TEST).number == 1


def test_a_first_test_of_the_curriculum_asks_about_every_lesson(monkeypatch):
    monkeypatch.undo()  # the questions of the curriculum, not those of this file
    for seed in range(30):
        drawn = sitting_steps.draw([], random.Random(seed))
        assert {question.lesson for question in drawn} == {*bank.lessons()}


def test_a_test_does_not_ask_how_a_notebook_is_used(monkeypatch):
    monkeypatch.undo()
    about = {
        question.objective
        for seed in range(30)
        for question in sitting_steps.draw([], random.Random(seed))
        if question.lesson == sitting_steps.START
    }
    assert about == {"task"}


def test_strength_is_strong_at_the_first_try_shaky_later_and_revise_without(capsys):
    begun(TEST)
    for number in range(10):
        given = "b" if number < 6 else "ab" if number < 8 else "ac"
        for one in given:
            answer(one, TEST)
    assert latest(TEST).right() == 8
    found = sittings.strengths(latest(TEST))
    names = [one.name for one in found]
    assert names == sorted(names)  # revise, shaky, strong: as luck has it, in the alphabet's order
    assert sorted(question.id for one in found for question in one.weak) == sorted(
        question.id for question in latest(TEST).questions[6:]
    )
    quiz.next_question("test")
    told = capsys.readouterr().out
    for one in found:
        goal = {"objective-0": "know one thing"}.get(one.objective, one.objective)
        [line] = [line for line in told.splitlines() if f": {goal} (7 · Last things)" in line]
        assert line.startswith(f"- {one.name}: ")
        assert ("; read again: First things" in line) == bool(one.weak)


# --- points ---------------------------------------------------------------------------------------


def test_the_first_sitting_counts_for_the_challenge(capsys):
    begun()
    answer("b")
    for given in "ac":
        answer(given)
    begun()
    answer("b")
    answer("b")
    assert quiz.challenge_points(5) == 2.5
    assert "1 of 2 right: 2.5 of 5 points (the first sitting counts)." in capsys.readouterr().out


def test_the_teachers_key_decides_whatever_the_learners_bank_says():
    begun()
    answer("b")
    answer("b")
    assert quiz.challenge_points(5, key={"07-task-1": "a", "07-task-2": "b"}) == 2.5


def test_with_the_teachers_key_an_answer_that_the_bank_takes_for_wrong_is_right():
    begun()
    answer("a")
    assert quiz.challenge_points(2, key={"07-task-1": "a", "07-task-2": "b"}) == 1


def test_the_teachers_key_may_name_a_question_by_its_former_id(monkeypatch):
    monkeypatch.setitem(former.QUESTIONS, "07-first-task", "07-task-1")
    begun()
    answer("a")
    assert quiz.challenge_points(2, key={"07-first-task": "a", "07-task-2": "b"}) == 1


def test_before_challenge_and_test_their_grade_cells_say_what_to_do(capsys):
    assert quiz.challenge_points(5) == 0
    assert capsys.readouterr().out == (
        "The challenge has not begun: run quiz.challenge() above, then this cell again.\n"
    )
    begun(TEST)
    assert quiz.test_points(5) == 0
    assert capsys.readouterr().out == (
        "No test is finished yet: run quiz.test() above, then this cell again.\n"
    )


def test_points_of_a_sitting_have_two_decimals(capsys):
    begun(TEST)
    for number in range(10):
        for given in "b" if number < 7 else "ac":
            answer(given, TEST)
    capsys.readouterr()
    assert quiz.test_points(1.23) == 0.86
    assert capsys.readouterr().out == (
        "7 of 10 right: 0.86 of 1.23 points (the best finished test counts).\n"
    )


def test_the_best_finished_test_counts(capsys):
    for right in (4, 7):
        begun(TEST)
        for number in range(10):
            for given in "b" if number < right else "ac":
                answer(given, TEST)
    begun(TEST)
    assert quiz.test_points(10) == 7
    assert "the best finished test counts" in capsys.readouterr().out


def test_a_hand_made_test_of_easy_questions_earns_nothing():
    easy = [question for question in bank.questions("07-last") if question.difficulty == "easy"]
    sitting_steps.begin(TEST, easy)
    for _ in easy:
        answer("b", TEST)
    assert latest(TEST).current is None
    assert quiz.test_points(10) == 0


# --- without widgets ------------------------------------------------------------------------------


def test_without_widgets_the_challenge_is_printed_answered_and_recorded_the_same(capsys):
    quiz.next_question("challenge")
    assert "question 1 of 2: 2 attempts left, 60 seconds." in capsys.readouterr().out
    quiz.answer("07-task-1", "a", sitting="challenge")
    assert "Not right. This is wrong." in capsys.readouterr().out
    quiz.answer("07-task-1", "c", sitting="challenge")
    assert "The answer is b. This is good." in capsys.readouterr().out
    quiz.answer("07-task-1", "b", sitting="challenge")
    assert "This is not the question to answer now" in capsys.readouterr().out
    quiz.next_question("challenge")
    quiz.answer("07-task-2", "b", sitting="challenge")
    assert states() == ["wrong", "right"]


def test_without_widgets_a_finished_challenge_is_summed_up_and_begun_again_only_when_asked(capsys):
    begun()
    answer("b")
    answer("b")
    quiz.next_question("challenge")
    told = capsys.readouterr().out
    assert "2 of 2 right" in told
    assert 'quiz.save_badge("your name")' in told
    assert len(sittings.read(CHALLENGE)[0]) == 1
    quiz.next_question("challenge", again=True)
    assert len(sittings.read(CHALLENGE)[0]) == 2


def test_without_widgets_the_badge_is_saved_only_when_it_was_won(lesson, capsys):
    begun()
    answer("b")
    quiz.save_badge("Ada")
    assert "with every question right" in capsys.readouterr().out
    assert not (lesson / "badge.svg").exists()
    answer("b")
    quiz.save_badge("Ada")
    assert (lesson / "badge.svg").is_file()


# --- the widget -----------------------------------------------------------------------------------


def test_showing_the_challenge_starts_no_clock(lesson):
    SittingCard(CHALLENGE)
    assert not (lesson / "responses.json").exists()


def test_the_widget_leads_from_question_to_question_to_the_summary_and_the_badge(lesson):
    view = SittingCard(CHALLENGE)
    view.button.click()
    view.card.letters["b"].click()
    assert view.button.description == "Next question"
    view.button.click()
    assert view.card.question.id == "07-task-2"
    view.card.letters["b"].click()
    view.button.click()
    assert "2 of 2 right" in view.body.value
    assert "ce-hidden" not in view.badge._dom_classes
    view.name.value = "Ada"
    view.save.click()
    assert (lesson / "badge.svg").is_file()


def test_the_summary_tells_question_objective_and_section_in_words():
    view = SittingCard(CHALLENGE)
    for _ in range(2):
        view.button.click()
        view.card.letters["b"].click()
    view.button.click()
    row = re.search(r"<tr>\s*<td>1</td>(.*?)</tr>", view.body.value, re.DOTALL)[1]
    *told, section = re.findall("<td>(.*?)</td>", row)
    assert told == ["Which?", "right", "1", "measure"]
    assert 'href="../07-last/07-last.ipynb"' in section
    assert ">First things</a>" in section
    assert "07-task-1" not in view.body.value


# --- a click while a cell runs --------------------------------------------------------------------


def click_that_waited(view, letter, waited, busy_for, monkeypatch):
    """Click a letter; it arrives after a wait for cells that ran for some seconds."""
    now = time.monotonic()
    cells = busy.Busy()
    cells.began, cells.ended = now - busy_for, now
    monkeypatch.setattr(busy, "cells", cells)
    press = {"event": "press", "number": 1, "at": 1000 * (time.time() - waited)}
    view.card.access._handle_custom_msg(press, [])
    view.card.letters[letter].click()


def shown_for(lesson, seconds):
    """A challenge whose first question has been shown for so long."""
    SittingCard(CHALLENGE).button.click()
    age(lesson, seconds)
    return SittingCard(CHALLENGE)


def test_an_answer_in_time_that_waited_for_a_cell_is_taken(lesson, monkeypatch):
    SittingCard(CHALLENGE).button.click()
    view = SittingCard(CHALLENGE)
    age(lesson, 150)  # the kernel was busy, and nobody told the card that the time is over
    click_that_waited(view, "b", waited=120, busy_for=140, monkeypatch=monkeypatch)
    assert "Right." in view.status.value
    assert latest().right() == 1


@pytest.mark.parametrize(("waited", "busy_for"), [(20, 140), (120, 20), (0, 140)])
def test_an_answer_that_came_too_late_stays_late(lesson, monkeypatch, waited, busy_for):
    SittingCard(CHALLENGE).button.click()
    view = SittingCard(CHALLENGE)
    age(lesson, 150)
    click_that_waited(view, "b", waited, busy_for, monkeypatch)
    assert "Time is up." in view.status.value
    assert latest().right() == 0


def test_an_answer_was_not_given_before_its_question_was_shown(lesson, monkeypatch):
    view = shown_for(lesson, 10)
    click_that_waited(view, "b", waited=500, busy_for=600, monkeypatch=monkeypatch)
    assert latest().right() == 1


# --- what is explained, and when ------------------------------------------------------------------


@pytest.mark.parametrize("rules", [CHALLENGE, TEST])
def test_after_a_first_miss_there_is_a_hint_and_nothing_of_the_solution(rules):
    view = SittingCard(rules)
    view.button.click()
    view.card.letters["a"].click()
    assert "<strong>Hint.</strong> Think." in view.card.feedback.value
    for button in (view.card.solution_button, view.card.others_button):
        assert "ce-hidden" in button._dom_classes
    again = SittingCard(rules)
    assert "Think." in again.card.feedback.value
    assert "ce-hidden" in again.card.solution_button._dom_classes


@pytest.mark.parametrize("letters", ["b", "ac"])
def test_a_closed_question_shows_its_worked_steps_and_what_is_wrong_elsewhere(letters):
    view = SittingCard(CHALLENGE)
    view.button.click()
    for letter in letters:
        view.card.letters[letter].click()
    for button in (view.card.solution_button, view.card.others_button):
        assert "ce-hidden" not in button._dom_classes
    assert ("Read again: " in view.status.value) == (letters == "ac")


def test_without_widgets_a_first_miss_is_answered_by_the_hint_and_the_end_by_the_steps(capsys):
    quiz.next_question("challenge")
    quiz.answer("07-task-1", "a", sitting="challenge")
    told = capsys.readouterr().out
    assert "Hint: Think." in told
    assert "One step." not in told
    quiz.answer("07-task-1", "c", sitting="challenge")
    assert "One step." in capsys.readouterr().out


# --- the order of the options ---------------------------------------------------------------------


def options(view):
    return [option.text for option in view.card.question.options]


def two_sittings():
    first = SittingCard(CHALLENGE)
    for _ in range(2):
        first.button.click()
        first.card.letters["b"].click()
    first.button.click()
    first.button.click()
    return first


def test_a_later_sitting_shows_the_options_in_another_order_and_keeps_it(lesson):
    view = two_sittings()
    assert sorted(options(view)) == sorted(["wrong", "good", "bad"])
    assert options(SittingCard(CHALLENGE)) == options(view)
    orders = set()
    for number in range(20):
        sitting = dataclasses.replace(latest(), number=number)
        orders.add(sitting.shown(sitting.questions[0]).order)
    assert len(orders) > 3


def test_what_is_answered_there_is_recorded_in_the_letters_of_the_bank(lesson):
    view = two_sittings()
    shown = view.card.letters
    wrong, good = (
        view.card.question.letters[options(view).index(text)] for text in ("wrong", "good")
    )
    shown[wrong].click()
    assert "This is wrong." in view.card.feedback.value
    shown[good].click()
    assert "Right." in view.card.feedback.value
    attempts = json.loads((lesson / "responses.json").read_text())["sittings"]["challenge"][1]
    assert [one["answer"] for one in attempts["attempts"]["07-task-1"]] == ["a", "b"]
    view.button.click()
    assert sittings.read(CHALLENGE)[0][1].standing(view._questions()[0]).outcome == "right"


def test_the_key_is_told_in_the_letters_that_are_shown():
    view = two_sittings()
    good = view.card.question.letters[options(view).index("good")]
    for text in ("wrong", "bad"):
        view.card.letters[view.card.question.letters[options(view).index(text)]].click()
    assert f"The answer is <strong>{good}</strong>. This is good." in view.status.value


def test_an_answer_comes_back_in_the_letters_that_are_shown():
    view = two_sittings()
    wrong = view.card.question.letters[options(view).index("wrong")]
    view.card.letters[wrong].click()
    assert SittingCard(CHALLENGE).card.given == wrong


def test_without_widgets_the_letters_are_those_that_are_printed(capsys):
    begun()
    answer("b")
    answer("b")
    quiz.next_question("challenge", again=True)
    told = capsys.readouterr().out
    good = re.search(r"(\w)\) good", told)[1]
    quiz.answer("07-task-1", good, sitting="challenge")
    assert capsys.readouterr().out.startswith("Right. This is good.")


def test_a_badge_is_not_offered_for_less_than_all():
    view = SittingCard(CHALLENGE)
    for letters in ("b", "ac"):
        view.button.click()
        for letter in letters:
            view.card.letters[letter].click()
    view.button.click()
    assert "1 of 2 right" in view.body.value
    assert "ce-hidden" in view.badge._dom_classes


def test_a_test_names_itself_on_its_cards_and_ends_with_links_to_what_is_to_be_read_again():
    view = SittingCard(TEST)
    for number in range(10):
        view.button.click()
        assert ("Ten-question test, easy" in view.card.children[0].value) == (number < 3)
        for letter in "ac":
            view.card.letters[letter].click()
    view.button.click()
    assert "<strong>revise</strong>: know <code>one</code> thing" in view.body.value
    assert '<a target="_blank" href="../07-last/07-last.ipynb">First things</a>' in view.body.value


def test_a_closed_question_takes_no_click_and_shows_its_answer():
    view = SittingCard(CHALLENGE)
    view.button.click()
    for letter in "ac":
        view.card.letters[letter].click()
    assert all(button.disabled for button in view.card.letters.values())
    assert "The answer is <strong>b</strong>" in view.status.value


def test_a_restarted_kernel_goes_on_with_the_same_question_and_the_time_that_is_left(lesson):
    first = SittingCard(CHALLENGE)
    first.button.click()
    first.card.letters["a"].click()
    age(lesson, 30)
    again = SittingCard(CHALLENGE)
    assert again.card.question.id == "07-task-1"
    assert "1 attempt left" in again.status.value
    left = again.card.access.state["deadline"] / 1000 - time.time()
    assert 25 < left < 31


def test_a_question_whose_time_ran_out_meanwhile_is_closed_and_explained(lesson):
    SittingCard(CHALLENGE).button.click()
    age(lesson, 3600)
    again = SittingCard(CHALLENGE)
    assert "Time is up" in again.status.value
    assert again.button.description == "Next question"
