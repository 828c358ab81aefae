"""Copies are seen, whatever the names; work of one's own is left in peace."""

from datetime import UTC, datetime, timedelta
import random

from crossentropy.quiz import bank, marking
import pytest

from classroom.grading.attempts import Attempt
from classroom.report.likeness import Alike, joined
from classroom.report.same_answers import same_mistakes, same_records
from classroom.report.same_code import runs, same_code

STUB = 'def read(loss):\n    """Say what a loss means."""\n    raise NotImplementedError\n'
LOOP = '''
def read(loss):
    """Say what a loss means."""
    found = []
    for row in loss:
        best = max(row)
        if best > 0.5:
            found.append((best, sum(row) / len(row)))
        else:
            found.append((0.0, min(row) ** 2))
    return sorted(found, key=lambda one: one[1])
'''
RENAMED = """
def read(values):
    result = []
    # go through all of them
    for r in values:
        biggest = max(r)
        if biggest > 0.5:
            result.append((biggest, sum(r) / len(r)))
        else:
            result.append((0.0, min(r) ** 2))
    return sorted(result, key=lambda pair: pair[1])
"""
OWN = """
def read(loss):
    rows = np.asarray(loss)
    best = rows.max(axis=1)
    second = np.where(best > 0.5, rows.mean(axis=1), rows.min(axis=1) ** 2)
    order = np.argsort(second)
    return list(zip(np.where(best > 0.5, best, 0.0)[order], second[order]))
"""
CHOICES = [
    one
    for lesson in bank.lessons()
    for one in bank.questions(lesson)
    if one.type == "choice" and one.use == "practice" and len(one.letters) == 4
][:14]
BEGIN = datetime(2026, 3, 1, tzinfo=UTC)


def groups(found):
    return [one.students for one in found]


def code_of(**texts):
    return {student: {"read": text} for student, text in texts.items()}


def test_the_same_code_under_other_names_is_seen():
    found = same_code(code_of(ada=LOOP, ben=RENAMED, cem=OWN), {"read": [STUB]}, {})
    assert groups(found) == [("ada", "ben")]


def test_what_the_lesson_gives_is_nobodys_copy():
    given = {"read": [STUB, LOOP]}
    assert same_code(code_of(ada=LOOP, ben=LOOP, cem=RENAMED), given, {}) == []


def test_what_much_of_a_class_writes_is_common():
    many = {f"learner-{number}": LOOP for number in range(6)}
    assert same_code(code_of(**many), {"read": [STUB]}, {}) == []


def test_code_that_does_not_parse_is_compared_too():
    broken = LOOP.replace("if best > 0.5:", "if best > 0.5 then")
    assert groups(same_code(code_of(ada=broken, ben=broken), {}, {})) == [("ada", "ben")]


@pytest.mark.parametrize("text", ["", "(" * 3000, "x = 1\n" * 5, "\0", "def f(:\n\t\t'''"])
def test_any_text_can_be_cut_into_runs(text):
    assert isinstance(runs(text), frozenset)


def test_three_who_share_are_one_group():
    pairs = [Alike(("a", "b"), "x", 1.0), Alike(("b", "c"), "x", 0.9), Alike(("d", "e"), "y", 2.0)]
    assert groups(joined(pairs, "all")) == [("d", "e"), ("a", "b", "c")]


def attempt(question, answer, moment=None):
    return Attempt(question, answer, marking.judge(question, answer).right, 0, 10.0, moment)


def class_by_chance(size, seed):
    """A class in which everybody is wrong half of the time, each in a way of their own."""
    chance = random.Random(seed)
    answers = {}
    for number in range(size):
        given, moment = {}, BEGIN
        for question in CHOICES:
            moment += timedelta(milliseconds=chance.randrange(1000, 90_000))
            wrong = [letter for letter in question.letters if letter != question.key]
            letter = question.key if chance.random() < 0.5 else chance.choice(wrong)
            given[question.id] = [attempt(question, letter, moment)]
        answers[f"learner-{number:03}"] = given
    return answers


QUESTIONS = {one.id: one for one in CHOICES}


@pytest.mark.parametrize("seed", range(5))
def test_chance_alone_accuses_nobody(seed):
    answers = class_by_chance(60, seed)
    assert same_records(answers) == []
    assert same_mistakes(answers, QUESTIONS) == []


def test_a_copied_record_is_seen():
    answers = class_by_chance(12, 1)
    answers["learner-005"] = answers["learner-002"]
    assert groups(same_records(answers)) == [("learner-002", "learner-005")]


def test_the_same_wrong_answers_typed_at_another_time_are_seen():
    answers = class_by_chance(12, 1)
    answers["learner-005"] = {
        name: [attempt(QUESTIONS[name], given[0].answer, BEGIN + timedelta(days=1, seconds=place))]
        for place, (name, given) in enumerate(answers["learner-002"].items())
    }
    assert groups(same_mistakes(answers, QUESTIONS)) == [("learner-002", "learner-005")]


def test_two_who_are_right_everywhere_are_no_copies():
    answers = class_by_chance(12, 1)
    for student in ("learner-001", "learner-002"):
        answers[student] = {one.id: [attempt(one, one.key)] for one in CHOICES}
    assert same_mistakes(answers, QUESTIONS) == []
