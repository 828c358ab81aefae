"""What the table of a graded class says to a teacher."""

import io

import pytest
from rich.console import Console

from classroom.grading.tally import GRADED, Entry, Tally, show


def told(*scores):
    """Return what is printed of a class in which each has so many points in two cells."""
    students = [
        Entry(
            f"learner-{number}",
            GRADED,
            score=sum(pair),
            max_score=4,
            cells=[
                {"id": name, "score": score, "max_score": 2}
                for name, score in zip(("double-test", "loss-test"), pair, strict=True)
            ],
        )
        for number, pair in enumerate(scores)
    ]
    out = io.StringIO()
    show(Tally("01-loss-definition", 1, "jail", students=students), Console(file=out, width=200))
    return out.getvalue()


def test_a_cell_in_which_nobody_has_points_is_doubted():
    said = told((2, 0), (1, 0), (0, 0))
    assert "Nobody has points in loss-test." in said
    assert "classroom execute 01-loss-definition" in said


@pytest.mark.parametrize("scores", [[(2, 0), (1, 0)], [(2, 0), (1, 0), (0, 1)]])
def test_it_is_not_while_somebody_has_or_few_have_handed_in(scores):
    assert "Nobody" not in told(*scores)
