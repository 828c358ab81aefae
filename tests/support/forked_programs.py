"""Run this environment's `classroom` and `nbgrader` as forks of a process with their libraries.

Most of the time of a short command is the import of libraries, the same ones each time. So a
process imports them once, and forks for each command. A fork is a process of its own, with the
folder, the environment and the output that a test wants, and runs the program's script from its
first line to its end. Our own packages are not imported ahead: what they do when they are imported
is done anew in each. A test about how a program starts or dies starts it as usual.
"""

import contextlib
import functools
import gc
import importlib
import json
import os
from pathlib import Path
import runpy
import socket
import subprocess
import sys
import tempfile

LIBRARIES = (
    "IPython.core.inputtransformer2",
    "alembic.script",
    "multiprocessing.forkserver",
    "nbclient",
    "nbgrader.api",
    "nbgrader.apps.nbgraderapp",
    "nbgrader.converters",
    "pydantic",
    "rich.progress",
    "sqlalchemy.dialects.sqlite",
    "typer",
)
LARGEST_REQUEST = 2**17  # bytes: the environment, most of all
BIN = Path(sys.executable).parent


def run(
    program: str, *arguments: object, cwd: Path, env: dict[str, str], timeout: float = 500
) -> subprocess.CompletedProcess:
    """Run a program as a user types it and return how it ended and what it printed.

    Parameters
    ----------
    program : str
        The name of a script of this environment.
    *arguments : object
    cwd : pathlib.Path
    env : dict of str to str
    timeout : float
        Seconds.

    Raises
    ------
    subprocess.TimeoutExpired
        After the program has been ended.
    """
    command = [str(BIN / program), *map(str, arguments)]
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        with theirs:
            request = json.dumps({"command": command, "cwd": str(cwd), "env": env}).encode()
            ends = [theirs.fileno(), out.fileno(), err.fileno()]
            socket.send_fds(_server(), [request], ends)
        ours.settimeout(timeout)
        process = json.loads(ours.recv(100))
        try:
            status = json.loads(ours.recv(100))
        except TimeoutError:
            os.kill(process, 9)
            raise subprocess.TimeoutExpired(command, timeout) from None
        said = []
        for file in (out, err):
            file.seek(0)
            said.append(file.read().decode())
    return subprocess.CompletedProcess(command, status, *said)


@functools.cache
def _server():
    """Start the process with the libraries; return what leads to it, which ends it when closed."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        subprocess.Popen(
            [sys.executable, __file__, str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
            cwd="/",
        )
    return ours


# --- in the other process ---------------------------------------------------------------------


def serve(control: socket.socket) -> dict | None:
    """Fork for each request; return it in the fork, and None when nobody needs a program more."""
    while True:
        request, descriptors, _, _ = socket.recv_fds(control, LARGEST_REQUEST, 3)
        if not request:
            return None
        if (process := os.fork()) == 0:
            control.close()
            os.close(descriptors[0])
            for number, descriptor in enumerate(descriptors[1:], start=1):
                os.dup2(descriptor, number)
                os.close(descriptor)
            return json.loads(request)
        with socket.socket(fileno=descriptors[0]) as asker, contextlib.suppress(OSError):
            for descriptor in descriptors[1:]:
                os.close(descriptor)
            asker.send(json.dumps(process).encode())
            _, status = os.waitpid(process, 0)
            asker.send(json.dumps(os.waitstatus_to_exitcode(status)).encode())


def import_ahead(libraries: tuple[str, ...]) -> None:
    """Import what forks are to have, and keep it out of every later search for garbage."""
    gc.disable()
    for name in libraries:
        importlib.import_module(name)
    gc.freeze()
    gc.enable()
    gc.set_threshold(100_000, 20)  # as in `quick_start`


def ask_no_alembic() -> None:
    """Have nbgrader look up which version of its tables is the newest.

    For each new gradebook it asks a program of Alembic's, which takes two seconds to begin.
    """
    from alembic.script import ScriptDirectory
    from nbgrader import api, dbutil

    newest = ScriptDirectory(dbutil.ALEMBIC_DIR).get_current_head()
    api.get_alembic_version = lambda: newest


def begin(request: dict) -> None:
    """Be the program that was asked for."""
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    sys.argv = request["command"]
    first = filter(None, request["env"].get("PYTHONPATH", "").split(os.pathsep))
    sys.path[:1] = [str(Path(sys.argv[0]).parent), *first]
    runpy.run_path(sys.argv[0], run_name="__main__")


def main() -> None:
    """Import the libraries and serve; the argument is the descriptor of a socket."""
    import_ahead(LIBRARIES)
    from nbformat.validator import get_validator

    ask_no_alembic()
    for relaxed in (False, True):  # nbformat compiles how it validates
        get_validator(4, 5, relax_add_props=relaxed)
    if request := serve(socket.socket(fileno=int(sys.argv[1]))):
        begin(request)


if __name__ == "__main__":
    main()
