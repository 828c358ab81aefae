"""Quizzes: shown, answered by button, field or call, remembered, revealed and graded."""

import dataclasses
import inspect
import json
import pkgutil
import re
import subprocess
import sys
import threading
import time

from answer_files import hold
from crossentropy import asleep, busy, quiz
from crossentropy.quiz import bank, card, display, markup, responses, texts
from crossentropy.quiz.question import Option
import nbclient
import nbformat
import pytest

BANK = r"""
lesson: 01-first
questions:
  - id: 01-choice
    use: practice
    type: choice
    kind: concept
    difficulty: easy
    objective: measure
    section: First things
    prompt: |
      What is $-\log p$ here?

      ```python
      p = 0.8  # <true> class
      ```
    options:
      - text: a `<count>`
        why: Counting is *accuracy*.
      - text: a surprise
        why: That is what it is.
        correct: true
      - text: a <b>speed</b>
        why: Speed is something else.
    hint: Think of $p = 1$.
    steps: First look, then say.
    quick_check: It is 0 for 1.
    mistakes: [Counting., Timing.]
  - id: 01-number
    use: practice
    type: number
    kind: numeric
    difficulty: hard
    objective: by-hand
    section: First things
    prompt: How large?
    answer: 0.223
    tolerance: 0.001
    why: It is the logarithm.
    wrong:
      - {low: 1.6, high: 1.62, why: That is the other class.}
    otherwise: Compute again.
    hint: Take the logarithm.
    steps: One step.
    quick_check: Near zero.
    mistakes: [Base ten.]
  - id: 01-guess
    use: predict
    type: choice
    prompt: Up or down?
    options:
      - {text: up, why: It looked like rising., low: 0}
      - {text: '`down`', high: 0}
  - id: 01-guess-known
    use: predict
    type: choice
    prompt: Up or down, by the definition?
    options:
      - text: up
      - {text: down, correct: true}
  - id: 01-guess-gap
    use: predict
    type: choice
    prompt: How wide a gap?
    options:
      - {text: under 5 points, high: 0.05, why: You thought it would generalise.}
      - {text: below training by nothing}
      - {text: 15 points or more, low: 0.15}
  - id: 01-guess-number
    use: predict
    type: number
    prompt: How much?
  - id: 01-guess-slider
    use: predict
    type: number
    prompt: About how much?
    slider: {low: 0, high: 5, step: 0.1}
  - id: 01-several
    use: practice
    type: several
    kind: concept
    difficulty: medium
    objective: measure
    section: First things
    prompt: Which are?
    options:
      - {text: x, why: X is., correct: true}
      - {text: y, why: Y is not.}
      - {text: z, why: Z is., correct: true}
    hint: Two are.
    steps: Look.
    quick_check: Two.
    mistakes: [One.]
  - id: 01-order
    use: practice
    type: order
    kind: concept
    difficulty: medium
    objective: measure
    section: First things
    prompt: In which order?
    why: One after the other.
    options:
      - {text: second, why: It needs the first., place: 2}
      - {text: first, why: It needs nothing., place: 1}
      - {text: third, why: It needs both., place: 3}
    hint: What needs nothing?
    steps: Look.
    quick_check: Two.
    mistakes: [Haste.]
"""
ALL = ("01-choice", "01-number", "01-guess", "01-guess-number")
GRADED = ["01-choice", "01-number"]


@pytest.fixture(autouse=True)
def lesson(tmp_path, monkeypatch):
    """A bank, and the folder of its lesson as the working directory."""
    (tmp_path / "bank").mkdir()
    (tmp_path / "bank" / "01-first.yaml").write_text(BANK)
    monkeypatch.setattr(bank, "folder", lambda: tmp_path / "bank")
    folder = tmp_path / "01-first"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def card_of(question_id):
    return card.Card(bank.question(question_id))


def recorded(lesson, question_id):
    entries = json.loads((lesson / "responses.json").read_text())["responses"]
    return [attempt["answer"] for attempt in entries[question_id]["attempts"]]


def shown(widget):
    """All that a card's widgets tell the browser, as one text."""
    parts = [str(getattr(widget, name, "")) for name in ("value", "description", "tooltip")]
    return "\n".join(parts + [shown(child) for child in getattr(widget, "children", ())])


def plain(markup):
    return " ".join(re.sub(r"<[^>]*>", " ", markup).split())


