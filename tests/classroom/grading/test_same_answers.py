"""Right and wrong answers get the same scores and messages beyond the wall as in one process."""

import contextlib
import io
import os
from pathlib import Path

from crossentropy import quiet
from kernel_jobs import SANDBOX, code, job_of, teachers_of
import nbformat
from nbgrader.utils import determine_grade, is_grade, is_solution
import pytest

from classroom.grading.execution import execute
from classroom.notebook_files import grade_id

ROOT = Path(__file__).parents[3]
ANSWERS = ROOT / "tests/answers"
BY_TRAINING = "05-overfitting/cure"
LOADING = ("quiz-import", "imports", "versions-tensorflow")
EXERCISES = sorted(
    name
    for path in ANSWERS.glob("*/*")
    if (name := f"{path.parent.name}/{path.name}") != BY_TRAINING
)
# Each takes its part of these; all of them are tried with EVERY_ANSWER=1.
PART = 1 if os.environ.get("EVERY_ANSWER") else 27


def cells_of(lesson):
    path = ROOT / "solutions" / lesson / f"{lesson}.ipynb"
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def graded_cells_of(cells, exercise):
    """The graded cells after an answer cell, up to the next answer."""
    start = next(index for index, cell in enumerate(cells) if cell.id == exercise) + 1
    found = []
    for cell in cells[start:]:
        if is_solution(cell):
            break
        if is_grade(cell) and "quiz.points" not in cell.source:
            found.append(cell)
    return found


def answers_of(exercise):
    paths = sorted((ANSWERS / exercise).glob("*/*.py"))
    chosen = paths[len(exercise) % PART :: PART] or paths[:1]
    return {"/".join(path.parts[-2:]): path.read_text(encoding="utf-8") for path in chosen}


def in_one_process(cells, sources, graded):
    """What nbgrader would note of each graded cell: the error's kind and message, or None."""
    space = {"__name__": "__main__"}
    for cell in cells:
        if cell.id in LOADING or is_solution(cell):
            exec(cell.source, space)
    found = []
    for source in sources:
        own = dict(space)
        exec(source, own)
        for cell in graded:
            try:
                exec(cell.source, own)
                found.append(None)
            except BaseException as error:
                found.append((type(error).__name__, str(error)))
    return found


def copy_of(cell, number):
    other = nbformat.from_dict(dict(cell))
    other["id"], other.outputs = f"{cell.id}-{number}", []
    other.metadata = nbformat.from_dict({"nbgrader": dict(cell.metadata.nbgrader)})
    other.metadata.nbgrader.grade_id = other["id"]
    return other


def beyond_the_wall(lesson, cells, sources, graded):
    made = [code(cell.source) for cell in cells if cell.id in LOADING or is_solution(cell)]
    for number, source in enumerate(sources):
        made += [code(source), *(copy_of(cell, number) for cell in graded)]
    job = job_of(*made, teachers=teachers_of(lesson), timeout=400)
    result = execute(job, SANDBOX)
    assert (result.status, result.flags) == ("finished", ()), result.reason
    found = []
    for cell in nbformat.reads(result.notebook.decode(), as_version=4).cells:
        if cell.cell_type == "code" and grade_id(cell) in job.grade_cells:
            errors = [one for one in cell.outputs if one.output_type == "error"]
            points, most = determine_grade(cell)
            assert points == (0 if errors else most)
            found.append((errors[0].ename, errors[0].evalue) if errors else None)
    return found


@pytest.mark.parametrize("exercise", EXERCISES)
def test_answers_are_judged_as_in_one_process(exercise, tmp_path, monkeypatch):
    quiet.settle()
    lesson, name = exercise.split("/")
    cells, answers = cells_of(lesson), answers_of(exercise)
    graded = graded_cells_of(cells, name)
    (tmp_path / lesson).mkdir()
    monkeypatch.chdir(tmp_path / lesson)
    with contextlib.redirect_stdout(io.StringIO()):
        expected = in_one_process(cells, answers.values(), graded)
    found = beyond_the_wall(lesson, cells, answers.values(), graded)
    names = [f"{answer} in {cell.id}" for answer in answers for cell in graded]
    pairs = zip(names, expected, found, strict=True)
    assert {name: (one, other) for name, one, other in pairs if one != other} == {}
