"""A key that can be computed is computed: no question of the bank can be wrong about a number."""

import contextlib
import io

from crossentropy.quiz import bank, draws
import pytest

QUESTIONS = [question for lesson in bank.lessons() for question in bank.questions(lesson)]
# A template's key is computed in its file; here Keras or NumPy computes it again, for a few draws.
DRAWS = ("", "one", "two", "three")
COMPUTED = [
    draws.drawn(question, seed)
    for question in QUESTIONS
    if question.computed
    for seed in (DRAWS if question.template else DRAWS[:1])
]


def test_the_bank_is_sound():
    assert bank.problems() == []


@pytest.mark.parametrize("question", COMPUTED, ids=lambda one: f"{one.id} {one.seed}".strip())
def test_the_key_is_what_the_code_prints(question):
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(question.computed, question.id, "exec"), {})
    result = printed.getvalue().strip().splitlines()[-1]
    if question.type == "number":
        assert float(result) == pytest.approx(question.answer, abs=question.tolerance / 2)
    elif question.type in ("several", "order") or result in [*question.letters]:
        assert result == question.key
    else:
        [key] = [option.text for option in question.options if option.correct]
        others = [option.text for option in question.options if not option.correct]
        assert result in key
        assert not any(result in text for text in others)


@pytest.mark.parametrize(
    "question",
    [q for q in QUESTIONS if q.type == "number" and q.use != "predict"],
    ids=lambda question: question.id,
)
def test_every_number_that_is_judged_is_computed(question):
    assert question.computed, "give the code whose last line prints the key"
