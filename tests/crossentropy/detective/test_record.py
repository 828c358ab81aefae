"""The record of cases in responses.json, which the progress counts."""

import json

from crossentropy.detective import record
from crossentropy.quiz import responses
from crossentropy.quiz.overview import Overview


def test_what_was_named_is_kept_beside_the_answers(lesson):
    responses.record("01-a", "b")
    assert record.add(7, "nothing is wrong", is_right=False) is None
    assert record.add(7, "softmax taken twice", is_right=True) is None
    assert record.named(7) == (["nothing is wrong", "softmax taken twice"], None)
    assert record.named(8) == ([], None)
    entry = json.loads((lesson / "responses.json").read_text())["cases"]["7"]
    assert entry["solved"]
    assert [one["answer"] for one in responses.read().attempts("01-a")] == ["b"]


def test_a_case_once_solved_stays_solved_with_its_first_moment(lesson):
    record.add(7, "softmax taken twice", is_right=True)
    solved = responses.read().cases["7"]["solved"]
    record.add(7, "nothing is wrong", is_right=False)
    record.add(7, "softmax taken twice", is_right=True)
    assert responses.read().cases["7"]["solved"] == solved


def test_a_garbled_case_costs_that_case_alone(lesson):
    record.add(7, "nothing is wrong", is_right=False)
    file = lesson / "responses.json"
    content = json.loads(file.read_text())
    content["cases"] |= {"8": "damage", "9": {"named": "damage"}, "10": {"named": [1, {}]}}
    file.write_text(json.dumps(content))
    assert [record.named(seed)[0] for seed in (7, 8, 9, 10)] == [["nothing is wrong"], [], [], []]
    for seed in (8, 9, 10):
        assert record.add(seed, "nothing is wrong", is_right=True) is None
    assert record.named(9)[0] == ["nothing is wrong"]


def test_outside_a_lesson_nothing_is_kept_and_one_sentence_says_so(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "not the folder of a lesson" in record.add(7, "nothing is wrong", is_right=True)
    assert list(tmp_path.iterdir()) == []


def test_progress_counts_the_cases_that_were_solved(lesson):
    assert "detective" not in Overview().table.value
    record.add(7, "nothing is wrong", is_right=False)
    record.add(8, "nothing is wrong", is_right=True)
    assert "Cases of the detective: 1 of 2 solved." in Overview().table.value
