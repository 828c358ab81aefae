"""The figures of the overfitting experiment: curves, confident mistakes, before and after.

Each carries its own alternative text; show it with `crossentropy.pictures.show`.
"""

from __future__ import annotations

from collections.abc import Sequence

from crossentropy.experiment.goals import TRAINING_LIMIT, VALIDATION_GOAL
from crossentropy.experiment.measure import classes, example_losses, percent
from crossentropy.pictures.drawing import GREEN, GREY, LOOKS, SMALLEST, Picture, new_figure
import numpy as np


def learning_curves(curves: dict, title: str = "", goals: bool = False) -> Picture:
    """Draw loss and accuracy by epoch, training beside validation.

    Parameters
    ----------
    curves : dict
        `fit`'s history: lists of floats under loss, val_loss, accuracy and val_accuracy.
    title : str
    goals : bool
        Draw the two goals of the experiment into the accuracies.

    Returns
    -------
    Picture
        Two panels; the epoch with the lowest validation loss is marked in both.
    """
    figure, panels = new_figure(columns=2, height=3.6, alt=_described(curves))
    epochs = np.arange(1, len(curves["loss"]) + 1)
    best = int(np.argmin(curves["val_loss"]))
    for panel, name in zip(panels, ("loss", "accuracy"), strict=True):
        for look, key, label in (
            (LOOKS[0], name, "training"),
            (LOOKS[1], f"val_{name}", "validation"),
        ):
            panel.plot(
                epochs,
                curves[key],
                color=look.color,
                linestyle=look.linestyle,
                marker=look.marker,
                ms=3,
                label=label,
            )
        panel.axvline(best + 1, color=GREY, linestyle=":", label="lowest validation loss")
        panel.set(xlabel="epoch", ylabel="loss (nats)" if name == "loss" else name, title=name)
        panel.xaxis.get_major_locator().set_params(integer=True)
    panels[0].set_ylim(bottom=0)
    panels[1].set_ylim(min(0.4, min(curves["accuracy"]), min(curves["val_accuracy"])), 1.0)
    if goals:
        for level, words, side in (
            (VALIDATION_GOAL, f"validation at least {percent(VALIDATION_GOAL)}", "top"),
            (TRAINING_LIMIT, f"training below {percent(TRAINING_LIMIT)}", "bottom"),
        ):
            panels[1].axhline(level, color=GREEN, linewidth=1)
            panels[1].text(epochs[-1], level, words, ha="right", va=side, fontsize=SMALLEST)
    # Below both panels, since a curve may run anywhere in them.
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=3, fontsize=SMALLEST)
    if title:
        figure.suptitle(title)
    return figure


def before_and_after(before: dict, after: dict | None = None) -> Picture:
    """Draw what two networks reached side by side, with the numbers at the bars.

    Parameters
    ----------
    before, after : dict
        As `measure.scores` returns them, with test_accuracy beside; `after` may be missing.

    Returns
    -------
    Picture
        A panel of accuracies and shares in percent, and a panel of losses.
    """
    figure, panels = new_figure(
        columns=2,
        height=3.6,
        alt="Bars for the network of this lesson"
        + ("" if after is None else " beside your last try")
        + ": the accuracies on training labels, true labels, validation and test images, the "
        "share of wrong labels learnt by heart, and the two losses.",
    )
    panels[0].get_gridspec().set_width_ratios([3, 2])
    shares = {
        "train_accuracy": "training,\ngiven labels",
        "true_accuracy": "training,\ntrue labels",
        "wrong_learnt": "wrong labels\nlearnt by heart",
        "val_accuracy": "validation",
        "test_accuracy": "test",
    }
    losses = {"train_loss": "training", "val_loss": "validation"}
    for panel, names, factor, digits in ((panels[0], shares, 100, 0), (panels[1], losses, 1, 2)):
        places = np.arange(len(names))
        for scores, offset, look, label in (
            (before, -0.2, LOOKS[0], "before"),
            (after, 0.2, LOOKS[1], "after"),
        ):
            if scores is None:
                continue
            lengths = [factor * scores[name] for name in names]
            bars = panel.barh(
                places + offset,
                lengths,
                0.38,
                color=look.color,
                hatch=look.hatch,
                ec="white",
                label=label,
            )
            panel.bar_label(bars, fmt=f"%.{digits}f", padding=3, fontsize=SMALLEST)
        panel.set_yticks(places, list(names.values()), fontsize=SMALLEST)
        panel.invert_yaxis()
        panel.margins(x=0.15)
    panels[0].set_title("share of images, in %")
    panels[1].set_title("cross-entropy, in nats")
    panels[1].legend(fontsize=SMALLEST)
    return figure


