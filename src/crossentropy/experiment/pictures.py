"""The figures of lesson 05: learning curves, confident mistakes, and who causes the loss."""

import html

from crossentropy import pictures
from crossentropy.experiment.training import (
    TRAINING_LIMIT,
    VALIDATION_GOAL,
    classes,
    example_losses,
    percent,
)
import ipywidgets
import numpy as np

BARS = 100  # images are drawn in groups, worst first
RIGHT, WRONG = pictures.BLUE, pictures.ORANGE


def learning_curves(curves, title="", goals=False):
    """Draw loss and accuracy by epoch, training beside validation.

    Parameters
    ----------
    curves : dict
        ``fit``'s history: lists of floats under loss, val_loss, accuracy and val_accuracy.
    title : str
    goals : bool
        Draw the two goals of the experiment into the accuracies.

    Returns
    -------
    matplotlib.figure.Figure
        Two panels; the epoch with the lowest validation loss is marked in both.
    """
    figure, panels = pictures.new_figure(columns=2, width=8.4, height=3.4)
    epochs = np.arange(1, len(curves["loss"]) + 1)
    best = int(np.argmin(curves["val_loss"]))
    for panel, name in zip(panels, ("loss", "accuracy"), strict=True):
        panel.plot(epochs, curves[name], color=pictures.BLUE, marker="o", ms=3, label="training")
        panel.plot(
            epochs,
            curves[f"val_{name}"],
            color=pictures.ORANGE,
            linestyle="--",
            marker="s",
            ms=3,
            label="validation",
        )
        panel.axvline(best + 1, color=pictures.GREY, linestyle=":", label="lowest validation loss")
        panel.set_xlabel("epoch")
        panel.set_ylabel(name if name == "accuracy" else "loss (nats)")
        panel.set_title(name)
        panel.xaxis.get_major_locator().set_params(integer=True)
    panels[0].set_ylim(bottom=0)
    panels[1].set_ylim(min(0.4, min(curves["accuracy"]), min(curves["val_accuracy"])), 1.0)
    if goals:
        for level, words, side in (
            (VALIDATION_GOAL, f"validation at least {percent(VALIDATION_GOAL)}", "top"),
            (TRAINING_LIMIT, f"training below {percent(TRAINING_LIMIT)}", "bottom"),
        ):
            panels[1].axhline(level, color=pictures.GREEN, linewidth=1)
            panels[1].text(epochs[-1], level, words, ha="right", va=side, fontsize=8)
    panels[0].legend(fontsize=8)
    if title:
        figure.suptitle(title)
    return figure


def describe_curves(curves):
    """Return alternative text for :func:`learning_curves`, without digits that machines change."""
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
            else "at the end the training accuracy, measured on noisy labels while training, "
            "stands below the validation accuracy."
            if gap < -0.02
            else "at the end the two accuracies stand close together."
        )
    )


def before_and_after(before, after=None):
    """Draw what two networks reached side by side, with the numbers on the bars.

    Parameters
    ----------
    before, after : dict
        As ``training.scores`` returns them; ``after`` may be missing.

    Returns
    -------
    matplotlib.figure.Figure
        A panel of accuracies and shares in percent, and a panel of losses.
    """
    figure, panels = pictures.new_figure(columns=2, width=9.0, height=3.4)
    panels[0].get_gridspec().set_width_ratios([2, 1])
    shares = {
        "train_accuracy": "training,\ngiven labels",
        "true_accuracy": "training,\ntrue labels",
        "val_accuracy": "validation",
        "test_accuracy": "test",
        "wrong_learnt": "wrong labels\nlearnt by heart",
    }
    losses = {"train_loss": "training", "val_loss": "validation"}
    for panel, names, factor, digits in ((panels[0], shares, 100, 0), (panels[1], losses, 1, 2)):
        places = np.arange(len(names))
        for scores, offset, colour, hatch, label in (
            (before, -0.2, pictures.BLUE, "", "before"),
            (after, 0.2, pictures.ORANGE, "//", "after"),
        ):
            if scores is None:
                continue
            heights = [factor * scores[name] for name in names]
            bars = panel.bar(
                places + offset, heights, 0.38, color=colour, hatch=hatch, ec="white", label=label
            )
            panel.bar_label(bars, fmt=f"%.{digits}f", fontsize=8)
        panel.set_xticks(places, list(names.values()), fontsize=8)
        panel.margins(y=0.12)
    panels[0].set_title("share of images, in %")
    panels[1].set_title("cross-entropy, in nats")
    panels[1].legend(fontsize=8)
    return figure


