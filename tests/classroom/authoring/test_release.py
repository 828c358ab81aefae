"""What the release command does to a course folder."""

from pathlib import Path
import shutil

from nbgrader.utils import is_solution
import pytest

from classroom import notebook_files
from classroom.authoring.release import release_lessons
from classroom.course import CourseError

ROOT = Path(__file__).parents[3]


@pytest.fixture
def course(tmp_path):
    name = "01-loss-definition"
    shutil.copytree(ROOT / "solutions" / name, tmp_path / "solutions" / name)
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    return tmp_path


def test_a_release_leaves_other_files_of_the_release_folder_alone(course):
    release_lessons(course)
    answers = course / "notebooks" / "01-loss-definition" / "responses.json"
    answers.write_text("{}")
    release_lessons(course)
    assert answers.read_text() == "{}"


def test_a_release_refuses_to_overwrite_an_answer_that_somebody_typed(course):
    [path] = release_lessons(course)
    notebook = notebook_files.read(path)
    cell = next(cell for cell in notebook.cells if is_solution(cell))
    cell.source += "\n# my own line"
    notebook_files.write(notebook, path)
    with pytest.raises(CourseError, match="holds an answer that somebody typed"):
        release_lessons(course)
    assert "# my own line" in path.read_text()


def test_a_release_refuses_quiz_answers_among_the_sources(course):
    (course / "solutions" / "01-loss-definition" / "responses.json").write_text("{}")
    with pytest.raises(CourseError, match="would overwrite every learner's own"):
        release_lessons(course)


def test_an_unknown_lesson_is_named_with_those_that_exist(course):
    with pytest.raises(CourseError, match=r"no lesson named '99'.*01-loss-definition"):
        release_lessons(course, ["99"])


def test_a_lesson_that_nbgrader_rejects_is_reported_with_its_reason(course):
    path = course / "solutions" / "01-loss-definition" / "01-loss-definition.ipynb"
    notebook = notebook_files.read(path)
    cell = next(cell for cell in notebook.cells if is_solution(cell))
    cell.source = cell.source.replace("### END SOLUTION", "")
    notebook_files.write(notebook, path)
    with pytest.raises(CourseError, match="no end solution statement"):
        release_lessons(course)
