"""nbgrader's own example course as it stands: a lesson of two notebooks, with nbgrader's scores."""

from pathlib import Path
import shutil
import subprocess

from course_of_learners import quick_start
import forked_programs
from nbgrader.api import Gradebook
from nbgrader.apps.quickstartapp import QuickStartApp
import pytest

from classroom import notebook_files
from classroom.grading.lesson import load_notebooks
from classroom.grading.settings import CourseSettings
from classroom.handing.collect import collect
from classroom.report.handed_in import read_all
from classroom.report.lesson_report import as_one, make_report

LESSON = "ps1"


def run(program, *arguments, cwd):
    done = forked_programs.run(program, *arguments, cwd=cwd, env=quick_start())
    # A person grades one cell of the example.
    assert done.returncode in ((0,) if program == "nbgrader" else (0, 1)), done.stderr[-3000:]
    return done.stdout


def make_example(course):
    """Do what `nbgrader quickstart` does; what it starts is run as all others here."""

    def call(command, **_):
        run("nbgrader", *command[3:], cwd=Path.cwd())  # after `python -m nbgrader`

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(course.parent)
        patch.setattr(subprocess, "call", call)
        quickstart = QuickStartApp()
        quickstart.initialize([course.name])
        quickstart.start()


@pytest.fixture(scope="module")
def courses(tmp_path_factory):
    """The course graded by nbgrader and by us: two learners, each with both notebooks."""
    plain = tmp_path_factory.mktemp("example") / "course101"
    make_example(plain)
    run("nbgrader", "generate_assignment", LESSON, cwd=plain)
    for name in ("solved", "half"):
        shutil.copytree(plain / "release" / LESSON, plain / "submitted" / name / LESSON)
    solutions = plain / "source" / LESSON
    for notebook in ("problem1.ipynb", "problem2.ipynb"):
        solve(solutions / notebook, plain / "submitted" / "solved" / LESSON / notebook)
    solve(solutions / "problem1.ipynb", plain / "submitted" / "half" / LESSON / "problem1.ipynb")
    ours = plain.parent / "ours"
    shutil.copytree(plain, ours)
    run("nbgrader", "autograde", LESSON, cwd=plain)
    run("classroom", "grade", LESSON, cwd=ours)
    return plain, ours


def solve(source, submitted):
    answers = {
        notebook_files.grade_id(cell): cell.source for cell in notebook_files.read(source).cells
    }
    notebook = notebook_files.read(submitted)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = answers[notebook_files.grade_id(cell)]
    notebook_files.write(notebook, submitted)


def grades(course):
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        return {
            (submission.student.id, notebook.name, grade.name): (
                grade.auto_score,
                grade.max_score,
                grade.needs_manual_grade,
            )
            for submission in gradebook.assignment_submissions(LESSON)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def test_the_scores_are_nbgraders(courses):
    plain, ours = map(grades, courses)
    assert ours == plain
    assert {student for student, _, _ in ours} == {"solved", "half"}
    assert len({notebook for _, notebook, _ in ours}) == 2
    assert sum(auto or 0 for auto, _, _ in ours.values()) > 0


def test_both_notebooks_are_left_for_the_formgrader(courses):
    for course in courses:
        folder = course / "autograded" / "half" / LESSON
        assert {path.name for path in folder.glob("*.ipynb")} == {
            "problem1.ipynb",
            "problem2.ipynb",
        }


def test_again_only_what_has_changed_is_graded(courses):
    _, ours = courses
    assert "2 were done before" in run("classroom", "grade", LESSON, cwd=ours)
    before = grades(ours)
    solve(
        ours / "source" / LESSON / "problem2.ipynb",
        ours / "submitted" / "half" / LESSON / "problem2.ipynb",
    )
    assert "1 were done before" in run("classroom", "grade", LESSON, cwd=ours)
    changed = {key for key, value in grades(ours).items() if value != before[key]}
    assert {(student, notebook) for student, notebook, _ in changed} <= {("half", "problem2")}


def test_feedback_is_made_of_both(courses):
    run("classroom", "feedback", LESSON, cwd=courses[1])
    pages = (courses[1] / "feedback" / "solved" / LESSON).glob("*.html")
    assert {page.stem for page in pages} == {"problem1", "problem2"}


def test_the_report_has_the_cells_and_the_code_of_both(courses):
    report = make_report(courses[1], LESSON)
    rows = {row.grade_id: row for row in report.exercises}
    assert rows.keys() == {name for _, _, name in grades(courses[1])}
    points = {row.student: (row.points, row.out_of) for row in report.learners}
    assert points["solved"][1] == sum(row.out_of for row in rows.values())
    earned = [
        auto or 0 for (name, _, _), (auto, _, _) in grades(courses[1]).items() if name == "half"
    ]
    assert points["half"][0] == sum(earned) > 0
    with Gradebook(f"sqlite:///{courses[1] / 'gradebook.db'}") as gradebook:
        teachers = as_one(load_notebooks(CourseSettings(courses[1]), gradebook, LESSON))
    works = read_all(CourseSettings(courses[1]), teachers)
    answers = {cell.grade_id for cell in teachers.cells if cell.solution and not cell.locked}
    code = {cell.grade_id for cell in teachers.cells if cell.cell_type == "code"}
    assert all(work.code.keys() == answers & code for work in works)


def test_both_notebooks_are_collected(courses, tmp_path):
    _, ours = courses
    folder = ours / "submitted" / "solved"
    shutil.make_archive(tmp_path / "late-comer", "zip", folder.parent, "solved")
    collect(ours, LESSON, [tmp_path / "late-comer.zip"])
    taken = ours / "submitted" / "late-comer" / LESSON
    assert {"problem1.ipynb", "problem2.ipynb"} <= {path.name for path in taken.iterdir()}
