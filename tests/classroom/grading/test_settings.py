"""What nbgrader_config.py does for a gradebook: one in PostgreSQL has the same grades."""

import os
from pathlib import Path
import shutil
import subprocess
import sys
import tempfile

from course_of_learners import EARNED, LESSON, ROOT, quick_start
from kernel_jobs import wait_until
from nbgrader.api import Gradebook
import pytest
from running_programs import free_port, running


def lacking(reason):
    """Skip on a laptop, where a person reads why; fail in CI, which installs everything."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def postgresql(tmp_path_factory):
    """A PostgreSQL server of our own on a socket of its own; yields the gradebook's URL."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    initdb = found[-1] if found else shutil.which("initdb")
    if not initdb:
        lacking("PostgreSQL is not installed (on Debian: apt install postgresql)")
    programs = Path(initdb).parent
    # PostgreSQL never runs as root; sockets need a short path.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    user = []
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody")
        user = ["runuser", "-u", "nobody", "--"]
    data, port = folder / "data", free_port()
    options = [f"--port={port}", f"--unix_socket_directories={folder}", "--listen_addresses="]
    try:
        made = subprocess.run(
            [*user, programs / "initdb", "-D", data, "-U", "teacher", "-A", "trust"],
            cwd=folder,
            capture_output=True,
            text=True,
        )
        assert made.returncode == 0, made.stderr
        with running(*user, programs / "postgres", "-D", data, *options, cwd=folder) as server:
            ready = [programs / "pg_isready", "-h", folder, "-p", str(port)]
            wait_until(lambda: subprocess.run(ready, capture_output=True).returncode == 0)
            yield f"postgresql+psycopg://teacher@/postgres?host={folder}&port={port}"
            server.terminate()
    finally:
        shutil.rmtree(folder)


def test_a_postgresql_gradebook_has_the_same_grades(class_of_four, postgresql, tmp_path):
    course = class_of_four.twin(tmp_path)
    (course.folder / "gradebook.db").unlink()
    with open(course.folder / "nbgrader_config.py", "a") as config:
        config.write(f"\nc.CourseDirectory.db_url = {postgresql!r}\n")
    course.classroom("release", LESSON)
    report = course.grade("--workers=1")
    assert {entry["student"]: entry["score"] for entry in report["students"]} == EARNED
    assert not (course.folder / "gradebook.db").exists()
    with Gradebook(postgresql) as gradebook:
        assert {
            each.student.id: each.score for each in gradebook.assignment_submissions(LESSON)
        } == EARNED
    assert course.grade()["resumed"] == 4


def test_nbgrader_finds_its_database_tool_where_the_environment_is_not_active(tmp_path):
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    command = [Path(sys.executable).with_name("nbgrader"), "db", "student", "add", "ann"]
    environment = {**quick_start(), "PATH": os.defpath}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
