"""The question bank: what it accepts, and the one sentence with which it refuses the rest."""

import copy
import json
import os

from crossentropy.data_folder import data_folder
from crossentropy.quiz import bank
import jsonschema
import pytest
import yaml

CHOICE = {
    "id": "01-capital",
    "use": "practice",
    "type": "choice",
    "kind": "concept",
    "difficulty": "easy",
    "objective": "measure",
    "section": "What it <measures>",
    "prompt": "Which one?",
    "options": [
        {"text": "this", "why": "It is not this."},
        {"text": "that", "why": "It is that.", "correct": True},
    ],
    "hint": "The other one.",
    "steps": "Look.",
    "quick_check": "Look twice.",
    "mistakes": ["Not looking."],
}
NUMBER = {
    "id": "01-number",
    "use": "recall",
    "type": "number",
    "kind": "numeric",
    "difficulty": "hard",
    "objective": "by-hand",
    "section": "What it <measures>",
    "prompt": "How many?",
    "answer": 0.223,
    "tolerance": 0.001,
    "why": "Count.",
    "wrong": [{"low": 1.6, "high": 1.62, "why": "The other one."}],
    "otherwise": "Count again.",
    "hint": "Few.",
    "steps": "Count.",
    "quick_check": "Less than one.",
    "mistakes": ["Guessing."],
}
PREDICTION = {
    "id": "01-guess",
    "use": "predict",
    "type": "choice",
    "prompt": "Guess.",
    "options": [{"text": "up", "low": 0}, {"text": "down", "high": 0}],
}


@pytest.fixture
def questions(tmp_path, monkeypatch):
    """Three sound questions, to be spoilt by a test before it calls `write`."""
    monkeypatch.setattr(bank, "folder", lambda: tmp_path)
    return copy.deepcopy([CHOICE, NUMBER, PREDICTION])


def write(questions, lesson="01-first", name=None):
    path = bank.folder() / f"{name or lesson}.yaml"
    path.write_text(yaml.safe_dump({"lesson": lesson, "questions": questions}))
    return path


def complaint(questions):
    write(questions)
    with pytest.raises(bank.BankError) as caught:
        bank.questions("01-first")
    return str(caught.value)


def test_a_sound_file_gives_its_questions_in_order(questions):
    write(questions)
    ids = [one.id for one in bank.questions("01-first")]
    assert ids == ["01-capital", "01-number", "01-guess"]
    assert bank.problems() == []


def test_a_question_is_found_by_its_id_with_all_its_fields(questions):
    write(questions)
    found = bank.question("01-number")
    assert (found.lesson, found.answer, found.wrong[0].why) == ("01-first", 0.223, "The other one.")


def test_options_get_letters_in_their_order(questions):
    write(questions)
    found = bank.question("01-capital")
    assert found.letters == "ab"
    assert found.options[1].correct


def test_a_prediction_needs_no_explanations(questions):
    write(questions)
    assert bank.question("01-guess").hint == ""


def test_an_unknown_id_is_told_with_the_nearest_known_one(questions):
    write(questions)
    with pytest.raises(bank.BankError, match=r"no question '01-captial'.*mean '01-capital'\?"):
        bank.question("01-captial")


@pytest.mark.parametrize("strange", ["", "*", "../01-first", "01-", None, 3, "[0-9]"])
def test_no_strange_id_finds_anything(questions, strange):
    write(questions)
    with pytest.raises(bank.BankError, match="There is no question"):
        bank.question(strange)


def test_a_question_costs_the_reading_of_its_own_lesson_only(questions):
    write(questions)
    for other in ("00-zero", "02-second", "03-third", "04-fourth", "05-fifth", "06-sixth"):
        (bank.folder() / f"{other}.yaml").write_text("{ broken")
    assert bank.question("01-capital").prompt == "Which one?"


