"""Every graded exercise, tried with answers of others: wrong ones lose points, right ones none.

`tests/answers/<lesson>/<answer cell>/wrong/` holds answers that each make one named mistake. Their
first line says what the first message to the learner must hold. Those in `right/` are written in
another way than ours and must keep every point.
"""

import contextlib
from functools import cache
import io
from pathlib import Path
import re

from crossentropy.quiz import exercises
from nbgrader.utils import is_grade, is_solution
import pytest

from classroom import notebook_files
from classroom.course import lesson_file

ROOT = Path(__file__).parents[2]
ANSWERS = ROOT / "tests/answers"
FILES = sorted(ANSWERS.glob("*/*/*/*.py"))
PHRASE = "# first message holds: "
# This one is a recipe, graded by a training: tests/crossentropy/experiment tries it with others.
BY_TRAINING = {("05-overfitting", "cure")}
LOADING = ("quiz-import", "imports", "versions-tensorflow")
HIDDEN = re.compile(r"^ *### BEGIN HIDDEN TESTS\n.*?^ *### END HIDDEN TESTS\n?", re.M | re.S)


@cache
def cells_of(lesson):
    return notebook_files.read(lesson_file(ROOT, lesson)).cells


@cache
def names_of(lesson):
    """What a learner's notebook holds when all is solved: the imports and our own answers."""
    code = [cell for cell in cells_of(lesson) if cell.cell_type == "code"]
    space = {}
    imports = [cell for cell in code if cell.id in LOADING]
    for cell in [*imports, *(cell for cell in code if is_solution(cell))]:
        exec(cell.source, space)
    return space


def graded_cells_of(lesson, exercise):
    """The sources of the graded cells that follow an answer cell, up to the next answer."""
    cells = iter(cells_of(lesson))
    assert any(cell.id == exercise for cell in cells), f"{lesson} has no answer cell '{exercise}'"
    found = []
    for cell in cells:
        if cell.cell_type == "code" and is_solution(cell):
            break
        if cell.cell_type == "code" and is_grade(cell) and "quiz.points" not in cell.source:
            found.append(cell.source)
    return found


def first_failure(path, visible_only):
    """The error that the learner with this answer reads first, or None."""
    lesson, exercise = path.parts[-4:-2]
    space = dict(names_of(lesson))
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), space)
        for source in graded_cells_of(lesson, exercise):
            try:
                exec(HIDDEN.sub("", source) if visible_only else source, space)
            except Exception as error:
                return error
    return None


def named(path):
    return "/".join(path.with_suffix("").parts[-4:])


@pytest.mark.parametrize("path", [one for one in FILES if one.parent.name == "wrong"], ids=named)
def test_a_wrong_answer_is_refused_where_the_learner_sees_it_and_its_mistake_is_named(
    path, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith(PHRASE), f"the first line must begin with '{PHRASE}'"
    error = first_failure(path, visible_only=True) or first_failure(path, visible_only=False)
    assert isinstance(error, AssertionError), f"ended with {error!r}"
    assert first.removeprefix(PHRASE) in str(error)


@pytest.mark.parametrize("path", [one for one in FILES if one.parent.name == "right"], ids=named)
def test_a_right_answer_keeps_every_point(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    error = first_failure(path, visible_only=False)
    assert error is None, str(error)


def answer_cells():
    """The lesson and cell of every exercise of a lesson that is tried with answers here."""
    for lesson in sorted({path.parts[-4] for path in FILES}):
        for cell in cells_of(lesson):
            if cell.cell_type == "code" and is_solution(cell) and graded_cells_of(lesson, cell.id):
                yield lesson, cell.id


def test_every_exercise_has_answers_to_be_tried_with():
    few = {}
    for lesson, exercise in set(answer_cells()) - BY_TRAINING:
        folder = ANSWERS / lesson / exercise
        found = len([*folder.glob("wrong/*.py")]), len([*folder.glob("right/*.py")])
        if found[0] < 12 or found[1] < 6:
            few[f"{lesson}/{exercise}"] = found
    assert not few, "at least 12 wrong and 6 right answers each"


# An exercise of several graded cells: an answer that is wrong in the first and right in the last.
WRONG_IN_A_FIRST_PART = [
    "07-calibration/calibration-error/wrong/lower-edge-last-bin-closed.py",
    "07-calibration/scaling/wrong/loss-unsolved.py",
    "07-calibration/decision/wrong/most-probable-class.py",
]


def passes_as_exercise(path, folder, monkeypatch):
    """Whether the answer counts as an exercise passed, all visible checks having been run."""
    lesson, exercise = path.parts[-4:-2]
    (folder / lesson).mkdir()
    monkeypatch.chdir(folder / lesson)
    space, failed = dict(names_of(lesson)), 0
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), space)
        cells = graded_cells_of(lesson, exercise)
        for source in cells:
            try:
                exec(HIDDEN.sub("", source), space)
            except AssertionError:
                failed += 1
    assert failed < len(cells), "the last part should pass"
    return exercises.is_passed(f"{lesson[:2]}-{exercise}")


@pytest.mark.parametrize("answer", WRONG_IN_A_FIRST_PART)
def test_an_exercise_has_passed_only_when_each_of_its_parts_has(answer, tmp_path, monkeypatch):
    assert not passes_as_exercise(ANSWERS / answer, tmp_path, monkeypatch)


@pytest.mark.parametrize("exercise", ["calibration-error", "scaling", "decision"])
def test_an_exercise_has_passed_when_all_its_parts_have(exercise, tmp_path, monkeypatch):
    answer = next((ANSWERS / "07-calibration" / exercise / "right").glob("*.py"))
    assert passes_as_exercise(answer, tmp_path, monkeypatch)
