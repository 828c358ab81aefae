"""Quizzes inside a notebook: shown from the bank, recorded beside the notebook, graded from there.

::

    from crossentropy import quiz

    quiz.ask("01-what-it-measures")            # show a question; each answer is recorded at once
    quiz.predict("01-predict-uniform")         # record a prediction before the code runs
    quiz.reveal("01-predict-uniform", loss)    # and set it against what the run gave
    quiz.answer("01-what-it-measures", "b")    # the same as clicking, where there are no widgets
    quiz.points(["01-what-it-measures"], out_of=1)   # last line of a grade cell

    quiz.passed("01-cross-entropy")            # in a graded cell, after its visible checks
    quiz.worked_solution("01-cross-entropy")   # a button that unfolds it

    quiz.challenge(), quiz.test()              # questions one at a time, see quiz.sittings
    quiz.next_question("test")                 # the same without widgets, then quiz.answer
    quiz.progress()                            # what is done, and what to recall next
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
import math
import os
import re
import sys
from typing import SupportsFloat

from crossentropy.quiz import bank, exercises, former, marking, responses, sittings, texts, worked

RULES = ("last", "best", "first")
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def ask(question_id: str) -> None:
    """Show one question; each answer is judged, explained and recorded at once.

    You may try as often as you like; the last answer counts. Where no widgets are shown, the
    question appears as text and is answered with `answer`.

    Parameters
    ----------
    question_id : str
        For instance ``01-what-it-measures``.

    Raises
    ------
    crossentropy.quiz.bank.BankError
        If there is no such question, it belongs to the challenge, or the bank is missing or broken.
    """
    question = bank.question(question_id)
    _not_of_the_challenge(question)
    _show(question)


def _not_of_the_challenge(question: bank.Question) -> None:
    if question.use == "challenge":
        raise bank.BankError(
            f"Question {question.id!r} belongs to the challenge: run quiz.challenge() and answer "
            "it there."
        )


def predict(question_id: str) -> None:
    """Show a question to answer before running the code that settles it; see `reveal`.

    Parameters and errors are those of `ask`; the question must be one for predictions.
    """
    question = bank.question(question_id)
    if question.use != "predict":
        raise bank.BankError(
            f"Question {question_id!r} is for {question.use}, not for a prediction: "
            "show it with quiz.ask."
        )
    _show(question)


def _show(question: bank.Question) -> None:
    def view():
        from crossentropy.quiz import card

        return card.Card(question)

    _display(view, texts.as_markdown(question), texts.as_plain(question))


def _display(view: Callable[[], object], markdown: str, plain: str) -> None:
    """Show a widget, or text where there are none.

    One bundle: a front end shows the richest form it can. The texts never depend on what was
    answered, so a notebook's outputs stay the same from run to run.
    """
    ipython = sys.modules.get("IPython")
    if ipython is None or ipython.get_ipython() is None:
        print(plain)
        return
    bundle = {"text/markdown": markdown, "text/plain": plain}
    # nbgrader says so when it grades; a widget would be of no use to anybody then.
    if os.environ.get("NBGRADER_EXECUTION") != "autograde":
        bundle[WIDGET_VIEW] = view().get_view_spec()
    ipython.display.display(bundle, raw=True)


def challenge() -> None:
    """Show the challenge: five questions, one at a time, against the clock.

    Where it stands is read from responses.json, so running the cell again, or restarting the
    kernel, goes on where it was, with no time given back.
    """
    _show_sitting(sittings.CHALLENGE)


def test() -> None:
    """Show the ten-question test: questions of all lessons, drawn anew at each sitting."""
    _show_sitting(sittings.TEST)


def _show_sitting(rules: sittings.Rules) -> None:
    def view():
        from crossentropy.quiz import sitting_card

        return sitting_card.SittingView(rules)

    text = texts.rules_of_sitting(rules)
    call = f'quiz.next_question("{rules.name}")'
    _display(
        view,
        f"{text}\n\n*Without buttons here, begin with* `{call}`.",
        f"{text.replace('**', '')}\n\nWithout buttons here, begin with {call}.",
    )


def progress() -> None:
    """Show what is done in all lessons, the points of the quizzes, and what to recall next."""

    def view():
        from crossentropy.quiz import overview

        return overview.Overview()

    text = "Progress: what is done in each lesson, badges, and what to recall next."
    _display(view, f"*{text}*", text)


def passed(name: str) -> None:
    """Say that an exercise passes its visible checks, and record it beside the notebook.

    Stands in a graded cell after the visible checks: it prints one line, always the same, and
    leaves nothing else behind. `progress` counts what has passed.

    Parameters
    ----------
    name : str
        The exercise, by two digits and words: ``02-stable-softmax``.
    """
    exercises.note_passed(name)


def worked_solution(name: str, show: bool = False) -> None:
    """Offer the worked solution of an exercise: at once when it has passed, else if asked twice.

    Parameters
    ----------
    name : str
        As `passed` was given it.
    show : bool, optional
        Print it, for where there are no buttons.
    """
    if show:
        print("\n\n".join(filter(None, worked.read(name))))
        return

    def view():
        from crossentropy.quiz.worked_card import WorkedSolution

        return WorkedSolution(name)

    text = "Worked solution of this exercise, step by step."
    call = f'quiz.worked_solution("{name}", show=True)'
    _display(
        view,
        f"*{text} Without a button here, print it with* `{call}`.",
        f"{text} Without a button here, print it with {call}.",
    )


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
    found, notice = sittings.read(rules)
    if found and found[-1].current is None and not again:
        print(texts.summary(found[-1]))
        if rules is sittings.TEST:
            print(texts.strengths(found[-1], links=False))
        print(f'Begin another with quiz.next_question("{name}", again=True).')
        if sittings.is_won(found[-1]):
            print('Save your badge with quiz.save_badge("your name").')
        return
    if not notice and (not found or found[-1].current is None):
        of_challenge = list(sittings.challenge_questions())
        drawn = of_challenge if rules is sittings.CHALLENGE else sittings.draw(found)
        _, notice = sittings.begin(rules, drawn)
        found, _ = sittings.read(rules)
    if notice:
        print(notice)
        return
    sitting = found[-1]
    question = sitting.current
    _, notice = sittings.open_question(sitting, question)
    standing = sittings.read(rules)[0][-1].standing(question)
    clock = f", {standing.seconds_left:.0f} seconds" if standing.seconds_left is not None else ""
    number = sitting.questions.index(question) + 1
    print(
        f"{rules.title}, question {number} of {len(sitting.questions)}: "
        f"{standing.tries_left} tries left{clock}.\n"
    )
    print(texts.as_plain(question, sitting=name))


def save_badge(name: str) -> None:
    """Save the badge of the challenge as badge.svg beside the notebook, once all were right.

    Parameters
    ----------
    name : str
        What stands on it, at most 40 characters.
    """
    from datetime import date

    from crossentropy.quiz import badge

    if not any(sittings.is_won(one) for one in sittings.read(sittings.CHALLENGE)[0]):
        print("The badge is for a challenge with every question right: run quiz.challenge().")
        return
    try:
        print(f"Saved as {badge.save(name, date.today())}.")
    except badge.BadgeError as error:
        print(error)


def _rules(name: str) -> sittings.Rules:
    if name not in sittings.ALL:
        raise bank.BankError(f"There is no sitting {name!r}: it is challenge or test.")
    return sittings.ALL[name]


def answer(question_id: str, value: object, sitting: str | None = None) -> None:
    """Answer a question by a call, the same as clicking; prints the explanation.

    Parameters
    ----------
    question_id : str
    value : str, list of str, or float
        The letter or letters of options, or a number.
    sitting : str, optional
        "challenge" or "test" for the question that `next_question` has printed.

    Raises
    ------
    crossentropy.quiz.bank.BankError
        As in `ask`. A value that cannot be an answer is told in one sentence, and not recorded.
    """
    question = bank.question(question_id)
    if sitting is None:
        _not_of_the_challenge(question)
    try:
        given = marking.read_answer(question, value)
    except marking.AnswerError as error:
        print(error)
        return
    if sitting is not None:
        _answer_in(_rules(sitting), question, given)
        return
    saved, notice = responses.record(question.id, given)
    verdict = marking.judge(question, given)
    if verdict.right is not None or saved:
        print(texts.feedback_plain(question, verdict))
    if notice:
        print(notice)


def _answer_in(rules: sittings.Rules, question: bank.Question, given: str | float) -> None:
    found, notice = sittings.read(rules)
    if notice or not found or found[-1].current != question:
        print(
            notice or f'This is not the question to answer now: quiz.next_question("{rules.name}")'
        )
        return
    before = found[-1].standing(question)
    _, notice = sittings.answer(found[-1], question, given)
    after = sittings.read(rules)[0][-1].standing(question)
    if notice:
        print(notice)
    elif len(after.answers) == len(before.answers):
        print("The time for this question was over, so this answer does not count.")
    else:
        print(texts.feedback_plain(question, marking.judge(question, given), hints=False))
    if after.outcome in ("wrong", "late"):
        print(texts.key_in_words(question))
    if after.closed:
        print(f'Go on with quiz.next_question("{rules.name}").')


def reveal(question_id: str, actual: SupportsFloat | None = None) -> None:
    """Say what was predicted against what came true.

    Parameters
    ----------
    question_id : str
        A question shown with `predict`.
    actual : number, optional
        What the run gave. Of options that have a `low` or a `high` in the bank, the one whose range
        holds it came true; where none does, the run does not answer the question, and that is said.
        Without it, the option came true that the bank marks as correct. A letter is refused, as it
        would stand beside the question and give its answer away.

    Raises
    ------
    crossentropy.quiz.bank.BankError
        As in `ask`, and when the call and the bank do not say together what came true.
    """
    question = bank.question(question_id)
    answers, notice = responses.history(question)
    gave = _what_came_true(question, actual)
    if not answers:
        told = f"No prediction recorded (predict above, then run this cell again); {gave}"
    else:
        told = f"You predicted {_told(question, answers[-1])}; {gave}"
        told += f"\n\n{marking.judge(question, answers[-1]).why.strip()}".rstrip()
    _say(f"{notice}\n\n{told}" if notice else told)


def _say(markdown: str) -> None:
    """Show text, with its code as code where it can be."""
    plain = re.sub(r"`|\*\*", "", markdown).replace("\n\n", "\n")
    ipython = sys.modules.get("IPython")
    if ipython is None or ipython.get_ipython() is None:
        print(plain)
        return
    bundle = {"text/markdown": markdown, "text/plain": plain}
    ipython.display.display(bundle, raw=True)


def _what_came_true(question: bank.Question, actual: object) -> str:
    if isinstance(actual, (str, bytes)):
        raise bank.BankError(
            f"Give quiz.reveal the number that the run gave, or only {question.id!r} where the "
            "bank knows what came true; a letter would give the answer away."
        )
    if actual is None:
        if question.key is None:
            raise bank.BankError(
                f"Nothing says what came true for {question.id}: give quiz.reveal what the run "
                "gave, or mark an option as correct in the bank."
            )
        return f"what came true is {_told(question, question.key)}."
    if question.type == "number":
        return f"the run gave {_told(question, actual)}."
    decided = [one for one in question.options if (one.low, one.high) != (None, None)]
    if not decided:
        raise bank.BankError(
            f"A number does not say which option of {question.id} came true: none of them has a "
            "low or a high in the bank."
        )
    for letter, option in zip(question.letters, question.options, strict=True):
        if option.holds(float(actual)):
            return f"the run gave {_told(question, letter)}."
    return f"this run gave {_told(question, actual)}, which none of the options describes."


def _told(question: bank.Question, value: str | SupportsFloat) -> str:
    """A value in words: a number to four digits, an option by its letter and text."""
    if isinstance(value, str):
        if len(value) > 1:  # several letters
            return ", ".join(value)
        text = question.options[question.letters.index(value)].text.strip()
        return value if "\n" in text else f"{value} ({text})"
    return str(value) if isinstance(value, (bool, int)) else f"{float(value):.4g}"


def points(
    question_ids: Iterable[str], out_of: float, rule: str = "last", hint_costs: float = 0.0
) -> float:
    """Points for answered questions: `out_of` times the share that is right.

    By default the last recorded answer to each question counts, however many came before it, and
    hints cost nothing. A prediction counts once it is made, whatever was predicted. Made for the
    last line of a grade cell: it prints the rule and what is missing, and whatever responses.json
    holds, the result is a number that nbgrader can take as partial credit.

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

    Returns
    -------
    float
        Between 0 and `out_of`, rounded to two decimals.

    Raises
    ------
    crossentropy.quiz.bank.BankError
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
        _not_of_the_challenge(question)
    recorded, notice = responses.recorded()
    if notice:
        print(notice)
    right, worth, wrong, missing, garbled = [], 0.0, [], [], []
    for question in asked:
        attempts = recorded.attempts(question.id)
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


def _worth(
    question: bank.Question, attempts: list[dict], rule: str, hint_costs: float
) -> float | None:
    """What the answer that counts is worth, from 0 to 1; None where there is none to judge."""
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
