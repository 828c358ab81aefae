"""What a template question may compute: arithmetic over named values, and a few named functions.

An expression is read as a tree and each of its nodes must be on a list, so that a file of questions
computes numbers and does nothing else.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
import difflib
from functools import lru_cache
import math
import operator
import struct

Value = float | int | bool | str | list
LONGEST = 300  # characters
LARGEST_POWER = 400
LONGEST_ROW = 100
NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    "twenty",
)  # fmt: skip


class ExpressionError(ValueError):
    """An expression that cannot be computed; the message is a sentence without its full stop."""


def evaluate(expression: str, values: Mapping[str, Value]) -> Value:
    """Compute an expression.

    Parameters
    ----------
    expression : str
        Such as `-log(p)` or `softmax([a, b, c])[0]`: numbers, text, lists, names of values, `+ - *
        / // % **`, comparisons, `and`, `or`, `not`, `x if condition else y`, a place in a list,
        and the functions of `FUNCTIONS`.
    values : mapping of str to value
        What the names stand for.

    Raises
    ------
    ExpressionError
        If it is none of that, or has no finite result.
    """
    try:
        result = _compute(_parsed(expression), values)
    except ExpressionError as error:
        raise ExpressionError(f"{expression!r} {error}") from None
    except ZeroDivisionError:
        raise ExpressionError(f"{expression!r} divides by 0") from None
    except Exception as error:  # what the functions make of what they are not meant for
        raise ExpressionError(f"{expression!r} cannot be computed: {error}") from None
    for number in result if isinstance(result, list) else [result]:
        if isinstance(number, complex):
            raise ExpressionError(f"{expression!r} gives {number}, which is no real number")
        if isinstance(number, float) and not math.isfinite(number):
            raise ExpressionError(f"{expression!r} gives {number}, which is not a finite number")
    return result


@lru_cache(maxsize=4096)
def _parsed(expression: str) -> ast.expr:
    if len(expression) > LONGEST:
        raise ExpressionError(f"is longer than {LONGEST} characters: give a part of it a name")
    try:
        return ast.parse(expression.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ExpressionError("is no expression: write it as Python, such as -log(p)") from None


# --- the functions --------------------------------------------------------------------------------


def _each(function: Callable) -> Callable:
    """Make a function of a number take a list too, number by number."""

    def applied(value: Value) -> Value:
        return [function(one) for one in value] if isinstance(value, list) else function(value)

    return applied


def _log(number: float) -> float:
    if number <= 0:
        raise ValueError(f"the logarithm of {number:g} does not exist")
    return math.log(number)


def _round(value: Value, digits: int | None = None) -> Value:
    return _each(lambda one: round(one, digits))(value)


def _mean(*values: Value) -> float:
    row = _row(values)
    return sum(row) / len(row)


def _row(values: tuple) -> list:
    return values[0] if len(values) == 1 and isinstance(values[0], list) else list(values)


def _softmax(scores: list[float]) -> list[float]:
    powers = [math.exp(score - max(scores)) for score in scores]
    return [power / sum(powers) for power in powers]


def _one_hot(place: int, length: int) -> list[float]:
    if length > LONGEST_ROW or place not in range(length):
        raise ValueError(f"there is no place {place} in a row of {length}, which begins at 0")
    return [float(one == place) for one in range(length)]


def _entropy(row: list[float]) -> float:
    return -sum(p * math.log(p) for p in row if p > 0)


def _ordinal(place: int) -> str:
    """Name the place in a list, which begins at 0."""
    return ("first", "second", "third", "fourth", "fifth", "sixth")[place]


def _in_words(count: int) -> str:
    return NUMBERS[int(count)]


def _single(number: float) -> float:
    """Return the number that Keras has in its place, in single precision."""
    return struct.unpack("f", struct.pack("f", number))[0]


def _float32(number: float) -> str:
    """Return a number as NumPy prints it in single precision: no longer than it must be."""
    number = _single(number)
    told = (f"{number:.{digits}g}" for digits in range(1, 10))
    return next(one for one in told if _single(float(one)) == number)


FUNCTIONS: dict[str, Callable] = {
    "log": _each(_log),
    "log2": _each(lambda number: _log(number) / math.log(2)),
    "log10": _each(lambda number: _log(number) / math.log(10)),
    "exp": _each(math.exp),
    "sqrt": _each(math.sqrt),
    "abs": _each(abs),
    "round": _round,
    "min": lambda *values: min(_row(values)),
    "max": lambda *values: max(_row(values)),
    "sum": lambda *values: math.fsum(_row(values)),
    "product": lambda *values: math.prod(_row(values)),
    "mean": _mean,
    "count": lambda *values: len(_row(values)),
    "distinct": lambda *values: len({*_row(values)}) == len(_row(values)),
    "softmax": _softmax,
    "one_hot": _one_hot,
    "entropy": _entropy,
    "argmax": lambda row: row.index(max(row)),
    "ordinal": _ordinal,
    "in_words": _in_words,
    "capital": lambda text: text[:1].upper() + text[1:],
    "single": _single,
    "float32": _float32,
}


# --- the tree -------------------------------------------------------------------------------------


def _power(base: float, exponent: float) -> float:
    if abs(exponent) > LARGEST_POWER or abs(base) > 1e4:
        raise ValueError("that power is too large")
    return base**exponent


_OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: _power,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Not: operator.not_,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def _compute(node: ast.expr, values: Mapping[str, Value]) -> Value:
    match node:
        case ast.Constant(value=bool() | int() | float() | str() as constant):
            return constant
        case ast.Name(id=name):
            return _value(name, values)
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            return [_compute(part, values) for part in parts]
        case ast.UnaryOp(op=op, operand=operand) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_compute(operand, values))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            numbers = [_compute(left, values), _compute(right, values)]
            if not all(isinstance(number, (int, float)) for number in numbers):
                raise ExpressionError("computes with a list or a text as if it were one number")
            return _OPERATORS[type(op)](*numbers)
        case ast.BoolOp(op=ast.And(), values=parts):
            return all(_compute(part, values) for part in parts)
        case ast.BoolOp(op=ast.Or(), values=parts):
            return any(_compute(part, values) for part in parts)
        case ast.Compare(left=left, ops=ops, comparators=others) if all(
            type(op) in _OPERATORS for op in ops
        ):
            sides = [_compute(side, values) for side in (left, *others)]
            pairs = zip(ops, sides, sides[1:], strict=False)
            return all(_OPERATORS[type(op)](one, other) for op, one, other in pairs)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return _compute(body if _compute(test, values) else orelse, values)
        case ast.Subscript(value=row, slice=place) if not isinstance(place, ast.Slice):
            return _compute(row, values)[_compute(place, values)]
        case ast.Call(func=ast.Name(id=name), args=given, keywords=[]):
            if name not in FUNCTIONS:
                known = ", ".join(FUNCTIONS)
                raise ExpressionError(
                    f"calls {name}, which is not one of {known}{_near(name, FUNCTIONS)}"
                )
            return FUNCTIONS[name](*(_compute(one, values) for one in given))
    raise ExpressionError(
        "uses something that a template cannot compute: it has numbers, names, lists, "
        "arithmetic, comparisons and named functions"
    )


def _value(name: str, values: Mapping[str, Value]) -> Value:
    if name in values:
        return values[name]
    known = ", ".join(values) or "none yet"
    raise ExpressionError(
        f"uses {name}, which is not among the values before it ({known}){_near(name, values)}"
    )


def _near(name: str, known: Mapping) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {near[0]}" if near else ""
