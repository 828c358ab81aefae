"""A review is seen in the Formgrader, and whoever is done with it finds the list shorter."""

from course_of_learners import LESSON
from nbgrader.api import Gradebook
import pytest

from classroom.grading.review import as_reviewed, unread


def gradebook_of(course):
    return Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}")


def status(tally):
    return {entry["student"]: (entry["status"], entry["reason"]) for entry in tally["students"]}


def test_a_doubt_is_a_flag_in_the_formgrader_and_goes_when_a_person_takes_it_away(
    tiny_course, tmp_path
):
    course = tiny_course.twin(tmp_path)
    learner = course.learner("ada")
    (learner.folder / "responses.json").write_text("{")
    course.learner("ben").solve()
    doubt = ("needs_review", "'responses.json' is damaged, so the answers in it earned nothing.")
    assert status(course.grade(status=1)) == {"ada": doubt, "ben": ("graded", "")}
    with gradebook_of(course) as gradebook:
        of_ada, of_ben = (
            gradebook.find_submission_notebook(LESSON, LESSON, name) for name in ("ada", "ben")
        )
        assert (of_ada.flagged, of_ben.flagged) == (True, False)
    assert status(course.grade(status=1))["ada"] == doubt
    with gradebook_of(course) as gradebook:  # as the Formgrader does
        gradebook.find_submission_notebook(LESSON, LESSON, "ada").flagged = False
        gradebook.db.commit()
    again = course.grade()
    assert status(again)["ada"] == ("graded", "")
    assert doubt[1] in again["students"][0]["flags"]  # it can still be read


def test_cells_that_are_read_leave_the_list(essay_course, tmp_path):
    course = essay_course.twin(tmp_path)
    course.learner("ada")
    assert status(course.grade(status=1))["ada"] == ("needs_review", unread(["read"]))
    with gradebook_of(course) as gradebook:
        grade = gradebook.find_grade("read", LESSON, LESSON, "ada")
        grade.manual_score, grade.needs_manual_grade = 3.0, False
        gradebook.db.commit()
    assert status(course.grade())["ada"] == ("graded", "")


DOUBTED = {"status": "needs_review", "reason": "Look.", "flags": ["A note."], "flagged": True}


@pytest.mark.parametrize(
    ("report", "flagged", "waiting", "expected"),
    [
        (DOUBTED, True, [], DOUBTED),
        (DOUBTED, False, [], {**DOUBTED, "status": "graded", "reason": ""}),
        (DOUBTED, False, ["why"], {**DOUBTED, "reason": unread(["why"])}),
        ({"status": "graded"}, True, [], {"status": "graded"}),
    ],
)
def test_what_a_person_has_done_since_is_seen(report, flagged, waiting, expected):
    found = as_reviewed(report, flagged, waiting)
    assert {**found, "flags": None} == {**expected, "flags": None}
