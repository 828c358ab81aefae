"""Quizzes inside a notebook: shown from the bank, recorded beside the notebook, graded from there.

::

    from crossentropy import quiz

    quiz.ask("01-what-it-measures")            # show a question; each answer is recorded at once
    quiz.predict("01-predict-uniform")         # record a prediction before the code runs
    quiz.reveal("01-predict-uniform", loss)    # and set it against what the run gave
    quiz.answer("01-what-it-measures", "b")    # the same as clicking, where there are no widgets
    quiz.points(["01-what-it-measures"], out_of=1)   # last line of a grade cell
"""

from __future__ import annotations

from collections.abc import Iterable
import math
import sys

from crossentropy import bank, marking, memory, quiz_text

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
    crossentropy.bank.BankError
        If there is no such question, or the bank is missing or broken.
    """
    _show(bank.question(question_id))


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
    plain = quiz_text.as_plain(question)
    ipython = sys.modules.get("IPython")
    if ipython is None or ipython.get_ipython() is None:
        print(plain)
        return
    from crossentropy import quiz_view

    # One bundle: a front end shows the richest form it can. The texts never depend on what was
    # answered, so a notebook's outputs stay the same from run to run.
    ipython.display.display(
        {
            WIDGET_VIEW: quiz_view.card(question).get_view_spec(),
            "text/markdown": quiz_text.as_markdown(question),
            "text/plain": plain,
        },
        raw=True,
    )


def answer(question_id: str, value: str | float) -> None:
    """Answer a question by a call, the same as clicking; prints the explanation.

    Parameters
    ----------
    question_id : str
    value : str or float
        The letter of an option, or a number.

    Raises
    ------
    crossentropy.bank.BankError
        As in `ask`. A value that cannot be an answer is told in one sentence, and not recorded.
    """
    question = bank.question(question_id)
    try:
        given = marking.read_answer(question, value)
    except marking.AnswerError as error:
        print(error)
        return
    saved, notice = memory.save(question, given)
    verdict = marking.judge(question, given)
    if verdict.right is not None or saved:
        print(quiz_text.feedback_plain(question, verdict))
    if notice:
        print(notice)


def reveal(question_id: str, actual: object) -> None:
    """Print what was predicted against what the run gave.

    Parameters
    ----------
    question_id : str
        A question shown with `predict`.
    actual : number or str
        What the run gave; for a choice, it may be the letter of the option that came true.
        Numbers are printed to four digits.

    Raises
    ------
    crossentropy.bank.BankError
        As in `ask`.
    """
    question = bank.question(question_id)
    answers, notice = memory.history(question)
    gave = f"the run gave {_told(question, actual)}."
    if notice:
        print(notice)
    if not answers:
        print(f"No prediction recorded (predict above, then run this cell again); {gave}")
        return
    print(f"You predicted {_told(question, answers[-1])}; {gave}")
    why = marking.judge(question, answers[-1]).why.strip()
    if why:
        print(why)


def _told(question: bank.Question, value: object) -> str:
    """A value in words: a number to four digits, an option by its letter and text."""
    if isinstance(value, str):
        letter = value.strip().lower()
        if len(letter) == 1 and letter in question.letters:
            text = question.options[question.letters.index(letter)].text.strip()
            return letter if "\n" in text else f"{letter} ({text})"
        return value
    if isinstance(value, (bool, int)):
        return str(value)
    try:
        return f"{float(value):.4g}"
    except (TypeError, ValueError):
        return str(value)


def points(question_ids: Iterable[str], out_of: float) -> float:
    """Points for answered questions: `out_of` times the share that is right.

    The last recorded answer to each question counts, however many came before it; hints cost
    nothing. A prediction counts once it is made, whatever was predicted. Made for the last line of
    a grade cell: it prints the rule and what is missing, and whatever responses.json holds, the
    result is a number that nbgrader can take as partial credit.

    Parameters
    ----------
    question_ids : iterable of str
    out_of : float
        Points of the grade cell.

    Returns
    -------
    float
        Between 0 and `out_of`, rounded to two decimals.

    Raises
    ------
    crossentropy.bank.BankError
        If a question is not in the bank.
    ValueError
        If no question is named, or `out_of` is not a positive number: the cell's author erred.
    """
    asked = [bank.question(one) for one in dict.fromkeys(question_ids)]
    if not asked or not (isinstance(out_of, (int, float)) and 0 < out_of < math.inf):
        raise ValueError("points needs at least one question id, and a positive out_of")
    recorded, notice = memory.recorded()
    if notice:
        print(notice)
    right, wrong, missing, garbled = [], [], [], []
    for question in asked:
        attempts = recorded.attempts(question.id)
        if attempts == []:
            missing.append(question.id)
            continue
        try:
            given = marking.read_answer(question, attempts[-1].get("answer") if attempts else None)
        except marking.AnswerError:
            garbled.append(question.id)
            continue
        counts = marking.judge(question, given).right is not False
        (right if counts else wrong).append(question.id)
    earned = min(float(out_of), max(0.0, round(out_of * len(right) / len(asked), 2)))
    print(
        f"{len(right)} of {len(asked)} right: {earned:g} of {out_of:g} points "
        "(the last answer to each question counts)."
    )
    if missing:
        print(
            f"Not answered yet: {', '.join(missing)}.\n"
            "Run the question's cell above, answer, and run this cell again."
        )
    if wrong:
        print(f"Not right yet: {', '.join(wrong)}.\nTry again above, then run this cell again.")
    if garbled:
        print(
            f"Recorded in responses.json, but not as an answer: {', '.join(garbled)}.\n"
            "Answer again above, then run this cell again."
        )
    return earned
