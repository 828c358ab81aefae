"""Answers that were recorded under a name of an earlier release count as before."""

import json
import re

from crossentropy import quiz
from crossentropy.quiz import bank, bank_checks, former, responses, sittings
from crossentropy.quiz.overview import Overview
import pytest


def attempt(answer, time="2026-01-31T09:30:00.000Z"):
    return {"answer": answer, "time": time, "hints": 0, "seconds": 1.0}


def key_of(question_id):
    return bank.question(question_id).key


def write(folder, responses_=None, sittings_=None):
    record = {"schema": 2, "responses": responses_ or {}, "sittings": sittings_ or {}}
    (folder / "responses.json").write_text(json.dumps(record))


@pytest.fixture(params=["07-mastery", "08-mastery"])
def lesson(request, tmp_path, monkeypatch):
    folder = tmp_path / request.param
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_every_former_question_has_a_question_of_today():
    for old, new in former.QUESTIONS.items():
        assert bank.question(old) is bank.question(new)
        assert bank.question(new).id == new


def test_every_former_lesson_is_a_lesson_of_today():
    assert set(former.LESSONS.values()) <= set(bank.lessons())
    assert not set(former.LESSONS) & set(bank.lessons())


def test_a_prediction_that_another_lesson_asks_now_keeps_its_answer(lesson):
    for old in ["07-predict-sure", "08-predict-sure"]:
        write(lesson, {old: {"attempts": [attempt("d")]}})
        assert responses.read(lesson).attempts("04-predict-certain-and-smoothed") == [attempt("d")]
    assert bank.question("08-predict-sure").key == "d", "an old letter means the same option"


def test_an_old_answer_counts_for_the_question_of_today(lesson, capsys):
    old = "07-half-and-eighth"
    write(lesson, {old: {"attempts": [attempt(key_of(old))]}})
    assert quiz.points(["08-half-and-eighth"], out_of=1) == 1


def test_a_cell_with_the_old_id_still_counts(lesson, capsys):
    write(lesson, {"07-half-and-eighth": {"attempts": [attempt(key_of("08-half-and-eighth"))]}})
    assert quiz.points(["07-half-and-eighth"], out_of=1) == 1


def test_an_answer_given_to_an_old_cell_is_recorded_for_the_question_of_today(lesson, capsys):
    quiz.answer("07-half-and-eighth", 3)
    assert responses.read(lesson).entries.keys() == {"08-half-and-eighth"}


def test_the_last_answer_counts_whichever_name_it_was_given_under(lesson, capsys):
    new, old = "08-half-and-eighth", "07-half-and-eighth"
    write(
        lesson,
        {
            new: {"attempts": [attempt(99, "2026-02-02T09:30:00.000Z")]},
            old: {"attempts": [attempt(key_of(new), "2026-03-03T09:30:00.000Z")]},
        },
    )
    assert [one["answer"] for one in responses.read(lesson).attempts(new)] == [99, key_of(new)]
    assert quiz.points([new], out_of=1) == 1


def old_challenge():
    old = {new: former_id for former_id, new in former.QUESTIONS.items()}
    questions = [old[one.id] for one in sittings.challenge_questions()]
    begun = "2026-01-31T09:30:00.000Z"
    return {
        "questions": questions,
        "begun": begun,
        "opened": dict.fromkeys(questions, begun),
        "attempts": {one: [attempt(key_of(one), "2026-01-31T09:30:05.000Z")] for one in questions},
    }


def test_an_old_challenge_still_earns_its_points_and_the_badge(lesson, capsys):
    write(lesson, sittings_={"challenge": [old_challenge()]})
    assert quiz.challenge_points(5) == 5
    assert sittings.is_won(sittings.read(sittings.CHALLENGE)[0][0])


@pytest.mark.parametrize("digits", ["07", "08"])
def test_a_key_with_old_ids_judges_an_old_challenge_too(lesson, capsys, digits):
    write(lesson, sittings_={"challenge": [old_challenge()]})
    key = {re.sub(r"^\d\d", digits, one.id): one.key for one in sittings.challenge_questions()}
    assert quiz.challenge_points(5, key) == 5
    assert quiz.challenge_points(5, dict.fromkeys(key, "?")) == 0


def test_another_answer_loses_none_of_the_old_ones(lesson, capsys):
    write(
        lesson,
        {"07-half-and-eighth": {"attempts": [attempt(1.0)]}, "01-a": {"attempts": []}},
        {"challenge": [old_challenge()]},
    )
    quiz.answer("08-half-and-eighth", 2.0)
    found = responses.read(lesson)
    assert [one["answer"] for one in found.attempts("08-half-and-eighth")] == [1.0, 2.0]
    assert "01-a" in found.entries
    assert quiz.challenge_points(5) == 5


@pytest.mark.parametrize("garbled", [3, None, [], {"attempts": 3}, {"attempts": [3]}])
def test_what_is_no_answer_under_an_old_name_hides_none_of_today(lesson, garbled):
    write(
        lesson,
        {"08-smoothing-floor": {"attempts": [attempt(1.0)]}, "07-smoothing-floor": garbled},
        {"test": [3, {"questions": [[]], "opened": 3}], "challenge": 3},
    )
    assert responses.read(lesson).attempts("08-smoothing-floor") == [attempt(1.0)]


def test_other_questions_of_07_are_not_taken_for_old_ones(lesson):
    write(lesson, {"07-something-new": {"attempts": [attempt("a")]}})
    assert responses.read(lesson).attempts("07-something-new") == [attempt("a")]


def test_an_id_of_an_earlier_release_is_not_given_to_a_new_question():
    entry = {"id": "07-smoothing-floor", "use": "predict", "type": "number", "prompt": "?"}
    told = dict(bank_checks._question_complaints(entry, "07-calibration"))
    assert (
        told["id"] == "a question had it in an earlier release, and answers are recorded under it"
    )


@pytest.mark.parametrize("name", ["07-mastery", "08-mastery"])
def test_progress_finds_answers_in_the_folder_of_either_name(tmp_path, monkeypatch, name):
    for one in ("00-start-here", name):
        (tmp_path / one).mkdir()
    write(
        tmp_path / name,
        {"07-half-and-eighth": {"attempts": [attempt(key_of("08-half-and-eighth"))]}},
    )
    monkeypatch.chdir(tmp_path / "00-start-here")
    table = Overview().table.value
    [row] = [row for row in table.split("<tr>") if "8 · Mastery" in row]
    assert "1 of 5" in row
