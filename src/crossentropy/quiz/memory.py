"""What a learner has answered to a question: the responses file read with the bank's eyes.

Trouble comes back as one sentence beside the result, for whoever shows it: a widget or a print.
"""

from __future__ import annotations

from collections.abc import Callable

from crossentropy.quiz import bank, former, marking, responses


def recorded() -> tuple[responses.Responses, str | None]:
    """The responses beside the notebook, and one sentence if they cannot be had."""
    astray = responses.misplaced([*bank.lessons(), *former.LESSONS])
    if astray:
        return responses.Responses(), astray
    try:
        return responses.read(), None
    except responses.ResponsesError as error:
        return responses.Responses(), str(error)


def history(question: bank.Question) -> tuple[list[str | float], str | None]:
    """Recorded answers to a question, oldest first.

    Returns
    -------
    answers : list of str or float
        Those that can be answers to the question as it is now.
    notice : str or None
        One sentence for the learner if answers cannot be read or saved here.
    """
    found, notice = recorded()
    answers = []
    for attempt in found.attempts(question.id) or []:
        try:
            answers.append(marking.read_answer(question, attempt.get("answer")))
        except marking.AnswerError:
            continue
    return answers, notice


def save(
    question: bank.Question, given: str | float, hints: int = 0, seconds: float | None = None
) -> tuple[bool, str | None]:
    """Record an answer in the working directory, if that is a lesson's folder.

    Returns
    -------
    saved : bool
    notice : str or None
        One sentence for the learner: why it was not saved, or what else had to be done.
    """
    return _try(lambda: responses.record(question.id, given, hints=hints, seconds=seconds))


def change(edit: Callable[[responses.Responses], None]) -> tuple[bool, str | None]:
    """Edit the responses in the working directory, if that is a lesson's folder; as `save`."""
    return _try(lambda: responses.change(edit))


def _try(write: Callable[[], str | None]) -> tuple[bool, str | None]:
    astray = responses.misplaced([*bank.lessons(), *former.LESSONS])
    if astray:
        return False, astray
    try:
        return True, write()
    except responses.ResponsesError as error:
        return False, str(error)