def test_a_missing_bank_is_told_in_one_sentence(questions):
    with pytest.raises(bank.BankError, match=r"The question bank is missing: there is no \.yaml"):
        bank.question("01-capital")


def test_a_lesson_without_questions_is_told_with_those_that_have_some(questions):
    write(questions)
    with pytest.raises(bank.BankError, match="'02-second': the bank has files for 01-first"):
        bank.questions("02-second")


def test_a_changed_file_is_read_again(questions):
    write(questions)
    bank.question("01-capital")
    questions[0]["prompt"] = "Which one is it now?"
    os.utime(write(questions), ns=(1, 1))
    assert bank.question("01-capital").prompt == "Which one is it now?"


def test_an_unchanged_file_is_parsed_once(questions):
    write(questions)
    assert bank.question("01-capital") is bank.question("01-capital")


def test_in_a_notebook_an_error_is_one_line_without_a_traceback(questions):
    write(questions)
    with pytest.raises(bank.BankError) as caught:
        bank.question("01-captial")
    assert caught.value._render_traceback_() == [f"BankError: {caught.value}"]


SPOILT = {
    "a prediction that nothing decides": (
        lambda q: q[2].update(options=[{"text": "up"}, {"text": "down"}]),
        "question 01-guess, field options: nothing says which came true: mark one with correct",
    ),
    "a question without the section that teaches it": (
        lambda q: q[0].pop("section"),
        "question 01-capital, field section: it is missing; a practice question needs one",
    ),
    "a field that is missing": (
        lambda q: q[0].pop("hint"),
        "question 01-capital, field hint: it is missing; a practice question needs one",
    ),
    "a required field that is missing": (
        lambda q: q[1].pop("prompt"),
        "question 01-number: prompt is missing",
    ),
    "a misspelt field": (
        lambda q: q[0].update(dificulty="easy"),
        "question 01-capital: 'dificulty' is not a field here; did you mean 'difficulty'",
    ),
    "a question without an id": (
        lambda q: q[1].pop("id"),
        "question number 2: id is missing",
    ),
    "an id from another lesson": (
        lambda q: q[0].update(id="02-capital"),
        "question 02-capital, field id: it must start with the number of its lesson, 01-",
    ),
    "an id that is not words": (
        lambda q: q[0].update(id="01-What is it"),
        "question 01-What is it, field id: '01-What is it' must be lower-case words",
    ),
    "an id given twice": (
        lambda q: q[1].update(id="01-capital"),
        "question 01-capital, field id: another question of this file has the same id",
    ),
    "an unknown use": (
        lambda q: q[0].update(use="exam"),
        "question 01-capital, field use: 'exam' is not one of practice, recall, predict or",
    ),
    "a difficulty of another use": (
        lambda q: q[0].update(difficulty="expert"),
        "question 01-capital, field difficulty: a practice question is easy, medium or hard",
    ),
    "an empty prompt": (
        lambda q: q[0].update(prompt="  "),
        "question 01-capital, field prompt: it is empty",
    ),
    "text that YAML reads as a number": (
        lambda q: q[0]["options"][1].update(text=0.223),
        "question 01-capital, field options b, text: it must be text (put it in quotes",
    ),
    "a number that YAML reads as text": (
        lambda q: q[1].update(tolerance="1e-3"),
        "question 01-number, field tolerance: it must be a number (YAML needs a dot",
    ),
    "two right options": (
        lambda q: q[0]["options"][0].update(correct=True),
        "question 01-capital, field options: exactly one must have correct: true, and 2 have",
    ),
    "no right option": (
        lambda q: q[0]["options"][1].update(correct=False),
        "question 01-capital, field options: exactly one must have correct: true, and 0 have",
    ),
    "an option without its explanation": (
        lambda q: q[0]["options"][0].pop("why"),
        "question 01-capital, field options: option a lacks its why",
    ),
    "two options with the same text": (
        lambda q: q[0]["options"][0].update(text="that "),
        "question 01-capital, field options: two options have the same text",
    ),
    "one option only": (
        lambda q: q[0]["options"].pop(),
        "question 01-capital, field options: it needs at least 2 entries",
    ),
    "a choice without options": (
        lambda q: q[2].pop("options"),
        "question 01-guess, field options: it is missing; a choice question needs at least two",
    ),
    "a number question with options": (
        lambda q: q[1].update(options=q[0]["options"]),
        "question 01-number, field options: it belongs to choice questions only",
    ),
    "a choice with an answer": (
        lambda q: q[0].update(answer=1),
        "question 01-capital, field answer: it belongs to number questions only",
    ),
    "a number question without tolerance": (
        lambda q: q[1].pop("tolerance"),
        "question 01-number, field tolerance: it is missing; a number question needs one",
    ),
    "a wrong range that holds the answer": (
        lambda q: q[1]["wrong"].append({"low": 0.2, "high": 0.3, "why": "no"}),
        "question 01-number, field wrong: the range from 0.2 to 0.3 holds the right answer",
    ),
    "an empty range": (
        lambda q: q[1]["wrong"].append({"low": 3, "high": 2, "why": "no"}),
        "question 01-number, field wrong: the range from 3 to 2 is empty",
    ),
    "maths whose backslash YAML has eaten": (
        lambda q: q[0].update(steps="$\frac{1}{2}$"),
        "question 01-capital, field steps: it holds a control character",
    ),
    "a question that is not a mapping": (
        lambda q: q.append("what?"),
        "question number 4: it must be a mapping of names to values",
    ),
}


