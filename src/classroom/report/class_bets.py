"""Whether a class is too sure or too modest, from its bets."""

from __future__ import annotations

from dataclasses import dataclass

from crossentropy.quiz import bet_record, bet_scores
from crossentropy.quiz.bet_scores import Summary
from crossentropy.quiz.responses import Responses


@dataclass(frozen=True)
class ClassBets:
    """What the bets of a class say together, and of each learner the gap and the number of bets.

    A gap is in nats: above 0 for too sure, below 0 for too modest (`bet_scores`).
    """

    summary: Summary
    learners: tuple[tuple[str, float, int], ...]

    @property
    def verdict(self) -> str:
        """One sentence."""
        found = self.summary
        told = (
            f"{len(self.learners)} learners made {found.count} bets, at {found.cost:.2f} nats "
            f"each; guessing would have cost {found.guess:.2f}."
        )
        if abs(found.gap) <= found.by_chance:
            return (
                f"{told} Whether the class is too sure or too modest cannot be told from chance "
                f"(gap {found.gap:+.2f}, chance ±{found.by_chance:.2f})."
            )
        how = "too sure" if found.gap > 0 else "too modest"
        return (
            f"{told} The class is {how}: a bet cost {abs(found.gap):.2f} nats "
            f"{'more' if found.gap > 0 else 'less'} than its own probabilities promised "
            f"(chance ±{found.by_chance:.2f})."
        )


def class_bets(recorded: dict[str, Responses]) -> ClassBets | None:
    """Return what the bets in the records of a lesson say; None where there are none."""
    bets = {student: bet_record.of([found]) for student, found in recorded.items()}
    summary = bet_scores.summary(bet for found in bets.values() for bet in found)
    if summary is None:
        return None
    learners = [
        (student, bet_scores.summary(found).gap, len(found))
        for student, found in bets.items()
        if found
    ]
    return ClassBets(summary, tuple(sorted(learners, key=lambda one: -one[1])))
