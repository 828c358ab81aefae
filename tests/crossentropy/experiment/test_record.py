"""The record of tries is never lost and never holds what should not be chosen by."""

import json
import subprocess
import sys

from crossentropy.experiment import record
import pytest

ENTRY = {
    "number": 1,
    "key": "",
    "seed": 0,
    "changed": ["+ Dropout 0.25"],
    "layers": [],
    "hyperparameters": {},
    "epochs": 12,
    "source": "",
    "scores": {"train_accuracy": 0.7, "val_accuracy": 0.874, "val_loss": 0.5},
    "end_accuracy": None,
}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """The folder of a learner's lesson, where the kernel was started."""
    return go_to(tmp_path / "my-work" / "05-overfitting", monkeypatch)


def go_to(folder, monkeypatch):
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(record, "_remembered", [])
    return folder


def add(**changes):
    return record.add(lambda tries: {**ENTRY, "number": len(tries) + 1, **changes})


def test_what_was_added_is_read_back_in_order():
    assert [add(), add(seed=1)] == record.load() == [ENTRY, {**ENTRY, "number": 2, "seed": 1}]


def test_two_notebooks_on_one_record_lose_no_try(folder):
    program = (
        "from crossentropy.experiment import record\n"
        f"entry = {ENTRY!r}\n"
        "for _ in range(20):\n"
        "    record.add(lambda tries: {**entry, 'number': len(tries) + 1})\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", program], cwd=folder) for _ in range(2)]
    assert [one.wait() for one in running] == [0, 0]
    assert [one["number"] for one in record.load()] == list(range(1, 41))


@pytest.mark.parametrize("content", ['{"tries": [{"number"', '{"tries": [{"number": 1}]}', "[]"])
def test_a_damaged_record_is_set_aside_and_named(folder, capsys, content):
    (folder / "tries.json").write_text(content)
    add()
    [aside] = folder.glob("tries.damaged-*.json")
    assert f"set aside as {aside.name}" in capsys.readouterr().out
    assert aside.read_text() == content
    assert record.load() == [ENTRY]


def test_reading_a_damaged_record_changes_nothing(folder, capsys):
    (folder / "tries.json").write_text("no JSON")
    assert record.load() == []
    assert "tries.json is damaged" in capsys.readouterr().out
    assert (folder / "tries.json").read_text() == "no JSON"


def test_a_record_of_the_first_version_is_read_without_its_test_accuracy(folder):
    old = {name: ENTRY[name] for name in ENTRY if name not in ("key", "seed", "end_accuracy")}
    old["scores"] = {**ENTRY["scores"], "test_accuracy": 0.9}
    (folder / "tries.json").write_text(json.dumps({"version": 1, "tries": [old]}))
    assert record.load() == [ENTRY]


def test_the_folder_that_lessons_are_released_from_stays_clean(tmp_path, monkeypatch, capsys):
    source = go_to(tmp_path / "solutions" / "05-overfitting", monkeypatch)
    (tmp_path / "nbgrader_config.py").touch()
    add()
    assert list(source.iterdir()) == []
    assert record.load() == [ENTRY]
    assert capsys.readouterr().out == ""


def test_outside_a_lesson_the_tries_of_the_session_are_kept_and_that_is_said(
    tmp_path, monkeypatch, capsys
):
    elsewhere = go_to(tmp_path / "elsewhere", monkeypatch)
    add()
    assert list(elsewhere.iterdir()) == []
    assert record.load() == [ENTRY]
    assert capsys.readouterr().out.startswith("This try is kept for this session only: ")
