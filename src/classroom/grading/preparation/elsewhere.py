"""Look for answers that stand where no test looks: in other cells, in texts, beside prose.

Whether they matter is known when the tests have run: only an exercise that lost points needs a
person who looks for more.
"""

from dataclasses import dataclass
import re
from typing import Any

from classroom.grading.lesson import Lesson
from classroom.grading.preparation.exercises import (
    defined_in,
    names_of,
    parsed,
    tests_of_answers,
)
from classroom.grading.preparation.recognition import is_as_handed_out
from classroom.grading.submissions import readable
from classroom.notebook_files import grade_id

MOST_BLOCKS = 40  # of a cell, in looking for prose around an answer


@dataclass(frozen=True)
class Suspicion:
    """A sentence for a person, of interest when one of these graded cells has lost points."""

    tests: tuple[str, ...]
    sentence: str


def find_elsewhere(
    lesson: Lesson, cells: list[dict[str, Any]], found: dict[str, int]
) -> list[Suspicion]:
    """Return what a person should know when an exercise has lost points.

    Parameters
    ----------
    lesson : Lesson
    cells : list of dict
        The learner's, as `any_notebook.read_cells` returns them.
    found : dict of str to int
        Which of them are the lesson's, as `recognise` returns it.
    """
    tests = tests_of_answers(lesson)
    known = {cell.grade_id: cell for cell in lesson.cells}
    of_lesson = {index: name for name, index in found.items()}
    suspicions = []
    for name, of_answer in tests.items():
        wanted = names_of(known[name])
        if not of_answer:
            continue
        for index, cell in enumerate(cells):
            owner = of_lesson.get(index)
            if owner == name:
                if prose := _prose_around(cell, wanted):
                    suspicions.append(Suspicion(of_answer, f"Answer cell '{name}' {prose}."))
                continue
            if (owner and is_as_handed_out(known[owner], cell)) or _is_stub(known, cell):
                continue
            what = _what_it_holds(cell, name, wanted)
            if what:
                where = f"'{readable(owner or cell['id'] or index + 1)}'"
                kind = "cell" if cell["cell_type"] == "code" else "the text"
                suspicions.append(
                    Suspicion(of_answer, f"Beside the answer cell '{name}', {kind} {where} {what}.")
                )
                break
    return suspicions


def _is_stub(known, cell):
    return grade_id(cell) in known and is_as_handed_out(known[grade_id(cell)], cell)


def _what_it_holds(cell, name, wanted):
    if grade_id(cell) == name:
        return "holds another answer to it"
    for each in sorted(wanted):
        # In a text it may be quoted, and the one that is code may be a method or a nested one.
        defines = rf"^[ \t>]*((async )?def|class) +{re.escape(each)}\b"
        assigns = rf"^[ \t>]*{re.escape(each)} *=[^=]"
        if re.search(f"{defines}|{assigns}", cell["source"], flags=re.MULTILINE):
            return f"defines '{each}' too"
    return ""


def _prose_around(cell, wanted):
    """Say when an answer is no Python only because prose stands before or after it."""
    if not wanted or parsed(cell["source"]) is not None:
        return ""
    blocks = re.split(r"\n\s*\n", cell["source"])
    if 1 < len(blocks) <= MOST_BLOCKS:
        for begin in range(len(blocks)):
            for end in range(len(blocks), begin, -1):
                if wanted <= defined_in("\n\n".join(blocks[begin:end])):
                    return "holds text that is no Python beside an answer"
    return ""
