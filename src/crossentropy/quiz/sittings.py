"""Sittings: questions answered one after another under rules, in the challenge and in the test.

A sitting lives in responses.json and nowhere else, so that a kernel that starts again, or a second
tab, finds it as it stands, the clock included: a question's time runs from the moment at which it
was first shown, whatever happened since.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
import random

from crossentropy import own_folder
from crossentropy.quiz import bank, marking, responses

DRAWN = {"easy": 3, "medium": 4, "hard": 3}


@dataclass(frozen=True)
class Rules:
    """What a sitting is called, and how often one may try; None: as each question says."""

    name: str
    title: str
    tries: int | None = None

    def tries_at(self, question: bank.Question) -> int:
        """How many answers to a question are taken."""
        return self.tries or question.attempts or 1


CHALLENGE = Rules("challenge", "Challenge")
TEST = Rules("test", "Ten-question test", tries=2)
ALL = {rules.name: rules for rules in (CHALLENGE, TEST)}


@dataclass(frozen=True)
class Standing:
    """How a question of a sitting stands.

    `outcome` is waiting (not shown yet), open, right, wrong (no try left) or late (no time left);
    `seconds_left` is None where no clock runs.
    """

    outcome: str
    answers: tuple[str | float, ...] = ()
    tries_left: int = 0
    seconds_left: float | None = None

    @property
    def closed(self) -> bool:
        """Whether no more answer is taken."""
        return self.outcome in ("right", "wrong", "late")


@dataclass(frozen=True)
class Sitting:
    """One sitting, read from the file: questions in order, when each was shown, and the answers."""

    rules: Rules
    number: int
    questions: tuple[bank.Question, ...]
    opened: dict[str, datetime]
    attempts: dict[str, list[tuple[datetime, str | float]]]

    def standing(self, question: bank.Question, key: object = None) -> Standing:
        """Return how a question stands now.

        Parameters
        ----------
        question : Question
            One of this sitting's.
        key : optional
            The right answer, in place of the bank's.
        """
        if question.id not in self.opened:
            return Standing("waiting", tries_left=self.rules.tries_at(question))
        begun, allowed = self.opened[question.id], self.rules.tries_at(question)
        limit = question.time_limit
        answers = []
        for moment, given in self.attempts.get(question.id, ())[:allowed]:
            if limit is not None and (moment - begun).total_seconds() > limit:
                break
            answers.append(given)
            right = marking.judge(question, given).right if key is None else given == key
            if right:
                return Standing("right", tuple(answers))
        left = None
        if limit is not None:
            left = limit - (datetime.now(UTC) - begun).total_seconds()
        if len(answers) >= allowed:
            return Standing("wrong", tuple(answers))
        if left is not None and left <= 0:
            return Standing("late", tuple(answers), seconds_left=0.0)
        return Standing("open", tuple(answers), allowed - len(answers), left)

    @property
    def current(self) -> bank.Question | None:
        """The first question that is not closed, or None when the sitting is over."""
        return next((one for one in self.questions if not self.standing(one).closed), None)

    def right(self, key: dict[str, object] | None = None) -> int:
        """How many questions were answered right, by the bank or by a teacher's key."""
        return sum(
            self.standing(one, (key or {}).get(one.id)).outcome == "right" for one in self.questions
        )


def read(rules: Rules) -> tuple[list[Sitting], str | None]:
    """All sittings beside the notebook, oldest first, and one sentence if they cannot be had."""
    recorded, notice = responses.recorded()
    return of(recorded, rules), notice


def of(recorded: responses.Responses, rules: Rules) -> list[Sitting]:
    """The sittings in responses that were read; what cannot be one is passed over."""
    entries = recorded.sittings.get(rules.name, [])
    found = []
    for number, entry in enumerate(entries if isinstance(entries, list) else []):
        try:
            found.append(_sitting(rules, number, entry))
        except (KeyError, TypeError, ValueError, AttributeError, bank.BankError):
            continue
    return found


def _sitting(rules: Rules, number: int, entry: dict) -> Sitting:
    questions = tuple(bank.question(one) for one in dict.fromkeys(entry["questions"]))
    ids = [question.id for question in questions]
    if rules is CHALLENGE and sorted(ids) != sorted(one.id for one in challenge_questions()):
        raise ValueError("these are not the challenge's questions")
    opened = entry.get("opened", {})
    attempts = entry.get("attempts", {})
    return Sitting(
        rules,
        number,
        questions,
        {one.id: _moment(opened[one.id]) for one in questions if one.id in opened},
        {one.id: list(_answers(one, attempts[one.id])) for one in questions if one.id in attempts},
    )


def _answers(question: bank.Question, attempts: list[dict]):
    for attempt in attempts:
        try:
            given = marking.read_answer(question, attempt["answer"])
        except marking.AnswerError:
            continue
        yield _moment(attempt["time"]), given


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


# --- questions ------------------------------------------------------------------------------------


