"""The figures of lesson 07: what a probability is worth, and what it costs to exaggerate.

Losses are in nats: every logarithm here is the natural one.
"""

from collections.abc import Mapping

from crossentropy.pictures.calibration_bins import Bins, bin_answers
from crossentropy.pictures.drawing import BLUE, GREY, LOOKS, RED, Picture, new_figure
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullLocator, StrMethodFormatter
import numpy as np

COUNTS_OF_BINS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100)


def reliability(
    probabilities: Mapping[str, np.ndarray], y_true: np.ndarray, bins: int = 10
) -> Picture:
    """Draw a reliability diagram for each of one or two models.

    Parameters
    ----------
    probabilities : dict of str to array, shape (N, K)
        Name of each model, and its probabilities for the same N examples.
    y_true : array, shape (N, K) or (N,)
        One-hot or integer labels.
    bins : int
        How many equally wide bins.

    Returns
    -------
    Picture
        For each model the share of right answers in each bin, beside the diagonal of a calibrated
        one; below it how the answers spread over the bins.
    """
    sorted_answers = {
        name: bin_answers(rows, y_true, bins=bins) for name, rows in probabilities.items()
    }
    figure, panels = new_figure(columns=len(probabilities), rows=2, height=4.6)
    panels = np.reshape(panels, (2, -1))
    panels[0, 0].get_gridspec().set_height_ratios([3, 1])
    for (upper, lower), (name, answers) in zip(panels.T, sorted_answers.items(), strict=True):
        draw_reliability(upper, answers)
        upper.set(title=f"{name}: ECE {answers.error:.3f}", ylabel="share of right answers")
        draw_counts(lower, answers)
        lower.set(xlabel="confidence", ylabel="answers")
    handles, labels = panels[0, 0].get_legend_handles_labels()
    figure.legend(handles, labels, frameon=False, loc="outside lower center", ncols=3)
    told = " ".join(f"{name}: {describe(answers)}" for name, answers in sorted_answers.items())
    figure.alt = f"Reliability diagrams with {bins} bins. {told}"
    return figure


def draw_reliability(axes: Axes, answers: Bins) -> None:
    """Draw the bins into axes: bars of right answers, their gaps, and the diagonal."""
    filled = answers.count > 0
    left, width = answers.low[filled], (answers.high - answers.low)[filled]
    accuracy, confidence = answers.accuracy[filled], answers.confidence[filled]
    axes.bar(
        left, accuracy, width, align="edge", color="#a8cfe6", edgecolor=BLUE, label="right answers"
    )
    axes.bar(
        left + width / 2,
        confidence - accuracy,
        width * 0.5,
        bottom=accuracy,
        color="none",
        edgecolor=RED,
        hatch="///",
        label="gap",
    )
    axes.plot([0, 1], [0, 1], "--", color=GREY, label="as sure as right")
    axes.set(xlim=(0, 1), ylim=(0, 1.02))


def draw_counts(axes: Axes, answers: Bins) -> None:
    """Draw into axes how many answers each bin holds."""
    width = answers.high - answers.low
    axes.bar(answers.low, answers.count, width, align="edge", color=GREY, edgecolor="white")
    axes.set(xlim=(0, 1))


def describe(answers: Bins) -> str:
    """Say what a reliability diagram shows, in one or two sentences."""
    gaps = answers.gap[answers.count > 0]
    middle = answers.count @ np.nan_to_num(answers.confidence) / answers.count.sum()
    right = answers.count @ np.nan_to_num(answers.accuracy) / answers.count.sum()
    return (
        f"mean confidence {middle:.3f}, share of right answers {right:.3f}, ECE "
        f"{answers.error:.3f}; right less often than it says in {np.sum(gaps < 0)} of "
        f"{len(gaps)} bins, more often in {np.sum(gaps > 0)}."
    )


