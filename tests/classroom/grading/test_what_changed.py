"""What decides a score and has changed is told, and graded anew without being asked."""

from datetime import timedelta
import json
import os
from pathlib import Path
import re
import shutil
import subprocess
import sys

from course_of_learners import LESSON
from nbgrader.api import Gradebook
import pytest
from small_lessons import QUIZ

from classroom import notebook_files
from classroom.authoring.release import release_lessons
from classroom.course import CourseError
from classroom.grading import deciding
from classroom.grading.lesson import load_notebooks
from classroom.grading.settings import CourseSettings

SRC = Path(__file__).parents[3] / "src"
PENALTY = """
from nbgrader.plugins import BasePlugin
from traitlets import Float

class OnePointADay(BasePlugin):
    points = Float(1.0).tag(config=True)

    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return min(score, self.points * (total_seconds_late // 86_400))
"""
# Edits a copy of the package and its bank, and prints after each what has changed.
EDITED = """
import json, pathlib, sys
from classroom.grading import deciding
from classroom.grading.lesson import load_notebooks
from classroom.grading.settings import CourseSettings

settings = CourseSettings(".")
with settings.gradebook() as gradebook:
    [lesson] = load_notebooks(settings, gradebook, "01-loss-definition")
before = deciding.means(settings, lesson, 30)
for name, text in json.load(sys.stdin):
    path = pathlib.Path(name)
    sound = path.read_text()
    path.write_text(text)
    now = deciding.means(settings, lesson, 30)
    print(json.dumps([part for part in now if now[part] != before[part]]))
    path.write_text(sound)
"""


@pytest.fixture(scope="module")
def course(tiny_course, tmp_path_factory):
    """A course with a plugin of its own, and two learners who are graded."""
    course = tiny_course.twin(tmp_path_factory.mktemp("changing"))
    (course.folder / "late.py").write_text(PENALTY)
    with open(course.folder / "nbgrader_config.py", "a") as config:
        config.write("\nc.AssignLatePenalties.plugin_class = 'late.OnePointADay'\n")
    for name in ("ada", "ben"):
        learner = course.learner(name)
        learner.solve()
        learner.answer(QUIZ)
        (learner.folder / "timestamp.txt").write_text("2026-03-03 13:00:00 UTC")
    course.grade()
    return course


def means(course):
    """Return what decides the scores of a course's lesson."""
    settings = CourseSettings(course.folder)
    with settings.gradebook() as gradebook:
        [lesson] = load_notebooks(settings, gradebook, LESSON)
        return deciding.means(settings, lesson, 30)


def without_plugin(course, folder):
    """Return a twin whose settings name no plugin: this process may have loaded another."""
    twin = course.twin(folder)
    config = twin.folder / "nbgrader_config.py"
    config.write_text(config.read_text().replace("c.AssignLatePenalties", "c.Nothing"))
    return twin


def changed(before, after):
    return [part for part in before if before[part] != after[part]]


def edit_source(course, edit):
    path = course.folder / "solutions" / LESSON / f"{LESSON}.ipynb"
    notebook = notebook_files.read(path)
    edit({notebook_files.grade_id(cell): cell for cell in notebook.cells})
    notebook_files.write(notebook, path)


def penalties(course):
    return [each["penalty"] for each in course.gradebook().values()]


def changes(report):
    return [entry["changed"] for entry in report["students"]]


# --- what decides ---------------------------------------------------------------------------------


def turned(text, name):
    """Return a lesson's questions with another right option for one of them."""
    entry = re.search(rf"  - id: {name}\n.*?\n(?=  - id: )", text, re.DOTALL)[0]
    without = re.sub(r" +correct: true\n", "", entry)
    first = re.search(r"    options:\n      - text: .*\n", without)[0]
    return text.replace(entry, without.replace(first, f"{first}        correct: true\n", 1))


