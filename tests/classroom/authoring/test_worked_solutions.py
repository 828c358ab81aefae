"""Worked solutions: written in solutions/, dropped from the release, sealed or withheld."""

from pathlib import Path
import shutil

from crossentropy.quiz import sealed
import nbformat
import pytest

from classroom import notebook_files
from classroom.authoring import worked_solutions
from classroom.authoring.release import release_lessons
from classroom.course import CourseError, lesson_names

ROOT = Path(__file__).parents[3]
LESSON = "01-first"
TEXT = "Take the logarithm.\n\n```python\nloss = -np.log(p)\n```"


def code(name, source):
    return nbformat.v4.new_code_cell(source, id=name)


def worked(text=TEXT, name="by-hand-worked"):
    source = f"<details>\n<summary>Worked solution, step by step</summary>\n\n{text}\n\n</details>"
    return nbformat.v4.new_markdown_cell(source, id=name, metadata={"tags": [worked_solutions.TAG]})


def cells():
    return [
        code("by-hand-check", 'def check():\n    quiz.passed("01-by-hand")'),
        code("by-hand-worked-show", 'quiz.worked_solution("01-by-hand")'),
        worked(),
    ]


@pytest.fixture
def course(tmp_path):
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    (tmp_path / "data").mkdir()
    put(tmp_path, cells())
    return tmp_path


def put(course, cells):
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook_files.write(notebook, course / "solutions" / LESSON / f"{LESSON}.ipynb")


def sealed_file(course):
    return course / "data" / "worked" / f"{LESSON}.sealed.json"


def withhold(course, *lessons):
    with open(course / "nbgrader_config.py", "a") as config:
        config.write(f"\nc.WorkedSolutions.withheld = {list(lessons)}\n")


def test_the_release_has_the_button_and_not_the_solution(course, tmp_path):
    [path] = release_lessons(course, gradebook=f"sqlite:///{tmp_path / 'gradebook.db'}")
    assert [cell["id"] for cell in notebook_files.read(path).cells] == [
        "by-hand-check",
        "by-hand-worked-show",
    ]


def test_its_text_is_sealed_under_the_name_of_the_exercise(course):
    [path] = worked_solutions.seal(course)
    assert path == sealed_file(course)
    assert sealed.unseal(path.read_bytes()) == (LESSON, [{"id": "01-by-hand", "text": TEXT}])
    assert "logarithm" not in path.read_text()


def test_a_lesson_that_is_withheld_has_no_file_until_it_is_given(course):
    worked_solutions.seal(course)
    withhold(course, LESSON)
    assert worked_solutions.seal(course) == [sealed_file(course)]
    assert not sealed_file(course).exists()
    assert worked_solutions.problems(course) == []
    withhold(course)
    worked_solutions.seal(course)
    assert sealed_file(course).exists()


def test_withholding_what_is_no_lesson_is_told(course):
    withhold(course, "02-unknown")
    with pytest.raises(CourseError, match="02-unknown, which is no lesson"):
        worked_solutions.seal(course)


def test_a_file_that_is_not_what_the_lesson_gives_is_told(course):
    [told] = worked_solutions.problems(course)
    assert told.endswith(
        "does not hold the worked solutions of solutions/01-first: run make release."
    )
    worked_solutions.seal(course)
    assert worked_solutions.problems(course) == []
    put(course, [])
    assert len(worked_solutions.problems(course)) == 1
    worked_solutions.seal(course)
    assert not sealed_file(course).exists()


@pytest.mark.parametrize(
    ("made", "told"),
    [
        ([*cells()[:2], worked(name="by-hand-solution")], "whose id ends in -worked"),
        ([cells()[1], worked()], 'no cell of the lesson calls quiz.passed("01-by-hand")'),
        ([cells()[0], worked()], 'calls quiz.worked_solution("01-by-hand")'),
        ([*cells()[:2], worked("<details>more</details>")], "only one details element"),
    ],
)
def test_a_worked_solution_that_cannot_be_reached_is_told(course, made, told):
    put(course, made)
    assert any(told in problem for problem in worked_solutions.problems(course))


@pytest.mark.parametrize("lesson", lesson_names(ROOT))
def test_no_line_of_a_worked_solution_stands_readable_in_what_learners_get(lesson):
    source = notebook_files.read(ROOT / "solutions" / lesson / f"{lesson}.ipynb")
    released = (ROOT / "notebooks" / lesson / f"{lesson}.ipynb").read_text()
    for cell in filter(worked_solutions.is_worked_solution, source.cells):
        assert f'"{cell["id"]}"' not in released
        lines = [line.strip() for line in cell.source.splitlines() if len(line.split()) > 7]
        assert lines
        assert not [line for line in lines if line in released]
