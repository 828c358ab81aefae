"""One file of a lesson: what is in it, and what a learner is told on the way."""

import contextlib
from datetime import UTC, datetime
import json
import os
from pathlib import Path
import re
import shutil
import zipfile

from course_of_learners import notebook_in
from crossentropy import own_folder, quiz
from crossentropy.own_folder import OwnFileError
from crossentropy.quiz import bank, handing_in
import pytest

from classroom import notebook_files

ROOT = Path(__file__).parents[3]
LESSON = "02-softmax-and-logits"
MOMENT = datetime(2026, 3, 1, 14, 2, tzinfo=UTC)


@pytest.fixture
def lesson(tmp_path):
    """A learner's folder of a lesson, untouched."""
    shutil.copytree(ROOT / "notebooks" / LESSON, tmp_path / LESSON)
    return tmp_path / LESSON


def do(folder, *calls):
    """Make calls of the quiz as a notebook in a folder makes them."""
    with notebook_in(folder), contextlib.redirect_stdout(None):
        for call, *arguments in calls:
            call(*arguments)


def counted():
    source = notebook_files.read(ROOT / "notebooks" / LESSON / f"{LESSON}.ipynb")
    [text] = [cell.source for cell in source.cells if "quiz.points(" in cell.source]
    return re.findall(r'"(02-[a-z0-9-]+)"', text)


def answers(number):
    return [(quiz.answer, name, bank.question(name).key) for name in counted()[:number]]


def sentences(folder):
    [found] = handing_in.make(folder, moment=MOMENT).checks.values()
    return found.sentences


def test_an_untouched_lesson_is_told_what_is_missing(lesson):
    said = sentences(lesson)
    assert "Quiz: 0 of 11 answered." in said
    assert "Exercise 1 · Softmax and its log: not passed yet; run its check." in said
    assert "In your own words: not written." in said
    assert not handing_in.make(lesson, moment=MOMENT).checks[LESSON].complete


@pytest.mark.parametrize(("day", "asked"), [("2026-03-01", 12), ("2999-01-01", 11)])
def test_a_question_added_in_mid_term_counts_once_and_from_its_day_on(lesson, day, asked):
    path = lesson / f"{LESSON}.ipynb"
    notebook = notebook_files.read(path)
    [cell] = [cell for cell in notebook.cells if "quiz.points(" in cell.source]
    new = '"02-added"'
    first = re.search(r'"02-[a-z0-9-]+"', cell.source)[0]
    cell.source = cell.source.replace(first, f"{first}, {new}", 1)
    cell.source = re.sub(r"out_of=", f"since={{{new}: '{day}'}}, out_of=", cell.source)
    notebook_files.write(notebook, path)
    do(lesson, *answers(2))
    assert f"Quiz: 2 of {asked} answered." in sentences(lesson)


def test_what_is_done_is_counted(lesson):
    do(lesson, *answers(9))
    names = re.findall(r'quiz\.passed\(\\"([\w-]+)', (lesson / f"{LESSON}.ipynb").read_text())
    do(lesson, (quiz.passed, names[0]), *((quiz.passed, name) for name in names[2:4]))
    said = sentences(lesson)
    assert "Quiz: 9 of 11 answered." in said
    assert "Exercise 1 · Softmax and its log: 1 of 2 parts solved." in said
    assert "Exercise 2 · The gradient of the loss: solved." in said
    assert "Exercise 3 · One step of training: not passed yet; run its check." in said


def test_a_lesson_with_nothing_missing_is_complete(lesson):
    path = lesson / f"{LESSON}.ipynb"
    names = re.findall(r'quiz\.passed\(\\"([\w-]+)', path.read_text())
    do(lesson, *answers(11), *((quiz.passed, name) for name in names))
    path.write_text(path.read_text().replace("YOUR ANSWER HERE", "The slope is p minus y."))
    assert handing_in.make(lesson).checks[LESSON].complete


def test_it_says_when_the_notebook_was_saved(lesson):
    moment = datetime(2026, 3, 1, 14, 2).timestamp()
    os.utime(lesson / f"{LESSON}.ipynb", (moment, moment))
    assert sentences(lesson)[-1] == "Saved 01 March 14:02."
    now = datetime.now().timestamp()
    os.utime(lesson / f"{LESSON}.ipynb", (now, now))
    assert re.fullmatch(r"Saved \d\d:\d\d\.", sentences(lesson)[-1])


def test_test_and_challenge_are_part_of_what_is_told(tmp_path):
    shutil.copytree(ROOT / "notebooks" / "08-mastery", tmp_path / "08-mastery")
    folder = tmp_path / "08-mastery"
    assert {"Test: not begun.", "Challenge: not begun."} <= {*sentences(folder)}
    do(folder, (quiz.next_question, "test"))
    assert "Test: begun." in sentences(folder)


