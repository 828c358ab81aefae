"""The process that has TensorFlow imported and forks a kernel from itself when one is asked for.

It imports, but never runs an operation: the first one starts threads, and neither a fork nor a
namespace can be had by a process with threads. It is started by :class:`KernelServer`, talks to it
over a pair of sockets that exist nowhere in the file system, and ends when it ends.
"""

import contextlib
from functools import partial
import gc
import json
import os
from pathlib import Path
import select
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import time

from classroom.grading.kernels import sandbox
from classroom.grading.kernels import watch as guards

LARGEST_MESSAGE = 2**18
SECONDS_TO_START = 120
SECONDS_BETWEEN_LOOKS = 2


class ServerError(Exception):
    """The server could not do what it was asked for; the message is one sentence."""


def is_needed(sandbox, warm=True):
    """Whether kernels in a sandbox ("auto" too) are forked from a kernel server here."""
    if sys.platform != "linux":
        return False
    return sandbox in ("auto", "jail") or (sandbox == "none" and warm)


class SharedServer:
    """A running server as a worker sees it; can be sent to one that is being started.

    Parameters
    ----------
    socket : socket.socket
        Leads to the server. A message on it is whole, so any number of processes may send.
    """

    def __init__(self, socket):
        self.socket = socket

    def start(self, request):
        """Have a kernel forked.

        Parameters
        ----------
        request : dict
            With connection, place, given, lesson, limits and sandbox; see :func:`_become_kernel`.

        Returns
        -------
        socket.socket
            The kernel's lifeline: it says how the kernel is, and closing it ends the kernel.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            try:
                socket.send_fds(self.socket, [json.dumps(request).encode()], [theirs.fileno()])
            except OSError as error:
                ours.close()
                raise ServerError(f"The kernel server has ended ({error}).") from None
        return ours

    def alive(self):
        """Whether the server runs."""
        if self.socket.fileno() < 0:
            return False
        poll = select.poll()
        poll.register(self.socket, 0)  # only that it has closed its end is of interest
        return not poll.poll(0)

    def close(self):
        """Need the server no longer; it ends when nobody needs it."""
        self.socket.close()


class KernelServer(SharedServer):
    """Starts a server, and ends it.

    Parameters
    ----------
    warm : bool
        Import TensorFlow, NumPy, Matplotlib and crossentropy beforehand.
    """

    def __init__(self, warm=True):
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        super().__init__(ours)
        self.greeting = None
        with theirs:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-I",
                    "-m",
                    __name__,
                    str(theirs.fileno()),
                ]
                + (["warm"] if warm else []),
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env={**sandbox.environment(), "HOME": os.environ.get("HOME", "/")},
                cwd="/",
                start_new_session=True,
            )

    def wait(self):
        """Wait until it has imported all and return itself.

        Raises
        ------
        ServerError
            When it did not start; it has ended then.
        """
        if self.greeting is None:
            self.socket.settimeout(SECONDS_TO_START)
            try:
                self.greeting = json.loads(self.socket.recv(LARGEST_MESSAGE))
            except (OSError, ValueError):
                self.close()
                said = self.process.stderr.read().decode(errors="replace").splitlines()
                raise ServerError(
                    f"The kernel server did not start: {(said or ['?'])[-1]}"
                ) from None
        return self

    def shared(self):
        """Return what a worker that is being started needs to use this server."""
        return SharedServer(self.socket)

    def close(self):
        """End the server and all its kernels."""
        if self.greeting is None:
            with contextlib.suppress(OSError, ValueError):
                self.greeting = json.loads(self.socket.recv(LARGEST_MESSAGE, socket.MSG_DONTWAIT))
        super().close()
        if self.greeting is None:  # it is importing and would not notice for seconds
            self.process.kill()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


# --- the server's side ------------------------------------------------------------------------


def _import_warm():
    """Import what lessons import, in silence and without running an operation."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a pool of threads would forbid the fork
    nowhere, kept = os.open(os.devnull, os.O_WRONLY), os.dup(2)
    os.dup2(nowhere, 2)
    try:
        from crossentropy import quiet

        # Its hook runs a first operation after the import; the kernels do that (see _kernel).
        sys.meta_path[:] = [
            finder for finder in sys.meta_path if type(finder) is not quiet._QuietTensorFlow
        ]
        import keras
        import matplotlib.pyplot
        import numpy.random
        import numpy.testing
        import tensorflow

        keras.Sequential, matplotlib.pyplot.figure, numpy.testing.assert_equal, tensorflow.zeros  # noqa: B018
        _import_lessons_package()
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _import_lessons_package():
    import importlib
    import pkgutil

    import crossentropy
    from crossentropy.quiz import bank

    for module in pkgutil.walk_packages(crossentropy.__path__, "crossentropy."):
        importlib.import_module(module.name)
    for lesson in bank.lessons():
        bank.questions(lesson)  # read now, kept for all
    _draw_once()


def _draw_once():
    """Load the fonts and what drawing imports."""
    import io

    from matplotlib.figure import Figure

    figure = Figure(layout="constrained")
    figure.subplots().set_title("$p$")
    figure.savefig(io.BytesIO(), format="png")


def threads():
    """Return how many threads this process has."""
    return len(os.listdir("/proc/self/task"))


