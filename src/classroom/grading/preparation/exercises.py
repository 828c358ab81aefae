"""Which answer cells a test belongs to, and which names an answer defines."""

import ast
from collections.abc import Mapping

from classroom.grading.lesson import Lesson, LessonCell


def answers_of_tests(lesson: Lesson) -> dict[str, tuple[str, ...]]:
    """Return the answer cells of each graded cell, by their ids.

    They are the answer cells that stand before it in the lesson, back to the graded cell of the
    exercise before: an exercise is one or more answer cells and then one or more graded ones.
    """
    found, answers, closed = {}, [], False
    for cell in lesson.cells:
        if cell.solution and not cell.locked:
            answers = [*([] if closed else answers), cell.grade_id]
            closed = False
        elif cell.grade and cell.locked:
            found[cell.grade_id], closed = tuple(answers), True
    return found


def tests_of_answers(lesson: Lesson) -> dict[str, tuple[str, ...]]:
    """Return the graded cells of each answer cell; one that scores itself is its own."""
    found = {
        cell.grade_id: [cell.grade_id] if cell.grade else []
        for cell in lesson.cells
        if cell.solution and not cell.locked
    }
    for test, answers in answers_of_tests(lesson).items():
        for answer in answers:
            found[answer].append(test)
    return {answer: tuple(tests) for answer, tests in found.items()}


def names_of(cell: LessonCell) -> frozenset[str]:
    """Return the names that an answer cell defines as it was handed out."""
    return defined_in(cell.released_source or cell.source)


def defined_in(source: str) -> frozenset[str]:
    """Return the names that some Python text defines at its top; none when it is no Python."""
    tree = parsed(source)
    found = set()
    for node in tree.body if tree else ():
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {each.id for each in targets if isinstance(each, ast.Name)}
    return frozenset(found)


def parsed(source: str) -> ast.Module | None:
    """Return the syntax tree of some Python text, or None; lines of magics are left out."""
    lines = source.split("\n")
    if any(line.lstrip()[:1] in ("%", "!", "?") for line in lines):
        lines = [
            f"{line[: len(line) - len(line.lstrip())]}pass" if _is_magic(line) else line
            for line in lines
        ]
    try:
        return ast.parse("\n".join(lines))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _is_magic(line):
    return line.lstrip()[:1] in ("%", "!", "?")


def is_python(cell: Mapping) -> bool:
    """Return whether a cell is code that Python can read."""
    return cell["cell_type"] == "code" and parsed(cell["source"]) is not None
