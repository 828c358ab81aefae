"""Every kind of question by mouse and by keyboard; the challenge, the test and the progress."""

from datetime import datetime, timedelta
import json
import re

from axe_playwright_python.sync_playwright import Axe
from crossentropy.quiz import bank, sittings
import pytest

LESSON = "08-mastery"
SEVERAL = "08-which-pairs-run"
ORDER = "01-cheapest-first"
SLIDER = "01-predict-uniform"
CHOICE = "01-what-it-measures"
NUMBER = "01-loss-to-probability"
FRESH = "01-second-of-three"
# What the kernel's clock says a minute later, or where it runs before the browser's.
MINUTE = """
from crossentropy import accessible
now = accessible._milliseconds
accessible._milliseconds = lambda: now() + 60_000
"""
CELLS = {
    "imports": "from crossentropy import quiz",
    "choice": f'quiz.ask("{CHOICE}")',
    "several": f'quiz.ask("{SEVERAL}")',
    "order": f'quiz.ask("{ORDER}")',
    "number": f'quiz.ask("{NUMBER}")',
    "fresh": f'quiz.ask("{FRESH}")',
    "slider": f'quiz.predict("{SLIDER}")',
    "reveal": f'quiz.reveal("{SLIDER}", 2.303)',
    "challenge": "quiz.challenge()",
    "minute": MINUTE,
    "test": "quiz.test()",
    "progress": "quiz.progress()",
}
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="module")
def quizzes(open_cells):
    """One quiz of every kind in a notebook, run from top to bottom."""
    lesson = open_cells(LESSON, CELLS, with_others=True)
    lesson.run_all()
    return lesson


def card(lesson, name):
    return lesson.output(name).locator(".ce-quiz").first


def recorded(lesson):
    return json.loads((lesson.folder / "responses.json").read_text())


def button(place, name):
    return place.get_by_role("button", name=name, exact=True)


def option(place, letter):
    return place.locator(".ce-letter").nth(ord(letter) - ord("a"))


# --- each kind ------------------------------------------------------------------------------------


def test_arrow_keys_go_from_option_to_option_and_space_answers(quizzes, expect):
    quiz_card = card(quizzes, "choice")
    option(quiz_card, "a").focus()
    quizzes.page.keyboard.press("ArrowUp")
    expect(quiz_card.locator(".ce-letter").last).to_be_focused()
    quizzes.page.keyboard.press("ArrowDown")
    quizzes.page.keyboard.press("ArrowDown")
    expect(option(quiz_card, "b")).to_be_focused()
    expect(quiz_card.get_by_text("Keys: up and down move")).to_be_visible()
    quizzes.page.keyboard.press("Space")
    expect(quiz_card.get_by_role("status").first).to_contain_text("ight.")
    assert quizzes.recorded()[CHOICE] == "b"


def test_several_choices_are_check_boxes_handed_in_together(quizzes, expect, keep_picture):
    quiz_card, key = card(quizzes, "several"), bank.question(SEVERAL).key
    boxes = quiz_card.get_by_role("checkbox")
    option(quiz_card, key[0]).focus()
    quizzes.page.keyboard.press("Enter")
    expect(boxes.nth(ord(key[0]) - ord("a"))).to_be_checked()
    button(quiz_card, "Check").click()
    expect(quiz_card.get_by_role("status").first).to_contain_text("missing.")
    for letter in key[1:]:
        option(quiz_card, letter).click()
    keep_picture(quizzes.page, "several")
    button(quiz_card, "Check").click()
    expect(quiz_card.get_by_role("status").first).to_contain_text("Right.")
    assert quizzes.recorded()[SEVERAL] == key


def test_steps_are_put_in_order_with_the_keyboard_and_keep_the_focus(quizzes, expect, keep_picture):
    quiz_card, question = card(quizzes, "order"), bank.question(ORDER)
    letters = list(question.letters)
    for place, letter in enumerate(question.key):
        while letters.index(letter) > place:
            at = letters.index(letter)
            up = quiz_card.locator(".ce-up").nth(at)
            up.focus()
            quizzes.page.keyboard.press("Enter")
            letters[at - 1], letters[at] = letters[at], letters[at - 1]
            expect(quiz_card.locator(".ce-step").nth(at - 1)).to_contain_text(f"{letter})")
            mover = ".ce-down" if at == 1 else ".ce-up"
            expect(quiz_card.locator(mover).nth(at - 1)).to_be_focused()
    keep_picture(quizzes.page, "order")
    button(quiz_card, "Check").click()
    expect(quiz_card.get_by_role("status").first).to_contain_text("Right.")
    assert quizzes.recorded()[ORDER] == question.key


