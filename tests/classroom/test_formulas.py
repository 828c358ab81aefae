"""Every formula of the bank can be drawn."""

import re

from crossentropy.quiz import bank

from classroom.formulas import formula
from classroom.page_text import as_html


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
