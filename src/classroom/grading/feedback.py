"""Feedback pages and the table of grades: nbgrader's, with what failed said in plain words.

nbgrader's own pages show the source of every test, hidden ones too, and tracebacks that quote it.
Here a test that failed says so in the words of its message, and hidden tests stay hidden.
"""

from concurrent.futures import ProcessPoolExecutor
import contextlib
from functools import partial
import logging
from pathlib import Path
import re

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
import nbformat
from nbgrader.converters import GenerateFeedback
from nbgrader.converters.base import NbGraderException
from nbgrader.plugins import CsvExportPlugin
from nbgrader.preprocessors import ClearHiddenTests, GetGrades, NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution
from rich.console import Console
from rich.progress import Progress
from traitlets.utils.importstring import import_item

from classroom.course import CourseError
from classroom.grading import worker_start
from classroom.grading.course import GradingCourse
from classroom.grading.submissions import folders_of_students, readable

COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
SHORTEST_LINE = 12  # letters; shorter lines such as "else:" tell nothing and stand everywhere
LONGEST_REASON = 1_500  # letters; a comparison of arrays by NumPy has some hundred
LEAST_FOR_A_WORKER = 8  # pages; a process of its own imports for as long
LEFT_OUT = "(This output was left out: it shows a test.)"
PLAIN_WORDS = {
    "NotImplementedError": "the exercise is not solved yet.",
    "CellTimeoutError": "it took longer than is allowed; is there a loop that never ends?",
}


class TellWhatFailed(NbGraderPreprocessor):
    """Say why a test failed in the words of its message; hide the source of hidden tests."""

    def preprocess(self, notebook, resources):
        self.hiding = ClearHiddenTests(parent=self, config=self.config)
        tests = [cell for cell in notebook.cells if _is_test(cell)]
        hidden = set()
        for cell in tests:
            hidden |= self._hide(cell)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = [without(hidden, output) for output in cell.outputs]
        for cell in tests:
            tell(cell)
        return notebook, resources

    def _hide(self, cell):
        """Take the hidden tests out of a cell; return their lines."""
        before = cell.source.split("\n")
        # A delimiter that is never closed hides the rest of the cell.
        cell.source += f"\n### {self.hiding.end_test_delimeter}"
        with contextlib.suppress(RuntimeError):  # nested delimiters: nothing of it is shown
            self.hiding._remove_hidden_test_region(cell)
        if self.hiding.begin_test_delimeter in cell.source:
            cell.source = ""
        shown = cell.source.split("\n")
        if shown and self.hiding.end_test_delimeter in shown[-1]:
            shown.pop()
        cell.source = "\n".join(shown).rstrip()
        kept = {line.strip() for line in shown}
        lines = {line.strip() for line in before} - kept
        return {line for line in lines if len(line) >= SHORTEST_LINE}


def _is_test(cell):
    return cell.cell_type == "code" and is_grade(cell) and not is_solution(cell)


def tell(cell):
    """Replace the traceback of a test cell by one sentence on why it failed; in place."""
    errors = [output for output in cell.outputs if output.output_type == "error"]
    if not errors:
        return
    error = next((each for each in errors if each.evalue), errors[0])
    text = f"Not passed: {reason(error.ename, error.evalue)}"
    printed = [output for output in cell.outputs if output.output_type == "stream"]
    cell.outputs = [*printed, nbformat.v4.new_output("display_data", {"text/plain": text})]


def reason(name, message):
    """Return why a test failed, from the name and the message of its error."""
    message = COLOUR.sub("", str(message)).strip()
    if len(message) > LONGEST_REASON:
        message = f"{message[:LONGEST_REASON]} …"
    if name == "AssertionError":
        return message or "an assertion of the test does not hold."
    if name in PLAIN_WORDS:
        return PLAIN_WORDS[name]
    if name in ("DeadKernelError", "NotRunError", "ScoreError"):
        return message
    return f"{name}: {message}" if message else f"{name}."


def without(hidden, output):
    """Return an output, or in its place a remark when it quotes a line of a hidden test."""
    if not any(line in text for text in _texts(output) for line in hidden):
        return output
    if output.output_type == "error":
        return nbformat.v4.new_output("error", ename=output.ename, **_quiet_error(output, hidden))
    return nbformat.v4.new_output("stream", name="stdout", text=LEFT_OUT)


