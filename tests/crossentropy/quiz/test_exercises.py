"""Exercises: what has passed is recorded; its worked solution unfolds then, or when asked twice."""

from datetime import datetime
import json
import os
import re

from crossentropy import own_folder, quiz
from crossentropy.quiz import exercises, responses, sealed, worked
from crossentropy.quiz.worked_card import WorkedSolution
import pytest

NAME = "01-by-hand"
TEXT = "Take the *logarithm* of $p$:\n\n```python\nloss = -np.log(p)\n```"


@pytest.fixture(autouse=True)
def lesson(tmp_path, monkeypatch):
    """A lesson with a worked solution; its folder is the working directory."""
    (tmp_path / "worked").mkdir()
    content = sealed.seal("01-first", [{"id": NAME, "text": TEXT}])
    (tmp_path / "worked" / "01-first.sealed.json").write_bytes(content)
    monkeypatch.setattr(worked, "folder", lambda: tmp_path / "worked")
    folder = tmp_path / "01-first"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def recorded(lesson):
    return json.loads((lesson / "responses.json").read_text())["exercises"]


def words(markup):
    return " ".join(re.sub(r"<[^>]*>", " ", markup).split())


# --- passed ---------------------------------------------------------------------------------------


def test_passing_says_one_line_and_is_recorded_with_its_moment(lesson, capsys):
    assert quiz.passed(NAME) is None
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("All visible checks pass.\n", "")
    assert datetime.fromisoformat(recorded(lesson)[NAME])


def test_the_first_time_stays(lesson, capsys):
    quiz.passed(NAME)
    before = (lesson / "responses.json").read_bytes()
    quiz.passed(NAME)
    quiz.passed("01-another")
    assert recorded(lesson)[NAME] == json.loads(before)["exercises"][NAME]
    assert recorded(lesson).keys() == {NAME, "01-another"}


def test_answers_and_exercises_stand_beside_each_other(lesson, capsys):
    responses.record("01-a", "b")
    quiz.passed(NAME)
    responses.record("01-a", "c")
    assert recorded(lesson).keys() == {NAME}
    assert [one["answer"] for one in responses.read().attempts("01-a")] == ["b", "c"]


def test_a_version_that_knows_no_exercises_can_read_the_file(lesson, capsys):
    quiz.passed(NAME)
    record = json.loads((lesson / "responses.json").read_text())
    assert record["schema"] == 2
    assert record["responses"] == {}


def test_when_it_is_graded_the_line_is_the_same_and_nothing_is_written(lesson, capsys, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    quiz.passed(NAME)
    assert capsys.readouterr().out == "All visible checks pass.\n"
    assert list(lesson.iterdir()) == []


def no_lesson(lesson, monkeypatch):
    monkeypatch.chdir(lesson.parent)


def source(lesson, monkeypatch):
    folder = lesson / "solutions" / "01-first"
    folder.mkdir(parents=True)
    (lesson / "nbgrader_config.py").touch()
    monkeypatch.chdir(folder)


def newer(lesson, monkeypatch):
    (lesson / "responses.json").write_text('{"schema": 3}')


def full_disk(lesson, monkeypatch):
    def fail(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)


def locked(lesson, monkeypatch):
    monkeypatch.setattr(own_folder, "LOCK_SECONDS", 0)
    (lesson / ".responses.json.lock").mkdir()


@pytest.mark.parametrize("trouble", [no_lesson, source, newer, full_disk, locked])
def test_where_it_cannot_be_recorded_the_line_is_the_same(lesson, capsys, monkeypatch, trouble):
    trouble(lesson, monkeypatch)
    before = sorted(path.name for path in lesson.rglob("*"))
    quiz.passed(NAME)
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("All visible checks pass.\n", "")
    assert sorted(path.name for path in lesson.rglob("*")) == before


# --- worked solutions -----------------------------------------------------------------------------


def test_once_the_exercise_has_passed_one_press_unfolds_its_solution(capsys):
    quiz.passed(NAME)
    shown = WorkedSolution(NAME, lambda: exercises.is_passed(NAME))
    assert shown.solution.value == ""
    shown.button.click()
    assert words(shown.solution.value) == "Take the logarithm of \\(p\\) : loss = - np . log ( p )"
    shown.button.click()
    assert shown.solution.value == ""


def test_before_that_the_first_press_asks_and_the_second_unfolds():
    shown = WorkedSolution(NAME, lambda: exercises.is_passed(NAME))
    shown.button.click()
    assert shown.solution.value == ""
    assert "has not passed its visible checks yet" in shown.notice.value
    shown.button.click()
    assert "logarithm" in shown.solution.value
    assert shown.notice.value == ""


def test_without_its_file_the_solution_is_released_later(lesson):
    (lesson.parent / "worked" / "01-first.sealed.json").unlink()
    shown = WorkedSolution(NAME, lambda: exercises.is_passed(NAME))
    shown.button.click()
    assert words(shown.notice.value) == "The worked solutions of this lesson are released later."


@pytest.mark.parametrize("content", ["", "{}", '{"lesson": "01", "sealed": {"a": "?"}}'])
def test_a_damaged_file_is_told_in_one_sentence(lesson, capsys, content):
    (lesson.parent / "worked" / "01-first.sealed.json").write_text(content)
    quiz.worked_solution(NAME, show=True)
    assert capsys.readouterr().out == f"{worked.DAMAGED}\n"


def test_where_there_is_no_button_a_call_prints_it(capsys):
    quiz.worked_solution(NAME)
    assert f'quiz.worked_solution("{NAME}", show=True)' in capsys.readouterr().out
    quiz.worked_solution(NAME, show=True)
    assert capsys.readouterr().out == f"{TEXT}\n"


def test_the_text_of_the_cell_is_the_same_whatever_has_passed(capsys):
    quiz.worked_solution(NAME)
    before = capsys.readouterr().out
    quiz.passed(NAME)
    capsys.readouterr()
    quiz.worked_solution(NAME)
    assert capsys.readouterr().out == before
    assert "logarithm" not in before
