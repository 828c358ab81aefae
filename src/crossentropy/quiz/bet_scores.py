"""Bets: probabilities for the options of a question, scored by cross-entropy against the truth.

A bet that gave p to the right option costs `-log(p)`, in nats. As Keras does, p is taken no lower
than 1e-7, so that no bet costs more than `DEAREST`. That score is strictly proper: whoever bets
what they believe pays least on average (Good 1952, "Rational decisions").

The mean cost of many bets is split in two without any bins. `Summary.unknown` is the mean entropy
of the bets: what they would cost on average if their probabilities were right, which is what is
left for a calibrated learner with these confidences (the refinement). `Summary.gap` is the rest:
above 0 for somebody who is too sure, below 0 for one who is too modest, and around 0, as far as
chance leaves it there, for one who is calibrated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
import math

from crossentropy.quiz.question import BankError, Question

LOWEST = 1e-7  # keras.config.epsilon()
DEAREST = -math.log(LOWEST)
# By how much a sum may miss 1: thirds written with three digits do.
SLACK = 0.0015
BINS = 5


class BetError(ValueError):
    """Something that is no bet on a question; the message is one sentence."""


@dataclass(frozen=True)
class Bet:
    """Probabilities for the options of a question, in their order, and the place of the truth."""

    probabilities: tuple[float, ...]
    truth: int

    @property
    def on_truth(self) -> float:
        """The probability that the right option got."""
        return self.probabilities[self.truth]

    @property
    def cost(self) -> float:
        """Cross-entropy against the truth, in nats, from 0 to `DEAREST`."""
        return cost(self.on_truth)

    @property
    def guess(self) -> float:
        """What a guess costs that gives each option the same: log K, in nats."""
        return math.log(len(self.probabilities))

    @property
    def entropy(self) -> float:
        """What this bet would cost on average if its probabilities were right, in nats."""
        return sum(p * cost(p) for p in self.probabilities if p > 0)

    @property
    def variance(self) -> float:
        """How far its cost would vary by chance if its probabilities were right, in nats²."""
        squares = sum(p * cost(p) ** 2 for p in self.probabilities if p > 0)
        return max(0.0, squares - self.entropy**2)

    @property
    def confidence(self) -> float:
        """The highest of the probabilities."""
        return max(self.probabilities)

    @property
    def right(self) -> float:
        """1 if the highest probability is that of the truth; of n equally high ones, 1/n."""
        highest = [p >= self.confidence - 1e-9 for p in self.probabilities]
        return highest[self.truth] / sum(highest)


@dataclass(frozen=True)
class Group:
    """Bets whose confidence lies in one bin: above `low`, up to `high`."""

    low: float
    high: float
    count: int
    confidence: float
    right: float

    @property
    def by_chance(self) -> float:
        """Two standard deviations of `right` for a calibrated learner."""
        return 2 * math.sqrt(self.confidence * (1 - self.confidence) / self.count)


@dataclass(frozen=True)
class Summary:
    """What many bets cost, all in nats and as means.

    `unknown` and `gap` add up to `cost`; `by_chance` are two standard deviations of the gap of a
    calibrated learner.
    """

    count: int
    cost: float
    guess: float
    unknown: float
    gap: float
    by_chance: float
    capped: int
    groups: tuple[Group, ...]


def cost(probability: float) -> float:
    """Return `-log` of a probability that is taken no lower than `LOWEST`, in nats."""
    return max(0.0, -math.log(max(probability, LOWEST)))


def truth_of(question: Question) -> int:
    """Return the place of the right option.

    Raises
    ------
    BankError
        If a bet on the question makes no sense: there is not one right option, or a run is to
        settle it.
    """
    if question.type != "choice":
        raise BankError(
            f"Question {question.id!r} has no options of which one is right, so there is nothing "
            "to spread a bet over: ask it with quiz.ask."
        )
    if question.use == "predict" or question.key is None:
        raise BankError(
            f"Question {question.id!r} is a prediction, which a run settles: show it with "
            "quiz.predict."
        )
    return question.letters.index(question.key)


def read_bet(question: Question, value: object) -> tuple[float, ...]:
    """Turn what was typed, set with sliders or read from a file into probabilities.

    Parameters
    ----------
    question : Question
    value : sequence of float, or mapping of str to float
        A probability for each option in their order; or for letters, then those that are left out
        get 0. They sum to 1; a rounding error is put right.

    Returns
    -------
    tuple of float
        One for each option, with the sum 1.

    Raises
    ------
    BetError
        One sentence that says what is wrong.
    """
    letters = question.letters
    if isinstance(value, Mapping):
        given = {str(name).strip().lower(): one for name, one in value.items()}
        strange = [name for name in given if name not in list(letters)]
        if strange or len(given) < len(value):
            shown = ascii(strange[0])[:20] if strange else "A letter that stands there twice"
            raise BetError(
                f"{shown} is not an option of question {question.id}: give probabilities to the "
                f"letters a to {letters[-1]}."
            )
        parts = [given.get(letter, 0.0) for letter in letters]
    else:
        parts = _parts(question, value)
    if len(parts) != len(letters):
        raise BetError(
            f"Question {question.id} has {len(letters)} options, and these are {len(parts)} "
            f"{'number' if len(parts) == 1 else 'numbers'}: give each option from a to "
            f"{letters[-1]} its probability."
        )
    numbers = [_number(letter, one) for letter, one in zip(letters, parts, strict=True)]
    total = math.fsum(numbers)
    if abs(total - 100) <= 100 * SLACK:
        raise BetError("These are percentages: write probabilities from 0 to 1, as 0.7 for 70 %.")
    for letter, number in zip(letters, numbers, strict=True):
        if number > 1 + SLACK:
            raise BetError(f"{number:g} for {letter} is more than 1, which is certain.")
    if abs(total - 1) > SLACK:
        raise BetError(f"These probabilities sum to {total:.4g}, and they must sum to 1.")
    return tuple(number / total for number in numbers)


def _parts(question: Question, value: object) -> list:
    try:
        if isinstance(value, (str, bytes, set, frozenset)):
            raise TypeError
        return list(value)
    except TypeError:
        example = ", ".join(["0.7", "0.3", *["0"] * (len(question.letters) - 2)])
        raise BetError(
            f"A bet on question {question.id} is a list with a probability for each option, such "
            f"as [{example}]."
        ) from None


def _number(letter: str, value: object) -> float:
    try:
        if isinstance(value, (bool, str, bytes)) or not hasattr(value, "__float__"):
            raise TypeError
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        raise BetError(f"What stands for {letter} is not a number.") from None
    if math.isnan(number):
        raise BetError(f"What stands for {letter} is NaN, which is not a number.")
    if number < 0:
        raise BetError(f"{number:g} for {letter} is below 0: no probability is negative.")
    if math.isinf(number):
        raise BetError(f"What stands for {letter} is infinite; a probability is at most 1.")
    return number


def summary(bets: Iterable[Bet], bins: int = BINS) -> Summary | None:
    """Return what bets cost together; their order makes no difference.

    Parameters
    ----------
    bets : iterable of Bet
    bins : int, optional
        Equally wide groups of confidences from 0 to 1, each without its lower edge and with its
        upper one, as in lesson 07.

    Returns
    -------
    Summary or None
        None if there are no bets.
    """
    found = list(bets)
    if not found:
        return None
    count = len(found)
    unknown = _mean([bet.entropy for bet in found])
    mean_cost = _mean([bet.cost for bet in found])
    return Summary(
        count=count,
        cost=mean_cost,
        guess=_mean([bet.guess for bet in found]),
        unknown=unknown,
        gap=mean_cost - unknown,
        by_chance=2 * math.sqrt(math.fsum(bet.variance for bet in found)) / count,
        capped=sum(bet.on_truth < LOWEST for bet in found),
        groups=tuple(_groups(found, bins)),
    )


def _groups(found: list[Bet], bins: int) -> Iterable[Group]:
    for place in range(bins):
        low, high = place / bins, (place + 1) / bins
        inside = [bet for bet in found if low < round(bet.confidence, 9) <= high]
        if inside:
            yield Group(
                low,
                high,
                len(inside),
                _mean([bet.confidence for bet in inside]),
                _mean([bet.right for bet in inside]),
            )


def _mean(numbers: Sequence[float]) -> float:
    return math.fsum(numbers) / len(numbers)


def bets_to_see(gap: float, confidence: float) -> int:
    """How many bets at a confidence it takes until a gap is twice what chance alone makes of it.

    Parameters
    ----------
    gap : float
        Between the share of right answers and the confidence.
    confidence : float
        From 0 to 1.
    """
    return math.ceil(round(4 * confidence * (1 - confidence) / gap**2, 6))
