"""The kernel server as the grader's processes see it: start it, ask it for kernels, end it.

The server is the process of `forking`: it has imported what lessons import, and forks a kernel
from itself when one is asked for. It talks over a pair of sockets that exist nowhere in the file
system, and ends when nobody holds their other end. A process uses one server, which `running`
returns.
"""

import atexit
import contextlib
import json
import os
import select
import socket
import subprocess
import sys
import threading
from typing import Any

from classroom.grading.kernels.sandbox.view import environment
from classroom.grading.kernels.warm import LIBRARIES

# What the server is asked for, and what it says, in bytes; a message on these sockets is whole.
LARGEST_REQUEST = 2**18
SECONDS_TO_IMPORT = 120


class ServerError(Exception):
    """The server could not do what it was asked for; the message is one sentence."""


class SharedServer:
    """A running server as a worker sees it; can be sent to one that is being started.

    Parameters
    ----------
    control : socket.socket
        Leads to the server. A message on it is whole, so any number of processes may send.
    """

    def __init__(self, control: socket.socket):
        self.socket = control

    def wait(self) -> "SharedServer":
        """Return itself; whoever started the server waits for it."""
        return self

    def start(self, request: dict[str, Any], lines: int) -> socket.socket:
        """Have a kernel forked.

        Parameters
        ----------
        request : dict
            With connection, workspace, submission, lesson, limits, sandbox and judge; see
            `forked.become_kernel`.
        lines : int
            The descriptor of the kernel's end of a pair of sockets; see `execution`.

        Returns
        -------
        socket.socket
            The kernel's lifeline: it says how the kernel is, and closing it ends the kernel.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            try:
                socket.send_fds(
                    self.socket, [json.dumps(request).encode()], [theirs.fileno(), lines]
                )
            except OSError as error:
                ours.close()
                raise ServerError(f"The kernel server has ended ({error}).") from None
        return ours

    def alive(self) -> bool:
        """Return whether the server runs."""
        if self.socket.fileno() < 0:
            return False
        poll = select.poll()
        poll.register(self.socket, 0)  # only that it has closed its end is of interest
        return not poll.poll(0)

    def close(self) -> None:
        """Need the server no longer; it ends when nobody needs it."""
        self.socket.close()


class KernelServer(SharedServer):
    """Starts a server, and ends it.

    Parameters
    ----------
    libraries : tuple of str
        What it imports before it forks.
    """

    def __init__(self, libraries: tuple[str, ...] = LIBRARIES):
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        super().__init__(ours)
        self.greeting, self.hearing = None, threading.Lock()
        program = [sys.executable, "-I", "-m", "classroom.grading.kernels.forking"]
        with theirs:
            self.process = subprocess.Popen(
                [*program, str(theirs.fileno()), *libraries],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env={**environment(), "HOME": os.environ.get("HOME", "/")},
                cwd="/",
                start_new_session=True,
            )

    def wait(self) -> "KernelServer":
        """Wait until it has imported all and return itself.

        Raises
        ------
        ServerError
            When it did not start; it has ended then.
        """
        with self.hearing:  # it greets once
            if self.greeting is None:
                self.socket.settimeout(SECONDS_TO_IMPORT)
                try:
                    self.greeting = json.loads(self.socket.recv(LARGEST_REQUEST))
                except (OSError, ValueError):
                    self.close()
                    lines = self.process.stderr.read().decode(errors="replace").splitlines()
                    reason = (lines or ["?"])[-1]
                    raise ServerError(f"The kernel server did not start: {reason}") from None
        return self

    def shared(self) -> SharedServer:
        """Return what a worker that is being started needs to use this server."""
        return SharedServer(self.socket)

    def close(self) -> None:
        """End the server and all its kernels."""
        if self.greeting is None:
            with contextlib.suppress(OSError, ValueError):
                self.greeting = json.loads(self.socket.recv(LARGEST_REQUEST, socket.MSG_DONTWAIT))
        super().close()
        if self.greeting is None:  # it is importing and would not notice for seconds
            self.process.kill()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


# --- the one that this process uses -----------------------------------------------------------

_used: list[SharedServer] = []
_choosing = threading.Lock()


def is_needed(sandbox: str) -> bool:
    """Return whether kernels in a sandbox ("auto" too) are forked from a kernel server here."""
    return sys.platform == "linux" and sandbox in ("auto", "jail", "none")


def use(server: SharedServer) -> None:
    """Use a server that another process has started, as long as it lives."""
    _used[:] = [server]


def running(libraries: tuple[str, ...] = LIBRARIES) -> SharedServer:
    """Return the server of this process; one that is new may still be importing.

    A new one is started when there is none yet, and when the one there was has ended.

    Parameters
    ----------
    libraries : tuple of str
        What a new one imports; see `warm.libraries_of`.
    """
    with _choosing:
        if _used and not _used[0].alive():
            _used.pop().close()
        if not _used:
            _used.append(KernelServer(libraries))
            atexit.register(close)
        return _used[0]


def close() -> None:
    """End the server of this process, if there is one."""
    while _used:
        _used.pop().close()
