"""The numbers of a report are those counted by hand, in the class of `class_of_answers`."""

import csv
from datetime import UTC, datetime
import re

from class_of_answers import ANSWERS, NOTHING, hand_in
from course_of_learners import LESSON, Course
from crossentropy.quiz import bank
import pytest
from small_lessons import tiny_lesson

from classroom.report.lesson_report import make_report

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A course whose class has handed in and was graded."""
    course = Course(tmp_path_factory.mktemp("report"), tiny_lesson())
    hand_in(course)
    course.grade()
    return course


@pytest.fixture(scope="module")
def report(graded):
    return make_report(graded.folder, LESSON, now=NOW)


@pytest.fixture(scope="module")
def rows(report):
    return {row.question.id: row for row in report.questions}


@pytest.mark.parametrize(
    ("question", "right_first", "right_last"),
    [
        ("01-what-it-measures", 2 / 5, 4 / 5),
        ("01-second-of-three", 2 / 5, 3 / 5),
        ("01-likelihood", 3 / 5, 3 / 5),
    ],
)
def test_right_at_first_and_at_last(rows, question, right_first, right_last):
    assert rows[question].answered == 5
    assert rows[question].right_first == right_first
    assert rows[question].right_last == right_last


def test_the_time_is_the_median_of_what_is_known_of_first_answers(rows):
    assert rows["01-what-it-measures"].seconds == (20 + 30) / 2


def test_hints_are_counted_once_a_learner(rows):
    assert rows["01-what-it-measures"].with_hint == 1 / 5
    assert rows["01-likelihood"].with_hint == 0


def test_discrimination_is_the_correlation_with_the_other_questions(rows):
    # Right here: 1 0 0 1 0, with mean 0.4. Share of the others: 1, 0, 0, 1, 0.5, with mean 0.5.
    assert rows["01-what-it-measures"].discrimination == pytest.approx(1 / (1.2 * 1.0) ** 0.5)


def test_wrong_options_are_counted_at_first_and_at_last_with_their_misconception(rows):
    found = {
        one.mistake.key: (one.at_first, one.at_last) for one in rows["01-what-it-measures"].chosen
    }
    assert found == {"a": (3, 0), "c": (0, 1)}
    [of_a] = [one for one in rows["01-what-it-measures"].chosen if one.mistake.key == "a"]
    assert of_a.mistake.misconception == bank.question("01-what-it-measures").options[0].why


def test_the_three_misconceptions_most_alive_are_told_with_their_sections(report):
    found = [(one.question.id, one.chosen.mistake.key) for one in report.alive]
    # At first and at last: 2 + 2, then 3 + 0 and 2 + 1.
    assert found == [
        ("01-likelihood", "b"),
        ("01-what-it-measures", "a"),
        ("01-second-of-three", "a"),
    ]
    assert "First way: likelihood" in report.alive[0].section


def test_what_the_lesson_asks_stands_before_what_else_was_answered(report):
    assert [row.question.id for row in report.questions] == [
        "01-what-it-measures",
        "01-second-of-three",
        "01-likelihood",
    ]


def test_graded_cells_say_who_lost_points_and_what_they_were_told(report):
    rows = {row.grade_id: row for row in report.exercises}
    assert rows["double-test"].points == pytest.approx(3 * 2 / 6)
    assert rows["double-test"].messages == (
        ("the exercise is not solved yet.", ("dia", "eli", "fay")),
    )
    assert rows["loss-test"].lost == 5


def test_the_quiz_cell_tells_what_the_quiz_printed(report):
    [row] = [row for row in report.exercises if row.grade_id == "quiz-test"]
    assert row.points == pytest.approx((4 + 4 + 0 + 4 + 2 + 0) / 6)
    told = {student: message for message, students in row.messages for student in students}
    assert told["eli"].startswith("1 of 2 right: 2 of 4 points")


def test_who_is_stuck_is_told_with_the_reasons(report):
    stuck = {row.student: " ".join([*row.stuck, row.notice]) for row in report.learners}
    assert "still wrong after 3 answers or more: 01-what-it-measures" in stuck["cem"]
    assert "not finished, and nothing for 10 days" in stuck["dia"]
    assert "No responses.json was handed in." in stuck[NOTHING]
    assert stuck["ada"].strip() == ""


def test_those_who_may_be_stuck_stand_first(report):
    assert [bool(row.stuck) for row in report.learners] == sorted(
        (bool(row.stuck) for row in report.learners), reverse=True
    )


def test_nobody_of_this_class_is_called_a_copy(report):
    assert report.alike == ()


@pytest.fixture(scope="module")
def printed(graded):
    return graded.classroom("report", LESSON)


def test_the_terminal_says_what_to_teach_again(printed):
    words = " ".join(printed.split())
    assert "teach again" in words
    assert "2 of 5 answered so at first, 2 still at last" in words


def test_the_tables_hold_the_same_numbers(printed, graded):
    folder = graded.folder / "reports" / LESSON
    with (folder / "questions.csv").open(newline="") as file:
        rows = {row["question"]: row for row in csv.DictReader(file)}
    assert rows["01-what-it-measures"]["right_at_first"] == "0.4"
    assert rows["01-what-it-measures"]["median_seconds"] == "25.0"
    with (folder / "learners.csv").open(newline="") as file:
        assert {row["learner"] for row in csv.DictReader(file)} == {*ANSWERS, NOTHING}


def test_the_page_asks_for_nothing_from_elsewhere(printed, graded):
    page = (graded.folder / "reports" / LESSON / "report.html").read_text()
    asked = re.findall(r'(?:src|href)="([^"]*)"|url\(([^)]*)\)|@import', page)
    assert all(one[0].startswith("#") or one[0].endswith(".csv") for one in asked)
    assert "<script" not in page


def test_hidden_names_stand_nowhere(graded, tmp_path):
    told = graded.classroom("report", LESSON, "--hide-names", f"--to={tmp_path}")
    for text in [told, *(path.read_text() for path in tmp_path.iterdir())]:
        assert not re.search(rf"\b({'|'.join([*ANSWERS, NOTHING])})\b", text)
    assert re.search(r"learner \d", told)  # their numbers are drawn anew each time


def test_a_lesson_that_nobody_has_handed_in_is_refused_in_one_sentence(graded):
    assert graded.classroom("report", "no-such-lesson", status=2) == ""
