"""The folder of a kernel goes with it, whatever is in it and whoever was killed."""

import os
from pathlib import Path
import signal
import subprocess
import sys

import pytest

from classroom.grading.kernels.workspace import (
    new_workspace,
    remove_what_was_left,
    remove_workspace,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kernels have no sandbox there")
KILLED = """
import os, signal
from classroom.grading.kernels.workspace import new_workspace
print(new_workspace("none"), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_folders_in_folders_without_an_end_are_removed():
    workspace = new_workspace("none")
    here = os.open(workspace / "home", os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
    remove_workspace(workspace)
    assert not workspace.exists()


def test_a_folder_that_its_owner_has_closed_is_removed():
    workspace = new_workspace("none")
    (workspace / "home" / "closed").mkdir()
    (workspace / "home" / "closed" / "file").touch()
    (workspace / "home" / "closed").chmod(0)
    (workspace / "home").chmod(0o500)
    remove_workspace(workspace)
    assert not workspace.exists()


def test_a_workspace_that_is_gone_changes_nothing_above_it(tmp_path):
    tmp_path.chmod(0o755)
    remove_workspace(tmp_path / "gone")
    assert tmp_path.stat().st_mode & 0o777 == 0o755


def test_a_closed_workspace_is_removed_and_nothing_above_it_changes(tmp_path):
    tmp_path.chmod(0o755)
    workspace = tmp_path / "closed"
    workspace.mkdir()
    (workspace / "file").touch()
    workspace.chmod(0)
    remove_workspace(workspace)
    assert not workspace.exists()
    assert tmp_path.stat().st_mode & 0o777 == 0o755


def test_what_a_killed_process_has_left_is_removed_and_nothing_else():
    held = new_workspace("none")
    done = subprocess.run([sys.executable, "-c", KILLED], capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL
    left = Path(done.stdout.strip())
    fresh = left.exists()
    for each in (held, left):
        os.utime(each, (0, 0))  # a minute has gone by
    remove_what_was_left()
    assert (fresh, left.exists(), held.exists()) == (True, False, True)
    remove_workspace(held)
