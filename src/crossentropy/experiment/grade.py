"""Grade the overfitting experiment by training the learner's network again.

The grade takes from the learner a recipe only (see `recipe`): the description of an architecture
and five plain values. It trains that recipe in a process of its own (see `apart`), as it says and
on to the last epoch. So these earn nothing: another loss, other data, validation images in the
training, weights set by hand, a history made up, methods or metrics replaced, a network that
ignores the limits.

What runs in a learner's kernel can still replace this module there, or write a score by itself.
Against that only a grader helps that runs `judge` outside the kernel, on the submitted
recipe, with a package and data of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
import time
from typing import Any

from crossentropy.experiment.apart import GradeError, train_apart
from crossentropy.experiment.goals import TRAINING_LIMIT, Goal, goals
from crossentropy.experiment.measure import percent

SEEDS = (0, 1, 2)
SECONDS_IN_ALL = 230  # on the clock; nbgrader ends a cell after 300

# Points in tenths of the total: for validation accuracy; for training accuracy; and for the
# validation accuracy of the network when it is trained to the end.
VALIDATION_STEPS = ((0.85, 6), (0.83, 5), (0.80, 3), (0.75, 1))
TRAINING_POINTS = 2
END_STEPS = ((0.85, 2), (0.80, 1))
LEAST_LEARNT = 0.75  # a network that learns nothing stays below 92 %, too
ALLOWANCE = 0.005
TENTHS = 10


@dataclass(frozen=True)
class Verdict:
    """What the best of the grade's trainings reached, and how many tenths it earns."""

    scores: dict
    validation_tenths: int
    training_tenths: int
    end_tenths: int

    @property
    def tenths(self) -> int:
        """All together, 0 to 10."""
        return self.validation_tenths + self.training_tenths + self.end_tenths


def points(
    build_model: Callable, hyperparameters: Callable, out_of: float = 10, data: Any = None
) -> float:
    """Train the learner's network, print what it reached, and return the points.

    Parameters
    ----------
    build_model, hyperparameters : callable
        The learner's functions; see `recipe.read`.
    out_of : float
        The points for meeting all goals.
    data : crossentropy.datasets.ImageSet, optional
        Other images than the embedded ones, such as those of `load_cifar5`.

    Returns
    -------
    float
        0 to `out_of`. 0.0 for a choice that the experiment does not allow; what is wrong with
        it is printed.
    """
    from crossentropy.experiment import recipe as recipes

    image = recipes.IMAGE if data is None else data.x_train.shape[1:]
    try:
        recipe = recipes.read(build_model, hyperparameters, image)
    except recipes.RecipeError as problem:
        print(f"Not graded. {problem}")
        return 0.0

    def train(recipe, seed, end_after):
        return train_apart(recipe, seed, end_after=end_after, data=data)

    try:
        verdict = judge(recipe, train=train)
    except GradeError as problem:
        print(problem)
        return 0.0
    print(report(verdict, out_of))
    return round(out_of * verdict.tenths / TENTHS, 2)


def judge(recipe: dict, seeds: Sequence[int] = SEEDS, train: Callable = train_apart) -> Verdict:
    """Train a recipe with one seed after the other until one earns everything; the best counts.

    Parameters
    ----------
    recipe : dict
        See `recipe.read`.
    seeds : sequence of int
        No further one is tried when that could take longer than 230 s in all.
    train : callable
        Called as `train(recipe, seed, end_after=seconds)`.

    Returns
    -------
    Verdict

    Raises
    ------
    GradeError
        When not even the first training gave a result; the message says why.
    """
    started = time.monotonic()
    best, longest = None, 0.0
    for seed in seeds:
        before = time.monotonic()
        left = SECONDS_IN_ALL - (before - started)
        if best is not None and left < 1.2 * longest:
            break
        try:
            verdict = mark(train(recipe, seed, end_after=left))
        except GradeError:
            if best is None:
                raise
            break
        best = verdict if best is None or verdict.tenths > best.tenths else best
        if best.tenths == TENTHS:
            break
        longest = max(longest, time.monotonic() - before)
    return best


