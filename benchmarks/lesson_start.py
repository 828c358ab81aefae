"""How long a learner waits for the first output, and how much there is to download.

Each time stands beside that of the plain tool, measured in turns on the same machine:

    .venv/bin/python benchmarks/lesson_start.py                 # every lesson
    .venv/bin/python benchmarks/lesson_start.py 01-loss-definition

The limits: a lesson's kernel has shown its first output after at most 0.80 of what a kernel takes
that only imports the same TensorFlow, and what `make lab` installs is at most 0.50 GB to download
(on Linux x86-64). The exit status is 1 when a limit is passed.
"""

import argparse
from pathlib import Path
import subprocess
import sys
import time
import tomllib

from jupyter_client.manager import start_new_kernel
from packaging.markers import Marker, default_environment
from packaging.tags import sys_tags
from packaging.utils import parse_wheel_filename
from rich.console import Console
from rich.table import Table

from classroom import notebook_files
from classroom.course import lesson_file, lesson_names

ROOT = Path(__file__).parents[1]
REPEATS = 5
MOST_OF_PLAIN = 0.80
MOST_BYTES = 0.50e9
PLAIN = ["import tensorflow"]
PROJECT = "crossentropy-curriculum"


def import_seconds(module):
    """Return the shortest of some times that a new Python takes to import a module."""
    times = {"pass": [], f"import {module}": []}
    for _ in range(REPEATS):
        for source, found in times.items():
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", source], check=True, capture_output=True)
            found.append(time.perf_counter() - start)
    bare, ours = map(min, times.values())
    return ours - bare


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


def start_seconds(lesson):
    """Return the shortest times of a lesson's start and of the plain kernel's, taken in turns."""
    folder, cells = lesson_file(ROOT, lesson).parent, first_cells(lesson)
    pairs = [(kernel_seconds(cells, folder), kernel_seconds(PLAIN, folder)) for _ in range(REPEATS)]
    ours, plain = zip(*pairs, strict=True)
    return min(ours), min(plain)


def download_bytes(groups):
    """Return the bytes of each package that this machine would download, by uv.lock.

    Parameters
    ----------
    groups : tuple of str
        Dependency groups beside what learners need.

    Returns
    -------
    dict of str to int
    """
    lock = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    here = {**default_environment(), "extra": ""}

    def fits(record, key="marker"):
        return key not in record or Marker(record[key]).evaluate(here)

    def locked(dependency):
        return next(
            package
            for package in lock
            if package["name"] == dependency["name"]
            and dependency.get("version", package.get("version")) == package.get("version")
            and any(
                Marker(each).evaluate(here)
                for each in package.get("resolution-markers", ["python_version > '3'"])
            )
        )

    project = locked({"name": PROJECT})
    waiting = [*project["dependencies"]]
    for group in groups:
        waiting += project["dev-dependencies"][group]
    found, seen = {}, set()
    while waiting:
        dependency = waiting.pop()
        extras = tuple(dependency.get("extra", ()))
        if not fits(dependency) or (dependency["name"], extras) in seen:
            continue
        seen.add((dependency["name"], extras))
        package = locked(dependency)
        if package["name"] != PROJECT:
            found[package["name"]] = size(package)
            waiting += package.get("dependencies", [])
        for extra in extras:
            waiting += package.get("optional-dependencies", {}).get(extra, [])
    return found


def size(package):
    """Return the bytes of the wheel that fits this machine best, else of the source."""
    rank = {tag: place for place, tag in enumerate(sys_tags())}
    wheels = [
        (min(rank[tag] for tag in tags if tag in rank), wheel["size"])
        for wheel in package.get("wheels", ())
        for tags in [parse_wheel_filename(wheel["url"].rsplit("/", 1)[1])[3]]
        if not rank.keys().isdisjoint(tags)
    ]
    return min(wheels)[1] if wheels else package["sdist"]["size"]


def megabytes_on_disk(folder):
    """Return what a folder takes, a file with several names counted once."""
    seen = {}
    for path in folder.rglob("*"):
        status = path.lstat()
        seen[status.st_ino] = status.st_blocks * 512 if hasattr(status, "st_blocks") else 0
    return sum(seen.values()) / 1e6


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("lessons", nargs="*", help="default: all")
    parser.add_argument("--without-times", action="store_true", help="only the environment")
    options = parser.parse_args()
    table, passed = Table("what", "here", "beside", "that", "ratio", "limit"), []

    def row(what, ours, beside, plain, limit=None):
        ratio = ours / plain
        if limit and ratio > limit:
            passed.append(what)
        shown = "" if limit is None else f"{limit:.2f}"
        table.add_row(what, f"{ours:.2f} s", beside, f"{plain:.2f} s", f"{ratio:.2f}", shown)

    if not options.without_times:
        ours, plain = import_seconds("crossentropy.quiz"), import_seconds("ipywidgets")
        row("import crossentropy.quiz", ours, "import ipywidgets", plain)
        for lesson in options.lessons or lesson_names(ROOT):
            ours, plain = start_seconds(lesson)
            row(f"{lesson}: first output", ours, "kernel, import tensorflow", plain, MOST_OF_PLAIN)
    for what, groups in {
        "learners' packages": (),
        "make lab": ("teacher",),
        "make test": ("teacher", "test"),
    }.items():
        total = sum(download_bytes(groups).values())
        limit = MOST_BYTES if what == "make lab" else None
        if limit and total > limit:
            passed.append(what)
        shown = "" if limit is None else f"{limit / 1e9:.2f} GB"
        table.add_row(f"{what}: download", f"{total / 1e9:.2f} GB", "", "", "", shown)
    table.add_row("this environment on disk", f"{megabytes_on_disk(Path(sys.prefix)) / 1e3:.2f} GB")
    Console(width=110).print(table)
    if passed:
        print(f"Over the limit: {', '.join(passed)}")
        raise SystemExit(1)


if __name__ == "__main__":
    main()
