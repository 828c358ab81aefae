"""The folder of one kernel: its sockets, the submission, a home; gone when the kernel is."""

import contextlib
import os
from pathlib import Path
import shutil
import subprocess
import tempfile
import time

from classroom.grading.kernels.sandbox.view import NOBODY

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

PREFIX, IN_USE = "grade-", ".in-use"
SECONDS_TO_BEGIN = 60  # after which a workspace that nobody holds is one that was left
_held: dict[Path, int] = {}  # what this process holds, with the lock that says so


def _base():
    return Path("/tmp" if os.access("/tmp", os.W_OK) else tempfile.gettempdir())


def new_workspace(sandbox: str) -> Path:
    """Return a new folder for one kernel, with a path short enough for its sockets.

    In it are empty folders: `root` and `sockets` for the sandbox, `submission` for what is
    executed, `home` and `tmp` for a kernel without a sandbox.
    """
    workspace = Path(tempfile.mkdtemp(prefix=PREFIX, dir=_base()))
    for name in ("root", "sockets", "submission", "home", "tmp"):
        (workspace / name).mkdir(mode=0o700)
    if sandbox in ("jail", "bwrap") and os.geteuid() == 0:  # whose kernels are nobody's
        os.chown(workspace / "sockets", NOBODY, NOBODY)
    for other in [other for other in list(_held) if not other.exists()]:
        if (lock := _held.pop(other, None)) is not None:  # another thread may have seen it, too
            os.close(lock)
    if fcntl is not None:
        _held[workspace] = lock = os.open(workspace / IN_USE, os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)  # as long as this process lives
    return workspace


def remove_workspace(workspace: Path) -> None:
    """Remove the folder of a kernel, whatever is in it; quietly, as nothing depends on it."""

    def let_in(function, path, error):
        """Remove what its owner had closed, and open nothing above the workspace."""
        with contextlib.suppress(OSError):
            for each in (Path(path).parent, Path(path)):
                if each.is_relative_to(workspace) and not each.is_symlink():
                    each.chmod(0o700)
            if function in (os.rmdir, os.unlink):
                function(path)
            else:
                shutil.rmtree(path, ignore_errors=True)

    with contextlib.suppress(RecursionError):  # folders in folders, without an end
        shutil.rmtree(workspace, onerror=let_in)
    if os.path.lexists(workspace) and shutil.which("rm"):
        subprocess.run(["rm", "-rf", "--", workspace], check=False, stderr=subprocess.DEVNULL)


def remove_what_was_left() -> None:
    """Remove the workspaces of processes that were killed: ours, and held by nobody."""
    if fcntl is None:
        return
    for workspace in _base().glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            status = workspace.lstat()
            if status.st_uid != os.geteuid() or time.time() - status.st_mtime < SECONDS_TO_BEGIN:
                continue
            lock = os.open(workspace / IN_USE, os.O_RDWR | os.O_NOFOLLOW)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                remove_workspace(workspace)
            finally:
                os.close(lock)
