"""Whatever a submission does, its execution ends, and nbgrader's rules score it rightly."""

import json
from pathlib import Path
import threading
import time

from course_of_learners import quick_start
from kernel_jobs import SANDBOX, grade, job_of, printed, scores, teachers_of, wait_until
from nbclient import NotebookClient
import nbformat
from nbgrader.utils import is_grade
import psutil
import pytest

from classroom.grading.execution import execute
from classroom.grading.job import Job
from classroom.grading.kernel_pair import lay_out
from classroom.grading.kernels import server as kernel_server
from classroom.grading.kernels.sandbox.choice import available_sandboxes

ROOT = Path(__file__).parents[3]
LESSON = "01-loss-definition"
AFTER = grade("after", "assert True")


def lesson_job(tree, **limits):
    path = ROOT / tree / LESSON / f"{LESSON}.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    ids = tuple(cell.metadata.nbgrader.grade_id for cell in cells if is_grade(cell))
    files = {path.name: path.read_bytes()}
    return Job("ann", LESSON, path.name, files, 120, ids, teachers_of(LESSON), **limits)


@pytest.mark.parametrize("tree", ["solutions", "notebooks"])
def test_a_lesson_gives_what_a_plain_kernel_gives_to_the_last_character(
    tree, tmp_path, monkeypatch
):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")  # as nbgrader has it when it grades
    monkeypatch.setenv("PYTHONPATH", quick_start()["PYTHONPATH"])
    job = lesson_job(tree)
    (folder := tmp_path / LESSON).mkdir()
    plain = nbformat.reads(job.files[job.notebook].decode(), as_version=4)
    NotebookClient(
        plain,
        timeout=120,
        allow_errors=True,
        store_widget_state=False,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
    ).execute()
    ours = nbformat.reads(execute(job, SANDBOX).notebook.decode(), as_version=4)
    for mine, theirs in zip(ours.cells, plain.cells, strict=True):
        if mine.cell_type == "code":
            assert comparable(mine) == comparable(theirs), mine.id
            assert mine.execution_count == theirs.execution_count


def comparable(cell):
    """Return the outputs without what differs from run to run, pieces of a stream joined."""
    found = []
    for output in json.loads(json.dumps(cell.outputs)):
        output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
        output.pop("metadata", None)
        if output["output_type"] == "stream" and found and found[-1].get("name") == output["name"]:
            found[-1]["text"] += output["text"]
        else:
            found.append(output)
    return found


@pytest.mark.parametrize("kind", ["jail", "bwrap", "none"])
def test_each_sandbox_runs_a_lesson_s_imports(kind):
    if why := available_sandboxes()[kind]:
        pytest.skip(why)
    imports = "from crossentropy import quiz\nimport tensorflow as tf\nprint(int(tf.ones(3)[0]))"
    result = execute(job_of(imports, AFTER, timeout=120), kind)
    assert (result.status, scores(result)) == ("finished", {"after": 2})
    assert printed(result) == "1\n"


@pytest.mark.parametrize(
    "end",
    [
        "import os; os._exit(0)",
        "import ctypes; ctypes.string_at(0)",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "get_ipython().kernel.control_thread.io_loop.add_callback(__import__('os').abort)\n"
        "__import__('time').sleep(60)",
    ],
)
def test_a_kernel_that_dies_costs_no_answer_before_it_or_after_it(end):
    cells = ["def double(x): return 2 * x", grade("before", "assert double(2) == 4")]
    cells += [f"print('begin')\n{end}", grade("after", "assert double(3) == 6")]
    result = execute(job_of(*cells), SANDBOX)
    assert scores(result) == {"before": 2, "after": 2}
    assert result.status == "died"
    assert "The kernel died in cell" in result.reason


def test_a_test_that_ends_the_kernel_earns_nothing():
    result = execute(job_of("import os", grade("t", "os._exit(0)"), AFTER), SANDBOX)
    assert (scores(result), result.status) == ({"t": 0, "after": 2}, "died")


def test_a_cell_that_runs_too_long_is_stopped_and_the_others_run():
    result = execute(job_of(grade("t", "while True: pass"), AFTER, timeout=2), SANDBOX)
    assert (scores(result), result.status) == ({"t": 0, "after": 2}, "timeout")
    assert "'t' ran longer than 2 s" in result.reason


def test_a_cell_that_cannot_be_stopped_ends_the_kernel():
    endless = """
    import signal, time
    def endless():
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        while True: time.sleep(0.1)
    """
    result = execute(job_of(endless, grade("t", "endless()"), AFTER, timeout=2), SANDBOX)
    assert (scores(result), result.status) == ({"t": 0, "after": 2}, "timeout")
    assert "'t' ran out of time and could not be stopped" in result.reason


