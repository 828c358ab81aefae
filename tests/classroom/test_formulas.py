"""Formulas are drawn, those of the bank and those of notebooks."""

from pathlib import Path
import re

from crossentropy.quiz import bank
from nbconvert import HTMLExporter
import nbformat
from traitlets.config import PyFileConfigLoader

from classroom.formulas import formula, picture
from classroom.page_text import as_html

ROOT = Path(__file__).parents[2]


def texts():
    for lesson in bank.lessons():
        for one in bank.questions(lesson):
            yield from (one.prompt, one.why, one.otherwise)
            yield from (part for option in one.options for part in (option.text, option.why))
            yield from (wrong.why for wrong in one.wrong)


def test_every_formula_of_the_bank_becomes_a_picture_with_a_text():
    pages = [as_html(text) for text in texts() if "$" in text]
    assert pages
    assert not any(
        "$" in re.sub(r'(?s)<code>.*?</code>|aria-label="[^"]*"', "", one) for one in pages
    )
    assert sum(one.count('<svg class="formula" role="img" aria-label="') for one in pages) > 40


def test_what_is_no_formula_is_shown_as_it_is_written():
    assert formula(r"\nonsense{<") == r"<code>\nonsense{&lt;</code>"


def test_the_page_escapes_what_a_question_holds():
    assert "<b>" not in as_html("a <b> and `<i>`")


def test_the_cells_of_a_notebook_show_formulas_without_a_network():
    """As the course's settings have it, for the Formgrader and for nbgrader's own pages."""
    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    # MathJax may set what we cannot, if it is there.
    text = r"The loss $-\log p$ is **small**: $$\sum_k y_k$$ and $\nonsense{<}$."
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text)])
    page, _ = HTMLExporter(config=config, template_name="basic").from_notebook_node(notebook)
    assert page.count('class="formula"') == 2
    assert "<strong>small</strong>" in page
    assert r"$\nonsense{&lt;}$" in page


def test_a_formula_that_nobody_would_write_is_not_set():
    assert picture("x" * 10_000) is None
