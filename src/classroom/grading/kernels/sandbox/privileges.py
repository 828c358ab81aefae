"""Who a jailed process is, and how it gives up every right for good."""

import ctypes
import errno
import os
from pathlib import Path
import sys

from classroom.grading.kernels.sandbox.libc import check, libc
from classroom.grading.kernels.sandbox.view import NOBODY, USER

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x00020000, 0x04000000, 0x08000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
NAMESPACES = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NAME, PR_CAPBSET_DROP = 1, 4, 15, 24
PR_SET_NO_NEW_PRIVS = 38
PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 47, 4


def unshare() -> None:
    """Leave all namespaces of the machine; the process namespace takes effect for children.

    The caller must have one thread only, and no user or group mapped yet afterwards.
    """
    check(libc().unshare(NAMESPACES), "unshare")


def map_user(pid: int | str, privileged: bool, owner: tuple[int, int]) -> bool:
    """Say who the processes in the namespace of `pid` are.

    Called by root from outside (`privileged`), who keeps 0 for the set-up and makes the learner
    nobody; else by the process itself, which becomes the learner. `owner` is the user and group
    of the process outside.

    Returns
    -------
    bool
        Whether the set-up runs as 0, so that `drop` must change the user.
    """
    process = Path(f"/proc/{pid}")
    if privileged:
        try:
            lines = f"0 0 1\n{USER} {NOBODY} 1\n"
            (process / "uid_map").write_text(lines)
            (process / "gid_map").write_text(lines)
            return True
        except OSError as error:
            # Root of a container that has no such user.
            if error.errno not in (errno.EPERM, errno.EINVAL):
                raise
    (process / "setgroups").write_text("deny")
    (process / "uid_map").write_text(f"{USER} {owner[0]} 1\n")
    (process / "gid_map").write_text(f"{USER} {owner[1]} 1\n")
    return False


class _CapabilityHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


def drop(change_user: bool) -> None:
    """Give up every right for good: the user 0, all capabilities, new ones by running programs."""
    system = libc()
    last = int(Path("/proc/sys/kernel/cap_last_cap").read_text())
    for capability in range(last + 1):
        check(system.prctl(PR_CAPBSET_DROP, ctypes.c_ulong(capability), 0, 0, 0), "drop")
    if change_user:
        os.setgroups([])
        os.setresgid(USER, USER, USER)
        os.setresuid(USER, USER, USER)
    header = _CapabilityHeader(0x20080522, 0)
    nothing = (ctypes.c_uint32 * 6)()
    check(system.capset(ctypes.byref(header), ctypes.byref(nothing)), "capset")
    system.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    check(system.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")


def die_with_parent() -> None:
    """Have the kernel of the operating system kill this process when its parent ends."""
    if sys.platform == "linux":
        libc().prctl(PR_SET_PDEATHSIG, ctypes.c_ulong(9), 0, 0, 0)


def name_process(name: str) -> None:
    """Give this process a name of at most 15 letters, by which a list of processes shows it."""
    if sys.platform == "linux":
        libc().prctl(PR_SET_NAME, ctypes.c_char_p(name.encode()), 0, 0, 0)