def test_one_file_holds_notebook_answers_other_files_and_its_time(lesson):
    do(lesson, *answers(1))
    (lesson / "tries.json").write_text("{}")
    (lesson / "sketch.png").write_bytes(b"picture")
    (lesson / ".ipynb_checkpoints").mkdir()
    (lesson / ".ipynb_checkpoints" / "old.ipynb").write_text("{}")
    made = handing_in.make(lesson, moment=MOMENT)
    assert made.path.parent == lesson.parent / "hand-in"
    with zipfile.ZipFile(made.path) as archive:
        names = {name.removeprefix(f"{LESSON}/") for name in archive.namelist()}
        note = json.loads(archive.read(f"{LESSON}/hand-in.json"))
        assert archive.read(f"{LESSON}/timestamp.txt") == b"2026-03-01 14:02:00.000000 UTC\n"
        assert archive.read(f"{LESSON}/responses.json") == (lesson / "responses.json").read_bytes()
    own = {f"{LESSON}.ipynb", "responses.json", "tries.json", "sketch.png"}
    assert names == {*own, "hand-in.json", "timestamp.txt"}
    assert (note["lesson"], note["time"]) == (LESSON, "2026-03-01T14:02:00.000Z")
    assert set(note["files"]) == own
    assert "Quiz: 1 of 11 answered." in note["check"]


def test_each_file_is_kept_and_none_is_in_a_later_one(lesson):
    first = handing_in.make(lesson, moment=MOMENT)
    second = handing_in.make(lesson, moment=MOMENT.replace(minute=3))
    assert first.path != second.path
    assert first.path.is_file()
    with zipfile.ZipFile(second.path) as archive:
        assert not any(name.endswith(".zip") for name in archive.namelist())


def test_several_lessons_go_into_one_file(lesson):
    shutil.copytree(ROOT / "notebooks" / "00-start-here", lesson.parent / "00-start-here")
    do(lesson, *answers(1))
    assert handing_in.worked_on(lesson.parent) == [lesson], "the other is untouched"
    made = handing_in.make(lesson, lesson.parent / "00-start-here")
    with zipfile.ZipFile(made.path) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert tops == {LESSON, "00-start-here"}
    assert made.path.name.startswith("all-lessons_")


def test_a_notebook_that_was_renamed_is_handed_in(lesson):
    (lesson / f"{LESSON}.ipynb").rename(lesson / "my version.ipynb")
    assert "Quiz: 0 of 11 answered." in sentences(lesson)


def test_what_cannot_be_handed_in_is_one_sentence(lesson, tmp_path):
    (lesson / "responses.json").write_text("{ not json")
    assert any("responses.json is damaged" in sentence for sentence in sentences(lesson))
    (lesson / f"{LESSON}.ipynb").write_text("not json")
    with pytest.raises(OwnFileError, match="is damaged, so there is nothing to hand in"):
        handing_in.make(lesson)
    with pytest.raises(OwnFileError, match="holds no notebook"):
        handing_in.make(tmp_path / "01-nothing")


def test_a_cell_that_is_there_twice_is_named(lesson):
    path = lesson / f"{LESSON}.ipynb"
    notebook = notebook_files.read(path)
    [cell] = [cell for cell in notebook.cells if cell.id == "softmax-answer"]
    copy = cell.copy()
    copy["id"] = "a-copy"
    notebook.cells.append(copy)
    notebook_files.write(notebook, path)
    assert any("There twice: softmax-answer." in sentence for sentence in sentences(lesson))


def test_a_file_that_is_too_large_is_left_out_and_named(lesson, monkeypatch):
    monkeypatch.setattr(handing_in, "LARGEST", 1_000_000)
    (lesson / "video.mp4").write_bytes(b"0" * 1_000_001)
    made = handing_in.make(lesson)
    assert made.left_out == ("video.mp4",)
    assert "video.mp4 is too large and was left out." in made.lines


def test_the_verb_of_a_cell_prints_it_and_does_nothing_while_a_notebook_is_graded(
    lesson, capsys, monkeypatch
):
    with notebook_in(lesson):
        quiz.hand_in()
        said = capsys.readouterr().out
        assert f"{LESSON}: something is missing." in said
        assert "Hand in this file:" in said
        files = list((lesson.parent / "hand-in").iterdir())
        monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
        quiz.hand_in()
        assert "Nothing is handed in" in capsys.readouterr().out
        assert list((lesson.parent / "hand-in").iterdir()) == files
    own_folder.remember()
