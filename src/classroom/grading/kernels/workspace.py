"""The folder of one kernel: its sockets, the submission, a home; gone when the kernel is."""

import os
from pathlib import Path
import tempfile

from classroom.grading.kernels.sandbox.view import NOBODY


def new_workspace(sandbox: str) -> Path:
    """Return a new folder for one kernel, with a path short enough for its sockets.

    In it are empty folders: `root` and `sockets` for the sandbox, `submission` for what is
    executed, `home` and `tmp` for a kernel without a sandbox.
    """
    base = "/tmp" if os.access("/tmp", os.W_OK) else None
    workspace = Path(tempfile.mkdtemp(prefix="grade-", dir=base))
    for name in ("root", "sockets", "submission", "home", "tmp"):
        (workspace / name).mkdir(mode=0o700)
    if sandbox == "jail" and os.geteuid() == 0:  # whose kernels are nobody's
        os.chown(workspace / "sockets", NOBODY, NOBODY)
    return workspace
