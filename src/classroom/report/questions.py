"""What the answers of a class say of each question, and which misconceptions live most."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import StatisticsError, correlation, median

from crossentropy.quiz import bank
from crossentropy.quiz.question import Question

from classroom.grading.attempts import Attempt, section_of
from classroom.report.misconceptions import Mistake, mistakes_in

# Fewer learners than this say nothing about how well a question tells them apart.
FEWEST = 5
Class = dict[str, dict[str, list[Attempt]]]  # student -> question id -> attempts


@dataclass(frozen=True)
class Chosen:
    """A mistake, or an option of a prediction: how many began with it, and how many ended there."""

    mistake: Mistake
    at_first: int
    at_last: int


@dataclass(frozen=True)
class QuestionRow:
    """One question in the report; the shares are of those who answered, from 0 to 1.

    `right_first` and `right_last` are None for a prediction, `seconds` (the median until the first
    answer) where no time is known. `discrimination` is the correlation between being right at
    first here and in the other questions, from -1 to 1; None where that cannot be told.
    """

    question: Question
    answered: int
    right_first: float | None
    right_last: float | None
    with_hint: float
    seconds: float | None
    discrimination: float | None
    chosen: tuple[Chosen, ...]

    @property
    def section(self) -> str:
        """Where the lessons teach it: the heading, and the lesson's title."""
        return section_of(self.question)


def question_rows(asked: dict[str, Question], answers: Class) -> list[QuestionRow]:
    """Return a row for each question that the lesson asks, then for others that were answered.

    Parameters
    ----------
    asked : dict of str to Question
        In the order in which they are to stand.
    answers : dict
        Of each student, by question id.
    """
    others = {
        name: bank.question(name)
        for given in answers.values()
        for name in given
        if name not in asked
    }
    firsts = {
        student: {name: given[0].right for name, given in answered.items()}
        for student, answered in answers.items()
    }
    return [_row(question, answers, firsts) for question in [*asked.values(), *_sorted(others)]]


def _sorted(questions: dict[str, Question]) -> list[Question]:
    return [questions[name] for name in sorted(questions)]


def _row(question: Question, answers: Class, firsts: dict) -> QuestionRow:
    given = [one[question.id] for one in answers.values() if one.get(question.id)]
    judged = [one for one in given if one[0].right is not None]
    times = [one[0].seconds for one in given if one[0].seconds is not None]
    return QuestionRow(
        question,
        len(given),
        _share(one[0].right for one in judged) if judged else None,
        _share(one[-1].right for one in judged) if judged else None,
        _share(any(each.hints for each in one) for one in given) if given else 0.0,
        median(times) if times else None,
        discrimination(question.id, firsts),
        tuple(_chosen(question, given)),
    )


def _share(values) -> float:
    found = [bool(value) for value in values]
    return sum(found) / len(found)


def _chosen(question: Question, given: list[list[Attempt]]) -> list[Chosen]:
    counts: tuple[Counter, Counter] = Counter(), Counter()
    known: dict[str, Mistake] = {}
    for attempts in given:
        for count, attempt in zip(counts, (attempts[0], attempts[-1]), strict=True):
            for mistake in _told(attempt, question):
                known[mistake.key] = mistake
                count[mistake.key] += 1
    found = [Chosen(known[key], counts[0][key], counts[1][key]) for key in known]
    return sorted(found, key=lambda one: (-one.at_first, -one.at_last, one.mistake.key))


def _told(attempt: Attempt, question: Question) -> list[Mistake]:
    if attempt.right is None and question.type == "choice":  # what was predicted
        option = question.options[question.letters.index(attempt.answer)]
        return [Mistake(attempt.answer, option.text, option.why, named=False)]
    return mistakes_in(attempt, question)


def discrimination(question_id: str, firsts: dict[str, dict[str, bool | None]]) -> float | None:
    """Return how well a question tells learners apart: the corrected item-total correlation.

    That is Pearson's correlation, over the learners, of being right at first in this question with
    the share of the other questions in which they were right at first.

    Parameters
    ----------
    question_id : str
    firsts : dict
        Of each student, by question id, whether the first answer was right; None if not judged.

    Returns
    -------
    float or None
        From -1 to 1; None for fewer than `FEWEST` learners, or where all are alike.
    """
    here, elsewhere = [], []
    for given in firsts.values():
        others = [
            right for name, right in given.items() if name != question_id and right is not None
        ]
        if given.get(question_id) is not None and others:
            here.append(float(given[question_id]))
            elsewhere.append(sum(others) / len(others))
    if len(here) < FEWEST:
        return None
    try:
        return correlation(here, elsewhere)
    except StatisticsError:
        return None


@dataclass(frozen=True)
class Alive:
    """A misconception of the class, and the section to teach again."""

    question: Question
    chosen: Chosen
    answered: int

    @property
    def section(self) -> str:
        """Where the lessons teach it."""
        return section_of(self.question)


def most_alive(rows: list[QuestionRow], most: int = 3) -> list[Alive]:
    """Return the misconceptions that most learners hold.

    A learner counts once for a first answer that rests on it, and once more when the last does: an
    answer that was put right after the explanation is a weak sign of having understood.

    Parameters
    ----------
    rows : list of QuestionRow
    most : int, optional
        How many to return at most.
    """
    found = [
        Alive(row.question, one, row.answered)
        for row in rows
        for one in row.chosen
        if one.mistake.named
    ]
    found.sort(key=lambda one: -(one.chosen.at_first + one.chosen.at_last))
    return found[:most]
