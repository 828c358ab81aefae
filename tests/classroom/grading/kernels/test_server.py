"""Kernels forked from one warm process are like new ones, are apart, and end with it."""

import ast
import os
from pathlib import Path
import secrets
import signal
import socket
import subprocess
import sys
import time

from course_of_learners import quick_start
import kernel_jobs
from kernel_jobs import code, grade, job_of, printed, wait_for_kernel
from nbclient import NotebookClient
from nbformat.v4 import new_notebook
import psutil
import pytest

from classroom.grading.execution import execute
from classroom.grading.kernels.sandbox.choice import available_sandboxes
from classroom.grading.kernels.server import KernelServer, ServerError, running

pytestmark = pytest.mark.skipif(
    bool(available_sandboxes()["jail"]), reason=available_sandboxes()["jail"]
)


@pytest.fixture
def server():
    """The server of this process, from which `execute` has its kernels."""
    return running().wait()


def said(source):
    return printed(execute(job_of(source, timeout=60), "jail"))


def said_by_a_new_kernel(source):
    notebook = new_notebook(cells=[code(source)])
    NotebookClient(notebook, kernel_name="python3").execute()
    return notebook.cells[0].outputs[0].text


def test_the_server_has_imported_tensorflow_and_has_one_thread(server):
    assert server.greeting["threads"] == 1
    maps = Path(f"/proc/{server.process.pid}/maps").read_text()
    assert "tensorflow" in maps
    assert len(os.listdir(f"/proc/{server.process.pid}/task")) == 1


def test_the_server_outlives_nonsense(server):
    ours, theirs = socket.socketpair()
    server.socket.send(b"no fork asked for")
    socket.send_fds(server.socket, [b"{not json"], [theirs.fileno(), theirs.fileno()])
    theirs.close()
    assert b"failed" in ours.recv(1000)
    assert server.alive()


def test_a_kernel_starts_with_tensorflow_there():
    told = said("import sys; print('tensorflow' in sys.modules, 'numpy' in sys.modules)")
    assert told.split() == ["True", "True"]


def test_a_kernel_does_not_look_at_all_that_the_server_has_imported():
    told = said("import sys; print(get_ipython().kernel._kernel_modules, len(sys.modules) > 1000)")
    assert told == "[] True\n"


def test_a_traceback_finds_the_files_of_all_modules_listed():
    assert said("import inspect; print(len(inspect.modulesbyfile) > 1000)") == "True\n"


def test_kernels_do_not_share_their_random_numbers():
    draw = "import random, numpy\nprint(random.random(), numpy.random.rand())"
    first, second = said(draw).split(), said(draw).split()
    assert not set(first) & set(second)


def test_tensorflow_draws_what_it_draws_in_a_new_kernel(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", quick_start()["PYTHONPATH"])
    draw = """
    from crossentropy import quiz
    import tensorflow as tf
    import keras
    print(tf.random.uniform([2]).numpy())
    print(keras.layers.Dense(1).name, tf.config.threading.get_intra_op_parallelism_threads())
    """
    assert said(draw) == said_by_a_new_kernel(draw)


def test_figures_of_pyplot_appear_once():
    source = "import matplotlib.pyplot as plt\nplt.plot([1, 2]);"
    with_figure = execute(job_of(source), "jail").notebook
    assert with_figure.count(b'"image/png"') == 1


def test_warnings_and_streams_belong_to_the_kernel_and_are_ordinary_output():
    source = """
    import os, sys, time, warnings
    import crossentropy
    warnings.warn("careful")
    print("to stderr", file=sys.stderr)
    os.write(2, b"to descriptor 2")
    time.sleep(1)  # a thread of ipykernel brings this one in, when it gets its turn
    sys.stderr.flush()
    """
    result = execute(job_of(source), "jail")
    assert b'"name": "stderr"' not in result.notebook
    for text in ("UserWarning: careful\n", "to stderr\n", "to descriptor 2"):
        assert text in printed(result)


def test_a_kernel_holds_nothing_of_the_server():
    told = said(
        """
        import os
        print(os.getppid())
        print([p for p in os.listdir("/proc") if p.isdigit()])
        print("classroom" in str([m for m in __import__("sys").modules]))
        """
    )
    assert told.split("\n")[0] == "1"
    assert ast.literal_eval(told.split("\n")[1]) == ["1", "2"]
    assert told.split("\n")[2] == "False"


HOLD = """
import sys
sys.path.insert(0, {here!r})
from kernel_jobs import job_of
from classroom.grading.execution import execute
from classroom.grading.kernels.server import running
running(())  # the death of a server does not depend on what it has imported
execute(job_of("import time; time.sleep(600)", timeout=700), "jail")
"""


@pytest.mark.parametrize("signum", [signal.SIGKILL, signal.SIGTERM])
def test_nothing_is_left_when_the_grader_is_killed(signum):
    script = HOLD.format(here=str(Path(kernel_jobs.__file__).parent))
    grader = psutil.Popen([sys.executable, "-c", script], stderr=subprocess.DEVNULL)
    try:
        family = wait_for_kernel(grader)
        grader.send_signal(signum)
        _, left = psutil.wait_procs([grader, *family], timeout=30)
        assert left == []
    finally:
        for process in [grader, *grader.children(recursive=True)] if grader.is_running() else []:
            process.kill()


def test_a_server_that_is_not_needed_yet_ends_at_once():
    server = KernelServer()
    time.sleep(0.2)  # it is importing
    started = time.monotonic()
    server.close()
    assert time.monotonic() - started < 1
    assert server.process.returncode == -signal.SIGKILL


def test_a_server_that_cannot_start_says_why(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/sh")
    with pytest.raises(ServerError, match=r"did not start: .*classroom"):
        KernelServer().wait()


def test_what_a_submission_has_started_ends_with_it():
    seconds = str(100_000 + secrets.randbelow(10**6))  # known by this, whatever runs beside us
    source = f"""
    import subprocess
    subprocess.Popen(["sleep", "{seconds}"], start_new_session=True)
    """
    execute(job_of(source, grade("t", "pass")), "jail")
    assert not [p for p in psutil.process_iter() if seconds in cmdline(p)]


def cmdline(process):
    try:
        return process.cmdline()
    except psutil.Error:
        return []
