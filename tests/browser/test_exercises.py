"""A learner solves exercises in JupyterLab, and asks nbgrader's Validate button about them."""

import re
from types import SimpleNamespace

from crossentropy.quiz import bank
from nbgrader.utils import is_grade, is_solution
import pytest
from small_lessons import QUIZ, cell, tiny_lesson

from classroom import notebook_files

LESSON = "01-tiny"  # not the name of one of ours, whose cells would be missing in it
LOADING = "tiny-1"
SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)\s*### END SOLUTION", re.DOTALL)
HIDDEN = re.compile(r"### BEGIN HIDDEN TESTS\n.*### END HIDDEN TESTS\n?", re.DOTALL)
# Ends when the test says so, so that the progress can be seen for as long as that takes.
HELD = """
from pathlib import Path
import time

while not Path("go-on").exists():
    time.sleep(0.05)
"""


def handed_out(lesson):
    """Write the tiny lesson as learners get it, with its questions; return our solutions by id."""
    notebook = tiny_lesson()
    solutions = {}
    for one in notebook.cells:
        if one.cell_type == "code" and is_solution(one):
            solutions[one.id] = SOLUTION.sub(r"\1", one.source)
            one.source = SOLUTION.sub("raise NotImplementedError()", one.source)
        one.source = HIDDEN.sub("", one.source)
    more = [HELD, *(f'quiz.ask("{name}")' for name in QUIZ)]
    for name, source in zip(["held", *QUIZ], more, strict=True):
        notebook.cells.insert(-1, cell(source))
        notebook.cells[-2]["id"] = name
    notebook_files.write(notebook, lesson)
    return solutions


def exercises(cells):
    """The exercises of a lesson: for each, the cell to write in and the cells that check it."""
    found = {}
    for one in cells:
        if one.cell_type == "code" and is_solution(one):
            checks = found[one.id] = []
        elif one.cell_type == "code" and is_grade(one) and found and not is_quiz(one):
            checks.append(one.id)
    return found


def is_quiz(cell):
    return "quiz.points(" in cell.source


# What a learner does with one lesson: each step is made once, and told by what was seen of it.


@pytest.fixture(scope="module")
def folder(learners_server):
    """Where the learner has the lesson."""
    return learners_server.folder / "exercises"


@pytest.fixture(scope="module")
def our_solutions(folder):
    """What the authors have written in its exercises, by the ids of the cells."""
    return handed_out(folder / LESSON / f"{LESSON}.ipynb")


@pytest.fixture(scope="module")
def lesson(our_solutions, folder, open_cells):
    """The lesson as it is handed out."""
    return open_cells(LESSON, None, folder=folder)


@pytest.fixture(scope="module")
def validated(lesson, expect, keep_picture):
    """What was seen while the untouched lesson was validated, and what was told at the end."""
    button = lesson.page.locator(".validate-button")
    button.get_by_role("button").click()
    expect(button).to_contain_text(re.compile(r"Validating: cell \d+ of \d+"))
    keep_picture(lesson.page, "validate-progress")
    asked = lesson.page.request.get(lesson.server.address("/api/status"), timeout=10_000)
    label = button.inner_text()  # it was answered before the end
    (lesson.folder / "go-on").touch()
    dialog = lesson.told()
    expect(dialog.locator(".ce-told")).to_be_visible()
    keep_picture(lesson.page, "validate-unsolved")
    told = dialog.inner_text()
    dialog.get_by_role("button").last.click()
    expect(dialog).to_have_count(0)
    return SimpleNamespace(answered=asked.ok, label=label, told=told)


@pytest.fixture(scope="module")
def unsolved(lesson, validated):
    """The cells that failed when the exercises were run before they were solved."""
    lesson.run(LOADING)
    for cell_id, checks in exercises(lesson.cells).items():
        for one in [cell_id, *checks]:
            lesson.run(one)
    return lesson.cells_with_errors()


@pytest.fixture(scope="module")
def solved(lesson, our_solutions, unsolved, keep_picture):
    """The cells that failed when they were solved."""
    for cell_id, checks in exercises(lesson.cells).items():
        lesson.type_into(cell_id, our_solutions[cell_id])
        for one in [cell_id, *checks]:
            lesson.run(one)
    keep_picture(lesson.page, "exercise-solved")
    return lesson.cells_with_errors()


def test_validate_names_what_is_missing_before_anything_is_solved(lesson, validated):
    checks = [cell for cell in lesson.cells if is_grade(cell)]
    assert validated.told.count("The following cell failed:") == len(checks)
    for check in checks:
        assert check.source.splitlines()[0] in validated.told
    assert "NotImplementedError" in validated.told
    assert "There was an error" not in validated.told


def test_jupyterlab_answers_while_a_lesson_is_validated_and_the_progress_is_seen(validated):
    assert validated.answered
    assert "Validating" in validated.label
    assert "Not checked here: the hidden tests" in validated.told


def test_an_exercise_fails_until_it_is_solved(lesson, unsolved, solved):
    # The exercises of all lessons are tried without a browser: `exercise_check`, `test_answers`.
    assert unsolved == [check for checks in exercises(lesson.cells).values() for check in checks]
    assert solved == []


def test_a_solved_lesson_is_a_success(lesson, solved, expect, keep_picture):
    [quiz] = [cell for cell in lesson.cells if is_grade(cell) and is_quiz(cell)]
    for question_id in QUIZ:
        lesson.run(question_id)
        lesson.answer(lesson.card(question_id), bank.question(question_id))
        expect(lesson.card(question_id).get_by_role("status").first).to_contain_text("Right.")
    lesson.run(quiz.id)
    expect(lesson.output(quiz.id)).to_contain_text(f"{len(QUIZ)} of {len(QUIZ)} right")
    assert lesson.cells_with_errors() == []
    lesson.save()
    verdict = lesson.validate()
    expect(verdict).to_contain_text("Success! Your notebook passes all the tests.")
    keep_picture(lesson.page, "validate-solved")
    verdict.get_by_role("button").last.click()
