"""On random honest work, `classroom grade` gives the scores of plain `nbgrader autograde`.

With RANDOM_EDITS=100 in the environment it is tried on so many learners.
"""

import os

from course_of_learners import LESSON
import pytest
from random_edits import edit_at_random

LEARNERS = int(os.environ.get("RANDOM_EDITS", "8"))
FIRST = int(os.environ.get("RANDOM_EDITS_FROM", "0"))


@pytest.fixture(scope="module")
def both(course, quiz_cell, tmp_path_factory):
    """The gradebooks of plain nbgrader and ours, and our report, for the same submissions."""
    plain = course.twin(tmp_path_factory.mktemp("plain"))
    for path in (plain.folder / "submitted").glob("*"):
        path.rename(tmp_path_factory.mktemp("others") / path.name)
    for seed in range(FIRST, FIRST + LEARNERS):
        edit_at_random(plain.learner(f"learner-{seed:03}"), quiz_cell[1], seed)
    ours = plain.twin(tmp_path_factory.mktemp("ours"))
    report = ours.grade(status=None)
    plain.nbgrader("autograde", LESSON)
    return plain.gradebook(), ours.gradebook(), report


def test_the_scores_are_the_same(both):
    plain, ours, report = both
    said = {each["student"]: [each["reason"], *each["flags"]] for each in report["students"]}
    different = {
        student: (plain[student]["grades"], ours[student]["grades"], said[student])
        for student in plain
        if plain[student]["grades"] != ours[student]["grades"]
    }
    assert different == {}


def test_the_work_was_of_many_kinds(both):
    totals = {sum(auto for auto, _, _ in each["grades"].values()) for each in both[0].values()}
    assert len(totals) > LEARNERS // 4


def test_nobody_is_accused_of_anything(both):
    flagged = [each["reason"] for each in both[2]["students"] if each["status"] != "graded"]
    # Which a person should look at.
    assert [reason for reason in flagged if "no Python beside an answer" not in reason] == []
