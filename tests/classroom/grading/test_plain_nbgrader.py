"""Real submissions on every road that nbgrader offers, with the score that each deserves.

And `classroom grade` leaves what `nbgrader autograde` leaves, on the same submissions.
"""

import csv
import getpass
import json
import stat

from course_of_learners import cells_left
from nbgrader.api import Gradebook
import pytest

LESSON = "01-loss-definition"
LEARNERS = [getpass.getuser(), "half", "wrong", "untouched", "noisy"]


def test_all_right_earns_every_point(scores, points):
    assert scores["right"] == points


def test_all_wrong_earns_nothing(scores, points):
    assert scores["wrong"] == dict.fromkeys(points, 0)


def test_an_untouched_lesson_earns_nothing(scores, points):
    assert scores["untouched"] == dict.fromkeys(points, 0)


def test_one_exercise_and_half_the_quiz_earn_their_part(scores, points, quiz_cell, course):
    cell, questions = quiz_cell
    earned = dict.fromkeys(points, 0.0)
    for grade_id in cells_of_the_first_exercise(course):
        earned[grade_id] = points[grade_id]
    earned[cell] = round(points[cell] * (len(questions) // 2) / len(questions), 2)
    assert scores["half"] == earned
    assert 0 < sum(earned.values()) < sum(points.values())


def cells_of_the_first_exercise(course):
    """Return the ids of the test cells between the first answer cell and the second."""
    graded = [cell for cell in course.source().cells if "nbgrader" in cell.metadata]
    kinds = [cell.metadata.nbgrader.solution for cell in graded]
    start = kinds.index(True) + 1
    stop = kinds.index(True, start)
    tests = [cell for cell in graded[start:stop] if "quiz.points(" not in cell.source]
    return [cell.metadata.nbgrader.grade_id for cell in tests]


def test_warnings_and_stderr_in_a_learners_function_cost_nothing(scores, points):
    assert scores["noisy"] == points


@pytest.mark.parametrize("learner", [getpass.getuser(), "half", "noisy"])
def test_the_quiz_answers_arrive_on_every_road(scores, course, quiz_cell, learner):
    name = "autograded"
    answers = json.loads((course.folder / name / learner / LESSON / "responses.json").read_text())
    assert set(answers["responses"]) == set(quiz_cell[1])


def test_feedback_is_made_for_everybody(scores, course):
    course.nbgrader("generate_feedback", LESSON)
    for learner in LEARNERS:
        page = course.folder / "feedback" / learner / LESSON / f"{LESSON}.html"
        assert "Score:" in page.read_text()


def test_the_export_has_each_learners_total(scores, course, points):
    course.nbgrader("export")
    with open(course.folder / "grades.csv") as file:
        totals = {row["student_id"]: float(row["raw_score"]) for row in csv.DictReader(file)}
    names = {"right": getpass.getuser()}
    assert totals == {
        names.get(learner, learner): sum(cells.values()) for learner, cells in scores.items()
    }


@pytest.fixture(scope="module")
def graded(course, scores, tmp_path_factory):
    """The same class with nothing graded, then graded by us: its folder and our report."""
    ours = course.twin(tmp_path_factory.mktemp("ours"))
    return ours.folder, ours.grade()


def rows(folder, learner):
    """Return all that a gradebook says of a learner's submission."""
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        submission = gradebook.find_submission(LESSON, learner)
        [notebook] = submission.notebooks
        return {
            "timestamp": submission.timestamp,
            "seconds late": submission.total_seconds_late,
            "penalty": notebook.late_submission_penalty,
            "score": submission.score,
            "needs a person": submission.needs_manual_grade,
            "grades": {
                grade.name: (grade.auto_score, grade.manual_score, grade.needs_manual_grade)
                for grade in notebook.grades
            },
            "comments": {
                comment.name: (comment.auto_comment, comment.manual_comment)
                for comment in notebook.comments
            },
        }


@pytest.mark.parametrize("learner", LEARNERS)
def test_the_gradebook_says_the_same(course, graded, learner):
    assert rows(graded[0], learner) == rows(course.folder, learner)


def test_the_gradebooks_differ_between_learners(graded):
    said = [rows(graded[0], learner) for learner in ("half", "wrong", "untouched", "noisy")]
    assert all(said.count(each) == 1 for each in said)
    assert said[3]["penalty"] == 15  # a late submission loses it all under this course's rule


@pytest.mark.parametrize("learner", LEARNERS)
def test_the_same_files_are_left(course, graded, learner):
    assert files(graded[0], learner) == files(course.folder, learner)


def files(folder, learner):
    """Return the files that were left: name, permissions, and content but of the notebook."""
    home = folder / "autograded" / learner / LESSON
    return {
        str(path.relative_to(home)): (
            stat.S_IMODE(path.stat().st_mode),
            path.suffix == ".ipynb" or path.read_bytes(),
        )
        for path in home.rglob("*")
        # The lock of a quiz appears only when a run answers one.
        if path.name != ".responses.json.lock"
    }


@pytest.mark.parametrize("learner", LEARNERS)
def test_the_notebooks_hold_the_same_cells_and_outputs(course, graded, learner):
    assert cells_left(graded[0], learner) == cells_left(course.folder, learner)


def test_the_report_has_the_scores_of_the_gradebook(graded):
    folder, report = graded
    for entry in report["students"]:
        grades = rows(folder, entry["student"])["grades"]
        assert {cell["id"]: cell["score"] for cell in entry["cells"]} == {
            name: score for name, (score, _, _) in grades.items()
        }
        assert entry["status"] == "graded"
        assert entry["score"] == sum(score for score, _, _ in grades.values())
        assert entry["max_score"] == sum(cell["max_score"] for cell in entry["cells"])
    assert report["lesson"] == LESSON
    assert report["wall_seconds"] > 0


def test_formgrader_and_feedback_go_on_from_here(graded, course):
    folder, _ = graded
    course.nbgrader("generate_feedback", LESSON, cwd=folder)
    assert all((folder / "feedback" / name / LESSON).is_dir() for name in LEARNERS)