# --- buttons and fields ---------------------------------------------------------------------------


def test_clicking_an_option_records_its_letter_at_once(lesson):
    card_of("01-choice").letters["c"].click()
    assert recorded(lesson, "01-choice") == ["c"]


def test_a_wrong_option_is_explained_by_its_own_words():
    shown_card = card_of("01-choice")
    shown_card.letters["a"].click()
    assert "Not right. Counting is accuracy ." in plain(shown_card.feedback.value)
    assert "your last answer counts" in shown_card.feedback.value


def test_a_right_option_is_explained_and_not_to_be_tried_again():
    shown_card = card_of("01-choice")
    shown_card.letters["b"].click()
    assert plain(shown_card.feedback.value) == "Right. That is what it is."


def test_a_wrong_answer_leads_to_the_section_that_teaches_what_was_asked():
    shown_card = card_of("01-choice")
    shown_card.letters["a"].click()
    assert "Read again: First things" in plain(shown_card.feedback.value)
    assert 'href="../01-first/01-first.ipynb"' in shown_card.feedback.value


def test_after_a_right_answer_the_other_options_are_explained_without_answering_again(lesson):
    shown_card = card_of("01-choice")
    shown_card.letters["a"].click()
    assert "ce-hidden" in shown_card.others_button._dom_classes
    shown_card.letters["b"].click()
    assert "ce-hidden" not in shown_card.others_button._dom_classes
    shown_card.others_button.click()
    assert plain(shown_card.others.value) == (
        "a) Counting is accuracy . c) Speed is something else."
    )
    assert recorded(lesson, "01-choice") == ["a", "b"]


@pytest.mark.parametrize("question_id", ["01-number", "01-guess-number"])
def test_no_number_stands_where_a_number_is_asked_for(question_id):
    # A learner takes an example for a hint; it may even be the mistake that the question is about.
    shown_card = card_of(question_id)
    assert shown_card.number.placeholder == "a number"
    question = bank.question(question_id)
    asked = texts.as_plain(question) + texts.as_markdown(question)
    assert not re.search(r"\d\.\d|, \d", asked)


@pytest.mark.parametrize("question_id", ["01-choice", "01-several", "01-order", "01-number"])
def test_a_card_says_how_it_is_used_by_keyboard(question_id):
    shown_card = card_of(question_id)
    assert "Enter" in shown_card.access.state["keys"]
    assert shown_card.access.state["keys"] in shown(shown_card)


def test_right_and_wrong_differ_in_words_and_in_line_style_not_in_colour_alone():
    shown_card = card_of("01-choice")
    shown_card.letters["a"].click()
    shown_card.letters["b"].click()
    assert "Tried: not right" in shown(shown_card)
    assert "Your answer: right" in shown(shown_card)
    assert re.search(r"\.ce-row\.ce-wrong \{[^}]*border-style: dashed", shown(shown_card))


def test_every_try_is_recorded_and_the_buttons_stay_enabled(lesson):
    shown_card = card_of("01-choice")
    for letter in "acb":
        shown_card.letters[letter].click()
    assert recorded(lesson, "01-choice") == ["a", "c", "b"]
    assert not any(button.disabled for button in shown_card.letters.values())


@pytest.mark.parametrize("question_id", ["01-choice", "01-number"])
def test_a_double_click_is_one_attempt_and_a_later_click_another(lesson, question_id):
    shown_card = card_of(question_id)
    if question_id == "01-number":
        shown_card.number.value = "7"
    button = shown_card.letters["a"] if shown_card.letters else shown_card.check
    button.click()
    button.click()
    [given] = recorded(lesson, question_id)
    shown_card._taken_at -= 1
    button.click()
    assert recorded(lesson, question_id) == [given, given]


def test_two_quick_clicks_on_different_options_are_two_attempts(lesson):
    shown_card = card_of("01-choice")
    for letter in "aab":
        shown_card.letters[letter].click()
    assert recorded(lesson, "01-choice") == ["a", "b"]


def waited(shown_card, seconds, monkeypatch):
    """Let what is clicked next have waited so long for a cell that has just ended."""
    now = time.monotonic()
    cells = busy.Busy()
    cells.began, cells.ended = now - 3600, now
    monkeypatch.setattr(busy, "cells", cells)
    at = 1000 * (time.time() - seconds)
    shown_card.access._handle_custom_msg({"event": "press", "number": 1, "at": at}, [])


