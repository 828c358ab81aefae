"""Points for what was answered, whatever the file holds."""

import json
import math

from answer_files import hold
from crossentropy import quiz
from crossentropy.quiz import bank, former
import pytest
import yaml

EXPLAINED = {
    "kind": "concept",
    "difficulty": "easy",
    "objective": "measure",
    "section": "First things",
    "hint": "Think.",
    "steps": "One step.",
    "quick_check": "Look.",
    "mistakes": ["Haste."],
}
OPTIONS = [
    {"text": "a count", "why": "No."},
    {"text": "a surprise", "why": "Yes.", "correct": True},
    {"text": "a speed", "why": "No."},
]
SEVERAL = [
    {"text": "x", "why": "X is.", "correct": True},
    {"text": "y", "why": "Y is not."},
    {"text": "z", "why": "Z is.", "correct": True},
]
BY_NUMBER = {"answer": 0.223, "tolerance": 0.001, "why": "Yes.", "otherwise": "Again."}
GUESSED = [{"text": "up", "high": 0}, {"text": "down", "low": 0}]
QUESTIONS = [
    {"id": "01-choice", "use": "practice", "type": "choice", "options": OPTIONS, **EXPLAINED},
    {"id": "01-number", "use": "practice", "type": "number", **BY_NUMBER, **EXPLAINED},
    {"id": "01-several", "use": "practice", "type": "several", "options": SEVERAL, **EXPLAINED},
    {"id": "01-guess", "use": "predict", "type": "choice", "options": GUESSED},
    {"id": "01-guess-number", "use": "predict", "type": "number"},
]
GRADED = ["01-choice", "01-number"]


@pytest.fixture(autouse=True)
def lesson(tmp_path, monkeypatch):
    """A bank, and the folder of its lesson as the working directory."""
    content = {"lesson": "01-first", "questions": [{"prompt": "?", **one} for one in QUESTIONS]}
    (tmp_path / "bank").mkdir()
    (tmp_path / "bank" / "01-first.yaml").write_text(yaml.safe_dump(content))
    monkeypatch.setattr(bank, "folder", lambda: tmp_path / "bank")
    folder = tmp_path / "01-first"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_before_any_answer_points_says_what_to_do_always_in_the_same_words(capsys):
    assert quiz.points(GRADED, out_of=2) == 0.0
    assert capsys.readouterr().out == (
        "0 of 2 right: 0 of 2 points (the last answer to each question counts).\n"
        "Not answered yet: 01-choice, 01-number.\n"
        "Run the question's cell above, answer, and run this cell again.\n"
    )


def test_points_are_the_share_that_is_right(capsys):
    quiz.answer("01-choice", "b")
    assert quiz.points([*GRADED, "01-guess-number"], out_of=2) == 0.67
    quiz.answer("01-number", 0.223)
    assert quiz.points(GRADED, out_of=2) == 2.0


def test_the_last_answer_counts_not_the_best(capsys):
    quiz.answer("01-choice", "b")
    quiz.answer("01-choice", "a")
    capsys.readouterr()
    assert quiz.points(["01-choice"], out_of=1) == 0.0
    assert "Not right yet: 01-choice." in capsys.readouterr().out


def test_a_prediction_counts_once_it_is_made():
    assert quiz.points(["01-guess"], out_of=1) == 0.0
    quiz.answer("01-guess", "a")
    assert quiz.points(["01-guess"], out_of=1) == 1.0


def test_a_question_named_twice_counts_once():
    quiz.answer("01-choice", "b")
    assert quiz.points(["01-choice", "01-choice", "01-number"], out_of=2) == 1.0


def test_points_only_reads(lesson):
    (lesson / "responses.json").write_text("damage")
    quiz.points(GRADED, out_of=1)
    assert [path.name for path in lesson.iterdir()] == ["responses.json"]


HOSTILE = {
    "no text": 3,
    "a long text": "b" * 100_000,
    "nothing": None,
    "a list": ["b"],
    "a mapping": {"answer": "b"},
    "truth": True,
    "an unprintable text": "\ud800\x1b[2J",
    "not a number": float("nan"),
    "infinity": float("inf"),
}


