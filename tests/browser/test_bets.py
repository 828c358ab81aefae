"""A bet by mouse and by keyboard, and all bets together, in both themes."""

import json
import re

from axe_playwright_python.sync_playwright import Axe
from crossentropy.quiz import bank
import pytest

LESSON = "07-calibration"
BY_MOUSE = "02-recall-rain"
BY_KEYBOARD = "01-second-of-three"
CELLS = {
    "imports": "from crossentropy import quiz",
    "mouse": f'quiz.bet("{BY_MOUSE}")',
    "keyboard": f'quiz.bet("{BY_KEYBOARD}")',
    "all": "quiz.bets()",
    "test": "quiz.test()",
}
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="module")
def bets(open_cells):
    """A notebook with two bets and what they say together, run from top to bottom."""
    lesson = open_cells(LESSON, CELLS)
    lesson.page.set_viewport_size({"width": 820, "height": 1100})
    lesson.choose("View", "File Browser")  # closes it, as one does on a small screen
    lesson.run_all()
    return lesson


def card(lesson, name):
    return lesson.output(name).locator(".ce-quiz").first


def bar(place, letter):
    return place.get_by_role("slider", name=f"Probability of {letter}, in percent", exact=True)


def percents(place):
    return [int(text) for text in place.locator(".widget-readout").all_text_contents()]


def recorded(lesson, question_id):
    record = json.loads((lesson.folder / "responses.json").read_text())
    return record["bets"][question_id][0]["probabilities"]


def test_a_bar_dragged_with_the_mouse_makes_the_others_give_way(bets, expect, keep_picture):
    place, mouse = card(bets, "mouse"), bets.page.mouse
    assert percents(place) == [25, 25, 25, 25]
    handle = bar(place, "b")
    handle.hover()  # scrolls there, and waits until nothing moves
    rail = place.locator(".noUi-target").nth(1).bounding_box()
    mouse.down()
    mouse.move(rail["x"] + 0.7 * rail["width"], rail["y"] + rail["height"] / 2, steps=8)
    mouse.up()
    expect(bar(place, "b")).to_have_attribute("aria-valuenow", re.compile(r"^(69|70|71)\.0$"))
    for other in (0, 2, 3):
        expect(place.locator(".widget-readout").nth(other)).to_have_text("10")
    shown = percents(place)
    assert sum(shown) == 100
    keep_picture(bets.page, "bet-before")
    place.get_by_role("button", name="Place the bet", exact=True).click()
    expect(place.get_by_role("status").first).to_contain_text("nats.")
    assert list(recorded(bets, BY_MOUSE).values()) == [one / 100 for one in shown]
    for option in bank.question(BY_MOUSE).options:
        expect(place).to_contain_text(option.why.strip()[-20:])
    keep_picture(bets.page, "bet-after")


def test_a_bet_is_placed_with_the_keyboard_alone(bets, expect, keep_picture):
    place, keyboard = card(bets, "keyboard"), bets.page.keyboard
    bar(place, "e").focus()
    keyboard.press("ArrowRight")
    expect(place.locator(".widget-readout").nth(4)).to_have_text("21")
    keyboard.press("PageUp")
    expect(place.locator(".widget-readout").nth(4)).to_have_text("26")
    keyboard.press("ArrowUp")
    expect(place.locator(".widget-readout").nth(4)).to_have_text("27")
    keyboard.press("End")
    expect(place.locator(".widget-readout").nth(4)).to_have_text("100")
    expect(bar(place, "e")).to_be_focused()
    keep_picture(bets.page, "bet-keyboard")
    keyboard.press("ArrowDown")
    expect(place.locator(".widget-readout").nth(4)).to_have_text("99")
    expect(place.locator(".widget-readout").nth(0)).to_have_text("1")
    assert percents(place) == [1, 0, 0, 0, 99]
    for _ in range(2):  # the number beside the bar, then the button
        keyboard.press("Tab")
    expect(place.get_by_role("button", name="Place the bet", exact=True)).to_be_focused()
    keyboard.press("Enter")
    expect(place.get_by_role("status").first).to_contain_text("nats.")
    expect(place.get_by_role("button", name="Worked steps", exact=True)).to_be_focused()
    keyboard.press("Enter")
    expect(place.get_by_text("Quick check")).to_be_visible()
    assert recorded(bets, BY_KEYBOARD)["e"] == 0.99


def test_all_bets_together_are_a_picture_with_words(bets, expect, keep_picture):
    place = card(bets, "all")
    place.get_by_role("button", name="Refresh", exact=True).click()
    expect(place).to_contain_text("2 bets, which cost")
    picture = place.get_by_role("img")
    expect(picture).to_have_attribute("aria-label", re.compile("Reliability diagram of 2 bets"))
    picture.scroll_into_view_if_needed()
    keep_picture(bets.page, "bets-together")


def test_in_the_test_a_bet_is_placed_first_and_told_at_the_end(bets, expect, keep_picture):
    box, keyboard = card(bets, "test"), bets.page.keyboard
    box.get_by_role("button", name="Start", exact=True).click()
    offer = box.get_by_role("button", name="Bet on it first", exact=True)
    for number in range(1, 11):
        expect(box).to_contain_text(f"question {number} of 10")
        asked = json.loads((bets.folder / "responses.json").read_text())
        asked = bank.question(asked["sittings"]["test"][0]["questions"][number - 1])
        if asked.type == "choice":
            break
        bets.answer(box.locator(".ce-quiz").first, asked)
        box.get_by_role("button", name="Next question", exact=True).click()
    offer.focus()
    keyboard.press("Enter")
    expect(bar(box, "a")).to_be_focused()
    bar(box, asked.key).focus()
    keyboard.press("End")
    expect(bar(box, asked.key)).to_have_attribute("aria-valuenow", "100.0")
    box.get_by_role("button", name="Place the bet", exact=True).focus()
    keyboard.press("Enter")
    expect(box).to_contain_text("It is placed.")
    expect(box.locator(".ce-letter").first).to_be_focused()
    keep_picture(bets.page, "bet-in-test")
    box.locator(".ce-letter").nth(ord(asked.key) - ord("a")).click()
    expect(box).to_contain_text("You gave the right option 100 %")
    keep_picture(bets.page, "bet-in-test-told")


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing_serious_in_a_bet(bets, expect, keep_picture, theme):
    bets.choose("Settings", "Theme", theme)
    expect(bets.page.locator("body")).to_have_attribute("data-jp-theme-name", theme)
    options = {"rules": {"region": {"enabled": False}}}
    found = Axe().run(bets.page, context={"include": [".ce-quiz"]}, options=options)
    told = [
        (one["impact"], one["id"], node["html"][:160])
        for one in found.response["violations"]
        for node in one["nodes"]
        if one["impact"] in SERIOUS
    ]
    name = theme.split()[-1].lower()
    for cell in ("mouse", "all"):
        card(bets, cell).scroll_into_view_if_needed()
        keep_picture(bets.page, f"bets-{cell}-{name}")
    assert told == []


def test_a_card_that_is_shown_again_shows_the_bet(bets, expect):
    bets.run("mouse")
    place = card(bets, "mouse")
    expect(place).to_contain_text("Right; you gave it")
    expect(place.get_by_role("button", name="Place the bet", exact=True)).not_to_be_visible()
    expect(bar(place, "a")).to_be_disabled()
