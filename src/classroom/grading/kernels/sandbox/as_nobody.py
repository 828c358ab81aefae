"""Bubblewrap for root: what runs in it is nobody's outside, as in the jail.

Bubblewrap by itself maps one user, whoever calls it, and so a submission of root's would be root to
the machine. Here root makes the user namespace, in which the set-up is root's and the submission
nobody's, has bubblewrap work in there, and gives up every right before the kernel begins.

Run as a program with a command line of bubblewrap, this is the first half; `become_learner` is the
second, inside.
"""

import os
from pathlib import Path
import runpy
import shutil
import sys
from typing import NoReturn

from classroom.grading.kernels.sandbox.libc import check, libc
from classroom.grading.kernels.sandbox.privileges import (
    CLONE_NEWUSER,
    die_with_parent,
    drop,
    map_user,
)
from classroom.grading.kernels.sandbox.view import HOME, NOBODY, USER


def run(command: list[str]) -> int:
    """Run bubblewrap in a user namespace of root and nobody; return its exit status."""
    die_with_parent()
    ours, theirs = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        check(libc().unshare(CLONE_NEWUSER), "unshare")
        os.write(ours[1], b"u")
        if os.read(theirs[0], 1) != b"1":
            os._exit(1)
        os.setresgid(0, 0, 0)
        os.setresuid(0, 0, 0)
        die_with_parent()
        Path("/proc/sys/user/max_user_namespaces").write_text("0")  # of this one, not the machine's
        os.execvp(command[0], command)
    os.close(ours[1])
    mapped = bool(os.read(ours[0], 1)) and map_user(child, True, (0, 0))
    if not mapped:
        print("this system has no user for nobody", file=sys.stderr)
    os.write(theirs[1], b"1" if mapped else b"0")
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) & 0xFF


def own_by_nobody(sockets: Path) -> None:
    """Let a kernel that is nobody's make its sockets in a folder, and read what is there."""
    for path in (sockets, *sockets.iterdir()):
        os.chown(path, NOBODY, NOBODY)


def become_learner(module: str, handed_in: str, arguments: list[str]) -> NoReturn:
    """Give up every right and run a module, with the submission copied to where it may be read.

    Parameters
    ----------
    module : str
    handed_in : str
        The folder of the submission, which root's settings may have closed to others.
    arguments : list of str
        Of the module; the folder among them is replaced by the copy.
    """
    copy = "/tmp/handed-in"
    shutil.copytree(handed_in, copy)
    for path in (Path(copy), *Path(copy).rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    for path in (".", "/tmp", HOME, "/dev/shm"):
        os.chown(path, USER, USER)
    drop(change_user=True)
    die_with_parent()
    sys.argv = [module, *(copy if each == handed_in else each for each in arguments)]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
    sys.exit(0)


if __name__ == "__main__":
    if sys.argv[1] == "--inside":
        become_learner(sys.argv[2], sys.argv[3], sys.argv[4:])
    sys.exit(run(sys.argv[1:]))
