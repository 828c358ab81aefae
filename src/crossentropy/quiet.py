"""Make TensorFlow silent and repeatable, and keep stray messages from costing points.

nbgrader gives a graded cell 0 points when anything at all was written to stderr, and TensorFlow
writes there when it is imported, at the first operation, and from its C++ threads. No log level
silences all of it. `settle` therefore does five things, once per process:

* sets the environment that makes runs agree across machines as far as that is possible;
* silences `import tensorflow` and the first operation, whenever that import happens;
* prints Python's warnings as one plain line, without the path and line number that differ from
  machine to machine;
* in a notebook kernel, sends what is written to stderr to the ordinary output instead;
* there, has the checks of exercises run under the usual settings (`usual_settings`).

Importing the package calls `prepare`: a notebook is settled at once, any other process when it
imports TensorFlow or Keras. One that does neither, as the grader's, is left as it is.
"""

import atexit
from collections.abc import Iterator
import contextlib
import gc
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import PathFinder
import logging
import os
import sys
from types import ModuleType
import warnings

from crossentropy import usual_settings

# Set before TensorFlow is imported; each removes a source of digits that differ between machines.
ENVIRONMENT = {
    "KERAS_BACKEND": "tensorflow",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    # Convolutions take half the time with oneDNN. It picks its code by the processor, so it is held
    # to the instructions that nearly every laptop has.
    "TF_ENABLE_ONEDNN_OPTS": "1",
    "ONEDNN_MAX_CPU_ISA": "AVX2",
    "TF_DETERMINISTIC_OPS": "1",
    "CUDA_VISIBLE_DEVICES": "-1",
    "PYTHONHASHSEED": "0",
}

# As many on every machine, because sums are split by it; two are what every machine has.
THREADS = 2


def prepare() -> None:
    """Settle this process if a notebook runs in it, else have TensorFlow or Keras settle it."""
    _watch_imports()
    if notebook_shell() is not None:
        settle()


def notebook_shell() -> object | None:
    """Return IPython's shell where one runs this, as in a notebook; never imports IPython."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython is not None else None


def settle() -> None:
    """Set up this process for lessons; calling it again changes nothing."""
    os.environ.update(ENVIRONMENT)
    warnings.showwarning = _print_warning
    _send_stderr_to_the_output()
    _quieten_loggers()
    _watch_imports()
    _watch_cells()


def _watch_cells():
    shell = notebook_shell()
    if shell is not None and not _watched:
        _watched.append(usual_settings.watch_cells(shell))


_watched = []


def _watch_imports():
    if not any(isinstance(finder, _QuietTensorFlow) for finder in sys.meta_path):
        sys.meta_path.insert(0, _QuietTensorFlow())


def _print_warning(message, category, filename, lineno, file=None, line=None):
    print(f"{category.__name__}: {message}", file=file or sys.stdout)


def _quieten_loggers():
    # These tell about the machine (no GPU, a font cache being built), not about what was typed.
    for name in ("tensorflow", "absl", "matplotlib"):
        logging.getLogger(name).setLevel(logging.ERROR)


def _send_stderr_to_the_output():
    # ipykernel names each stream in its messages; nbgrader looks at that name only. Renaming the
    # stream covers print(file=sys.stderr), tf.print, logging and C++ code writing to descriptor 2.
    if type(sys.stderr).__module__ == "ipykernel.iostream":
        sys.stderr.name = "stdout"


@contextlib.contextmanager
def silence() -> Iterator[None]:
    """Drop what C++ code writes to stderr inside the block; a Python error still propagates."""
    sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


@contextlib.contextmanager
def garbage_collection_paused() -> Iterator[None]:
    """Collect no garbage inside the block: imports leave little, and the search takes a third."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextlib.contextmanager
def only_loading() -> Iterator[None]:
    """Leave out what follows the loading of TensorFlow: it starts threads, which forbid a fork."""
    _only_loading.append(True)
    try:
        yield
    finally:
        _only_loading.pop()


_only_loading = []


def start_tensorflow(tensorflow: ModuleType) -> None:
    """Settle threads and seed, and run the first operation."""
    tensorflow.config.threading.set_inter_op_parallelism_threads(1)
    tensorflow.config.threading.set_intra_op_parallelism_threads(THREADS)
    # Deterministic ops refuse to draw anything random before some seed has been set.
    tensorflow.random.set_seed(0)
    tensorflow.zeros(1) + 1  # it looks for a GPU and says so on stderr


class _QuietTensorFlow(MetaPathFinder):
    """Finds `tensorflow` and `keras` as usual, and has them loaded in a settled process."""

    def find_spec(self, name, path=None, target=None):
        # Stays in place after that: a library may only ask where TensorFlow is, and a first import
        # may fail.
        if name not in ("keras", "tensorflow"):
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None:
            spec.loader = _QuietLoader(spec.loader)
        return spec


class _QuietLoader(Loader):
    def __init__(self, loader):
        self.loader = loader

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        # From here on the module is as if it had been found without us: its own files are looked
        # for through its loader.
        module.__spec__.loader = module.__loader__ = self.loader
        settle()
        if module.__name__ == "keras":  # it reads its settings, and then imports tensorflow
            with garbage_collection_paused():
                self.loader.exec_module(module)
            return
        with silence(), garbage_collection_paused():
            self.loader.exec_module(module)
            _quieten_loggers()  # in a notebook TensorFlow lowers its logger's level while loading
            # Else Python ends, and a kernel restarts, a second later: it looks for garbage in all
            # that TensorFlow is made of.
            atexit.register(gc.freeze)
            if not _only_loading:
                start_tensorflow(module)
