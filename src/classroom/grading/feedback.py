"""Feedback pages: nbgrader's, with what failed said in plain words."""

from concurrent.futures import ProcessPoolExecutor
import contextlib
from functools import partial
import os
from pathlib import Path
import secrets

from crossentropy import own_folder
from jinja2 import BytecodeCache
from nbconvert.exporters import HTMLExporter
from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.converters import GenerateFeedback
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import GetGrades
from rich.console import Console
from rich.progress import Progress
from traitlets.config import Config

from classroom.course import CourseError
from classroom.grading import worker_start
from classroom.grading.feedback_steps import TellWhatFailed
from classroom.grading.feedback_summary import SumUp
from classroom.grading.settings import CourseSettings
from classroom.grading.submissions import folders_of_students, readable
from classroom.nbgrader_log import reason_logged_by
from classroom.notebook_text import markdown2html
from classroom.page_text import as_html

SECRET = "submission_secret.txt"
TEMPLATES = Path(__file__).with_name("templates")


def make_feedback(
    course: str | os.PathLike, lesson: str, students: list[str] | None = None
) -> list[Path]:
    """Make the feedback pages of a lesson with nbgrader's GenerateFeedback.

    Parameters
    ----------
    course : path-like
        The folder with `nbgrader_config.py`.
    lesson : str
    students : list of str, optional
        Only these; all that were graded by default.

    Returns
    -------
    list of pathlib.Path
        The pages.

    Raises
    ------
    classroom.course.CourseError
        When nothing was graded, or, after all others are made, when a page could not be.
    """
    settings = CourseSettings(course)
    step = settings.directory.autograded_directory
    graded = folders_of_students(settings, step, lesson)
    students = sorted(set(students or graded))
    missing = [readable(student) for student in students if student not in graded]
    if missing or not students:
        raise CourseError(
            f"Nothing of {lesson}{' by ' if missing else ''}{', '.join(missing)} has been graded; "
            f"run classroom grade {lesson} first."
        )
    make = partial(_pages_of, settings.course, lesson)
    workers = worker_start.workers_for_pages(len(students))
    found, problems = [], []
    with contextlib.ExitStack() as stack:
        if workers > 1:
            context = worker_start.context(__name__)
            pool = stack.enter_context(ProcessPoolExecutor(workers, mp_context=context))
            made = pool.map(make, students)
        else:
            made = map(make, students)
        progress = Progress(console=Console(stderr=True), transient=True)
        stack.enter_context(progress)
        made = progress.track(made, total=len(students), description="Feedback")
        for student, (pages, problem) in zip(students, made, strict=True):
            found += pages
            if problem:
                problems.append(f"{readable(student)} ({problem})")
    if problems:
        raise CourseError(
            f"Feedback on {lesson} could not be made for {'; '.join(problems)}. "
            f"{len(found)} other pages are made."
        )
    return found


class _CompiledTemplates(BytecodeCache):
    """Compiled templates, kept for the pages that follow: to compile them takes half of a page."""

    def __init__(self):
        self.kept = {}

    def load_bytecode(self, bucket):
        bucket.code = self.kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket):
        self.kept[bucket.key, bucket.checksum] = bucket.code


class _PageExporter(HTMLExporter):
    compiled = _CompiledTemplates()

    def _create_environment(self):
        environment = super()._create_environment()
        environment.bytecode_cache = self.compiled
        return environment


class _OneStudent(GenerateFeedback):
    """nbgrader's, with our template, unless the course names one of its own.

    nbgrader takes an id with brackets in it for a pattern and finds nothing.
    """

    def __init__(self, **arguments):
        super().__init__(**arguments)
        ours = Config()
        if "template_name" not in arguments["config"].HTMLExporter:
            ours.HTMLExporter.template_name = "lesson_feedback"
        if "extra_template_basedirs" not in arguments["config"].HTMLExporter:
            ours.HTMLExporter.extra_template_basedirs = [
                str(TEMPLATES),
                *self.config.HTMLExporter.extra_template_basedirs,
            ]
        ours.HTMLExporter.filters = {
            "markdown2html": markdown2html,
            **arguments["config"].HTMLExporter.get("filters", {}),
            "page_text": as_html,
        }
        self.update_config(ours)
        if self.exporter_class is HTMLExporter:
            self.exporter_class = _PageExporter

    def init_notebooks(self):
        folder = self._format_source(self.coursedir.assignment_id, self.coursedir.student_id)
        self.assignments = {folder: [str(path) for path in Path(folder).glob("*.ipynb")]}


def _pages_of(course, lesson, student):
    """Make the pages of one student; return them and what went wrong, or ""."""
    settings = CourseSettings(course)
    directory = settings.directory
    directory.assignment_id, directory.student_id = lesson, student
    step = _OneStudent(coursedir=directory, config=settings.config)
    step.preprocessors = [GetGrades, TellWhatFailed, SumUp, CSSHTMLHeaderPreprocessor]
    step.force = True  # a person may have changed a score or a comment since
    made = settings.path(directory.feedback_directory, student, lesson)
    secret = _text_of(made / SECRET) or secrets.token_hex()
    with reason_logged_by(step) as reason:
        try:
            step.start()
        except NbGraderException as error:
            return [], readable(reason.text or error)
    _complete(made, secret)
    return sorted(made.glob("*.html")), ""


def _complete(made: Path, secret: str) -> None:
    """Add what the exchange asks for, and only its own submissions bring.

    Without a secret of its own, a page is released under a name that nobody looks for.
    """
    for name, content in ((SECRET, secret), ("timestamp.txt", "")):
        if not (made / name).exists():
            own_folder.write(made / name, content)


def _text_of(path: Path) -> str:
    try:
        return path.read_text()
    except (OSError, UnicodeDecodeError):
        return ""
