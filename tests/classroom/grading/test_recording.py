"""What a person grades waits for a person, and stays, as in plain nbgrader."""

from course_of_learners import LESSON, cells_left
from nbgrader.api import Gradebook
import pytest


@pytest.fixture(scope="module")
def essays(essay_course, tmp_path_factory):
    """A class that a person grades in part, by plain nbgrader and by us: their two courses."""
    plain = essay_course.twin(tmp_path_factory.mktemp("plain-essays"))
    plain.learner("silent")
    writer = plain.learner("writer")
    writer.write("why", "It makes sums of products.")
    writer.write("figure", "numbers = [1, 2]")
    writer.cell("note").source = "changed"
    writer.save()
    ours = plain.twin(tmp_path_factory.mktemp("our-essays"))
    plain.nbgrader("autograde", LESSON)
    report = ours.grade("--workers=1", status=1)
    return plain, ours, report


def test_what_a_person_grades_waits_for_a_person(essays):
    plain, ours, report = essays
    assert ours.gradebook() == plain.gradebook()
    said = {entry["student"]: entry["reason"] for entry in report["students"]}
    assert said["writer"] == "Cells that a person grades: why, figure, read."
    assert said["silent"] == "Cells that a person grades: read."
    assert cells_left(ours.folder, "writer") == cells_left(plain.folder, "writer")


def test_a_score_by_hand_outlives_grading_again(essays):
    plain, ours, _ = essays
    for course in (plain, ours):
        with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}") as gradebook:
            grade = gradebook.find_grade("why", LESSON, LESSON, "writer")
            grade.manual_score, grade.needs_manual_grade = 3, False
            comment = gradebook.find_comment("why", LESSON, LESSON, "writer")
            comment.manual_comment = "Nearly."
            gradebook.db.commit()
    plain.nbgrader("autograde", LESSON, "--force")
    ours.grade("--workers=1", "--force", status=1)
    assert ours.gradebook() == plain.gradebook()
    assert ours.gradebook()["writer"]["grades"]["why"][1] == 3