def test_after_several_cells_out_of_time_an_answer_is_still_judged():
    cells = ["import time\ndef one(): return 1", "time.sleep(60)", "time.sleep(60)"]
    cells.append(grade("after", "assert one() == 1"))
    result = execute(job_of(*cells, timeout=1, most_timeouts=2), SANDBOX)
    assert (scores(result), result.status) == ({"after": 2}, "timeout")


def test_a_notebook_of_endless_cells_ends():
    cells = ["import time", *["while True: time.sleep(0.1)"] * 9, AFTER]
    result = execute(job_of(*cells, timeout=1, most_timeouts=2), SANDBOX)
    assert (scores(result), result.status) == ({"after": 0}, "timeout")
    assert "4 cells ran out of time" in result.reason


def test_one_endless_function_costs_one_limit_and_not_one_for_each_test():
    endless = "import time\ndef endless():\n    while True: time.sleep(0.1)"
    tests = [grade(f"t{number}", "endless()") for number in range(3)]
    result = execute(job_of(endless, *tests, timeout=6), SANDBOX)
    assert set(scores(result).values()) == {0}
    assert result.cell_seconds < 2 * 6


def test_output_is_cut_and_the_cell_still_scores():
    write = "for _ in range(20_000): print('x' * 100)"
    result = execute(job_of(grade("t", write), output_bytes=50_000, timeout=60), SANDBOX)
    assert scores(result) == {"t": 2}
    assert len(result.notebook) < 100_000
    assert "More than 50,000 bytes were printed" in printed(result)


def test_one_huge_message_does_not_reach_the_grader_s_memory():
    result = execute(job_of(grade("t", "print('x' * 2 * 10**7)"), AFTER, timeout=60), SANDBOX)
    assert scores(result) == {"t": 2, "after": 2}
    assert len(result.notebook) < 10**6
    assert printed(result).strip() == "[A message of more than 16 MB was dropped.]"


def test_what_comes_after_a_huge_message_is_heard():
    cells = ["print('x' * 2 * 10**7)", "print('later')", grade("t", "print('in a test')")]
    result = execute(job_of(*cells, AFTER, timeout=60), SANDBOX)
    assert (scores(result), result.status) == ({"t": 2, "after": 2}, "finished")
    assert "later" in printed(result)
    assert "in a test" in printed(result)


@pytest.mark.parametrize("size", [17_000_000, 5_000_000])
def test_an_error_with_a_huge_message_costs_its_own_cell_and_no_more(size):
    fail = f"raise ValueError('x' * {size})"
    result = execute(job_of(fail, grade("t", fail), AFTER, timeout=60), SANDBOX)
    assert (scores(result), result.status) == ({"t": 0, "after": 2}, "finished")
    assert len(result.notebook) < 100_000


def test_what_all_cells_print_together_is_limited_and_errors_are_still_shown():
    cells = ["print('x' * 400)"] * 5 + [grade("t", "assert False, 'told'")]
    result = execute(job_of(*cells, AFTER, output_bytes=500, all_output_bytes=1_000), SANDBOX)
    assert scores(result) == {"t": 0, "after": 2}
    assert printed(result).count("x") == 800
    assert "All cells together printed more than 1,000 bytes" in printed(result)
    assert b"told" in result.notebook


def test_all_cells_together_have_a_limit_of_time():
    cells = [grade("t", "pass"), *["__import__('time').sleep(1.5)"] * 5, AFTER]
    result = execute(job_of(*cells, timeout=2, cells_of_time=1), SANDBOX)
    assert (scores(result), result.status) == ({"t": 2, "after": 0}, "timeout")
    assert "what follows them was not run" in result.reason


def test_messages_that_no_notebook_may_hold_are_dropped():
    send = """
    import json
    kernel = get_ipython().kernel
    kernel.session.pack = lambda thing: json.dumps(thing, default=str).encode()
    for kind, content in (
        ("display_data", {"data": {"text/plain": {"a": 1}}, "metadata": 7}),
        ("display_data", {"nothing": 1}),
        ("stream", {"name": "stdout"}),
        ("stream", {"name": "stdout", "text": chr(0xD800)}),
        ("error", {"ename": 1}),
        ("comm_open", {"comm_id": "1", "target_name": "jupyter.widget", "data": {}}),
        ("update_display_data", {"transient": {"display_id": "1"}}),
        ("stream", {"name": "stdout", "text": "", "transient": {"display_id": "2"}}),
        ("update_display_data", {"data": {}, "metadata": {}, "transient": {"display_id": "2"}}),
    ):
        kernel.session.send(kernel.iopub_socket, kind, content, parent=kernel.get_parent())
    print(chr(0xD800))
    """
    result = execute(job_of(send, AFTER), SANDBOX)
    assert (result.status, scores(result)) == ("finished", {"after": 2})
    nbformat.validate(nbformat.reads(result.notebook.decode(), as_version=4))