def test_the_wait_for_a_running_cell_is_not_the_learners_time(lesson, monkeypatch):
    shown_card = card_of("01-choice")
    shown_card.shown_at -= 100
    waited(shown_card, 60, monkeypatch)
    shown_card.letters["a"].click()
    shown_card.letters["c"].click()  # nobody said that this one waited
    record = json.loads((lesson / "responses.json").read_text())["responses"]["01-choice"]
    seconds = [one["seconds"] for one in record["attempts"]]
    assert seconds == [pytest.approx(40, abs=2), pytest.approx(100, abs=2)]


def test_feedback_after_a_click_is_announced_to_a_screen_reader():
    # accessible.js makes a live region of what has this class, before the feedback comes into it.
    shown_card = card_of("01-choice")
    assert "ce-live" in shown_card.feedback._dom_classes
    assert shown_card.feedback.value == ""


def test_every_option_button_has_a_label():
    for letter, button in card_of("01-choice").letters.items():
        assert button.description == letter
        assert button.tooltip == f"Answer {letter}"


def test_a_hint_is_shown_on_demand_and_noted_with_the_answer(lesson):
    shown_card = card_of("01-choice")
    assert "Think of" not in shown(shown_card)
    shown_card.hint_button.click()
    assert "Think of" in shown_card.hint.value
    shown_card.letters["b"].click()
    record = json.loads((lesson / "responses.json").read_text())["responses"]["01-choice"]
    assert record["attempts"][0]["hints"] == 1
    assert record["attempts"][0]["seconds"] >= 0


def test_a_hint_can_be_hidden_again():
    shown_card = card_of("01-choice")
    shown_card.hint_button.click()
    shown_card.hint_button.click()
    assert shown_card.hint.value == ""
    assert shown_card.hint_button.description == "Hint"


def test_worked_steps_quick_check_and_mistakes_are_offered_after_an_answer():
    shown_card = card_of("01-choice")
    assert "ce-hidden" in shown_card.solution_button._dom_classes
    shown_card.letters["a"].click()
    assert "ce-hidden" not in shown_card.solution_button._dom_classes
    shown_card.solution_button.click()
    assert plain(shown_card.solution.value) == (
        "Worked steps First look, then say. Quick check It is 0 for 1. "
        "Common mistakes Counting. Timing."
    )


def test_before_an_answer_the_browser_is_told_nothing_of_the_key():
    told = shown(card_of("01-choice")) + shown(card_of("01-number"))
    question, number = bank.question("01-choice"), bank.question("01-number")
    secrets = [option.why for option in question.options] + [question.steps, question.quick_check]
    secrets += [number.why, number.otherwise, number.wrong[0].why, "0.223"]
    for secret in secrets:
        assert secret not in told
        assert plain(markup.as_html(secret)) not in told


def test_a_number_is_checked_by_the_button(lesson):
    shown_card = card_of("01-number")
    shown_card.number.value = "0.2231"
    shown_card.check.click()
    assert "Right. It is the logarithm." in plain(shown_card.feedback.value)
    assert recorded(lesson, "01-number") == [0.2231]


def press_enter(shown_card):
    """Send what the browser sends, from a thread without an event loop.

    The browser tests leave a loop running in this one, and on a loop the card waits for the text.
    """
    message = ({"event": "submit"}, [])
    thread = threading.Thread(target=shown_card.number._handle_custom_msg, args=message)
    thread.start()
    thread.join()


def test_a_number_is_checked_by_the_enter_key(lesson):
    shown_card = card_of("01-number")
    shown_card.number.value = "1.61"
    press_enter(shown_card)
    assert "Not right. That is the other class." in plain(shown_card.feedback.value)
    assert recorded(lesson, "01-number") == [1.61]


def test_leaving_the_field_without_checking_records_nothing(lesson):
    card_of("01-number").number.value = "1.61"
    assert not (lesson / "responses.json").exists()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("0,223", "Write the number with a dot instead of a comma: 0.223."),
        ("nan", "is not a finite number"),
        ("much", "is not a number"),
        ("", "An empty answer is not a number"),
    ],
)
def test_what_is_no_number_is_told_in_the_card_and_not_recorded(lesson, typed, told):
    shown_card = card_of("01-number")
    shown_card.number.value = typed
    shown_card.check.click()
    assert told in plain(shown_card.feedback.value)
    assert not (lesson / "responses.json").exists()


