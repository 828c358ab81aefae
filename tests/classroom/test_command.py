"""The classroom command: wrong use ends in one sentence and status 2."""

from pathlib import Path
import shutil
import subprocess
import sys

ROOT = Path(__file__).parents[2]


def classroom(*arguments, cwd):
    return subprocess.run(
        [Path(sys.executable).with_name("classroom"), *arguments],
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


def test_it_never_imports_tensorflow():
    seen = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, classroom.command; "
            "print('tensorflow' in sys.modules or 'keras' in sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert seen.stdout.strip() == "False"
