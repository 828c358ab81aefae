"""Signs: yes-or-no questions to a log, which tell the causes apart.

Each is answered from the text of the log alone (`training_log.read`) and has a sentence for either
answer, in this log's numbers. A cause (data/causes.yaml) names the signs that it must leave.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
import math

from crossentropy.detective.causes import Cause
from crossentropy.detective.training_log import Seen, shown

BATCH = 32
# Loss and cross-entropy agree if they differ by no more than their last digit.
LAST_DIGIT, LAST_OF_TWO = 0.011, 0.11
# How far from log K the loss of an untrained network may be, as a share of log K.
NEAR = 0.4
LEARNT = 0.8  # of the examples are right
GAP = 0.07  # between two accuracies: more than luck in a validation part of this size


@dataclass(frozen=True)
class Sign:
    """One question, and what to say where the answer is yes, and where it is no."""

    holds: Callable[[Seen], bool]
    yes: str
    no: str


def _agree(one: float, other: float) -> bool:
    if math.isnan(one) or math.isnan(other) or one == other:
        return True
    smaller = min(abs(one), abs(other))
    return abs(one - other) <= (LAST_DIGIT if smaller < 10 else LAST_OF_TWO * smaller)


def _all_agree(rows: dict[str, list[float]]) -> bool:
    return all(map(_agree, rows["loss"], rows["cross_entropy"]))


def _near(value: float, aim: float, share: float = NEAR) -> bool:
    return abs(value - aim) <= share * aim


def _learns(seen: Seen) -> bool:
    return max(seen.training["accuracy"] + seen.validation["accuracy"]) >= LEARNT


def _moves(seen: Seen) -> bool:
    return any(len(set(map(str, column))) > 1 for column in seen.training.values())


def _huge(seen: Seen) -> bool:
    return not max(seen.training["loss"][:2]) < 4 * seen.log_k


def _above_cross_entropy(seen: Seen) -> bool:
    both = (seen.training, seen.validation)
    return all(rows["loss"][-1] > rows["cross_entropy"][-1] + 0.1 for rows in both)


def _better_in_validation(seen: Seen) -> bool:
    training, validation = seen.training, seen.validation
    losses = zip(training["loss"], validation["loss"], strict=True)
    gap = validation["accuracy"][-1] - training["accuracy"][-1]
    return all(low < 0.75 * high for high, low in losses) and gap > GAP


def _misses_validation(seen: Seen) -> bool:
    return (
        seen.training["accuracy"][-1] >= LEARNT
        and seen.validation["accuracy"][-1] < 0.5 / seen.classes
    )


def _alike(seen: Seen) -> bool:
    return all(row == seen.outputs[0] for row in seen.outputs)


def _are_probabilities(seen: Seen) -> bool:
    return all(min(row) >= 0 and abs(sum(row) - 1) < 0.26 for row in seen.outputs)


SIGNS = {
    "stopped": Sign(
        lambda seen: bool(seen.error),
        "the training stopped with an error: {error}",
        "the training ran to its end, without an error",
    ),
    "moves": Sign(
        _moves,
        "the numbers change from epoch to epoch, so the weights do move",
        "all epochs show the same numbers",
    ),
    "agrees first": Sign(
        lambda seen: _agree(seen.first["loss"], seen.first["cross_entropy"]),
        "loss and cross-entropy of the first batch are the same ({first_loss})",
        "the loss of the first batch is {first_loss} and its cross-entropy {first_cross_entropy}",
    ),
    "nearly agrees first": Sign(
        lambda seen: _near(seen.first["loss"], seen.first["cross_entropy"], 0.15),
        "loss and cross-entropy of the first batch are nearly the same: {first_loss} and "
        "{first_cross_entropy}",
        "the loss of the first batch is {first_loss} and its cross-entropy {first_cross_entropy}",
    ),
    "agrees in training": Sign(
        lambda seen: _all_agree(seen.training),
        "loss and cross-entropy agree in each row of the training",
        "loss and cross-entropy of the training differ: {early_loss} and {early_cross_entropy} in "
        "epoch 1",
    ),
    "agrees in validation": Sign(
        lambda seen: _all_agree(seen.validation),
        "loss and cross-entropy agree in each row of the validation",
        "loss and cross-entropy of the validation differ: {last_val_loss} and "
        "{last_val_cross_entropy} in the end",
    ),
    "loss starts near log K": Sign(
        lambda seen: _near(seen.first["loss"], seen.log_k),
        "the loss of the first batch is {first_loss}, near log {classes} = {log_k}",
        "the loss of the first batch is {first_loss}, and an untrained network should be near "
        "log {classes} = {log_k}",
    ),
    "loss starts too high": Sign(
        lambda seen: seen.first["loss"] > (1 + NEAR) * seen.log_k,
        "the loss of the first batch is {first_loss}, far above log {classes} = {log_k}",
        "the loss of the first batch is {first_loss}; it would be far above log {classes} = "
        "{log_k}",
    ),
    "cross-entropy starts near log K": Sign(
        lambda seen: _near(seen.first["cross_entropy"], seen.log_k),
        "the cross-entropy of the first batch is {first_cross_entropy}, near log {classes} = "
        "{log_k}, as it should be",
        "the cross-entropy of the first batch is {first_cross_entropy}, and that of an untrained "
        "network should be near log {classes} = {log_k}",
    ),
    "loss is 32 times": Sign(
        lambda seen: _near(seen.first["loss"], BATCH * seen.first["cross_entropy"], 0.05),
        "the loss of the first batch is {first_loss}, 32 times its cross-entropy of "
        "{first_cross_entropy}",
        "the loss of the first batch, {first_loss}, is not 32 times its cross-entropy, "
        "{first_cross_entropy}",
    ),
    "loss starts near log 2": Sign(
        lambda seen: _near(seen.first["loss"], math.log(2), 0.25),
        "the loss of the first batch is {first_loss}, near log 2 = 0.69",
        "the loss of the first batch is {first_loss}, not near log 2 = 0.69",
    ),
    "loss starts below": Sign(
        lambda seen: seen.first["loss"] < 0.85 * seen.first["cross_entropy"],
        "the loss of the first batch, {first_loss}, is below its cross-entropy, "
        "{first_cross_entropy}",
        "the loss of the first batch, {first_loss}, is not below its cross-entropy, "
        "{first_cross_entropy}",
    ),
    "loss above cross-entropy": Sign(
        _above_cross_entropy,
        "in the end the loss is {last_loss} and the cross-entropy {last_cross_entropy}, and in "
        "validation it is above, too",
        "in the end the loss is {last_loss} and the cross-entropy {last_cross_entropy}, so it is "
        "not the loss that stays above",
    ),
    "loss below 0": Sign(
        lambda seen: min(seen.training["loss"]) < 0,
        "the loss is below 0: {last_loss} in the end",
        "no loss is below 0",
    ),
    "learns": Sign(
        _learns,
        "at best {best_accuracy} are right, and by guessing it would be one of {classes}",
        "never more than {best_accuracy} are right, where one of {classes} is a guess",
    ),
    "huge": Sign(
        _huge,
        "after the first steps the loss is huge: {early_loss} in epoch 1",
        "the loss is nowhere huge after the first steps: {early_loss} in epoch 1",
    ),
    "misses validation": Sign(
        _misses_validation,
        "in training {last_accuracy} are right, and in validation {last_val_accuracy}: fewer than "
        "by guessing",
        "this is not a good training with a validation worse than guessing: {last_accuracy} are "
        "right in the one and {last_val_accuracy} in the other",
    ),
    "better in validation": Sign(
        _better_in_validation,
        "in each row the validation is better than the training: {last_val_accuracy} against "
        "{last_accuracy} right in the end",
        "the validation is not clearly better than the training: {last_val_accuracy} against "
        "{last_accuracy} right in the end",
    ),
    "same labels": Sign(
        lambda seen: len(set(seen.labels)) == 1,
        "the labels at the bottom are all the same",
        "the labels at the bottom are mixed",
    ),
    "outputs alike": Sign(
        _alike,
        "all examples get the same outputs",
        "the outputs differ from example to example",
    ),
    "outputs are probabilities": Sign(
        _are_probabilities,
        "each row of outputs is positive and sums to about 1, so a softmax is in the model",
        "the outputs go from {lowest} to {highest}, so they are scores: no softmax is in the model",
    ),
}


def numbers(seen: Seen) -> dict[str, str]:
    """Return the numbers that sentences may quote, as the log shows them."""
    if seen.error:
        classes = int("".join(filter(str.isdigit, seen.error.split("[0,")[-1])) or 0)
        return {"error": seen.error, "classes": str(classes), "others": str(classes - 1)}
    values = [value for row in seen.outputs for value in row]
    told = {
        "log_k": seen.log_k,
        "floor": math.log(1 + (seen.classes - 1) / math.e),
        "first_loss": seen.first["loss"],
        "first_cross_entropy": seen.first["cross_entropy"],
        "early_loss": seen.training["loss"][0],
        "early_cross_entropy": seen.training["cross_entropy"][0],
        "last_loss": seen.training["loss"][-1],
        "last_accuracy": seen.training["accuracy"][-1],
        "last_cross_entropy": seen.training["cross_entropy"][-1],
        "last_val_loss": seen.validation["loss"][-1],
        "last_val_accuracy": seen.validation["accuracy"][-1],
        "last_val_cross_entropy": seen.validation["cross_entropy"][-1],
        "best_accuracy": max(seen.training["accuracy"] + seen.validation["accuracy"]),
    }
    counts = {"classes": str(seen.classes), "others": str(seen.classes - 1)}
    ends = {"lowest": shown(min(values), 1), "highest": shown(max(values), 1)}
    return {name: _told(value) for name, value in told.items()} | counts | ends


def _told(value: float) -> str:
    return "more than 10000" if math.isinf(value) and value > 0 else shown(value)


def sentence(name: str, seen: Seen) -> str:
    """Say what a log shows of a sign."""
    sign = SIGNS[name]
    return (sign.yes if sign.holds(seen) else sign.no).format(**numbers(seen))


def against(cause: Cause, seen: Seen) -> list[str]:
    """Return the names of the signs that a cause must leave and that a log does not show so.

    Parameters
    ----------
    cause : Cause
    seen : Seen

    Returns
    -------
    list of str
        In the order in which the cause names them; empty where the log fits the cause.
    """
    wanted = {"stopped": False, **cause.signs}
    if seen.error or wanted["stopped"]:  # there is nothing else to look at
        return [] if bool(seen.error) == wanted["stopped"] else ["stopped"]
    return [name for name, holds in wanted.items() if SIGNS[name].holds(seen) != holds]