def test_a_prediction_is_recorded_without_a_verdict(lesson):
    shown_card = card_of("01-guess")
    shown_card.letters["a"].click()
    assert plain(shown_card.feedback.value) == "Recorded. Now run the code that answers it."
    assert "Your prediction" in shown(shown_card)
    assert "right" not in plain(shown(shown_card).split("</style>")[1]).lower()
    assert recorded(lesson, "01-guess") == ["a"]


def test_a_prediction_has_no_worked_steps_and_no_hint_unless_it_is_given_one():
    told = shown(card_of("01-guess"))
    assert "Worked steps" not in told
    assert "Hint" not in told


def test_a_predicted_number_is_repeated():
    shown_card = card_of("01-guess-number")
    shown_card.number.value = "0.5"
    shown_card.check.click()
    assert plain(shown_card.feedback.value).startswith("Recorded: 0.5.")


# --- memory ---------------------------------------------------------------------------------------


def test_running_the_notebook_again_shows_the_last_answer_with_its_explanation():
    card_of("01-choice").letters["a"].click()
    again = card_of("01-choice")
    assert "Not right. Counting is accuracy ." in plain(again.feedback.value)
    assert "Your answer: not right" in shown(again)


def test_a_restored_card_remembers_which_options_were_tried():
    first = card_of("01-choice")
    for letter in "acb":
        first.letters[letter].click()
    assert shown(card_of("01-choice")).count(">Tried: not right<") == 2


def test_a_restored_card_shows_the_number_in_its_field():
    quiz.answer("01-number", 0.223)
    again = card_of("01-number")
    assert again.number.value == "0.223"
    assert "Right." in again.feedback.value


def test_restoring_is_not_recorded_again(lesson):
    card_of("01-choice").letters["a"].click()
    card_of("01-choice")
    assert recorded(lesson, "01-choice") == ["a"]


def test_an_answer_that_the_question_no_longer_has_is_not_restored(lesson):
    hold(lesson, "01-choice", "f")
    assert card_of("01-choice").feedback.value == ""


def test_a_damaged_record_is_told_in_the_card_and_set_aside_on_answering(lesson):
    (lesson / "responses.json").write_text("damage")
    shown_card = card_of("01-choice")
    assert "responses.json is damaged" in shown_card.feedback.value
    shown_card.letters["b"].click()
    (aside,) = lesson.glob("responses.damaged-*.json")
    assert aside.name in shown_card.feedback.value
    assert "Right." in shown_card.feedback.value
    assert recorded(lesson, "01-choice") == ["b"]


def test_a_newer_record_is_told_in_the_card_and_left_alone(lesson):
    newer = '{"schema": 3}'
    (lesson / "responses.json").write_text(newer)
    shown_card = card_of("01-choice")
    shown_card.letters["b"].click()
    assert "Your answer was not saved" in shown_card.feedback.value
    assert "Right." in shown_card.feedback.value
    assert (lesson / "responses.json").read_text() == newer


def test_in_a_foreign_folder_the_card_says_so_and_writes_nothing(tmp_path, monkeypatch):
    foreign = tmp_path / "elsewhere"
    foreign.mkdir()
    monkeypatch.chdir(foreign)
    shown_card = card_of("01-choice")
    assert "is not the folder of a lesson" in shown_card.feedback.value
    shown_card.letters["b"].click()
    assert "is not the folder of a lesson" in shown_card.feedback.value
    assert list(foreign.iterdir()) == []


# --- markdown, code and maths ---------------------------------------------------------------------


def test_raw_html_of_the_bank_is_shown_not_obeyed():
    told = shown(card_of("01-choice"))
    assert "a &lt;b&gt;speed&lt;/b&gt;" in told
    assert "<code>&lt;count&gt;</code>" in told


def test_maths_reaches_the_typesetter_untouched():
    assert r"\(a_1 * b_1 * c &lt; \frac{1}{2}\)" in markup.as_html(r"$a_1 * b_1 * c < \frac{1}{2}$")
    assert "$$\n\\sum_k y_k\n$$" in markup.as_html("$$\\sum_k y_k$$")


