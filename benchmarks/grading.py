"""How fast a class is graded, beside plain nbgrader, with the same submissions in the same run.

    .venv/bin/python benchmarks/grading.py                     # 24 submissions of lesson 01
    .venv/bin/python benchmarks/grading.py --students 200 --without-plain --workers 2 --sandbox auto
    .venv/bin/python benchmarks/grading.py --students 6 --without-plain --lesson 05-overfitting

Every row begins with a course in which nothing is graded, and counts from typing the command to its
end, start-up included. Memory is the proportional set size of the command and all it has started,
at its highest. The learners' share is the time inside the notebooks' own cells out of all the time
that the workers had. The limit is what the cells take alone on one core, shared out among the
cores; one notebook of each kind is run by nbclient to know it, with TensorFlow imported before.
"""

import argparse
from contextlib import chdir, redirect_stdout, suppress
import json
import os
from pathlib import Path
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

from crossentropy import own_folder, quiz
from crossentropy.quiz import bank
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook
from nbgrader.utils import is_solution
import psutil
from rich.console import Console
from rich.table import Table

from classroom import notebook_files
from classroom.authoring.release import release_lessons
from classroom.course import lesson_file
from classroom.grading.machine import cores

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
KINDS = ("right", "wrong", "untouched")
SECONDS_BETWEEN_SAMPLES = 0.5


def make_class(course, lesson, students):
    """Release a lesson in a new course and let learners hand it in: right, wrong, untouched."""
    shutil.copytree(ROOT / "solutions", course / "solutions")
    shutil.copy(ROOT / "nbgrader_config.py", course)
    release_lessons(course, [lesson])
    source = notebook_files.read(lesson_file(course, lesson))
    answers = {
        cell.metadata.nbgrader.grade_id: cell.source for cell in source.cells if is_solution(cell)
    }
    prefix = lesson[:2]
    quizzes = "\n".join(cell.source for cell in source.cells if "quiz.points(" in cell.source)
    questions = re.findall(rf'"({prefix}-[a-z0-9-]+)"', quizzes)
    for number in range(students):
        kind = KINDS[number % len(KINDS)]
        folder = course / "submitted" / f"{kind}-{number:03}" / lesson
        hand_in(course, lesson, folder, kind, answers, questions)


def hand_in(course, lesson, folder, kind, answers, questions):
    notebook = notebook_files.read(lesson_file(course, lesson, "notebooks"))
    for cell in notebook.cells:
        if is_solution(cell) and kind != "untouched":
            cell.source = answers[cell.metadata.nbgrader.grade_id]
            if kind == "wrong":
                names = re.findall(r"^def (\w+)", cell.source, flags=re.MULTILINE)
                cell.source += "".join(f"\n{name} = lambda *a, **k: 'nonsense'" for name in names)
    notebook_files.write(notebook, folder / f"{lesson}.ipynb")
    if kind == "right":
        with chdir(folder), redirect_stdout(None):
            own_folder.remember()
            for name in questions:
                quiz.answer(name, bank.question(name).key)


def run(command, course):
    """Run a command in a course; return its seconds and its highest memory in MB."""
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    started = time.perf_counter()
    with open(course / "output.txt", "w") as output:
        process = subprocess.Popen(
            list(map(str, command)), cwd=course, env=environment, stdout=output, stderr=output
        )
        peak = Peak(process.pid)
        process.wait()
    seconds = time.perf_counter() - started
    peak.done.set()
    peak.join()
    if process.returncode not in (0, 1):
        raise SystemExit((course / "output.txt").read_text()[-3000:])
    return seconds, peak.megabytes


class Peak(threading.Thread):
    """Watches the memory of a process and of all that it has started."""

    def __init__(self, process_id):
        super().__init__(daemon=True)
        self.process, self.done, self.megabytes = psutil.Process(process_id), threading.Event(), 0
        self.start()

    def run(self):
        while not self.done.wait(SECONDS_BETWEEN_SAMPLES):
            with suppress(psutil.Error):
                family = [self.process, *self.process.children(recursive=True)]
                self.megabytes = max(self.megabytes, sum(map(megabytes, family)))


