"""The same view through bubblewrap, for a new process."""

from functools import cache
import os
from pathlib import Path
import shutil
import subprocess
import sys

from classroom.grading.kernels.sandbox.limits import Limits
from classroom.grading.kernels.sandbox.view import HOME, SUBMISSION, USER, environment, visible

HANDED_IN = "/handed-in"


def bwrap_command(
    command: list[str], sockets: Path, submission: Path, lesson: str, limits: Limits
) -> list[str]:
    """Return the command line that runs `command` in the same view through bubblewrap.

    The folder of the submission is at `HANDED_IN` there, for the command to copy.
    """
    size = str(limits.scratch_mb * 2**20)
    arguments = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--clearenv"]
    arguments += ["--uid", str(USER), "--gid", str(USER), "--hostname", "grading"]
    arguments += ["--cap-drop", "ALL"]
    if _bwrap_can("--disable-userns"):
        arguments += ["--unshare-user", "--disable-userns"]
    arguments += ["--proc", "/proc", "--dev", "/dev"]
    for path in ("/tmp", HOME, SUBMISSION, "/dev/shm"):
        arguments += ["--size", size, "--tmpfs", path]
    # A new process needs the grader's package to begin with.
    for path in visible(("crossentropy", "classroom")):  # after /tmp, since a course may be there
        if path.is_symlink() and path.name in ("bin", "sbin", "lib", "lib32", "lib64"):
            arguments += ["--symlink", os.readlink(path), str(path)]
        else:
            arguments += ["--ro-bind", str(path), str(path)]
    arguments += ["--symlink", "/tmp", "/var/tmp"]
    arguments += ["--ro-bind", str(submission), HANDED_IN, "--bind", str(sockets), str(sockets)]
    for name, value in environment().items():
        arguments += ["--setenv", name, value]
    folder = f"{SUBMISSION}/{lesson}"
    arguments += ["--dir", folder, "--chdir", folder, "--remount-ro", "/", "--"]
    return arguments + command


@cache
def _bwrap_can(option):
    text = subprocess.run(["bwrap", "--help"], capture_output=True, text=True, check=False)
    return option in text.stdout + text.stderr


def why_no_bubblewrap() -> str:
    """Return why bubblewrap cannot be used here, in one sentence, or ""."""
    if sys.platform != "linux" or shutil.which("bwrap") is None:
        return "bubblewrap is not installed: install the package 'bubblewrap' (Linux only)."
    try:
        done = subprocess.run(
            ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "true"],
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as error:
        return f"bubblewrap could not be tried ({error})."
    if done.returncode == 0:
        return ""
    return f"bubblewrap does not work here ({done.stderr.strip()})."
