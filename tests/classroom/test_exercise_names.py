"""Graded cells are called after the headings above them."""

import nbformat
import pytest
from small_lessons import cell, essay_lesson

from classroom.exercise_names import exercise_names


def names(*cells):
    return list(exercise_names(cells).values())


def text(source):
    return nbformat.v4.new_markdown_cell(source)


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("## Exercise 1 · The loss (7 points)", "Exercise 1 · The loss"),
        ("### What the quiz counts: 5 points", "What the quiz counts"),
        ("## Exercise 4 · Which one? (4 points, graded by a person)", "Exercise 4 · Which one?"),
        ("## Exercise 2: the *floor*", "Exercise 2: the floor"),
    ],
)
def test_a_heading_is_told_without_its_points(heading, name):
    assert names(text(heading), cell("assert True", "test", 1)) == [name]


def test_text_in_bold_names_the_part_of_an_exercise():
    found = names(
        text("## Exercise 1"),
        text("**One example (2 points).** A batch of one."),
        cell("assert True", "first", 1),
        text("**More (1 point).**"),
        cell("assert True", "second", 1),
    )
    assert found == ["Exercise 1: One example", "Exercise 1: More"]


def test_cells_of_one_name_are_told_apart_by_their_ids():
    found = names(text("## Logs"), cell("1", "log-a", 1), cell("1", "log-b", 1))
    assert found == ["Logs (log-a)", "Logs (log-b)"]


def test_without_a_heading_a_cell_has_its_id():
    assert exercise_names(essay_lesson().cells) == {
        name: name for name in ("why", "figure", "read", "numbers-test")
    }


def test_what_looks_like_a_heading_in_code_is_none():
    found = names(text("## Logs\n\n```\n# no heading\n```"), cell("1", "log-a", 1))
    assert found == ["Logs"]
