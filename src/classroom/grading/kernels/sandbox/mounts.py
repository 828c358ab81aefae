"""The file system of a jail: mount what a kernel may see, and make it the root."""

import contextlib
import ctypes
import errno
import os
from pathlib import Path
import platform
import shutil
import stat

from classroom.grading.kernels.sandbox.libc import check, libc
from classroom.grading.kernels.sandbox.limits import Limits
from classroom.grading.kernels.sandbox.view import ACCOUNTS, DEVICES, HOME, SUBMISSION

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18
MNT_DETACH = 2
MOUNT_ATTR_RDONLY, MOUNT_ATTR_NOSUID, MOUNT_ATTR_NODEV = 1, 2, 4
AT_FDCWD, AT_RECURSIVE = -100, 0x8000
SYS_MOUNT_SETATTR, SYS_PIVOT_ROOT = 442, {"x86_64": 155, "aarch64": 41}


def _mount(source, target, kind, flags=0, options=None):
    check(
        libc().mount(
            os.fsencode(source),
            os.fsencode(target),
            kind and kind.encode(),
            ctypes.c_ulong(flags),
            options and options.encode(),
        ),
        f"mount {target}",
    )


class _MountAttributes(ctypes.Structure):
    _fields_ = tuple(
        (name, ctypes.c_uint64) for name in ("attr_set", "attr_clr", "propagation", "userns_fd")
    )


def _protect(path, attributes, recursive=True):
    asked = _MountAttributes(attributes, 0, 0, 0)
    check(
        libc().syscall(
            ctypes.c_long(SYS_MOUNT_SETATTR),
            AT_FDCWD,
            os.fsencode(path),
            ctypes.c_uint(AT_RECURSIVE if recursive else 0),
            ctypes.byref(asked),
            ctypes.c_size_t(ctypes.sizeof(asked)),
        ),
        f"mount_setattr {path}",
    )


def _show(path, root, attributes=MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV):
    target = root / path.relative_to("/")
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
    if path.is_symlink() and path.name in ("bin", "sbin", "lib", "lib32", "lib64"):
        target.symlink_to(os.readlink(path))
        return
    if path.is_dir():
        target.mkdir(exist_ok=True, mode=0o755)
    else:
        target.touch()
    _mount(path, target, None, MS_BIND | MS_REC)
    _protect(target, attributes)


def make_read_only(path: Path) -> None:
    """Let nothing be written below a mount any more.

    Raises
    ------
    OSError
        Also when something there is open for writing.
    """
    _protect(path, MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV, recursive=False)


def build(
    root: Path, shown: list[Path], sockets: Path, submission: Path, lesson: str, limits: Limits
) -> str:
    """Mount the learner's view of the machine at `root` and make it the root.

    Called in the new namespaces, as the first process of the process namespace.

    Parameters
    ----------
    root : pathlib.Path
        Any empty directory.
    shown : list of pathlib.Path
        What can be read; see `view.visible`.
    sockets : pathlib.Path
        Where the kernel's sockets are: the one place that both sides see.
    submission : pathlib.Path
        Its folder; it is copied, so that nothing outside can be written.
    lesson : str
    limits : Limits

    Returns
    -------
    str
        The working directory to change to.
    """
    os.umask(0o022)
    _mount("none", "/", None, MS_REC | MS_PRIVATE)
    scratch = f"mode=0777,size={limits.scratch_mb}m"
    safe = MS_NOSUID | MS_NODEV
    _mount("root", root, "tmpfs", safe, "mode=0755,size=16m")
    for name in ("proc", "dev", "tmp", "run", "var", HOME[1:], SUBMISSION[1:]):
        (root / name).mkdir(parents=True, exist_ok=True)
    for name in ("tmp", HOME[1:], SUBMISSION[1:]):
        _mount(name, root / name, "tmpfs", safe, scratch)
    # After /tmp, since a course may be there.
    for path in shown:
        _show(path, root)
    for path, text in ACCOUNTS.items():
        target = root / path[1:]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)

    _mount("proc", root / "proc", "proc", safe | MS_NOEXEC)
    # No further namespaces from inside: they give rights that only attackers want.
    for kind in ("user", "mnt", "pid", "net"):
        with contextlib.suppress(OSError):
            (root / f"proc/sys/user/max_{kind}_namespaces").write_text("0")
    for name in ("sys", "sysrq-trigger", "irq", "bus"):
        path = root / "proc" / name
        if path.exists():
            _mount(path, path, None, MS_BIND | MS_REC)
            _protect(path, MOUNT_ATTR_RDONLY)
    for name in DEVICES:
        (root / "dev" / name).touch()
        _mount(f"/dev/{name}", root / "dev" / name, None, MS_BIND)
    (root / "dev" / "shm").mkdir()
    _mount("shm", root / "dev/shm", "tmpfs", safe, scratch)
    for link, target in (("fd", ""), ("stdin", "/0"), ("stdout", "/1"), ("stderr", "/2")):
        (root / "dev" / link).symlink_to(f"/proc/self/fd{target}")
    (root / "var/tmp").symlink_to("/tmp")

    folder = root / SUBMISSION[1:] / lesson
    shutil.copytree(submission, folder)
    _open_up(folder)
    inside = root / sockets.relative_to("/")
    inside.mkdir(parents=True, exist_ok=True)
    _mount(sockets, inside, None, MS_BIND)
    _protect(inside, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV)

    os.chdir(root)
    number = SYS_PIVOT_ROOT.get(platform.machine())
    if number is None:
        raise OSError(errno.ENOSYS, f"pivot_root is not known for {platform.machine()}")
    check(libc().syscall(ctypes.c_long(number), b".", b"."), "pivot_root")
    check(libc().umount2(b".", MNT_DETACH), "umount the old root")
    os.chdir("/")
    _protect("/", MOUNT_ATTR_RDONLY, recursive=False)
    check(libc().sethostname(b"grading", ctypes.c_size_t(7)), "sethostname")
    return f"{SUBMISSION}/{lesson}"


def _open_up(folder):
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = stat.S_IMODE(path.stat().st_mode)
            path.chmod(0o777 if path.is_dir() else mode | 0o666)
