"""Say what this machine can do for grading, and what to install."""

from collections.abc import Iterator
from dataclasses import dataclass
import importlib.metadata
import os
import sys
import time

import nbformat

from classroom.course import CourseError, find_course
from classroom.grading.execution import execute
from classroom.grading.job import Job
from classroom.grading.kernels.sandbox.choice import (
    SandboxError,
    available_sandboxes,
    resolve_sandbox,
)
from classroom.grading.machine import cores
from classroom.grading.settings import CourseSettings, shown_url

OK, LACKING = "ok", "lacking"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    what: str
    state: str  # OK, or LACKING when something is to be done
    says: str


def examine(start: str | os.PathLike = ".") -> Iterator[Finding]:
    """Look at sandboxes, kernels, cores, memory and the gradebook, one after the other.

    Parameters
    ----------
    start : path-like
        A course, or a folder in one; without a course its part is left out.

    Yields
    ------
    Finding
    """
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding("Python", OK, f"{version}, nbgrader {importlib.metadata.version('nbgrader')}")
    yield Finding("cores", OK, f"{cores()}: so many submissions are executed at a time")
    yield _memory()
    works = []
    for name, problem in available_sandboxes().items():
        if name == "none":
            continue
        if not problem:
            works.append(name)
        yield Finding(f"sandbox {name}", LACKING if problem else OK, problem or "works")
    try:
        chosen = resolve_sandbox("auto")
    except SandboxError as error:
        yield Finding("sandbox", LACKING, str(error))
        chosen = "none"
    yield from _kernels(chosen)
    yield _cluster()
    try:
        settings = CourseSettings(find_course(start))
    except CourseError:
        return
    yield _gradebook(settings)


def _memory():
    if not hasattr(os, "sysconf") or "SC_PHYS_PAGES" not in os.sysconf_names:
        return Finding("memory", OK, "not known on this system")
    size = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    needed = 2 + cores()
    return Finding(
        "memory",
        OK if size >= needed else LACKING,
        f"{size:.0f} GB"
        + ("" if size >= needed else f"; grade with --workers {max(1, int(size) - 2)}"),
    )


def _kernels(sandbox):
    """Start two kernels: the first with all that it imports, the second forked when that works."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("import tensorflow")])
    job = Job(
        student="doctor",
        lesson="doctor",
        notebook="doctor.ipynb",
        files={"doctor.ipynb": nbformat.writes(notebook).encode()},
        timeout=120,
        grade_cells=(),
    )
    seconds = []
    for _ in range(2):
        started = time.monotonic()
        result = execute(job, sandbox)
        seconds.append(time.monotonic() - started)
        if result.status != "finished":
            yield Finding("kernel", LACKING, result.reason)
            return
    first, next_one = seconds
    warm = next_one < first / 2
    yield Finding(
        "warm start",
        OK if warm else LACKING,
        f"first kernel {first:.1f} s, the next {next_one:.1f} s"
        + ("" if warm else "; kernels start cold here, which needs the jail to change"),
    )


def _cluster():
    try:
        return Finding("Dask", OK, importlib.metadata.version("distributed"))
    except importlib.metadata.PackageNotFoundError:
        return Finding("Dask", LACKING, "pip install distributed, for --scheduler only")


def _gradebook(settings):
    shown = shown_url(settings.directory.db_url)
    try:
        with settings.gradebook() as gradebook:
            lessons = len(gradebook.assignments)
    except CourseError as error:
        return Finding("gradebook", LACKING, str(error))
    return Finding("gradebook", OK, f"{shown}, {lessons} lessons")
