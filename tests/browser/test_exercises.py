"""A learner solves exercises in JupyterLab, and asks nbgrader's Validate button about them."""

from pathlib import Path
import re

from crossentropy.quiz import bank
from nbgrader.utils import is_grade, is_solution

from classroom import notebook_files
from classroom.course import lesson_file

ROOT = Path(__file__).parents[2]
LESSON = "01-loss-definition"
LOADING = ("quiz-import", "imports")


def our_solution(lesson, cell_id):
    """What the authors of a lesson have written in one of its exercises."""
    cells = notebook_files.read(lesson_file(ROOT, lesson)).cells
    [source] = [cell.source for cell in cells if cell.id == cell_id]
    return re.sub(r"(?m)^ *### (BEGIN|END) SOLUTION\n?", "", source)


def exercises(cells):
    """The exercises of a lesson: for each, the cell to write in and the cells that check it."""
    found = {}
    for cell in cells:
        if cell.cell_type == "code" and is_solution(cell):
            checks = found[cell.id] = []
        elif cell.cell_type == "code" and is_grade(cell) and found and not is_quiz(cell):
            checks.append(cell.id)
    return found


def is_quiz(cell):
    return "quiz.points(" in cell.source


def test_validate_names_what_is_missing_before_anything_is_solved(
    open_lesson, expect, keep_picture
):
    lesson = open_lesson(LESSON)
    verdict = lesson.validate()
    expect(verdict).to_contain_text("The following cell failed:")
    checks = [cell for cell in lesson.cells if is_grade(cell)]
    expect(verdict.get_by_text("The following cell failed:", exact=True)).to_have_count(len(checks))
    for check in checks:
        expect(verdict).to_contain_text(check.source.splitlines()[0])
    expect(verdict).to_contain_text("NotImplementedError")
    expect(verdict).not_to_contain_text("There was an error")
    keep_picture(lesson.page, "validate-unsolved")


def test_a_solved_lesson_is_a_success(open_lesson, expect, keep_picture):
    lesson = open_lesson(LESSON)
    [quiz] = [cell for cell in lesson.cells if is_grade(cell) and is_quiz(cell)]
    counted = re.findall(r'"(\d\d-[\w-]+)"', quiz.source)
    asked = [cell.id for cell in lesson.cells if re.search(r"quiz\.ask\(", cell.source)]

    for cell_id in [*LOADING, *asked]:
        lesson.run(cell_id)
    for question_id in counted:
        lesson.answer(lesson.card(question_id), bank.question(question_id))
        expect(lesson.card(question_id).get_by_role("status").first).to_contain_text("Right.")
    lesson.run(quiz.id)
    expect(lesson.output(quiz.id)).to_contain_text(f"{len(counted)} of {len(counted)} right")
    for cell_id, checks in exercises(lesson.cells).items():
        lesson.type_into(cell_id, our_solution(LESSON, cell_id))
        for one in [cell_id, *checks]:
            lesson.run(one)
    assert lesson.cells_with_errors() == []
    keep_picture(lesson.page, "exercise-solved")

    lesson.save()
    verdict = lesson.validate()
    expect(verdict).to_contain_text("Success! Your notebook passes all the tests.")
    keep_picture(lesson.page, "validate-solved")


def test_an_exercise_fails_until_it_is_solved(open_lesson):
    # The exercises of all lessons are tried without a browser: `exercise_check`, `test_answers`.
    name = "03-from-logits"
    lesson = open_lesson(name)
    cell_id, checks = next(iter(exercises(lesson.cells).items()))
    for one in [*LOADING, cell_id, *checks]:
        lesson.run(one)
    assert lesson.cells_with_errors() == checks

    lesson.type_into(cell_id, our_solution(name, cell_id))
    for one in [cell_id, *checks]:
        lesson.run(one)
    assert lesson.cells_with_errors() == []


def test_jupyterlab_answers_while_a_lesson_is_validated_and_the_progress_is_seen(
    open_lesson, expect, keep_picture
):
    lesson = open_lesson("00-start-here")
    button = lesson.page.locator(".validate-button")
    button.get_by_role("button").click()
    expect(button).to_contain_text(re.compile(r"Validating: cell \d+ of \d+"), timeout=240_000)
    keep_picture(lesson.page, "validate-progress")
    asked = lesson.page.request.get(lesson.server.address("/api/status"), timeout=10_000)
    assert asked.ok
    expect(button).to_contain_text("Validating")  # it was answered before the end
    verdict = lesson.page.get_by_role("dialog")
    expect(verdict).to_be_visible(timeout=240_000)
    expect(verdict).to_contain_text("Not checked here: the hidden tests")
    keep_picture(lesson.page, "validate-told")