def confident_mistakes(
    x: np.ndarray,
    y_true: np.ndarray,
    probabilities: np.ndarray,
    class_names: Sequence[str],
    images: int = 10,
) -> Picture:
    """Show the wrongly classified images with the highest loss.

    Parameters
    ----------
    x : numpy.ndarray
        Shape (N, height, width, channels), 0 to 1; one channel is drawn dark on light.
    y_true : numpy.ndarray
        One-hot, shape (N, K).
    probabilities : numpy.ndarray
        Shape (N, K).
    class_names : sequence of str
        Length K.
    images : int
        How many, in rows of five.

    Returns
    -------
    Picture
        Above each image: what it is, what the network says and how surely, and the loss.
    """
    chosen = worst_first(y_true, probabilities, images)
    losses = example_losses(y_true, probabilities)
    rows = max(1, -(-images // 5))
    figure, panels = new_figure(
        columns=5,
        rows=rows,
        height=2.2 * rows,
        alt="The validation images that the network gets wrong at the highest cost. Above each "
        "stands its true class, the network's answer with its probability, and the loss.",
    )
    for panel in figure.axes:
        panel.set_axis_off()
    for panel, index in zip(np.ravel(panels), chosen, strict=False):
        said = int(probabilities[index].argmax())
        is_true = int(classes(y_true)[index])
        grey = {"cmap": "gray_r", "vmin": 0, "vmax": 1} if x.shape[-1] == 1 else {}
        panel.imshow(x[index].squeeze(), **grey)
        panel.set_title(
            f"is {class_names[is_true]}\n"
            f"says {class_names[said]}\n"
            f"({percent(probabilities[index, said], 1)})\n"
            f"loss {losses[index]:.1f}",
            fontsize=SMALLEST,
        )
    return figure


def worst_first(y_true: np.ndarray, probabilities: np.ndarray, images: int = 10) -> np.ndarray:
    """Return the indices of the wrongly classified images with the highest loss, worst first.

    Parameters
    ----------
    y_true : numpy.ndarray
        One-hot, shape (N, K).
    probabilities : numpy.ndarray
        Shape (N, K).
    images : int
        How many at most.

    Returns
    -------
    numpy.ndarray of int
    """
    losses = example_losses(y_true, probabilities)
    mistaken = np.flatnonzero(probabilities.argmax(axis=1) != classes(y_true))
    return mistaken[np.argsort(-losses[mistaken], kind="stable")][:images]


def _described(curves):
    """Alternative text of learning curves, without digits that differ between machines."""
    validation = curves["val_loss"]
    rises = validation[-1] > 1.3 * min(validation)
    gap = curves["accuracy"][-1] - curves["val_accuracy"][-1]
    return (
        "Loss and accuracy by epoch. The validation loss "
        + (
            "falls at first and then climbs well above its lowest point; "
            if rises
            else "falls and stays near its lowest point; "
        )
        + (
            "at the end the training accuracy stands far above the validation accuracy."
            if gap > 0.1
            else "at the end the training accuracy, as fit reports it, stands below the validation "
            "accuracy."
            if gap < -0.02
            else "at the end the two accuracies stand close together."
        )
    )
