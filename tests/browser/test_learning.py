"""A learner lands on the start page, works through lesson 01 and hands in, in one JupyterLab."""

import re
import zipfile

from crossentropy.quiz import bank
from nbgrader.utils import is_grade
import pytest

START = "00-start-here"
LESSON = "01-loss-definition"

# The contrast of each text with what is painted behind it (WCAG 2.2), as [ratio, text]. The spans
# of code are left out: they wear JupyterLab's own colours, as in every cell.
CONTRASTS = """root => {
  const channels = colour => colour.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b]
    .map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = element => {
    for (let e = element; e; e = e.parentElement) {
      const colour = channels(getComputedStyle(e).backgroundColor);
      if (colour.length === 3 || colour[3] > 0.99) return luminance(colour);
    }
    return 1;
  };
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim(), element = walker.currentNode.parentElement;
    if (!text || !element.checkVisibility() || element.closest("style, pre span")) continue;
    const style = getComputedStyle(element);
    const ink = luminance(channels(element.closest("svg") ? style.fill : style.color));
    const [low, high] = [ink, ground(element)].sort((a, b) => a - b);
    found.push([(high + 0.05) / (low + 0.05), text]);
  }
  return found;
}"""
READABLE = 4.5


def letter_of(question_id, correct):
    """The first option of a question that is right, or wrong."""
    question = bank.question(question_id)
    return next(
        letter
        for letter, option in zip(question.letters, question.options, strict=True)
        if option.correct == correct
    )


@pytest.fixture(scope="module")
def run_lesson(open_lesson):
    """The lesson after "Run All Cells"."""
    lesson = open_lesson(LESSON)
    lesson.run_all()
    return lesson


@pytest.fixture
def lesson(run_lesson):
    """The same, in front."""
    run_lesson.show()
    return run_lesson


def test_a_learner_lands_on_the_start_page_and_on_nothing_else(landing):
    assert landing.distractions == []
    # Who only looks is not asked to save.
    assert landing.unsaved == 0


def test_the_button_saves_makes_one_file_and_says_what_is_missing(
    open_handed_out, expect, keep_picture
):
    lesson = open_handed_out(START)
    lesson.type_into("warm-up", "# typed, and not saved yet")
    button = lesson.page.get_by_role("button", name="Hand in", exact=True)
    button.click()
    dialog = lesson.page.get_by_role("dialog", name="Your file is ready, and something is missing")
    expect(dialog).to_contain_text("not passed yet; run its check.")
    expect(dialog).to_contain_text("Saved ")
    keep_picture(lesson.page, "hand-in")
    with lesson.page.expect_download() as download:
        dialog.get_by_role("link").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert "typed, and not saved yet" in archive.read(f"{START}/{START}.ipynb").decode()
        assert f"{START}/hand-in.json" in archive.namelist()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)
    lesson.page.evaluate(
        "jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})"
    )
    expect(lesson.page.locator("body[data-jp-theme-light=false]")).to_have_count(1)
    button.click()
    expect(dialog).to_be_visible()
    keep_picture(lesson.page, "hand-in-dark")
    dialog.get_by_role("button", name="Close").click()
    lesson.page.evaluate(
        "jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Light'})"
    )
    expect(lesson.page.locator("body[data-jp-theme-light=true]")).to_have_count(1)


def test_running_it_untouched_fails_in_nothing_but_the_tests_of_its_exercises(lesson):
    graded = [cell for cell in lesson.cells if is_grade(cell)]
    tests = [cell.id for cell in graded if "quiz.points(" not in cell.source]
    assert lesson.cells_with_errors() == tests


def test_every_picture_says_what_it_shows(lesson):
    pictures = lesson.notebook.locator(".jp-Cell-outputArea").get_by_role("img").all()
    assert len(pictures) >= 4
    for picture in pictures:
        words = picture.get_attribute("alt") or picture.get_attribute("aria-label") or ""
        assert len(words.split()) > 5, picture.evaluate("picture => picture.outerHTML")[:200]


def test_an_answer_by_mouse_is_explained_and_recorded(lesson, expect):
    question = "01-what-it-measures"
    wrong = letter_of(question, correct=False)
    card = lesson.card(question)
    card.get_by_role("button", name=wrong, exact=True).click()
    expect(card.get_by_role("status").first).to_contain_text("Not right.")
    assert lesson.recorded()[question] == wrong


def test_the_text_of_an_option_can_be_clicked_like_its_letter(lesson, expect):
    question = "01-right-but-costly"
    right = letter_of(question, correct=True)
    card = lesson.card(question)
    row = card.locator(".ce-row").nth(ord(right) - ord("a"))
    row.click()
    expect(card.get_by_role("status").first).to_contain_text("Right.")
    assert lesson.recorded()[question] == right


def test_an_answer_by_keyboard_is_explained_and_recorded(lesson, expect, keep_picture):
    question = "01-likelihood"
    right = letter_of(question, correct=True)
    card = lesson.card(question)
    card.get_by_role("button", name="a", exact=True).focus()
    for _ in range(ord(right) - ord("a")):
        lesson.page.keyboard.press("Tab")
    expect(card.get_by_role("button", name=right, exact=True)).to_be_focused()
    lesson.page.keyboard.press("Enter")
    expect(card.get_by_role("status").first).to_contain_text("Right.")
    assert lesson.recorded()[question] == right
    keep_picture(lesson.page, "quiz")


def test_a_number_is_answered_with_enter(lesson, expect):
    question = "01-loss-to-probability"
    answer = bank.question(question).answer
    card = lesson.card(question)
    card.get_by_role("textbox").fill(str(answer))
    lesson.page.keyboard.press("Enter")
    expect(card.get_by_role("status").first).to_contain_text("Right.")
    assert lesson.recorded()[question] == answer


def test_the_picture_follows_the_arrow_keys(lesson, expect, keep_picture):
    picture = lesson.output("explorer")
    told = picture.locator("[aria-live]")
    before = told.text_content()
    slider = picture.get_by_role("slider").first
    expect(slider).to_have_attribute("aria-label", re.compile(r"\w"))
    slider.focus()
    lesson.page.keyboard.press("ArrowLeft")
    expect(told).not_to_have_text(before)
    expect(slider).to_be_focused()
    keep_picture(lesson.page, "picture")


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_every_word_is_legible(lesson, expect, keep_picture, theme):
    lesson.choose("Settings", "Theme", theme)
    expect(lesson.page.locator("body")).to_have_attribute("data-jp-theme-name", theme)
    faint = []
    for cell_id in ["practice-measures", "practice-second-of-three", "explorer"]:
        lesson.output(cell_id).scroll_into_view_if_needed()
        keep_picture(lesson.page, f"{cell_id}-{theme.split()[-1].lower()}")
        contrasts = lesson.output(cell_id).evaluate(CONTRASTS)
        assert len(contrasts) > 5
        faint += [(cell_id, *found) for found in contrasts if found[0] < READABLE]
    assert faint == []
