"""Whatever becomes of responses.json, and however many tabs write it, no answer is lost."""

import contextlib
import copy
import json
from pathlib import Path
import re
import tempfile

from crossentropy import own_folder
from crossentropy.detective import record as cases
from crossentropy.quiz import (
    bank,
    bet_record,
    exercises,
    former,
    recall,
    responses,
    sitting_steps,
    sittings,
)
from crossentropy.quiz.responses import FILE
from crossentropy.quiz.sittings import CHALLENGE, TEST
from hypothesis import example, given
from hypothesis import strategies as st
import pytest

QUESTION = "01-what-it-measures"
JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-10, 10)
    | st.floats()
    | st.text(max_size=3)
    | st.sampled_from(["2026-01-31T09:30:00.000Z", "2026-01-31T09:30:00", QUESTION]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["answer", "time", "attempts", "seed", "values", QUESTION, "x"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=4,
)


@contextlib.contextmanager
def lesson(content=b'{"schema": 2, "responses": {}}'):
    """Work in the folder of a lesson, with such a record in it."""
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder) / "01-first"
        folder.mkdir()
        (folder / FILE).write_bytes(content)
        with contextlib.chdir(folder):
            yield folder


@pytest.fixture(scope="module")
def record():
    """A record with something in each of its parts."""
    with pytest.MonkeyPatch.context() as patch, lesson() as folder:
        patch.setattr(own_folder, "home", Path.cwd)
        responses.record(QUESTION, "a")
        responses.record(QUESTION, "b")
        responses.record("07-mean-of-two", "a")  # as it was called once
        exercises.passed("01-by-hand")
        cases.add(7, "softmax taken twice", False)
        cases.add(7, "nothing is wrong", True)
        question = bank.question(QUESTION)
        bet_record.record(question, (1 / len(question.options),) * len(question.options))
        for rules in (TEST, CHALLENGE):
            sitting, _ = sitting_steps.start(rules)
            asked = sitting.questions[0]
            sitting, _ = sitting_steps.show(sitting, asked)
            sitting_steps.answer(sitting, asked, asked.key)
        return json.loads((folder / FILE).read_text())


# --- damage ---------------------------------------------------------------------------------------

damages = st.one_of(
    st.tuples(st.just("cut off"), st.integers(0, 10**4), st.just(b"")),
    st.tuples(st.just("changed"), st.integers(0, 10**4), st.binary(min_size=1, max_size=3)),
    st.tuples(st.just("put in"), st.integers(0, 10**4), st.binary(min_size=1, max_size=3)),
    st.tuples(st.just("lost"), st.integers(0, 10**4), st.binary(min_size=1, max_size=600)),
    st.tuples(st.just("zeros"), st.integers(0, 10**4), st.binary(min_size=1, max_size=600)),
)


def damaged(content, damage):
    kind, place, by = damage
    place %= len(content)
    rest = content[place + len(by) :]
    middle = {"put in": by + content[place : place + len(by)], "changed": by}
    middle |= {"zeros": b"\0" * len(by)}
    return content[:place] + (b"" if kind == "cut off" else middle.get(kind, b"") + rest)


@given(damage=damages)
@example(damage=("changed", 16, b"\x7f"))
def test_after_damage_at_any_byte_all_is_in_the_record_or_in_the_file_set_aside(record, damage):
    before = damaged(json.dumps(record, indent=1).encode(), damage)
    with lesson(before) as folder:
        saved, notice = responses.record("01-new", "c")
        after = (folder / FILE).read_bytes()
        if not saved:  # it says that a newer version wrote it
            assert "newer version" in notice
            assert after == before
            return
        assert responses.read().attempts("01-new")[-1]["answer"] == "c"
        aside = [path.read_bytes() for path in folder.glob("responses.damaged-*")]
        assert aside in ([], [before])
        if not aside:
            assert texts_in(json.loads(before)) <= texts_in(json.loads(after))


def texts_in(value):
    """Return all names and texts of a record; a file may write a character in two ways."""
    parts = [*value, *value.values()] if isinstance(value, dict) else value
    if not isinstance(value, dict | list):
        return {value} if isinstance(value, str) else set()
    return set().union(*map(texts_in, parts))


def test_two_entries_that_have_got_one_name_are_damage():
    """Of two names that are the same, JSON readers take the last."""
    text = json.dumps({"schema": 2, "responses": {"01-a": {"attempts": []}, "01-b": {}}})
    with lesson(text.replace("01-b", "01-a").encode()) as folder:
        responses.record("01-new", "c")
        assert len([*folder.glob("responses.damaged-*")]) == 1


# --- nonsense -------------------------------------------------------------------------------------


def places(value, path=()):
    """Yield the way to each part of a record, but to its schema, which refuses all the rest."""
    pairs = {dict: lambda: value.items(), list: lambda: enumerate(value)}.get(type(value), tuple)()
    for name, part in pairs:
        if (*path, name) != ("schema",):
            yield (*path, name)
            yield from places(part, (*path, name))