@pytest.mark.parametrize("answer", HOSTILE)
def test_a_hostile_answer_earns_nothing_and_is_told(lesson, capsys, answer):
    hold(lesson, "01-choice", HOSTILE[answer])
    hold(lesson, "01-number", 0.223)
    assert quiz.points(GRADED, out_of=2) == 1.0
    told = capsys.readouterr().out
    assert "but not as an answer: 01-choice." in told
    assert len(told) < 400


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1" + "0" * 400, "1e999", '"0.223x"'])
def test_a_hostile_number_earns_nothing(lesson, capsys, number):
    hold(lesson, "01-number", "HERE")
    record = (lesson / "responses.json").read_text().replace('"HERE"', number)
    (lesson / "responses.json").write_text(record)
    assert quiz.points(["01-number"], out_of=1) == 0.0
    assert "not as an answer: 01-number." in capsys.readouterr().out


@pytest.mark.parametrize(
    "content",
    ["", "damage", "[]", '{"schema": 3}', '{"schema": 2, "responses": {"01-choice": 1}}'],
)
def test_points_are_zero_and_never_an_error_whatever_the_file_holds(lesson, capsys, content):
    (lesson / "responses.json").write_text(content)
    assert quiz.points(["01-choice"], out_of=1) == 0.0
    captured = capsys.readouterr()
    assert "responses.json" in captured.out
    assert captured.err == ""


def test_in_a_foreign_folder_points_says_so(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path / "bank")
    assert quiz.points(GRADED, out_of=1) == 0.0
    assert "is not the folder of a lesson" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("ids", "out_of"), [([], 1), (GRADED, 0), (GRADED, float("nan")), (GRADED, "2")]
)
def test_a_wrongly_written_grade_cell_fails_instead_of_giving_full_points(ids, out_of):
    with pytest.raises(ValueError, match="at least one question id, and a positive out_of"):
        quiz.points(ids, out_of)


# --- the rule that counts -------------------------------------------------------------------------


def attempt(lesson, *attempts):
    """Put down attempts at 01-choice as pairs of a letter and a number of hints."""
    entry = {"attempts": [{"answer": letter, "hints": hints} for letter, hints in attempts]}
    record = {"schema": 2, "responses": {"01-choice": entry}}
    (lesson / "responses.json").write_text(json.dumps(record))


@pytest.mark.parametrize(
    ("rule", "earned"), [("last", 0.0), ("best", 2.0), ("first", 0.0), (None, 0.0)]
)
def test_the_answer_that_counts_is_the_one_of_the_rule(lesson, capsys, rule, earned):
    attempt(lesson, ("a", 0), ("b", 0), ("c", 0))
    assert quiz.points(["01-choice"], 2, **({"rule": rule} if rule else {})) == earned
    assert f"(the {rule or 'last'} answer to each question counts)" in capsys.readouterr().out


def test_the_first_answer_counts_even_when_later_ones_are_wrong(lesson):
    attempt(lesson, ("b", 0), ("a", 0))
    assert quiz.points(["01-choice"], 2, rule="first") == 2


def test_a_hint_costs_its_price_and_the_learner_is_told(lesson, capsys):
    attempt(lesson, ("b", 1))
    assert quiz.points(["01-choice"], 2, hint_costs=0.25) == 1.5
    assert "a hint costs 25% of its question" in capsys.readouterr().out


def test_an_answer_without_a_hint_is_worth_more_than_a_later_one_with_it(lesson):
    attempt(lesson, ("b", 0), ("b", 1))
    assert quiz.points(["01-choice"], 2, rule="best", hint_costs=0.5) == 2


@pytest.mark.parametrize("mistake", [{"rule": "worst"}, {"hint_costs": 2}, {"hint_costs": -1}])
def test_a_rule_that_is_none_is_the_authors_mistake(mistake):
    with pytest.raises(ValueError, match="rule is one of"):
        quiz.points(["01-choice"], 2, **mistake)


