"""The start page says of each lesson what the lesson says, and each lesson leads to the next."""

from functools import cache
from pathlib import Path
import re

from nbgrader.utils import is_grade
import pytest

from classroom import notebook_files
from classroom.course import lesson_file, lesson_names

ROOT = Path(__file__).parents[2]
LESSONS = lesson_names(ROOT)
START = "00-start-here"


@cache
def cells_of(lesson):
    return notebook_files.read(lesson_file(ROOT, lesson)).cells


def text_of(lesson, cell_id):
    [source] = [cell.source for cell in cells_of(lesson) if cell.id == cell_id]
    return source


def row_of(lesson):
    """Minutes of reading, minutes of the rest, and points, as the table says."""
    table = text_of(START, "path")
    [row] = re.findall(rf"(?m)^\| \[?{lesson[:2]} · .*\| (\d+) \+ (\d+) \| (\d+) \|$", table)
    return [int(number) for number in row]


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_start_page_tells_the_minutes_that_the_lesson_tells(lesson):
    [line] = re.findall(r"\*\*Time:\*\*(.+)", text_of(lesson, "promise"))
    reading, *rest = [int(number) for number in re.findall(r"(\d+)(?= minutes| more| for )", line)]
    assert row_of(lesson)[:2] == [reading, sum(rest)], "change the table of 00-start-here"


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_start_page_tells_the_points_that_the_lesson_gives(lesson):
    points = sum(cell.metadata.nbgrader.points for cell in cells_of(lesson) if is_grade(cell))
    assert row_of(lesson)[2] == points, "change the table of 00-start-here"


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_takes_at_most_45_minutes_before_quiz_and_exercises(lesson):
    assert row_of(lesson)[0] <= 45


@pytest.mark.parametrize(("lesson", "following"), zip(LESSONS, [*LESSONS[1:], START], strict=True))
def test_a_lesson_leads_to_the_next_one(lesson, following):
    """The last one leads back to the start page. Pages to look things up in are no lessons."""
    links = re.findall(r"\]\((\.\./\d\d-.+?\.ipynb)\)", text_of(lesson, "next"))
    assert links == [f"../{following}/{following}.ipynb"]


def test_the_start_page_links_to_every_other_lesson():
    table = text_of(START, "path")
    for lesson in LESSONS:
        assert lesson == START or f"](../{lesson}/{lesson}.ipynb) |" in table
