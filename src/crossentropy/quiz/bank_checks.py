"""What is wrong with a file of the bank: one sentence for its author, naming question and field."""

from __future__ import annotations

from collections.abc import Iterator
import difflib
from functools import lru_cache
import json
from pathlib import Path
import re

from crossentropy.data_folder import data_folder
from crossentropy.quiz import former, template_checks
from crossentropy.quiz.question import LETTERS, BankError, number_of

DIFFICULTIES = {
    "practice": ("easy", "medium", "hard"),
    "recall": ("easy", "medium", "hard"),
    "predict": ("easy", "medium", "hard"),
    "challenge": ("intermediate", "advanced", "expert"),
}
# A prediction is made before the run that answers it, so nothing has to be explained with it.
EXPLAINED = (
    "kind",
    "difficulty",
    "objective",
    "section",
    "hint",
    "steps",
    "quick_check",
    "mistakes",
)


def complaints(raw: object, path: Path) -> Iterator[str]:
    """Return what is wrong with a file's content: 'question X, field Y: …', no full stop."""
    complaint = _schema_complaint(raw)
    if complaint:
        yield complaint
        return
    if raw["lesson"] != path.name.split(".")[0]:
        yield f"field lesson: it says {raw['lesson']!r}, but the file is named {path.stem!r}"
    seen = set()
    for entry in raw["questions"]:
        for field, what in _entry_complaints(entry, raw["lesson"]):
            yield f"question {entry['id']}, field {field}: {what}"
        if entry["id"] in seen:
            yield f"question {entry['id']}, field id: another question of this file has the same id"
        seen.add(entry["id"])


def _entry_complaints(entry: dict, lesson: str) -> Iterator[tuple[str, str]]:
    found = [*template_checks.complaints(entry)]
    if found:
        yield from found
    else:
        yield from _question_complaints(template_checks.plain(entry), lesson)


def _question_complaints(entry: dict, lesson: str) -> Iterator[tuple[str, str]]:
    if number_of(entry["id"]) != number_of(lesson):
        yield "id", f"it must start with the number of its lesson, {number_of(lesson)}-"
    if entry["id"] in former.QUESTIONS:
        yield "id", "a question had it in an earlier release, and answers are recorded under it"
    judged = entry["use"] != "predict"
    if judged:
        for field in EXPLAINED:
            if field not in entry:
                yield field, f"it is missing; a {entry['use']} question needs one"
    allowed = DIFFICULTIES[entry["use"]]
    if "difficulty" in entry and entry["difficulty"] not in allowed:
        yield "difficulty", f"a {entry['use']} question is {_any_of(allowed)}"
    for field in ("time_limit", "attempts"):
        if (field in entry) != (entry["use"] == "challenge"):
            yield field, "every challenge question needs one, and no other question has one"
    yield from (_number_complaints if entry["type"] == "number" else _option_complaints)(
        entry, judged
    )
    for field, text in _texts(entry):
        if re.search(r"[^\S\n ]|[\x00-\x09\x0b-\x1f\x7f]", text):
            yield (
                field,
                "it holds a control character, such as a tab; in YAML, write maths with a "
                "backslash in single quotes or after |, not in double quotes",
            )


def _option_complaints(entry: dict, judged: bool) -> Iterator[tuple[str, str]]:
    ordering = entry["type"] == "order"
    for field in ("answer", "tolerance", "wrong", "otherwise", "slider"):
        if field in entry:
            yield field, "it belongs to number questions only, and this one has options"
    if ordering and not judged:
        yield "type", "a prediction is a choice or a number, not an ordering"
    if ("why" in entry) != ordering:
        yield "why", "an ordering needs one; where options are chosen, each option has its own"
    options = entry.get("options")
    if options is None:
        yield "options", f"it is missing; a {entry['type']} question needs at least two"
        return
    texts = [option["text"].strip() for option in options]
    if len(set(texts)) < len(texts):
        yield "options", "two options have the same text"
    for letter, option in zip(LETTERS, options, strict=False):
        if judged and "why" not in option:
            yield "options", f"option {letter} lacks its why, the explanation of this option"
    places = [option.get("place") for option in options]
    if ordering:
        if sorted(place or 0 for place in places) != [*range(1, len(places) + 1)]:
            yield "options", f"each needs a place of its own, from 1 to {len(places)}"
        elif places == sorted(places):
            yield "options", "they are shown in the right order already: list them otherwise"
    elif any(places):
        yield "options", "a place belongs to an ordering only"
    decided = any(option.keys() & {"low", "high", "correct"} for option in options)
    if not judged and not decided:
        yield (
            "options",
            "nothing says which came true: mark one with correct: true, or give low and high, "
            "for the number of a run",
        )
    if (judged or ordering) and any("low" in option or "high" in option for option in options):
        yield "options", "low and high belong to predictions only, which a run decides"
    right = sum(option.get("correct", False) for option in options)
    if ordering and right:
        yield "options", "an ordering has places, not correct: true"
    elif entry["type"] == "choice" and (right > 1 or (judged and right == 0)):
        yield "options", f"exactly one must have correct: true, and {right} have"
    elif entry["type"] == "several" and not 0 < right < len(options):
        yield "options", "some must have correct: true, and some not"