def _quiet_error(output, hidden):
    # A traceback quotes the test that failed, and only that is to go; the message may stay.
    quoted = any(line in COLOUR.sub("", str(output.evalue)) for line in hidden)
    message = LEFT_OUT if quoted else output.evalue
    return {"evalue": message, "traceback": [f"{output.ename}: {message}"]}


def _texts(output):
    if output.output_type == "stream":
        parts = [output.text]
    elif output.output_type == "error":
        parts = [output.evalue, *output.traceback]
    else:
        parts = output.get("data", {}).values()
    for part in parts:
        plain = COLOUR.sub("", part if isinstance(part, str) else str(part))
        yield plain
        # Printed as a value, a text has its newlines and quotes escaped.
        yield plain.replace("\\n", "\n").replace("\\'", "'").replace('\\"', '"')


def feedback(folder, lesson, students=None, console=None):
    """Make the feedback pages of a lesson with nbgrader's GenerateFeedback.

    Parameters
    ----------
    folder : path-like
        The course.
    lesson : str
    students : list of str, optional
        Only these; all that were graded by default.
    console : rich.console.Console, optional
        Where the progress is shown; stderr by default.

    Returns
    -------
    list of pathlib.Path
        The pages.

    Raises
    ------
    classroom.course.CourseError
        When nothing was graded, or, after all others are made, when a page could not be.
    """
    course = GradingCourse(folder)
    graded = folders_of_students(course, course.directory.autograded_directory, lesson)
    students = sorted(set(students or graded))
    missing = [readable(student) for student in students if student not in graded]
    if missing or not students:
        raise CourseError(
            f"Nothing of {lesson}{' by ' if missing else ''}{', '.join(missing)} has been graded; "
            f"run classroom grade {lesson} first."
        )
    make = partial(_pages_of, course.folder, lesson)
    workers = min(worker_start.cores(), len(students) // LEAST_FOR_A_WORKER)
    found, problems = [], []
    with contextlib.ExitStack() as stack:
        if workers > 1:
            context = worker_start.context(__name__)
            pool = stack.enter_context(ProcessPoolExecutor(workers, mp_context=context))
            made = pool.map(make, students)
        else:
            made = map(make, students)
        console = console or Console(stderr=True)
        progress = stack.enter_context(Progress(console=console, transient=True))
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


class _OneStudent(GenerateFeedback):
    """nbgrader's, which takes an id with brackets in it for a pattern and finds nothing."""

    def init_notebooks(self):
        folder = self._format_source(self.coursedir.assignment_id, self.coursedir.student_id)
        self.assignments = {folder: [str(path) for path in Path(folder).glob("*.ipynb")]}


def _pages_of(folder, lesson, student):
    """Make the pages of one student; return them and what went wrong, or ""."""
    course, log = GradingCourse(folder), _Errors()
    course.directory.assignment_id = lesson
    course.directory.student_id = student
    step = _OneStudent(coursedir=course.directory, config=course.config)
    step.preprocessors = [GetGrades, TellWhatFailed, CSSHTMLHeaderPreprocessor]
    step.force = True  # a person may have changed a score or a comment since
    step.log.addHandler(log)
    try:
        step.start()
    except NbGraderException as error:
        return [], log.first or readable(error)
    finally:
        step.log.removeHandler(log)
    made = course.path(course.directory.feedback_directory, student, lesson)
    return sorted(made.glob("*.html")), ""


class _Errors(logging.Handler):
    first = ""

    def emit(self, record):
        text = record.getMessage().strip()
        if record.levelno >= logging.ERROR and "Traceback" in text:
            self.first = self.first or text.splitlines()[-1]


def export(folder):
    """Write the table of all grades, as `nbgrader export` does; return its path."""
    course = GradingCourse(folder)
    plugin = course.config.ExportApp.get("plugin_class") or CsvExportPlugin
    plugin = import_item(plugin) if isinstance(plugin, str) else plugin
    exporter = plugin(config=course.config)
    with contextlib.chdir(course.folder), course.gradebook() as gradebook:
        exporter.export(gradebook)
    return course.folder / (exporter.to or "grades.csv")
