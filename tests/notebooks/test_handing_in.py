"""Each lesson says at its end how it is handed in."""

from pathlib import Path

import pytest

from classroom import notebook_files
from classroom.course import lesson_file, lesson_names

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("lesson", lesson_names(ROOT))
def test_a_lesson_says_at_its_end_how_it_is_handed_in(lesson):
    for tree in ("solutions", "notebooks"):
        cells = notebook_files.read(lesson_file(ROOT, lesson, tree)).cells
        assert [cell.id for cell in cells[-2:]] == ["hand-in", "next"]
        text = cells[-2].source
        for road in ("**Hand in**", "`quiz.hand_in()`", f"`classroom hand-in {lesson}`"):
            assert road in text
