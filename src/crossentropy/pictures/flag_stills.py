"""The figures of lesson 03: what a wrong flag does to training, and what a cap costs.

Losses are in nats: every logarithm here is the natural one.
"""

from collections.abc import Mapping, Sequence

from crossentropy.pictures.drawing import GREY, LOOKS, Picture, new_figure
from matplotlib.ticker import MaxNLocator
import numpy as np


def losses_of_training(losses: Mapping[str, Sequence[float]], guess: float) -> Picture:
    """Draw the training losses of several runs, and the loss of a guess.

    Parameters
    ----------
    losses : dict of str to sequence of float
        Name of each run (four at most), and its loss after each epoch.
    guess : float
        Loss of equal probabilities, log K.

    Returns
    -------
    Picture
        Its alternative text compares the last losses with the guess, in words: the digits of a
        training differ between machines.
    """
    told = "; ".join(
        f"{name} ends {'below' if values[-1] < guess else 'above'} it"
        for name, values in losses.items()
    )
    figure, axes = new_figure(
        height=3.0,
        alt=f"Training loss by epoch, with a line at the loss of a guess, {guess:.2f}: {told}.",
    )
    for (name, values), look in zip(losses.items(), LOOKS, strict=False):
        axes.plot(
            np.arange(1, len(values) + 1),
            values,
            linestyle=look.linestyle,
            color=look.color,
            marker=look.marker,
            markersize=4,
            label=name,
        )
    axes.axhline(guess, color=GREY, linestyle=":", label=f"loss of a guess, {guess:.2f}")
    axes.set(title="training loss", xlabel="epoch", ylim=(0, None))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(frameon=False)
    return figure


def loss_and_slope(
    scores: np.ndarray, losses: Mapping[str, np.ndarray], slopes: Mapping[str, np.ndarray]
) -> Picture:
    """Draw loss and slope against the true class's score, for two ways of computing the loss.

    Parameters
    ----------
    scores : array, shape (N,)
        Score of the true class.
    losses, slopes : dict of str to array, shape (N,)
        For each way (exactly two): the loss, and its derivative with respect to that score.

    Returns
    -------
    Picture
    """
    told = " ".join(
        f"{name}: at a score of {scores[0]:g} the loss is {losses[name][0]:.3f} and its slope "
        f"{slopes[name][0]:.3f}."
        for name in losses
    )
    figure, (left, right) = new_figure(
        columns=2,
        height=3.4,
        alt=f"Two panels over the score of the true class: the loss, and its slope. {told}",
    )
    for axes, curves, title in ((left, losses, "loss"), (right, slopes, "slope of the loss")):
        for (name, values), look in zip(curves.items(), LOOKS, strict=False):
            axes.plot(
                scores,
                values,
                linestyle=look.linestyle,
                color=look.color,
                linewidth=2,
                label=name if axes is left else None,
            )
        axes.set(title=title, xlabel="score of the true class")
    # Below both panels, where no curve comes.
    figure.legend(frameon=False, loc="outside lower center", ncols=2)
    return figure
