"""Look for names that an answer needs and that no cell above its test binds any more.

A cell of the lesson or a helper of the learner's that was moved below, split, or made a text, takes
its names with it. In the learner's own kernel they were still there.
"""

import builtins
from collections.abc import Iterable
import re

from nbformat import NotebookNode

from classroom.grading.lesson import Lesson
from classroom.grading.needs import bound_by, names_used
from classroom.grading.preparation.elsewhere import Suspicion
from classroom.grading.preparation.exercises import tests_of_answers
from classroom.notebook_files import grade_id


def find_missing(lesson: Lesson, cells: list[NotebookNode]) -> list[Suspicion]:
    """Return what a person should know when an exercise has lost points.

    Parameters
    ----------
    lesson : Lesson
    cells : list of nbformat.NotebookNode
        Those that are executed, in their order.
    """
    places = {grade_id(cell): place for place, cell in enumerate(cells) if grade_id(cell)}
    graded = {cell.grade_id for cell in lesson.cells if cell.grade and cell.locked}
    suspicions = []
    for answer, tests in tests_of_answers(lesson).items():
        for test in tests:
            if not {answer, test} <= places.keys():
                continue
            above = [
                cell.source
                for cell in cells[: max(places[answer] + 1, places[test])]
                if cell.cell_type == "code" and grade_id(cell) not in graded
            ]
            lacking = _lacking(names_used(cells[places[answer]].source), above)
            for name in sorted(lacking):
                if where := _where(name, lesson, cells):
                    sentence = f"The answer '{answer}' needs '{name}', which {where}."
                    suspicions.append(Suspicion((test,), sentence))
    return suspicions


def _lacking(names: Iterable[str], above: list[str]) -> set[str]:
    """Return which names are not bound above, of those and of what is bound there needs."""
    waiting, seen, lacking = set(names), set(), set()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        binders = [source for source in above if name in bound_by(source)]
        if not binders and not hasattr(builtins, name):
            lacking.add(name)
        waiting |= {used for source in binders for used in names_used(source)} - seen
    return lacking


def _where(name, lesson, cells):
    """Say where a name is bound, all the same; nothing where it may be a slip of the pen."""
    if any(cell.cell_type == "code" and name in bound_by(cell.source) for cell in cells):
        return "is made in a cell further below"
    word = re.escape(name)
    binds = rf"^[ \t]*(def|class) +{word}\b|^[ \t]*{word} *=[^=]|^[ \t]*(import|from)\b.*\b{word}\b"
    if any(re.search(binds, cell.source, re.MULTILINE) for cell in cells):
        return "is made in a cell that is not run or is no Python"
    if any(kind == "lesson" and name in bound_by(text) for kind, _, text in _teachers(lesson)):
        return "a cell of the lesson makes that is no longer there as it was"
    return ""


def _teachers(lesson):
    return ((cell.kind, cell.grade_id, cell.source) for cell in lesson.teachers.cells)
