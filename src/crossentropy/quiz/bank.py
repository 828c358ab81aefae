"""The question bank: data/questions/<lesson>.yaml, read, checked and handed out by question id.

Challenge questions come from <lesson>.sealed.json beside it, see `crossentropy.quiz.sealed`.

A question id starts with the number of its lesson (``01-what-it-measures``), so that one question
costs the reading of one file. A parsed file is kept until it changes on disk.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
import difflib
from functools import lru_cache
import json
from pathlib import Path
import re

from crossentropy.data_folder import data_folder
from crossentropy.quiz import former, sealed
import yaml

LETTERS = "abcdefgh"
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


class BankError(Exception):
    """Something is wrong with the question bank, or a question that it lacks was asked for.

    The message is one sentence for a person; a notebook shows it without a traceback.
    """

    def _render_traceback_(self) -> list[str]:
        # IPython's own hook: the sentence says all that a learner or an author can act on.
        return [f"{type(self).__name__}: {self}"]


@dataclass(frozen=True)
class Option:
    """One option: its markdown text, what to say to whoever picks it, and whether it is right.

    `place` is the right place of a step in an ordering, from 1; 0 elsewhere. Where a run decides a
    prediction, the option comes true for a number from `low` to `high`; None is no end.
    """

    text: str
    why: str = ""
    correct: bool = False
    place: int = 0
    low: float | None = None
    high: float | None = None

    def holds(self, number: float) -> bool:
        """Whether this option came true when a run gave `number`; False where no run decides."""
        if self.low is None and self.high is None:
            return False
        return (self.low is None or number >= self.low) and (
            self.high is None or number <= self.high
        )


@dataclass(frozen=True)
class Slider:
    """The range of a slider that gives a number."""

    low: float
    high: float
    step: float


@dataclass(frozen=True)
class Range:
    """What to say to a wrong number between `low` and `high`, both included."""

    low: float
    high: float
    why: str


@dataclass(frozen=True)
class Objective:
    """What a lesson teaches: what the learner can do then, and the heading that teaches it."""

    goal: str
    section: str = ""


@dataclass(frozen=True)
class Question:
    """One question of the bank; the fields are those of data/questions/schema.json."""

    id: str
    lesson: str
    use: str
    type: str
    prompt: str
    kind: str = ""
    difficulty: str = ""
    objective: str = ""
    section: str = ""
    taught_in: str = ""
    options: tuple[Option, ...] = ()
    answer: float | None = None
    tolerance: float = 0.0
    why: str = ""
    slider: Slider | None = None
    wrong: tuple[Range, ...] = ()
    otherwise: str = ""
    hint: str = ""
    steps: str = ""
    quick_check: str = ""
    mistakes: tuple[str, ...] = ()
    computed: str = ""
    time_limit: int | None = None
    attempts: int | None = None

    @property
    def letters(self) -> str:
        """The letters of the options, in order; empty for a number question."""
        return LETTERS[: len(self.options)]

    @property
    def key(self) -> str | float | None:
        """The right answer: letters in the form `marking.read_answer` gives them, or the number."""
        if self.type == "number":
            return self.answer
        lettered = list(zip(self.letters, self.options, strict=True))
        if self.type == "order":
            return "".join(letter for letter, _ in sorted(lettered, key=lambda one: one[1].place))
        return "".join(letter for letter, option in lettered if option.correct) or None


def folder() -> Path:
    """Folder of the bank's files."""
    return data_folder() / "questions"


def lessons() -> tuple[str, ...]:
    """Names of the lessons that have a file in the bank, sorted.

    Raises
    ------
    BankError
        If there is no bank.
    """
    found = tuple(sorted(path.stem for path in folder().glob("*.yaml")))
    if not found:
        raise BankError(
            f"The question bank is missing: there is no .yaml file in {folder()}; "
            "get the folder data/questions of this project again."
        )
    return found


def questions(lesson: str) -> tuple[Question, ...]:
    """All questions of one lesson, in the order of its file.

    Parameters
    ----------
    lesson : str
        Name of the lesson, for instance ``01-loss-definition``.

    Raises
    ------
    BankError
        If the lesson has no file, or its file is broken: one sentence that names the file, the
        question and the field.
    """
    return tuple(_of(_file(lesson)).questions.values())


def title(lesson: str) -> str:
    """Title of a lesson; its name where the bank has none."""
    return _of(_file(lesson)).title


def objective(lesson: str, word: str) -> Objective:
    """The objective that questions of a lesson name with a word; without a section if unknown."""
    return _of(_file(lesson)).objectives.get(word, Objective(word))


def _file(lesson: str) -> Path:
    path = folder() / f"{lesson}.yaml"
    if not path.is_file():
        raise BankError(
            f"There are no questions for lesson {lesson!r}: "
            f"the bank has files for {', '.join(lessons())}."
        )
    return path


def _of(path: Path) -> _Lesson:
    """The content of a lesson's files, parsed anew when one of them has changed."""
    sealed = path.with_suffix(".sealed.json")
    return _parsed(path, sealed, _stamp(path), _stamp(sealed))


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def question(question_id: str) -> Question:
    """One question.

    Parameters
    ----------
    question_id : str
        For instance ``01-what-it-measures``; an id of an earlier release (`former`) finds it too.

    Raises
    ------
    BankError
        If there is no such question (the sentence offers the nearest id), no bank, or a broken one.
    """
    if isinstance(question_id, str):
        question_id = former.QUESTIONS.get(question_id, question_id)
        for path in folder().glob(f"{_number(question_id)}-*.yaml"):
            known = _of(path).questions
            if question_id in known:
                return known[question_id]
    raise BankError(_unknown(question_id))


