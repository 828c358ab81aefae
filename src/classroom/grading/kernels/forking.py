"""The kernel server's own process: it imports what lessons need and forks kernels from itself.

It imports, but never runs an operation: the first one starts threads, and neither a fork nor a
namespace can be had by a process with threads. It is started by `server.KernelServer`, and ends
when the other end of its socket is closed or whoever started it has ended.
"""

import contextlib
from functools import partial
import gc
import json
import os
import selectors
import signal
import socket
import sys
import time
from typing import NoReturn

from classroom.grading.kernels.sandbox.privileges import map_user
from classroom.grading.kernels.sandbox.view import visible
from classroom.grading.kernels.server import LARGEST_REQUEST
from classroom.grading.kernels.workspace import remove_workspace

SECONDS_BETWEEN_LOOKS = 2  # at whether the parent lives


def threads() -> int:
    """Return how many threads this process has."""
    return len(os.listdir("/proc/self/task"))


class _Server:
    def __init__(self, control):
        self.control = control
        self.kernels = {}  # process id of the follower -> lifeline
        self.workspaces = {}  # and the folder of each
        self.parent = os.getppid()
        self.shown = visible()
        # Collecting garbage in a kernel would copy all that it shares with the server.
        gc.freeze()
        gc.enable()
        self.selector = selectors.DefaultSelector()
        self.selector.register(control, selectors.EVENT_READ, self.on_request)
        woken, waker = socket.socketpair()
        for end in (woken, waker):
            end.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(waker.fileno())
        self.waker = waker
        self.selector.register(woken, selectors.EVENT_READ, self.on_child)

    def serve(self):
        while True:
            for key, _ in self.selector.select(SECONDS_BETWEEN_LOOKS):
                key.data(key.fileobj)
            if os.getppid() != self.parent:  # the socket may still be open in a copy of it
                self.end()

    def on_request(self, control):
        message, descriptors, _, _ = socket.recv_fds(control, LARGEST_REQUEST, 4)
        if not message:  # whoever started us has ended
            self.end()
        if len(descriptors) != 2:
            for descriptor in descriptors:
                os.close(descriptor)
            return
        lifeline, lines = socket.socket(fileno=descriptors[0]), descriptors[1]
        try:
            self.fork(json.loads(message), lifeline, lines)
        except (OSError, ValueError, LookupError, TypeError) as error:
            _say(lifeline, failed=f"{type(error).__name__}: {error}")
            lifeline.close()
        finally:
            os.close(lines)

    def fork(self, request, lifeline, lines):
        if threads() != 1:
            raise OSError("the server has threads and cannot fork")
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        child = os.fork()
        if child == 0:
            ours.close()
            from classroom.grading.kernels.forked import become_kernel

            become_kernel(request, theirs, lines, self.shown)
        theirs.close()
        self.kernels[child] = lifeline
        self.workspaces[child] = request["workspace"]
        self.selector.register(lifeline, selectors.EVENT_READ, self.on_lifeline)
        self.selector.register(ours, selectors.EVENT_READ, partial(self.on_link, child, lifeline))

    def on_link(self, child, lifeline, link):
        """Answer a child that is about to become a kernel."""
        try:
            message = json.loads(link.recv(LARGEST_REQUEST) or b"null")
            if message == {"unshared": True}:
                root = os.geteuid() == 0
                answer = map_user(child, True, (0, 0)) if root else None
                link.send(json.dumps(answer).encode())
                return
            if message == {"ready": True}:
                _say(lifeline, pid=child)
            elif message is not None:
                _say(lifeline, failed=message["failed"])
        except (OSError, ValueError) as error:
            _say(lifeline, failed=f"{type(error).__name__}: {error}")
            _kill(child)
        self.selector.unregister(link)
        link.close()

    def on_lifeline(self, lifeline):
        if lifeline.fileno() < 0:  # closed a moment ago, with the child that has ended
            return
        # Nothing is ever sent on it: it can only be read from when the other end has closed.
        with contextlib.suppress(OSError):
            if lifeline.recv(1):
                return
        for child, other in self.kernels.items():
            if other is lifeline:
                _kill(child)
        self.selector.unregister(lifeline)

    def on_child(self, woken):
        with contextlib.suppress(BlockingIOError):
            woken.recv(4096)
        while True:
            try:
                child, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if child == 0:
                return
            lifeline, workspace = self.kernels.pop(child, None), self.workspaces.pop(child, None)
            if lifeline is not None:
                if not _say(lifeline, ended=os.waitstatus_to_exitcode(status)):
                    remove_workspace(workspace)  # who would remove it is gone
                with contextlib.suppress(KeyError, ValueError):
                    self.selector.unregister(lifeline)
                lifeline.close()

    def end(self):
        for child, workspace in self.workspaces.items():
            _kill(child)
            with contextlib.suppress(OSError):
                os.waitpid(child, 0)
            # Who would remove it may be gone.
            remove_workspace(workspace)
        os._exit(0)


def _say(lifeline, **what):
    """Tell whoever asked for a kernel about it; return whether somebody is there to hear it."""
    try:
        lifeline.send(json.dumps(what).encode(), socket.MSG_DONTWAIT)
    except OSError:
        return False
    return True


def _kill(child):
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(OSError):
            kill(child, signal.SIGKILL)


def main() -> NoReturn:
    """Serve until nobody needs a server any more.

    Arguments of the command: the descriptor of its socket, and the libraries to import.
    """
    for signum in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signum, signal.SIG_IGN if signum == signal.SIGINT else signal.SIG_DFL)
    control = socket.socket(fileno=int(sys.argv[1]))
    os.set_inheritable(control.fileno(), False)
    started = time.monotonic()
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a pool of threads would forbid the fork
    gc.disable()  # a third of the time of these imports; what they leave is kept anyway
    from classroom.grading.kernels import forked, graded_kernel, warm  # noqa: F401

    graded_kernel.prepare_imports()
    warm.import_lessons(tuple(sys.argv[2:]))
    server = _Server(control)
    _say(control, ready=True, seconds=time.monotonic() - started, threads=threads())
    server.serve()


if __name__ == "__main__":
    main()