def test_a_prediction_is_given_with_a_slider_and_confronted_with_the_run(quizzes, expect):
    quiz_card = card(quizzes, "slider")
    handle = quiz_card.get_by_role("slider", name="Your prediction")
    handle.focus()
    quizzes.page.keyboard.press("ArrowRight")
    button(quiz_card, "Record").click()
    expect(quiz_card.get_by_role("status").first).to_contain_text("Recorded: 0.1")
    quizzes.run("reveal")
    expect(quizzes.output("reveal")).to_contain_text("You predicted 0.1; the run gave 2.303.")


def test_a_slider_is_dragged_with_the_mouse_and_gives_what_it_shows(quizzes, expect):
    quiz_card = card(quizzes, "slider")
    slider, mouse = bank.question(SLIDER).slider, quizzes.page.mouse
    handle = quiz_card.get_by_role("slider", name="Your prediction")
    handle.hover()  # scrolls there, and waits until nothing moves
    rail = quiz_card.locator(".noUi-target").bounding_box()
    mouse.down()
    mouse.move(rail["x"] + rail["width"] / 5, rail["y"] + rail["height"] / 2, steps=5)
    mouse.up()
    wanted = slider.low + (slider.high - slider.low) / 5
    readout = quiz_card.locator(".widget-readout")
    expect(readout).to_have_text(re.compile(r"^\d\.\d$"))
    shown = float(readout.text_content())
    assert abs(shown - wanted) < 0.2
    button(quiz_card, "Record").click()
    expect(quiz_card.get_by_role("status").first).to_contain_text(f"Recorded: {shown:g}.")
    assert quizzes.recorded()[SLIDER] == shown


# --- fresh numbers --------------------------------------------------------------------------------


def fresh_card(lesson):
    """The card below the answered one."""
    return card(lesson, "fresh").locator(".ce-more .ce-quiz")


def test_another_one_like_this_by_mouse(quizzes, expect, keep_picture):
    quiz_card = card(quizzes, "fresh")
    again = button(quiz_card, "Another one like this")
    expect(quiz_card.locator(".ce-letter").first).to_be_visible()
    expect(again).not_to_be_visible()
    option(quiz_card, "a").click()
    again.click()
    below = fresh_card(quizzes)
    expect(below.locator("pre")).to_contain_text("y_pred")
    assert below.locator("pre").text_content() != quiz_card.locator("pre").first.text_content()
    told = quiz_card.locator(".ce-more > [role=status]")
    expect(told).to_contain_text("Your points stay as they are")
    option(below, "a").click()
    expect(below.get_by_role("status").first).to_contain_text("ight.")
    keep_picture(quizzes.page, "another-one")
    first, fresh = recorded(quizzes)["responses"][FRESH]["attempts"]
    assert "draw" not in first
    assert fresh["draw"]["values"].keys() == {"p", "place"}


def test_another_one_like_this_by_keyboard(quizzes, expect):
    quiz_card, keyboard = card(quizzes, "fresh"), quizzes.page.keyboard
    above = quiz_card.locator("pre").first.text_content()
    before = fresh_card(quizzes).locator("pre").text_content()
    button(quiz_card, "Another one like this").focus()
    keyboard.press("Enter")
    told = quiz_card.locator(".ce-more > [role=status]")
    expect(told).to_contain_text("Practice 2, with new numbers.")
    below = fresh_card(quizzes)
    expect(option(below, "a")).to_be_focused()
    assert below.locator("pre").text_content() not in (above, before)
    keyboard.press("ArrowUp")
    expect(below.locator(".ce-letter").last).to_be_focused()
    keyboard.press("Space")
    expect(below.get_by_role("status").first).to_contain_text("ight.")
    for _ in range(8):  # the rest of this card, whatever it offers, and then the button again
        keyboard.press("Tab")
        if button(quiz_card, "Another one like this").evaluate(
            "it => it === document.activeElement"
        ):
            break
    else:
        raise AssertionError("the button cannot be reached")
    assert len(recorded(quizzes)["responses"][FRESH]["attempts"]) == 3


