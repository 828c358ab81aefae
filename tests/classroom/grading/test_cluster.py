"""Grading on a Dask cluster."""

import contextlib
from pathlib import Path
import subprocess
import sys

from course_of_learners import EARNED, LESSON, totals
from kernel_jobs import wait_until
import psutil
from running_programs import free_port, running

BIN = Path(sys.executable).parent


def test_a_cluster_grades_the_class_though_a_worker_dies(class_of_four, tmp_path):
    course = class_of_four.twin(tmp_path)
    address = f"tcp://127.0.0.1:{free_port()}"
    host, port = address.removeprefix("tcp://").split(":")
    scheduler = [BIN / "dask", "scheduler", f"--host={host}", f"--port={port}", "--no-dashboard"]
    worker = [BIN / "dask", "worker", address, "--nthreads=1", "--no-dashboard"]
    with (
        running(*scheduler, cwd=tmp_path),
        running(*worker, "--name=first", cwd=tmp_path) as first,
        running(*worker, "--name=second", cwd=tmp_path),
    ):
        from distributed import Client

        with Client(address, timeout=60) as client:
            client.wait_for_workers(2, timeout=60)
        grading = subprocess.Popen(
            [BIN / "classroom", "grade", LESSON, f"--scheduler={address}"],
            cwd=course.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        # The first worker has begun when its kernel server, a child of its child, is there.
        nanny = psutil.Process(first.pid)
        wait_until(lambda: len(nanny.children(recursive=True)) >= 3 or grading.poll() is not None)
        for child in [*nanny.children(recursive=True), nanny]:
            with contextlib.suppress(psutil.NoSuchProcess):
                child.kill()
        said, _ = grading.communicate(timeout=200)
    assert grading.returncode == 0, said
    assert totals(course.gradebook()) == EARNED