def test_the_key_of_a_question_decides_and_its_words_do_not(course, tmp_path):
    package = tmp_path / "crossentropy"
    shutil.copytree(SRC / "crossentropy", package)
    shutil.copytree(SRC.parent / "data", package / "data")
    path, rule = package / "data" / "questions" / f"{LESSON}.yaml", package / "quiz" / "score.py"
    sound = path.read_text()
    edits = [
        (path, re.sub(r"(why: [|>]-?\n +)", r"\1Well: ", sound)),
        (path, turned(sound, "01-recall-probability-vector")),  # counts for nothing there
        (path, turned(sound, QUIZ[0])),
        (rule, rule.read_text() + "# another rule\n"),
    ]
    done = subprocess.run(
        [sys.executable, "-c", EDITED],
        cwd=course.folder,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        input=json.dumps([(str(file), text) for file, text in edits]),
        capture_output=True,
        text=True,
        check=True,
    )
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert said == [[], [], ["the key of a question"], ["the package"]]


def test_points_and_tests_of_the_release_and_files_beside_the_source_decide(course, tmp_path):
    course = without_plugin(course, tmp_path)
    before = means(course)
    edit_source(course, lambda cells: cells["loss-test"].metadata.nbgrader.update(points=10))
    assert means(course) == before, "the release has the old points"
    release_lessons(course.folder, [LESSON])
    assert changed(before, means(course)) == ["its points"]
    (course.folder / "solutions" / LESSON / "data.csv").write_text("1,2")
    release_lessons(course.folder, [LESSON])
    assert changed(before, means(course)) == ["its points", "a file beside its source"]


def test_a_setting_decides_that_says_something_of_points(course, tmp_path):
    course = without_plugin(course, tmp_path)
    config = course.folder / "nbgrader_config.py"
    sound, before = config.read_text(), means(course)
    config.write_text(sound + "\nc.Exchange.timezone = 'CET'  # where things lie\n")
    assert means(course) == before
    config.write_text(sound + "\nc.LateSubmissionPlugin.penalty_method = 'none'\n")
    assert changed(before, means(course)) == ["the settings"]


# --- what is told, and graded anew ----------------------------------------------------------------


def test_a_plugin_in_the_course_folder_decides_the_penalty(course):
    assert penalties(course) == [[2.0], [2.0]]


def test_a_score_by_hand_changes_what_lateness_costs_and_nothing_runs_again(course):
    before = penalties(course)
    for score, costs in ((0.25, 0.75), (None, before[0][0])):
        with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}") as gradebook:
            for grade in gradebook.find_submission_notebook(LESSON, LESSON, "ada").grades:
                grade.manual_score = score
            gradebook.db.commit()
        assert course.grade()["resumed"] == 2
        assert penalties(course) == [[costs], before[1]]


def test_a_lesson_beside_it_changes_nothing(course):
    before = means(course)
    (course.folder / "solutions" / "09-other").mkdir()
    try:
        assert means(course) == before
    finally:
        (course.folder / "solutions" / "09-other").rmdir()


def test_an_extension_counts_for_one_and_a_due_date_for_all_and_nothing_runs_again(course):
    database = f"sqlite:///{course.folder / 'gradebook.db'}"
    with Gradebook(database) as gradebook:
        gradebook.grant_extension(LESSON, "ada", days=1)
    report = course.grade()
    assert report["resumed"] == 2
    assert changes(report) == [["the due date or an extension"], []]
    assert penalties(course) == [[1.0], [2.0]]
    with Gradebook(database) as gradebook:
        due = gradebook.find_assignment(LESSON).duedate
        gradebook.update_or_create_assignment(LESSON, duedate=due + timedelta(days=30))
    assert course.grade()["resumed"] == 2
    assert penalties(course) == [[None], [None]]


def test_a_hidden_test_counts_from_its_release_on_and_until_then_that_is_told(course):
    def correct(cells):
        cells["double-test"].source = cells["double-test"].source.replace("== 82", "== 83")

    edit_source(course, correct)
    before = course.grade(status=1)
    assert before["resumed"] == 2
    assert "(double-test)" in before["source_ahead"]
    assert "run classroom release" in before["source_ahead"]
    release_lessons(course.folder, [LESSON])
    after = course.grade()
    assert (after["source_ahead"], changes(after)) == ("", [["its tests"]] * 2)
    assert [entry["score"] for entry in after["students"]] == [7, 7]


def test_a_plugin_that_is_not_there_is_one_sentence(course, tmp_path):
    config = (course.folder / "nbgrader_config.py").read_text()
    (tmp_path / "nbgrader_config.py").write_text(config.replace("late.One", "nowhere.One"))
    with pytest.raises(CourseError, match="nowhere"):
        CourseSettings(tmp_path)
