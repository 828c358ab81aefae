"""A quiz without widgets: questions are printed, and answered by a call."""

from __future__ import annotations

from crossentropy.quiz import (
    badge,
    bank,
    display,
    draws,
    marking,
    sitting_steps,
    sitting_texts,
    sittings,
    texts,
)
from crossentropy.quiz.practice import Afresh, Practice, afresh
from crossentropy.quiz.question import BankError, Question
from crossentropy.quiz.sittings import Rules

# What `another` has printed in this process, so that it prints something else next.
_printed: dict[str, list[Question]] = {}


def next_question(name: str, again: bool = False) -> None:
    """Go on with the challenge or the test where there are no widgets; prints the next question.

    Its clock, if it has one, runs from the first time that it is printed. Answer with `answer`.
    When no question is left, it prints the summary.

    Parameters
    ----------
    name : str
        "challenge" or "test".
    again : bool, optional
        Begin another sitting when the last one is over.
    """
    rules = _rules(name)
    found, _ = sittings.read(rules)
    sitting = found[-1] if found else None
    if sitting and sitting.current is None and not again:
        print(display.plain(sitting_texts.summary(sitting)))
        print(f'Begin another with quiz.next_question("{name}", again=True).')
        if sittings.is_won(sitting):
            print('Save your badge with quiz.save_badge("your name").')
        return
    if sitting is None or sitting.current is None:
        sitting, notice = sitting_steps.start(rules)
        if notice:
            print(notice)
        if sitting is None:
            return
    question = sitting.current
    sitting, notice = sitting_steps.show(sitting, question)
    if notice:
        print(notice)
        return
    standing = sitting.standing(question)
    clock = f", {standing.seconds_left:.0f} seconds" if standing.seconds_left is not None else ""
    number = sitting.questions.index(question) + 1
    print(
        f"{rules.title}, question {number} of {len(sitting.questions)}: "
        f"{sitting_texts.attempts(standing.attempts_left)} left{clock}.\n"
    )
    print(texts.as_plain(sitting.shown(question).question, sitting=name))


def another(question_id: str) -> None:
    """Print a question with fresh numbers, for practice; what is answered to it does not count.

    Parameters and errors are those of `ask`.
    """
    question = bank.question(question_id)
    bank.refuse_challenge(question)
    if question.template is None:
        print(f"Question {question.id} has no other numbers.")
        return
    printed = _printed.setdefault(question.id, [])
    keeper = afresh(question, printed)
    printed.append(keeper.question)
    print(texts.as_plain(keeper.shown))


def answer(
    question_id: str, value: object, sitting: str | None = None, draw: str | None = None
) -> None:
    """Answer a question by a call, the same as clicking; prints the explanation.

    Parameters
    ----------
    question_id : str
    value : str, list of str, or float
        The letter or letters of options, or a number.
    sitting : str, optional
        "challenge" or "test" for the question that `next_question` has printed.
    draw : str, optional
        What names the numbers of the question that `another` has printed.

    Raises
    ------
    crossentropy.quiz.question.BankError
        As in `ask`. A value that cannot be an answer is told in one sentence, and not recorded.
    """
    question = bank.question(question_id)
    if sitting is None:
        bank.refuse_challenge(question)
    keeper = Practice(question)
    if draw and question.template:
        keeper = Afresh(draws.drawn(question, str(draw)))
        question = keeper.shown
    try:
        given = marking.read_answer(question, value)
    except marking.AnswerError as error:
        print(error)
        return
    if sitting is not None:
        _answer_in(_rules(sitting), question, given)
        return
    saved, notice = keeper.record(given, hints=0, seconds=None)
    judgement = marking.judge(question, given)
    if judgement.right is not None or saved:
        print(texts.feedback_plain(question, judgement))
    if question.template:
        print(f'Another one like this, for practice: quiz.another("{question.id}")')
    if notice:
        print(notice)


def _answer_in(rules: Rules, question: Question, given: str | float) -> None:
    found, notice = sittings.read(rules)
    current = found[-1].current if found else None
    if notice or current is None or current.id != question.id:
        print(
            notice or f'This is not the question to answer now: quiz.next_question("{rules.name}")'
        )
        return
    question, shown = current, found[-1].shown(current)
    sitting, taken, notice = sitting_steps.answer(found[-1], question, shown.in_bank(given))
    standing = sitting.standing(question)
    if notice:
        print(notice)
    if taken:
        judgement = marking.judge(shown.question, given)
        print(texts.feedback_plain(shown.question, judgement, closed=standing.closed))
    if standing.outcome in ("wrong", "late"):
        print(display.plain(texts.key_in_words(shown.question)))
    if standing.closed:
        print(f'Go on with quiz.next_question("{rules.name}").')


def save_badge(name: str) -> None:
    """Save the badge of the challenge as badge.svg beside the notebook, once all were right.

    Parameters
    ----------
    name : str
        What stands on it, at most 40 characters.
    """
    if not any(sittings.is_won(one) for one in sittings.read(sittings.CHALLENGE)[0]):
        print("The badge is for a challenge with every question right: run quiz.challenge().")
        return
    try:
        print(f"Saved as {badge.save(name)}.")
    except badge.BadgeError as error:
        print(error)


def _rules(name: str) -> Rules:
    if name not in sittings.ALL:
        raise BankError(f"There is no sitting {name!r}: it is challenge or test.")
    return sittings.ALL[name]
