"""Feedback says what failed in the words of the test, and shows no hidden one."""

import html
import re

from course_of_learners import LESSON
from hostile_code import almost_right, prints_the_tests, raises_the_tests
import pytest
from small_lessons import QUIZ

NAMES = ("all-right", "almost-right", "untouched", "prints-the-tests", "raises-the-tests")
SPOIL = {
    "almost-right": almost_right,
    "prints-the-tests": prints_the_tests,
    "raises-the-tests": raises_the_tests,
}


@pytest.fixture(scope="module")
def pages(tiny_course, tmp_path_factory):
    """Return the feedback page of some learners, as text without tags."""
    course = tiny_course.twin(tmp_path_factory.mktemp("feedback"))
    for name in NAMES:
        learner = course.learner(name)
        if name != "untouched":
            learner.solve()
            learner.answer(QUIZ)
        SPOIL.get(name, lambda learner: None)(learner)
    course.grade()
    course.classroom("feedback", LESSON)
    return {name: text_of(course.folder / "feedback" / name / LESSON) for name in NAMES}


def text_of(folder):
    [page] = folder.glob("*.html")
    return html.unescape(re.sub(r"<[^>]*>", "", page.read_text()))


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("almost-right", "Not passed: It should double every number, 41 too."),
        ("untouched", "Not passed: the exercise is not solved yet."),
        ("all-right", "(Score: 9.0 / 9.0)"),
    ],
)
def test_feedback_says_what_failed_in_the_words_of_the_test(pages, name, sentence):
    assert sentence in pages[name]


def test_feedback_shows_visible_tests_and_no_hidden_ones(pages):
    for page in pages.values():
        assert 'assert double(3) == 6, "Twice 3 is 6."' in page
        assert "secret_number" not in page
        assert "HIDDEN TESTS" not in page
