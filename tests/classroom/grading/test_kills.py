"""Whatever is killed in a run, kernel, judge, worker, server, command: all get their points."""

import contextlib
from pathlib import Path
import subprocess
import sys

from course_of_learners import LESSON
from kernel_jobs import wait_until
import psutil
import pytest

from classroom.grading.kernels.sandbox.choice import available_sandboxes

CLASSROOM = Path(sys.executable).with_name("classroom")


@pytest.fixture(scope="module")
def slow_class(class_of_five, tmp_path_factory):
    """The class of five, whose notebooks take long enough to be killed; and what it deserves."""
    course = class_of_five.twin(tmp_path_factory.mktemp("slow"))
    for folder in (course.folder / "submitted").iterdir():
        path = folder / LESSON / f"{LESSON}.ipynb"
        text = path.read_text()
        path.write_text(
            text.replace("import numpy as np", "import numpy as np, time; time.sleep(1)")
        )
        assert path.read_text() != text
    undisturbed = course.twin(tmp_path_factory.mktemp("undisturbed"))
    undisturbed.grade()
    return course, undisturbed.gradebook()


def family(run):
    with contextlib.suppress(psutil.Error):
        return run.children(recursive=True)
    return []


def command_line(process):
    with contextlib.suppress(psutil.Error):
        return " ".join(process.cmdline())
    return ""


def kernel_of(run):
    """Return the process that runs a learner's cells."""
    return _named("learner", run)


def judge_of(run):
    """Return the process that runs the tests."""
    return _named("judge", run)


def _named(name, run):
    for process in reversed(family(run)):
        with contextlib.suppress(psutil.Error):
            if process.name() == name:
                return process
    return None


def worker_of(run):
    """Return the process that a fork server of multiprocessing has made."""
    for process in family(run):
        with contextlib.suppress(psutil.Error):
            mother = command_line(process.parent())
            if "forkserver" in command_line(process) and "forkserver" in mother:
                return process
    return None


def server_of(run):
    for process in family(run):
        if "classroom.grading.kernels.forking" in command_line(process):
            return process
    return None


@pytest.mark.parametrize("sandbox", ["jail", "bwrap", "none"])
def test_whatever_is_killed_the_next_run_goes_on(slow_class, tmp_path, sandbox):
    if why := available_sandboxes()[sandbox]:
        pytest.skip(why)
    course, deserved = slow_class[0].twin(tmp_path), slow_class[1]
    run = psutil.Popen(
        [CLASSROOM, "grade", LESSON, "--workers=1", f"--sandbox={sandbox}"],
        cwd=course.folder,
        env=course.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    seen = set()
    servers = [] if sandbox == "bwrap" else [server_of]
    victims = [kernel_of, judge_of, worker_of, *servers, lambda run: run]
    try:
        for done, victim in enumerate(victims):
            before = min(done, 3)  # two of the five are left for the last
            wait_until(lambda before=before: len(graded(course)) >= before and kernel_of(run))
            wait_until(lambda victim=victim: victim(run))
            seen |= {run, *family(run)}
            victim(run).kill()
    finally:
        run.kill()
    assert psutil.wait_procs(seen, timeout=30)[1] == []
    # A worker may have finished another one before the command was killed.
    assert len(graded(course)) < 5
    options = ["--workers=1", f"--sandbox={sandbox}"]
    report = course.grade(*options, status=None)
    # A judge that died amid a test may have died of the answer, so a person is told.
    doubted = [each["student"] for each in report["students"] if "The judge" in each["reason"]]
    assert len(doubted) <= 1
    for student in doubted:
        course.grade(*options, "--force", f"--student={student}")
    assert course.gradebook() == deserved


def graded(course):
    return list((course.folder / "autograded").glob(f"*/{LESSON}/*.ipynb"))
