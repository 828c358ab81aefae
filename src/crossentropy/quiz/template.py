"""A template question: named values are drawn, and its texts and its key are filled in from them.

In its file a template is a question with `values`: each is drawn (`first`, and a range or a list to
draw from) or computed from those before it. In its texts `{{p}}` or `{{-log(p):.3f}}` stands for
what an expression gives (`expressions`), and where a number is wanted an expression may stand for
it. The `first` values make the question that the lesson shows.
"""

from __future__ import annotations

from collections.abc import Iterator
import random
import re

from crossentropy.quiz.expressions import ExpressionError, Value, evaluate

TRIES = 500
TEXTS = ("prompt", "why", "otherwise", "hint", "steps", "quick_check", "computed")
HOLE = re.compile(r"\{\{([^{}]+)\}\}")
FORM = re.compile(r"\+?(\.\d)?[dfg]?")
# Where a number is written with a hyphen for a minus, as code has it.
CODE = re.compile(r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$", re.DOTALL)
NUMBER = re.compile(r"[-\N{MINUS SIGN}]?\d+(?:\.\d+)?")

Values = dict[str, Value]


class TemplateError(ValueError):
    """A template that cannot be filled in: its `field`, and `what` is wrong with it."""

    def __init__(self, field: str, what: object):
        super().__init__(f"field {field}: {what}")
        self.field, self.what = field, str(what)


# --- values ---------------------------------------------------------------------------------------


def drawn_names(entry: dict) -> list[str]:
    """Return the names of the values that are drawn, not computed."""
    return [name for name, given in entry["values"].items() if isinstance(given, dict)]


def first_values(entry: dict) -> Values:
    """Return the drawn values of the question that the lesson shows."""
    return {name: entry["values"][name]["first"] for name in drawn_names(entry)}


def draw_values(entry: dict, seed: str) -> Values:
    """Draw values, others than the first; the same seed gives the same ones.

    Where they do not make a sound question, as two options would be the same, others are drawn.

    Raises
    ------
    TemplateError
        If something cannot be computed, or hardly any draw makes a sound question.
    """
    chance = random.Random(f"{entry['id']} {seed}")
    flaw = None
    for _ in range(TRIES):
        drawn = {name: _draw(entry["values"][name], chance) for name in drawn_names(entry)}
        flaw = "they are the first again" if drawn == first_values(entry) else flaw_of(entry, drawn)
        if flaw is None:
            return drawn
    raise TemplateError("values", f"none of {TRIES} draws makes a sound question ({flaw})")


def _draw(given: dict, chance: random.Random) -> Value:
    # random() alone is promised to be the same in every version of Python.
    if "among" in given:
        return given["among"][int(chance.random() * len(given["among"]))]
    low, step = given["low"], given["step"]
    count = int((given["high"] - low) / step + 1e-9) + 1
    return round(low + step * int(chance.random() * count), 10)


def all_values(entry: dict, drawn: Values) -> Values:
    """Return the values that were drawn and those computed from them, in the file's order.

    Raises
    ------
    TemplateError
        If one cannot be computed.
    """
    values: Values = {}
    for name, given in entry["values"].items():
        values[name] = drawn[name] if isinstance(given, dict) else _computed(name, given, values)
    return values


def _computed(name: str, expression: object, values: Values) -> Value:
    try:
        return evaluate(str(expression), values)
    except ExpressionError as error:
        raise TemplateError(f"values, {name}", f"{error}{_where(values)}") from None


def _where(values: Values) -> str:
    told = ", ".join(f"{name} = {value}" for name, value in values.items())
    return f", with {told}; a condition in where can keep these from being drawn" if told else ""


def flaw_of(entry: dict, drawn: Values) -> str | None:
    """Say why values do not make a sound question; None where they do.

    They do where every condition holds, all options differ as they are shown, and no typical wrong
    number is taken for the right one or for another.

    Raises
    ------
    TemplateError
        If something cannot be computed.
    """
    try:
        values = all_values(entry, drawn)
    except TemplateError:
        # A condition may be there to keep this from being computed.
        if any(_fails(condition, drawn) for condition in entry.get("where", ())):
            return "a condition in where does not hold"
        raise
    for condition in entry.get("where", ()):
        if not _evaluate("where", condition, values):
            return f"{condition} does not hold"
    shown = [as_compared(text) for text in _options(entry, values)]
    for place, text in enumerate(shown):
        if text in shown[:place]:
            return f"options {'abcdefgh'[shown.index(text)]} and {'abcdefgh'[place]} are the same"
    return _touching(entry, values)


def _fails(condition: str, drawn: Values) -> bool:
    try:
        return not evaluate(condition, drawn)
    except ExpressionError:
        return False


def _options(entry: dict, values: Values) -> list[str]:
    return [fill("options", one["text"], values) for one in entry.get("options", ())]


def as_compared(text: str) -> str:
    """Return an option as it is compared with others: 0.50 and `0.5` are the same number."""
    text = NUMBER.sub(lambda found: f"{float(found[0]):g}", text.replace("\N{MINUS SIGN}", "-"))
    return re.sub(r"[`\s]+", " ", text).strip()


def _touching(entry: dict, values: Values) -> str | None:
    """Say which typical wrong numbers, given by `at`, cannot be told apart."""
    if "answer" not in entry:
        return None
    plain = fill_numbers(entry, values)
    key, tolerance = plain["answer"], plain["tolerance"]
    ranges = [("the answer", key - tolerance, key + tolerance)]
    for place, (raw, one) in enumerate(zip(entry.get("wrong", ()), plain["wrong"], strict=True), 1):
        if "at" in raw:
            for other, low, high in ranges:
                if one["low"] <= high and one["high"] >= low:
                    return f"wrong number {place} is that of {other}"
        ranges.append((f"number {place}", one["low"], one["high"]))
    return None


# --- filling in -----------------------------------------------------------------------------------


def filled(entry: dict, drawn: Values) -> dict:
    """Return the plain question that a template makes with values, as a file would have it.

    Raises
    ------
    TemplateError
        If something cannot be computed.
    """
    values = all_values(entry, drawn)
    plain = fill_numbers(entry, values)
    for field in TEXTS:
        if field in entry:
            plain[field] = fill(field, entry[field], values)
    for field in ("options", "wrong"):
        if field in entry:
            plain[field] = [
                {name: _text(field, name, part, values) for name, part in one.items()}
                for one in plain[field]
            ]
    if "mistakes" in entry:
        plain["mistakes"] = [fill("mistakes", one, values) for one in entry["mistakes"]]
    return plain


def _text(field: str, name: str, part: object, values: Values) -> object:
    return fill(field, part, values) if name in ("text", "why") else part


def fill_numbers(entry: dict, values: Values) -> dict:
    """Return a question whose numbers are filled in, and whose texts are not yet."""
    plain = {name: given for name, given in entry.items() if name not in ("values", "where")}
    for field in ("answer", "tolerance"):
        if field in plain:
            plain[field] = _number(field, plain[field], values)
    if "answer" in plain or "wrong" in plain:
        plain["wrong"] = [_range(one, plain, values) for one in entry.get("wrong", ())]
    return plain


def _range(one: dict, plain: dict, values: Values) -> dict:
    if "at" in one:
        at = _number("wrong", one["at"], values)
        within = _number("wrong", one.get("within", plain.get("tolerance", 0)), values)
        ends = {"low": at - within, "high": at + within}
    else:
        ends = {end: _number("wrong", one[end], values) for end in ("low", "high")}
    return {**ends, "why": one["why"]}


def _number(field: str, given: object, values: Values) -> float:
    number = _evaluate(field, given, values) if isinstance(given, str) else given
    if isinstance(number, bool) or not isinstance(number, (int, float)):
        raise TemplateError(field, f"{given!r} gives {number!r}, and a number is wanted")
    return number


def _evaluate(field: str, expression: str, values: Values) -> Value:
    try:
        return evaluate(expression, values)
    except ExpressionError as error:
        raise TemplateError(field, f"{error}{_where(values)}") from None


def fill(field: str, text: str, values: Values) -> str:
    """Fill in one text; a negative number gets a minus sign in prose and a hyphen in code.

    Raises
    ------
    TemplateError
        If something cannot be computed, or a brace stands alone.
    """
    code = [span.span() for span in CODE.finditer(text)]
    parts, done = [], 0
    for hole in HOLE.finditer(text):
        inside = field == "computed" or any(low <= hole.start() < high for low, high in code)
        told = _told(field, hole[1], values)
        parts += [
            text[done : hole.start()],
            told if inside else told.replace("-", "\N{MINUS SIGN}"),
        ]
        done = hole.end()
    whole = "".join([*parts, text[done:]])
    if "{{" in whole or (field != "computed" and re.search(r"[{}]", CODE.sub("", whole))):
        raise TemplateError(field, "a brace stands alone: a value is written {{name}}")
    return whole


def holes(text: str, values: Values) -> Iterator[str]:
    """Yield what is filled into a text, place by place, but for what only a machine prints."""
    for hole in HOLE.finditer(text):
        if not hole[1].startswith("float32("):
            yield _told("prompt", hole[1], values)


def _told(field: str, hole: str, values: Values) -> str:
    expression, colon, form = hole.rpartition(":")
    if not colon or "'" in form:  # a colon inside a text
        expression, form = hole, ""
    if not FORM.fullmatch(form.strip()):
        raise TemplateError(
            field, f"{{{{{hole}}}}} ends in {form!r}, and not in a form such as .3f"
        )
    value = _evaluate(field, expression, values)
    row = value if isinstance(value, list) else [value]
    return ", ".join(_number_told(field, one, form.strip()) for one in row)


def _number_told(field: str, value: Value, form: str) -> str:
    if isinstance(value, str):
        return value
    try:
        told = format(value, form or ("" if isinstance(value, int) else ".10g"))
    except (ValueError, TypeError):
        raise TemplateError(field, f"{value!r} cannot be written in the form {form}") from None
    return told.removeprefix("-") if re.fullmatch(r"-0(\.0*)?", told) else told
