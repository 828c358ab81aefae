"""What each learner has handed in for a lesson: answers, code, and what grading made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
import json
from pathlib import Path
import posixpath

from crossentropy import strict_json
from crossentropy.own_folder import OwnFileError
from crossentropy.quiz import responses
from crossentropy.quiz.counted import TIMESTAMP, asked_of, counted, day_of
from crossentropy.quiz.responses import Responses

from classroom.course import CourseError
from classroom.grading.feedback_steps import reason
from classroom.grading.lesson import Lesson
from classroom.grading.preparation.contents import read_contents
from classroom.grading.settings import CourseSettings
from classroom.grading.submissions import (
    Submission,
    UnclearSubmissionError,
    find_submissions,
    readable,
)
from classroom.notebook_files import grade_id

LARGEST_NOTEBOOK = 64 * 2**20  # bytes, as in grading
LONGEST_MESSAGE = 200  # letters


@dataclass
class HandedIn:
    """What one learner has handed in.

    `code` has the text of each answer cell, by its grade id. `messages` has, of each graded cell
    that was executed, why it failed, or what it printed last. `notice` is a sentence where
    something could not be read.
    """

    student: str
    responses: Responses = field(default_factory=Responses)
    code: dict[str, str] = field(default_factory=dict)
    messages: dict[str, str] = field(default_factory=dict)
    notice: str = ""
    not_asked: frozenset[str] = frozenset()  # questions that were added after all that was done


def read_all(
    settings: CourseSettings, lesson: Lesson, students: list[str] | None = None
) -> list[HandedIn]:
    """Read the submissions of a lesson, in the order of the students' ids.

    Parameters
    ----------
    settings : CourseSettings
    lesson : Lesson
    students : list of str, optional
        Only these; all by default.

    Returns
    -------
    list of HandedIn

    Raises
    ------
    CourseError
        When nobody has handed anything in.
    """
    found = find_submissions(settings, lesson.name, students)
    return [_read(settings, lesson, submission) for submission in found]


def _read(settings: CourseSettings, lesson: Lesson, submission: Submission) -> HandedIn:
    work = HandedIn(submission.student)
    try:
        largest = settings.directory.max_file_size * 1000
        files = read_contents(submission, settings.directory.ignore, largest).files
    except (UnclearSubmissionError, OSError) as error:
        work.notice = readable(error)
        return work
    folder, work.code = _answers(lesson, files)
    content = _beside(folder, responses.FILE, files)
    if content is not None:
        try:
            work.responses = responses.from_record(strict_json.read(content))
        except (OwnFileError, ValueError, RecursionError):
            work.notice = f"{responses.FILE} is damaged or from a newer version."
    elif any(each.cell_type == "code" and "quiz.points(" in each.source for each in lesson.cells):
        work.notice = f"No {responses.FILE} was handed in."
    work.not_asked = _not_asked(lesson, work.responses, _beside(folder, TIMESTAMP, files))
    work.messages = _messages(settings.autograded(submission.student, lesson.name))
    return work


def _not_asked(lesson: Lesson, recorded: Responses, moment: bytes | None) -> frozenset[str]:
    days = {}
    for cell in lesson.cells:
        if cell.grade and cell.cell_type == "code":
            days |= counted(cell.source)
    day = day_of(moment.decode(errors="replace").strip()) if moment else None
    return frozenset(days.keys() - set(asked_of(days, recorded, day)))


def _answers(lesson: Lesson, files: dict[str, bytes]) -> tuple[str, dict[str, str]]:
    """Return the folder of the notebook with most cells of the lesson, and its answers.

    Of a lesson of several notebooks, those that lie beside it are read, too.
    """
    answers = {cell.grade_id for cell in lesson.cells if cell.solution and not cell.locked}
    best: tuple[tuple, str, dict] = ((0, 0, 0), "", {})
    beside: dict[str, dict[str, str]] = {}  # the answers by folder
    for name, content in files.items():
        if not name.lower().endswith(".ipynb"):
            continue
        cells = cells_in(content)
        known = {grade_id(cell): cell for cell in cells}
        code = {
            each: source_of(known[each])
            for each in answers & known.keys()
            if known[each].get("cell_type") == "code"
        }
        rank = (len(code), posixpath.basename(name) == f"{lesson.name}.ipynb", -name.count("/"))
        folder = posixpath.dirname(name)
        beside[folder] = code | beside.get(folder, {})
        if rank > best[0]:
            best = rank, folder, code
    _, folder, code = best
    return folder, beside.get(folder, {}) | code if lesson.others else code


def _beside(folder: str, name: str, files: dict[str, bytes]) -> bytes | None:
    """Return a file of the notebook's folder; else the one that lies least deep."""
    known = [path for path in files if posixpath.basename(path) == name]
    known.sort(key=lambda path: (posixpath.dirname(path) != folder, path.count("/"), path))
    return files[known[0]] if known else None


def cells_in(content: bytes) -> list[dict]:
    """Return the cells of a notebook that have the form of cells; none if it is no notebook."""
    if len(content) > LARGEST_NOTEBOOK:
        return []
    try:
        record = json.loads(content)
        found = [cell for cell in record["cells"] if isinstance(cell["metadata"], dict)]
        return [cell for cell in found if {"cell_type", "source"} <= cell.keys()]
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return []


def source_of(cell: dict) -> str:
    """Return the text of a cell, however the file has it."""
    source = cell["source"]
    if isinstance(source, list):
        return "".join(part for part in source if isinstance(part, str))
    return source if isinstance(source, str) else ""


def _messages(folder: Path) -> dict[str, str]:
    """Return of each cell that scores in an executed notebook what it said in the end."""
    found = {}
    for path in sorted(folder.glob("*.ipynb")):
        for cell in cells_in(path.read_bytes()):
            mark = cell["metadata"].get("nbgrader")
            if grade_id(cell) and isinstance(mark, dict) and mark.get("grade"):
                found[grade_id(cell)] = _said(cell.get("outputs"))
    return found


def _said(outputs: object) -> str:
    printed = ""
    for output in outputs if isinstance(outputs, list) else ():
        if output.get("output_type") == "error":
            text = reason(output.get("ename", ""), output.get("evalue", ""))
            return _shortened(text.strip().split("\n\n")[0])
        if output.get("output_type") == "stream":
            text = output.get("text", "")
            printed = "".join(text) if isinstance(text, list) else str(text)
    return _shortened(printed.strip())


def _shortened(text: str) -> str:
    text = readable(" ".join(text.split()))
    return text if len(text) <= LONGEST_MESSAGE else f"{text[: LONGEST_MESSAGE - 2]} …"


def lessons_notebook(settings: CourseSettings, lesson: str) -> list[dict]:
    """Return the cells of the teacher's own notebooks of a lesson; none where there is none."""
    directory = settings.directory
    for step in (directory.source_directory, directory.release_directory):
        cells = [
            cell
            for path in sorted(settings.path(step, ".", lesson).glob("*.ipynb"))
            for cell in cells_in(path.read_bytes())
        ]
        if cells:
            return cells
    return []


def without_submission(settings: CourseSettings, known: list[HandedIn]) -> list[str]:
    """Return who is in the gradebook and has handed in nothing, sorted."""
    try:
        with settings.gradebook() as gradebook:
            everybody = {student.id for student in gradebook.students}
    except CourseError:
        return []
    return sorted(everybody - {work.student for work in known})