def problems() -> list[str]:
    """Check every file of the bank; one sentence a broken file, none when all is well.

    Raises
    ------
    BankError
        If there is no bank.
    """
    found = []
    for lesson in lessons():
        try:
            questions(lesson)
        except BankError as error:
            found.append(str(error))
    return found


def _number(question_id: str) -> str:
    """The two digits that an id or a lesson name starts with; nothing special to glob passes."""
    match = re.match(r"\d\d(?=-)", question_id)
    return match.group() if match else "none"


def _unknown(question_id: object) -> str:
    known = [one.id for lesson in lessons() for one in questions(lesson)]
    near = difflib.get_close_matches(str(question_id), known, n=1, cutoff=0.5)
    advice = f"did you mean {near[0]!r}?" if near else "see the files in data/questions."
    return f"There is no question {question_id!r} in the bank; {advice}"


# --- reading one file -----------------------------------------------------------------------------


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Safe YAML that refuses a key given twice (plain YAML would keep the last without a word)."""

    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        for position, key in enumerate(keys):
            if key in keys[:position]:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key!r} is given twice", node.value[position][0].start_mark
                )
        return super().construct_mapping(node, deep=deep)


@dataclass(frozen=True)
class _Lesson:
    questions: dict[str, Question]
    title: str
    objectives: dict[str, Objective]


@lru_cache(maxsize=64)
def _parsed(path: Path, sealed: Path, _stamp, stamp_of_sealed) -> _Lesson:
    """Questions of one lesson. The stamps only make a changed file a new entry."""
    raw = _checked(path, _name(path))
    found = {entry["id"]: _question(raw["lesson"], entry) for entry in raw["questions"]}
    if stamp_of_sealed is not None:
        found |= _unsealed(sealed)
    objectives = {word: Objective(**one) for word, one in raw.get("objectives", {}).items()}
    return _Lesson(found, raw.get("title", raw["lesson"]), objectives)


def read_file(path: Path) -> list[dict]:
    """Read and check a teacher's file of the bank's form that lies elsewhere.

    Parameters
    ----------
    path : Path
        Its name begins with that of the lesson, and a dot.

    Returns
    -------
    list of dict
        The questions as they stand in the file.

    Raises
    ------
    BankError
        One sentence that names the file, the question and the field.
    """
    return _checked(path, f"{path.parent.name}/{path.name}")["questions"]


def _checked(path: Path, name: str) -> dict:
    try:
        raw = yaml.load(path.read_bytes(), _Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f", line {mark.line + 1}" if mark else ""
        raise BankError(f"{name}{place}: {error.problem}; this is not valid YAML.") from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise BankError(
            f"{name}: this is not a YAML text file in UTF-8; restore it from the project."
        ) from None
    except OSError as error:
        raise BankError(f"{name} cannot be read: {error.strerror}.") from None
    for complaint in _complaints(raw, path):
        raise BankError(f"{name}, {complaint}.")
    return raw


def _unsealed(path: Path) -> dict[str, Question]:
    try:
        lesson, entries = sealed.unseal(path.read_bytes())
        return {entry["id"]: _question(lesson, entry) for entry in entries}
    except (OSError, ValueError, TypeError, KeyError):
        raise BankError(
            f"{_name(path)} is damaged: restore it from the project "
            "(a teacher: make it again with make release)."
        ) from None


def _name(path: Path) -> str:
    return f"data/questions/{path.name}"


def _question(lesson: str, entry: dict) -> Question:
    fields = {"taught_in": lesson, **entry, "lesson": lesson}
    fields["options"] = tuple(Option(**option) for option in entry.get("options", ()))
    if "slider" in entry:
        fields["slider"] = Slider(**entry["slider"])
    fields["wrong"] = tuple(Range(**one) for one in entry.get("wrong", ()))
    fields["mistakes"] = tuple(entry.get("mistakes", ()))
    return Question(**fields)


# --- checks ---------------------------------------------------------------------------------------


def _complaints(raw: object, path: Path) -> Iterator[str]:
    """What is wrong with the content of one file: 'question X, field Y: …', without a full stop."""
    complaint = _schema_complaint(raw)
    if complaint:
        yield complaint
        return
    if raw["lesson"] != path.name.split(".")[0]:
        yield f"field lesson: it says {raw['lesson']!r}, but the file is named {path.stem!r}"
    seen = set()
    for entry in raw["questions"]:
        for field, what in _question_complaints(entry, raw["lesson"]):
            yield f"question {entry['id']}, field {field}: {what}"
        if entry["id"] in seen:
            yield f"question {entry['id']}, field id: another question of this file has the same id"
        seen.add(entry["id"])


def _question_complaints(entry: dict, lesson: str) -> Iterator[tuple[str, str]]:
    if _number(entry["id"]) != _number(lesson):
        yield "id", f"it must start with the number of its lesson, {_number(lesson)}-"
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
        return f"it must be {_TYPES[definition]}"
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
