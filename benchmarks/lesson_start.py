"""How long a learner waits: imports, the first output of a lesson, and a lesson's nbval run.

Each time stands beside that of the plain tool, measured in the same run on the same machine:

    .venv/bin/python benchmarks/lesson_start.py
"""

from pathlib import Path
import subprocess
import sys
import time

from jupyter_client.manager import start_new_kernel
from rich.console import Console
from rich.table import Table

from classroom import notebook_files
from classroom.course import lesson_file, lesson_names

ROOT = Path(__file__).parents[1]
REPEATS = 5
PLAIN = ["import tensorflow; tensorflow.zeros(1)"]


def seconds(*command):
    """Return the shortest of some runs of a command, in seconds."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return min(times)


def import_seconds(module):
    bare = seconds(sys.executable, "-c", "pass")
    return seconds(sys.executable, "-c", f"import {module}") - bare


def kernel_seconds(cells, folder):
    """Return the seconds from asking for a kernel to the end of the last of some cells."""
    start = time.perf_counter()
    manager, client = start_new_kernel(cwd=str(folder), stderr=subprocess.DEVNULL)
    try:
        for source in cells:
            client.execute_interactive(source, output_hook=lambda message: None, timeout=120)
        return time.perf_counter() - start
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def first_cells(lesson):
    """Return a lesson's code cells up to the first that shows something."""
    cells = []
    for cell in notebook_files.read(lesson_file(ROOT, lesson)).cells:
        if cell.cell_type == "code":
            cells.append(cell.source)
            if cell.outputs:
                return cells
    return cells


def main():
    table = Table("what", "seconds", "plain tool", "seconds", "ratio")

    def row(what, ours, plain_tool, plain):
        table.add_row(what, f"{ours:.2f}", plain_tool, f"{plain:.2f}", f"{ours / plain:.2f}")

    plain = import_seconds("ipywidgets")
    row("import crossentropy.quiz", import_seconds("crossentropy.quiz"), "import ipywidgets", plain)
    for lesson in lesson_names(ROOT):
        folder = lesson_file(ROOT, lesson).parent
        plain = min(
            kernel_seconds(["import tensorflow; tensorflow.zeros(1)"], folder) for _ in "123"
        )
        ours = min(kernel_seconds(first_cells(lesson), folder) for _ in "123")
        row(f"{lesson}: kernel to first output", ours, "kernel, import tensorflow", plain)
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