def test_a_number_of_execution_that_is_none_is_dropped_though_the_kernel_dies():
    send = """
    import os, time
    kernel = get_ipython().kernel
    content = {"execution_count": "many", "code": ""}
    kernel.session.send(kernel.iopub_socket, "execute_input", content, parent=kernel.get_parent())
    time.sleep(1)  # another thread brings it out
    os._exit(0)
    """
    result = execute(job_of(send, AFTER), SANDBOX)
    assert (result.status, scores(result)) == ("died", {"after": 2})
    nbformat.validate(nbformat.reads(result.notebook.decode(), as_version=4))


def test_text_on_stderr_costs_nothing():
    job = job_of(grade("t", "import sys; print(1, file=sys.stderr)"))
    # A forked kernel has made it ordinary output already; one in bubblewrap is new.
    kinds = [SANDBOX] if available_sandboxes()["bwrap"] else [SANDBOX, "bwrap"]
    assert [scores(execute(job, kind)) for kind in kinds] == [{"t": 2}] * len(kinds)


@pytest.mark.parametrize(
    ("source", "score"),
    [
        ("1", 1),
        ("0.5", 0.5),
        ("import numpy; numpy.float64(1.5)", 1.5),
        ("print('fine')", 2),
        ("x = 1", 2),
        ("1;", 2),
        ("raise SystemExit", 0),
        ("await __import__('asyncio').sleep(0)", 2),
        ("assert await __import__('asyncio').sleep(0)", 0),
        ("await __import__('asyncio').sleep(0, 1.5)", 1.5),
        ("%time x = 1", 2),
        ("assert False, 'no'", 0),
        ("def f(:", 0),
    ],
)
def test_cells_of_every_form_score_as_nbgrader_scores_them(source, score):
    result = execute(job_of(grade("t", source)), SANDBOX)
    assert (scores(result), result.status, result.flags) == ({"t": score}, "finished", ())


def test_files_outside_the_submission_are_not_written(tmp_path):
    folder = tmp_path / "given" / "lesson"
    lay_out({"lesson.ipynb": b"{}", "../escaped": b"x", "/tmp/escaped": b"x"}, folder)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["lesson.ipynb"]


def test_a_kernel_that_is_lost_with_its_server_is_no_fault_of_the_submission():
    if SANDBOX != "jail":
        pytest.skip("only the jail has a server")
    killer = threading.Thread(target=kill_the_server_in_use)
    killer.start()
    result = execute(job_of("import time; time.sleep(60)", AFTER, timeout=90), "jail")
    killer.join()
    assert result.status == "failed_to_start"
    assert "forked from has ended" in result.reason


def kill_the_server_in_use():
    """Kill the server as soon as it has a kernel."""
    server = psutil.Process(kernel_server.running().process.pid)
    wait_until(lambda: len(server.children(recursive=True)) >= 3)
    server.kill()


def test_a_submission_that_only_sleeps_costs_what_it_sleeps():
    started = time.monotonic()
    result = execute(job_of("import time; time.sleep(1)"), SANDBOX)
    assert 1 <= result.cell_seconds <= result.seconds <= time.monotonic() - started


def test_a_kernel_that_dies_in_a_test_earns_nothing_for_what_it_had_shown():
    forge = "def points():\n    get_ipython().displayhook(2)\n    import os, time\n"
    forge += "    time.sleep(1)  # another thread brings the result out\n    os._exit(0)"
    result = execute(job_of(forge, grade("t", "points()")), SANDBOX)
    assert (scores(result), result.status) == ({"t": 0}, "died")


def test_a_kernel_that_stays_busy_does_not_keep_the_judge_waiting_for_ever():
    # The first thing that the kernel does after its cell, before it can hear the judge.
    busy = """
    import asyncio, time
    def one(): return 1
    asyncio.get_running_loop().call_soon(time.sleep, 600)
    """
    result = execute(job_of(busy, grade("t", "one()"), AFTER, timeout=3), SANDBOX)
    assert scores(result) == {"t": 0, "after": 2}
    assert result.status == "timeout"
