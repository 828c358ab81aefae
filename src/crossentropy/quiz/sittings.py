"""Sittings: questions answered one after another under rules, in the challenge and in the test.

A sitting lives in responses.json and nowhere else, so that a kernel that starts again, or a second
tab, finds it as it stands, the clock included: a question's time runs from the moment at which it
was first shown, whatever happened since.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
import math
import time

from crossentropy.quiz import bank, draws, marking, responses
from crossentropy.quiz.question import BankError, Question
from crossentropy.quiz.shuffled import Shuffled, shuffled

# Seconds by which a clock may be put right without anybody wishing for more time.
_BACK = -5.0
_first_asked: dict[str, float] = {}

# How many questions of each difficulty a test asks.
DRAWN = {"easy": 3, "medium": 4, "hard": 3}


@dataclass(frozen=True)
class Rules:
    """What a sitting is called, how many attempts it takes, and whether one may bet on questions.

    Without a number of attempts, each question says its own.
    """

    name: str
    title: str
    attempts: int | None = None
    bets: bool = False

    def attempts_at(self, question: Question) -> int:
        """How many answers to a question are taken."""
        return self.attempts or question.attempts or 1


CHALLENGE = Rules("challenge", "Challenge")
TEST = Rules("test", "Ten-question test", attempts=2, bets=True)
ALL = {rules.name: rules for rules in (CHALLENGE, TEST)}


@dataclass(frozen=True)
class Standing:
    """How a question of a sitting stands.

    `outcome` is waiting (not shown yet), open, right, wrong (no attempt left) or late (no time
    left); `seconds_left` is None where no clock runs.
    """

    outcome: str
    answers: tuple[str | float, ...] = ()
    attempts_left: int = 0
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
    questions: tuple[Question, ...]
    opened: dict[str, datetime]
    attempts: dict[str, list[tuple[datetime, str | float]]]

    def standing(self, question: Question, key: object = None, waited: float = 0.0) -> Standing:
        """Return how a question stands now, or stood a while ago.

        Parameters
        ----------
        question : Question
            One of this sitting's.
        key : optional
            The right answer, in place of the bank's.
        waited : float, optional
            So many seconds ago.
        """
        if question.id not in self.opened:
            return Standing("waiting", attempts_left=self.rules.attempts_at(question))
        begun, allowed = self.opened[question.id], self.rules.attempts_at(question)
        limit = question.time_limit
        answers = []
        for moment, given in self.attempts.get(question.id, ())[:allowed]:
            if limit is not None and not _BACK <= (moment - begun).total_seconds() <= limit:
                break
            answers.append(given)
            right = marking.judge(question, given).right if key is None else given == key
            if right:
                return Standing("right", tuple(answers))
        left = None
        if limit is not None:
            passed = _seconds_since(begun, f"{self.rules.name} {self.number} {question.id}")
            left = limit - passed + waited
        if len(answers) >= allowed:
            return Standing("wrong", tuple(answers))
        if left is not None and left <= 0:
            return Standing("late", tuple(answers), seconds_left=0.0)
        return Standing("open", tuple(answers), allowed - len(answers), left)

    @property
    def current(self) -> Question | None:
        """The first question that is not closed, or None when the sitting is over."""
        return next((one for one in self.questions if not self.standing(one).closed), None)

    def shown(self, question: Question) -> Shuffled:
        """Return a question as this sitting shows it: from the second one on, shuffled."""
        seed = f"{self.rules.name} {self.number} {question.id}" if self.number else ""
        return shuffled(question, seed)

    def right(self, key: dict[str, object] | None = None) -> int:
        """How many questions were answered right, by the bank or by a teacher's key.

        A key has the letters of the bank, and so do recorded answers, whatever the order in which
        the options were shown and the numbers that were drawn: a letter names an option.
        """
        return sum(
            self.standing(one, (key or {}).get(one.id)).outcome == "right" for one in self.questions
        )


def read(rules: Rules) -> tuple[list[Sitting], str | None]:
    """All sittings beside the notebook, oldest first, and one sentence if they cannot be had."""
    recorded, notice = responses.recorded()
    return of(recorded, rules), notice


def of(recorded: responses.Responses, rules: Rules) -> list[Sitting]:
    """Return the sittings in responses that were read; what cannot be one is passed over."""
    entries = recorded.sittings.get(rules.name, [])
    found = []
    for number, entry in enumerate(entries if isinstance(entries, list) else []):
        try:
            found.append(from_entry(rules, number, entry))
        except (KeyError, TypeError, ValueError, AttributeError, BankError):
            continue
    return found


def from_entry(rules: Rules, number: int, entry: dict) -> Sitting:
    """Read one sitting from what stands in the file.

    Raises
    ------
    KeyError, TypeError, ValueError, AttributeError, BankError
        If that is no sitting under these rules.
    """
    drawn, opened, attempts = (entry.get(part, {}) for part in ("draws", "opened", "attempts"))
    # Else there would be nothing to note the next answer in.
    if not all(isinstance(part, dict) for part in (drawn, opened, attempts)):
        raise TypeError("a part of it is no mapping")
    if not all(isinstance(given, list) for given in attempts.values()):
        raise TypeError("answers are no list")
    questions = tuple(
        draws.again(bank.question(one), drawn.get(one)) for one in dict.fromkeys(entry["questions"])
    )
    if not questions:
        raise ValueError("it asks nothing")
    ids = [question.id for question in questions]
    if rules is CHALLENGE and sorted(ids) != sorted(one.id for one in challenge_questions()):
        raise ValueError("these are not the challenge's questions")
    return Sitting(
        rules,
        number,
        questions,
        {one.id: _moment(opened[one.id]) for one in questions if one.id in opened},
        {one.id: list(_answers(one, attempts[one.id])) for one in questions if one.id in attempts},
    )


def _seconds_since(begun: datetime, what: str) -> float:
    """Return how long ago something was shown; a clock that was set back gives no time.

    The clock of this process, which cannot be set, is asked too. Where the wall's clock stands
    before the beginning, nothing can be said, and no time is left.
    """
    passed = (datetime.now(UTC) - begun).total_seconds()
    first = _first_asked.setdefault(f"{what} {begun}", time.monotonic() - max(passed, 0.0))
    return math.inf if passed < _BACK else max(passed, time.monotonic() - first)


def _answers(question: Question, attempts: list[dict]):
    for attempt in attempts:
        try:
            given = marking.read_answer(question, attempt["answer"])
        except marking.AnswerError:
            continue
        yield _moment(attempt["time"]), given


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def challenge_questions() -> tuple[Question, ...]:
    """Return the questions of the challenge, in their order."""
    found = [one for lesson in bank.lessons() for one in bank.questions(lesson)]
    return tuple(one for one in found if one.use == "challenge")


def is_won(sitting: Sitting) -> bool:
    """Whether a challenge earns the badge: every question right."""
    return sitting.rules is CHALLENGE and sitting.right() == len(sitting.questions)


def is_whole(sitting: Sitting) -> bool:
    """Whether a test has as many questions of each difficulty as `draw` would give it."""
    return Counter(one.difficulty for one in sitting.questions) == DRAWN


@dataclass(frozen=True)
class Strength:
    """How strong an objective of a lesson was in a sitting: strong, shaky or revise.

    `weak` are its questions that were not right at the first attempt.
    """

    lesson: str
    objective: str
    name: str
    weak: tuple[Question, ...]


def strengths(sitting: Sitting) -> list[Strength]:
    """Return how strong each objective is that a sitting asked for, weakest first.

    A question is worth 1 when it was right at the first attempt and a half when it was right later.
    An objective is strong when all its questions are worth 1, shaky from a mean of a half, and
    else one to revise.
    """
    worth: dict[tuple[str, str], dict[Question, float]] = {}
    for question in sitting.questions:
        standing = sitting.standing(question)
        first = standing.outcome == "right" and len(standing.answers) == 1
        value = 1.0 if first else 0.5 * (standing.outcome == "right")
        worth.setdefault((question.lesson, question.objective), {})[question] = value
    found = []
    for (lesson, objective), values in sorted(worth.items(), key=lambda one: one[0]):
        mean = sum(values.values()) / len(values)
        name = "strong" if mean == 1 else "shaky" if mean >= 0.5 else "revise"
        weak = tuple(question for question, value in values.items() if value < 1)
        found.append(Strength(lesson, objective, name, weak))
    return sorted(found, key=lambda one: ("revise", "shaky", "strong").index(one.name))