def test_code_keeps_its_lines_and_its_angle_brackets():
    made = markup.as_html("```python\nif a < b:\n    c = '$x$'\n```")
    code = re.search(r"<pre><code>(.*)</code></pre>", made, re.DOTALL).group(1)
    assert re.sub(r"<[^>]*>", "", code) == "if a &lt; b:\n    c = '$x$'"


def test_a_long_name_in_a_text_is_broken_between_its_parts_only():
    made = markup.as_html("`keras.losses.CategoricalCrossentropy(from_logits=True)` and `0.5, -1`")
    assert "keras.<wbr>losses.<wbr>CategoricalCrossentropy(<wbr>from_<wbr>logits=<wbr>True)" in made
    style = re.sub(r"\s+", " ", markup.STYLE)
    assert ".ce-text pre code { white-space: pre; overflow-wrap: normal; }" in style


def test_code_without_a_language_is_left_as_it_is():
    assert "<pre><code>0.223 &lt; 1</code></pre>" in markup.as_html("```\n0.223 < 1\n```")


def test_an_error_message_is_escaped_too():
    shown_card = card_of("01-number")
    shown_card.number.value = "<img src=x>"
    shown_card.check.click()
    assert "<img" not in shown_card.feedback.value


# --- without widgets ------------------------------------------------------------------------------


def test_in_a_plain_terminal_a_question_is_printed_with_lettered_options(capsys):
    quiz.ask("01-choice")
    told = capsys.readouterr().out
    assert told.startswith("Question 01-choice (practice, easy)\n")
    assert "  b) a surprise\n" in told
    assert 'quiz.answer("01-choice", "a")' in told


@pytest.mark.parametrize("question_id", ALL)
def test_the_text_of_a_question_never_holds_the_key(question_id):
    question = bank.question(question_id)
    told = texts.as_plain(question) + texts.as_markdown(question)
    for option in question.options:
        assert not option.why or option.why not in told
    for secret in (question.why, question.steps, question.otherwise, question.hint, "0.223"):
        assert not secret or secret not in told


def test_options_of_several_lines_stay_inside_their_item():
    question = bank.question("01-choice")
    code = Option("```python\nprint(1)\n```")
    question = dataclasses.replace(question, options=(code, *question.options))
    assert "- **a)**\n\n  ```python\n  print(1)\n  ```\n" in texts.as_markdown(question)


def test_a_call_answers_like_a_click(lesson, capsys):
    quiz.answer("01-choice", "B")
    told = capsys.readouterr().out
    assert told.startswith("Right. That is what it is.\nWorked steps:\n  First look, then say.\n")
    assert "Common mistakes:\n  - Counting.\n  - Timing.\n" in told
    assert recorded(lesson, "01-choice") == ["b"]


def test_a_wrong_call_explains_the_option_and_gives_the_hint(capsys):
    quiz.answer("01-choice", "a")
    assert capsys.readouterr().out == (
        "Not right. Counting is *accuracy*.\nHint: Think of $p = 1$.\n"
    )


@pytest.mark.parametrize(
    ("question_id", "value", "told"),
    [
        ("01-choice", "z", "'z' is not an option of question 01-choice: answer with one of the"),
        ("01-number", "0,5", "Write the number with a dot instead of a comma: 0.5."),
        ("01-number", float("nan"), "nan is not a finite number"),
    ],
)
def test_what_cannot_be_an_answer_is_told_and_not_recorded(
    lesson, capsys, question_id, value, told
):
    quiz.answer(question_id, value)
    out = capsys.readouterr().out
    assert out.startswith(told)
    assert out.count("\n") == 1
    assert not (lesson / "responses.json").exists()


def test_a_call_in_a_foreign_folder_explains_but_says_that_nothing_was_saved(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path / "bank")
    quiz.answer("01-choice", "b")
    told = capsys.readouterr().out
    assert told.startswith("Right. ")
    assert "Answers are not saved here" in told
    assert not (tmp_path / "bank" / "responses.json").exists()


def test_an_unknown_question_is_told_with_the_nearest_one():
    with pytest.raises(bank.BankError, match="did you mean '01-choice'"):
        quiz.ask("01-choise")


def test_only_a_question_for_predictions_can_be_predicted():
    with pytest.raises(bank.BankError, match=r"show it with quiz\.ask"):
        quiz.predict("01-choice")


# --- reveal ---------------------------------------------------------------------------------------


