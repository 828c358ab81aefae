"""A question of the bank and its parts, and the error of whoever asks for one that is not there."""

from __future__ import annotations

from dataclasses import dataclass, field
import re

LETTERS = "abcdefgh"


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
    """One question of the bank; the fields are those of data/questions/schema.json.

    A question with `values` in its file has a `template`, which is what stands there. The seed is
    empty where its values are the first ones, with which its lesson shows it.
    """

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
    seed: str = ""
    values: dict = field(default_factory=dict, compare=False)
    template: dict | None = field(default=None, compare=False, repr=False)

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


def from_entry(lesson: str, entry: dict, **more: object) -> Question:
    """Make a question of what its file says; `more` are fields that no file has."""
    fields = {"taught_in": lesson, **entry, **more, "lesson": lesson}
    fields["options"] = tuple(Option(**option) for option in entry.get("options", ()))
    if "slider" in entry:
        fields["slider"] = Slider(**entry["slider"])
    fields["wrong"] = tuple(Range(**one) for one in entry.get("wrong", ()))
    fields["mistakes"] = tuple(entry.get("mistakes", ()))
    return Question(**fields)


def number_of(question_id: str) -> str:
    """Return the two digits that an id or a lesson name starts with; nothing special to glob."""
    match = re.match(r"\d\d(?=-)", question_id)
    return match.group() if match else "none"
