"""Fresh numbers: a question with values drawn for it, named so that it can be had again.

A question that is a template appears in its lesson with its *first* values, and only these count
for points. Any other draw is named by a seed, made of the learner's folder, the question and how
often it was drawn; an answer is recorded with the seed and the values, which make the same question
on any machine, also after the template has got other ranges.
"""

from __future__ import annotations

import hashlib

from crossentropy import own_folder
from crossentropy.quiz import template
from crossentropy.quiz.question import BankError, Question, from_entry

AGAIN = 20
LARGEST = 1_000_000


def drawn(question: Question, seed: str) -> Question:
    """Return a question with the values that a seed draws, or as it is where nothing is drawn.

    Raises
    ------
    BankError
        If its template is at fault, as `classroom bank check` says too.
    """
    if question.template is None or not seed:
        return question
    try:
        values = template.draw_values(question.template, seed)
    except template.TemplateError as error:
        raise BankError(f"Question {question.id}, {error}.") from None
    return _with(question, seed, values)


def _with(question: Question, seed: str, values: template.Values) -> Question:
    plain = template.filled(question.template, values)
    return from_entry(question.lesson, plain, template=question.template, seed=seed, values=values)


def fresh(question: Question, often: int, unlike: Question | None = None) -> Question:
    """Draw a question for this learner.

    Parameters
    ----------
    question : Question
    often : int
        How often it was drawn before.
    unlike : Question, optional
        One that was just seen and is not to come again at once.
    """
    for step in range(AGAIN):
        found = drawn(question, seed_of(question.id, f"{often}.{step}"))
        if unlike is None or found.values != unlike.values:
            break
    return found


def seed_of(question_id: str, occasion: str) -> str:
    """Return the seed of a draw: of the learner's folder, a question and an occasion."""
    told = f"{own_folder.home()}\n{question_id}\n{occasion}"
    return hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()[:8]


def record(question: Question) -> dict | None:
    """Return what `again` makes the question from, to be recorded; None for the first draw."""
    return {"seed": question.seed, "values": question.values} if question.seed else None


def again(question: Question, recorded: object) -> Question:
    """Return the question that was answered.

    Parameters
    ----------
    question : Question
        As the bank has it.
    recorded : object
        What `record` gave, and a file has kept; None for the first draw.

    Raises
    ------
    ValueError
        If that is no draw of this question.
    """
    if recorded is None:
        return question
    if question.template is None or not isinstance(recorded, dict):
        raise ValueError("this question has no draws")
    seed, values = recorded.get("seed"), recorded.get("values")
    names = template.drawn_names(question.template)
    if not isinstance(seed, str) or not seed or not isinstance(values, dict):
        raise ValueError("this is no draw")
    if set(values) != set(names) or not all(map(_is_value, values.values())):
        raise ValueError("these are not the values of this question")
    return _with(question, seed, values)


def _is_value(value: object, deepest: int = 3) -> bool:
    """Whether a file may give this for a value: nothing that would take long to compute with."""
    if isinstance(value, list):
        return (
            deepest > 0
            and 0 < len(value) <= 20
            and all(_is_value(one, deepest - 1) for one in value)
        )
    if isinstance(value, str):
        return len(value) <= 100
    return isinstance(value, (int, float)) and abs(value) <= LARGEST