def test_without_a_prediction_the_result_is_told_with_what_to_do(capsys):
    quiz.reveal("01-guess-number", 0.2231435)
    assert capsys.readouterr().out == (
        "No prediction recorded (predict above, then run this cell again); the run gave 0.2231.\n"
    )


def test_a_predicted_number_is_set_against_the_result(capsys):
    quiz.answer("01-guess-number", 0.5)
    capsys.readouterr()
    quiz.reveal("01-guess-number", 0.2231435)
    assert capsys.readouterr().out == "You predicted 0.5; the run gave 0.2231.\n"


def test_a_predicted_option_is_told_in_its_words_and_explained(capsys):
    quiz.answer("01-guess", "a")
    capsys.readouterr()
    quiz.reveal("01-guess", -1)
    assert capsys.readouterr().out == (
        "You predicted a (up); the run gave b (down).\nIt looked like rising.\n"
    )


def test_a_run_decides_which_option_came_true_by_its_number(capsys):
    quiz.answer("01-guess-gap", "a")
    quiz.reveal("01-guess-gap", 0.2)
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "You predicted a (under 5 points); the run gave c (15 points or more).",
        "You thought it would generalise.",
    ]
    quiz.reveal("01-guess-gap", 0.1)
    assert "this run gave 0.1, which none of the options describes." in capsys.readouterr().out


def test_without_a_run_the_bank_says_what_came_true(capsys):
    quiz.answer("01-guess-known", "a")
    quiz.reveal("01-guess-known")
    assert "You predicted a (up); what came true is b (down)." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("01-guess", "b"), "a letter would give the answer away"),
        (("01-guess",), "Nothing says what came true for 01-guess"),
        (("01-guess-known", 1), "A number does not say which option of 01-guess-known came true"),
    ],
)
def test_a_call_that_cannot_say_what_came_true_is_the_authors_mistake(arguments, told):
    with pytest.raises(bank.BankError, match=told):
        quiz.reveal(*arguments)


def test_the_last_prediction_is_the_one_that_is_revealed(capsys):
    quiz.answer("01-guess-number", 0.5)
    quiz.answer("01-guess-number", 0.25)
    capsys.readouterr()
    quiz.reveal("01-guess-number", 3)
    assert capsys.readouterr().out == "You predicted 0.25; the run gave 3.\n"


# --- in a kernel ----------------------------------------------------------------------------------


def run(lesson):
    """Execute a notebook in the lesson's folder; outputs of each cell after the first."""
    start = (
        "from pathlib import Path\nfrom crossentropy import quiz\n"
        "from crossentropy.quiz import bank\n"
        f"bank.folder = lambda: Path({str(bank.folder())!r})"
    )
    lines = [start, "quiz.ask('01-choice')", "quiz.predict('01-guess')", "quiz.ask('01-number')"]
    lines += ["quiz.points(['01-choice'], out_of=1)", "quiz.ask('01-choise')"]
    lines += ["quiz.reveal('01-guess', -1)"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(line) for line in lines])
    nbclient.NotebookClient(
        notebook, allow_errors=True, resources={"metadata": {"path": str(lesson)}}
    ).execute()
    return [cell.outputs for cell in notebook.cells[1:]]


def test_the_next_day_a_card_shows_its_question_and_what_to_do_about_it(lesson):
    note, _ = run(lesson)[0]
    told = plain(re.sub("(?s)<style>.*?</style>", "", note.data["text/html"]))
    assert told.startswith("To answer here, run this cell.")
    assert "What is" in told
    assert "b) a surprise" in told
    assert "quiz.answer" not in told
    assert "accuracy" not in told  # why an option is wrong


def all_texts(outputs):
    return [
        {kind: text for kind, text in output.data.items() if "widget" not in kind}
        for (*_, output) in outputs[:3]
    ]


def test_in_a_kernel_a_question_is_one_bundle_whose_texts_do_not_depend_on_answers(lesson):
    fresh = run(lesson)
    quiz.answer("01-choice", "b")
    quiz.answer("01-guess", "a")
    quiz.answer("01-number", 1.61)
    answered = run(lesson)
    assert all_texts(fresh) == all_texts(answered)
    for note, output in fresh[:3]:
        assert asleep.without(note.data["text/html"]) == display.ASLEEP["text/html"]
        assert set(output.data) == {display.WIDGET_VIEW, "text/markdown", "text/plain"}
    assert [output.output_type for output in answered[3]] == ["stream", "execute_result"]
    assert answered[3][0].name == "stdout"
    assert answered[3][1].data["text/plain"] == "1.0"
    (error,) = fresh[4]
    assert error.traceback == [
        "BankError: There is no question '01-choise' in the bank; did you mean '01-choice'?"
    ]


