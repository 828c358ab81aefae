"""The sandbox of a kernel: what learners' code sees of the machine, and what it may use.

Two ways lead to the same view. *jail* is entered by a process that we have forked ourselves (see
``kernel_server``); *bwrap* starts a new process through bubblewrap. Both give the kernel its own
user, mount, process, network and ipc namespaces, no privileges, and a file system that holds
Python, the packages and the copy of one submission; no gradebook, no solution, no home.

Nothing here needs root. Whoever is root nevertheless (in a container) has the kernel run as an
unprivileged user.
"""

import contextlib
import ctypes
from dataclasses import asdict, dataclass
import errno
from functools import cache
import importlib.util
import os
from pathlib import Path
import platform
import shutil
import stat
import struct
import subprocess
import sys

try:
    import resource
except ImportError:  # Windows, where nothing here but "none" works
    resource = None

# Inside, everybody is this user; the number means nothing outside.
USER = 1000
# Who a kernel is outside when root grades: somebody who owns nothing.
NOBODY = 65534
HOME = "/home/learner"
SUBMISSION = "/submission"

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x00020000, 0x04000000, 0x08000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
NAMESPACES = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18
MNT_DETACH = 2
MOUNT_ATTR_RDONLY, MOUNT_ATTR_NOSUID, MOUNT_ATTR_NODEV = 1, 2, 4
AT_FDCWD, AT_RECURSIVE = -100, 0x8000
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP = 1, 4, 24
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP = 38, 22
PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 47, 4
SYS_MOUNT_SETATTR, SYS_PIVOT_ROOT = 442, {"x86_64": 155, "aarch64": 41}

# What a program needs of the system: libraries, programs, time zone, fonts. No passwords, no keys.
SYSTEM = (
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib32",
    "/lib64",
    "/etc/alternatives",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/localtime",
    "/etc/nsswitch.conf",
    "/nix/store",
    "/sys/devices/system/cpu",
)
DEVICES = ("null", "zero", "full", "random", "urandom")
# Made by us, so that no account of this machine is seen.
ACCOUNTS = {
    "/etc/passwd": f"learner:x:{USER}:{USER}:learner:{HOME}:/bin/sh\n",
    "/etc/group": f"learner:x:{USER}:\n",
    "/etc/hosts": "127.0.0.1 localhost\n",
    "/etc/hostname": "grading\n",
}


class SandboxError(Exception):
    """A sandbox cannot be had; the message says why and what to do."""


@dataclass(frozen=True)
class Limits:
    """What one kernel and all its processes may use.

    ``memory_mb`` is what all of them hold together; ``address_mb`` what each may reserve, which
    for TensorFlow is far more. ``scratch_mb`` is the size of /tmp, home and the working copy each.
    """

    memory_mb: int = 4096
    address_mb: int = 12288
    processes: int = 256
    file_mb: int = 256
    scratch_mb: int = 512
    open_files: int = 1024

    def as_dict(self):
        """Return the limits as JSON can hold them."""
        return asdict(self)

    def apply(self):
        """Limit this process and what it starts, as far as the system can."""
        if resource is None:
            return
        for name, most in (
            ("AS", self.address_mb * 2**20),
            ("NPROC", self.processes),
            ("FSIZE", self.file_mb * 2**20),
            ("NOFILE", self.open_files),
            ("CORE", 0),
        ):
            what = getattr(resource, f"RLIMIT_{name}", None)
            if what is None:
                continue
            _, hard = resource.getrlimit(what)
            if hard != resource.RLIM_INFINITY:
                most = min(most, hard)
            try:
                resource.setrlimit(what, (most, most))
            except (OSError, ValueError):
                if sys.platform == "linux":
                    raise