@pytest.mark.parametrize("case", SPOILT)
def test_it_names_file_question_and_field_of(questions, case):
    spoil, expected = SPOILT[case]
    spoil(questions)
    told = complaint(questions)
    assert told.startswith(f"data/questions/01-first.yaml, {expected}")
    assert told.endswith(".")
    assert "\n" not in told


def test_a_file_must_bear_the_name_of_its_lesson(questions):
    write(questions, lesson="01-first", name="01-other")
    with pytest.raises(bank.BankError, match="field lesson: it says '01-first', but the file"):
        bank.questions("01-other")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"lesson: 01-first\nquestions: [", "01-first.yaml, line 3: .* this is not valid YAML"),
        (b"lesson: 01-first\nlesson: 01-first\n", "line 2: 'lesson' is given twice"),
        (b"\xff\xfe\x00", "this is not a YAML text file in UTF-8"),
        (b"", "01-first.yaml, at the top: it must be a mapping"),
        (b"- 1\n", "01-first.yaml, at the top: it must be a mapping"),
        (b"!!python/object/apply:os.getcwd []", "this is not valid YAML"),
    ],
)
def test_a_file_that_is_no_bank_is_told_with_its_name(questions, content, expected):
    (bank.folder() / "01-first.yaml").write_bytes(content)
    with pytest.raises(bank.BankError, match=expected):
        bank.questions("01-first")


def test_problems_lists_one_sentence_for_each_broken_file(questions):
    write(questions)
    write([], lesson="02-second")
    (bank.folder() / "03-third.yaml").write_text("{ broken")
    told = bank.problems()
    assert [sentence.split(",")[0] for sentence in told] == [
        "data/questions/02-second.yaml",
        "data/questions/03-third.yaml",
    ]


def test_the_schema_is_a_sound_schema():
    schema = json.loads((data_folder() / "questions" / "schema.json").read_text())
    jsonschema.Draft7Validator.check_schema(schema)


def test_schema_and_reader_know_the_same_fields():
    schema = json.loads((data_folder() / "questions" / "schema.json").read_text())
    fields = set(bank.Question.__dataclass_fields__) - {"lesson", "seed", "template"} | {"where"}
    assert set(schema["definitions"]["question"]["properties"]) == fields


def test_every_question_of_the_curriculum_is_sound():
    assert bank.problems() == []
