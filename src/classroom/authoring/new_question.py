"""A skeleton of a question, in the bank, in its lesson, in its points and in the table."""

from __future__ import annotations

import ast
from pathlib import Path
import re

from crossentropy import own_folder
from crossentropy.quiz import bank
import nbformat

from classroom import notebook_files
from classroom.authoring import lesson_skeleton
from classroom.course import CourseError, lesson_file

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
WIDEST = 100  # letters in a line of a notebook
CALL = "quiz.points"


def new_question(
    course: Path, lesson: str, name: str, objective: str = ""
) -> tuple[str, list[Path]]:
    """Write a practice question that says what is to be filled in, and everything that names it.

    Parameters
    ----------
    course : pathlib.Path
    lesson : str
    name : str
        Small words with hyphens; with the lesson's number before them, they are its id.
    objective : str, optional
        The word of an objective of the lesson; the first one by default.

    Returns
    -------
    question_id : str
    changed : list of pathlib.Path

    Raises
    ------
    CourseError
        When the lesson or objective is none, or the name is taken or none.
    """
    path = lesson_file(course, lesson)
    question_id = f"{lesson[:2]}-{name}"
    if not NAME.fullmatch(name):
        raise CourseError(f"'{name}' is no name of a question: give small words, as mean-of-two.")
    try:
        taken = {one.id for one in bank.questions(lesson)}
    except bank.BankError as error:
        raise CourseError(str(error)) from None
    if question_id in taken:
        raise CourseError(f"{lesson} has a question {question_id} already; take another name.")
    words = _objectives(notebook_files.read(path))
    objective = objective.lower() or next(iter(words), "")
    if objective not in words:
        raise CourseError(
            f"{lesson} has no objective '{objective}'; it has: {', '.join(words) or 'none'}."
        )
    section = bank.objective(lesson, objective).section
    file = course / "data" / "questions" / f"{lesson}.yaml"
    entry = lesson_skeleton.question(question_id, objective, section)
    own_folder.write(file, f"{file.read_text(encoding='utf-8').rstrip()}\n\n{entry}")
    changed = [file, _with_cell(path, question_id, name)]
    table = course / "docs" / "objectives.md"
    if table.is_file():
        own_folder.write(table, _in_table(table.read_text(), lesson, objective, question_id))
        changed.append(table)
    return question_id, changed


def _objectives(notebook: nbformat.NotebookNode) -> list[str]:
    [text] = [cell.source for cell in notebook.cells if cell.id == "objectives"] or [""]
    return [word.lower() for word in re.findall(r"(?m)^- \*\*(.+?)\*\*", text)]


def _with_cell(path: Path, question_id: str, name: str) -> Path:
    """Ask the question after the last one of the practice quiz, and count it."""
    notebook = notebook_files.read(path)
    ids = [cell.id for cell in notebook.cells]
    begin = ids.index("practice") if "practice" in ids else 0
    asked = [
        place
        for place, cell in enumerate(notebook.cells)
        if place > begin and cell.cell_type == "code" and "quiz.ask(" in cell.source
    ]
    place = (asked[-1] if asked else begin) + 1
    cell = nbformat.v4.new_code_cell(f'quiz.ask("{question_id}")', id=f"practice-{name}")
    notebook.cells.insert(place, cell)
    for cell in notebook.cells:
        if cell.cell_type == "code" and f"{CALL}(" in cell.source:
            cell.source = counted(cell.source, question_id)
            break
    notebook_files.write(notebook, path)
    return path


def counted(source: str, question_id: str) -> str:
    """Return the source of a graded cell whose `quiz.points` counts one question more."""
    tree = ast.parse(source)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    call = next(each for each in calls if ast.unparse(each.func) == CALL)
    given = call.args[0]
    lines = source.split("\n")
    row, column = given.end_lineno - 1, given.end_col_offset
    # ast counts bytes, and an id may stand after a letter that takes two.
    head = lines[row].encode()[: column - 1].decode()
    tail = lines[row][len(head) :]
    if given.lineno != given.end_lineno:
        lines.insert(row, f'{" " * (len(head) + 4)}"{question_id}",')
        return "\n".join(lines)
    lines[row] = f'{head}, "{question_id}"{tail}'
    if len(lines[row]) <= WIDEST:
        return "\n".join(lines)
    indent = " " * (len(lines[row]) - len(lines[row].lstrip()))
    ids = "".join(f"{indent}        {_written(source, one)},\n" for one in given.elts)
    rest = "".join(
        f"{indent}    {one.arg}={_written(source, one.value)},\n" for one in call.keywords
    )
    whole = f'{CALL}(\n{indent}    [\n{ids}{indent}        "{question_id}",\n{indent}    ],\n'
    return source.replace(_written(source, call), f"{whole}{rest}{indent})")


def _written(source: str, node: ast.AST) -> str:
    return ast.get_source_segment(source, node) or ""


def _in_table(text: str, lesson: str, objective: str, question_id: str) -> str:
    head, section, rest = re.split(
        rf"(?ms)(^## {re.escape(lesson)}$.*?)(?=^## |\Z)", text, maxsplit=1
    )
    lines = section.split("\n")
    for place, line in enumerate(lines):
        cells = line.split(" | ")
        if cells[0].removeprefix("| ").strip().lower() == objective and len(cells) == 4:
            cells[2] += f", `{question_id}`"
            lines[place] = " | ".join(cells)
    return f"{head}{chr(10).join(lines)}{rest}"
