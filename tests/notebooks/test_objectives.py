"""Each promise of a lesson is kept: the table for teachers agrees with lessons and bank."""

import ast
from functools import cache
from pathlib import Path
import re

from crossentropy.quiz import bank
import pytest

from classroom import notebook_files
from classroom.course import lesson_file, lesson_names

ROOT = Path(__file__).parents[2]
LESSONS = lesson_names(ROOT)
TABLES = (ROOT / "docs" / "objectives.md").read_text()


def rows(lesson):
    """The rows of a lesson's table, each as a list of four texts."""
    section = TABLES.split(f"## {lesson}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")][1:]
    return [[field.strip() for field in line.strip("|").split("|")] for line in lines]


ROWS = [(lesson, *row) for lesson in LESSONS for row in rows(lesson)]


@cache
def markdown(lesson):
    cells = notebook_files.read(lesson_file(ROOT, lesson)).cells
    return {cell["id"]: cell.source for cell in cells if cell.cell_type == "markdown"}


def headings(lesson):
    return set(re.findall(r"(?m)^#+ (.+)$", "\n".join(markdown(lesson).values())))


def objectives(lesson):
    return re.findall(r"(?m)^- \*\*(.+?)\*\*", markdown(lesson)["objectives"])


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_bank_names_lesson_and_objectives_as_the_lesson_does(lesson):
    texts = markdown(lesson)
    [title] = re.findall(r"(?m)^# (.+)$", texts["promise"])
    goals = re.findall(r"(?m)^- \*\*(.+?)\*\*: (.+)$", texts["objectives"])
    assert bank.title(lesson) == title
    assert [(word, bank.objective(lesson, word.lower()).goal) for word, _ in goals] == goals


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_table_lists_the_objectives_of_the_lesson(lesson):
    assert [row[0] for row in rows(lesson)] == objectives(lesson)


@pytest.mark.parametrize("lesson", LESSONS)
def test_what_to_remember_mirrors_the_objectives(lesson):
    remembered = re.findall(r"(?m)^- \*\*(.+?)\*\*", markdown(lesson)["remember"])
    assert [word.strip(".:") for word in remembered] == objectives(lesson)


@pytest.mark.parametrize(("lesson", "objective", "sections", "questions", "exercises"), ROWS)
def test_an_objective_is_met(lesson, objective, sections, questions, exercises):
    asked = [
        question.id
        for question in bank.questions(lesson)
        if question.use == "practice" and question.objective == objective.lower()
    ]
    assert asked, "no practice question asks for it"
    assert re.findall("`(.+?)`", questions) == asked
    assert set(sections.split("; ")) <= headings(lesson)
    assert exercises == "—" or set(exercises.split("; ")) <= headings(lesson)


@pytest.mark.parametrize("lesson", LESSONS)
def test_each_objective_that_a_question_asks_for_has_a_section_to_read_again(lesson):
    promised = {row[0].lower(): row[1].split("; ") for row in rows(lesson)}
    asked = {question.objective for question in bank.questions(lesson)} - {""}
    assert asked <= set(promised)
    for objective in asked:
        section = bank.objective(lesson, objective).section
        assert section in headings(lesson), f"{objective}: no section {section!r}"
        assert section in promised[objective], f"{objective}: docs/objectives.md names others"


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_has_its_parts_in_their_order(lesson):
    parts = ["promise", "objectives", "quiz-import", "recall", "imports"]
    parts += ["practice", "remember", "next"]
    if lesson.startswith("00"):
        parts = ["promise", "objectives", "imports", "remember", "next"]
    ids = [cell["id"] for cell in notebook_files.read(lesson_file(ROOT, lesson)).cells]
    assert [name for name in ids if name in parts] == parts


@pytest.mark.parametrize("lesson", LESSONS)
def test_what_a_lesson_loads_is_loaded_first_and_the_questions_before_the_libraries(lesson):
    cells = [one for one in notebook_files.read(lesson_file(ROOT, lesson)).cells if is_code(one)]
    loading = [one for one in cells if one["id"] in ("quiz-import", "imports")]
    between = cells[1 : cells.index(loading[-1])]
    assert cells[0] == loading[0]
    assert all("quiz.ask(" in one.source for one in between)
    for line in "\n".join(one.source for one in loading).splitlines():
        assert re.match(r"(import|from) |$|[ )]", line)


def is_code(cell):
    return cell.cell_type == "code"


@pytest.mark.parametrize("lesson", LESSONS)
def test_each_question_names_the_section_that_teaches_it(lesson):
    for question in bank.questions(lesson):
        assert question.section in headings(question.taught_in), question.id


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_practice_question_of_a_lesson_counts_where_the_quiz_does(lesson):
    code = [one.source for one in notebook_files.read(lesson_file(ROOT, lesson)).cells]
    counted = re.findall(r'"(\d\d-.+?)"', "".join(one for one in code if "quiz.points(" in one))
    asked = re.findall(r'quiz\.ask\("(.+?)"\)', "\n".join(code))
    own = {one.id for one in bank.questions(lesson) if one.use == "practice"}
    assert not counted or set(counted) == own & set(asked)


@pytest.mark.parametrize("lesson", LESSONS)
def test_no_reveal_holds_the_letter_of_what_came_true(lesson):
    cells = notebook_files.read(lesson_file(ROOT, lesson)).cells
    for source in (cell.source for cell in cells if cell.cell_type == "code"):
        for call in (one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.Call)):
            if ast.unparse(call.func) != "quiz.reveal":
                continue
            given = [*call.args[1:], *(one.value for one in call.keywords)]
            parts = [part for one in given for part in ast.walk(one)]
            letters = [
                part.value
                for part in parts
                if isinstance(part, ast.Constant) and re.fullmatch("[a-h]", str(part.value))
            ]
            assert not letters, ast.unparse(call)
