"""A plugin of pytest: lend kernels to programs, as forks of a process with lessons' libraries.

Most of what a kernel of a lesson costs is the import of TensorFlow and of IPython. So a process
imports them once, and forks for each kernel. With `variables` Jupyter finds, under the name of its
usual kernel, one that is made so: `kernel_client` is what it starts. A fork runs `ipykernel` from
its first line to its end, with the folder, the environment and the streams that it was started
with. Of our packages there is nothing in it until a lesson imports them, and what libraries look up
when they are imported is looked up anew. A test about how a kernel starts starts it as usual.
"""

import atexit
import contextlib
import functools
import gc
import importlib
import inspect
import json
import os
from pathlib import Path
import re
import runpy
import select
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import warnings

from forked_programs import import_ahead

LIBRARIES = (
    "IPython.core.magics",
    "fastjsonschema",
    "fsrs",
    "ipykernel.kernelapp",
    "ipywidgets",
    "matplotlib.backends.backend_agg",
    "mistune",
    "psygnal",
    "pygments.formatters.html",
    "pygments.lexers.python",
    "tensorflow",
    "yaml",
)
# Imported anew in each kernel: they look up what it is, or a lesson waits for their import.
SETTLE_SOMETHING = (
    "ipykernel.kernelapp",
    "ipywidgets",
    "keras",
    "keras._tf_keras",
    "tensorflow",
)
# What a lesson may import of it before all else; they only name what is in `keras.src`.
KERAS_ITSELF = re.compile(r"keras\.(?!src\b|_tf_keras$)")
WHERE = "FORKED_KERNELS"  # the variable that says it to workers
OF_EACH = ("PYTHONHASHSEED", "PYTHONPATH", "PYTHONWARNINGS")  # what Python reads at its start
LARGEST_REQUEST = 2**17  # bytes: the environment, most of all
CLIENT = Path(__file__).with_name("kernel_client.py")
USUAL = Path(sys.prefix, "share", "jupyter", "kernels", "python3", "kernel.json")


def variables() -> dict[str, str]:
    """Return the variables by which a program finds kernels that are lent."""
    return {"JUPYTER_PATH": os.environ[WHERE]}


def pytest_configure(config):
    """Start the process once, for all workers."""
    if WHERE not in os.environ:
        folder = Path(tempfile.mkdtemp(prefix="kernels-"))
        config.add_cleanup(functools.partial(shutil.rmtree, folder))
        config.add_cleanup(_start(folder / "asked"))
        _offer(folder / "kernels" / "python3", folder / "asked")
        os.environ[WHERE] = str(folder)
        config.add_cleanup(functools.partial(os.environ.pop, WHERE))


def _offer(folder, address):
    """Write what Jupyter reads of a kernel."""
    spec = json.loads(USUAL.read_text())
    spec["argv"] = ["python", "-I", "-S", str(CLIENT), str(address), "-f", "{connection_file}"]
    folder.mkdir(parents=True)
    (folder / "kernel.json").write_text(json.dumps(spec))


def _start(address):
    """Start the process; return what ends it when closed."""
    from crossentropy import quiet

    ours, theirs = socket.socketpair()
    with theirs, socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(str(address))
        listener.listen(16)
        ends = [theirs.fileno(), listener.fileno()]
        # As it is in a kernel once our package has settled it.
        inline = {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}
        settled = {**os.environ, **quiet.ENVIRONMENT, **inline}
        process = subprocess.Popen(
            [sys.executable, __file__, *map(str, ends)],
            pass_fds=ends,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={name: it for name, it in settled.items() if name not in OF_EACH},
            cwd="/",
            start_new_session=True,
        )

    def end():
        ours.close()
        process.wait()

    return end


# --- in the other process ---------------------------------------------------------------------