def losses_of_temperature(temperatures: np.ndarray, losses: Mapping[str, np.ndarray]) -> Picture:
    """Draw the loss of one to four models against the temperature, with each lowest point.

    Parameters
    ----------
    temperatures : array, shape (M,)
        All above 0, rising.
    losses : dict of str to array, shape (M,)
        Name of each model, and its mean cross-entropy at each temperature.

    Returns
    -------
    Picture
    """
    temperatures = np.asarray(temperatures)
    figure, axes = new_figure(height=3.4)
    told = []
    for (name, values), look in zip(losses.items(), LOOKS, strict=False):
        lowest = int(np.argmin(values))
        best, least = temperatures[lowest], values[lowest]
        axes.plot(temperatures, values, linestyle=look.linestyle, color=look.color, linewidth=2)
        axes.plot(
            best,
            least,
            marker=look.marker,
            linestyle=look.linestyle,
            color=look.color,
            markersize=8,
            label=f"{name}: lowest at T = {best:.2f}",
        )
        at_one = np.interp(0, np.log(temperatures), values)
        told.append(f"{name}: {at_one:.3f} at T = 1, lowest {least:.3f} at T = {best:.2f}.")
    axes.axvline(1, color=GREY, linestyle="--", linewidth=1)
    axes.set(title="loss after dividing the scores by T", xlabel="temperature T", ylabel="loss")
    axes.set_xscale("log")
    places = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20)
    inside = [at for at in places if temperatures[0] <= at <= temperatures[-1]]
    axes.xaxis.set_major_locator(FixedLocator(inside))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
    axes.set_ylim(0, min(axes.get_ylim()[1], 3 * max(np.min(values) for values in losses.values())))
    axes.legend(frameon=False)
    figure.alt = "Loss against the temperature. " + " ".join(told)
    return figure


def error_of_binning(probabilities: Mapping[str, np.ndarray], y_true: np.ndarray) -> Picture:
    """Draw the expected calibration error of one or two models against the number of bins.

    Parameters
    ----------
    probabilities : dict of str to array, shape (N, K)
        Name of each model, and its probabilities for the same N examples.
    y_true : array, shape (N, K) or (N,)
        One-hot or integer labels.

    Returns
    -------
    Picture
        Two curves a model: bins of equal width, and bins with equally many answers.
    """
    kinds = {"width": "equally wide", "count": "equally full"}
    curves = {
        f"{name}, {words}": [
            bin_answers(rows, y_true, bins=bins, equal=equal).error for bins in COUNTS_OF_BINS
        ]
        for name, rows in probabilities.items()
        for equal, words in kinds.items()
    }
    figure, axes = new_figure(height=3.4)
    for (name, errors), look in zip(curves.items(), LOOKS, strict=False):
        axes.plot(
            COUNTS_OF_BINS,
            errors,
            linestyle=look.linestyle,
            color=look.color,
            marker=look.marker,
            markersize=4,
            label=name,
        )
    axes.set(title="ECE of the same answers", xlabel="number of bins", ylim=(0, None))
    axes.legend(frameon=False)
    told = "; ".join(
        f"{name}: "
        + ", ".join(
            f"{errors[COUNTS_OF_BINS.index(bins)]:.3f} with {bins}" for bins in (1, 10, 30, 100)
        )
        for name, errors in curves.items()
    )
    figure.alt = f"ECE against the number of bins. {told}."
    return figure


def cost_of_claims(truth: float) -> Picture:
    """Draw what a claimed probability costs on average, when the true one is another.

    Parameters
    ----------
    truth : float
        How often the event really happens, between 0 and 1.

    Returns
    -------
    Picture
        Three curves over the claim: cross-entropy; the Brier score, here (claim - outcome)^2; and
        the share of wrong answers, where a claim above 1/2 answers yes.
    """
    claims = np.linspace(0.01, 0.99, 99)
    costs = {
        "cross-entropy": -truth * np.log(claims) - (1 - truth) * np.log(1 - claims),
        "Brier score": truth * (1 - claims) ** 2 + (1 - truth) * claims**2,
        "share of wrong answers": np.where(claims > 0.5, 1 - truth, truth),
    }
    costs["share of wrong answers"][claims == 0.5] = np.nan
    figure, axes = new_figure(height=3.4)
    told = []
    for (name, values), look in zip(costs.items(), LOOKS, strict=False):
        axes.plot(claims, values, linestyle=look.linestyle, color=look.color, linewidth=2)
        at = int(np.argmin(np.abs(claims - truth)))
        axes.plot(
            claims[at],
            values[at],
            marker=look.marker,
            linestyle=look.linestyle,
            color=look.color,
            markersize=8,
            label=name,
        )
        told.append(f"{name} {values[at]:.3f} at the truth and {values[-1]:.3f} at 0.99")
    axes.axvline(truth, color=GREY, linestyle="--", linewidth=1)
    axes.set(
        title=f"mean cost of a claim when the event happens in {truth:.0%} of all cases",
        xlabel="claimed probability",
        ylim=(0, 2),
    )
    axes.legend(frameon=False)
    figure.alt = f"Mean cost against the claimed probability; the true one is {truth:g}. " + (
        "; ".join(told) + ". The first two are lowest at the truth; the third has a step at 0.5 "
        "and is flat on both sides."
    )
    return figure
