"""The notebook that is executed: the learner's text in the teacher's cells.

nbgrader takes the learner's notebook and mends known cells in it. Here a new notebook is made, and
of the learner's only the text of the cells is taken over: whatever else a submission says (points,
locks, schema versions, tags, kernels, outputs) comes from the gradebook instead.
"""

import hashlib
from typing import Any
import uuid

import nbformat

from classroom.grading.lesson import Lesson
from classroom.grading.preparation.any_notebook import clean
from classroom.grading.preparation.elsewhere import Suspicion, find_elsewhere
from classroom.grading.preparation.exercises import answers_of_tests
from classroom.grading.preparation.halves import joined_halves
from classroom.grading.preparation.joined_cells import find_joined
from classroom.grading.preparation.missing_names import find_missing
from classroom.grading.preparation.recognition import is_as_handed_out, recognise
from classroom.grading.submissions import readable
from classroom.notebook_files import NOTEBOOK_METADATA, grade_id

LEARNERS_METADATA = {"deletable": bool, "editable": bool, "collapsed": bool, "tags": list}
# A tag by which nbclient passes over a cell; an untouched test would then earn full marks.
SKIP = "skip-execution"


def assemble(
    lesson: Lesson, cells: list[dict[str, Any]], notes: list[str]
) -> tuple[nbformat.NotebookNode, list[Suspicion]]:
    """Return the notebook to execute: the learner's text in the teacher's cells.

    Parameters
    ----------
    lesson : Lesson
    cells : list of dict
        As `any_notebook.read_cells` returns them.
    notes : list of str
        Sentences on what was mended are added.

    Returns
    -------
    notebook : nbformat.NotebookNode
    suspicions : list of Suspicion
        Where else answers stand, and what they lack.
    """
    cells = joined_halves(lesson, cells, notes)
    found = recognise(lesson, cells)
    _note_marks(lesson, cells, found, notes)
    suspicions = find_elsewhere(lesson, cells, found)
    by_index = {index: name for name, index in found.items()}
    known = {cell.grade_id: cell for cell in lesson.cells}
    stubs = _copies_of_stubs(known, cells, found, notes)
    made = []
    for index, cell in enumerate(cells):
        name = by_index.get(index)
        if name:
            made.append(_lesson_cell(known[name], cell))
        elif index not in stubs:
            made.append(_learners_cell(cell))
    _put_back(lesson, made, notes)
    _move_tests_behind_answers(lesson, made, notes)
    suspicions += [*find_missing(lesson, made), *find_joined(lesson, made)]
    _make_ids_unique(made)
    metadata = {**NOTEBOOK_METADATA, "kernelspec": lesson.kernelspec}
    notebook = nbformat.v4.new_notebook(cells=made, metadata=nbformat.from_dict(metadata))
    return notebook, suspicions


def _copies_of_stubs(known, cells, found, notes):
    """Return the indices of untouched copies of an answer cell that was solved elsewhere.

    Run below the answer, such a copy would take its place.
    """
    copies = set()
    for name, chosen in found.items():
        ours = known[name]
        if ours.locked or is_as_handed_out(ours, cells[chosen]):
            continue
        for index, cell in enumerate(cells):
            same = index not in found.values() and is_as_handed_out(ours, cell)
            if same and cell["cell_type"] == "code" and cell["source"].strip():
                copies.add(index)
                notes.append(f"A copy of the untouched answer cell '{name}' was left out.")
    return copies


def _move_tests_behind_answers(lesson, made, notes):
    """Put a graded cell that stands before an answer that it tests right behind that one."""
    for name, answers in answers_of_tests(lesson).items():
        places = {grade_id(cell): index for index, cell in enumerate(made)}
        last = max((places.get(answer, -1) for answer in answers), default=-1)
        if name in places and places[name] < last:
            made.insert(last, made.pop(places[name]))
            notes.append(f"Graded cell '{name}' stood before its answer and was run after it.")


