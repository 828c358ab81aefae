"""Workers and their kernel server may die: no job is lost, and nothing is left behind."""

from pathlib import Path
import re
import threading

from course_of_learners import LESSON
from kernel_jobs import SANDBOX, job_of, wait_for_kernel, wait_until
import psutil
import pytest

from classroom.grading.job import Job
from classroom.grading.kernels import server as kernel_server
from classroom.grading.lesson import load_notebooks
from classroom.grading.preparation import prepare
from classroom.grading.preparation.contents import read_contents
from classroom.grading.retries import MOST_GOES, WORKER_DIED
from classroom.grading.settings import CourseSettings
from classroom.grading.submissions import find_submissions
from classroom.grading.workers import LocalWorkers


@pytest.fixture(autouse=True)
def _server_without_tensorflow():
    """What dies is the same, whatever it has imported."""
    if kernel_server.is_needed("auto"):
        kernel_server.running(())


def worker_ids(workers):
    """Return the ids of the worker processes that live now."""
    return [each for pool in workers.pools.values() for each in pool._processes or {}]


def test_the_death_of_a_worker_or_of_its_server_loses_nothing(class_of_five):
    settings = CourseSettings(class_of_five.folder)
    with settings.gradebook() as gradebook:
        [lesson] = load_notebooks(settings, gradebook, LESSON)
    jobs = []
    for submission in find_submissions(settings, LESSON):
        contents = read_contents(submission, [], 10**8)
        prepared = prepare(submission, lesson, contents)
        jobs.append(
            Job(
                submission.student,
                LESSON,
                lesson.file,
                prepared.files,
                timeout=60,
                grade_cells=prepared.grade_cells,
            )
        )
    results = {}
    with LocalWorkers(1, "auto") as workers:
        for job, result in workers.run(iter(jobs)):
            results[job.student] = result.status
            [worker] = worker_ids(workers)
            if len(results) == 1:
                assert not psutil.Process(worker).children()  # all use one server
                psutil.Process(worker).kill()
            elif len(results) == 2:
                workers.server.process.kill()
            elif len(results) == 4:
                [server] = psutil.Process(worker).children()
                server.kill()
    assert results == dict.fromkeys([job.student for job in jobs], "finished")


@pytest.mark.skipif(SANDBOX != "jail", reason="only a forked kernel can outlive its worker")
def test_a_worker_that_is_killed_leaves_no_kernel_and_no_folder(monkeypatch):
    monkeypatch.setitem(MOST_GOES, WORKER_DIED, 1)
    job = job_of("import time; time.sleep(600)", timeout=700)
    with LocalWorkers(1, "jail") as workers:
        found = []
        threading.Thread(target=lambda: found.extend(workers.run(iter([job])))).start()
        *_, kernel = wait_for_kernel(psutil.Process(workers.server.process.pid), 3)
        mounts = Path(f"/proc/{kernel.pid}/mountinfo").read_text()
        place = Path("/tmp", re.search(r"grade-\w+", mounts)[0])
        assert place.exists()
        [worker] = worker_ids(workers)
        psutil.Process(worker).kill()
        assert psutil.wait_procs([kernel], timeout=20)[1] == []
        wait_until(lambda: not place.exists(), seconds=20)
        assert workers.server.alive()
        wait_until(lambda: found, seconds=20)
    assert "died" in found[0][1].reason
