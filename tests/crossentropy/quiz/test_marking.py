"""Reading and judging answers."""

import dataclasses
import math

from crossentropy.quiz.marking import AnswerError, Judgement, judge, read_answer
from crossentropy.quiz.question import Option, Question, Range
from hypothesis import given
from hypothesis import strategies as st
import numpy as np
import pytest

CHOICE = Question(
    id="01-choice",
    lesson="01-first",
    use="practice",
    type="choice",
    prompt="Which?",
    options=(Option("x", "Not x."), Option("y", "Yes, y.", correct=True), Option("z", "Not z.")),
)
NUMBER = Question(
    id="01-number",
    lesson="01-first",
    use="practice",
    type="number",
    prompt="How many?",
    answer=0.223,
    tolerance=0.001,
    why="So it is.",
    wrong=(Range(1.6, 1.62, "The other class."), Range(1, 2, "Far too much.")),
    otherwise="Count again.",
)
GUESS = Question(
    id="01-guess",
    lesson="01-first",
    use="predict",
    type="choice",
    prompt="Guess.",
    options=(Option("up"), Option("down")),
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@pytest.mark.parametrize("value", ["inf", "\N{INFINITY}", math.inf])
def test_infinity_is_an_answer_where_the_bank_explains_it(value):
    explained = dataclasses.replace(NUMBER, wrong=(Range(math.inf, math.inf, "As on paper."),))
    assert judge(explained, read_answer(explained, value)).why == "As on paper."
    with pytest.raises(AnswerError, match="not a finite number"):
        read_answer(NUMBER, value)


@pytest.mark.parametrize("value", ["b", "B", " b\n"])
def test_a_letter_may_be_upper_case_or_padded(value):
    assert read_answer(CHOICE, value) == "b"


@pytest.mark.parametrize("value", ["d", "", "ab", "abc", 1, None, 2.0, True, "ß"])
def test_what_is_no_letter_of_an_option_is_refused(value):
    with pytest.raises(AnswerError, match="answer with one of the letters a to c"):
        read_answer(CHOICE, value)


@pytest.mark.parametrize(
    "value", [0.5, "0.5", " .5 ", "5e-1", np.float32(0.5), np.array(0.5), "+0.5"]
)
def test_a_number_may_come_as_text_or_from_numpy(value):
    assert read_answer(NUMBER, value) == 0.5


def test_a_typographic_minus_is_a_minus():
    assert read_answer(NUMBER, "\N{MINUS SIGN}0.5") == -0.5


def test_a_comma_is_answered_with_the_dotted_number():
    with pytest.raises(AnswerError, match=r"a dot instead of a comma: 0\.223\."):
        read_answer(NUMBER, "0,223")


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", math.nan, math.inf, 10**400, "1e999"])
def test_a_number_must_be_finite(value):
    with pytest.raises(AnswerError, match="is not a finite number"):
        read_answer(NUMBER, value)


@pytest.mark.parametrize("value", ["log 2", "", None, True, [0.5], b"0.5", 1j, "1,000.5"])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(AnswerError, match=r"is not a number|An empty answer"):
        read_answer(NUMBER, value)


@pytest.mark.parametrize("question", [CHOICE, NUMBER])
def test_a_long_answer_is_refused_in_a_short_sentence(question):
    with pytest.raises(AnswerError) as caught:
        read_answer(question, "x" * 100_000)
    assert len(str(caught.value)) < 200


@given(ANYTHING)
def test_any_value_is_either_an_answer_or_refused_in_one_printable_sentence(value):
    for question in (CHOICE, NUMBER):
        try:
            judge(question, read_answer(question, value))
        except AnswerError as error:
            told = str(error)
            assert told.isascii()
            assert told.isprintable()
            assert len(told) < 200


@pytest.mark.parametrize(
    ("letter", "right", "why"), [("a", False, "Not x."), ("b", True, "Yes, y.")]
)
def test_an_option_is_judged_with_its_own_explanation(letter, right, why):
    verdict = judge(CHOICE, letter)
    assert (verdict.right, verdict.why) == (right, why)


@pytest.mark.parametrize("value", [0.222, 0.223, 0.2231, 0.224])
def test_a_number_within_the_tolerance_is_right_the_ends_included(value):
    assert judge(NUMBER, value).right


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (1.61, "The other class."),
        (1.62, "The other class."),
        (1.7, "Far too much."),
        (0.2245, "Count again."),
        (-0.223, "Count again."),
    ],
)
def test_a_wrong_number_gets_the_message_of_the_first_range_that_fits(value, why):
    verdict = judge(NUMBER, value)
    assert (verdict.right, verdict.why) == (False, why)