# --- the challenge and the test -------------------------------------------------------------------


def test_the_challenge_asks_one_at_a_time_against_a_clock_that_no_restart_stops(
    quizzes, expect, keep_picture
):
    box = card(quizzes, "challenge")
    first, *rest = sittings.challenge_questions()
    button(box, "Start").click()
    expect(box.get_by_role("timer")).to_have_text(re.compile(r"^1:5\d left$|^2:00 left$"))
    expect(box).to_contain_text("question 1 of 5")
    keep_picture(quizzes.page, "challenge")
    opened = recorded(quizzes)["sittings"]["challenge"][0]["opened"]
    quizzes.choose("Kernel", "Restart Kernel…")
    quizzes.page.locator(".jp-Dialog .jp-mod-accept").click()
    quizzes.wait_for_kernel()
    quizzes.run("imports")
    quizzes.run("challenge")
    box = card(quizzes, "challenge")
    expect(box.get_by_role("timer")).to_have_text(re.compile(r"^1:[0-5]\d left$"))
    assert recorded(quizzes)["sittings"]["challenge"][0]["opened"] == opened
    option(box, first.key).click()
    for number, question in enumerate(rest, start=2):
        expect(button(box, "Next question")).to_be_focused()  # the options are disabled now
        button(box, "Next question").click()
        expect(box).to_contain_text(f"question {number} of 5")
        quizzes.page.keyboard.press("ArrowDown")
        option(box, question.key).click()
    button(box, "See the summary").click()
    expect(box).to_contain_text("5 of 5 right")
    box.get_by_role("textbox", name="Your name").fill("Ada <L>")
    button(box, "Save the badge").click()
    badge = box.get_by_role("img")
    expect(badge).to_have_attribute("alt", re.compile("Master: Ada <L>"))
    badge.scroll_into_view_if_needed()
    keep_picture(quizzes.page, "badge")
    assert "Ada &lt;L&gt;" in (quizzes.folder / "badge.svg").read_text()


def test_the_clock_warns_and_then_closes_the_question(quizzes, expect, keep_picture):
    box = card(quizzes, "challenge")
    button(box, "Begin another").click()
    expect(box.get_by_role("timer")).to_be_visible()
    let_time_pass(quizzes, 112)
    quizzes.run("challenge")
    box = card(quizzes, "challenge")
    expect(box.locator(".ce-unseen")).to_have_text("Less than 20 seconds left.")
    expect(box.get_by_role("timer")).to_have_class(re.compile("ce-late"))
    keep_picture(quizzes.page, "clock-warns")
    expect(box).to_contain_text("Time is up. The answer is")
    expect(box.locator(".ce-letter").first).to_be_disabled()


def test_after_a_reload_the_clock_is_right_and_the_last_answer_is_shown_as_it_was(quizzes, expect):
    box = card(quizzes, "challenge")
    button(box, "Next question").click()
    expect(box.get_by_role("timer")).to_have_text(re.compile(r"^1:[0-3]\d left$"))
    quizzes.run("minute")
    quizzes.save()
    quizzes.page.reload()
    quizzes.wait_until_open()
    box = card(quizzes, "challenge")
    expect(box.get_by_role("timer")).to_have_text(re.compile(r"^0:[0-3]\d left$"))
    # The other cards went with the restart.
    for name in ("choice", "several", "order", "number", "fresh", "slider"):
        quizzes.run(name)
    several = card(quizzes, "several")
    expect(several.get_by_role("status").first).to_contain_text("Right.")
    for letter in bank.question(SEVERAL).key:
        expect(option(several, letter)).to_be_checked()


def let_time_pass(lesson, seconds):
    """Make the question of the newest challenge have been shown so much earlier."""
    record = recorded(lesson)
    opened = record["sittings"]["challenge"][-1]["opened"]
    for name, moment in opened.items():
        earlier = datetime.fromisoformat(moment) - timedelta(seconds=seconds)
        opened[name] = earlier.isoformat()
    (lesson.folder / "responses.json").write_text(json.dumps(record))


