"""A kernel that `forked_kernels` lends is to a program what a usual one is."""

import json
import signal

from course_of_learners import quick_start
import forked_kernels
from jupyter_client.manager import start_new_kernel
import psutil
import pytest

# What a cell finds before it has imported anything that a kernel has not.
BEGINNING = f"""
import json, os, sys, threading, warnings
print(json.dumps({{
    "arguments": sys.argv[1:2] + sys.argv[3:],
    "program": sys.argv[0],
    "path": sys.path,
    "folder": os.getcwd(),
    "variables": {{name: it for name, it in os.environ.items() if name != "JUPYTER_PATH"}},
    "options": sys.warnoptions,
    "flags": repr(sys.flags),
    "leads": os.getpgid(0) == os.getsid(0) == os.getpid(),
    "threads": sorted(thread.name for thread in threading.enumerate()),
    "parent": get_ipython().kernel.parent.parent_handle,
    "waiting": [name for name in {forked_kernels.SETTLE_SOMETHING} if name not in sys.modules],
    "ours": [name for name in sys.modules if name.startswith(("classroom", "crossentropy"))],
    "filters": list(map(str, warnings.filters)),
}}))
"""
# What libraries and our package look up or set in the kernel that imports them.
SETTLED = """
from crossentropy import quiz
{}
import sys
tensorflow = sys.modules["tensorflow"]
threads = tensorflow.config.threading.get_intra_op_parallelism_threads()
import ipywidgets
from matplotlib import pyplot
figure = pyplot.plot([1, 2])
print(threads, "jupyter.widget" in get_ipython().kernel.comm_manager.targets, pyplot.get_backend())
"""


@pytest.fixture(name="start")
def give_start(monkeypatch, tmp_path):
    """Return a function that starts a kernel, and returns what manages and asks it."""
    started = []

    def start(lent=True, **variables):
        with monkeypatch.context() as patch:
            for name, value in forked_kernels.variables().items() if lent else ():
                patch.setenv(name, value)
            # TensorFlow, loaded for a test before this one, has set it for what is started since.
            patch.delenv("PYTHONHASHSEED", raising=False)
            variables["IPYTHONDIR"] = str(tmp_path)
            started.append(start_new_kernel(env={**quick_start(), **variables}))
        return started[-1]

    yield start
    for manager, client in started:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def told(client, code):
    """Run a cell; return its outputs: what was printed, and the kinds of others."""
    said = []

    def hear(message):
        if message["msg_type"] == "stream":
            said.append(message["content"]["text"])
        elif message["msg_type"] in ("display_data", "execute_result"):
            said.append(sorted(message["content"]["data"]))

    reply = client.execute_interactive(code, output_hook=hear, timeout=60)
    assert reply["content"]["status"] == "ok"
    return said


def test_it_begins_as_a_usual_one(start):
    usual, lent = (
        json.loads("".join(told(start(lent, PYTHONWARNINGS="ignore")[1], BEGINNING)))
        for lent in (False, True)
    )
    assert usual["ours"] == []
    filters = usual.pop("filters")
    # Libraries that are imported have more.
    assert [each for each in lent.pop("filters") if each in filters] == filters
    assert usual == lent


@pytest.mark.parametrize("first", ["import keras", "from keras.losses import Loss"])
def test_what_is_imported_settles_it_as_usual(start, first):
    printed, *shown = told(start()[1], SETTLED.format(first))
    assert printed.split() == ["2", "True", "module://matplotlib_inline.backend_inline"]
    assert shown == [["image/png", "text/plain"]]


def test_two_draw_different_numbers(start):
    code = "import numpy, random; print(numpy.random.random(), random.random())"
    [first], [second] = (told(start()[1], code) for _ in range(2))
    assert not set(first.split()) & set(second.split())


def test_it_can_be_interrupted(start):
    manager, client = start()
    asked = client.execute("print(flush=True)\nimport time\ntime.sleep(100)")
    while client.get_iopub_msg(timeout=60)["msg_type"] != "stream":
        pass
    manager.interrupt_kernel()
    reply = client.get_shell_msg(timeout=60)
    assert reply["parent_header"]["msg_id"] == asked
    assert reply["content"]["ename"] == "KeyboardInterrupt"


def test_it_ends_with_what_stands_in_for_it(start):
    manager, client = start()
    [own] = told(client, "import os; print(os.getpid())")
    kernel = psutil.Process(int(own))
    assert kernel.pid != manager.provisioner.process.pid
    manager.provisioner.process.kill()
    kernel.wait(timeout=60)


@pytest.mark.parametrize(
    ("end", "status"),
    [("os._exit(3)", 3), ("os.kill(os.getpid(), 9)", -signal.SIGKILL)],
)
def test_it_ends_as_it_says(start, end, status):
    manager, client = start()
    client.execute(f"import os; {end}")
    assert manager.provisioner.process.wait(timeout=60) == status
