"""The figures of lesson 01: what a probability costs, what a batch costs, and what of it is left.

Losses are in nats: every logarithm here is the natural one.
"""

from collections.abc import Mapping, Sequence

from crossentropy.pictures.drawing import (
    BLUE,
    GROUND,
    ORANGE,
    RED,
    Picture,
    new_figure,
)
import numpy as np

HIGHEST_LOSS = 7.0  # where the curve is cut; -log 0.001 = 6.91 still fits


def loss_of_probability(marks: Mapping[str, float]) -> Picture:
    """Draw the curve -log p, with some probabilities marked on it.

    Parameters
    ----------
    marks : dict of str to float
        Name of each marked point, and its probability p of the true class, 0.001 <= p <= 1.

    Returns
    -------
    Picture
    """
    told = "; ".join(
        f"{name}, p = {p:.3g}, loss {-np.log(p) + 0.0:.3f}" for name, p in marks.items()
    )
    figure, axes = new_figure(
        height=3.8,
        alt="The curve minus log p over the probability p of the true class: very high near 0, "
        "steep at first, then ever flatter, and 0 at p = 1."
        + (f" Marked on it: {told}." if marks else ""),
    )
    p = np.geomspace(np.exp(-HIGHEST_LOSS), 1, 400)
    axes.plot(p, -np.log(p), color=BLUE, linewidth=2, label=r"$-\log\,p$")
    for (name, probability), marker in zip(marks.items(), "osD^vP*X", strict=False):
        loss = -np.log(probability) + 0.0
        axes.plot(
            probability,
            loss,
            marker=marker,
            color=ORANGE,
            markersize=8,
            linestyle="none",
            label=f"{name}: p = {probability:.3g}, loss {loss:.3f}",
        )
    axes.set(
        title=r"What a picture costs: $-\log\,p$ of its true class",
        xlabel="p, the probability that the model gives to the true class",
        ylabel="loss",
        xlim=(-0.02, 1.02),
        ylim=(-0.2, HIGHEST_LOSS + 0.2),
    )
    axes.legend(frameon=False)
    return figure


def losses_of_a_batch(
    losses_by_model: Mapping[str, np.ndarray], example_names: Sequence[str]
) -> Picture:
    """Draw the loss of each example of a batch, one panel a model, with its mean.

    Parameters
    ----------
    losses_by_model : dict of str to array, shape (N,)
        Name of each model (at least two), and its losses, one an example.
    example_names : sequence of N str

    Returns
    -------
    Picture
        All panels share one loss axis, so that bars can be compared across them.
    """
    figure, panels = new_figure(columns=len(losses_by_model), height=2.9)
    places = np.arange(len(example_names))
    longest = max(float(np.max(losses)) for losses in losses_by_model.values())
    told = []
    for axes, (name, losses) in zip(panels, losses_by_model.items(), strict=True):
        bars = axes.barh(places, losses, color=BLUE, height=0.6)
        # A ground of their own keeps the numbers legible where the mean's line crosses them.
        axes.bar_label(
            bars, fmt="%.3f", padding=4, bbox={"facecolor": GROUND, "edgecolor": "none", "pad": 1}
        )
        mean = float(np.mean(losses))
        axes.axvline(mean, color=RED, linestyle="--", linewidth=1.5, label=f"mean {mean:.3f}")
        axes.set(title=name, xlabel="loss of this picture", xlim=(0, longest * 1.3))
        axes.set_yticks(places, example_names)
        axes.invert_yaxis()  # the first example stands on top, as it does in the array
        axes.legend(frameon=False, loc="upper right")
        each = ", ".join(
            f"{example} {loss:.3f}" for example, loss in zip(example_names, losses, strict=True)
        )
        told.append(f"{name}: {each}, mean {mean:.3f}.")
    for axes in panels[1:]:
        axes.set_yticklabels([])
    figure.alt = "Loss of each picture as bars. " + " ".join(told)
    return figure


def entropy_and_divergence(entropy: float, divergences: Mapping[str, float]) -> Picture:
    """Draw cross-entropy as two stacked parts: entropy, and what the prediction adds.

    Parameters
    ----------
    entropy : float
        Entropy of the labels, the same for every prediction.
    divergences : dict of str to float
        Name of each prediction, and its Kullback-Leibler divergence from the labels.

    Returns
    -------
    Picture
    """
    extra = np.array(list(divergences.values()))
    told = "; ".join(f"{name}, {entropy + more:.3f} in all" for name, more in divergences.items())
    figure, axes = new_figure(
        height=2.8,
        alt=f"Stacked bars. Each begins with the entropy of the labels, {entropy:.3f}; the "
        f"divergence is added to it: {told}.",
    )
    places = np.arange(len(divergences))
    axes.barh(places, entropy, color="#b9b9b9", height=0.6, label="entropy of the labels")
    bars = axes.barh(
        places,
        extra,
        left=entropy,
        color="#f3c58b",
        edgecolor=ORANGE,
        hatch="//",
        height=0.6,
        label="divergence: what the prediction adds",
    )
    axes.bar_label(bars, labels=[f"{total:.3f}" for total in entropy + extra], padding=4)
    axes.set(
        title="Cross-entropy = entropy + divergence",
        xlabel="average surprise, in nats",
        xlim=(0, (entropy + extra.max()) * 1.15),
    )
    axes.set_yticks(places, list(divergences))
    axes.invert_yaxis()
    figure.legend(frameon=False, loc="outside lower center", ncols=2)
    return figure
