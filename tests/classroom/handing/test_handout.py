"""The handout: what learners may have, all of it, and nothing else."""

import os
from pathlib import Path
import re
import shutil
import subprocess
import sys
import zipfile

from nbgrader.utils import is_grade, is_solution
import pytest
import yaml

from classroom import notebook_files
from classroom.course import CourseError
from classroom.handing.handout import make_handout, speaking_of_others

ROOT = Path(__file__).parents[3]
LESSON = "00-start-here"
PARTS = re.compile(r"### BEGIN (SOLUTION|HIDDEN TESTS)\n(.*?)### END", re.DOTALL)


@pytest.fixture(scope="module")
def handout(tmp_path_factory):
    """The handout of this very course."""
    folder = tmp_path_factory.mktemp("handout") / "learners"
    make_handout(ROOT, folder)
    return folder


@pytest.fixture
def course(tmp_path):
    """A course of one released lesson, with a file beside it."""
    folder = tmp_path / "course"
    shutil.copytree(ROOT / "notebooks" / LESSON, folder / "notebooks" / LESSON)
    (folder / "notebooks" / LESSON / "rates.csv").write_text("1,2")
    (folder / "nbgrader_config.py").write_text(
        'c = get_config()\nc.Exchange.root = "/srv/exchange"\n'
        'c.CourseDirectory.db_url = "postgresql://teacher:secret@host/grades"\n'
    )
    shutil.copy(ROOT / "README.md", folder)
    return folder


def test_where_lessons_speak_of_one_that_is_left_out_is_told():
    told = speaking_of_others(ROOT, ["00-start-here", "01-loss-definition"])
    start = "notebooks/00-start-here/00-start-here.ipynb"
    assert f"06-batchnorm-vs-dropout: {start}: cell ways, cell path" in told
    assert not any(line.startswith(("00-", "01-")) for line in told)
    assert speaking_of_others(ROOT, None) == []


def texts(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode(errors="replace")
        for path in folder.rglob("*")
        if path.is_file()
    }


def secrets():
    """Yield solutions, hidden tests and the key of the challenge, as a source has them."""
    for path in (ROOT / "solutions").glob("*/*.ipynb"):
        for cell in notebook_files.read(path).cells:
            if is_grade(cell) or is_solution(cell):
                yield from (text.strip() for _, text in PARTS.findall(cell.source))
    for path in (ROOT / "solutions").glob("*.challenge.yaml"):
        for question in yaml.safe_load(path.read_text())["questions"]:
            yield question["prompt"].strip()


def test_no_solution_hidden_test_or_key_is_in_it(handout):
    found = texts(handout)
    assert not any(name.startswith(("solutions", "tests", "benchmarks")) for name in found)
    for name in [name for name in found if name.endswith(".ipynb")]:
        found[name] = "\n".join(cell.source for cell in notebook_files.read(handout / name).cells)
    everything = "\n".join(found.values())
    long = [text for text in secrets() if len(text) > 40]
    assert [text for text in long if text in everything] == []
    assert len(long) > 50


def test_lessons_pages_package_and_environment_are_in_it(handout):
    for name in ("pyproject.toml", "uv.lock", "environment.yml", "LICENSE", ".gitignore"):
        assert (handout / name).read_bytes() == (ROOT / name).read_bytes()
    for tree in ("notebooks", "data"):
        assert {path.name for path in (handout / tree).rglob("*") if path.is_file()} == {
            path.name
            for path in (ROOT / tree).rglob("*")
            if path.is_file() and path.suffix not in (".py", ".pyc")
        }


