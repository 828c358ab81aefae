"""Any template of the bank, with any seed: a sound question, which its record makes again."""

import json
import math

from crossentropy.quiz import bank, draws, marking
from crossentropy.quiz.expressions import FUNCTIONS, ExpressionError, evaluate
from hypothesis import example, given
from hypothesis import strategies as st
import pytest

TEMPLATES = [
    question.id
    for lesson in bank.lessons()
    for question in bank.questions(lesson)
    if question.template is not None
]
templates = st.sampled_from(TEMPLATES).map(bank.question)
seeds = st.text("0123456789abcdef", min_size=1, max_size=8)


@given(templates, seeds)
def test_the_key_of_a_draw_is_right_and_all_else_wrong(question, seed):
    drawn = draws.drawn(question, seed)
    assert marking.judge(drawn, marking.read_answer(drawn, drawn.key)).right
    if drawn.type == "choice":
        others = [letter for letter in drawn.letters if letter != drawn.key]
        assert not any(marking.judge(drawn, letter).right for letter in others)
        assert len({option.text for option in drawn.options}) == len(drawn.options)
    for one in drawn.wrong:
        middle = (one.low + one.high) / 2
        apart = abs(middle - drawn.key) > drawn.tolerance
        assert marking.judge(drawn, middle).right is not apart
        assert marking.judge(drawn, middle).why


@given(templates, seeds)
def test_a_draw_is_made_again_from_what_the_file_keeps(question, seed):
    drawn = draws.drawn(question, seed)
    kept = json.loads(json.dumps(draws.record(drawn)))
    again = draws.again(question, kept)
    assert again == drawn
    assert again.values == drawn.values
    assert again == draws.again(question, {**kept, "seed": "another"}) or again.seed == seed


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


@given(templates, st.data())
def test_what_is_no_draw_is_refused_and_breaks_nothing(question, data):
    names = [name for name, given in question.template["values"].items() if isinstance(given, dict)]
    values = data.draw(ANYTHING | st.fixed_dictionaries(dict.fromkeys(names, ANYTHING)))
    kept = data.draw(
        ANYTHING | st.fixed_dictionaries({"seed": ANYTHING, "values": st.just(values)})
    )
    try:
        made = draws.again(question, kept)
    except ValueError:
        return
    marking.judge(made, made.key)


def test_a_file_cannot_nest_values_without_end():
    question = bank.question(TEMPLATES[0])
    value = [1]
    for _ in range(900):
        value = [value]
    names = [name for name, given in question.template["values"].items() if isinstance(given, dict)]
    with pytest.raises(ValueError, match="values of this question"):
        draws.again(question, {"seed": "a", "values": dict.fromkeys(names, value)})


# --- expressions ----------------------------------------------------------------------------------

atoms = st.sampled_from(
    ["p", "row", "word", "0", "1", "0.5", "2", "1e300", "[p, 1]", "'a'", "True"]
)
expressions = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/%<>"), inner).map(" ".join).map("({})".format),
        st.tuples(inner, st.sampled_from(["**", "//", "==", "and", "or"]), inner).map(
            lambda parts: f"({' '.join(parts)})"
        ),
        st.tuples(st.sampled_from([*FUNCTIONS]), inner).map(
            lambda parts: f"{parts[0]}({parts[1]})"
        ),
        st.tuples(inner, inner).map(lambda parts: f"{parts[0]}[{parts[1]}]"),
        st.tuples(inner, inner, inner).map(lambda x: f"({x[0]} if {x[1]} else {x[2]})"),
    ),
    max_leaves=6,
)


@given(expressions, st.floats() | st.integers(-1000, 1000))
@example("argmax(p)", 0.0)
@example("(p ** 0.5)", -1)
@example("float32(p)", math.nan)
def test_any_expression_gives_a_value_or_one_sentence(expression, p):
    told = ""
    try:
        result = evaluate(expression, {"p": p, "row": [0.1, p], "word": "x"})
        assert isinstance(result, (float, int, bool, str, list))
    except ExpressionError as error:
        told = str(error)
    assert "\n" not in told