@pytest.mark.parametrize(
    ("day", "handed_in", "earned"),
    [
        ("2000-01-01", "", 1.0),  # added long before the answer: it counts, and is missing
        ("2999-01-01", "", 2.0),  # added after all that was done here: not asked
        ("2999-01-01", "2999-01-02 09:00:00 UTC", 1.0),  # but handed in later still
    ],
)
def test_a_question_added_in_mid_term_is_asked_of_whoever_hands_in_later(
    lesson, day, handed_in, earned
):
    answered = {"answer": "b", "hints": 0, "time": "2026-02-01T09:30:00.000Z"}
    record = {"schema": 2, "responses": {"01-choice": {"attempts": [answered]}}}
    (lesson / "responses.json").write_text(json.dumps(record))
    if handed_in:
        (lesson / "timestamp.txt").write_text(handed_in)
    assert quiz.points(["01-choice", "01-several"], 2, since={"01-several": day}) == earned


# --- what is told ---------------------------------------------------------------------------------


def test_the_learner_is_told_which_questions_are_right_wrong_missing_or_unreadable(lesson, capsys):
    hold(lesson, "01-choice", "a")
    hold(lesson, "01-number", "much")
    hold(lesson, "01-guess", "a")
    asked = [*GRADED, "01-several", "01-guess"]
    assert quiz.points(asked, out_of=2, hint_costs=0.5) == 0.5
    assert capsys.readouterr().out == (
        "1 of 4 right: 0.5 of 2 points (the last answer to each question counts; a hint costs 50% "
        "of its question).\n"
        "Not answered yet: 01-several.\n"
        "Run the question's cell above, answer, and run this cell again.\n"
        "Not right yet: 01-choice.\n"
        "Try again above, then run this cell again.\n"
        "Recorded in responses.json, but not as an answer: 01-number.\n"
        "Answer again above, then run this cell again.\n"
    )


def test_several_questions_of_one_kind_stand_in_one_line(lesson, capsys):
    quiz.points(["01-choice", "01-several", "01-number"], out_of=1)
    assert "Not answered yet: 01-choice, 01-several, 01-number.\n" in capsys.readouterr().out
    hold(lesson, "01-choice", "a")
    hold(lesson, "01-number", 3)
    quiz.points(GRADED, out_of=1)
    assert "Not right yet: 01-choice, 01-number.\n" in capsys.readouterr().out
    hold(lesson, "01-choice", "z")
    hold(lesson, "01-number", "z")
    quiz.points(GRADED, out_of=1)
    assert "but not as an answer: 01-choice, 01-number.\n" in capsys.readouterr().out


def test_where_the_first_answer_counts_nobody_is_told_to_try_again(lesson, capsys):
    hold(lesson, "01-choice", "a", "b")
    hold(lesson, "01-number", 3)
    quiz.points(GRADED, out_of=1, rule="first")
    assert capsys.readouterr().out == (
        "0 of 2 right: 0 of 1 points (the first answer to each question counts).\n"
        "Not right at the first answer: 01-choice, 01-number.\n"
    )


def test_where_all_is_right_nothing_else_is_told(lesson, capsys):
    hold(lesson, "01-choice", "b")
    assert quiz.points(["01-choice"], out_of=2.5) == 2.5
    assert capsys.readouterr().out == (
        "1 of 1 right: 2.5 of 2.5 points (the last answer to each question counts).\n"
    )


# --- how much -------------------------------------------------------------------------------------


def test_points_have_two_decimals(lesson):
    hold(lesson, "01-choice", "b")
    assert quiz.points(["01-choice", "01-number", "01-several"], out_of=1) == 0.33


def test_points_are_never_more_than_there_are_and_whole_ones_become_a_number_with_a_dot(lesson):
    hold(lesson, "01-choice", "b")
    assert quiz.points(["01-choice"], out_of=0.996) == 0.996  # which would be rounded to 1
    assert repr(quiz.points(["01-choice"], out_of=2)) == "2.0"


def test_less_than_one_point_can_be_given_and_nothing_is_no_worth(lesson):
    hold(lesson, "01-choice", "b")
    assert quiz.points(["01-choice"], out_of=0.5) == 0.5
    with pytest.raises(ValueError, match="positive out_of"):
        quiz.points(["01-choice"], out_of=math.inf)


