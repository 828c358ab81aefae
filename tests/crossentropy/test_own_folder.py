"""Files beside the notebook: in its folder and no other, whole, locked, and never lost."""

from concurrent.futures import ThreadPoolExecutor
import errno
import json
import os
import stat
import subprocess
import sys

from crossentropy import own_folder
import pytest


def test_text_and_bytes_arrive_as_they_are(tmp_path):
    own_folder.write(tmp_path / "text", "größer\n\r\n")
    own_folder.write(tmp_path / "bytes", b"\x00\xff")
    assert (tmp_path / "text").read_bytes() == "größer\n\r\n".encode()
    assert (tmp_path / "bytes").read_bytes() == b"\x00\xff"


# --- whole ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("broken", ["fsync", "replace"])
def test_what_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, broken):
    def fail(*arguments):
        raise OSError("no space left")

    own_folder.write(tmp_path / "kept", "old")
    monkeypatch.setattr(os, broken, fail)
    with pytest.raises(OSError, match="no space left"):
        own_folder.write(tmp_path / "kept", "new")
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    assert (tmp_path / "kept").read_text() == "old"


def test_the_content_is_on_the_disk_before_the_name_points_to_it(tmp_path, monkeypatch):
    seen = []
    fsync, replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda file: (seen.append("fsync"), fsync(file)))
    monkeypatch.setattr(os, "replace", lambda old, new: (seen.append("replace"), replace(old, new)))
    own_folder.write(tmp_path / "a", "text")
    assert seen == ["fsync", "replace"]


def test_others_may_read_it_as_far_as_the_umask_lets_them(tmp_path):
    own_folder.write(tmp_path / "a", "text")
    (tmp_path / "b").write_text("text")
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in "ab"]
    assert modes[0] == modes[1]


def test_a_file_that_is_being_read_at_this_moment_is_replaced_a_moment_later(tmp_path, monkeypatch):
    # Windows refuses to replace a file that another program has open.
    replace, refused = os.replace, iter([True, True])

    def busy(old, new):
        if next(refused, False):
            raise PermissionError(13, "in use")
        replace(old, new)

    own_folder.write(tmp_path / "a", "old")
    monkeypatch.setattr(os, "replace", busy)
    own_folder.write(tmp_path / "a", "new")
    assert (tmp_path / "a").read_text() == "new"


# --- locked ---------------------------------------------------------------------------------------


def add_one(kept):
    return {"count": (kept or {"count": 0})["count"] + 1}


def test_a_record_is_begun_changed_and_read(tmp_path):
    assert own_folder.read_json("tries.json", tmp_path) is None
    assert own_folder.change_json("tries.json", add_one, tmp_path) is None
    own_folder.change_json("tries.json", add_one, tmp_path)
    assert own_folder.read_json("tries.json", tmp_path) == {"count": 2}
    assert [path.name for path in tmp_path.iterdir()] == ["tries.json"]


def test_two_tabs_that_write_at_once_lose_nothing(tmp_path):
    code = (
        "import sys; from crossentropy import own_folder\n"
        "def add(kept): return (kept or []) + [sys.argv[2]]\n"
        "for _ in range(20): own_folder.change_json('tries.json', add, sys.argv[1])"
    )
    tabs = [subprocess.Popen([sys.executable, "-c", code, tmp_path, name]) for name in "ab"]
    assert [tab.wait(timeout=120) for tab in tabs] == [0, 0]
    assert sorted(own_folder.read_json("tries.json", tmp_path)) == ["a"] * 20 + ["b"] * 20
    assert [path.name for path in tmp_path.iterdir()] == ["tries.json"]


def test_threads_of_one_kernel_lose_nothing(tmp_path):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: own_folder.change_json("a.json", add_one, tmp_path), range(40)))
    assert own_folder.read_json("a.json", tmp_path) == {"count": 40}


# --- damaged --------------------------------------------------------------------------------------


def test_what_cannot_be_made_sense_of_is_set_aside_and_named(tmp_path):
    def strict(kept):
        if kept is not None and "tries" not in kept:
            raise own_folder.DamagedFileError(own_folder.damaged("tries.json"))
        return kept or {"tries": []}

    (tmp_path / "tries.json").write_text('{"other": 1}')
    notice = own_folder.change_json("tries.json", strict, tmp_path)
    (aside,) = tmp_path.glob("tries.damaged-*.json")
    assert notice == (
        f"tries.json was damaged, so it was set aside as {aside.name} and a new one was begun."
    )
    assert json.loads(aside.read_text()) == {"other": 1}
    assert own_folder.read_json("tries.json", tmp_path) == {"tries": []}


# --- where ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["01-first", "07-mastery", "04-labels (copy)"])
def test_a_folder_with_a_lessons_name_is_the_place_for_answers(tmp_path, name):
    (tmp_path / name).mkdir()
    assert own_folder.misplaced(tmp_path / name) is None


def test_a_folder_with_a_lesson_in_it_is_the_place_for_answers(tmp_path):
    (tmp_path / "02-second.ipynb").touch()
    assert own_folder.misplaced(tmp_path) is None


def test_in_any_other_folder_one_sentence_says_what_to_do(tmp_path):
    (tmp_path / "2024-notes.ipynb").touch()
    told = own_folder.misplaced(tmp_path)
    assert told.startswith(f"Answers are not saved here, as {tmp_path} is not the folder of a less")
    assert told.count(". ") == 0


def test_a_working_directory_that_was_deleted_is_told_in_one_sentence(tmp_path, monkeypatch):
    folder = tmp_path / "01-first"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setattr(own_folder, "home", lambda: folder)
    folder.rmdir()
    with pytest.raises(own_folder.OwnFileError, match=r"the folder .* cannot be written to"):
        own_folder.change_json("tries.json", add_one)


def test_a_full_disk_is_told_with_what_helps(tmp_path, monkeypatch):
    def fail(*arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(own_folder.OwnFileError, match=r"No space left.*make room on that disk"):
        own_folder.save("tries.json", "[]", tmp_path)


def in_a_process(folder, code):
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_the_folder_is_the_one_in_which_the_package_was_imported(tmp_path):
    lesson = tmp_path / "01-first"
    lesson.mkdir()
    code = (
        "import os\nfrom crossentropy import own_folder\nos.chdir('..')\n"
        "own_folder.change_json('tries.json', lambda kept: 1)\nown_folder.save('badge.svg', '')\n"
        "print(own_folder.read_json('tries.json'))"
    )
    assert in_a_process(lesson, code) == "1\n"
    assert {path.name for path in lesson.iterdir()} == {"tries.json", "badge.svg"}
    assert [path.name for path in tmp_path.iterdir()] == ["01-first"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_kernel_that_was_forked_has_a_folder_of_its_own(tmp_path):
    code = (
        "import os\nfrom crossentropy import own_folder\n"
        "if os.fork() == 0:\n    os.mkdir('01-first')\n    os.chdir('01-first')\n"
        "    print(own_folder.home().name, flush=True)\n    os._exit(0)\nos.wait()"
    )
    assert in_a_process(tmp_path, code) == "01-first\n"


def test_nothing_is_written_beside_the_source_of_a_lesson(tmp_path, monkeypatch):
    source = tmp_path / "solutions" / "01-first"
    source.mkdir(parents=True)
    (tmp_path / "nbgrader_config.py").touch()
    monkeypatch.chdir(source)
    for keep in (
        lambda: own_folder.change_json("tries.json", add_one),
        lambda: own_folder.save("badge.svg", ""),
    ):
        with pytest.raises(own_folder.OwnFileError, match="holds the source of a lesson"):
            keep()
    assert list(source.iterdir()) == []
