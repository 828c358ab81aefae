"""What a feedback page says of each quiz question: the learner's answer, and why it was wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
import os
from pathlib import Path
import re

from crossentropy.own_folder import OwnFileError
from crossentropy.quiz import bank, marking, responses
from crossentropy.quiz.counted import asked_of, counted, handed_in
from crossentropy.quiz.question import BankError, Question
from crossentropy.quiz.responses import Responses
import nbformat
from nbgrader.utils import is_grade

from classroom.grading.attempts import Attempt, attempts_of, section_of

RULE = re.compile(r"rule\s*=\s*[\"'](\w+)[\"']")


@dataclass(frozen=True)
class Answered:
    """A question that counts, and the answer that counts; all texts are markdown.

    `right` is None where nothing is judged: it was not answered, or is a prediction.
    """

    question: Question
    answer: str
    right: bool | None
    why: str
    attempts: int
    section: str


def answered(notebook: nbformat.NotebookNode, folder: str | os.PathLike | None) -> list[Answered]:
    """Return what is to be said of the questions that the graded cells of a notebook count.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
    folder : path-like or None
        Where the learner's responses.json lies.
    """
    sources = [cell.source for cell in notebook.cells if is_grade(cell) and "quiz." in cell.source]
    if not sources:
        return []
    try:
        recorded = responses.read(folder) if folder else Responses()
    except OwnFileError:
        recorded = Responses()
    given = attempts_of(recorded)
    found = {}
    day = handed_in(Path(folder)) if folder else None
    for source in sources:
        rule = RULE.search(source)
        for question in _asked(source, recorded, day, given):
            found[question.id] = _told(question, given.get(question.id), rule and rule[1])
    return list(found.values())


def _asked(
    source: str, recorded: Responses, day: date | None, given: dict[str, list[Attempt]]
) -> list[Question]:
    asked = []
    for name in asked_of(counted(source), recorded, day):
        try:
            asked.append(bank.question(name))
        except BankError:
            continue
    if "challenge_points(" in source:
        asked += [each[0].question for each in given.values() if _use(each) == "challenge"]
    if "test_points(" in source:  # the questions of a test are drawn; nobody knows but the record
        asked += [each[0].question for each in given.values() if _use(each) != "challenge"]
    return asked


def _use(attempts: list[Attempt]) -> str:
    return attempts[0].question.use


def _told(question: Question, attempts: list[Attempt] | None, rule: str | None) -> Answered:
    if not attempts:
        section = section_of(question)
        return Answered(question, "", None, "You have not answered it.", 0, section)
    one = _that_counts(attempts, rule)
    why = "" if one.right else marking.judge(one.question, one.answer).why.strip()
    if one.right is None:
        why = "Predictions count once they are made."
    section = section_of(question) if one.right is False else ""
    # The numbers that were asked, which are not always those of the lesson.
    return Answered(one.question, in_words(one), one.right, why, len(attempts), section)


def _that_counts(attempts: list[Attempt], rule: str | None) -> Attempt:
    if rule == "first":
        return attempts[0]
    if rule == "best":
        return next((one for one in attempts if one.right), attempts[-1])
    return attempts[-1]


def in_words(attempt: Attempt) -> str:
    """Return an answer as markdown: the texts of the options, or the number."""
    question = attempt.question
    if question.type == "number":
        return f"{attempt.answer:.6g}"
    texts = [question.options[question.letters.index(one)].text for one in attempt.answer]
    if question.type == "order":
        return "\n".join(f"{place}. {_indented(text)}" for place, text in enumerate(texts, 1))
    return texts[0] if len(texts) == 1 else "\n".join(f"- {_indented(text)}" for text in texts)


def _indented(text: str) -> str:
    return text.strip().replace("\n", "\n   ")