def with_nonsense(record, place, nonsense):
    spoilt = copy.deepcopy(record)
    *outer, last = [*places(record)][place % len([*places(record)])]
    part = spoilt
    for name in outer:
        part = part[name]
    part[last] = nonsense
    return json.dumps(spoilt).encode()


def do_all():
    """Do all that a learner can do with a record."""
    question = bank.question(QUESTION)
    responses.history(question)
    recall.memories([responses.recorded()[0]])
    responses.record(QUESTION, "a")
    bet_record.placed(question)
    bet_record.record(question, (1 / len(question.options),) * len(question.options))
    exercises.passed("01-other")
    cases.named(7)
    cases.add(7, "softmax taken twice", True)
    for rules in (TEST, CHALLENGE):
        for sitting in sittings.read(rules)[0]:
            [sitting.standing(one) for one in sitting.questions]
            sitting_steps.show(sitting, sitting.questions[0])
            sitting_steps.answer(sitting, sitting.questions[0], sitting.questions[0].key)
        sitting_steps.start(rules)


@given(place=st.integers(0, 200), nonsense=JUNK)
def test_nonsense_anywhere_in_a_record_breaks_nothing(record, place, nonsense):
    with lesson(with_nonsense(record, place, nonsense)):
        do_all()
        assert responses.read().attempts(QUESTION)[-1]["answer"] == "a"


@pytest.mark.parametrize("part", ["questions", "opened", "attempts", "draws"])
@pytest.mark.parametrize("nonsense", [[], [{}], None, "x", 3])
def test_a_sitting_without_its_parts_is_passed_over(record, part, nonsense):
    spoilt = copy.deepcopy(record)
    spoilt["sittings"]["challenge"][0][part] = nonsense
    with lesson(json.dumps(spoilt).encode()):
        assert sittings.read(CHALLENGE)[0] == []
        do_all()


# --- two tabs -------------------------------------------------------------------------------------

steps = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.sampled_from(["answer", "pass", "name", "bet", "begin", "show", "answer the test"]),
        st.integers(0, 9),
    ),
    max_size=12,
)


@given(done=steps)
@example([(0, "begin", 0), (1, "begin", 0), (0, "answer the test", 0), (1, "answer the test", 1)])
def test_of_two_tabs_each_keeps_what_the_other_wrote(done):
    """Each has a sitting as it read it, which the other has changed meanwhile."""
    with lesson():
        held, given_answers, taken = {}, [], []
        question = bank.question(QUESTION)
        for tab, step, number in done:
            if step == "answer":
                responses.record(QUESTION, f"{number}")
                given_answers.append(f"{number}")
            elif step == "pass":
                exercises.passed(f"01-exercise-{number}")
            elif step == "name":
                cases.add(number, f"cause {tab}", number > 5)
            elif step == "bet":
                bet_record.record(question, (1 / len(question.options),) * len(question.options))
            elif step == "begin":
                held[tab], _ = sitting_steps.start(TEST)
            elif tab in held:
                asked = held[tab].questions[number]
                if step == "show":
                    held[tab], _ = sitting_steps.show(held[tab], asked)
                else:
                    held[tab], was_taken, _ = sitting_steps.answer(held[tab], asked, asked.key)
                    taken += [(held[tab].number, asked.id)] * was_taken
        found = responses.read()
        assert [one["answer"] for one in found.attempts(QUESTION)] == given_answers
        passed = {f"01-exercise-{number}" for _, step, number in done if step == "pass"}
        assert found.exercises.keys() == passed
        named = [(str(number), f"cause {tab}") for tab, step, number in done if step == "name"]
        assert sorted(
            (number, one["cause"]) for number, case in found.cases.items() for one in case["named"]
        ) == sorted(named)
        assert len(found.others.get("bets", {})) == any(step == "bet" for _, step, _ in done)
        kept = [
            (number, name)
            for number, entry in enumerate(found.sittings.get("test", []))
            for name, attempts in entry.get("attempts", {}).items()
            for _ in attempts
        ]
        assert sorted(kept) == sorted(taken)


# --- names of earlier releases --------------------------------------------------------------------

attempts = st.lists(st.fixed_dictionaries({"answer": st.uuids().map(str)}), max_size=3)
entries = st.dictionaries(
    st.sampled_from([*former.QUESTIONS, *former.QUESTIONS.values(), "01-a"]),
    st.fixed_dictionaries({"attempts": attempts}) | JUNK,
    max_size=6,
)


def answers_in(value):
    return sorted(re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", json.dumps(value)))


@given(entries)
def test_no_answer_is_lost_under_a_former_name(kept):
    assert answers_in(former.renamed(kept)) == answers_in(kept)


@given(st.dictionaries(st.sampled_from([*former.QUESTIONS, *former.QUESTIONS.values()]), attempts))
def test_no_answer_of_a_sitting_is_lost_under_a_former_name(kept):
    found = former.renamed_in_sittings({"test": [{"attempts": kept}]})
    assert answers_in(found) == answers_in(kept)
