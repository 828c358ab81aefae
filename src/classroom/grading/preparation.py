"""Make of a submission the notebook that is executed, as nbgrader's sanitising steps do, hardened.

nbgrader takes the learner's notebook and mends known cells in it. Here a new notebook is made, and
of the learner's only the text of the cells is taken over: whatever else a submission says (points,
locks, schema versions, tags, kernels, outputs) comes from the gradebook instead.
"""

from dataclasses import dataclass
from datetime import datetime
import hashlib
import json
import posixpath
import re
import uuid

import nbformat
from nbgrader.utils import parse_utc

from classroom.grading.course import Lesson
from classroom.grading.submissions import Submission, UnclearSubmissionError, readable

LARGEST_NOTEBOOK = 64 * 2**20  # bytes; nearly all of a large notebook is stored pictures
MOST_CELLS = 3_000
NOTEBOOK_METADATA = {"language_info": {"name": "python"}}
KEPT_CELL_METADATA = {"deletable": bool, "editable": bool, "collapsed": bool, "tags": list}
# A tag by which nbclient passes over a cell; an untouched test would then earn full marks.
SKIP = "skip-execution"
CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


@dataclass(frozen=True)
class Prepared:
    """What is executed of a submission, and what was seen on the way."""

    submission: Submission
    lesson: Lesson
    files: dict[str, bytes]  # the notebook under the lesson's name, and all that stands beside it
    grade_cells: tuple[str, ...]  # those that the autograder scores, in their order
    timestamp: datetime | None
    notes: tuple[str, ...]  # sentences: what was mended
    doubts: tuple[str, ...]  # sentences: what a person must look at
    fingerprint: str


def prepare(submission, lesson, contents):
    """Make the notebook to execute from a submission.

    Parameters
    ----------
    submission : classroom.grading.submissions.Submission
    lesson : classroom.grading.course.Lesson
    contents : classroom.grading.submissions.Contents

    Returns
    -------
    Prepared

    Raises
    ------
    classroom.grading.submissions.UnclearSubmissionError
        When it is not clear what should be graded.
    """
    notes, doubts = list(contents.notes), list(contents.doubts)
    chosen = _choose_notebook(lesson, contents.files, notes, doubts)
    # A zip often has one folder in it; then that is the submission's folder.
    home = chosen.folder
    files = {
        name[len(home) :]: content
        for name, content in contents.files.items()
        if name.startswith(home) and not name.lower().endswith(".ipynb")
    }
    if home and "timestamp.txt" in contents.files:
        files["timestamp.txt"] = contents.files["timestamp.txt"]
    notebook = assemble(lesson, chosen.cells, notes)
    _check_answers(lesson, files, doubts)
    timestamp = _timestamp(files.get("timestamp.txt"), doubts)
    files = _without_clashes({**files, **lesson.teachers_files})
    files[lesson.file] = nbformat.v4.writes(notebook).encode()
    return Prepared(
        submission,
        lesson,
        files,
        tuple(
            cell.metadata.nbgrader.grade_id
            for cell in notebook.cells
            if cell.cell_type == "code"
            and cell.metadata.get("nbgrader", {}).get("grade")
            and not cell.metadata.nbgrader.solution
        ),
        timestamp,
        tuple(notes),
        tuple(doubts),
        fingerprint(lesson, contents),
    )


def fingerprint(lesson, contents):
    """Return what changes when a submission or its lesson changes."""
    return hashlib.sha256((lesson.fingerprint() + contents.fingerprint()).encode()).hexdigest()


# --- Which notebook


@dataclass(frozen=True)
class _Candidate:
    name: str
    cells: list
    known: int  # how many cells are this lesson's

    @property
    def folder(self):
        head = posixpath.dirname(self.name)
        return f"{head}/" if head else ""


