"""What decides a score besides the submission itself, in parts that are named to a person.

A submission that was graded is graded anew when one of the parts has changed since.
"""

from collections.abc import Iterable
import hashlib
import importlib.metadata
import importlib.util
import inspect
import json
from pathlib import Path
import re
from typing import Any

from crossentropy.data_folder import data_folder
from crossentropy.quiz import bank
from crossentropy.quiz.question import BankError, Question
from nbgrader.preprocessors import AssignLatePenalties

from classroom.grading.lesson import Lesson
from classroom.grading.settings import CourseSettings

# Computes with the learner's code, or judges it.
LIBRARIES = ("keras", "numpy", "nbgrader", "tensorflow", "tensorflow-cpu")
# What settings of these say is where things lie, and nothing about points.
ELSEWHERE = re.compile(
    r"CourseDirectory|Exchange.*|.*App|Generate.*|ClearSolutions|WorkedSolutions|.*Collector.*|"
    r".*Export.*|IncludeHeaderFooter"
)
QUESTION_ID = re.compile(r"[\"'](\d\d-[a-z0-9-]+)[\"']")
# These draw their questions from the whole bank.
SITTINGS = re.compile(r"\bquiz\.(test|challenge)\w*\(")
# Of a template: what a learner reads and nobody is judged by.
PROSE = (
    *("prompt", "why", "otherwise", "hint", "steps", "quick_check", "mistakes"),
    *("section", "objective", "kind", "difficulty"),
)
LATENESS = "the due date or an extension"


def means(settings: CourseSettings, lesson: Lesson, timeout: float) -> dict[str, str]:
    """Return a digest of each part that decides the scores of a lesson, by the part's name.

    Parameters
    ----------
    settings : CourseSettings
    lesson : Lesson
    timeout : float
        Seconds a cell.

    Returns
    -------
    dict of str to str
    """
    files = sorted(
        (name, hashlib.sha256(content).hexdigest())
        for name, content in lesson.teachers_files.items()
    )
    cells = [
        [cell.grade_id, cell.source, cell.locked, _but(cell.metadata, "points", "checksum")]
        for cell in lesson.cells
    ]
    released = [[cell.released_id, cell.released_source] for cell in lesson.cells]
    config = {name: value for name, value in settings.config.items() if not _elsewhere(name)}
    if files_of := config.get("Autograde", {}).get("exclude_overwriting"):  # by lesson
        own = {lesson.name: files_of.get(lesson.name)}
        config["Autograde"] = {**config["Autograde"], "exclude_overwriting": own}
    package = Path(importlib.util.find_spec("crossentropy").origin).parent
    return {
        "its tests": _digest(cells, lesson.kernelspec),
        # The judge takes from the source what no learner answers: imports, data, helpers.
        "its source": _digest([source for name, source in lesson.code_cells if not name]),
        "its points": _digest([cell.metadata.get("points") for cell in lesson.cells]),
        "its release": _digest(released),
        "a file beside its source": _digest(files),
        "the key of a question": _digest(_keys(lesson)),
        "the package": _digest(_code([package, Path(__file__).parent]), _versions()),
        "the settings": _digest(sorted(config.items()), timeout, _penalties(settings)),
    }


def lateness(due: Any, handed_in: Any) -> dict[str, str]:
    """Return the digest of what decides whether a submission is late.

    Parameters
    ----------
    due : datetime.datetime or None
        With the learner's extension.
    handed_in : datetime.datetime or None
    """
    return {LATENESS: _digest(str(due), str(handed_in))}


def _elsewhere(name):
    return ELSEWHERE.fullmatch(name) is not None


def _but(mapping, *names):
    return {name: value for name, value in mapping.items() if name not in names}


def _digest(*values):
    text = json.dumps(values, sort_keys=True, default=_told)
    return hashlib.sha256(text.encode(errors="backslashreplace")).hexdigest()


def _told(value):
    """Return what tells a value in the settings from another; never its address."""
    if isinstance(value, type):
        return f"{value.__module__}.{value.__qualname__}"
    return re.sub(r" at 0x[0-9a-fA-F]+", "", repr(value))


def _keys(lesson):
    """Return the keys of the questions on which points of a lesson depend."""
    text = "\n".join(cell.source for cell in lesson.cells if cell.grade)
    try:
        if SITTINGS.search(text):
            return [_key(each) for name in bank.lessons() for each in bank.questions(name)]
        return [_key(each) for each in _found(sorted(set(QUESTION_ID.findall(text))))]
    except BankError:
        # A bank that cannot be read now may be read by the cell, which then says why.
        return sorted(_code([bank.folder()], ("*.yaml", "*.json")))


def _found(names: Iterable[str]) -> list[Question]:
    found = []
    for name in names:
        try:
            found.append(bank.question(name))
        except BankError:  # the name of an exercise, or of nothing
            continue
    return found


def _key(question):
    options = [[one.correct, one.place, one.low, one.high] for one in question.options]
    numbers = [question.answer, question.tolerance, question.time_limit, question.attempts]
    template = _without_prose(question.template)
    return [question.id, question.use, question.type, options, numbers, template]


def _without_prose(part):
    if isinstance(part, dict):
        return {name: _without_prose(value) for name, value in _but(part, *PROSE).items()}
    if isinstance(part, list):
        return [_without_prose(each) for each in part]
    return part


def _code(folders, patterns=("*.py",)):
    """Yield the name and the digest of each file of code, and of the data beside the bank."""
    paths = {path for folder in folders for pattern in patterns for path in folder.rglob(pattern)}
    if patterns == ("*.py",):
        paths |= {path for path in data_folder().glob("*") if path.suffix != ".py"}
    return [
        [path.name, hashlib.sha256(path.read_bytes()).hexdigest()]
        for path in sorted(paths)
        if path.is_file()
    ]


def _versions():
    found = []
    for name in LIBRARIES:
        try:
            found.append([name, importlib.metadata.version(name)])
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def _penalties(settings):
    """Return the source of the late-submission plugin, which a course may bring itself."""
    plugin = AssignLatePenalties(config=settings.config).plugin_class
    try:
        return [_told(plugin), inspect.getsource(plugin)]
    except (OSError, TypeError):
        return [_told(plugin)]
