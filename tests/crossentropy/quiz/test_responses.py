"""responses.json: nothing that a learner answered is lost, whatever happens to the file."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
import json
import os
from pathlib import Path
import re
import signal
import subprocess
import sys
import tempfile
import threading

from crossentropy import own_folder
from crossentropy.own_folder import DamagedFileError, OwnFileError
from crossentropy.quiz import responses
from crossentropy.quiz.responses import FILE
import pytest

WRITER = """
import sys
from crossentropy.quiz import responses
folder, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
for number in range(count):
    responses.record(f"01-{name}", float(number), folder=folder)
    print(number, flush=True)
"""


def content(folder):
    return json.loads((folder / FILE).read_text())


def answers(folder, question_id):
    return [one["answer"] for one in responses.read(folder).attempts(question_id)]


# --- the ordinary course --------------------------------------------------------------------------


def test_before_any_answer_there_is_no_file_and_no_attempt(tmp_path):
    assert responses.read(tmp_path).attempts("01-a") == []
    assert list(tmp_path.iterdir()) == []


def test_an_attempt_is_recorded_with_time_hints_and_seconds(tmp_path):
    before = datetime.now(UTC).replace(microsecond=0)
    responses.record("01-a", "b", hints=1, seconds=12.5, folder=tmp_path)
    (attempt,) = content(tmp_path)["responses"]["01-a"]["attempts"]
    moment = datetime.fromisoformat(attempt.pop("time"))
    assert attempt == {"answer": "b", "hints": 1, "seconds": 12.5}
    assert moment.utcoffset().total_seconds() == 0
    assert before <= moment <= datetime.now(UTC)


def test_the_file_says_which_schema_it_follows(tmp_path):
    responses.record("01-a", "b", folder=tmp_path)
    assert content(tmp_path)["schema"] == 2


def test_every_attempt_is_kept_oldest_first(tmp_path):
    for answer in ("a", "c", "b"):
        responses.record("01-a", answer, folder=tmp_path)
    responses.record("01-n", 0.5, folder=tmp_path)
    assert answers(tmp_path, "01-a") == ["a", "c", "b"]
    assert answers(tmp_path, "01-n") == [0.5]


def test_whether_an_answer_is_right_is_not_stored(tmp_path):
    responses.record("01-a", "b", folder=tmp_path)
    assert set(content(tmp_path)["responses"]["01-a"]["attempts"][0]) == {
        "answer",
        "time",
        "hints",
        "seconds",
    }


def test_nothing_but_the_record_is_left_in_the_folder(tmp_path):
    responses.record("01-a", "b", folder=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


# --- several writers, and a sudden end ------------------------------------------------------------


def test_four_processes_writing_at_once_lose_nothing(tmp_path):
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, tmp_path, f"writer-{number}", "25"],
            stdout=subprocess.DEVNULL,
        )
        for number in range(4)
    ]
    assert [writer.wait(timeout=120) for writer in writers] == [0] * 4
    for number in range(4):
        assert answers(tmp_path, f"01-writer-{number}") == [float(one) for one in range(25)]


def test_threads_of_one_process_lose_nothing(tmp_path):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda one: responses.record("01-a", one, folder=tmp_path), range(40)))
    assert sorted(answers(tmp_path, "01-a")) == list(range(40))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
@pytest.mark.parametrize("survived", [1, 2, 5, 9, 14])
def test_a_process_killed_while_writing_leaves_every_acknowledged_answer(tmp_path, survived):
    responses.record("01-before", "a", folder=tmp_path)
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, tmp_path, "killed", "100000"],
        stdout=subprocess.PIPE,
        text=True,
    )
    for _ in range(survived):
        last = int(writer.stdout.readline())
    writer.send_signal(signal.SIGKILL)
    told = [int(line) for line in writer.stdout if line.endswith("\n")]
    writer.wait()
    acknowledged = [float(one) for one in range(max([last, *told]) + 1)]
    assert answers(tmp_path, "01-killed")[: len(acknowledged)] == acknowledged
    assert answers(tmp_path, "01-before") == ["a"]
    responses.record("01-after", "b", folder=tmp_path)
    assert answers(tmp_path, "01-after") == ["b"]


def test_a_reader_never_sees_half_a_file(tmp_path):
    responses.record("01-a", 0, folder=tmp_path)
    done = threading.Event()

    def write():
        for number in range(1, 40):
            responses.record("01-a", number, folder=tmp_path)
        done.set()

    with ThreadPoolExecutor(1) as pool:
        written = pool.submit(write)
        while not done.is_set() and not written.done():
            seen = answers(tmp_path, "01-a")
            assert seen == list(range(len(seen)))
        written.result()


def test_what_a_killed_write_left_behind_does_not_disturb_the_next(tmp_path):
    (tmp_path / f".{FILE}.part").write_text('{"schema": 2, "respon')
    (tmp_path / f".{FILE}.lock").touch()
    responses.record("01-a", "b", folder=tmp_path)
    assert answers(tmp_path, "01-a") == ["b"]
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_failed_write_leaves_the_old_file_as_it_was(tmp_path):
    responses.record("01-a", "b", folder=tmp_path)
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(TypeError):
        responses.record("01-a", object(), folder=tmp_path)
    assert (tmp_path / FILE).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


# --- a file that is not as it should be -----------------------------------------------------------

DAMAGED = {
    "empty": b"",
    "cut off": b'{"schema": 2, "responses": {"01-a": {"att',
    "not text": b"\xff\xfe\x00\x01",
    "a list": b"[]",
    "without a schema": b'{"responses": {}}',
    "with a schema that is no number": b'{"schema": "1", "responses": {}}',
    "with a schema that is a truth value": b'{"schema": true, "responses": {}}',
    "of a schema that never was": b'{"schema": 0, "responses": {}}',
    "without responses": b'{"schema": 2}',
    "with responses that are no mapping": b'{"schema": 2, "responses": []}',
    "nested without end": b"[" * 100_000,
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_reading_a_damaged_file_says_so_and_changes_nothing(tmp_path, damage):
    (tmp_path / FILE).write_bytes(DAMAGED[damage])
    with pytest.raises(DamagedFileError, match=r"^responses\.json is damaged and cannot be"):
        responses.read(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize("damage", DAMAGED)
def test_answering_sets_a_damaged_file_aside_and_begins_a_new_one(tmp_path, damage):
    (tmp_path / FILE).write_bytes(DAMAGED[damage])
    _, notice = responses.record("01-a", "b", folder=tmp_path)
    (aside,) = tmp_path.glob("responses.damaged-*.json")
    assert aside.read_bytes() == DAMAGED[damage]
    assert notice == (
        f"responses.json was damaged, so it was set aside as {aside.name} and a new one was begun."
    )
    assert answers(tmp_path, "01-a") == ["b"]


def test_no_file_set_aside_is_ever_overwritten(tmp_path):
    for number in range(5):
        (tmp_path / FILE).write_text(f"damage {number}")
        responses.record("01-a", "b", folder=tmp_path)
    kept = {path.read_text() for path in tmp_path.glob("responses.damaged-*.json")}
    assert kept == {f"damage {number}" for number in range(5)}


def test_a_file_that_is_far_too_large_counts_as_damaged(tmp_path):
    sound = b'{"schema": 2, "responses": {}}'
    (tmp_path / FILE).write_bytes(sound + b" " * own_folder.LARGEST)
    with pytest.raises(DamagedFileError):
        responses.read(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_in_place_of_the_file_does_not_hang_the_reader(tmp_path):
    os.mkfifo(tmp_path / FILE)
    reader = "import sys; from crossentropy.quiz import responses; responses.read(sys.argv[1])"
    done = subprocess.run(
        [sys.executable, "-c", reader, tmp_path], capture_output=True, text=True, timeout=30
    )
    assert "DamagedFileError: responses.json is damaged" in done.stderr


def test_a_newer_schema_is_refused_in_one_sentence(tmp_path):
    (tmp_path / FILE).write_text('{"schema": 3, "responses": {}}')
    with pytest.raises(OwnFileError, match=r"was written by a newer version .* update the proj"):
        responses.read(tmp_path)


def test_a_newer_schema_is_never_overwritten(tmp_path):
    newer = '{"schema": 3, "answers": []}'
    (tmp_path / FILE).write_text(newer)
    saved, notice = responses.record("01-a", "b", folder=tmp_path)
    assert not saved
    assert re.match(r"Your answer was not saved: .* newer version", notice)
    assert (tmp_path / FILE).read_text() == newer
    assert not list(tmp_path.glob("responses.damaged-*"))


@pytest.mark.parametrize("entry", [None, [], 3, {}, {"attempts": 3}, {"attempts": ["b"]}])
def test_one_garbled_question_leaves_the_others_readable(tmp_path, entry):
    responses.record("01-a", "b", folder=tmp_path)
    record = content(tmp_path)
    record["responses"]["01-garbled"] = entry
    (tmp_path / FILE).write_text(json.dumps(record))
    assert responses.read(tmp_path).attempts("01-garbled") is None
    assert answers(tmp_path, "01-a") == ["b"]


def test_answering_a_garbled_question_costs_that_entry_and_keeps_what_it_held(tmp_path):
    responses.record("01-a", "b", folder=tmp_path)
    record = content(tmp_path)
    record["responses"]["01-garbled"] = {"attempts": "b"}
    (tmp_path / FILE).write_text(json.dumps(record))
    assert responses.record("01-garbled", "c", folder=tmp_path) == (True, None)
    assert answers(tmp_path, "01-a") == ["b"]
    assert answers(tmp_path, "01-garbled") == ["c"]
    [kept] = content(tmp_path)["garbled"]
    assert (kept["part"], kept["name"], kept["was"]) == (
        "responses",
        "01-garbled",
        {"attempts": "b"},
    )
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize("part", ["sittings", "exercises"])
def test_a_garbled_part_costs_no_answer(tmp_path, part):
    responses.record("01-a", "b", folder=tmp_path)
    (tmp_path / FILE).write_text(json.dumps(content(tmp_path) | {part: [1, 2]}))
    assert responses.record("01-b", "c", folder=tmp_path) == (True, None)
    assert (answers(tmp_path, "01-a"), answers(tmp_path, "01-b")) == (["b"], ["c"])
    [kept] = content(tmp_path)["garbled"]
    assert (kept["part"], kept["was"]) == (part, [1, 2])


def test_what_this_version_does_not_know_in_an_attempt_is_kept(tmp_path):
    responses.record("01-a", "b", folder=tmp_path)
    record = content(tmp_path)
    record["responses"]["01-a"]["attempts"][0]["mood"] = "\ud83d"
    (tmp_path / FILE).write_text(json.dumps(record))
    responses.record("01-b", "a", folder=tmp_path)
    assert content(tmp_path)["responses"]["01-a"]["attempts"][0]["mood"] == "\ud83d"


# --- folders --------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name != "posix", reason="needs a user without rights")
def test_a_read_only_folder_is_told_in_one_sentence():
    import filelock  # noqa: F401  (before the rights are gone, with which it would be found)

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        folder.chmod(0o555)
        as_root = os.geteuid() == 0
        if as_root:  # who may write anywhere
            os.seteuid(65534)
        try:
            saved, notice = responses.record("01-a", "b", folder=folder)
        finally:
            if as_root:
                os.seteuid(0)
            folder.chmod(0o755)
        assert not saved
        assert notice == (
            f"Your answer was not saved: the folder {folder} cannot be written to "
            "(Permission denied); copy the lesson to a folder of your own and open it there."
        )
        assert list(folder.iterdir()) == []


def test_a_folder_that_is_gone_is_told_in_one_sentence(tmp_path):
    saved, notice = responses.record("01-a", "b", folder=tmp_path / "gone")
    assert not saved
    assert re.match(r"Your answer was not saved: the folder .*gone", notice)
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_is_never_released_is_told_in_one_sentence(tmp_path, monkeypatch):
    import filelock

    monkeypatch.setattr(own_folder, "LOCK_SECONDS", 0.1)
    with filelock.FileLock(tmp_path / f".{FILE}.lock"):
        saved, notice = responses.record("01-a", "b", folder=tmp_path)
    assert not saved
    assert "another program keeps responses.json locked" in notice


def test_by_default_the_record_is_beside_the_notebook(tmp_path, monkeypatch):
    lesson = tmp_path / "01-first"
    lesson.mkdir()
    monkeypatch.chdir(lesson)
    assert responses.record("01-a", "b") == (True, None)
    assert (lesson / FILE).exists()
    assert responses.read().attempts("01-a")[0]["answer"] == "b"


def test_beside_the_source_of_a_lesson_nothing_is_written(tmp_path, monkeypatch):
    source = tmp_path / "solutions" / "01-first"
    source.mkdir(parents=True)
    (tmp_path / "nbgrader_config.py").touch()
    monkeypatch.chdir(source)
    saved, notice = responses.record("01-a", "b")
    assert not saved
    assert "holds the source of a lesson" in notice
    assert list(source.iterdir()) == []
    assert responses.recorded() == (responses.Responses(), None)


# --- versions -------------------------------------------------------------------------------------


def test_a_file_of_the_first_schema_is_read(tmp_path):
    (tmp_path / FILE).write_text('{"schema": 1, "responses": {"01-a": {"attempts": []}}}')
    assert responses.read(tmp_path) == responses.Responses({"01-a": {"attempts": []}})


def test_what_only_newer_versions_know_of_the_same_schema_is_kept(tmp_path):
    (tmp_path / FILE).write_text('{"schema": 2, "responses": {}, "moods": ["calm"]}')
    responses.record("01-a", "b", folder=tmp_path)
    assert content(tmp_path)["moods"] == ["calm"]
