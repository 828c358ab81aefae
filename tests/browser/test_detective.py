"""The detective's card in JupyterLab: by mouse and by keyboard, in both themes, the next day."""

import json

from axe_playwright_python.sync_playwright import Axe
from crossentropy.detective.cases import cause_of
from crossentropy.detective.causes import causes
import pytest

LESSON = "03-from-logits"
# By mouse, by keyboard, and one with nothing to change or an error is left out: both have a proof.
PROVABLE = [
    seed
    for seed in range(40)
    if cause_of(seed)[0].change and "counted" not in cause_of(seed)[0].name
]
BY_MOUSE, BY_KEYBOARD = PROVABLE[:2]
CELLS = {
    "imports": "from crossentropy import detective",
    "mouse": f"detective.case({BY_MOUSE})",
    "keyboard": f"detective.case({BY_KEYBOARD})",
    "code": f"detective.code({BY_KEYBOARD})",
}
A_START = 120_000
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="module")
def cases(open_cells):
    """Two cases in a notebook, run from top to bottom but for the code."""
    lesson = open_cells(LESSON, CELLS, with_others=True)
    for name in ("imports", "mouse", "keyboard"):
        lesson.run(name)
    return lesson


def card(lesson, name):
    return lesson.output(name).locator(".ce-quiz").first


def button(place, name):
    return place.get_by_role("button", name=name, exact=True)


def recorded(lesson, seed):
    return json.loads((lesson.folder / "responses.json").read_text())["cases"][str(seed)]


def wrong(seed):
    """A cause that is not that of the case, and stands before it in the list."""
    names = [one.name for one in causes()]
    return names[0] if names[0] != cause_of(seed)[0].name else names[1]


def test_a_case_is_solved_by_mouse_and_proved(cases, expect, wait_until, keep_picture):
    box = card(cases, "mouse")
    right = cause_of(BY_MOUSE)[0].name
    expect(box.get_by_role("region", name="The log")).to_contain_text("first batch")
    expect(button(box, "Name it")).to_be_disabled()
    box.get_by_role("combobox", name="Cause").select_option(wrong(BY_MOUSE))
    button(box, "Name it").click()
    expect(box.get_by_role("status").first).to_contain_text(f"Against {wrong(BY_MOUSE)} speaks:")
    keep_picture(cases.page, "detective-miss")
    box.get_by_role("combobox", name="Cause").select_option(right)
    button(box, "Name it").click()
    expect(box.get_by_role("status").first).to_contain_text(f"That is it: {right}.")
    keep_picture(cases.page, "detective-solved")
    button(box, "Make the one change and run it again").click()
    wait_until(
        cases.page,
        """() => [...document.querySelectorAll("[aria-label='The new log']")]
      .some(log => log.textContent.includes("first batch"))""",
    )
    new = box.get_by_role("region", name="The new log")
    expect(new.last).to_contain_text("first batch")
    keep_picture(cases.page, "detective-proof")
    entry = recorded(cases, BY_MOUSE)
    assert [one["cause"] for one in entry["named"]] == [wrong(BY_MOUSE), right]
    assert entry["solved"]


def test_a_case_is_solved_by_keyboard_alone(cases, expect):
    box, keyboard = card(cases, "keyboard"), cases.page.keyboard
    names = [one.name for one in causes()]
    right = cause_of(BY_KEYBOARD)[0].name
    box.get_by_role("region", name="The log").focus()
    keyboard.press("Tab")
    expect(box.get_by_role("combobox", name="Cause")).to_be_focused()
    expect(box.get_by_text("Keys: Tab goes on")).to_be_visible()
    for _ in range(names.index(right) + 1):
        keyboard.press("ArrowDown")
    expect(box.get_by_role("combobox", name="Cause")).to_have_value(right)
    expect(button(box, "Name it")).to_be_enabled()
    keyboard.press("Tab")
    expect(button(box, "Name it")).to_be_focused()
    keyboard.press("Space")
    expect(box.get_by_role("status").first).to_contain_text(f"That is it: {right}.")
    expect(box.get_by_role("link").first).to_be_visible()
    expect(button(box, "Show the code")).to_be_enabled()
    keyboard.press("Tab")  # to the link that says where to read again
    keyboard.press("Tab")
    expect(button(box, "Show the code")).to_be_focused()
    keyboard.press("Space")
    expect(box.get_by_role("region", name="Code").last).to_contain_text("model.compile")
    assert recorded(cases, BY_KEYBOARD)["solved"]


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing_serious_in_either_theme(cases, expect, keep_picture, theme):
    cases.choose("Settings", "Theme", theme)
    expect(cases.page.locator("body")).to_have_attribute("data-jp-theme-name", theme)
    card(cases, "mouse").scroll_into_view_if_needed()
    options = {"rules": {"region": {"enabled": False}}}
    found = Axe().run(cases.page, context={"include": [".ce-quiz"]}, options=options)
    told = [
        (one["impact"], one["id"], node["html"][:160])
        for one in found.response["violations"]
        for node in one["nodes"]
        if one["impact"] in SERIOUS
    ]
    keep_picture(cases.page, f"detective-{theme.split()[-1].lower()}")
    assert told == []


def test_the_next_day_the_card_says_to_run_its_cell_and_shows_what_was_named(
    cases, expect, keep_picture
):
    output = cases.output("mouse")
    expect(card(cases, "mouse")).to_be_visible()
    expect(output.locator(".ce-asleep")).not_to_be_visible()
    cases.save()
    cases.choose("Kernel", "Restart Kernel…")
    cases.page.locator(".jp-Dialog .jp-mod-accept").click()
    cases.wait_for_kernel()
    told = card(cases, "mouse").evaluate("box => getComputedStyle(box, '::before').content")
    assert "The kernel was restarted: run this cell again." in told
    cases.page.reload()
    cases.wait_until_open()
    output.scroll_into_view_if_needed()
    expect(output).not_to_contain_text("Loading widget", use_inner_text=True, timeout=A_START)
    expect(output).to_contain_text(f"Case {BY_MOUSE}.", use_inner_text=True)
    note = output.get_by_text("To answer here, run this cell.")
    expect(note).to_be_visible()
    keep_picture(cases.page, "next-day-case")
    expect(cases.output("mouse")).not_to_contain_text(
        "Error displaying widget", use_inner_text=True
    )
    cases.run("imports")
    cases.run("mouse")
    expect(note).not_to_be_visible()
    box = card(cases, "mouse")
    expect(box.get_by_role("status").first).to_contain_text("That is it")
    expect(box.get_by_role("combobox", name="Cause")).to_have_value(cause_of(BY_MOUSE)[0].name)


def test_the_code_comes_in_a_new_cell(cases, expect):
    cases.run("code")
    expect(cases.notebook.locator(".jp-CodeCell").last).to_contain_text("detective.log(")