def test_in_a_kernel_code_in_what_is_revealed_is_shown_as_code(lesson):
    quiz.answer("01-guess", "a")
    [output] = run(lesson)[5]
    assert output.data == {
        "text/markdown": "You predicted a (up); the run gave b (`down`).\n\nIt looked like rising.",
        "text/plain": "You predicted a (up); the run gave b (down).\nIt looked like rising.",
    }


def test_where_nbgrader_grades_a_question_is_text_and_no_widget_is_made(lesson, monkeypatch):
    watched = run(lesson)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    graded = run(lesson)
    assert all_texts(graded) == all_texts(watched)
    for (output,) in graded[:3]:
        assert set(output.data) == {"text/markdown", "text/plain"}


def test_importing_the_quiz_loads_no_heavy_package(lesson):
    code = (
        "import sys; from crossentropy import quiz; print([name for name in "
        "('ipywidgets', 'IPython', 'tensorflow', 'matplotlib', 'mistune', 'filelock', 'jsonschema')"
        " if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "[]\n"


def test_the_record_is_the_one_that_responses_writes(lesson):
    quiz.answer("01-choice", "b")
    assert responses.read().attempts("01-choice")[0]["answer"] == "b"


# --- several choices, orderings, sliders ----------------------------------------------------------


def test_several_choices_are_recorded_when_they_are_checked_not_before(lesson):
    shown_card = card_of("01-several")
    shown_card.letters["c"].click()
    shown_card.letters["b"].click()
    assert not (lesson / "responses.json").exists()
    shown_card.letters["b"].click()
    shown_card.letters["a"].click()
    shown_card.check.click()
    assert recorded(lesson, "01-several") == ["ac"]
    assert "Right." in plain(shown_card.feedback.value)


def test_checking_without_any_choice_is_told_and_not_recorded(lesson):
    shown_card = card_of("01-several")
    shown_card.check.click()
    assert "give one or more of the letters" in shown_card.feedback.value
    assert not (lesson / "responses.json").exists()


def test_a_screen_reader_is_told_which_options_are_chosen():
    shown_card = card_of("01-several")
    assert shown_card.access.state["picked"] == ""
    shown_card.letters["c"].click()
    shown_card.letters["a"].click()
    assert shown_card.access.state["picked"] == "ac"


def test_steps_are_moved_and_then_checked(lesson):
    shown_card = card_of("01-order")
    shown_card.check.click()
    assert "Not right. Step 1 is not a) yet. It needs the first." in plain(
        shown_card.feedback.value
    )
    shown_card.ups[1].click()
    shown_card.check.click()
    assert recorded(lesson, "01-order") == ["abc", "bac"]
    assert "Right. One after the other." in plain(shown_card.feedback.value)


def test_the_ends_of_an_ordering_cannot_be_left():
    shown_card = card_of("01-order")
    assert [button.disabled for button in shown_card.ups] == [True, False, False]
    assert [button.disabled for button in shown_card.downs] == [False, False, True]


@pytest.mark.parametrize(
    ("question_id", "given"), [("01-several", "ac"), ("01-order", "bac"), ("01-guess-slider", 1.2)]
)
def test_what_was_answered_is_shown_again_as_it_was(question_id, given):
    quiz.answer(question_id, given)
    again = card_of(question_id)
    assert (again.number.value if question_id == "01-guess-slider" else again.picked) == given
    assert again.feedback.value


def test_a_slider_begins_at_its_end_and_is_recorded_by_its_button(lesson):
    # The middle may lie next to what comes true.
    shown_card = card_of("01-guess-slider")
    assert shown_card.number.value == 0
    shown_card.number.value = 3.1
    assert not (lesson / "responses.json").exists()
    shown_card.check.click()
    assert recorded(lesson, "01-guess-slider") == [3.1]


def test_no_module_of_the_family_has_the_name_of_a_verb():
    # Importing such a module would put it in the verb's place.
    modules = {module.name for module in pkgutil.iter_modules(quiz.__path__)}
    verbs = {name for name, one in vars(quiz).items() if inspect.isfunction(one)}
    assert not modules & verbs