def test_a_prediction_is_neither_right_nor_wrong():
    assert judge(GUESS, "a").right is None


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("d", "'d'"),
        ("é\n", r"'\xe9\n'"),
        (" \n", "An empty answer"),
        ("x" * 38, f"'{'x' * 38}'"),  # 40 with its quotes
        ("x" * 39, f"'{'x' * 36}..."),
        (7, "7"),
        (True, "True"),
        (None, "None"),
        (2.5, "2.5"),
        (["d"], "That value"),
        (b"d", "That value"),
    ],
)
def test_a_refusal_shows_what_was_given_if_it_can_be_shown(value, told):
    with pytest.raises(AnswerError) as caught:
        read_answer(CHOICE, value)
    assert str(caught.value).startswith(f"{told} is not an option of question 01-choice: ")


@pytest.mark.parametrize(
    ("value", "dotted"),
    [
        ("0,223", "0.223"),
        (" -0,5", "-0.5"),
        ("\N{MINUS SIGN}12,25", "-12.25"),
        ("+1,5", "+1.5"),
        (",5", ".5"),
    ],
)
def test_a_number_with_a_comma_is_given_back_as_it_should_be_written(value, dotted):
    with pytest.raises(AnswerError) as caught:
        read_answer(NUMBER, value)
    assert str(caught.value) == f"Write the number with a dot instead of a comma: {dotted}."


@pytest.mark.parametrize("value", ["1,", "1,2,3", "x0,5", "0,5x"])
def test_where_a_dot_would_not_make_it_a_number_nothing_is_said_of_a_comma(value):
    with pytest.raises(AnswerError, match="is not a number"):
        read_answer(NUMBER, value)


def test_a_negative_infinity_may_be_explained_too():
    explained = dataclasses.replace(NUMBER, wrong=(Range(-math.inf, -math.inf, "Turned round."),))
    assert read_answer(explained, "\N{MINUS SIGN}\N{INFINITY}") == -math.inf
    with pytest.raises(AnswerError, match="not a finite number"):
        read_answer(explained, "inf")


def test_a_number_too_large_for_a_computer_is_infinity():
    explained = dataclasses.replace(NUMBER, wrong=(Range(5, math.inf, "Large."),))
    assert read_answer(explained, 10**400) == math.inf


@pytest.mark.parametrize("value", [1, 1.5, 2])
def test_the_ends_of_a_range_belong_to_it(value):
    assert judge(NUMBER, value).why == "Far too much."


def test_a_right_number_is_explained_and_a_predicted_one_is_not_judged():
    assert judge(NUMBER, 0.223) == Judgement(True, "So it is.")
    assert judge(dataclasses.replace(NUMBER, use="predict"), 0.223).right is None
    open_end = dataclasses.replace(NUMBER, use="predict", answer=None, wrong=(), otherwise="")
    assert judge(open_end, 3.0) == Judgement(None, "")


def test_rounding_costs_nothing_far_from_zero_either():
    far = dataclasses.replace(NUMBER, answer=1_000_000.223)
    assert judge(far, 1_000_000.224).right
    assert not judge(far, 1_000_000.2241).right
    assert judge(dataclasses.replace(far, answer=-1_000_000.223), -1_000_000.224).right


# --- several choices and orderings ----------------------------------------------------------------

SEVERAL = Question(
    "01-s",
    "01-x",
    "practice",
    "several",
    "Which?",
    options=(
        Option("x", "X fits.", correct=True),
        Option("y", "Y does not."),
        Option("z", "Z fits.", correct=True),
    ),
)
ORDER = Question(
    "01-o",
    "01-x",
    "practice",
    "order",
    "In which order?",
    why="One thing after another.",
    options=(
        Option("second", "It needs the first.", place=2),
        Option("third", "It needs both.", place=3),
        Option("first", "It needs nothing.", place=1),
    ),
)


@pytest.mark.parametrize("value", ["ac", "ca", "A, C", "c a", ["a", "c"], ("C", "a")])
def test_several_letters_are_read_in_any_form_and_order(value):
    assert read_answer(SEVERAL, value) == "ac"


@pytest.mark.parametrize("value", ["", "d", "aa", 3, None, [1], "a-b", [["a"]]])
def test_what_is_no_set_of_letters_is_refused(value):
    with pytest.raises(AnswerError, match="give one or more of the letters a to c, each once"):
        read_answer(SEVERAL, value)


def test_an_ordering_keeps_its_order():
    assert read_answer(ORDER, "c, a, b") == "cab"


@pytest.mark.parametrize("value", ["ab", "abcd", "aab", "", 1])
def test_an_ordering_needs_each_letter_once(value):
    with pytest.raises(AnswerError, match="give each of the letters a to c once"):
        read_answer(ORDER, value)


def test_several_choices_are_right_only_together_and_each_is_explained():
    verdict = judge(SEVERAL, "ac")
    assert verdict.right
    assert "**a)** X fits." in verdict.why
    assert "**c)** Z fits." in verdict.why


