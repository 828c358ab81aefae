"""Bets in responses.json, under a key of their own, and those of all lessons together.

::

    "bets": {"01-likelihood": [{"probabilities": {"a": 0.1, "b": 0.0, "c": 0.9, "d": 0.0},
                                "time": "2026-01-31T09:30:00.000Z", "seconds": 21.4}]}

A probability stands under the letter of the bank, and the truth does not stand there: what a bet
costs is computed from the bank. A question takes one bet, since after it the truth is known; where
a file holds more, from two copies of a notebook, the first one counts. With other numbers, which
are then recorded as a `draw` (`draws`), it is another question.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from crossentropy import own_folder
from crossentropy.quiz import bank, bet_scores, draws, former, responses
from crossentropy.quiz.bet_scores import Bet
from crossentropy.quiz.question import BankError, Question
from crossentropy.quiz.responses import Responses

KEY = "bets"


def record(
    question: Question,
    probabilities: tuple[float, ...],
    seconds: float | None = None,
    order: str = "",
) -> tuple[bool, str | None]:
    """Record a bet, durably, unless there is one already.

    Parameters
    ----------
    question : Question
    probabilities : tuple of float
        As `bet_scores.read_bet` returns them.
    seconds : float, optional
        From showing the question to the bet, if known.
    order : str, optional
        The letters of the bank in the order in which the options, and probabilities, stand.

    Returns
    -------
    saved : bool
    notice : str or None
        One sentence for the learner, as of `responses.change`.
    """
    new = {
        "probabilities": dict(sorted(zip(order or question.letters, probabilities, strict=True))),
        "time": responses.now(),
        "seconds": seconds,
    }
    if draw := draws.record(question):
        new["draw"] = draw

    def append(found: Responses) -> None:
        entries = found.others.setdefault(KEY, {})
        if not isinstance(entries, dict):
            found.keep_garbled(KEY, None, entries)
            entries = found.others[KEY] = {}
        name = next((one for one in _names(question.id) if one in entries), question.id)
        if not isinstance(entries.setdefault(name, []), list):
            found.keep_garbled(KEY, name, entries[name])
            entries[name] = []
        if _first(question, found) is None:
            entries[name].append(new)

    return responses.change(append)


def placed(question: Question, since: datetime | None = None) -> tuple[Bet | None, str | None]:
    """Return the bet on a question beside the notebook, and one sentence if that cannot be told.

    Its options stand as in the bank; with `since`, an earlier bet is passed over.
    """
    found, notice = responses.recorded()
    moment, bet = _first(question, found) or ("", None)
    if since is not None and not _is_after(moment, since):
        bet = None
    return bet, notice


def of_all_lessons() -> tuple[list[Bet], list[str]]:
    """Return the bets in all lessons beside this one, and what is wrong with any record.

    Where a question was bet on in several lessons, the earliest bet counts.
    """
    here = own_folder.home()
    names = [name for lesson in bank.lessons() for name in former.names_of(lesson)]
    found, notices = responses.read_all([*(here.parent / name for name in names), here])
    return of(found.values()), notices


def of(records: Iterable[Responses]) -> list[Bet]:
    """Return the first bet on each question in records; what cannot be one is passed over."""
    earliest: dict[tuple[str, str], tuple[str, Bet]] = {}
    for found in records:
        entries = found.others.get(KEY)
        for name in entries if isinstance(entries, dict) else ():
            try:
                question = bank.question(former.QUESTIONS.get(name, name))
                readable = list(_readable(question, entries[name]))
            except BankError:
                continue
            for seed, moment, bet in readable:
                known = earliest.get((question.id, seed))
                if known is None or moment < known[0]:
                    earliest[question.id, seed] = moment, bet
    return [bet for _, bet in earliest.values()]


def _first(question: Question, found: Responses) -> tuple[str, Bet] | None:
    entries = found.others.get(KEY)
    for name in _names(question.id) if isinstance(entries, dict) else ():
        for seed, moment, bet in _readable(question, entries.get(name)):
            if seed == question.seed:
                return moment, bet
    return None


def _names(question_id: str) -> list[str]:
    """Today's id of a question, then those that it had before."""
    return [question_id, *(old for old, new in former.QUESTIONS.items() if new == question_id)]


def _readable(question: Question, entry: object) -> Iterable[tuple[str, str, Bet]]:
    """Seed, moment and bet of all that can be a bet on a question, whatever its numbers."""
    truth = bet_scores.truth_of(question)  # a letter names an option, whatever its numbers
    for one in entry if isinstance(entry, list) else ():
        try:
            probabilities = bet_scores.read_bet(question, dict(one["probabilities"]))
            draw = one.get("draw")
            seed = draws.again(question, draw).seed if draw is not None else ""
            yield seed, str(one.get("time", "")), Bet(probabilities, truth)
        except (bet_scores.BetError, BankError, KeyError, TypeError, ValueError, AttributeError):
            continue


def _is_after(moment: str, since: datetime) -> bool:
    try:
        return datetime.fromisoformat(moment) >= since
    except (TypeError, ValueError):
        return False
