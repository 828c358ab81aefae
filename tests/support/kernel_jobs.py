"""Make notebooks of a few cells, read what they scored, and wait for what other processes do."""

from pathlib import Path
from textwrap import dedent
import time

from nbformat import from_dict, read, reads, v4, writes
from nbgrader.utils import determine_grade, is_grade, is_solution

from classroom.grading.job import CodeCell, Job, Teachers
from classroom.grading.kernels.sandbox.choice import available_sandboxes

# The sandbox that `classroom grade` takes here.
SANDBOX = next((name for name, problem in available_sandboxes().items() if not problem), "none")


def code(source):
    """Return a code cell of the learner's."""
    return v4.new_code_cell(dedent(source).strip())


def grade(name, source, points=2):
    """Return a cell that scores."""
    cell = code(source)
    cell.metadata = from_dict(
        {
            "nbgrader": {
                "grade": True,
                "grade_id": name,
                "locked": True,
                "points": points,
                "schema_version": 3,
                "solution": False,
                "task": False,
            }
        }
    )
    return cell


def job_of(*cells, files=None, **limits):
    """Return a job that executes these cells."""
    cells = [code(cell) if isinstance(cell, str) else cell for cell in cells]
    notebook = v4.new_notebook(cells=cells)
    ids = tuple(cell.metadata.nbgrader.grade_id for cell in cells if is_grade(cell))
    content = {"lesson.ipynb": writes(notebook).encode(), **(files or {})}
    limits = {"timeout": 20, **limits}
    return Job("ann", "lesson", "lesson.ipynb", content, grade_cells=ids, **limits)


def teachers_of(lesson):
    """Return what the judge gets of a lesson."""
    path = Path(__file__).parents[2] / "solutions" / lesson / f"{lesson}.ipynb"
    cells = [cell for cell in read(path, as_version=4).cells if cell.cell_type == "code"]
    return Teachers(tuple(_code_cell(cell) for cell in cells))


def _code_cell(cell):
    kind = "answer" if is_solution(cell) else "graded" if is_grade(cell) else "lesson"
    return CodeCell(kind, cell.metadata.get("nbgrader", {}).get("grade_id", ""), cell.source)


def scores(result):
    """Return what nbgrader's own rules give for each cell that scores."""
    cells = reads(result.notebook.decode(), as_version=4).cells
    return {
        cell.metadata.nbgrader.grade_id: determine_grade(cell)[0]
        for cell in cells
        if is_grade(cell)
    }


def printed(result):
    """Return what all cells printed, one text."""
    cells = reads(result.notebook.decode(), as_version=4).cells
    outputs = [output for cell in cells if cell.cell_type == "code" for output in cell.outputs]
    return "".join(output.text for output in outputs if output.output_type == "stream")


def wait_until(happened, seconds=90):
    """Ask again and again until the answer is true, and return it."""
    end = time.monotonic() + seconds
    while not (result := happened()):
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)
    return result


def wait_for_kernel(grader, descendants=4):
    """Wait until a process has server, follower, first process and kernel below it; return them."""

    def family():
        found = grader.children(recursive=True)
        return found if len(found) >= descendants and found[-1].num_threads() > 5 else None

    return wait_until(family)