def megabytes(process):
    with suppress(psutil.Error):
        memory = process.memory_full_info()
        return getattr(memory, "pss", memory.rss) / 2**20
    return 0


# In the kernel: one core, and the time from the begin to the end of each cell.
BEGIN = """
import os, time
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
import tensorflow
_cells = {"seconds": 0.0, "begun": time.perf_counter()}
def _begin(info):
    _cells["begun"] = time.perf_counter()
def _end(result):
    _cells["seconds"] += time.perf_counter() - _cells["begun"]
get_ipython().events.register("pre_run_cell", _begin)
get_ipython().events.register("post_run_cell", _end)
"""


def seconds_of_cells(course, lesson, students):
    """Return what all cells of a class take one after the other, alone on one core."""
    total = 0
    for number, kind in enumerate(KINDS[:students]):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / lesson
            shutil.copytree(course / "submitted" / f"{kind}-{number:03}" / lesson, path)
            notebook = notebook_files.read(path / f"{lesson}.ipynb")
            notebook.cells.insert(0, new_code_cell(BEGIN))
            notebook.cells.append(new_code_cell("print(_cells['seconds'])"))
            client = NotebookClient(notebook, timeout=None, allow_errors=True)
            client.execute(cwd=path)
            seconds = float(notebook.cells[-1].outputs[0].text)
        total += seconds * len(range(number, students, len(KINDS)))
    return total


def grades(course, lesson):
    """Return every score and comment of a course's gradebook."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        return {
            submission.student.id: (
                {grade.name: grade.auto_score for each in notebooks for grade in each.grades},
                {note.name: note.auto_comment for each in notebooks for note in each.comments},
            )
            for submission in gradebook.assignment_submissions(lesson)
            for notebooks in [submission.notebooks]
        }


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--lesson", default="01-loss-definition")
    parser.add_argument("--students", type=int, default=24)
    parser.add_argument("--without-plain", action="store_true", help="leave plain nbgrader out")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--sandbox", nargs="+", default=["none", "auto"])
    parser.add_argument("--json", type=Path, help="write the numbers to this file too")
    options = parser.parse_args()
    lesson = options.lesson
    rows, reference = [], None
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "fresh"
        fresh.mkdir()
        make_class(fresh, lesson, options.students)
        commands = {}
        if not options.without_plain:
            commands["nbgrader autograde"] = [BIN / "nbgrader", "autograde", lesson]
        for sandbox in options.sandbox:
            for workers in options.workers:
                commands[f"classroom grade, {workers} workers, sandbox {sandbox}"] = [
                    *(BIN / "classroom", "grade", lesson, f"--workers={workers}"),
                    *(f"--sandbox={sandbox}", "--json=report.json"),
                ]
        limit = seconds_of_cells(fresh, lesson, options.students) / cores()
        for name, command in commands.items():
            course = Path(folder) / "course"
            shutil.copytree(fresh, course)
            seconds, memory = run(command, course)
            found = grades(course, lesson)
            reference = reference or found
            row = {
                "what": name,
                "seconds": round(seconds, 1),
                "a minute": round(60 * options.students / seconds, 1),
                "times plain": None,
                "times the limit": round(seconds / limit, 2),
                "peak MB": round(memory),
                "learners' share": None,
                "same scores and comments": found == reference,
            }
            if (course / "report.json").exists():
                report = json.loads((course / "report.json").read_text())
                inside = sum(entry["cell_seconds"] for entry in report["students"])
                row["learners' share"] = round(inside / (seconds * report["workers"]), 2)
                row["what"] = name.replace("auto", report["sandbox"])
            if not options.without_plain:
                row["times plain"] = round((rows[0] if rows else row)["seconds"] / seconds, 2)
            rows.append(row)
            print(json.dumps(row), flush=True)
            shutil.rmtree(course)
    table = Table(
        title=f"{options.students} submissions of {lesson}, {cores()} cores, limit {limit:.1f} s"
    )
    for heading in rows[0]:
        table.add_column(heading, justify="left" if heading == "what" else "right")
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row.values()))
    Console(width=120).print(table)
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1))


if __name__ == "__main__":
    main()
