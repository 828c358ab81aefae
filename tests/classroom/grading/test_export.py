"""Files of grades: nothing is shifted by a comma, and a platform finds its ids."""

import csv
from datetime import datetime
import re

from course_of_learners import CONFIG, ROOT
import pytest

from classroom.course import CourseError
from classroom.grading.export import export_for, export_grades, export_without_names
from classroom.grading.settings import CourseSettings

LESSONS = {"01-loss-definition": 15.0, "02-softmax-and-logits": 20.0, "03-from-logits": 31.0}
CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,01-loss-definition (52881),Final Score
    Points Possible,,,,,15,
"Lovelace, Ada",52000,S1,ada,A,,93
"Babbage, Charles",52001,S2,CHARLES,B,,91
"Somebody, Else",52002,S3,else,A,,90
"""


# nbgrader's way of adding a submission makes SQLAlchemy warn at every one.
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A gradebook: ada is late, charles waits for a person, grace has handed in nothing."""
    tmp_path = tmp_path_factory.mktemp("grades")
    (tmp_path / "nbgrader_config.py").write_text(
        (ROOT / "nbgrader_config.py").read_text() + CONFIG.format(exchange=str(tmp_path))
    )
    with CourseSettings(tmp_path).gradebook() as gradebook:
        for lesson, points in LESSONS.items():
            gradebook.add_assignment(lesson)
            gradebook.add_notebook(lesson, lesson)
            gradebook.add_grade_cell("test", lesson, lesson, max_score=points, cell_type="code")
        gradebook.update_or_create_assignment("02-softmax-and-logits", duedate=datetime(2026, 3, 1))
        gradebook.add_student("ada", first_name="Ada", last_name="Lovelace, Countess")
        gradebook.add_student("charles", first_name="Charles", last_name='"Old" Babbage')
        gradebook.add_student("grace", email="grace@example.org")
        for student, score in (("ada", 14.5833), ("charles", 3.0)):
            gradebook.add_submission("01-loss-definition", student)
            grade = gradebook.find_grade("test", *["01-loss-definition"] * 2, student)
            grade.auto_score, grade.needs_manual_grade = score, student == "charles"
        [notebook] = gradebook.find_submission("01-loss-definition", "ada").notebooks
        notebook.late_submission_penalty = 2.0
        gradebook.db.commit()
    return tmp_path


def rows(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_a_comma_in_a_name_shifts_nothing(course):
    [of_ada] = [
        row
        for row in rows(export_grades(course))
        if row["student_id"] == "ada" and row["assignment"] == "01-loss-definition"
    ]
    assert of_ada["last_name"] == "Lovelace, Countess"
    assert float(of_ada["raw_score"]) == 14.5833
    assert float(of_ada["late_submission_penalty"]) == 2.0
    assert float(of_ada["score"]) == pytest.approx(12.5833)
    assert of_ada["max_score"] == "15.0"


def test_a_lesson_that_was_never_assigned_is_left_out(course):
    # 01 was handed in and 02 has a due date; nobody was asked for 03.
    assigned = {row["assignment"] for row in rows(export_grades(course))}
    assert assigned == {"01-loss-definition", "02-softmax-and-logits"}


def test_lessons_can_be_chosen(course):
    assert {row["assignment"] for row in rows(export_grades(course, ["03-from-logits"]))} == {
        "03-from-logits"
    }
    with pytest.raises(CourseError, match="no lesson named '04'"):
        export_grades(course, ["04"])


def test_moodle_gets_a_row_a_learner_and_a_column_a_lesson(course):
    path, _ = export_for(course, "moodle")
    found = {row["Username"]: row for row in rows(path)}
    assert set(found) == {"ada", "charles", "grace"}
    assert found["ada"]["01-loss-definition"] == "12.58"
    assert found["grace"]["Email address"] == "grace@example.org"
    assert found["grace"]["01-loss-definition"] == ""
    assert "03-from-logits" not in found["ada"]


def test_what_a_person_has_not_read_stays_empty_and_is_told(course):
    path, notes = export_for(course, "moodle")
    assert {row["Username"]: row["01-loss-definition"] for row in rows(path)}["charles"] == ""
    assert notes == ["1 grades stay empty, as a person has still to read something."]


def test_canvas_finds_its_ids_and_its_assignment(course):
    roster = course / "canvas.csv"
    roster.write_text(CANVAS)
    path, notes = export_for(course, "canvas", roster)
    points, ada, charles = rows(path)
    assert points["Student"].strip() == "Points Possible"
    assert points["02-softmax-and-logits"] == "20"
    assert (ada["Student"], ada["ID"], ada["Section"]) == ("Lovelace, Ada", "52000", "A")
    assert ada["01-loss-definition (52881)"] == "12.58"
    assert charles["SIS Login ID"] == "CHARLES"
    assert any("Somebody, Else" in note for note in notes)
    assert any("grace" in note for note in notes)


def test_a_roster_that_is_none_is_refused_in_one_sentence(course):
    with pytest.raises(CourseError, match="cannot be read as a table"):
        export_for(course, "canvas", course / "no-such.csv")


def test_without_names_nothing_tells_who_somebody_is(course):
    path = export_without_names(course)
    of_01 = [row for row in rows(path) if row["assignment"] == "01-loss-definition"]
    assert sorted(float(row["score"]) for row in of_01) == pytest.approx([0.0, 3.0, 12.5833])
    assert {row["student_id"] for row in of_01} == {"learner 1", "learner 2", "learner 3"}
    assert not re.search("ada|lovelace|charles|babbage|grace", path.read_text(), re.IGNORECASE)
    assert {row["timestamp"] for row in of_01} == {""}
