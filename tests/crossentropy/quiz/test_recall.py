"""What to recall next, and the progress over all lessons."""

from datetime import UTC, datetime, timedelta
import json

from crossentropy.quiz import bank, recall, responses
from crossentropy.quiz.overview import Overview
import pytest
import yaml

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def question(question_id):
    return {
        "id": question_id,
        "use": "practice",
        "type": "choice",
        "kind": "concept",
        "difficulty": "easy",
        "objective": "measure",
        "section": "What it <measures>",
        "prompt": "Which?",
        "options": [
            {"text": "good", "why": "So it is.", "correct": True},
            {"text": "bad", "why": "It is not."},
        ],
        "hint": "Think.",
        "steps": "One.",
        "quick_check": "Look.",
        "mistakes": ["Haste."],
    }


@pytest.fixture(autouse=True)
def work(tmp_path, monkeypatch):
    """A bank of two lessons, and a learner's folder with both."""
    folder = tmp_path / "bank"
    folder.mkdir()
    for lesson in ("01-first", "02-second"):
        questions = [question(f"{lesson[:2]}-q{number}") for number in range(3)]
        content = {
            "lesson": lesson,
            "objectives": {"measure": {"goal": "measure", "section": "What it <measures>"}},
            "questions": questions,
        }
        (folder / f"{lesson}.yaml").write_text(yaml.safe_dump(content))
        (tmp_path / "work" / lesson).mkdir(parents=True)
    monkeypatch.setattr(bank, "folder", lambda: folder)
    monkeypatch.chdir(tmp_path / "work" / "02-second")
    return tmp_path / "work"


def record(**answers):
    """Responses with attempts as (letter, days before NOW, hints)."""
    entries = {}
    for name, attempts in answers.items():
        entries[name.replace("_", "-")] = {
            "attempts": [
                {
                    "answer": letter,
                    "time": (NOW - timedelta(days=days)).isoformat(),
                    "hints": hints,
                }
                for letter, days, hints in attempts
            ]
        }
    return responses.Responses(entries)


def order(recorded):
    return [one.question.id for one in recall.memories([recorded], NOW)]


def test_wrong_answers_come_first_and_then_the_oldest():
    recorded = record(
        **{
            "01_q0": [("a", 1, 0)],
            "01_q1": [("a", 60, 0)],
            "01_q2": [("b", 0, 0)],
        }
    )
    assert order(recorded) == ["01-q2", "01-q1", "01-q0"]


def test_what_was_recalled_often_is_asked_later():
    recorded = record(
        **{"01_q0": [("a", 40, 0)], "01_q1": [("a", 60, 0), ("a", 55, 0), ("a", 40, 0)]}
    )
    assert order(recorded) == ["01-q0", "01-q1"]


def test_what_needed_a_hint_is_remembered_less():
    recorded = record(**{"01_q0": [("a", 10, 0)], "01_q1": [("a", 10, 1)]})
    assert order(recorded) == ["01-q1", "01-q0"]


def test_a_question_just_answered_right_is_not_due_and_a_wrong_one_is():
    recorded = record(**{"01_q0": [("a", 0, 0)], "01_q1": [("b", 0, 0)], "01_q2": [("a", 300, 0)]})
    due = recall.due(recall.memories([recorded], NOW), NOW)
    assert [one.question.id for one in due] == ["01-q1", "01-q2"]


def test_what_is_answered_right_today_is_not_asked_again_today():
    recorded = record(**{"01_q0": [("a", 0, 0)], "01_q1": [("b", 1, 0), ("a", 0, 1)]})
    later = NOW + timedelta(hours=12)
    assert recall.due(recall.memories([recorded], later), later) == []
    assert recall.due(recall.memories([recorded], NOW), NOW + timedelta(days=3))


def test_a_wrong_answer_put_right_later_is_right():
    [one] = recall.memories([record(**{"01_q0": [("b", 9, 0), ("a", 8, 0)]})], NOW)
    assert one.right


@pytest.mark.parametrize(
    "attempt",
    [
        {},
        {"answer": "a"},
        {"answer": "z", "time": NOW.isoformat()},
        {"answer": "a", "time": 3},
        {"answer": "a", "time": "yesterday"},
    ],
)
def test_what_cannot_be_an_attempt_is_passed_over(attempt):
    garbled = responses.Responses({"01-q0": {"attempts": [attempt]}, "99-none": {"attempts": []}})
    assert recall.memories([garbled], NOW) == []