@pytest.mark.parametrize(("costs", "earned"), [(0, 1.0), (1, 0.0), (0.25, 0.75)])
def test_a_hint_may_cost_nothing_or_the_whole_question(lesson, costs, earned):
    attempt(lesson, ("b", 2))
    assert quiz.points(["01-choice"], out_of=1, hint_costs=costs) == earned


def test_a_hint_before_a_wrong_answer_costs_nothing_and_only_the_answer_that_counts_matters(lesson):
    attempt(lesson, ("a", 1), ("b", 0))
    assert quiz.points(["01-choice"], out_of=1, hint_costs=1) == 1


def test_a_right_answer_that_was_worth_nothing_for_its_hint_is_not_told_as_right(lesson, capsys):
    attempt(lesson, ("b", 1))
    quiz.points(["01-choice"], out_of=1, hint_costs=1)
    assert "0 of 1 right: 0 of 1 points" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("rule", "answers", "earned"),
    [
        ("last", ["b", "?"], 0.0),  # the last one is none
        ("first", ["?", "b"], 0.0),
        ("best", ["?", "b"], 1.0),
        ("best", ["b", "a"], 1.0),
        ("best", ["?"], 0.0),
    ],
)
def test_what_is_no_answer_is_passed_over_only_where_the_best_counts(lesson, rule, answers, earned):
    hold(lesson, "01-choice", *answers)
    assert quiz.points(["01-choice"], out_of=1, rule=rule) == earned


def test_answers_with_other_numbers_are_practice_and_do_not_count(lesson, capsys):
    attempts = [{"answer": "b"}, {"answer": "a", "draw": {"seed": "1", "values": {}}}]
    record = {"schema": 2, "responses": {"01-choice": {"attempts": attempts}}}
    (lesson / "responses.json").write_text(json.dumps(record))
    assert quiz.points(["01-choice"], out_of=1) == 1
    record["responses"]["01-choice"]["attempts"] = attempts[1:]
    (lesson / "responses.json").write_text(json.dumps(record))
    assert quiz.points(["01-choice"], out_of=1) == 0
    assert "Not answered yet: 01-choice." in capsys.readouterr().out


def test_one_garbled_entry_does_not_take_the_points_of_the_next(lesson, capsys):
    hold(lesson, "01-number", 0.223)
    record = json.loads((lesson / "responses.json").read_text())
    record["responses"]["01-choice"] = {"attempts": "b"}
    (lesson / "responses.json").write_text(json.dumps(record))
    assert quiz.points(GRADED, out_of=2) == 1
    assert "not as an answer: 01-choice." in capsys.readouterr().out


def test_one_missing_answer_does_not_take_the_points_of_the_next(lesson):
    hold(lesson, "01-number", 0.223)
    assert quiz.points(GRADED, out_of=2) == 1


# --- questions added in mid-term ------------------------------------------------------------------


def test_whoever_was_not_asked_gets_the_share_of_what_was_asked(lesson, capsys):
    answered = {"answer": "a", "time": "2026-02-01T09:30:00.000Z"}
    record = {"schema": 2, "responses": {"01-choice": {"attempts": [answered]}}}
    (lesson / "responses.json").write_text(json.dumps(record))
    since = {"01-several": "2026-03-01", "01-number": "2026-01-01"}
    asked = ["01-choice", "01-number", "01-several"]
    assert quiz.points(asked, out_of=3, since=since) == 0
    told = capsys.readouterr().out
    assert told.startswith("0 of 2 right: 0 of 3 points")
    assert "Not answered yet: 01-number.\n" in told


def test_the_day_of_a_question_may_be_told_under_its_former_id(lesson, monkeypatch):
    monkeypatch.setitem(former.QUESTIONS, "01-some", "01-several")
    answered = {"answer": "b", "time": "2026-02-01T09:30:00.000Z"}
    record = {"schema": 2, "responses": {"01-choice": {"attempts": [answered]}}}
    (lesson / "responses.json").write_text(json.dumps(record))
    since = {"01-some": "2026-03-01"}
    assert quiz.points(["01-choice", "01-several"], out_of=2, since=since) == 2
