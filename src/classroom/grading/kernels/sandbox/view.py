"""What a kernel sees of the machine: paths, accounts, environment variables."""

import importlib.util
import os
from pathlib import Path
import sys

# Inside, everybody is this user; the number means nothing outside.
USER = 1000
# Who a kernel is outside when root grades: somebody who owns nothing.
NOBODY = 65534
HOME = "/home/learner"
SUBMISSION = "/submission"

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


def environment(home: str = HOME, scratch: str = "/tmp") -> dict[str, str]:
    """Return the environment variables of a kernel: none of those of the grader, but for a few.

    Parameters
    ----------
    home, scratch : str
        The folders for settings and for temporary files, as the kernel sees them.
    """
    kept = {name: os.environ[name] for name in ("LANG", "LC_ALL", "TZ") if name in os.environ}
    return {
        **kept,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"]),
        "HOME": home,
        "USER": "learner",
        "TMPDIR": scratch,
        "IPYTHONDIR": f"{home}/.ipython",
        "MPLCONFIGDIR": f"{home}/.matplotlib",
        "NBGRADER_EXECUTION": "autograde",  # as nbgrader itself says to a notebook
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


def visible(packages: tuple[str, ...] = ("crossentropy",)) -> list[Path]:
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