def _note_marks(lesson, cells, found, notes):
    names = [grade_id(cell) for cell in cells]
    for name, index in found.items():
        if names.count(name) > 1:
            which = "last one" if index == _last(names, name) else "last that was worked on"
            notes.append(f"Cell '{name}' was there {names.count(name)} times; the {which} counts.")
        elif names[index] != name:
            notes.append(f"Cell '{name}' had lost its mark and was recognised without it.")
    foreign = [
        name
        for cell, name in zip(cells, names, strict=True)
        if name and name not in found and _claims_points(cell)
    ]
    if foreign:
        listed = ", ".join(f"'{readable(name)}'" for name in foreign[:5])
        notes.append(f"Graded cells that are not of this lesson earn nothing: {listed}.")
    skipped = [
        name for name, index in found.items() if SKIP in _tags(cells[index]) and name in names
    ]
    if skipped:
        notes.append(f"A tag that keeps '{skipped[0]}' from running was taken off.")


def _last(names, name):
    return len(names) - 1 - names[::-1].index(name)


def _claims_points(cell):
    return bool(cell["metadata"]["nbgrader"].get("grade"))


def _tags(cell):
    tags = cell["metadata"].get("tags")
    return [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []


def _kept_metadata(cell):
    kept = {
        key: value
        for key, kind in LEARNERS_METADATA.items()
        if isinstance(value := cell["metadata"].get(key), kind)
    }
    if "tags" in kept:
        kept["tags"] = [clean(tag) for tag in dict.fromkeys(_tags(cell))]
    return kept


def _learners_cell(cell):
    return _node(cell["cell_type"], cell["source"], _kept_metadata(cell), cell)


def _lesson_cell(ours, cell):
    metadata = _kept_metadata(cell)
    if "tags" in metadata:
        metadata["tags"] = [tag for tag in metadata["tags"] if tag != SKIP]
    metadata["nbgrader"] = dict(ours.metadata)
    return _node(ours.cell_type, ours.source if ours.locked else cell["source"], metadata, cell)


def _node(kind, source, metadata, cell):
    # By hand, as nbformat's functions check each cell against the schema, which takes 2 ms a cell.
    node = {
        "cell_type": kind,
        "id": cell.get("id") or uuid.uuid4().hex[:8],
        "metadata": metadata,
        "source": source,
    }
    if kind == "code":
        node |= {"outputs": [], "execution_count": None}
    elif _are_attachments(cell.get("attachments")):
        node["attachments"] = cell["attachments"]
    return nbformat.from_dict(node)


def _are_attachments(record):
    return bool(record) and all(
        isinstance(bundle, dict) and all(isinstance(data, str) for data in bundle.values())
        for bundle in record.values()
    )


def _put_back(lesson, made, notes):
    """Insert the teacher's cells that are missing, each after what it tests.

    An answer cell that is missing is not put back: its stub could take the place of an answer
    that the learner wrote into another cell.
    """

    def position(name):
        return next(
            (index for index, cell in enumerate(made) if grade_id(cell) == name),
            None,
        )

    unknown_place = False  # an answer is missing, so what follows it may be anywhere
    after = -1
    for cell in lesson.cells:
        index = position(cell.grade_id)
        if index is not None:
            after, unknown_place = max(after, index), False
            continue
        answer = not cell.locked
        if answer and not cell.grade and not cell.metadata["task"]:
            notes.append(f"The answer cell '{cell.grade_id}' is missing.")
            unknown_place = True
            continue
        made.insert(len(made) if unknown_place else after + 1, _teachers_cell(cell))
        if not unknown_place:
            after += 1
        notes.append(f"Cell '{cell.grade_id}' was missing and was put back.")


def _teachers_cell(cell):
    metadata = {"deletable": False, "nbgrader": dict(cell.metadata)}
    if cell.locked:
        metadata["editable"] = False
    return _node(cell.cell_type, cell.source, metadata, {"id": cell.released_id})


def _make_ids_unique(made):
    seen = set()
    for index, cell in enumerate(made):
        if cell["id"] in seen:
            cell["id"] = hashlib.sha256(f"{cell['id']}/{index}".encode()).hexdigest()[:8]
        seen.add(cell["id"])
