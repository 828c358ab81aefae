"""Whatever is killed, and whenever: the next run goes on, and the gradebook is as without."""

import os
from pathlib import Path
import shutil
import signal
import subprocess
import sys

from course_of_learners import EARNED, LESSON, totals
import forked_programs
from kernel_jobs import wait_until
from ordinary_user import NOBODY, as_nobody
import psutil
import pytest

from classroom.grading.kernels.sandbox.choice import available_sandboxes

BIN = Path(sys.executable).parent

# A grader that is killed, as by the kernel or a power cut, in its second submission.
KILLED = """
import os, signal
from classroom import command
from classroom.grading.autograded import AutogradedFolder
from classroom.grading.recording import Recorder

method, calls = {owner}.{name}, []

def killed(self, *arguments):
    calls.append(arguments)
    if len(calls) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return method(self, *arguments)

{owner}.{name} = killed
command.main()
"""


@pytest.fixture(scope="module")
def undisturbed(class_of_five, tmp_path_factory):
    """The gradebook and the files of a run that nothing disturbed."""
    course = class_of_five.twin(tmp_path_factory.mktemp("undisturbed"))
    course.grade()
    assert len({str(each["grades"]) for each in course.gradebook().values()}) > 3
    return course


def left(course):
    """Return what a course's autograded folder holds, but for our own notes."""
    root = course.folder / "autograded"
    return sorted(
        str(path.relative_to(root))
        for path in root.rglob("*")
        if not path.relative_to(root).parts[0].startswith(".")
    )


def test_a_grader_that_is_killed_again_and_again_goes_on(class_of_five, undisturbed, tmp_path):
    course = class_of_five.twin(tmp_path)
    in_the_transaction = "Recorder", "_score_the_rest"
    between_gradebook_and_folder = "AutogradedFolder", "put_in_place"
    for done, moment in enumerate([in_the_transaction, between_gradebook_and_folder], start=1):
        script = KILLED.format(owner=moment[0], name=moment[1])
        killed = subprocess.run(
            [sys.executable, "-c", script, "grade", LESSON, "--workers=1"],
            cwd=course.folder,
            env=course.environment,
            check=False,
            capture_output=True,
        )
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        whole = [name for name in left(course) if name.endswith(".ipynb")]
        assert len(whole) == done, "whole submissions stand in their places, and no other"
        # Of a transaction nothing is seen before its end; after it, the folder is yet to come.
        assert len(course.gradebook()) == (done if moment == in_the_transaction else done + 1)
    assert course.grade("--workers=1")["resumed"] == 2
    assert course.gradebook() == undisturbed.gradebook()
    assert left(course) == left(undisturbed)


