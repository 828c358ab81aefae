"""What happens in a sitting: it is drawn and begun, its questions are shown and answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
import random

from crossentropy import own_folder
from crossentropy.quiz import bank, draws, responses, sittings
from crossentropy.quiz.question import BankError, Question
from crossentropy.quiz.sittings import CHALLENGE, DRAWN, Rules, Sitting

START = "00-start-here"
TIME_OVER = "The time for this question was over, so this answer does not count."


def draw(earlier: list[Sitting], chance: random.Random | None = None) -> list[Question]:
    """Draw the questions of a test, easy ones first.

    Questions that earlier tests did not ask come before those that they did; then those of a lesson
    that is not drawn yet, one without harder questions first, so that a first test asks about every
    lesson; then those of an objective that is not drawn yet. Chance decides between equals.

    Parameters
    ----------
    earlier : list of Sitting
    chance : random.Random, optional
        By default one that nobody has seeded.
    """
    chance = chance or random.Random()
    asked = [one.id for sitting in earlier for one in sitting.questions]
    pool = [
        one
        for lesson in bank.lessons()
        for one in bank.questions(lesson)
        if one.use == "practice"  # a recall question asks what another lesson teaches
        # How a notebook is used is no part of the subject: of the start page, its task alone.
        and (one.lesson != START or one.objective == "task")
    ]
    levels = [*DRAWN]
    hardest = {
        name: max(levels.index(one.difficulty) for one in pool if one.lesson == name)
        for name in {one.lesson for one in pool}
    }
    chance.shuffle(pool)
    drawn = []
    for difficulty, count in DRAWN.items():
        for _ in range(count):
            lessons = [one.lesson for one in drawn]
            objectives = [(one.lesson, one.objective) for one in drawn]
            left = [one for one in pool if one.difficulty == difficulty and one not in drawn]
            if left:
                drawn.append(
                    min(
                        left,
                        key=lambda one: (
                            asked.count(one.id),
                            lessons.count(one.lesson),
                            hardest[one.lesson],
                            objectives.count((one.lesson, one.objective)),
                        ),
                    )
                )
    return drawn


def start(rules: Rules) -> tuple[Sitting | None, str | None]:
    """Begin a sitting, with no question shown yet.

    Returns
    -------
    sitting : Sitting or None
        Another one, if another tab has begun it in the meantime; None if there is none to go on
        with.
    notice : str or None
        One sentence for the learner, as `responses.change` returns it.
    """
    challenge = rules is CHALLENGE
    questions = sittings.challenge_questions() if challenge else draw(sittings.read(rules)[0])
    saved, notice = begin(rules, questions)
    return (sittings.read(rules)[0][-1] if saved else None), notice


def begin(rules: Rules, questions: Iterable[Question]) -> tuple[bool, str | None]:
    """Note that a sitting with these questions begins; results are those of `responses.change`.

    From the second sitting on, questions that are templates get fresh numbers.
    """
    asked = list(questions)

    def append(recorded: responses.Responses) -> None:
        entries = recorded.sittings.setdefault(rules.name, [])
        if not isinstance(entries, list):
            recorded.set_aside("sittings", rules.name)
            entries = recorded.sittings[rules.name] = []
        before = sittings.of(recorded, rules)
        # Another tab may have begun one in the meantime: it is the one to go on with.
        if not before or before[-1].current is None:
            entry = {"questions": [one.id for one in asked], "begun": responses.now()}
            if drawn := _fresh_numbers(asked, f"{rules.name} {len(entries)}") if entries else {}:
                entry["draws"] = drawn
            entries.append(entry)

    return responses.change(append)


def _fresh_numbers(asked: list[Question], occasion: str) -> dict[str, dict]:
    fresh = [draws.drawn(one, draws.seed_of(one.id, occasion)) for one in asked]
    return {one.id: draws.record(one) for one in fresh if one.seed}


def show(sitting: Sitting, question: Question) -> tuple[Sitting, str | None]:
    """Note that a question is shown now; the first such note holds, and starts its clock.

    Returns
    -------
    sitting : Sitting
        As it stands then.
    notice : str or None
        One sentence for the learner, if that could not be noted.
    """

    def note(recorded: responses.Responses) -> None:
        entry = _entry(recorded, sitting)
        entry.setdefault("opened", {}).setdefault(question.id, responses.now())

    saved, notice = responses.change(note)
    return again(sitting), None if saved else notice


def answer(
    sitting: Sitting,
    question: Question,
    given: str | float,
    seconds: float | None = None,
    waited: float = 0.0,
) -> tuple[Sitting, bool, str | None]:
    """Record an answer, unless the question was closed when it was given.

    Parameters
    ----------
    sitting : Sitting
    question : Question
    given : str or float
    seconds : float, optional
        From showing the question to the answer.
    waited : float, optional
        Seconds for which the answer waited for a running cell (`busy.waited`): it was given so much
        earlier, though not before the question was shown.

    Returns
    -------
    sitting : Sitting
        As it stands then.
    taken : bool
    notice : str or None
        One sentence for the learner: why it was not taken, or what else had to be done.
    """
    # The time is taken before the standing is judged, so an answer that is taken is in time.
    arrived = datetime.now(UTC)
    attempt = {"answer": given, "hints": 0, "seconds": seconds}
    taken = []

    def append(recorded: responses.Responses) -> None:
        entry = _entry(recorded, sitting)
        now = sittings.from_entry(sitting.rules, sitting.number, entry)
        opened = now.opened.get(question.id, arrived)
        earlier = max(0.0, min(waited, (arrived - opened).total_seconds()))
        attempt["time"] = responses.in_file(arrived - timedelta(seconds=earlier))
        if now.standing(question, waited=earlier).outcome == "open":
            entry.setdefault("attempts", {}).setdefault(question.id, []).append(attempt)
            taken.append(attempt)

    saved, notice = responses.change(append)
    if saved and not taken:
        notice = TIME_OVER
    return again(sitting), saved and bool(taken), notice


def again(sitting: Sitting) -> Sitting:
    """Read a sitting again; it is as it was where the file no longer holds it."""
    found = {one.number: one for one in sittings.read(sitting.rules)[0]}
    return found.get(sitting.number, sitting)


def _entry(recorded: responses.Responses, sitting: Sitting) -> dict:
    try:
        entry = recorded.sittings[sitting.rules.name][sitting.number]
        sittings.from_entry(sitting.rules, sitting.number, entry)
    except (LookupError, TypeError, ValueError, AttributeError, BankError):
        raise own_folder.OwnFileError(
            "responses.json no longer holds this sitting; run the cell again."
        ) from None
    return entry
