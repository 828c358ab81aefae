"""A disk that is full or a gradebook in use ends in one sentence, and the next run goes on."""

import json
from pathlib import Path
import shutil
import sqlite3
import subprocess
import sys

from course_of_learners import EARNED, LESSON, totals
import forked_programs
import pytest

from classroom.grading import obstacles
from classroom.grading.autograded import FINISHED
from classroom.grading.grade import grade
from classroom.grading.kernels import server, warm
from classroom.grading.recording import Recorder
from classroom.grading.tally import GRADED, NOT_GRADED

SPARE = [8_000]  # bytes
CLASSROOM = Path(sys.executable).with_name("classroom")


def run(course, *arguments):
    return forked_programs.run(
        "classroom", "grade", LESSON, *arguments, cwd=course.folder, env=course.environment
    )


def locked(course):
    """Return a connection that keeps everybody else out of the gradebook."""
    connection = sqlite3.connect(course.folder / "gradebook.db")
    connection.execute("begin exclusive")
    return connection


@pytest.fixture
def course(class_of_four, tmp_path):
    return class_of_four.twin(tmp_path)


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(obstacles, "SECONDS_FOR_A_LOCK", 1)


def test_a_gradebook_that_is_locked_from_the_beginning_is_told(course):
    connection = locked(course)
    done = run(course, "--sandbox=none")
    connection.close()
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (3, 1), done.stderr
    assert "database is locked" in done.stderr


@pytest.mark.parametrize(("method", "done"), [("record", 0), ("mark_finished", 1)])
def test_a_gradebook_that_is_locked_in_the_middle_stops_the_batch_which_goes_on_later(
    course, impatient, monkeypatch, method, done
):
    tally = graded_and_locked_in(method, course, monkeypatch)
    assert "database is locked" in tally.stopped
    assert tally.exit_status == 3
    assert [entry.status for entry in tally.students].count(GRADED) == done
    assert [entry.status for entry in tally.students].count(NOT_GRADED) == 4 - done
    assert course.grade("--sandbox=none")["resumed"] <= done
    assert totals(course.gradebook()) == EARNED


def test_a_gradebook_that_is_locked_while_resuming_stops_it_too(course, impatient, monkeypatch):
    course.grade("--sandbox=none")
    before = course.gradebook()
    tally = graded_and_locked_in("finished", course, monkeypatch)
    assert "database is locked" in tally.stopped
    assert course.grade("--sandbox=none")["resumed"] == 4
    assert course.gradebook() == before


def graded_and_locked_in(method, course, monkeypatch):
    """Grade; somebody locks the gradebook when a method of the recorder is first called."""
    called, connections = getattr(Recorder, method), []

    def lock_first(self, *arguments):
        if not connections:
            connections.append(locked(course))
        return called(self, *arguments)

    monkeypatch.setattr(Recorder, method, lock_first)
    server.running(warm.libraries_of(course.folder / "solutions" / LESSON))  # as the command does
    try:
        return grade(course.folder, LESSON, workers=1, sandbox="none")
    finally:
        for connection in connections:
            connection.close()
        monkeypatch.undo()


def test_a_gradebook_that_nobody_may_write_is_told_before_anything_is_executed(course):
    database = course.folder / "gradebook.db"
    config = course.folder / "nbgrader_config.py"
    config.write_text(
        f"{config.read_text()}\n"
        f"c.CourseDirectory.db_url = 'sqlite:///file:{database}?mode=ro&uri=true'\n"
    )
    done = run(course, "--sandbox=none")
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (3, 1), done.stderr
    assert "readonly database" in done.stderr
    assert not list((course.folder / "autograded").glob("*/*"))


def test_a_database_that_cannot_be_reached_is_told(course):
    config = course.folder / "nbgrader_config.py"
    place = course.folder / "nowhere" / "gradebook.db"
    config.write_text(f"{config.read_text()}\nc.CourseDirectory.db_url = 'sqlite:///{place}'\n")
    done = run(course, "--sandbox=none")
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (3, 1), done.stderr
    assert "unable to open database file" in done.stderr


def test_what_cannot_be_noted_is_graded_all_the_same_and_again_next_time(course):
    marks = course.folder / "autograded" / FINISHED
    marks.parent.mkdir()
    marks.write_text("in the way")
    assert course.grade("--sandbox=none")["resumed"] == 0
    assert totals(course.gradebook()) == EARNED
    marks.unlink()
    assert course.grade("--sandbox=none")["resumed"] == 0


def test_a_tally_that_cannot_be_written_is_told_and_the_grades_stand(course):
    (course.folder / "in-the-way").write_text("")
    done = run(course, "--sandbox=none", "--json=in-the-way/tally.json")
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (3, 1), done.stderr
    assert "could not be written" in done.stderr
    assert totals(course.gradebook()) == EARNED


# In a file system that is nearly full, and that only this command has; then in a larger one.
FULL = """
mount -t tmpfs -o size=$1 none "$2/course"
cp -r "$2/kept/." "$2/course"
cd "$2/course"
"$3" grade "$4" --sandbox=none --json=tally.json
echo "first $?"
mount -o remount,size=50m "$2/course"
"$3" grade "$4" --sandbox=none --json=tally.json
echo "then $?"
cat tally.json >&3
"""


def may_mount():
    tried = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "true"], capture_output=True, check=False
    )
    return tried.returncode == 0


@pytest.mark.skipif(not shutil.which("unshare") or not may_mount(), reason="needs a small disk")
@pytest.mark.parametrize("spare", SPARE)
def test_a_disk_that_is_full_ends_in_one_sentence_and_the_next_run_goes_on(course, tmp_path, spare):
    kept = tmp_path / "kept"
    shutil.move(course.folder, kept)
    course.folder.mkdir()
    used = sum(-(-path.stat().st_size // 4096) * 4096 for path in kept.rglob("*"))
    report = tmp_path / "report.json"
    script = FULL.replace(">&3", f'> "{report}"')
    done = subprocess.run(
        [
            *("unshare", "--map-root-user", "--mount", "sh", "-c", script, "sh"),
            *(str(used + spare), str(tmp_path), str(CLASSROOM), LESSON),
        ],
        env=course.environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert "Traceback" not in done.stderr
    assert "first 3" in done.stdout
    assert "No space left" in done.stdout + done.stderr or "disk is full" in done.stdout
    assert "then 0" in done.stdout
    scores = {each["student"]: each["score"] for each in json.loads(report.read_text())["students"]}
    assert scores == EARNED
