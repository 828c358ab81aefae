"""Real submissions on every road that nbgrader offers, with the score that each deserves."""

import csv
import getpass
import json

import pytest

LESSON = "01-loss-definition"


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
    for learner in (getpass.getuser(), "half", "wrong", "untouched", "noisy"):
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
