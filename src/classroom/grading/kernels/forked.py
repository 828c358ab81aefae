"""What the kernel server has forked turns into the kernel: out of the server, into the sandbox."""

import contextlib
import json
import os
from pathlib import Path
import signal
import socket
from typing import Any, NoReturn

from classroom.grading.kernels import graded_kernel, warm
from classroom.grading.kernels.photo import Photo
from classroom.grading.kernels.sandbox import jail
from classroom.grading.kernels.sandbox.limits import Limits
from classroom.grading.kernels.sandbox.privileges import die_with_parent
from classroom.grading.kernels.sandbox.view import environment
from classroom.grading.kernels.server import LARGEST_REQUEST


def become_kernel(
    request: dict[str, Any], link: socket.socket, shown: list[Path], photo: Photo
) -> NoReturn:
    """Turn this process into the kernel that was asked for; never return.

    Parameters
    ----------
    request : dict
        With connection (the content of a Jupyter connection file), workspace and submission
        (folders), lesson, limits and sandbox.
    link : socket.socket
        Leads to the server, which says who this process may be, and is told when it is ready.
    shown : list of pathlib.Path
        What a jail shows of the machine.
    photo : Photo
        How the modules were before the fork.
    """
    status = 1
    try:
        _detach(link)
        folder, variables = _enter(request, link, shown)
        os.environ.clear()
        os.environ.update(variables)
        os.chdir(folder)
        warm.settle_lessons()
        link.send(json.dumps({"ready": True}).encode())
        link.close()
        graded_kernel.serve(request["connection"], photo)
        status = 0
    except BaseException as error:
        with contextlib.suppress(OSError):
            link.send(json.dumps({"failed": f"{type(error).__name__}: {error}"}).encode())
    finally:
        os._exit(status)


def _detach(link):
    """Keep nothing of the server but the link: no socket, no signal handler, no terminal."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    die_with_parent()
    os.setsid()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    keep = link.fileno()
    os.closerange(3, keep)
    os.closerange(keep + 1, 65536 if keep < 65536 else keep + 1)


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
