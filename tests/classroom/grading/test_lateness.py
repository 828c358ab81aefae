"""How late a submission is, and what a teacher sees of it."""

from datetime import datetime, timedelta
import io

from nbgrader.api import Gradebook
import pytest
from rich.console import Console

from classroom.grading.lateness import how_late, late_ones
from classroom.grading.tally import GRADED, Entry, Tally, show

LESSON, DUE = "01-loss-definition", datetime(2026, 3, 1, 12)


@pytest.fixture
def gradebook(tmp_path):
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as made:
        made.add_assignment(LESSON, duedate=DUE)
        made.add_notebook(LESSON, LESSON)
        for name, hours in (("ada", -1), ("ben", 30)):
            made.add_student(name)
            made.add_submission(LESSON, name, timestamp=DUE + timedelta(hours=hours))
        yield made


def test_who_is_late_is_told_with_the_extension(gradebook):
    assert {name: one.seconds for name, one in late_ones(gradebook, LESSON).items()} == {
        "ben": 30 * 3600
    }
    gradebook.find_submission(LESSON, "ben").extension = timedelta(days=1)
    assert late_ones(gradebook, LESSON)["ben"].seconds == 6 * 3600


def test_nobody_is_late_where_the_formgrader_took_the_date_and_left_an_extension(gradebook):
    """nbgrader's own property fails there."""
    gradebook.find_submission(LESSON, "ben").extension = timedelta(days=1)
    gradebook.find_assignment(LESSON).duedate = None
    assert late_ones(gradebook, LESSON) == {}


def test_the_table_shows_the_score_that_page_and_file_show():
    entry = Entry("ben", GRADED, score=9.92, max_score=15, late=7200, penalty=2)
    told = io.StringIO()
    show(Tally(LESSON, 1, "jail", students=[entry]), Console(file=told, width=100))
    assert "7.92 / 15" in told.getvalue()
    assert "2 h: \N{MINUS SIGN}2" in told.getvalue()


@pytest.mark.parametrize(
    ("late", "told"),
    [
        (timedelta(), ""),
        (timedelta(seconds=5), "1 min"),
        (timedelta(days=1, hours=2, minutes=3), "1 d 2 h"),
    ],
)
def test_lateness_is_told_by_its_two_largest_units(late, told):
    assert how_late(late) == told