def test_a_learner_works_in_it_with_nothing_else(handout):
    script = """
import os, sys
from classroom.handing.subcommands import copy
copy()
os.chdir("my-work/01-loss-definition")
from crossentropy import own_folder, quiz
from crossentropy.data_folder import data_folder
own_folder.remember()
quiz.answer("01-what-it-measures", "a")
print(data_folder())
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=handout,
        env={**os.environ, "PYTHONPATH": str(handout / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == str(handout / "data")
    assert (handout / "my-work" / "01-loss-definition" / "responses.json").is_file()
    assert (handout / "my-work" / "cheat-sheet.ipynb").is_file()
    shutil.rmtree(handout / "my-work")


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_its_makefile_opens_the_lessons_and_has_nothing_for_teachers(handout):
    listed = subprocess.run(["make", "help"], cwd=handout, capture_output=True, text=True)
    names = re.findall(r"^  make (\S+)", listed.stdout, re.MULTILINE)
    assert names == ["help", "lab", "hand-in", "clean"]
    text = (handout / "Makefile").read_text()
    assert not re.search(r"MUTMUT|AT_ONCE|benchmark|classroom grade", text)
    planned = subprocess.run(["make", "-n", "lab"], cwd=handout, capture_output=True, text=True)
    assert planned.returncode == 0, planned.stderr
    assert "classroom lab" in planned.stdout


def test_its_readme_is_for_learners(handout):
    readme = (handout / "README.md").read_text()
    assert "## I want to learn" in readme
    assert "## I hand in" in readme
    assert "MIT licence" in readme
    for word in ("solutions/", "make test", "docs/teaching.md", "nbgrader"):
        assert word not in readme


def test_its_settings_hold_no_password_and_the_exchange(course, tmp_path):
    make_handout(course, tmp_path / "to")
    settings = (tmp_path / "to" / "nbgrader_config.py").read_text()
    assert "c.Exchange.root = '/srv/exchange'" in settings
    assert "secret" not in settings


def test_a_second_time_brings_it_up_to_date_and_leaves_what_somebody_has_changed(course, tmp_path):
    to = tmp_path / "to"
    make_handout(course, to)
    (to / "README.md").write_text("Our own words.")
    (to / "my-work").mkdir()
    (to / "my-work" / "answers.txt").write_text("42")
    beside = course / "notebooks" / LESSON
    (beside / "rates.csv").unlink()
    (beside / "more.csv").write_text("3")
    done = make_handout(course, to)
    assert done.written == [f"notebooks/{LESSON}/more.csv"]
    assert done.removed == [f"notebooks/{LESSON}/rates.csv"]
    assert done.changed_there == ["README.md"]
    assert (to / "README.md").read_text() == "Our own words."
    assert (to / "my-work" / "answers.txt").read_text() == "42"
    assert not (to / "notebooks" / LESSON / "rates.csv").exists()


def test_as_a_git_repository_it_is_committed_when_something_is_new(course, tmp_path, monkeypatch):
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "A Teacher")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "teacher@example.org")
    to = tmp_path / "to"
    assert make_handout(course, to, git=True).committed
    assert not make_handout(course, to, git=True).committed
    (course / "notebooks" / LESSON / "rates.csv").write_text("1,3")
    assert make_handout(course, to, git=True).committed
    log = subprocess.run(["git", "log", "--oneline"], cwd=to, capture_output=True, text=True)
    assert len(log.stdout.splitlines()) == 2


def test_as_a_zip_it_holds_the_same_and_is_the_same_bytes_again(course, tmp_path):
    make_handout(course, tmp_path / "to")
    archive = tmp_path / "lessons.zip"
    make_handout(course, archive)
    first = archive.read_bytes()
    make_handout(course, archive)
    assert archive.read_bytes() == first
    names = {name.partition("/")[2] for name in zipfile.ZipFile(archive).namelist()}
    assert names == set(texts(tmp_path / "to")) - {".handout.json"}


def test_only_some_lessons_can_be_given(tmp_path):
    make_handout(ROOT, tmp_path / "to", [LESSON])
    assert [path.name for path in (tmp_path / "to" / "notebooks").glob("*/")] == [LESSON]


def test_a_folder_with_something_else_in_it_is_refused(course, tmp_path):
    (tmp_path / "photo.jpg").write_text("mine")
    with pytest.raises(CourseError, match="is not empty and is no handout"):
        make_handout(course, tmp_path)
    with pytest.raises(CourseError, match="lies inside of the course"):
        make_handout(course, course / "to")


def test_a_source_in_the_place_of_a_release_is_refused(course, tmp_path):
    shutil.copy(ROOT / "solutions" / LESSON / f"{LESSON}.ipynb", course / "notebooks" / LESSON)
    with pytest.raises(CourseError, match=r"somebody typed|holds a solution or a hidden test"):
        make_handout(course, tmp_path / "to")