def _number_complaints(entry: dict, judged: bool) -> Iterator[tuple[str, str]]:
    if "options" in entry:
        yield "options", "it belongs to choice questions only, and this asks for a number"
    if judged:
        for field in ("answer", "tolerance", "why", "otherwise"):
            if field not in entry:
                yield field, "it is missing; a number question needs one"
    slider = entry.get("slider")
    if slider and judged:
        yield "slider", "a slider is for predictions only; whoever drags it can hit a key by luck"
    if slider and slider["low"] >= slider["high"]:
        yield "slider", f"the range from {slider['low']} to {slider['high']} is empty"
    for one in entry.get("wrong", ()):
        if one["low"] > one["high"]:
            yield "wrong", f"the range from {one['low']} to {one['high']} is empty"
        elif "answer" in entry and one["low"] <= entry["answer"] <= one["high"]:
            yield "wrong", f"the range from {one['low']} to {one['high']} holds the right answer"


def _texts(entry: dict) -> Iterator[tuple[str, str]]:
    """Every text of a question that a learner sees, with the name of its field."""
    for field in ("prompt", "why", "otherwise", "hint", "steps", "quick_check"):
        yield field, entry.get(field, "")
    for one in entry.get("options", ()):
        yield "options", one["text"] + one.get("why", "")
    for one in entry.get("wrong", ()):
        yield "wrong", one["why"]
    for text in entry.get("mistakes", ()):
        yield "mistakes", text


# --- the schema, told in sentences ----------------------------------------------------------------

_TYPES = {
    "string": "text (put it in quotes if YAML reads it as something else)",
    "number": "a number (YAML needs a dot and a sign in powers of ten: 1.0e-7)",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping of names to values",
}


@lru_cache(maxsize=4)
def _validator(schema_path: Path):
    # fastjsonschema, because jsonschema takes over a second to import beside a full Jupyter.
    import fastjsonschema

    try:
        schema = json.loads(schema_path.read_text(encoding="utf-8"))
        return fastjsonschema.compile(schema, use_default=False)
    except (OSError, ValueError, fastjsonschema.JsonSchemaDefinitionException):
        raise BankError(
            "data/questions/schema.json is missing or broken: restore it from the project."
        ) from None


def _schema_complaint(raw: object) -> str | None:
    from fastjsonschema import JsonSchemaValueException

    try:
        _validator(data_folder() / "questions" / "schema.json")(raw)
    except JsonSchemaValueException as error:
        return f"{_where(error.path[1:], raw)}{_what(error)}"
    return None


def _where(steps: list, raw: object) -> str:
    """'question 01-a, field options: ' from the path of a schema error."""
    if steps[:1] == ["questions"] and len(steps) > 1:
        entry = raw["questions"][int(steps[1])]
        told = entry.get("id") if isinstance(entry, dict) else None
        place = f"question {told if isinstance(told, str) else 'number ' + str(int(steps[1]) + 1)}"
        rest = steps[2:]
    else:
        place, rest = "", steps
    field = ""
    for step in rest:
        if str(step).isdigit():
            field += f" {LETTERS[int(step)] if rest[0] == 'options' else int(step) + 1}"
        else:
            field += f", {step}" if field else str(step)
    told = ", ".join(part for part in (place, f"field {field}" if field else "") if part)
    return f"{told}: " if told else "at the top: "


def _what(error) -> str:
    definition = error.rule_definition
    if error.rule == "required":
        missing = [name for name in definition if name not in error.value]
        return f"{missing[0]} is missing"
    if error.rule == "additionalProperties":
        known = error.definition["properties"]
        stranger = next(name for name in error.value if name not in known)
        near = difflib.get_close_matches(str(stranger), known, n=1)
        return f"{stranger!r} is not a field here" + (f"; did you mean {near[0]!r}" if near else "")
    if error.rule == "enum":
        return f"{error.value!r} is not one of {_any_of(definition)}"
    if error.rule == "type":
        kinds = [definition] if isinstance(definition, str) else definition
        return f"it must be {' or '.join(_TYPES[kind] for kind in kinds)}"
    if error.rule == "pattern":
        if definition == r"\S":
            return "it is empty"
        return f"{error.value!r} must be lower-case words joined by hyphens" + (
            ", after two digits, as in 01-what-it-measures" if "{2}" in definition else ""
        )
    if error.rule in ("minItems", "maxItems"):
        bound = "at least" if error.rule == "minItems" else "at most"
        return f"it needs {bound} {definition} entries"
    return f"it must be {error.rule} {definition}"


def _any_of(values) -> str:
    *most, last = values
    return f"{', '.join(most)} or {last}" if most else str(last)