def test_a_finished_test_says_what_is_strong_and_what_to_revise(quizzes, expect, keep_picture):
    quizzes.run("test")
    box = card(quizzes, "test")
    button(box, "Start").click()
    for number in range(1, 11):
        expect(box).to_contain_text(f"question {number} of 10")
        asked = recorded(quizzes)["sittings"]["test"][0]["questions"][number - 1]
        quizzes.answer(box.locator(".ce-quiz"), bank.question(asked), right=number > 2)
        button(box, "See the summary" if number == 10 else "Next question").click()
    expect(box).to_contain_text("8 of 10 right")
    expect(box).to_contain_text("revise")
    keep_picture(quizzes.page, "test-summary")
    link = box.locator("a[href*=cell-id]").first
    heading = link.inner_text()
    assert re.match(r"\.\./\d\d-.*\.ipynb#cell-id=", link.get_attribute("href"))
    link.click()
    shown = quizzes.page.locator(".jp-NotebookPanel:visible .jp-MarkdownOutput :is(h2, h3)")
    expect(shown.filter(has_text=heading)).to_be_in_viewport(timeout=30_000)
    assert len(quizzes.page.context.pages) == 1
    # Left open: closed before its kernel has come, JupyterLab throws an error of its own.
    quizzes.page.get_by_role("tab", name=quizzes.file.name).click()


def test_progress_counts_what_was_answered_and_asks_what_was_wrong_again(
    quizzes, expect, keep_picture
):
    quizzes.run("progress")
    box = card(quizzes, "progress")
    expect(box).to_contain_text("Challenge: best 5 of 5.")
    expect(box).to_contain_text("Ten-question test: best 8 of 10.")
    expect(box).to_contain_text("not right last time")
    button(box, "Ask me one now").click()
    expect(box.locator(".ce-quiz .ce-id")).to_be_visible()
    keep_picture(quizzes.page, "progress")


# --- for everyone ---------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing_serious_in_any_quiz(quizzes, expect, keep_picture, theme):
    quizzes.choose("Settings", "Theme", theme)
    expect(quizzes.page.locator("body")).to_have_attribute("data-jp-theme-name", theme)
    options = {"rules": {"region": {"enabled": False}}}
    found = Axe().run(quizzes.page, context={"include": [".ce-quiz"]}, options=options)
    told = [
        (one["impact"], one["id"], node["html"][:160])
        for one in found.response["violations"]
        for node in one["nodes"]
        if one["impact"] in SERIOUS
    ]
    keep_picture(quizzes.page, f"quizzes-{theme.split()[-1].lower()}")
    assert told == []


def test_each_option_is_described_to_a_screen_reader_by_its_own_text(quizzes):
    told = quizzes.page.locator(".ce-row button").evaluate_all(
        "buttons => buttons.map(button => document.getElementById("
        "button.getAttribute('aria-describedby')) === button.closest('.ce-row')"
        ".querySelector('.ce-part'))"
    )
    assert len(told) > 10
    assert all(told)


def test_a_narrow_window_needs_no_scrolling_sideways(quizzes, keep_picture):
    quizzes.choose("View", "File Browser")  # closes it, as one does on a small screen
    quizzes.page.set_viewport_size({"width": 540, "height": 900})
    wide = quizzes.page.locator(".ce-quiz").evaluate_all(
        "boxes => boxes.filter(box => box.scrollWidth > box.clientWidth + 1)"
        ".map(box => box.innerText.slice(0, 80))"
    )
    keep_picture(quizzes.page, "narrow")
    quizzes.page.set_viewport_size({"width": 1400, "height": 900})
    quizzes.choose("View", "File Browser")
    assert wide == []


def test_two_notebooks_at_once_lose_no_answer(quizzes, open_cells, expect):
    cells = {name: CELLS[name] for name in ("imports", "choice", "number")}
    one = open_cells(LESSON, cells)
    two = open_cells(LESSON, cells, folder=one.folder.parent, copy=True)
    for notebook in (one, two):
        notebook.show()
        for name in cells:
            notebook.run(name)
    one.show()
    option(card(one, "choice"), "a").click()
    expect(card(one, "choice").get_by_role("status").first).to_contain_text("ight.")
    two.show()
    card(two, "number").get_by_role("textbox").fill("0.5")
    button(card(two, "number"), "Check").click()
    expect(card(two, "number").get_by_role("status").first).to_contain_text("ight.")
    assert set(recorded(one)["responses"]) == {CHOICE, NUMBER}
    for notebook in (one, two):
        notebook.close()
    quizzes.show()