def mark(result: dict) -> Verdict:
    """Return the verdict on one training.

    Parameters
    ----------
    result : dict
        As `apart.train_apart` returns it; of it val_accuracy, train_accuracy and end_accuracy,
        0 to 1, and ended_by.

    Returns
    -------
    Verdict
        Each goal counts as met from half a percentage point short of it, so that a network at the
        edge does not depend on its luck. The last one takes a network that can be trained to the
        end within the computing time; where only the clock ended it, since the machine was busy,
        what was reached by then counts.
    """
    validation, training = result["val_accuracy"], result["train_accuracy"]
    learnt = validation >= LEAST_LEARNT - ALLOWANCE
    to_the_end = result["ended_by"] != "computing"
    return Verdict(
        scores=result,
        validation_tenths=_step(VALIDATION_STEPS, validation),
        training_tenths=TRAINING_POINTS if learnt and training < TRAINING_LIMIT + ALLOWANCE else 0,
        end_tenths=_step(END_STEPS, result["end_accuracy"]) if to_the_end else 0,
    )


def _step(steps, accuracy):
    return max((tenths for least, tenths in steps if accuracy >= least - ALLOWANCE), default=0)


def report(verdict: Verdict, out_of: float = 10) -> str:
    """Say in words which goals a verdict meets, what that earns, and what to try next."""
    from crossentropy.experiment.training import COMPUTE_SECONDS, LAST_EPOCH

    scores = verdict.scores
    on_validation, on_training, at_the_end = goals(scores, scores["end_accuracy"])
    if training_is_early(verdict):
        name = f"{on_training.name}, which counts once validation reaches 75 %"
        on_training = Goal(name, False, on_training.reached)

    def line(goal, tenths, most):
        goal = Goal(goal.name, tenths == most, goal.reached)
        return f"  {goal} · {out_of * tenths / TENTHS:g} of {out_of * most / TENTHS:g} points"

    lines = [
        "Your network, trained again from random weights with your hyperparameters:",
        line(on_validation, verdict.validation_tenths, VALIDATION_STEPS[0][1]),
        line(on_training, verdict.training_tenths, TRAINING_POINTS),
        f"The same training, with nothing to stop it, on to epoch {LAST_EPOCH}:",
        line(at_the_end, verdict.end_tenths, END_STEPS[0][1]),
    ]
    if scores["ended_by"] == "computing":
        lines.append(
            f"It was ended in epoch {scores['end_epoch']}, after {COMPUTE_SECONDS} s of computing, "
            f"and what it had learnt by then counts; the last goal asks for all {LAST_EPOCH} "
            "epochs. A smaller network or larger batches finish in time."
        )
    elif scores["ended_by"] == "clock":
        lines.append(
            f"The machine was busy with other work, so the training was ended in epoch "
            f"{scores['end_epoch']}. What the network had learnt by then counts."
        )
    if verdict.tenths < TENTHS:
        lines.append(_advice(verdict))
    return "\n".join(lines)


def training_is_early(verdict: Verdict) -> bool:
    """Whether the training accuracy is low only because the network has not learnt enough."""
    return verdict.training_tenths == 0 and verdict.scores["val_accuracy"] < LEAST_LEARNT


def _advice(verdict):
    scores = verdict.scores
    validation, training = scores["val_accuracy"], scores["train_accuracy"]
    if verdict.validation_tenths + verdict.training_tenths == TENTHS - END_STEPS[0][1]:
        return (
            "You stopped it in time, but the network still learns wrong labels by heart when it is "
            f"trained on ({percent(scores['end_accuracy'])} in the end): hints 1 and 2 are about "
            "the network itself."
            if scores["ended_by"] != "computing"
            else "Only the last goal is left."
        )
    if training - validation > 0.05:
        return "It still fits the training labels better than new images: hints 1 to 3 help."
    if validation < LEAST_LEARNT:
        return "It learns too little: try less dropout, more epochs or another learning rate."
    return "Close: try a little more patience, or one change to the dropout rates."