def _choose_notebook(lesson, files, notes, doubts):
    names = [name for name in files if name.lower().endswith(".ipynb")]
    if not names:
        raise UnclearSubmissionError(_nothing_there(notes))
    candidates, complaints = [], {}
    for name in names:
        try:
            cells = read_cells(files[name])
        except UnclearSubmissionError as error:
            complaints[name] = f"'{readable(name)}' {error}"
            continue
        known = len(_recognise(lesson, cells))
        if known:
            candidates.append(_Candidate(name, cells, known))
        else:
            complaints[name] = _wrong_lesson(lesson, name, cells)
    right = [each for each in candidates if each.name == lesson.file]
    others = [each for each in candidates if each.name != lesson.file]
    worked_on = [each for each in others if _has_work(lesson, each)]
    if right:
        if worked_on:
            sentence = (
                f"'{readable(worked_on[0].name)}' also holds answers of this lesson; "
                f"'{lesson.file}' was graded."
            )
            # A copy beside work is a copy; work beside an untouched file may be what was meant.
            (notes if _has_work(lesson, right[0]) else doubts).append(sentence)
        return right[0]
    if lesson.file in complaints:
        raise UnclearSubmissionError(complaints[lesson.file])
    choice = worked_on or others
    if len(choice) > 1:
        listed = ", ".join(f"'{readable(each.name)}'" for each in choice[:5])
        raise UnclearSubmissionError(
            f"{len(choice)} notebooks hold this lesson ({listed}) and none is named "
            f"'{lesson.file}'; give the one that counts this name."
        )
    if not choice:
        raise UnclearSubmissionError(next(iter(complaints.values())))
    notes.append(
        f"The notebook was named '{readable(choice[0].name)}'; it was graded all the same."
    )
    return choice[0]


def _nothing_there(notes):
    left_out = next((note for note in notes if ".ipynb" in note), None)
    if left_out:
        return f"There is no notebook to grade: {left_out}"
    return "The submission holds no notebook."


def _wrong_lesson(lesson, name, cells):
    others = {lesson.ids_of_others.get(_grade_id(cell)) for cell in cells} - {None}
    hint = f"; it seems to be lesson {sorted(others)[0]}" if others else ""
    return f"'{readable(name)}' holds none of the cells of {lesson.name}{hint}."


def _has_work(lesson, candidate):
    """Say whether any answer differs from what was handed out."""
    known = _recognise(lesson, candidate.cells)
    answers = [cell for cell in lesson.cells if not cell.locked]
    return any(
        candidate.cells[known[cell.grade_id]]["source"].strip() != cell.source.strip()
        and candidate.cells[known[cell.grade_id]]["source"].strip() != cell.released_source.strip()
        for cell in answers
        if cell.grade_id in known
    )


# --- Reading a notebook file that may be anything


def read_cells(content):
    """Return the cells in a notebook file, each a dict of plain values.

    Parameters
    ----------
    content : bytes

    Returns
    -------
    list of dict
        With ``cell_type``, ``source``, ``metadata``, ``id`` and ``attachments``.

    Raises
    ------
    UnclearSubmissionError
        When the file cannot be read as a notebook; the message continues "'name' …".
    """
    if len(content) > LARGEST_NOTEBOOK:
        raise UnclearSubmissionError(f"is larger than {LARGEST_NOTEBOOK // 2**20} MB.")
    if not content.strip(b"\0 \t\r\n"):
        raise UnclearSubmissionError("is empty.")
    try:
        record = json.loads(_text(content))
    except (ValueError, RecursionError, MemoryError) as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise UnclearSubmissionError(f"is damaged: it is no JSON{where}.") from None
    if not isinstance(record, dict):
        raise UnclearSubmissionError("is no notebook.")
    version = record.get("nbformat")
    if isinstance(version, int) and version > 4:
        raise UnclearSubmissionError(f"is in the notebook format {version}, which is too new.")
    if "cells" not in record and "worksheets" in record:
        record = _upgraded(record)
    cells = record.get("cells")
    if not isinstance(cells, list):
        raise UnclearSubmissionError("is no notebook: it has no cells.")
    if len(cells) > MOST_CELLS:
        raise UnclearSubmissionError(f"has {len(cells)} cells, more than a lesson can have.")
    return [_plain(cell) for cell in cells if isinstance(cell, dict)]


