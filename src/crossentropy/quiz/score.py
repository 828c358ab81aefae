"""Points for what was answered: for the last line of a grade cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
import math

from crossentropy import own_folder
from crossentropy.quiz import bank, former, marking, responses, sittings
from crossentropy.quiz.counted import asked_of, handed_in
from crossentropy.quiz.question import Question

RULES = ("last", "best", "first")


def points(
    question_ids: Iterable[str],
    out_of: float,
    rule: str = "last",
    hint_costs: float = 0.0,
    since: Mapping[str, str] | None = None,
) -> float:
    """Points for answered questions: `out_of` times the share that is right.

    By default the last recorded answer to each question counts, however many came before it, and
    hints cost nothing. It is one to the numbers that the lesson shows: "another one like this" is
    practice. A prediction counts once it is made, whatever was predicted. Made for the last line of
    a grade cell: it prints the rule and what is missing, and whatever responses.json holds, the
    result is a number that nbgrader can take as partial credit.

    Parameters
    ----------
    question_ids : iterable of str
    out_of : float
        Points of the grade cell.
    rule : str, optional
        Which answer to a question counts: "last", "best" (one right answer is enough), or "first".
    hint_costs : float, optional
        Share of a question's points, from 0 to 1, that is lost when a hint was shown before the
        answer that counts.
    since : mapping of str to str, optional
        The day, such as "2026-03-05", on which a question was added. Whoever has neither answered
        it nor done anything in this lesson since then is not asked for it.

    Returns
    -------
    float
        Between 0 and `out_of`, rounded to two decimals.

    Raises
    ------
    crossentropy.quiz.BankError
        If a question is not in the bank, or belongs to the challenge.
    ValueError
        If no question is named, or an argument is none of the above: the cell's author erred.
    """
    asked = [bank.question(one) for one in dict.fromkeys(question_ids)]
    if not asked or not (isinstance(out_of, (int, float)) and 0 < out_of < math.inf):
        raise ValueError("points needs at least one question id, and a positive out_of")
    if rule not in RULES or not 0 <= hint_costs <= 1:
        raise ValueError(f"rule is one of {', '.join(RULES)}, and hint_costs from 0 to 1")
    for question in asked:
        bank.refuse_challenge(question)
    recorded, notice = responses.recorded()
    if notice:
        print(notice)
    asked = _asked_of(asked, since or {}, recorded)
    right, worth, wrong, missing, garbled = [], 0.0, [], [], []
    for question in asked:
        attempts = recorded.counted(question.id)
        if attempts == []:
            missing.append(question.id)
            continue
        value = _worth(question, attempts or [], rule, hint_costs)
        if value is None:
            garbled.append(question.id)
            continue
        (right if value else wrong).append(question.id)
        worth += value
    earned = _rounded(out_of * worth / len(asked), out_of)
    price = f"; a hint costs {hint_costs:.0%} of its question" if hint_costs else ""
    print(
        f"{len(right)} of {len(asked)} right: {earned:g} of {out_of:g} points "
        f"(the {rule} answer to each question counts{price})."
    )
    if missing:
        print(
            f"Not answered yet: {', '.join(missing)}.\n"
            "Run the question's cell above, answer, and run this cell again."
        )
    if wrong and rule == "first":
        print(f"Not right at the first answer: {', '.join(wrong)}.")
    elif wrong:
        print(f"Not right yet: {', '.join(wrong)}.\nTry again above, then run this cell again.")
    if garbled:
        print(
            f"Recorded in responses.json, but not as an answer: {', '.join(garbled)}.\n"
            "Answer again above, then run this cell again."
        )
    return earned


def _asked_of(
    asked: list[Question], since: Mapping[str, str], recorded: responses.Responses
) -> list[Question]:
    """Leave out the questions that were added after somebody had worked on the lesson last."""
    days = {bank.question(name).id: date.fromisoformat(day) for name, day in since.items()}
    due = {question.id: days.get(question.id) for question in asked}
    left = asked_of(due, recorded, handed_in(own_folder.home()))
    return [question for question in asked if question.id in left]


def _worth(question: Question, attempts: list[dict], rule: str, hint_costs: float) -> float | None:
    """Return what the answer that counts is worth, from 0 to 1; None where none can be judged."""
    values = []
    for attempt in attempts:
        try:
            given = marking.read_answer(question, attempt.get("answer"))
        except marking.AnswerError:
            values.append(None)
            continue
        value = float(marking.judge(question, given).right is not False)
        values.append(value * (1 - hint_costs) if attempt.get("hints") else value)
    if rule == "best":
        return max((value for value in values if value is not None), default=None)
    return values[0 if rule == "first" else -1] if values else None


def challenge_points(out_of: float, key: dict[str, str] | None = None) -> float:
    """Points for the challenge: `out_of` times the share of its questions that were right.

    The first sitting counts. Only answers within the tries and the time of a question do.

    Parameters
    ----------
    out_of : float
        Points of the grade cell.
    key : dict of str to str, optional
        The right letters by question id, in place of the bank's: a grade cell has it in its hidden
        tests, so that nothing on the learner's side decides what is right.

    Returns
    -------
    float
        Between 0 and `out_of`, rounded to two decimals.
    """
    found, notice = sittings.read(sittings.CHALLENGE)
    if notice:
        print(notice)
    if not found:
        print("The challenge has not begun: run quiz.challenge() above, then this cell again.")
        return 0.0
    if key:
        key = {former.QUESTIONS.get(name, name): letter for name, letter in key.items()}
    return _points_of(found[0], out_of, key, "the first sitting counts")


def test_points(out_of: float) -> float:
    """Points for the ten-question test: `out_of` times the share that was right.

    The best finished test counts; a question counts if it was right at any of its tries.

    Parameters
    ----------
    out_of : float
        Points of the grade cell.

    Returns
    -------
    float
        Between 0 and `out_of`, rounded to two decimals.
    """
    found, notice = sittings.read(sittings.TEST)
    if notice:
        print(notice)
    finished = [one for one in found if one.current is None and sittings.is_whole(one)]
    if not finished:
        print("No test is finished yet: run quiz.test() above, then this cell again.")
        return 0.0
    best = max(finished, key=lambda one: one.right())
    return _points_of(best, out_of, None, "the best finished test counts")


def _points_of(
    sitting: sittings.Sitting, out_of: float, key: dict[str, str] | None, rule: str
) -> float:
    right, asked = sitting.right(key), len(sitting.questions)
    earned = _rounded(out_of * right / asked, out_of)
    print(f"{right} of {asked} right: {earned:g} of {out_of:g} points ({rule}).")
    return earned


def _rounded(earned: float, out_of: float) -> float:
    return min(float(out_of), max(0.0, round(earned, 2)))
