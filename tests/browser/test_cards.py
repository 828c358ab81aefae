"""A card that is clicked twice, clicked while a cell runs, left by its kernel, or opened again."""

import json
from pathlib import Path
import re
import time

import pytest

LESSON = "08-mastery"
CHOICE = "01-what-it-measures"
PICTURE = """
from crossentropy import pictures

pictures.show(pictures.probability_explorer())
"""
# It ends when the test says so, and in so many seconds.
SLOW = """
from pathlib import Path
import time

end = Path("end")
for _ in range(1200):
    if end.exists() and (seconds := end.read_text()):
        time.sleep(float(seconds))
        end.unlink()
        break
    time.sleep(0.05)
"""
CELLS = {
    "imports": "from crossentropy import quiz",
    "choice": f'quiz.ask("{CHOICE}")',
    "slow": SLOW,
    "picture": PICTURE,
}
A_START = 120_000
WAITS = "Your click is kept: it waits for the cell that is running."


@pytest.fixture(scope="module")
def cards(open_cells):
    """A notebook with cards."""
    lesson = open_cells(LESSON, CELLS)
    for name in ("imports", "choice", "picture"):
        lesson.run(name)
    return lesson


def card(lesson, name):
    return lesson.output(name).locator(".ce-quiz").first


def attempts(lesson):
    record = json.loads((Path(lesson.folder) / "responses.json").read_text())
    return record["responses"][CHOICE]["attempts"]


def feedback(lesson):
    return card(lesson, "choice").get_by_role("status").first


def begin_the_slow_cell(lesson, expect):
    lesson.prompt("slow").click()
    lesson.page.keyboard.press("Control+Enter")
    expect(lesson.prompt("slow")).to_have_text("[*]:")


def end_the_slow_cell(lesson, seconds=0):
    (lesson.folder / "end").write_text(str(seconds))


def asleep(lesson, name):
    return lesson.output(name).locator(".ce-asleep")


def test_a_double_click_is_one_attempt(cards, expect):
    letter = card(cards, "choice").locator(".ce-letter").first
    letter.dblclick()
    expect(feedback(cards)).to_contain_text("ight.")
    cards.wait_for_kernel()
    assert [one["answer"] for one in attempts(cards)] == ["a"]


def test_a_click_while_a_cell_runs_is_answered_while_it_runs(cards, expect):
    begin_the_slow_cell(cards, expect)
    row = card(cards, "choice").locator(".ce-row").nth(1)
    row.locator(".ce-letter").click()
    expect(row).to_contain_text("Your answer")
    assert cards.prompt("slow").text_content() == "[*]:"
    assert attempts(cards)[-1]["answer"] == "b"
    end_the_slow_cell(cards)
    expect(cards.prompt("slow")).not_to_have_text("[*]:")


def test_where_it_cannot_be_answered_it_says_that_it_waits_and_costs_no_time(
    without_subshells, open_cells, expect, keep_picture
):
    lesson = open_cells(LESSON, CELLS)
    lesson.run("imports")
    begun = time.monotonic()
    lesson.run("choice")
    begin_the_slow_cell(lesson, expect)
    row = card(lesson, "choice").locator(".ce-row").nth(1)
    row.locator(".ce-letter").click()
    took = time.monotonic() - begun
    expect(row).to_have_class(re.compile("ce-waiting"))
    shown = row.locator(".ce-part").evaluate("it => getComputedStyle(it, '::after').content")
    assert "Waiting for the cell that is running." in shown
    expect(card(lesson, "choice").get_by_text(WAITS)).to_have_attribute("aria-live", "polite")
    keep_picture(lesson.page, "waiting")
    end_the_slow_cell(lesson, seconds=took + 1)
    expect(row).to_contain_text("Your answer")
    expect(row).not_to_have_class(re.compile("ce-waiting"))
    expect(card(lesson, "choice").get_by_text(WAITS)).to_have_count(0)
    [attempt] = attempts(lesson)
    assert attempt["answer"] == "b"
    # With the wait it would be more than twice as much.
    assert attempt["seconds"] <= took + 1
    lesson.close()


def test_after_a_restart_cards_and_pictures_say_what_to_do(cards, expect):
    for name in ("choice", "picture"):
        expect(cards.output(name).locator(".ce-quiz, .ce-accessible").first).to_be_visible()
        expect(asleep(cards, name)).not_to_be_visible()
    cards.save()
    cards.choose("Kernel", "Restart Kernel…")
    cards.page.locator(".jp-Dialog .jp-mod-accept").click()
    cards.wait_for_kernel()
    for name in ("choice", "picture"):
        box = cards.output(name).locator(".ce-quiz, .ce-accessible").first
        told = box.evaluate("box => getComputedStyle(box, '::before').content")
        assert "The kernel was restarted: run this cell again." in told, name


def test_the_next_day_a_notebook_shows_questions_and_pictures_and_how_answers_come_back(
    cards, expect, keep_picture
):
    cards.server.stop_kernels()
    cards.page.reload()
    cards.wait_until_open()
    shown = {
        "choice": ("To answer here, run this cell.", "how far the predicted probabilities are"),
        "picture": ("To move this picture, run this cell.", ""),
    }
    for name, texts in shown.items():
        output = cards.output(name)
        output.scroll_into_view_if_needed()
        expect(output).not_to_contain_text("Loading widget", use_inner_text=True, timeout=A_START)
        for text in texts:
            expect(output).to_contain_text(text, use_inner_text=True)
        expect(asleep(cards, name)).to_be_visible()
        expect(output).not_to_contain_text("Error displaying widget", use_inner_text=True)
        keep_picture(cards.page, f"next-day-{name}")
    expect(cards.output("picture").get_by_role("img").first).to_be_visible()
    cards.run("imports")
    cards.run("choice")
    expect(card(cards, "choice")).to_contain_text("Your answer: right")
    expect(asleep(cards, "choice")).not_to_be_visible()
