"""Broken and hostile submissions: how one is made, and what must come of it.

Each is a function that is registered with its expected outcome, in `hostile_files`,
`hostile_cells` and `hostile_code`. The lesson is the tiny one: an exercise of 2 points, one of 3
and a quiz of 4.
"""

from dataclasses import dataclass
import json
import textwrap

from course_of_learners import LESSON

FILE = f"{LESSON}.ipynb"
FULL, CODE = 9, 5
HOSTILE = {}


@dataclass(frozen=True)
class Case:
    """One submission: how it is made, and what must come of it."""

    make: object
    status: str  # "any" where either of the two is right, as it depends on the machine
    score: float | tuple  # a tuple: one of these
    says: str  # a part of the sentence for the teacher
    base: str  # what the learner begins with


def case(status, score, says="", base="right"):
    """Register a submission; ``base`` is "right", "wrong" (and no quiz), or "nothing"."""

    def register(make):
        HOSTILE[make.__name__.replace("_", "-")] = Case(make, status, score, says, base)
        return make

    return register


def raw(learner):
    """Return the learner's notebook as the plain record that its file holds."""
    return json.loads((learner.folder / FILE).read_text())


def write(learner, record, name=FILE, encoding="utf-8"):
    text = record if isinstance(record, str) else json.dumps(record)
    (learner.folder / name).write_bytes(text.encode(encoding))


def mark_of(record, grade_id):
    """Return a cell of a plain record and nbgrader's mark in it."""
    for cell in record["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id:
            return cell, cell["metadata"]["nbgrader"]
    raise KeyError(grade_id)


def body(text):
    """Return the text of a cell."""
    return textwrap.dedent(text).strip()