def _text(content):
    marks = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    encoding = next((marks[mark] for mark in marks if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise UnclearSubmissionError("is not UTF-8 text; save it anew in Jupyter.") from None


def _upgraded(record):
    try:
        return dict(nbformat.convert(nbformat.from_dict(record), 4))
    except Exception:  # whatever an old and odd file makes the converter raise
        raise UnclearSubmissionError("is in an old notebook format and cannot be read.") from None


def _plain(cell):
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    metadata, kind, name = cell.get("metadata"), cell.get("cell_type"), cell.get("id")
    attachments = cell.get("attachments")
    return {
        "cell_type": kind if kind in ("code", "markdown") else "raw",
        "source": _clean(source) if isinstance(source, str) else "",
        "metadata": metadata if isinstance(metadata, dict) else {},
        "id": name if isinstance(name, str) and CELL_ID.fullmatch(name) else "",
        "attachments": attachments if isinstance(attachments, dict) else {},
    }


def _clean(text):
    """Return text that can be written as UTF-8: a lone surrogate becomes U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


# --- Which cells are the lesson's


def _grade_id(cell):
    mark = cell["metadata"].get("nbgrader")
    name = mark.get("grade_id") if isinstance(mark, dict) else None
    return name if isinstance(name, str) else None


def _recognise(lesson, cells):
    """Return the index of each of the lesson's cells that is there, by grade id.

    By nbgrader's mark first, of several the last, as nbgrader does; then by the cell's own id;
    then by its text, as tools that take out the marks leave both.
    """
    ids = {cell.grade_id for cell in lesson.cells}
    found = {}
    for index, cell in enumerate(cells):
        if (name := _grade_id(cell)) in ids:
            found[name] = index
    marked = {index for index, cell in enumerate(cells) if _grade_id(cell) in ids}
    for cell in lesson.cells:
        if cell.grade_id in found:
            continue
        for same in (_same_id, _same_text):
            index = next(
                (
                    index
                    for index, candidate in enumerate(cells)
                    if index not in marked and same(cell, candidate)
                ),
                None,
            )
            if index is not None:
                found[cell.grade_id] = index
                marked.add(index)
                break
    return found


def _same_id(cell, candidate):
    return bool(cell.released_id) and candidate["id"] == cell.released_id


def _same_text(cell, candidate):
    texts = {cell.source.strip(), cell.released_source.strip()} - {""}
    return candidate["source"].strip() in texts


def assemble(lesson, cells, notes):
    """Return the notebook to execute: the learner's text in the teacher's cells.

    Parameters
    ----------
    lesson : Lesson
    cells : list of dict
        As `read_cells` returns them.
    notes : list of str
        Sentences on what was mended are added.

    Returns
    -------
    nbformat.NotebookNode
    """
    found = _recognise(lesson, cells)
    _note_marks(lesson, cells, found, notes)
    by_index = {index: name for name, index in found.items()}
    known = {cell.grade_id: cell for cell in lesson.cells}
    made = []
    for index, cell in enumerate(cells):
        name = by_index.get(index)
        made.append(_lesson_cell(known[name], cell) if name else _learners_cell(cell))
    _put_back(lesson, made, notes)
    _make_ids_unique(made)
    notebook = nbformat.v4.new_notebook(cells=made, metadata=NOTEBOOK_METADATA)
    notebook.metadata["kernelspec"] = nbformat.from_dict(lesson.kernelspec)
    return notebook


def _note_marks(lesson, cells, found, notes):
    names = [_grade_id(cell) for cell in cells]
    for name, index in found.items():
        if names.count(name) > 1:
            notes.append(f"Cell '{name}' was there {names.count(name)} times; the last one counts.")
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


def _claims_points(cell):
    return bool(cell["metadata"]["nbgrader"].get("grade"))


def _tags(cell):
    tags = cell["metadata"].get("tags")
    return [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []


def _kept_metadata(cell):
    kept = {
        key: value
        for key, kind in KEPT_CELL_METADATA.items()
        if isinstance(value := cell["metadata"].get(key), kind)
    }
    if "tags" in kept:
        kept["tags"] = [_clean(tag) for tag in dict.fromkeys(_tags(cell))]
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
            (
                index
                for index, cell in enumerate(made)
                if cell.metadata.get("nbgrader", {}).get("grade_id") == name
            ),
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


# --- What stands beside the notebook


def _check_answers(lesson, files, doubts):
    """Doubt a file of answers that cannot be read, or that a download has renamed."""
    for name in lesson.learners_files:
        stem, ending = posixpath.splitext(name)
        if ending != ".json":
            continue
        if name in files:
            try:
                damaged = not isinstance(json.loads(files[name]), dict)
            except (ValueError, RecursionError, MemoryError):
                damaged = True
            if damaged:
                doubts.append(f"'{name}' is damaged, so the answers in it earned nothing.")
            continue
        copies = [other for other in files if re.fullmatch(rf"{stem}\W*\w*\W*\.json", other)]
        copies = [other for other in copies if other not in lesson.learners_files]
        if copies:
            doubts.append(
                f"There is no '{name}' but '{readable(copies[0])}'; rename it if it is the same."
            )


def _timestamp(content, doubts):
    if content is None:
        return None
    try:
        text = content.decode().strip()
        return parse_utc(text) if text else None
    except (ValueError, OverflowError, TypeError, AttributeError):
        doubts.append("'timestamp.txt' cannot be read, so it is not known whether this was late.")
        return None


def _without_clashes(files):
    """Drop a file whose name is needed as a folder of another one."""
    folders = {
        "/".join(parts[:depth])
        for name in files
        for parts in [name.split("/")]
        for depth in range(1, len(parts))
    }
    return {name: content for name, content in files.items() if name not in folders}
