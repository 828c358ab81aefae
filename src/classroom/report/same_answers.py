"""Who has the same answers as whom: the same record, or more wrong answers in common than chance.

A place to look, not a verdict: learners who work side by side are alike too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations
import math

from crossentropy.quiz.question import Question

from classroom.grading.attempts import Attempt
from classroom.report.likeness import Alike

Answers = dict[str, dict[str, list[Attempt]]]
SAME_MOMENTS = 2  # nobody else answers two questions at the same millisecond
FEWEST_WRONG = 3
AGREED = 0.8  # of the questions that both got wrong at first
# By how many nats the agreement must exceed what the luckiest pair of the class has by chance.
BEYOND_CHANCE = 3.0
NUMBERS = 10  # how many wrong numbers are about equally likely


def same_records(answers: Answers) -> list[Alike]:
    """Return who has answers that were given at the same millisecond: one record is a copy."""
    at: dict[tuple, list[str]] = defaultdict(list)
    for student, given in answers.items():
        for name, attempts in given.items():
            for moment in {one.moment for one in attempts if one.moment}:
                at[name, moment].append(student)
    shared = Counter(pair for students in at.values() for pair in combinations(students, 2))
    return [
        Alike(pair, f"the same record: {count} answers at the same millisecond", 1e6 + count)
        for pair, count in shared.items()
        if count >= SAME_MOMENTS
    ]


def same_mistakes(answers: Answers, questions: dict[str, Question]) -> list[Alike]:
    """Return who is wrong in the same way more often than chance allows.

    Of two learners, the questions count that both got wrong at first. Each where they gave the same
    answer weighs minus the log of the share which that answer has among all wrong ones of the
    others, so that a rare mistake weighs more than one that half the class makes. The sum is
    compared with the log of the number of pairs, which the luckiest pair reaches by chance.

    Parameters
    ----------
    answers : dict
        Of each student, by question id.
    questions : dict of str to Question
    """
    wrong = {
        student: {
            name: attempts[0].answer
            for name, attempts in given.items()
            if attempts[0].right is False and attempts[0].question.seed == ""
        }
        for student, given in answers.items()
    }
    counts: dict[str, Counter] = defaultdict(Counter)
    for given in wrong.values():
        for name, answer in given.items():
            counts[name][answer] += 1
    enough = {student: given for student, given in wrong.items() if len(given) >= FEWEST_WRONG}
    pairs = max(1, len(answers) * (len(answers) - 1) // 2)
    found = []
    for first, second in combinations(sorted(enough), 2):
        both = enough[first].keys() & enough[second].keys()
        same = [name for name in both if enough[first][name] == enough[second][name]]
        if len(same) < FEWEST_WRONG or len(same) < AGREED * len(both):
            continue
        weight = sum(_surprise(counts[name], enough[first][name], questions[name]) for name in same)
        alike = _all_alike(answers[first], answers[second])
        if alike or weight >= math.log(pairs) + BEYOND_CHANCE:
            what = f"the same wrong answer to {len(same)} of {len(both)} questions"
            if alike:
                what = f"the same answers to all questions, {len(same)} of them wrong"
            found.append(Alike((first, second), what, weight))
    return found


def _surprise(count: Counter, answer: str | float, question: Question) -> float:
    ways = NUMBERS if question.type == "number" else max(2, len(question.letters) - 1)
    # The pair itself says nothing about how frequent its answer is; each way is given one.
    share = (count[answer] - 2 + 1) / (count.total() - 2 + ways)
    return -math.log(share)


def _all_alike(first: dict[str, list[Attempt]], second: dict[str, list[Attempt]]) -> bool:
    return _told(first) == _told(second)


def _told(given: dict[str, list[Attempt]]) -> dict[str, tuple]:
    return {name: _answers_of(attempts) for name, attempts in given.items()}


def _answers_of(attempts: Iterable[Attempt]) -> tuple:
    return tuple(one.answer for one in attempts)
