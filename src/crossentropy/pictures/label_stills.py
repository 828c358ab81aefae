"""The still pictures of lesson 04: what a validation split takes, and four losses' slopes."""

from collections.abc import Sequence

from crossentropy.pictures.drawing import GREY, LOOKS, Picture, new_figure
import numpy as np

LOWEST_LEAD, HIGHEST_LEAD = -10.0, 5.0  # ends of the axis, in units of the scores
FOCAL_GAMMA, FOCAL_ALPHA = 2.0, 0.25  # Keras's defaults


def validation_rows(
    labels: Sequence[int], class_names: Sequence[str], share: float = 0.2
) -> Picture:
    """Draw which rows of a data set `fit` keeps for validation, and their classes.

    Parameters
    ----------
    labels : sequence of int, shape (N,)
        Class of each row, in the order of the rows.
    class_names : sequence of str
        Name of each class.
    share : float
        The `validation_split`: Keras takes the last rows from `int(N * (1 - share))` on.

    Returns
    -------
    Picture
        One line a class, with a mark for each of its rows; the rows that are taken are shaded.
    """
    labels = np.asarray(labels)
    cut = int(len(labels) * (1 - share))
    taken = np.bincount(labels[cut:], minlength=len(class_names))
    kept = np.bincount(labels[:cut], minlength=len(class_names))
    counts = "; ".join(
        f"{name}: {left} for training, {right} for validation"
        for name, left, right in zip(class_names, kept, taken, strict=True)
    )
    figure, axes = new_figure(
        height=2.8,
        alt=f"The {len(labels)} rows in their order, one line for each class. The last "
        f"{len(labels) - cut} rows are taken for validation. {counts}.",
    )
    axes.grid(visible=False)
    axes.axvspan(cut, len(labels), color=LOOKS[1].color, alpha=0.15, linewidth=0)
    axes.axvline(cut, color=LOOKS[1].color, linestyle="--")
    for place in range(len(class_names)):
        rows = np.flatnonzero(labels == place)
        axes.plot(rows, np.full(len(rows), place), "|", color=LOOKS[0].color, markersize=12)
    axes.set_yticks(range(len(class_names)), class_names)
    axes.invert_yaxis()
    axes.set(
        title=f"the rows that validation_split={share:g} takes",
        xlabel="row",
        xlim=(0, len(labels)),
        ylim=(len(class_names) - 0.4, -1.3),
    )
    for x, words in ((cut / 2, "training"), ((cut + len(labels)) / 2, "validation")):
        axes.text(x, -0.85, words, ha="center", va="center", weight="bold")
    return figure


def loss_slopes(lead: float | np.ndarray, classes: int = 3) -> dict[str, np.ndarray]:
    """Compute the slope of four losses with respect to the score of the true class.

    Parameters
    ----------
    lead : float or array
        Score of the true class; all other scores are 0.
    classes : int
        Number of classes K, at least 2.

    Returns
    -------
    dict of str to array
        For each loss its derivative with respect to that score, as Keras computes the loss:
        cross-entropy and focal (gamma 2, alpha 0.25) of the softmax, the mean squared error of the
        softmax over the K classes, and the categorical hinge of the scores. With p the softmax at
        the true class: p - 1; alpha (1 - p)^gamma (gamma p log p + p - 1); for the squared error
        2/K p ((p - 1)(1 - p) - (1 - p)^2 / (K - 1)); -1 below a lead of 1, else 0.
    """
    lead = np.asarray(lead, dtype=float)
    p = 1 / (1 + (classes - 1) * np.exp(-lead))
    squares = (p - 1) * (1 - p) - (1 - p) ** 2 / (classes - 1)
    return {
        "cross-entropy": p - 1,
        "squared error": 2 / classes * p * squares,
        "hinge": np.where(lead < 1, -1.0, 0.0),
        "focal": FOCAL_ALPHA * (1 - p) ** FOCAL_GAMMA * (FOCAL_GAMMA * p * np.log(p) + p - 1),
    }


def slopes_of_losses() -> Picture:
    """Draw how strongly four losses pull up the score of the true class.

    Returns
    -------
    Picture
        The pull is minus the slope of `loss_slopes`, for three classes.
    """
    lead = np.linspace(LOWEST_LEAD, HIGHEST_LEAD, 601)
    pulls = {name: -slope + 0.0 for name, slope in loss_slopes(lead).items()}
    ends = "; ".join(f"{name} {pull[0]:.2f}" for name, pull in pulls.items())
    figure, axes = new_figure(
        height=3.4,
        alt="Pull on the score of the true class against its lead over the others, from "
        f"{LOWEST_LEAD:g} (certain and wrong) to {HIGHEST_LEAD:g} (certain and right). At the left "
        f"end: {ends}. At a lead of 0 all four pull; squared error is highest at a lead of "
        f"about {lead[pulls['squared error'].argmax()]:.1f}. At the right end all are almost 0.",
    )
    for (name, pull), look in zip(pulls.items(), LOOKS, strict=True):
        axes.plot(
            lead,
            pull,
            color=look.color,
            linestyle=look.linestyle,
            marker=look.marker,
            markevery=(40, 80),
            linewidth=2,
            label=name,
        )
    axes.axvline(0, color=GREY, linewidth=1)
    axes.set(
        title="pull on the score of the true class",
        xlabel="its lead over the other two scores  (left: certain and wrong)",
        ylim=(-0.05, 1.12),
    )
    axes.legend(frameon=False, loc="upper right", bbox_to_anchor=(1.0, 0.95))
    return figure
