"""`classroom grade` leaves what `nbgrader autograde` leaves, on the same submissions."""

import getpass
import os
from pathlib import Path
import stat
import subprocess
import sys

from nbgrader.api import Gradebook
import pytest

from classroom import notebook_files

LESSON = "01-loss-definition"
LEARNERS = [getpass.getuser(), "half", "wrong", "untouched", "noisy"]


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
    assert cells(graded[0], learner) == cells(course.folder, learner)


def cells(folder, learner):
    notebook = notebook_files.read(folder / "autograded" / learner / LESSON / f"{LESSON}.ipynb")
    return [
        (
            cell.cell_type,
            cell.source,
            dict(cell.metadata.get("nbgrader", {})),
            [outcome(output) for output in cell.get("outputs", []) if not is_noise(output)],
        )
        for cell in notebook.cells
    ]


def is_noise(output):
    # What a library writes to stderr comes at times of its own choosing.
    return output.output_type == "stream"


def outcome(output):
    if output.output_type == "error":
        return "error", output.ename, output.evalue
    return output.output_type, sorted(output.data)


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
    assert cells(ours.folder, "writer") == cells(plain.folder, "writer")


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


def test_formgrader_and_feedback_go_on_from_here(graded, course):
    folder, _ = graded
    done = subprocess.run(
        [Path(sys.executable).with_name("nbgrader"), "generate_feedback", LESSON],
        cwd=folder,
        env={**os.environ, **course.environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert all((folder / "feedback" / name / LESSON).is_dir() for name in LEARNERS)
