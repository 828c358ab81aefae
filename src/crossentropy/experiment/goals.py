"""What the experiment asks of a network, and how a measured one compares with it."""

from __future__ import annotations

from dataclasses import dataclass

from crossentropy.experiment.measure import percent

VALIDATION_GOAL = 0.85
TRAINING_LIMIT = 0.92
END_GOAL = VALIDATION_GOAL  # once more, after a training that nothing stops


@dataclass(frozen=True)
class Goal:
    """One goal: what it asks, whether it is met, and the number that was reached."""

    name: str
    met: bool
    reached: float | None = None

    def __str__(self) -> str:
        # The sign stands before a number that may differ from machine to machine.
        number = "" if self.reached is None else f": \N{ALMOST EQUAL TO} {percent(self.reached, 1)}"
        return f"{'met    ' if self.met else 'not yet'}  {self.name}{number}"


def goals(reached: dict[str, float], end_accuracy: float | None = None) -> list[Goal]:
    """Compare what a run reached with the goals that depend on it.

    Parameters
    ----------
    reached : dict
        With val_accuracy and train_accuracy, as `measure.scores` returns them.
    end_accuracy : float, optional
        The validation accuracy of the same network trained to the end, where that was measured.

    Returns
    -------
    list of Goal
    """
    validation, training = reached["val_accuracy"], reached["train_accuracy"]
    found = [
        Goal(
            f"validation accuracy at least {percent(VALIDATION_GOAL)}",
            validation >= VALIDATION_GOAL,
            validation,
        ),
        Goal(
            f"training accuracy below {percent(TRAINING_LIMIT)}",
            training < TRAINING_LIMIT,
            training,
        ),
    ]
    if end_accuracy is not None:
        found.append(
            Goal(
                f"trained to the end, validation accuracy still at least {percent(END_GOAL)}",
                end_accuracy >= END_GOAL,
                end_accuracy,
            )
        )
    return found
