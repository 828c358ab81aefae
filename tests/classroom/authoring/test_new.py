"""A new lesson and a new question are whole at once: they run, and the tests hold for them."""

import os
from pathlib import Path
import shutil
import subprocess
import sys

from course_of_learners import quick_start
import forked_programs
import pytest

from classroom.authoring.lesson_skeleton import MARK
from classroom.authoring.new_lesson import new_lesson
from classroom.authoring.new_question import counted, new_question
from classroom.authoring.unfinished import to_fill_in
from classroom.course import CourseError

ROOT = Path(__file__).parents[3]
LESSON = "09-focal-loss"
# What holds for each lesson, for the start page and for the bank.
CHECKS = [
    "language",
    "objectives",
    "start_page",
    "ways_to_learn",
    "handing_in",
    "release",
    "question_keys",
]


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """A copy of the repository, in which a teacher has begun a lesson and a question."""
    folder = tmp_path_factory.mktemp("repository")
    for name in ("solutions", "notebooks", "data", "docs", "src", "tests"):
        ignored = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "browser", "answers")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for name in ("nbgrader_config.py", "pyproject.toml", "conftest.py", "README.md"):
        shutil.copy(ROOT / name, folder / name)
    run(folder, "classroom", "new", "lesson", LESSON, "--title", "Focal loss")
    run(folder, "classroom", "new", "question", LESSON, "mean-of-two", "--objective=do")
    return folder


def run(folder, program, *arguments, status=0, path=()):
    environment = quick_start()
    path = [*path, folder / "src", environment["PYTHONPATH"]]
    environment["PYTHONPATH"] = os.pathsep.join(map(str, path))
    if program == "classroom":
        done = forked_programs.run(program, *arguments, cwd=folder, env=environment)
    else:
        done = subprocess.run(
            [Path(sys.executable).with_name(program), *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == status, done.stdout[-3000:] + done.stderr[-2000:]
    return done.stdout + (done.stderr if status else "")


def test_the_tests_of_lessons_hold_for_a_new_one(repository):
    files = [f"tests/notebooks/test_{name}.py" for name in CHECKS]
    notebooks = [f"{tree}/{LESSON}" for tree in ("solutions", "notebooks")]
    # All lessons are released anew elsewhere.
    chosen = f"({LESSON} or 09 or 08-mastery or 00-start or start_page or ways) and not the_sources"
    told = run(
        repository, "pytest", "-q", "-p", "no:cacheprovider", "-k", chosen, *files, *notebooks
    )
    assert "passed" in told


def test_what_is_yet_to_be_written_is_told_and_not_handed_out(repository):
    """Each kind is told in its place; beside that, the bank is sound."""
    bank = run(repository, "classroom", "bank", "check", status=1).splitlines()
    assert all(line.endswith(f": it still says {MARK}.") for line in bank)
    questions = f"data/questions/{LESSON}.yaml"
    for place in (
        f"{questions}, objective say, field goal",
        f"{questions}, question 09-mean-of-two, field prompt",
        f"solutions/{LESSON}, cell mean-worked",
    ):
        assert f"{place}: it still says {MARK}." in bank
    released = run(repository, "classroom", "release", LESSON)
    assert f"solutions/{LESSON}/{LESSON}.ipynb still says {MARK}: cells promise, " in released
    assert f"solutions/cheat-sheet.ipynb still says {MARK}: cell rules." in released
    target = repository.parent / "learners"
    refused = run(repository, "classroom", "handout", "--to", str(target), status=2)
    for place in (
        f"notebooks/{LESSON}/{LESSON}.ipynb (cells promise, ",
        "notebooks/00-start-here/00-start-here.ipynb (cell path)",
        "notebooks/cheat-sheet.ipynb (cell rules)",
        f"{questions} (lines ",
        f"data/worked/{LESSON}.sealed.json (entry 09-mean)",
        "README.md (line ",
    ):
        assert place in refused
    assert not target.exists()


def contents(folder):
    return {
        path.relative_to(folder): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".db"
    }


@pytest.mark.parametrize(
    "arguments", [("lesson", "10-later", "--title=Later"), ("question", LESSON, "another")]
)
def test_what_cannot_be_run_leaves_nothing(repository, tmp_path, arguments):
    """The number is free, then, and so is the name of the question."""
    (tmp_path / "ipykernel_launcher.py").write_text("raise SystemExit('no kernel today')")
    before = contents(repository)
    said = run(repository, "classroom", "new", *arguments, status=3, path=[tmp_path])
    assert "its kernel did not start" in said
    assert said.endswith("So nothing was changed.\n")
    assert "Traceback" not in said
    assert contents(repository) == before


def test_the_style_is_kept(repository):
    run(repository, "ruff", "check", f"solutions/{LESSON}")
    run(repository, "ruff", "format", "--check", f"solutions/{LESSON}")


def test_the_cheat_sheet_has_a_rule_from_it(repository):
    told = (repository / "solutions" / "cheat-sheet.ipynb").read_text()
    assert told.index("- **08**") < told.index("- **09**")


def test_nothing_of_the_skeleton_stays_in_this_repository():
    assert to_fill_in(ROOT) == {}


@pytest.mark.parametrize(
    ("name", "title", "sentence"),
    [
        ("focal-loss", "Focal loss", "give two digits and small words, such as 09-focal-loss"),
        ("01-focal-loss", "Focal loss", "The number 01 is that of 01-loss-definition"),
        ("09-focal-loss", "a | b", "title is one line"),
    ],
)
def test_a_lesson_without_a_name_of_its_own_is_refused(name, title, sentence):
    with pytest.raises(CourseError, match=sentence):
        new_lesson(ROOT, name, title)


@pytest.mark.parametrize(
    ("name", "objective", "sentence"),
    [
        ("what-it-measures", "", "has a question 01-what-it-measures already"),
        ("New One", "", "is no name of a question"),
        ("new-one", "sing", "has no objective 'sing'; it has: measure, derive"),
    ],
)
def test_a_question_without_a_place_is_refused(name, objective, sentence):
    with pytest.raises(CourseError, match=sentence):
        new_question(ROOT, "01-loss-definition", name, objective)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('quiz.points(["09-a"], out_of=2)', 'quiz.points(["09-a", "09-new"], out_of=2)'),
        (
            'quiz.points(\n    [\n        "09-a",\n    ],\n    out_of=2,\n)',
            'quiz.points(\n    [\n        "09-a",\n        "09-new",\n    ],\n    out_of=2,\n)',
        ),
        (
            f'quiz.points(["09-{"long-" * 15}name"], out_of=2, rule="best")',
            f'quiz.points(\n    [\n        "09-{"long-" * 15}name",\n        "09-new",\n    ],\n'
            '    out_of=2,\n    rule="best",\n)',
        ),
    ],
)
def test_a_question_is_counted_however_the_cell_is_written(source, expected):
    assert counted(source, "09-new") == expected
