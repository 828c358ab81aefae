"""Practice questions go to jupyterquiz as far as it knows their kind, and the challenge never."""

import json

from crossentropy.quiz import bank
import pytest

from classroom.authoring import jupyterquiz
from classroom.course import CourseError

LESSONS = bank.lessons()


@pytest.mark.parametrize("lesson", LESSONS)
def test_an_export_has_every_question_that_jupyterquiz_knows(lesson):
    exported, left_out = jupyterquiz.export(lesson)
    asked = [one for one in bank.questions(lesson) if one.use in ("practice", "recall")]
    assert len(exported) + len(left_out) == len(asked)
    assert all(bank.question(one).type == "order" for one in left_out)
    for entry in exported:
        assert entry["type"] in ("multiple_choice", "many_choice", "numeric")
        if entry["type"] == "multiple_choice":
            assert sum(answer["correct"] for answer in entry["answers"]) == 1


def test_an_exported_number_is_right_in_its_range_and_typical_errors_have_their_message():
    question = bank.question("01-second-of-three")
    if question.type != "number":
        question = next(one for one in bank.questions("01-loss-definition") if one.wrong)
    entry = jupyterquiz._as_jupyterquiz(question)
    right, *others = entry["answers"]
    low, high = right["range"]
    assert low <= question.answer - question.tolerance
    assert high > question.answer + question.tolerance
    assert right["correct"]
    told = [one["feedback"] for one in others]
    assert told == [one.why.strip() for one in question.wrong] + [question.otherwise.strip()]


def test_a_challenge_is_never_exported():
    exported, _ = jupyterquiz.export("08-mastery")
    challenge = bank.question("08-mean-of-two").prompt
    assert not any(entry["question"] in challenge for entry in exported)


def test_a_template_is_exported_with_the_lessons_numbers_and_so_many_draws():
    plain, _ = jupyterquiz.export("01-loss-definition")
    exported, _ = jupyterquiz.export("01-loss-definition", draws_of_each=2)
    assert all(entry in exported for entry in plain)
    templates = [one for one in bank.questions("01-loss-definition") if one.template]
    assert len(exported) - len(plain) == 2 * len(templates) > 0
    assert "{{" not in json.dumps(exported)
    for entry in exported:
        if entry["type"] == "multiple_choice":
            assert sum(answer["correct"] for answer in entry["answers"]) == 1


def test_an_export_overwrites_nothing(tmp_path):
    path = tmp_path / "quiz.json"
    path.write_text("mine")
    with pytest.raises(CourseError, match="is there already"):
        jupyterquiz.write_export("01-loss-definition", path)
    assert path.read_text() == "mine"