def test_of_wrong_choices_only_what_was_chosen_is_explained():
    verdict = judge(SEVERAL, "ab")
    assert not verdict.right
    assert "**b)** Y does not." in verdict.why
    assert "fits" not in verdict.why
    assert verdict.why.startswith("What you chose and should not have:")
    assert "1 right option is missing." in verdict.why


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("ac", "- **a)** X fits.\n- **c)** Z fits."),
        (
            "c",
            "What you chose is right, but it is not all:\n\n- **c)** Z fits.\n\n"
            "1 right option is missing.",
        ),
        (
            "b",
            "What you chose and should not have:\n\n- **b)** Y does not.\n\n"
            "2 right options are missing.",
        ),
        ("abc", "What you chose and should not have:\n\n- **b)** Y does not."),
    ],
)
def test_what_is_said_of_several_choices(answer, why):
    assert judge(SEVERAL, answer).why == why


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("bcd", "What you chose and should not have:\n\n- **b)** B.\n- **d)** D."),
        ("ac", "What you chose is right, but it is not all:\n\n- **a)** A.\n- **c)** C."),
    ],
)
def test_what_is_said_of_several_choices_stands_in_the_order_of_the_letters(answer, why):
    options = tuple(Option(name, f"{name.upper()}.", correct=name in "ace") for name in "abcde")
    assert judge(dataclasses.replace(SEVERAL, options=options), answer).why.startswith(why)


def test_what_is_said_of_each_option_has_no_space_around_it():
    spaced = tuple(dataclasses.replace(one, why=f" {one.why}\n") for one in SEVERAL.options)
    verdict = judge(dataclasses.replace(SEVERAL, options=spaced), "ac")
    assert verdict.why == "- **a)** X fits.\n- **c)** Z fits."


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("bacd", "Step 1 is not **b)** yet. B."),
        ("acbd", "Step 1 is right. Step 2 is not **c)** yet. C."),
        ("abdc", "The first 2 steps are right. Step 3 is not **d)** yet. D."),
    ],
)
def test_an_ordering_is_told_how_many_steps_are_right(answer, why):
    steps = tuple(Option(name, f"{name.upper()}.\n", place=i + 1) for i, name in enumerate("abcd"))
    assert judge(dataclasses.replace(ORDER, options=steps), answer).why == why


def test_an_ordering_is_told_its_first_wrong_step_only():
    verdict = judge(ORDER, "cba")
    assert not verdict.right
    assert verdict.why == "Step 1 is right. Step 2 is not **b)** yet. It needs both."


def test_a_right_ordering_is_explained_as_a_whole():
    assert judge(ORDER, "cab").why == "One thing after another."
    assert judge(ORDER, "cab").right


# --- any question ---------------------------------------------------------------------------------


@st.composite
def lettered(draw, kind):
    """Return a question of a kind with options, of which some are right, or with places."""
    count = draw(st.integers(2, 8))
    right = draw(st.sets(st.integers(0, count - 1), min_size=1, max_size=count))
    right = {min(right)} if kind == "choice" else right
    places = draw(st.permutations(range(1, count + 1)))
    options = tuple(
        Option(f"text {index}", f"why {index}", correct=index in right)
        if kind != "order"
        else Option(f"text {index}", f"why {index}", place=places[index])
        for index in range(count)
    )
    return Question("01-q", "01-x", "practice", kind, "?", why="whole", options=options)


written = st.sampled_from(["{}", " {} ", "{}\n"])
between = st.sampled_from(["", " ", ",", ", ", "; "])


@given(
    st.sampled_from(["choice", "several", "order"]).flatmap(lettered), written, between, st.data()
)
def test_the_key_is_right_however_it_is_written_and_nothing_else_is(question, form, comma, data):
    letters = data.draw(
        st.permutations(question.key) if question.type == "several" else st.just([*question.key])
    )
    answer = form.format(comma.join(letters))
    for value in (answer, answer.upper()):
        assert judge(question, read_answer(question, value)).right
    if question.type == "order":
        other = data.draw(st.permutations(question.letters))
    else:
        most = 1 if question.type == "choice" else len(question.letters)
        other = sorted(
            data.draw(st.sets(st.sampled_from(question.letters), min_size=1, max_size=most))
        )
    verdict = judge(question, read_answer(question, "".join(other)))
    assert verdict.right == ("".join(other) == question.key)
    assert verdict.why


numbers = st.floats(-1e6, 1e6)


@given(numbers, st.floats(1e-6, 10), numbers)
def test_a_number_is_right_exactly_within_the_tolerance(key, tolerance, given_number):
    question = dataclasses.replace(NUMBER, answer=key, tolerance=tolerance, wrong=())
    for value in (
        given_number,
        repr(given_number),
        f" {given_number!r}\n",
        np.float64(given_number),
    ):
        assert read_answer(question, value) == given_number
    distance = abs(given_number - key)
    if abs(distance - tolerance) > 1e-9 * max(1, abs(key)):
        assert judge(question, given_number).right == (distance < tolerance)
    assert judge(question, key).right


@given(numbers)
def test_a_number_is_read_with_a_minus_of_any_kind(number):
    text = repr(number)
    assert read_answer(NUMBER, text.replace("-", "\N{MINUS SIGN}")) == number
