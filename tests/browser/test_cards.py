"""A card that is clicked twice, clicked while a cell runs, left by its kernel, or opened again."""

import json
from pathlib import Path
import re

import nbformat
import pytest

from classroom import notebook_files

LESSON = "08-mastery"
CHOICE = "01-what-it-measures"
CELLS = {
    "imports": "from crossentropy import quiz",
    "choice": f'quiz.ask("{CHOICE}")',
    "slow": "import time\n\ntime.sleep(10)",
}
WAITS = "Your click is kept: it waits for the cell that is running."


def write_notebook(folder):
    """Write the notebook of this test as a learner's copy of a lesson."""
    cells = []
    for name, source in CELLS.items():
        cell = nbformat.v4.new_code_cell(source)
        cell["id"] = name
        cells.append(cell)
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    path = folder / LESSON / f"{LESSON}.ipynb"
    path.parent.mkdir(parents=True)
    notebook_files.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), path)


@pytest.fixture(scope="module")
def cards(open_cells):
    """A notebook with cards."""
    lesson = open_cells(LESSON, write_notebook)
    lesson.run("imports")
    lesson.run("choice")
    return lesson


def card(lesson, name):
    return lesson.output(name).locator(".ce-quiz").first


def attempts(lesson):
    record = json.loads((Path(lesson.folder) / "responses.json").read_text())
    return record["responses"][CHOICE]["attempts"]


def feedback(lesson):
    return card(lesson, "choice").get_by_role("status").first


def test_a_double_click_is_one_attempt(cards, expect):
    letter = card(cards, "choice").locator(".ce-letter").first
    letter.dblclick()
    expect(feedback(cards)).to_contain_text("ight.")
    cards.wait_for_kernel()
    assert [one["answer"] for one in attempts(cards)] == ["a"]


def test_a_click_while_a_cell_runs_says_that_it_waits_and_costs_no_time(
    cards, expect, keep_picture
):
    cards.run("choice")
    cards.prompt("slow").click()
    cards.page.keyboard.press("Control+Enter")
    expect(cards.prompt("slow")).to_have_text("[*]:")
    row = card(cards, "choice").locator(".ce-row").nth(1)
    row.locator(".ce-letter").click()
    expect(row).to_have_class(re.compile("ce-waiting"))
    shown = row.locator(".ce-part").evaluate("it => getComputedStyle(it, '::after').content")
    assert "Waiting for the cell that is running." in shown
    expect(card(cards, "choice").get_by_text(WAITS)).to_have_attribute("aria-live", "polite")
    keep_picture(cards.page, "waiting")
    expect(row).to_contain_text("Your answer")
    expect(row).not_to_have_class(re.compile("ce-waiting"))
    expect(card(cards, "choice").get_by_text(WAITS)).to_have_count(0)
    assert attempts(cards)[-1]["answer"] == "b"
    assert attempts(cards)[-1]["seconds"] < 8
