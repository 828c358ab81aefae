"""The jail: a process that we have forked enters namespaces of its own and gives up its rights.

Run as a program, this tries to enter one and ends.
"""

from collections.abc import Callable
import contextlib
import os
from pathlib import Path
import signal
import subprocess
import sys
import tempfile
import time
from typing import NoReturn

from classroom.grading.kernels.sandbox.limits import Limits
from classroom.grading.kernels.sandbox.mounts import build, make_read_only
from classroom.grading.kernels.sandbox.privileges import die_with_parent, drop, map_user, unshare
from classroom.grading.kernels.sandbox.system_calls import forbid_calls
from classroom.grading.kernels.sandbox.view import visible


def enter(
    workspace: Path,
    shown: list[Path],
    submission: Path,
    lesson: str,
    limits: Limits,
    agree: Callable[[int], bool | None],
    bound: tuple[str, ...] = (),
) -> str:
    """Put this process and what it forks into a jail; returns in the first process inside.

    Parameters
    ----------
    workspace : pathlib.Path
        Holds the folders `root`, empty, and `sockets`.
    shown : list of pathlib.Path
    submission : pathlib.Path
    lesson : str
    limits : Limits
    agree : callable
        Called with the process id after leaving the namespaces; when root grades it must have the
        parent call `map_user` and return what that returned, else it returns None.
    bound : tuple of str
        The paths of the sockets that the process will make; when all are there, nothing can be
        written in their folder any more.

    Returns
    -------
    str
        The working directory inside.
    """
    owner = os.geteuid(), os.getegid()  # afterwards the process does not know them
    unshare()
    change_user = agree(os.getpid())
    if change_user is None:
        change_user = map_user("self", False, owner)
    elif change_user:
        os.setresgid(0, 0, 0)
        os.setresuid(0, 0, 0)
    die_with_parent()  # once more: changing who we are has undone it
    child = os.fork()
    if child:
        _close_folder(workspace / "sockets", bound, child)
        follow(child)
    root, sockets = workspace / "root", workspace / "sockets"
    folder = build(root, shown, sockets, submission, lesson, limits)
    limits.apply()
    drop(change_user)
    die_with_parent()
    forbid_calls()
    return folder


def _close_folder(folder, bound, child):
    """Wait until the sockets are there, then let nothing be written in their folder any more.

    It is the one place in a jail that reaches the disk of the machine. This process has not given
    up its rights over the jail's file system, and runs nothing of the submission.
    """
    while bound and not all(map(os.path.lexists, bound)):
        if os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            return
        time.sleep(0.003)
    try:
        if bound:
            make_read_only(folder)
    except OSError:  # somebody is writing there already
        os.kill(child, signal.SIGKILL)


def follow(child: int) -> NoReturn:
    """Wait for the child and end as it ended."""
    with contextlib.suppress(OSError):
        os.closerange(0, 256)
    _, status = os.waitpid(child, 0)
    os._exit(os.waitstatus_to_exitcode(status) & 0xFF)


def why_no_jail() -> str:
    """Return why there can be no jail here, in one sentence, or ""."""
    if sys.platform != "linux":
        return "The jail needs Linux."
    probe = [sys.executable, "-I", "-m", __name__]
    try:
        done = subprocess.run(probe, capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.SubprocessError) as error:
        return f"The jail could not be tried ({error})."
    if done.returncode == 0:
        return ""
    last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
    return (
        f"The jail cannot be built ({last}): this system does not let you make user namespaces, "
        "or is older than Linux 5.12."
    )


def _try():
    """Enter a jail and end; the exit status tells whether that went well."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder)
        for name in ("root", "sockets", "submission"):
            (workspace / name).mkdir()
        shown = visible()
        ours, theirs = os.pipe(), os.pipe()
        child = os.fork()
        if child == 0:

            def agree(_):
                os.write(ours[1], b"u")
                answer = os.read(theirs[0], 1)
                return {b"1": True, b"0": None}[answer]

            try:
                enter(workspace, shown, workspace / "submission", "lesson", Limits(), agree)
            except OSError as error:
                print(error, file=sys.stderr, flush=True)
                os._exit(1)
            os._exit(0)
        os.close(ours[1])
        mapped = b"0"
        if os.read(ours[0], 1) and os.geteuid() == 0:
            mapped = b"1" if map_user(child, True, (0, 0)) else b"0"
        os.write(theirs[1], mapped)
        _, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(_try())