def test_a_time_in_the_far_future_does_not_hide_a_question_for_ever():
    future = record(**{"01_q0": [("a", -40_000, 0)]})
    [one] = recall.memories([future])
    assert one.answered < datetime.now(UTC) + timedelta(hours=1)


# --- the widget -----------------------------------------------------------------------------------


def answer(work, lesson, question_id, letter):
    responses.record(question_id, letter, folder=work / lesson)


def test_progress_counts_over_the_folders_of_all_lessons(work):
    answer(work, "01-first", "01-q0", "a")
    answer(work, "01-first", "01-q1", "b")
    answer(work, "02-second", "02-q0", "a")
    table = "".join(line.strip() for line in Overview().table.value.splitlines())
    assert "<td>2 of 3</td><td>1 of 3</td><td>—</td>" in table
    assert "<td>1 of 3</td><td>1 of 3</td><td>—</td>" in table


def test_progress_counts_the_exercises_of_the_learners_lessons(work):
    check = {
        "id": "check",
        "source": ['    quiz.passed("01-by-hand")\n', '    quiz.passed("01-b")'],
    }
    (work / "01-first" / "01-first.ipynb").write_text(json.dumps({"cells": [check]}))
    responses.change(
        lambda found: found.exercises.update({"01-b": "2026-01-31"}), work / "01-first"
    )
    table = "".join(line.strip() for line in Overview().table.value.splitlines())
    assert "<td>0 of 3</td><td>0 of 3</td><td>1 of 2</td>" in table


def test_progress_counts_the_tries_of_a_lesson_that_keeps_them(work):
    folder = work / "02-second"
    for tries in ([], [{}], [{}, {}, {}]):
        (folder / "tries.json").write_text(json.dumps({"version": 2, "tries": tries}))
        told = f"Trainings tried in 02-second: {len(tries)}."
        assert (told in Overview().table.value) == bool(tries)


@pytest.mark.parametrize("content", ["damage", "[]", "{}", '{"tries": 3}'])
def test_a_damaged_record_of_tries_costs_nothing_else(work, content):
    (work / "01-first" / "tries.json").write_text(content)
    table = Overview().table.value
    assert "0 of 3" in table
    assert "Trainings" not in table


def test_what_is_due_today_is_said_in_words(work):
    assert "<strong>Due today:</strong> nothing." in Overview().next_up.value
    answer(work, "01-first", "01-q0", "a")
    told = Overview().next_up.value
    assert "<strong>Due today:</strong> nothing. The next question is due in" in told
    answer(work, "01-first", "01-q1", "b")
    assert "<strong>Due today:</strong> 1 question to recall." in Overview().next_up.value
    answer(work, "01-first", "01-q2", "b")
    assert "<strong>Due today:</strong> 2 questions to recall." in Overview().next_up.value


def test_what_to_recall_names_the_question_and_links_to_its_section(work):
    answer(work, "01-first", "01-q1", "b")
    told = Overview().next_up.value
    assert "Which? — not right last time" in told
    assert 'href="../01-first/01-first.ipynb"' in told  # the lesson is not there to look into
    assert "What it &lt;measures&gt;" in told
    titles = ["# What it <measures> else", "Text.\n\n## What it <measures>", "What it <measures>"]
    cells = [{"id": f"cell-{at}", "source": [title]} for at, title in enumerate(titles)]
    (work / "01-first" / "01-first.ipynb").write_text(json.dumps({"cells": cells}))
    assert 'href="../01-first/01-first.ipynb#cell-id=cell-1"' in Overview().next_up.value


def test_a_question_is_asked_again_without_the_earlier_answer_and_recorded_here(work):
    answer(work, "02-second", "01-q1", "b")
    overview = Overview()
    overview.button.click()
    assert overview.card.feedback.value == ""
    overview.card.letters["a"].click()
    recorded = json.loads((work / "02-second" / "responses.json").read_text())["responses"]
    assert [one["answer"] for one in recorded["01-q1"]["attempts"]] == ["b", "a"]
    overview.refresh.click()
    assert "nothing. The next question is due" in overview.next_up.value


def test_a_damaged_file_of_another_lesson_is_named_and_left_alone(work):
    (work / "01-first" / "responses.json").write_text("damage")
    assert "01-first: responses.json is damaged" in Overview().table.value
    assert (work / "01-first" / "responses.json").read_text() == "damage"


def test_without_any_answer_there_is_nothing_to_recall():
    overview = Overview()
    assert "0 of 3" in overview.table.value
    assert "ce-hidden" in overview.button._dom_classes