def environment():
    """Return the environment variables of a kernel: none of those of the grader, but for a few."""
    kept = {name: os.environ[name] for name in ("LANG", "LC_ALL", "TZ") if name in os.environ}
    return {
        **kept,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"]),
        "HOME": HOME,
        "USER": "learner",
        "TMPDIR": "/tmp",
        "IPYTHONDIR": f"{HOME}/.ipython",
        "MPLCONFIGDIR": f"{HOME}/.matplotlib",
        "NBGRADER_EXECUTION": "autograde",  # as nbgrader itself says to a notebook
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


def visible(packages=("crossentropy",)):
    """Return the paths that a kernel can read: the system's libraries, Python, some packages.

    The interpreter of an environment is a link, so the installation it leads to is there, too.
    """
    paths = [Path(path) for path in SYSTEM]
    paths += [Path(sys.prefix), Path(sys.base_prefix)]
    paths.append(Path(os.path.realpath(sys.executable)).parents[1])
    for name in packages:
        package = Path(importlib.util.find_spec(name).origin).parent
        paths.append(package)
        if name == "crossentropy" and not (package / "data").is_dir():
            paths.append(package.parents[1] / "data")  # in a clone
    found = []
    for path in sorted(dict.fromkeys(path for path in paths if path.exists())):
        if not any(path.is_relative_to(other) for other in found if not other.is_symlink()):
            found.append(path)
    return found


# --- jail: entered by a forked process --------------------------------------------------------


@cache
def _libc():
    return ctypes.CDLL(None, use_errno=True)


def _check(result, what):
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")
    return result


def unshare():
    """Leave all namespaces of the machine; the process namespace takes effect for children.

    The caller must have one thread only, and no user or group mapped yet afterwards.
    """
    _check(_libc().unshare(NAMESPACES), "unshare")


def map_user(pid, privileged, owner):
    """Say who the processes in the namespace of ``pid`` are.

    Called by root from outside (``privileged``), who keeps 0 for the set-up and makes the learner
    nobody; else by the process itself, which becomes the learner. ``owner`` is the user and group
    of the process outside.

    Returns
    -------
    bool
        Whether the set-up runs as 0, so that :func:`drop` must change the user.
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


def _mount(source, target, kind, flags=0, options=None):
    _check(
        _libc().mount(
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
    given = _MountAttributes(attributes, 0, 0, 0)
    _check(
        _libc().syscall(
            ctypes.c_long(SYS_MOUNT_SETATTR),
            AT_FDCWD,
            os.fsencode(path),
            ctypes.c_uint(AT_RECURSIVE if recursive else 0),
            ctypes.byref(given),
            ctypes.c_size_t(ctypes.sizeof(given)),
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


def build(root, shown, sockets, given, lesson, limits):
    """Mount the learner's view of the machine at ``root`` and make it the root.

    Called in the new namespaces, as the first process of the process namespace.

    Parameters
    ----------
    root : pathlib.Path
        Any empty directory.
    shown : list of pathlib.Path
        What can be read; see :func:`visible`.
    sockets : pathlib.Path
        Where the kernel's sockets are: the one place that both sides see.
    given : pathlib.Path
        The submission; it is copied, so that nothing outside can be written.
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
    shutil.copytree(given, folder)
    _open_up(folder)
    inside = root / sockets.relative_to("/")
    inside.mkdir(parents=True, exist_ok=True)
    _mount(sockets, inside, None, MS_BIND)
    _protect(inside, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV)

    os.chdir(root)
    number = SYS_PIVOT_ROOT.get(platform.machine())
    if number is None:
        raise OSError(errno.ENOSYS, f"pivot_root is not known for {platform.machine()}")
    _check(_libc().syscall(ctypes.c_long(number), b".", b"."), "pivot_root")
    _check(_libc().umount2(b".", MNT_DETACH), "umount the old root")
    os.chdir("/")
    _protect("/", MOUNT_ATTR_RDONLY, recursive=False)
    _check(_libc().sethostname(b"grading", ctypes.c_size_t(7)), "sethostname")
    return f"{SUBMISSION}/{lesson}"


def _open_up(folder):
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = stat.S_IMODE(path.stat().st_mode)
            path.chmod(0o777 if path.is_dir() else mode | 0o666)


class _CapabilityHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


def drop(change_user):
    """Give up every right for good: the user 0, all capabilities, new ones by running programs."""
    libc = _libc()
    last = int(Path("/proc/sys/kernel/cap_last_cap").read_text())
    for capability in range(last + 1):
        _check(libc.prctl(PR_CAPBSET_DROP, ctypes.c_ulong(capability), 0, 0, 0), "drop")
    if change_user:
        os.setgroups([])
        os.setresgid(USER, USER, USER)
        os.setresuid(USER, USER, USER)
    header = _CapabilityHeader(0x20080522, 0)
    nothing = (ctypes.c_uint32 * 6)()
    _check(libc.capset(ctypes.byref(header), ctypes.byref(nothing)), "capset")
    libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    _check(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")


# What no lesson needs and attacks on the operating system begin with.
# Their numbers: on x86_64, and on others of the generic table.
FORBIDDEN = {
    "acct": (163, 89),
    "add_key": (248, 217),
    "adjtimex": (159, 171),
    "bpf": (321, 280),
    "chroot": (161, 51),
    "clock_adjtime": (305, 266),
    "clock_settime": (227, 112),
    "delete_module": (176, 106),
    "fanotify_init": (300, 262),
    "finit_module": (313, 273),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fsopen": (430, 430),
    "fspick": (433, 433),
    "init_module": (175, 105),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "io_uring_setup": (425, 425),
    "ioperm": (173, None),
    "iopl": (172, None),
    "kcmp": (312, 272),
    "kexec_file_load": (320, 294),
    "kexec_load": (246, 104),
    "keyctl": (250, 219),
    "lookup_dcookie": (212, 18),
    "migrate_pages": (256, 238),
    "mount": (165, 40),
    "mount_setattr": (442, 442),
    "move_mount": (429, 429),
    "move_pages": (279, 239),
    "name_to_handle_at": (303, None),
    "nfsservctl": (180, 42),
    "open_by_handle_at": (304, None),
    "open_tree": (428, 428),
    "perf_event_open": (298, 241),
    "pivot_root": (155, 41),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "ptrace": (101, 117),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "reboot": (169, 142),
    "request_key": (249, 218),
    "setns": (308, 268),
    "settimeofday": (164, 170),
    "swapoff": (168, 225),
    "swapon": (167, 224),
    "syslog": (103, 116),
    "umount2": (166, 39),
    "unshare": (272, 97),
    "userfaultfd": (323, 282),
}
ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def forbid_calls():
    """Have the operating system refuse calls that only attacks on it need, where we know them."""
    if platform.machine() not in ARCHITECTURES:
        return
    column, architecture = ARCHITECTURES[platform.machine()]
    load, equal, greater, answer = 0x20, 0x15, 0x35, 0x06
    refuse, allow, kill = 0x00050000 | errno.EPERM, 0x7FFF0000, 0x80000000

    def step(code, skip_if=0, skip_else=0, value=0):
        return struct.pack("=HBBI", code, skip_if, skip_else, value)

    program = [
        step(load, value=4),  # the architecture; another one has other numbers
        step(equal, 1, 0, architecture),
        step(answer, value=kill),
        step(load, value=0),  # the number of the call
    ]
    if platform.machine() == "x86_64":  # the numbers of its 32-bit variant
        program += [step(greater, 0, 1, 0x40000000), step(answer, value=refuse)]
    for numbers in FORBIDDEN.values():
        if numbers[column] is not None:
            program += [step(equal, 0, 1, numbers[column]), step(answer, value=refuse)]
    program.append(step(answer, value=allow))
    code = b"".join(program)
    given = _Program(len(program), code)
    _check(_libc().prctl(PR_SET_SECCOMP, ctypes.c_ulong(2), ctypes.byref(given), 0, 0), "seccomp")


def die_with_parent():
    """Have the kernel of the operating system kill this process when its parent ends."""
    if sys.platform == "linux":
        _libc().prctl(PR_SET_PDEATHSIG, ctypes.c_ulong(9), 0, 0, 0)


# --- bwrap: a new process ---------------------------------------------------------------------


def bwrap_command(command, sockets, given, lesson, limits):
    """Return the command line that runs ``command`` in the same view through bubblewrap."""
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
    arguments += ["--ro-bind", str(given), "/given", "--bind", str(sockets), str(sockets)]
    for name, value in environment().items():
        arguments += ["--setenv", name, value]
    folder = f"{SUBMISSION}/{lesson}"
    arguments += ["--dir", folder, "--chdir", folder, "--remount-ro", "/", "--"]
    return arguments + command


@cache
def _bwrap_can(option):
    told = subprocess.run(["bwrap", "--help"], capture_output=True, text=True, check=False)
    return option in told.stdout + told.stderr


# --- what works here --------------------------------------------------------------------------


@cache
def available_sandboxes():
    """Try each sandbox on this machine.

    Returns
    -------
    dict of str to str
        For "jail", "bwrap" and "none": "" when it works here, else one sentence that says why not.
    """
    return {"jail": _why_no_jail(), "bwrap": _why_no_bwrap(), "none": ""}


def resolve_sandbox(asked):
    """Return the sandbox to use: "auto" is the first that works; others must work.

    Raises
    ------
    SandboxError
        When it does not work here, or has no such name.
    """
    found = available_sandboxes()
    if asked == "auto":
        for name in ("jail", "bwrap"):
            if not found[name]:
                return name
        raise SandboxError(
            f"No sandbox works here: {found['jail']} {found['bwrap']} Grading would run learners' "
            "code with your rights; if you accept that, ask for it with --sandbox none."
        )
    if asked not in found:
        raise SandboxError(f"There is no sandbox named {asked!r}; there are: {', '.join(found)}.")
    if found[asked]:
        raise SandboxError(found[asked])
    return asked


def _why_no_jail():
    if sys.platform != "linux":
        return "The jail needs Linux."
    probe = [sys.executable, "-I", "-m", "classroom.grading.kernels.sandbox"]
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


def _why_no_bwrap():
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


def enter(place, shown, given, lesson, limits, agree):
    """Put this process and what it forks into a jail; returns in the first process inside.

    Parameters
    ----------
    place : pathlib.Path
        Holds the folders ``root``, empty, and ``sockets``.
    shown : list of pathlib.Path
    given : pathlib.Path
    lesson : str
    limits : Limits
    agree : callable
        Called with the process id after leaving the namespaces; when root grades it must have the
        parent call :func:`map_user` and return what that returned, else it returns None.

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
        _follow(child)
    folder = build(place / "root", shown, place / "sockets", given, lesson, limits)
    limits.apply()
    drop(change_user)
    die_with_parent()
    forbid_calls()
    return folder


def _follow(child):
    """Wait for the child and end as it ended."""
    with contextlib.suppress(OSError):
        os.closerange(0, 256)
    _, status = os.waitpid(child, 0)
    os._exit(os.waitstatus_to_exitcode(status) & 0xFF)


def _try():
    """Enter a jail and end; the exit status tells whether that went well."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name in ("root", "sockets", "given"):
            (place / name).mkdir()
        shown = visible()
        ours, theirs = os.pipe(), os.pipe()
        child = os.fork()
        if child == 0:

            def agree(_):
                os.write(ours[1], b"u")
                answer = os.read(theirs[0], 1)
                return {b"1": True, b"0": None}[answer]

            try:
                enter(place, shown, place / "given", "lesson", Limits(), agree)
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
