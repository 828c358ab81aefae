"""Learners called by numbers, where nobody is to see who is who."""

from collections.abc import Iterable
import random


def numbers(students: Iterable[str]) -> dict[str, str]:
    """Call each student by a number; drawn by chance, so that the order tells nobody."""
    students = list(students)
    shuffled = random.SystemRandom().sample(students, len(students))
    digits = len(str(len(students)))
    return {name: f"learner {number:0{digits}}" for number, name in enumerate(shuffled, 1)}