def worst_first(y_true, probabilities, images=10):
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


def confident_mistakes(x, y_true, probabilities, class_names, images=10):
    """Show the wrongly classified images with the highest loss.

    Parameters
    ----------
    x : numpy.ndarray
        Shape (N, 28, 28, 1), 0 to 1.
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
    matplotlib.figure.Figure
        Above each image: what it is, what the network says and how surely, and the loss.
    """
    chosen = worst_first(y_true, probabilities, images)
    losses = example_losses(y_true, probabilities)
    rows = max(1, -(-images // 5))
    figure, panels = pictures.new_figure(columns=5, rows=rows, width=8.4, height=2.3 * rows)
    for panel in figure.axes:
        panel.set_axis_off()
    for panel, index in zip(np.ravel(panels), chosen, strict=False):
        said = int(probabilities[index].argmax())
        is_true = int(classes(y_true)[index])
        panel.imshow(x[index, ..., 0], cmap="gray_r", vmin=0, vmax=1)
        panel.set_title(
            f"is {class_names[is_true]}\n"
            f"says {class_names[said]} {percent(probabilities[index, said], 1)}\n"
            f"loss {losses[index]:.1f}",
            fontsize=8,
        )
    return figure


def loss_profile(y_true, probabilities):
    """Sort images by their loss and say who causes the mean.

    Parameters
    ----------
    y_true : numpy.ndarray
        One-hot, shape (N, K).
    probabilities : numpy.ndarray
        Shape (N, K), one network's predictions.

    Returns
    -------
    dict
        losses: float64, shape (N,), highest first. right: bool, shape (N,), in the same order.
        mean, accuracy: floats. worst_share: the share of the whole loss that the worst twentieth
        of the images causes.
    """
    losses = example_losses(y_true, probabilities)
    order = np.argsort(-losses, kind="stable")
    right = (probabilities.argmax(axis=1) == classes(y_true))[order]
    losses = losses[order]
    twentieth = max(1, len(losses) // 20)
    return {
        "losses": losses,
        "right": right,
        "mean": float(losses.mean()),
        "accuracy": float(right.mean()),
        "worst_share": float(losses[:twentieth].sum() / losses.sum()),
    }


def loss_by_image(y_true, probabilities, epochs):
    """Draw the sorted losses of all images after each of some epochs.

    Parameters
    ----------
    y_true : numpy.ndarray
        One-hot, shape (N, K).
    probabilities : sequence of numpy.ndarray
        One array of shape (N, K) for each epoch, as ``progress.Live`` keeps them.
    epochs : sequence of int
        Which to draw, counted from 1.

    Returns
    -------
    matplotlib.figure.Figure
        A panel an epoch: a column for every hundredth part of the images, worst first; columns
        in which more than half of the images are wrong are orange and hatched.
    """
    figure, panels = pictures.new_figure(columns=len(epochs), width=8.4, height=3.2)
    highest = max(_columns(loss_profile(y_true, one))[0].max() for one in probabilities)
    for panel, epoch in zip(np.ravel(panels), epochs, strict=True):
        profile = loss_profile(y_true, probabilities[epoch - 1])
        heights, right = _columns(profile)
        places = np.arange(len(heights))
        panel.bar(places[right], heights[right], width=1.0, color=RIGHT, label="mostly right")
        panel.bar(
            places[~right],
            heights[~right],
            width=1.0,
            color=WRONG,
            hatch="//",
            edgecolor="white",
            linewidth=0,
            label="mostly wrong",
        )
        panel.axhline(profile["mean"], color=pictures.GREY, linestyle="--", label="mean loss")
        panel.set_ylim(0, highest * 1.05)
        panel.set_title(f"after epoch {epoch}")
        panel.set_xlabel("images in %, worst first")
    np.ravel(panels)[0].set_ylabel("loss (nats)")
    np.ravel(panels)[0].legend(fontsize=8)
    return figure


def loss_explorer(y_true, probabilities):
    """Return a widget that shows each image's loss after the epoch that a slider chooses.

    Parameters
    ----------
    y_true : numpy.ndarray
        One-hot, shape (N, K).
    probabilities : sequence of numpy.ndarray
        One array of shape (N, K) for each epoch.

    Returns
    -------
    ipywidgets.VBox
        A slider and a picture.
    """
    profiles = [loss_profile(y_true, one) for one in probabilities]
    highest = max(_columns(profile)[0].max() for profile in profiles)
    slider = ipywidgets.IntSlider(
        value=1, min=1, max=len(profiles), description="epoch", continuous_update=True
    )
    view = ipywidgets.HTML()

    def draw(_=None):
        view.value = _profile_picture(profiles[slider.value - 1], slider.value, highest)

    slider.observe(draw, names="value")
    draw()
    return ipywidgets.VBox([slider, view])


def _columns(profile):
    """Return mean losses of the groups of images that are drawn, and whether most are right."""
    groups = np.array_split(np.arange(len(profile["losses"])), min(BARS, len(profile["losses"])))
    heights = np.array([profile["losses"][group].mean() for group in groups])
    right = np.array([profile["right"][group].mean() > 0.5 for group in groups])
    return heights, right


def _profile_picture(profile, epoch, highest):
    heights, right = _columns(profile)
    left, top, width, height = 40, 10, 560, 200
    step = width / len(heights)
    ink = "var(--jp-ui-font-color1, #222)"
    faint = "var(--jp-border-color2, #bbb)"
    bars = []
    for index, (value, is_right) in enumerate(zip(heights, right, strict=True)):
        tall = height * value / highest
        bars.append(
            f'<rect x="{left + index * step:.1f}" y="{top + height - tall:.1f}" '
            f'width="{step * (0.9 if is_right else 0.55):.1f}" height="{tall:.1f}" '
            f'fill="{RIGHT if is_right else WRONG}"/>'
        )
    mean = top + height * (1 - profile["mean"] / highest)
    words = (
        f"After epoch {epoch}: mean loss {profile['mean']:.2f}, "
        f"accuracy {percent(profile['accuracy'])}. "
        f"The worst 5 % of the images cause {percent(profile['worst_share'])} of the whole loss."
    )
    return (
        f'<div style="color:{ink};font-size:13px">{html.escape(words)}<br>'
        f'<svg role="img" aria-label="{html.escape(words)}" width="620" height="252" '
        f'viewBox="0 0 620 252" style="font-size:11px">'
        f'<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="none" '
        f'stroke="{faint}"/>{"".join(bars)}'
        f'<path d="M{left} {mean:.1f}h{width}" stroke="{ink}" stroke-dasharray="4 3"/>'
        f'<text x="{left + width - 4}" y="{mean - 4:.1f}" text-anchor="end" '
        f'fill="{ink}">mean</text>'
        f'<text x="{left - 4}" y="{top + 9}" text-anchor="end" fill="{ink}">{highest:.0f}</text>'
        f'<text x="{left - 4}" y="{top + height}" text-anchor="end" fill="{ink}">0</text>'
        f'<text x="{left}" y="{top + height + 14}" fill="{ink}">all images, worst first</text>'
        f'<rect x="{left}" y="{top + height + 24}" width="6" height="10" fill="{WRONG}"/>'
        f'<text x="{left + 16}" y="{top + height + 33}" fill="{ink}">thin: mostly wrong</text>'
        f'<rect x="{left + 150}" y="{top + height + 24}" width="10" height="10" fill="{RIGHT}"/>'
        f'<text x="{left + 166}" y="{top + height + 33}" fill="{ink}">broad: mostly right</text>'
        "</svg></div>"
    )
