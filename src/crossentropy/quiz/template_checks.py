"""What is wrong with a template: for its author, and for every draw that a learner may get."""

from __future__ import annotations

from collections.abc import Iterator
import keyword
import re

from crossentropy.quiz import template
from crossentropy.quiz.expressions import FUNCTIONS
from crossentropy.quiz.template import TemplateError

DRAWS = 200
FEWEST = 10  # different questions among so many draws
# What can be worked with by hand: so many digits of a number in a task, and in what explains it.
TASK, EXPLAINED = 4, 5
Complaints = Iterator[tuple[str, str]]


def complaints(entry: dict) -> Complaints:
    """Yield field and fault of what is wrong with a question as a template, or as none."""
    found = [*_ranges(entry)]
    if found or "values" not in entry:
        yield from found or _none(entry)
        return
    if entry["use"] == "predict":
        yield "values", "a prediction is settled by the run of its lesson, and has no other numbers"
    found = [*_values(entry["values"])]
    yield from found
    if found:
        return
    yield from _unused(entry)
    try:
        drawn = template.first_values(entry)
        flaw = template.flaw_of(entry, drawn)
        template.filled(entry, drawn)
    except TemplateError as error:
        yield error.field, error.what
        return
    if flaw:
        yield "values", f"the first values make no sound question: {flaw}"


def plain(entry: dict) -> dict:
    """Return a sound entry as a plain question: a template with its first values."""
    return template.filled(entry, template.first_values(entry)) if "values" in entry else entry


def _ranges(entry: dict) -> Complaints:
    for one in entry.get("wrong", ()):
        ends = one.keys() & {"low", "high", "at", "within"}
        if ends not in ({"low", "high"}, {"at"}, {"at", "within"}):
            missing = {"low", "high"} - ends
            yield (
                "wrong",
                f"{min(missing)} is missing; a wrong number has low and high, or at (and within)"
                if "at" not in ends and missing
                else "a wrong number has low and high, or at (and within), not both",
            )


def _none(entry: dict) -> Complaints:
    if "where" in entry:
        yield "where", "it is for a question with values, and this one has none"
    for field in ("answer", "tolerance"):
        if isinstance(entry.get(field), str):
            yield (
                field,
                "it must be a number (YAML needs a dot and a sign in powers of ten: 1.0e-7); it is "
                "computed only in a question with values",
            )
    for one in entry.get("wrong", ()):
        if any(isinstance(one.get(end), str) for end in ("low", "high", "at", "within")):
            yield "wrong", "its ends must be numbers; only a question with values computes them"
        elif "at" in one:
            yield "wrong", "at is for a question with values; give low and high here"


def _values(values: dict) -> Complaints:
    for name, given in values.items():
        if not isinstance(name, str) or not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            yield (
                "values",
                f"{name!r} is no name for a value: take lower-case letters (not true or no)",
            )
        elif name in FUNCTIONS or keyword.iskeyword(name):
            yield f"values, {name}", "the name is taken by a function or a word of Python"
        elif isinstance(given, dict):
            yield from ((f"values, {name}", what) for what in _source(given))
    if not any(isinstance(given, dict) for given in values.values()):
        yield "values", "none is drawn: give one a first, and low, high and step, or among"


def _source(given: dict) -> Iterator[str]:
    if "first" not in given:
        yield "first is missing: the value in the lesson, which counts for points"
    if given.keys() - {"first"} not in ({"among"}, {"low", "high", "step"}):
        yield "it is drawn from low, high and step, or from among, a list"
    elif "among" not in given and given["low"] + given["step"] > given["high"] + 1e-9:
        yield f"there is no step of {given['step']} from {given['low']} to {given['high']}"


def _unused(entry: dict) -> Complaints:
    told = repr({name: part for name, part in entry.items() if name != "where"})
    for name in entry["values"]:
        if len(re.findall(rf"\b{name}\b", told)) < 2:
            yield (
                f"values, {name}",
                "it stands nowhere in the question: write it as {{" + name + "}}",
            )


# --- every draw -----------------------------------------------------------------------------------


def proof(entry: dict, draws: int = DRAWS) -> Complaints:
    """Yield what is wrong with any of so many draws of a sound template; once for a field.

    Each draw has one right option (or number), options that differ as shown, numbers that are short
    enough to work with by hand, and no brace that is not filled in.
    """
    seen, told = set(), set()
    for number in range(draws):
        try:
            drawn = template.draw_values(entry, f"proof {number}")
            found = [] if repr(drawn) in seen else [*_draw(entry, drawn)]
            seen.add(repr(drawn))
        except TemplateError as error:
            found = [(error.field, error.what)]
        for field, what in found:
            if field not in told:
                told.add(field)
                yield field, what
    if len(seen) < FEWEST and not told:
        yield "values", f"{draws} draws make only {len(seen)} questions: widen the ranges"


def _draw(entry: dict, drawn: template.Values) -> Complaints:
    question = template.filled(entry, drawn)
    values = ", ".join(f"{name} = {value}" for name, value in drawn.items())
    right = sum(option.get("correct", False) for option in question.get("options", ()))
    if question["type"] == "choice" and right != 1:
        yield "options", f"{right} are right with {values}"
    shown = [template.as_compared(option["text"]) for option in question.get("options", ())]
    if len(set(shown)) < len(shown):
        yield "options", f"two are the same with {values}"
    everything = template.all_values(entry, drawn)
    for field, text, most in _shown(entry):
        for told in template.holes(text, everything):
            for number in template.NUMBER.findall(told):
                digits = number.replace(".", "").lstrip("-0").rstrip("0")
                if len(digits) > most or len(number) > 9:
                    yield field, f"{number} is too long to work with by hand, with {values}"


def _shown(entry: dict) -> Iterator[tuple[str, str, int]]:
    """Yield every text of a question that a learner sees, and how many digits it may have."""
    for field in ("prompt", "hint", "why", "otherwise", "steps", "quick_check"):
        if field in entry:
            yield field, entry[field], TASK if field == "prompt" else EXPLAINED
    for one in entry.get("options", ()):
        yield "options", one["text"], TASK
        yield "options", one.get("why", ""), EXPLAINED
    for one in entry.get("wrong", ()):
        yield "wrong", one["why"], EXPLAINED
    for text in entry.get("mistakes", ()):
        yield "mistakes", text, EXPLAINED