class _Server:
    def __init__(self, control, warm):
        self.control, self.warm = control, warm
        self.kernels = {}  # process id of the follower -> lifeline
        self.places = {}  # and the folder of each
        self.parent = os.getppid()
        self.shown = sandbox.visible()
        self.photo = guards.photograph() if warm else None
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
        message, descriptors, _, _ = socket.recv_fds(control, LARGEST_MESSAGE, 4)
        if not message:  # whoever started us has ended
            self.end()
        if len(descriptors) != 1:
            for descriptor in descriptors:
                os.close(descriptor)
            return
        lifeline = socket.socket(fileno=descriptors[0])
        try:
            self.fork(json.loads(message), lifeline)
        except (OSError, ValueError, LookupError, TypeError) as error:
            _say(lifeline, failed=f"{type(error).__name__}: {error}")
            lifeline.close()

    def fork(self, request, lifeline):
        if threads() != 1:
            raise OSError("the server has threads and cannot fork")
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        child = os.fork()
        if child == 0:
            ours.close()
            _become_kernel(request, theirs, self)
        theirs.close()
        self.kernels[child] = lifeline
        self.places[child] = request["place"]
        self.selector.register(lifeline, selectors.EVENT_READ, self.on_lifeline)
        self.selector.register(ours, selectors.EVENT_READ, partial(self.on_link, child, lifeline))

    def on_link(self, child, lifeline, link):
        """Answer a child that is about to become a kernel."""
        try:
            said = json.loads(link.recv(LARGEST_MESSAGE) or b"null")
            if said == {"unshared": True}:
                root = os.geteuid() == 0
                answer = sandbox.map_user(child, True, (0, 0)) if root else None
                link.send(json.dumps(answer).encode())
                return
            if said == {"ready": True}:
                _say(lifeline, pid=child)
            elif said is not None:
                _say(lifeline, failed=said["failed"])
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
            lifeline, place = self.kernels.pop(child, None), self.places.pop(child, None)
            if lifeline is not None:
                if not _say(lifeline, ended=os.waitstatus_to_exitcode(status)):
                    shutil.rmtree(place, ignore_errors=True)  # who would remove it is gone
                with contextlib.suppress(KeyError, ValueError):
                    self.selector.unregister(lifeline)
                lifeline.close()

    def end(self):
        for child, place in self.places.items():
            _kill(child)
            with contextlib.suppress(OSError):
                os.waitpid(child, 0)
            # Who would remove it may be gone.
            shutil.rmtree(place, ignore_errors=True)
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


def _become_kernel(request, link, server):
    """Turn the forked process into the kernel; never returns."""
    status = 1
    try:
        _detach(link)
        limits = sandbox.Limits(**request["limits"])
        place = Path(request["place"])

        def agree(_):
            link.send(json.dumps({"unshared": True}).encode())
            return json.loads(link.recv(LARGEST_MESSAGE))

        if request["sandbox"] == "jail":
            folder = sandbox.enter(
                place, server.shown, Path(request["given"]), request["lesson"], limits, agree
            )
            # The first process of the namespace only waits, so that a kernel may use signals.
            first = os.fork()
            if first:
                link.close()
                sandbox._follow(first)
            sandbox.die_with_parent()
            home = {}
        else:
            folder = request["given"]
            home = {"HOME": str(place / "home"), "TMPDIR": str(place / "tmp")}
            home["IPYTHONDIR"] = home["HOME"] + "/.ipython"
            home["MPLCONFIGDIR"] = home["HOME"] + "/.matplotlib"
            limits.apply()
        os.environ.clear()
        os.environ.update({**sandbox.environment(), **home})
        os.chdir(folder)
        _kernel(request["connection"], server, link)
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
    sandbox.die_with_parent()
    os.setsid()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    keep = link.fileno()
    os.closerange(3, keep)
    os.closerange(keep + 1, 65536 if keep < 65536 else keep + 1)


def _kernel(connection, server, link):
    from classroom.grading.kernels import graded_kernel

    if server.warm:
        _settle_tensorflow()
    link.send(json.dumps({"ready": True}).encode())
    link.close()
    graded_kernel.serve(connection, server.photo)


def _settle_tensorflow():
    """Do what importing TensorFlow does in a cold kernel beside loading it; see ``quiet``."""
    from crossentropy import quiet
    import numpy
    import tensorflow

    numpy.random.seed()  # Python's own random does so by itself after a fork
    os.environ.update(quiet.ENVIRONMENT)
    tensorflow.config.threading.set_inter_op_parallelism_threads(1)
    tensorflow.config.threading.set_intra_op_parallelism_threads(quiet.THREADS)
    tensorflow.random.set_seed(0)
    tensorflow.zeros(1) + 1  # descriptor 2 leads nowhere yet


def main():
    """Serve until the other end of the socket is closed, or whoever started this has ended."""
    for signum in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signum, signal.SIG_IGN if signum == signal.SIGINT else signal.SIG_DFL)
    control = socket.socket(fileno=int(sys.argv[1]))
    os.set_inheritable(control.fileno(), False)
    warm = "warm" in sys.argv[2:]
    started = time.monotonic()
    gc.disable()  # a third of the time of these imports; what they leave is kept anyway
    from classroom.grading.kernels import graded_kernel

    graded_kernel.prepare_imports()
    if warm:
        _import_warm()
    server = _Server(control, warm)
    _say(control, ready=True, seconds=time.monotonic() - started, threads=threads())
    server.serve()


if __name__ == "__main__":
    main()
