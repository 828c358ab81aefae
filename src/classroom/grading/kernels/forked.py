"""What the kernel server has forked turns into the kernel: out of the server, into the sandbox."""

import contextlib
import json
import os
from pathlib import Path
import signal
import socket
from typing import Any, NoReturn

from classroom.grading.kernels import graded_kernel, warm
from classroom.grading.kernels.sandbox import jail
from classroom.grading.kernels.sandbox.limits import Limits
from classroom.grading.kernels.sandbox.privileges import die_with_parent
from classroom.grading.kernels.sandbox.view import environment
from classroom.grading.kernels.server import LARGEST_REQUEST


def become_kernel(
    request: dict[str, Any], link: socket.socket, lines: int, shown: list[Path]
) -> NoReturn:
    """Turn this process into the kernel that was asked for; never return.

    Parameters
    ----------
    request : dict
        With connection (the content of a Jupyter connection file), workspace and submission
        (folders), lesson, limits, sandbox and judge (whether it runs the tests).
    link : socket.socket
        Leads to the server, which says who this process may be, and is told when it is ready.
    lines : int
        The descriptor of a socket that brings the line to the other kernel of the submission.
    shown : list of pathlib.Path
        What a jail shows of the machine.
    """
    status = 1
    try:
        _detach(link, lines)
        folder, variables = _enter(request, link, shown)
        os.environ.clear()
        os.environ.update(variables)
        os.chdir(folder)
        warm.settle_lessons()
        link.send(json.dumps({"ready": True}).encode())
        link.close()
        graded_kernel.serve(request["connection"], lines, request["judge"])
        status = 0
    except BaseException as error:
        with contextlib.suppress(OSError):
            link.send(json.dumps({"failed": f"{type(error).__name__}: {error}"}).encode())
    finally:
        os._exit(status)


def _detach(link, lines):
    """Keep nothing of the server but two sockets: no other, no signal handler, no terminal."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    die_with_parent()
    os.setsid()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    before = 3
    for keep in sorted((link.fileno(), lines)):
        os.closerange(before, keep)
        before = keep + 1
    os.closerange(before, max(before, 65536))


def _enter(request, link, shown):
    """Enter the sandbox; return the folder to work in and the environment variables there."""
    limits, workspace = Limits(**request["limits"]), Path(request["workspace"])
    submission = Path(request["submission"])
    if request["sandbox"] != "jail":
        limits.apply()
        return submission, environment(str(workspace / "home"), str(workspace / "tmp"))

    def agree(_):
        link.send(json.dumps({"unshared": True}).encode())
        return json.loads(link.recv(LARGEST_REQUEST))

    where = request["connection"]
    sockets = tuple(f"{where['ip']}-{where[name]}" for name in where if name.endswith("_port"))
    folder = jail.enter(workspace, shown, submission, request["lesson"], limits, agree, sockets)
    # The first process of the namespace only waits, so that a kernel may use signals.
    first = os.fork()
    if first:
        link.close()
        jail.follow(first)
    die_with_parent()
    return folder, environment()
