"""Options in another order, so that a later sitting does not ask for the place of the right one."""

from __future__ import annotations

from dataclasses import dataclass, replace
import random

from crossentropy.quiz.question import Question


@dataclass(frozen=True)
class Shuffled:
    """A question as it is shown, and the way back to the letters of the bank.

    `order` has the bank's letters in the order in which their options are shown.
    """

    question: Question
    order: str

    def in_bank(self, answer: str | float) -> str | float:
        """Return an answer to the question as shown in the letters of the bank."""
        return self._exchanged(answer, self.question.letters, self.order)

    def as_shown(self, answer: str | float) -> str | float:
        """Return an answer in the letters of the bank in the letters that are shown."""
        return self._exchanged(answer, self.order, self.question.letters)

    def _exchanged(self, answer: str | float, before: str, after: str) -> str | float:
        if not isinstance(answer, str):
            return answer
        letters = answer.translate(str.maketrans(before, after))
        return letters if self.question.type == "order" else "".join(sorted(letters))


def shuffled(question: Question, seed: str = "") -> Shuffled:
    """Shuffle the options of a question; the same seed gives the same order.

    Parameters
    ----------
    question : Question
        Steps to put in order stay as they are.
    seed : str, optional
        An empty one leaves the order of the bank.
    """
    letters = list(question.letters)
    if seed and question.type != "order":
        random.Random(seed).shuffle(letters)
    options = tuple(question.options[question.letters.index(letter)] for letter in letters)
    return Shuffled(replace(question, options=options), "".join(letters))
