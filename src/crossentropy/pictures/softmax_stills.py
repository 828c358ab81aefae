"""The figure of lesson 02: what a temperature does to the losses of a batch.

Losses are in nats: every logarithm here is the natural one.
"""

from crossentropy.pictures.drawing import GREY, LOOKS, Picture, new_figure
from matplotlib.ticker import FixedLocator, NullLocator
import numpy as np

TEMPERATURES = np.geomspace(0.1, 10, 121)
_TICKS = (0.1, 0.2, 0.5, 1, 2, 5, 10)


def losses_by_temperature(scores: np.ndarray, y_true: np.ndarray) -> Picture:
    """Draw the loss of each example, and their mean, over the temperature that divides the scores.

    Parameters
    ----------
    scores : array, shape (N, K)
        Raw scores.
    y_true : array, shape (N, K)
        One-hot labels.

    Returns
    -------
    Picture
        The temperature axis is logarithmic, from 0.1 to 10. Examples whose true class has the
        largest score and the others differ in dashes.
    """
    scores, y_true = np.asarray(scores, dtype=float), np.asarray(y_true)
    divided = scores / TEMPERATURES[:, np.newaxis, np.newaxis]
    highest = divided.max(axis=2, keepdims=True)
    log_sum_exp = highest[..., 0] + np.log(np.exp(divided - highest).sum(axis=2))
    losses = log_sum_exp - (divided * y_true).sum(axis=2)
    right = scores.argmax(axis=1) == y_true.argmax(axis=1)
    mean = losses.mean(axis=1)
    best = TEMPERATURES[mean.argmin()]
    guess = np.log(scores.shape[1])

    figure, axes = new_figure(
        height=3.6,
        alt=f"Loss over temperature, from 0.1 to 10. {right.sum()} right answers: their losses "
        f"rise from below {losses[0, right].max() + 0.001:.3f} to nearly {guess:.3f}. "
        f"{(~right).sum()} wrong: from {losses[0, ~right].max(initial=0):.3f} down to nearly "
        f"{guess:.3f}. The mean has its lowest point, {mean.min():.3f}, near T = {best:.2g}.",
    )
    kinds = (("right answer", right, LOOKS[0]), ("wrong answer", ~right, LOOKS[1]))
    for name, chosen, look in kinds:
        for place, curve in enumerate(losses[:, chosen].T):
            axes.plot(
                TEMPERATURES,
                curve,
                color=look.color,
                linestyle=look.linestyle,
                linewidth=1.5,
                label=name if place == 0 else None,
            )
    axes.plot(TEMPERATURES, mean, color=LOOKS[2].color, linewidth=3, label="mean of the batch")
    axes.plot(
        best,
        mean.min(),
        LOOKS[2].marker,
        color=LOOKS[2].color,
        markersize=9,
        linestyle="none",
        label=f"lowest mean, {mean.min():.3f} at T = {best:.2g}",
    )
    axes.axhline(guess, color=GREY, linestyle=":", label=f"loss of a guess, {guess:.3f}")
    axes.set(
        title="losses of a batch after dividing the scores by T",
        xscale="log",
        xlabel="temperature T",
        ylabel="loss",
        ylim=(-0.1, None),
    )
    axes.xaxis.set_major_locator(FixedLocator(_TICKS))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticks(_TICKS, [f"{tick:g}" for tick in _TICKS])
    axes.legend(frameon=False)
    return figure
