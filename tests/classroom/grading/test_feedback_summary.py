"""A feedback page begins with what was earned, why points are missing, and what to do next."""

import html
import re

from class_of_answers import NOTHING, hand_in
from course_of_learners import LESSON, Course
from crossentropy.quiz import bank
from nbgrader.api import Gradebook
import pytest
from small_lessons import essay_lesson, tiny_lesson, with_ids

LATE = "2026-03-02 09:30:00.000000 UTC"  # 21 hours and 30 minutes


def mixed_lesson():
    """Return the tiny lesson with a task that a person reads."""
    lesson = tiny_lesson()
    [task] = [cell for cell in essay_lesson().cells if "Read the chapter" in cell.source]
    lesson.cells.append(task)
    return with_ids(lesson)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    course = Course(tmp_path_factory.mktemp("summary"), mixed_lesson())
    hand_in(course)
    (course.folder / "submitted" / "ben" / LESSON / "timestamp.txt").write_text(LATE)
    course.grade(status=1)
    course.classroom("feedback", LESSON)
    return course


@pytest.fixture(scope="module")
def pages(course):
    return {name: text_of(course, name) for name in ("ada", "ben", "cem", NOTHING)}


def text_of(course, student):
    page = (course.folder / "feedback" / student / LESSON / f"{LESSON}.html").read_text()
    # Without the letters of a formula's picture and the styles.
    shown = re.sub(r"(?s)<style.*?</style>|<[^>]*>", " ", page)
    return " ".join(html.unescape(shown).split())


def test_what_a_person_has_not_read_yet_is_no_zero(pages):
    assert "not read yet (of 3.0)" in pages["ada"]
    assert "(Score: 9.0 / 9.0) so far: 3.0 points are not read yet" in pages["ada"]
    assert "Come back when everything is read" in pages["ada"]


def test_exercises_are_called_by_their_names(pages):
    assert "A tiny lesson (double-test)" in pages["ada"]
    assert "Test cell" not in pages["ada"]


def test_lateness_and_its_penalty_are_told(pages):
    told = "Handed in 2026-03-02 09:30 UTC, 21 hours and 30 minutes after it was due; this costs"
    assert told in pages["ben"]
    assert "Handed in late" in pages["ben"]
    assert "Handed in late" not in pages["cem"]


def test_a_quiz_question_shows_the_answer_and_why_it_was_wrong(pages):
    question = bank.question("01-what-it-measures")
    of_cem = pages["cem"]  # whose last answer is c
    assert "01-what-it-measures: not right" in of_cem
    assert question.options[2].text in of_cem
    assert " ".join(question.options[2].why.split()) in of_cem
    assert "(of 4 attempts)" in of_cem


def test_of_a_wrong_answer_the_section_is_named_to_read_again(pages):
    assert "Read again: “Two models, one accuracy” in lesson 1" in pages["cem"]
    assert "Read again" not in pages["ada"]


def test_questions_without_an_answer_are_named(pages):
    assert "01-what-it-measures: not answered" in pages[NOTHING]


def test_what_to_do_next_tells_the_message_of_the_test(pages):
    assert "A tiny lesson (loss-test): the exercise is not solved yet. Mend it" in pages["cem"]


def test_a_page_made_after_grading_by_hand_has_the_points(course, pages):
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}") as gradebook:
        grade = gradebook.find_grade("read", LESSON, LESSON, "ada")
        grade.manual_score, grade.needs_manual_grade = 2.0, False
        gradebook.db.commit()
    course.classroom("feedback", LESSON, "--student=ada")
    assert "(Score: 11.0 / 12.0)" in text_of(course, "ada")
    assert "not read yet" not in text_of(course, "ada")


def test_release_feedback_works_for_submissions_of_every_road(course, pages):
    """It asks for files that only the exchange brings, and stopped at the first without them."""
    course.nbgrader("release_feedback", LESSON)
    released = course.folder.parent / "exchange" / "cross-entropy" / "feedback"
    assert len(list(released.glob("*.html"))) == 6


def test_a_page_made_again_is_released_under_the_same_name(course, pages):
    secret = course.folder / "feedback" / "cem" / LESSON / "submission_secret.txt"
    before = secret.read_text()
    course.classroom("feedback", LESSON, "--student=cem")
    assert secret.read_text() == before
