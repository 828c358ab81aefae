"""How long the lessons take to run under nbval, and how long their release takes.

    .venv/bin/python benchmarks/notebooks.py

The limit of the first is what the cells compute, divided by the cores: no arrangement of the work
is faster. Beside the release stands plain nbgrader's. The exit status is 1 when nbval takes more
than 1.3 of the limit.
"""

import os
from pathlib import Path
import resource
import subprocess
import sys
import tempfile
import time

from rich.console import Console
from rich.table import Table

from classroom.grading.machine import cores

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
MOST_OF_LIMIT = 1.3
NBVAL = [
    BIN / "pytest",
    "--numprocesses=logical",
    "--dist=loadfile",
    "-q",
    "solutions",
    "notebooks",
]
PLAIN_RELEASE = """
c = get_config()
c.CourseDirectory.root = {root!r}
c.CourseDirectory.source_directory = {source!r}
c.GenerateAssignment.create_assignment = True
"""


def timed(command, **more):
    """Run a command that must succeed; return its wall seconds and its processor seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, **more)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(done.stdout[-3000:] + done.stderr[-3000:])
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def plain_release(folder):
    """Release all lessons by nbgrader's own command; return its wall seconds."""
    settings = PLAIN_RELEASE.format(root=str(folder), source=str(ROOT / "solutions"))
    found = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}  # nbgrader: alembic
    (folder / "nbgrader_config.py").write_text(settings)
    lessons = sorted(path.name for path in (ROOT / "solutions").iterdir() if path.is_dir())
    return sum(
        timed([BIN / "nbgrader", "generate_assignment", lesson], cwd=folder, env=found)[0]
        for lesson in lessons
    )


def main():
    """Print both tables' rows; return the exit status."""
    workers = cores()
    with tempfile.TemporaryDirectory() as folder:
        plain = plain_release(Path(folder))
    ours, _ = timed([BIN / "classroom", "release"], cwd=ROOT)
    wall, cpu = timed(NBVAL, cwd=ROOT)
    limit = cpu / workers
    table = Table("what", "seconds", "beside", "its seconds", "ratio")
    table.add_row(
        "nbval, all lessons, both trees",
        f"{wall:.0f}",
        f"computing / {workers} cores",
        f"{limit:.0f}",
        f"{wall / limit:.2f}",
    )
    table.add_row(
        "release of all lessons",
        f"{ours:.1f}",
        "plain nbgrader",
        f"{plain:.1f}",
        f"{ours / plain:.2f}",
    )
    Console().print(table)
    return int(wall > MOST_OF_LIMIT * limit)


if __name__ == "__main__":
    sys.exit(main())