def test_ctrl_c_ends_in_a_sentence_and_in_no_process(class_of_five, undisturbed, tmp_path):
    course = class_of_five.twin(tmp_path)
    # The second takes long, and nobody waits for it.
    course.learner("learner-1").insert("import time; time.sleep(600)", before="double-test")
    command = [Path(sys.executable).with_name("classroom"), "grade", LESSON, "--workers=1"]
    run = subprocess.Popen(
        [*command, "--timeout=600"],
        cwd=course.folder,
        env=course.environment,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    wait_until(lambda: any(name.endswith(".ipynb") for name in left(course)))
    family = psutil.Process(run.pid).children(recursive=True)
    os.killpg(run.pid, signal.SIGINT)  # as the terminal does: to the whole group
    said, _ = run.communicate(timeout=60)
    assert run.returncode == 130, said
    assert "run the same command again" in said
    assert not psutil.wait_procs(family, timeout=20)[1]
    assert course.gradebook().items() <= undisturbed.gradebook().items()


def test_nothing_outlives_a_killed_grader(class_of_five, tmp_path):
    course = class_of_five.twin(tmp_path)
    run = subprocess.Popen(
        [Path(sys.executable).with_name("classroom"), "grade", LESSON, "--workers=1"],
        cwd=course.folder,
        env=course.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_until(lambda: any(name.endswith(".ipynb") for name in left(course)))
    family = psutil.Process(run.pid).children(recursive=True)
    run.kill()
    run.wait()
    assert len(family) >= 2
    assert not psutil.wait_procs(family, timeout=20)[1]


def test_what_has_changed_is_graded_again_and_nothing_else(undisturbed):
    learner = undisturbed.folder / "submitted" / "learner-0" / LESSON / f"{LESSON}.ipynb"
    text = learner.read_text()
    learner.write_text(text.replace("raise NotImplementedError", "return 2 * x", 1))
    before = undisturbed.gradebook()
    report = undisturbed.grade("--workers=1")
    assert report["resumed"] == 4
    assert undisturbed.gradebook()["learner-0"]["grades"]["double-test"][0] == 2
    learner.write_text(text)
    assert undisturbed.grade("--force", "--student=learner-0", "--workers=1")["resumed"] == 0
    assert undisturbed.gradebook() == before


def test_a_broken_resubmission_leaves_the_grade_that_stands(undisturbed):
    learner = undisturbed.folder / "submitted" / "learner-2" / LESSON / f"{LESSON}.ipynb"
    text, before = learner.read_text(), undisturbed.gradebook()
    learner.write_text("")
    report = undisturbed.grade("--student=learner-2", status=1)
    assert report["students"][0]["status"] == "needs_review"
    assert "earlier submission stands" in report["students"][0]["flags"][0]
    learner.write_text(text)
    assert undisturbed.gradebook() == before


def test_a_second_grader_is_turned_away(undisturbed):
    script = f"""
import filelock, subprocess, sys
with filelock.FileLock({str(undisturbed.folder / "autograded" / ".grading.lock")!r}):
    done = subprocess.run([{str(Path(sys.executable).with_name("classroom"))!r}, "grade",
        {LESSON!r}], capture_output=True, text=True)
print(done.returncode, done.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=undisturbed.folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("2 Another classroom grade is at work")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["99-none"], "no submission of 99-none"),
        ([LESSON, "--student=nobody"], "nobody has no submission"),
        ([LESSON, "--course=/"], "is not inside a course"),
        ([LESSON, "--sandbox=glass"], "glass"),
        ([LESSON, "--scheduler=tcp://127.0.0.1:9"], "no Dask scheduler"),
    ],
)
def test_wrong_use_is_one_sentence_and_status_2(undisturbed, arguments, sentence):
    done = forked_programs.run(
        "classroom", "grade", *arguments, cwd=undisturbed.folder, env=undisturbed.environment
    )
    assert done.returncode == 2, done.stderr
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_an_ordinary_user_grades_in_the_sandbox(class_of_four):
    if os.geteuid() != 0:
        pytest.skip("Every other test here ran as an ordinary user already.")
    # pytest keeps its temporary folders to itself.
    folder = Path(
        subprocess.check_output(["mktemp", "-d", "/tmp/ordinary-XXXXXX"], text=True).strip()
    )
    try:
        course = class_of_four.twin(folder)
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, NOBODY.pw_uid, NOBODY.pw_gid)
        done = subprocess.run(
            [*as_nobody(), BIN / "classroom", "grade", LESSON],
            cwd=course.folder,
            env={**course.environment, "HOME": str(folder)},
            capture_output=True,
            text=True,
            check=False,
            timeout=200,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        may = [*as_nobody(), "unshare", "-Ur", "--pid", "--fork", "--mount-proc", "true"]
        jail = subprocess.run(may, check=False).returncode == 0
        used = "jail" if jail and not available_sandboxes()["jail"] else "bwrap"
        assert f"sandbox {used}" in " ".join(done.stdout.split())
        made = list((course.folder / "autograded").rglob("*.ipynb"))
        assert {path.stat().st_uid for path in made} == {NOBODY.pw_uid}
        assert totals(course.gradebook()) == EARNED
    finally:
        shutil.rmtree(folder)