def serve(control: socket.socket, listener: socket.socket) -> dict | None:
    """Fork for each client; return what it asks for in the fork, and None when nobody will ask."""
    selector = selectors.DefaultSelector()
    selector.register(control, selectors.EVENT_READ)
    selector.register(listener, selectors.EVENT_READ)
    running = {}  # the process of each kernel -> its client
    while True:
        for key, _ in selector.select():
            if key.fileobj is control:
                for process in running:
                    _signal(process, signal.SIGKILL)
                return None
            if key.fileobj is listener:
                line, _ = listener.accept()
                request, streams, _, _ = socket.recv_fds(line, LARGEST_REQUEST, 3)
                if (process := os.fork()) == 0:
                    line.close()
                    for each in list(selector.get_map().values()):
                        os.close(each.fd) if each.fileobj is each.fd else each.fileobj.close()
                    selector.close()
                    return {**json.loads(request), "streams": streams}
                for descriptor in streams:
                    os.close(descriptor)
                running[process] = line
                selector.register(line, selectors.EVENT_READ, process)
                selector.register(os.pidfd_open(process), selectors.EVENT_READ, process)
            elif key.fileobj is key.fd:  # a kernel has ended
                selector.unregister(key.fd)
                os.close(key.fd)
                _, status = os.waitpid(key.data, 0)
                with running.pop(key.data) as line, contextlib.suppress(OSError, KeyError):
                    line.send(str(os.waitstatus_to_exitcode(status)).encode())
                    selector.unregister(line)
            elif key.data in running:  # a client passes a signal on, or has been killed
                try:
                    said = key.fileobj.recv(1)
                except OSError:
                    said = b""
                _signal(key.data, said[0] if said else signal.SIGKILL)
                if not said:
                    selector.unregister(key.fileobj)


def _signal(process, number):
    try:
        os.killpg(process, number)
    except ProcessLookupError:  # it leads a group only once it has begun
        os.kill(process, number)


def begin(request: dict, standard: tuple) -> None:
    """Be the kernel that was asked for.

    Parameters
    ----------
    request : dict
        With arguments, cwd, env and streams, as `kernel_client` sends them.
    standard : tuple
        The first filter of warnings that Python itself has at its start.
    """
    os.setsid()
    for number, descriptor in enumerate(request["streams"]):
        os.dup2(descriptor, number)
        os.close(descriptor)
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    sys.argv = ["-m", *request["arguments"]]
    first = filter(None, request["env"].get("PYTHONPATH", "").split(os.pathsep))
    sys.path[:1] = [request["cwd"], *first]
    _filter_warnings(request["env"].get("PYTHONWARNINGS"), standard)
    for name in [*SETTLE_SOMETHING, *filter(KERAS_ITSELF.match, sys.modules)]:
        _forget(name)
    sys.meta_path.insert(0, TensorFlowWithKeras)
    runpy.run_module("ipykernel_launcher", run_name="__main__", alter_sys=True)


class TensorFlowWithKeras:
    """Has the first import of Keras import TensorFlow, as it does where neither is there yet."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == "keras._tf_keras":
            importlib.import_module("tensorflow")


def _forget(name):
    """Have the next import of a module run it anew."""
    sys.modules.pop(name)
    parent, _, own = name.rpartition(".")
    if parent in sys.modules:
        delattr(sys.modules[parent], own)


def _filter_warnings(options, standard):
    """Do what Python does at its start, before libraries have added filters of their own."""
    sys.warnoptions[:] = options.split(",") if options else []
    place = warnings.filters.index(standard)
    added, warnings.filters[:] = warnings.filters[:place], warnings.filters[place:]
    warnings._processoptions(sys.warnoptions)
    warnings.filters[:0] = added


def main() -> None:
    """Import the libraries and serve; arguments: descriptors of what ends it and is asked on.

    It only imports: TensorFlow's first operation would start threads, which do not come along.
    """
    control, listener = (socket.socket(fileno=int(number)) for number in sys.argv[1:])
    if control in select.select([control, listener], [], [])[0]:  # nobody has asked for a kernel
        return
    standard = warnings.filters[0]
    import_ahead(LIBRARIES)
    inspect.getmodule(compile("", "", "exec"))  # lists all files, as a first traceback would
    atexit.register(gc.freeze)
    if request := serve(control, listener):
        begin(request, standard)


if __name__ == "__main__":
    main()
