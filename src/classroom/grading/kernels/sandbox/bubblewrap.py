"""The same view through bubblewrap, for a new process."""

from functools import cache
import os
from pathlib import Path
import shutil
import subprocess
import sys

from classroom.grading.kernels.sandbox import as_nobody
from classroom.grading.kernels.sandbox.as_nobody import own_by_nobody
from classroom.grading.kernels.sandbox.limits import Limits
from classroom.grading.kernels.sandbox.view import HOME, SUBMISSION, USER, environment, visible

HANDED_IN = "/handed-in"


def bwrap_command(
    command: list[str], sockets: Path, submission: Path, lesson: str, limits: Limits
) -> list[str]:
    """Return the command line that runs `command` in the same view through bubblewrap.

    The folder of the submission is at `HANDED_IN` there, for the command to copy. `command` runs a
    module of ours in a new Python.
    """
    size = str(limits.scratch_mb * 2**20)
    root = os.geteuid() == 0
    arguments = ["bwrap", "--die-with-parent", "--new-session", "--clearenv", "--cap-drop", "ALL"]
    arguments += ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"]
    arguments += ["--unshare-cgroup-try", "--hostname", "grading"]
    if root:  # the user namespace is made by `as_nobody`, and these rights are given up there
        for right in ("CHOWN", "SETUID", "SETGID", "SETPCAP"):
            arguments += ["--cap-add", f"CAP_{right}"]
    else:
        arguments += ["--unshare-user", "--uid", str(USER), "--gid", str(USER)]
        arguments += ["--disable-userns"] if _bwrap_can("--disable-userns") else []
    arguments += ["--proc", "/proc", "--dev", "/dev"]
    for path in ("sys", "sysrq-trigger", "irq", "bus"):
        arguments += ["--ro-bind-try", f"/proc/{path}", f"/proc/{path}"]
    for path in ("/tmp", HOME, SUBMISSION, "/dev/shm"):
        arguments += ["--size", size, "--tmpfs", path]
    # A new process needs the grader's package to begin with.
    shown = visible(("crossentropy", "classroom"))
    # Those that bubblewrap makes by itself are closed to all but root.
    above = {parent for path in (*shown, sockets) for parent in path.parents[:-1]}
    for path in sorted(above):  # after /tmp, since a course may be there
        arguments += ["--dir", str(path)]
    for path in shown:
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
    if not root:
        return arguments + command
    own_by_nobody(sockets)
    python = [sys.executable, "-I", "-m"]
    assert command[:3] == python
    inside = [*python, as_nobody.__name__, "--inside", command[3], HANDED_IN, *command[4:]]
    return [*python, as_nobody.__name__, *arguments, *inside]


@cache
def _bwrap_can(option):
    text = subprocess.run(["bwrap", "--help"], capture_output=True, text=True, check=False)
    return option in text.stdout + text.stderr


def why_no_bubblewrap() -> str:
    """Return why bubblewrap cannot be used here, in one sentence, or ""."""
    if sys.platform != "linux" or shutil.which("bwrap") is None:
        return "bubblewrap is not installed: install the package 'bubblewrap' (Linux only)."
    probe = ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "true"]
    if os.geteuid() == 0:
        probe[1:2] = ["--unshare-pid", "--unshare-net"]
        probe = [sys.executable, "-I", "-m", as_nobody.__name__, *probe]
    try:
        done = subprocess.run(
            probe,
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
