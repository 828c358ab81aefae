"""Real submissions on every road that nbgrader offers, with the score that each deserves."""

import csv
import getpass
import json
import shutil

import pytest

LESSON = "01-loss-definition"
NOISE = """
import logging, os, sys, warnings
import numpy as np
import tensorflow as tf

def make_noise():
    warnings.warn("a learner's own warning", UserWarning)
    np.log(np.zeros(1))
    print("a note to stderr", file=sys.stderr)
    tf.print("a note from TensorFlow")
    logging.getLogger("learner").warning("a log line")
    os.write(2, b"a line to descriptor 2")

def noisy(function):
    def wrapper(*args, **kwargs):
        make_noise()
        return function(*args, **kwargs)
    return wrapper
"""


@pytest.fixture(scope="module")
def scores(course, quiz_cell, tmp_path_factory):
    """Grade five learners who came by three roads; return their scores a cell."""
    from_exchange = getpass.getuser()
    submit_by_exchange(course, quiz_cell, tmp_path_factory.mktemp("learner"))
    submit_by_zip(course, quiz_cell, tmp_path_factory.mktemp("zip"))
    submit_by_folder(course, quiz_cell)
    # What a teacher left beside the source by mistake must not replace anybody's answers.
    (course.folder / "solutions" / LESSON / "responses.json").write_text('{"schema": 1}')
    result = {
        learner: course.autograde(learner)
        for learner in (from_exchange, "half", "wrong", "untouched", "noisy")
    }
    result["right"] = result.pop(from_exchange)
    return result


def submit_by_exchange(course, quiz_cell, home):
    """All right, as `nbgrader fetch_assignment`, `submit` and `collect` carry it."""
    course.nbgrader("release_assignment", LESSON)
    exchange = [f"--Exchange.root={course.folder.parent / 'exchange'}", "--course=cross-entropy"]
    course.nbgrader("fetch_assignment", LESSON, *exchange, cwd=home)
    learner = course.submission(home / LESSON)
    learner.solve()
    learner.answer(quiz_cell[1])
    course.nbgrader("submit", LESSON, *exchange, cwd=home)
    course.nbgrader("collect", LESSON)


def submit_by_zip(course, quiz_cell, home):
    """The first answer cell and the first half of the quiz, as a zip from a learning platform."""
    learner = course.submission(home / "half")
    learner.solve(first(learner.solutions))
    questions = quiz_cell[1]
    learner.answer(questions[: len(questions) // 2])
    learner.answer(questions[len(questions) // 2 :], right=False)
    archive = course.folder / "downloaded" / LESSON / "archive"
    archive.mkdir(parents=True)
    shutil.make_archive(archive / "half", "zip", learner.folder)
    course.nbgrader("zip_collect", LESSON)


def submit_by_folder(course, quiz_cell):
    """All wrong, untouched, and all right but noisy, as folders that a teacher puts in place."""
    wrong = course.submission(course.folder / "submitted" / "wrong" / LESSON)
    wrong.spoil()
    wrong.answer(quiz_cell[1], right=False)
    course.submission(course.folder / "submitted" / "untouched" / LESSON)
    noisy = course.submission(course.folder / "submitted" / "noisy" / LESSON)
    noisy.answer(quiz_cell[1])
    for grade_id, source in noisy.solutions.items():
        noisy.write(grade_id, NOISE + source.replace("def ", "@noisy\ndef ", 1))


def first(solutions):
    return next(iter(solutions))


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
