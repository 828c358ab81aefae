"""A class of broken and hostile submissions, graded in one batch with good ones beside them."""

from pathlib import Path
import shutil
import sqlite3

from course_of_learners import LESSON
import hostile_accidents  # noqa: F401
import hostile_cells  # noqa: F401
import hostile_code  # noqa: F401
import hostile_files  # noqa: F401
from hostile_submissions import FILE, HOSTILE
import pytest
from small_lessons import QUIZ

TIMEOUT = 4


@pytest.fixture(scope="module")
def graded(tiny_course, tmp_path_factory):
    """Make the class, grade it once, and return the course and the report."""
    course = tiny_course.twin(tmp_path_factory.mktemp("hostile"))
    for name, each in HOSTILE.items():
        learner = course.learner(name if name != "o-brien" else "O'Brien; DROP TABLE grade; [red]")
        if each.base == "right":
            learner.solve()
            learner.answer(QUIZ)
        elif each.base == "wrong":
            learner.write("double", "def double(x): return 0")
            learner.write("loss", "def loss(p): return 0.0")
        each.make(learner)
    before = contents(course.folder / "solutions")
    report = course.grade(f"--timeout={TIMEOUT}", status=1)
    assert contents(course.folder / "solutions") == before
    return course, {entry["student"]: entry for entry in report["students"]}


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def entry_of(graded, name):
    return graded[1].get(name) or graded[1]["O'Brien; DROP TABLE grade; [red]"]


@pytest.mark.parametrize("name", HOSTILE)
def test_the_outcome_is_the_one_it_deserves(graded, name):
    expected, entry = HOSTILE[name], entry_of(graded, name)
    said = " ".join([entry["reason"], *entry["flags"]])
    if expected.status == "any":
        assert entry["score"] in expected.score, entry
        assert entry["status"] != "not_graded"
        return
    if expected.status == "caught":
        # Either it gained nothing, or a person is told.
        assert entry["score"] == expected.score or entry["status"] == "needs_review", entry
        return
    assert (entry["status"], entry["score"]) == (expected.status, expected.score), entry
    assert expected.says in said


def test_nobody_is_lost(graded):
    course, entries = graded
    assert len(entries) == len(HOSTILE) >= 40
    assert set(course.gradebook()) == set(entries)


def test_no_score_is_missing(graded):
    for submission in graded[0].gradebook().values():
        assert all(auto is not None for auto, _, _ in submission["grades"].values())
        assert len(submission["grades"]) == 3


def test_what_needs_review_has_a_sentence(graded):
    for entry in graded[1].values():
        assert (entry["status"] == "graded") == (entry["reason"] == "")


def test_the_gradebook_is_whole_and_nobody_left_a_trace(graded):
    course, _ = graded
    with sqlite3.connect(course.folder / "gradebook.db") as database:
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)
    assert not list(course.folder.rglob("hostile-was-here"))
    assert not any(Path(place, "hostile-was-here").exists() for place in ("/etc", "/usr", "/root"))


def test_a_page_that_cannot_be_made_costs_nobody_else_theirs(graded):
    course, _ = graded
    shutil.rmtree(course.folder / "feedback", ignore_errors=True)
    broken = course.folder / "autograded" / "all-right" / LESSON / FILE
    text = broken.read_bytes()
    broken.write_text("{")
    try:
        course.classroom("feedback", LESSON, status=2)
    finally:
        broken.write_bytes(text)
    with_page = {page.parts[-3] for page in course.folder.glob(f"feedback/*/{LESSON}/*.html")}
    were_graded = {page.parts[-3] for page in course.folder.glob(f"autograded/*/{LESSON}/*.ipynb")}
    assert were_graded - with_page == {"all-right"}
    assert len(with_page) > 50
