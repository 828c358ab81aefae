"""A new lesson and a new question are whole at once: they run, and the tests hold for them."""

import os
from pathlib import Path
import shutil
import subprocess
import sys

import pytest

from classroom.authoring.lesson_skeleton import MARK
from classroom.authoring.new_lesson import new_lesson
from classroom.authoring.new_question import counted, new_question
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
    for name in ("nbgrader_config.py", "pyproject.toml", "conftest.py"):
        shutil.copy(ROOT / name, folder / name)
    run(folder, "classroom", "new", "lesson", LESSON, "--title", "Focal loss")
    run(folder, "classroom", "new", "question", LESSON, "mean-of-two", "--objective=do")
    return folder


def run(folder, program, *arguments):
    done = subprocess.run(
        [Path(sys.executable).with_name(program), *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    return done.stdout


def test_the_tests_of_lessons_hold_for_a_new_one(repository):
    files = [f"tests/notebooks/test_{name}.py" for name in CHECKS]
    notebooks = [f"{tree}/{LESSON}" for tree in ("solutions", "notebooks")]
    # All lessons are released anew elsewhere.
    chosen = f"({LESSON} or 09 or 08-mastery or 00-start or start_page or ways) and not the_sources"
    told = run(
        repository, "pytest", "-q", "-p", "no:cacheprovider", "-k", chosen, *files, *notebooks
    )
    assert "passed" in told


def test_the_bank_is_sound_and_the_style_kept(repository):
    assert "is sound" in run(repository, "classroom", "bank", "check")
    run(repository, "ruff", "check", f"solutions/{LESSON}")
    run(repository, "ruff", "format", "--check", f"solutions/{LESSON}")


def test_the_cheat_sheet_has_a_rule_from_it(repository):
    told = (repository / "solutions" / "cheat-sheet.ipynb").read_text()
    assert told.index("- **08**") < told.index("- **09**")


def test_nothing_of_the_skeleton_stays_in_this_repository():
    for path in [*(ROOT / "solutions").rglob("*.ipynb"), *(ROOT / "data").rglob("*.yaml")]:
        assert MARK not in path.read_text(), path


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
