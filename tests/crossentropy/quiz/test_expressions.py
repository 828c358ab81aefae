"""What a template may compute, and the sentence with which all else is refused."""

import math

from crossentropy.quiz.expressions import FUNCTIONS, ExpressionError, evaluate
import pytest

VALUES = {"p": 0.25, "n": 3, "row": [0.5, 0.25, 0.25], "word": "second"}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("-log(p)", math.log(4)),
        ("log2(p) + log10(100)", 0.0),
        ("1 - p if n > 2 else p", 0.75),
        ("2 < n <= 3 and not p > 1", True),
        ("n == 4 or word == 'second'", True),
        ("row[0] * n ** 2 // 2 % 2", 0.0),
        ("sum(row) + mean(1, 3) + product(2, 3) + min(row) + max(4, 5)", 14.25),
        ("softmax([0, 0])[1]", 0.5),
        ("one_hot(1, n)", [0.0, 1.0, 0.0]),
        ("round(log(row), 2)", [-0.69, -1.39, -1.39]),
        ("entropy([0.5, 0.5, 0])", math.log(2)),
        ("argmax(row) + count(row) + abs(-1) + sqrt(4) + exp(0)", 7.0),
        ("ordinal(1)", "second"),
        ("in_words(n)", "three"),
        ("distinct(p, n) and not distinct([1, 1])", True),
    ],
)
def test_it_computes(expression, expected):
    assert evaluate(expression, VALUES) == pytest.approx(expected)


@pytest.mark.parametrize(
    "expression",
    [
        "__import__('os').system('true')",
        "().__class__",
        "p.real",
        "[one for one in row]",
        "lambda: p",
        "open('file')",
        "f'{p}'",
        "(p := 3)",
        "row[0:1]",
        "{1: 2}",
        "b'bytes'",
        "max(row, key=abs)",
        "log(*row)",
        "9 ** 9 ** 9",
        "one_hot(0, 10 ** 9)",
        "'a' * 1000000",
        "row * 1000000",
        "1e308 * 10",
        "p" * 400,
        "(" * 200,
        "\0",
    ],
)
def test_it_computes_nothing_else(expression):
    with pytest.raises(ExpressionError):
        evaluate(expression, VALUES)


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        (
            "log(q)",
            r"'log\(q\)' uses q, which is not among the values before it \(p, n, row, word\)",
        ),
        ("lgo(p)", "calls lgo, which is not one of .*; did you mean log"),
        ("1 / (n - 3)", "divides by 0"),
        ("log(0)", "cannot be computed: the logarithm of 0 does not exist"),
        ("one_hot(3, 3)", "there is no place 3 in a row of 3, which begins at 0"),
        ("p +", "is no expression: write it as Python"),
        ("row + 1", "computes with a list or a text as if it were one number"),
    ],
)
def test_it_says_what_is_wrong_in_one_sentence(expression, told):
    with pytest.raises(ExpressionError, match=told) as caught:
        evaluate(expression, VALUES)
    assert "\n" not in str(caught.value)


def test_no_function_has_a_name_that_a_value_would_like():
    """A value may not be called as a function is, so these stay free."""
    assert not {"p", "q", "loss", "true", "classes", "score"} & FUNCTIONS.keys()
