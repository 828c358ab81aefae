"""The classroom command: wrong use ends in one sentence and status 2, and it loads little."""

import json
from pathlib import Path
import re
import shutil
import subprocess
import sys

import pytest

ROOT = Path(__file__).parents[2]
# The command in an environment without some packages.
WITHOUT = """
import sys
for name in {names}:
    sys.modules[name] = None
from classroom.command import main
main()
"""


def classroom(*arguments, cwd):
    return subprocess.run(
        [Path(sys.executable).with_name("classroom"), *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


def classroom_without(names, *arguments, cwd=ROOT):
    return subprocess.run(
        [sys.executable, "-c", WITHOUT.format(names=names), *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


def test_outside_a_course_it_says_where_to_run(tmp_path):
    done = classroom("release", cwd=tmp_path)
    assert done.returncode == 2
    assert "is not inside a course" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_lesson_is_one_sentence(tmp_path):
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    done = classroom("execute", "77-none", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.strip() == "solutions/ has no lesson named '77-none'; there are: none."


@pytest.mark.parametrize(
    ("missing", "arguments"),
    [
        ("typer", ["lab"]),
        ("psutil", ["grade", "01-loss-definition"]),
        ("rich", ["feedback", "01-loss-definition"]),
        ("psutil", ["doctor"]),
    ],
)
def test_a_missing_package_is_named_with_what_to_install(missing, arguments):
    done = classroom_without([missing], *arguments)
    assert done.returncode == 2
    assert done.stderr.startswith(f"This command needs the package '{missing}'")
    assert 'pip install -e ".[teacher]"' in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_learners_need_none_of_what_teachers_install(tmp_path):
    done = classroom_without(["distributed", "psutil", "psycopg"], "copy", str(tmp_path / "w"))
    assert done.returncode == 0, done.stderr
    assert len(list(tmp_path.glob("w/*/*.ipynb"))) == len(list(ROOT.glob("notebooks/*/*.ipynb")))


def test_opening_the_lessons_loads_nothing_of_grading(tmp_path):
    opened = """
import sys
from jupyterlab.labapp import LabApp
LabApp.launch_instance = lambda _: print([name for name in sys.modules if "grad" in name])
from classroom.command import main
main()
"""
    done = subprocess.run(
        [sys.executable, "-c", opened, "lab", str(tmp_path / "work")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("exchange", ["", 'c.Exchange.root = "/srv/exchange"\n'])
def test_learners_get_the_list_of_assignments_where_there_is_an_exchange(tmp_path, exchange):
    (tmp_path / "nbgrader_config.py").write_text(f"c = get_config()\n{exchange}")
    opened = """
from jupyterlab.labapp import LabApp
LabApp.launch_instance = print
from classroom.command import main
main()
"""
    done = subprocess.run(
        [sys.executable, "-c", opened, "lab"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    settings = Path(re.search(r"app_settings_dir=([^']+)'", done.stdout)[1])
    page = json.loads((settings / "page_config.json").read_text())
    hidden = "@jupyter/nbgrader:assignment-list" in page["disabledExtensions"]
    assert hidden == (not exchange)
    assert (settings / "overrides.json").is_file()


def test_it_never_imports_tensorflow():
    seen = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, pkgutil, importlib, classroom\n"
            "for each in pkgutil.walk_packages(classroom.__path__, 'classroom.'):\n"
            "    importlib.import_module(each.name)\n"
            "print('tensorflow' in sys.modules or 'keras' in sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert seen.stdout.strip() == "False"


def test_a_learner_hands_in_from_wherever_a_terminal_opens(tmp_path):
    work = tmp_path / "my-work"
    shutil.copytree(ROOT / "notebooks" / "00-start-here", work / "00-start-here")
    for cwd, names in [
        (tmp_path, ["00-start-here"]),
        (work, ["00-start-here"]),
        (work / "00-start-here", []),
    ]:
        done = classroom_without(["distributed", "psutil", "rich"], "hand-in", *names, cwd=cwd)
        assert done.returncode == 0, done.stderr
        assert "Exercise: the predicted class: not passed yet; run its check." in done.stdout
    assert len(list((work / "hand-in").glob("00-start-here_*.zip"))) >= 1
    nothing = classroom_without([], "hand-in", cwd=tmp_path)
    assert nothing.returncode == 2
    assert "Nothing was answered in" in nothing.stderr


FAULT = """
import classroom.course
def broken(start=None):
    raise RuntimeError("a fault of ours")
classroom.course.find_course = broken
from classroom.command import main
main()
"""


def test_a_fault_of_ours_ends_in_status_3_and_in_a_sentence_below_its_traceback():
    done = subprocess.run(
        [sys.executable, "-c", FAULT, "export"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert "RuntimeError: a fault of ours" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("This is a fault of the command")


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize(
    ("status", "commands"),
    [(0, ["grade", "feedback", "export"]), (1, ["grade", "feedback", "export"])]
    + [(status, ["grade"]) for status in (2, 3, 130)],
)
def test_make_grade_goes_on_when_a_person_is_needed_and_stops_at_a_fault(
    tmp_path, status, commands
):
    program = tmp_path / "classroom"
    log = tmp_path / "log"
    program.write_text(f'#!/bin/sh\necho "$1" >> {log}\n[ "$1" != grade ] || exit {status}\n')
    program.chmod(0o755)
    done = subprocess.run(
        ["make", "grade", "LESSON=01-loss-definition", f"BIN={tmp_path}", f"READY={program}"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert (done.returncode == 0) == (status < 2)
    assert log.read_text().split() == commands
