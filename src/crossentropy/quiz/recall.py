"""What to recall next: spaced repetition of the practice questions by FSRS.

FSRS (Free Spaced Repetition Scheduler, version 6, https://github.com/open-spaced-repetition) models
for each question how likely it is still remembered, from when it was answered and how well. Its
rule comes from the library `fsrs` with its default weights; here answers are only translated: not
right is "again", right after a hint "hard", and right without one "good". Its steps of minutes are
left out, which are made for learning by heart: what was answered is due after a day or more. What
is least likely to be remembered comes first, which are the wrong and the old ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from crossentropy.quiz import bank, draws, marking, sittings
from crossentropy.quiz.question import BankError, Question
from crossentropy.quiz.responses import Responses


@dataclass(frozen=True)
class Memory:
    """How well a question is remembered.

    `chance` is FSRS's probability of remembering it now, from 0 to 1; `due` when to ask again.
    """

    question: Question
    right: bool
    answered: datetime
    chance: float
    due: datetime


def memories(records: Iterable[Responses], moment: datetime | None = None) -> list[Memory]:
    """How well each question that was answered is remembered, the least likely first.

    Parameters
    ----------
    records : iterable of Responses
        Of all lessons; what cannot be read in them is passed over.
    moment : datetime, optional
        With a time zone; now by default.
    """
    import fsrs

    scheduler = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    ratings = {0: fsrs.Rating.Again, 1: fsrs.Rating.Hard, 2: fsrs.Rating.Good}
    moment = moment or datetime.now(UTC)
    found = []
    for question_id, reviews in _reviews(records).items():
        card = fsrs.Card(card_id=1)
        for at, worth in sorted(reviews):
            card, _ = scheduler.review_card(card, ratings[worth], at)
        at, worth = max(reviews)
        chance = scheduler.get_card_retrievability(card, moment)
        found.append(Memory(bank.question(question_id), worth > 0, at, chance, card.due))
    # A question that was just answered wrong counts as remembered; it still is the first to ask.
    return sorted(found, key=lambda one: (one.right, one.chance, one.answered))


def due(found: list[Memory], moment: datetime | None = None) -> list[Memory]:
    """Those to ask now: not right at the last answer, or due by FSRS."""
    moment = moment or datetime.now(UTC)
    return [one for one in found if not one.right or one.due <= moment]


def _reviews(records: Iterable[Responses]) -> dict[str, list[tuple[datetime, int]]]:
    """When each question was answered, and how well: 0 not right, 1 right with a hint, 2 right."""
    reviews: dict[str, list[tuple[datetime, int]]] = {}
    for record in records:
        for question_id in record.entries:
            for attempt in record.attempts(question_id) or []:
                _note(reviews, question_id, attempt.get("answer"), attempt)
        for sitting in sittings.of(record, sittings.TEST):
            asked = {one.id: draws.record(one) for one in sitting.questions}
            for question_id, attempts in sitting.attempts.items():
                for at, given in attempts:
                    attempt = {"time": at.isoformat(), "draw": asked[question_id]}
                    _note(reviews, question_id, given, attempt)
    return reviews


def _note(reviews: dict, question_id: str, given: object, attempt: dict) -> None:
    try:
        question = draws.again(bank.question(question_id), attempt.get("draw"))
        right = marking.judge(question, marking.read_answer(question, given)).right
        at = datetime.fromisoformat(attempt["time"]).astimezone(UTC)
    except (BankError, ValueError, KeyError, TypeError):
        return
    # A clock that was set back must not hide a question for years.
    at = min(at, datetime.now(UTC) + timedelta(minutes=1))
    if right is not None and question.use in ("practice", "recall"):
        worth = 0 if not right else 1 if attempt.get("hints") else 2
        reviews.setdefault(question_id, []).append((at, worth))