def challenge_questions() -> tuple[bank.Question, ...]:
    """The questions of the challenge, in their order."""
    found = [one for lesson in bank.lessons() for one in bank.questions(lesson)]
    return tuple(one for one in found if one.use == "challenge")


def draw(earlier: list[Sitting], chance: random.Random | None = None) -> list[bank.Question]:
    """Draw the questions of a test, easy ones first.

    Questions that earlier tests did not ask come before those that they did, and objectives that
    are not drawn yet before those that are; chance decides between equals.

    Parameters
    ----------
    earlier : list of Sitting
    chance : random.Random, optional
        By default one that nobody has seeded.
    """
    chance = chance or random.Random()
    asked = [one.id for sitting in earlier for one in sitting.questions]
    lessons = [lesson for lesson in bank.lessons() if not lesson.startswith("00")]
    pool = [
        one
        for lesson in lessons
        for one in bank.questions(lesson)
        if one.use == "practice"  # a recall question asks what another lesson teaches
    ]
    chance.shuffle(pool)
    drawn = []
    for difficulty, count in DRAWN.items():
        for _ in range(count):
            objectives = [(one.lesson, one.objective) for one in drawn]
            left = [one for one in pool if one.difficulty == difficulty and one not in drawn]
            if left:
                drawn.append(
                    min(
                        left,
                        key=lambda one: (
                            asked.count(one.id),
                            objectives.count((one.lesson, one.objective)),
                        ),
                    )
                )
    return drawn


def is_won(sitting: Sitting) -> bool:
    """Whether a challenge earns the badge: every question right."""
    return sitting.rules is CHALLENGE and sitting.right() == len(sitting.questions)


def is_whole(sitting: Sitting) -> bool:
    """Whether a test has as many questions of each difficulty as `draw` would give it."""
    return Counter(one.difficulty for one in sitting.questions) == DRAWN


# --- what happens ---------------------------------------------------------------------------------


def begin(rules: Rules, questions: list[bank.Question]) -> tuple[bool, str | None]:
    """Begin a sitting; the first question is not shown yet.

    Returns
    -------
    saved : bool
    notice : str or None
        One sentence for the learner, as `responses.change` returns it.
    """
    entry = {"questions": [one.id for one in questions], "begun": responses.now()}

    def append(recorded: responses.Responses) -> None:
        entries = recorded.sittings.setdefault(rules.name, [])
        if not isinstance(entries, list):
            raise responses.damaged()
        before = of(recorded, rules)
        # Another tab may have begun one in the meantime: it is the one to go on with.
        if not before or before[-1].current is None:
            entries.append(entry)

    return responses.change(append)


def open_question(sitting: Sitting, question: bank.Question) -> tuple[bool, str | None]:
    """Note that a question is shown now; the first such note holds, and starts its clock."""

    def note(recorded: responses.Responses) -> None:
        entry = _entry(recorded, sitting)
        entry.setdefault("opened", {}).setdefault(question.id, responses.now())

    return responses.change(note)


def answer(
    sitting: Sitting, question: bank.Question, given: str | float, seconds: float | None = None
) -> tuple[bool, str | None]:
    """Record an answer, unless the question is closed by now; results are those of `begin`."""
    # The time is taken before the standing is judged, so an answer that is taken is in time.
    attempt = {"answer": given, "time": responses.now(), "hints": 0, "seconds": seconds}

    def append(recorded: responses.Responses) -> None:
        entry = _entry(recorded, sitting)
        if _sitting(sitting.rules, sitting.number, entry).standing(question).outcome == "open":
            entry.setdefault("attempts", {}).setdefault(question.id, []).append(attempt)

    return responses.change(append)


def _entry(recorded: responses.Responses, sitting: Sitting) -> dict:
    try:
        entry = recorded.sittings[sitting.rules.name][sitting.number]
        _sitting(sitting.rules, sitting.number, entry)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        raise own_folder.OwnFileError(
            "responses.json no longer holds this sitting; run the cell again."
        ) from None
    return entry


# --- what it says ---------------------------------------------------------------------------------


def strength(sitting: Sitting) -> list[tuple[str, str, str]]:
    """Lesson, objective and strength of each objective that a sitting asked for, weakest first.

    A question is worth 1 when it was right at the first try and a half when it was right later.
    An objective is strong when all its questions are worth 1, shaky from a mean of a half, and
    else one to revise.
    """
    worth: dict[tuple[str, str], list[float]] = {}
    for question in sitting.questions:
        standing = sitting.standing(question)
        first = standing.outcome == "right" and len(standing.answers) == 1
        value = 1.0 if first else 0.5 * (standing.outcome == "right")
        worth.setdefault((question.lesson, question.objective), []).append(value)
    told = []
    for (lesson, objective), values in sorted(worth.items()):
        mean = sum(values) / len(values)
        name = "strong" if mean == 1 else "shaky" if mean >= 0.5 else "revise"
        told.append((lesson, objective, name))
    return sorted(told, key=lambda one: ("revise", "shaky", "strong").index(one[2]))
