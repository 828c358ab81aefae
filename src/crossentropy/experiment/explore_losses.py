"""The slider picture of lesson 05: the loss of every image, epoch by epoch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from crossentropy.experiment.measure import classes, example_losses, percent
from crossentropy.pictures.drawing import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    SMALLEST,
    SVG_SMALLEST,
    Frame,
    Picture,
    box,
    line,
    new_figure,
    svg,
    text,
)
from crossentropy.pictures.showing import Explorer, moved_by
import ipywidgets
import numpy as np

BARS = 100  # images are drawn in groups, worst first
RIGHT, WRONG = BLUE, ORANGE


class Profile(NamedTuple):
    """The losses of all images after one epoch, sorted, and who causes their mean."""

    losses: np.ndarray  # float64, shape (N,), highest first
    right: np.ndarray  # bool, shape (N,), in the same order
    mean: float
    accuracy: float
    worst_share: float  # of the whole loss, caused by the worst twentieth of the images


def loss_profile(y_true: np.ndarray, probabilities: np.ndarray) -> Profile:
    """Sort images by their loss.

    Parameters
    ----------
    y_true : numpy.ndarray
        One-hot, shape (N, K).
    probabilities : numpy.ndarray
        Shape (N, K), one network's predictions.

    Returns
    -------
    Profile
    """
    losses = example_losses(y_true, probabilities)
    order = np.argsort(-losses, kind="stable")
    right = (probabilities.argmax(axis=1) == classes(y_true))[order]
    losses = losses[order]
    twentieth = max(1, len(losses) // 20)
    worst_share = float(losses[:twentieth].sum() / losses.sum())
    return Profile(losses, right, float(losses.mean()), float(right.mean()), worst_share)


def losses_explorer(y_true: np.ndarray, probabilities: Sequence[np.ndarray]) -> Explorer:
    """Show each image's loss after the epoch that a slider chooses.

    Parameters
    ----------
    y_true : numpy.ndarray
        One-hot, shape (N, K).
    probabilities : sequence of numpy.ndarray
        One array of shape (N, K) for each epoch, as `Live` keeps them.

    Returns
    -------
    Explorer
        Its still picture shows the first epoch, the middle and the last.
    """
    profiles = [loss_profile(y_true, one) for one in probabilities]
    highest = max(_columns(profile)[0].max() for profile in profiles)
    slider = ipywidgets.IntSlider(
        value=1,
        min=1,
        max=len(profiles),
        description="after epoch",
        layout=ipywidgets.Layout(width="34rem", max_width="100%"),
    )

    def draw(epoch):
        return draw_losses(profiles[epoch - 1], epoch, highest)

    middle = max(1, len(profiles) // 2)
    epochs = list(dict.fromkeys([1, middle, len(profiles)]))
    still = losses_by_image([profiles[epoch - 1] for epoch in epochs], epochs)
    return Explorer(moved_by([slider], draw), still)


def losses_by_image(profiles: Sequence[Profile], epochs: Sequence[int]) -> Picture:
    """Draw the sorted losses of all images after each of some epochs.

    Parameters
    ----------
    profiles : sequence of Profile
    epochs : sequence of int
        Which each of them belongs to, counted from 1.

    Returns
    -------
    Picture
        A panel an epoch: a column for every hundredth part of the images, worst first; columns
        in which more than half of the images are wrong are orange and hatched.
    """
    figure, panels = new_figure(
        columns=len(epochs),
        height=3.2,
        alt="Losses of all validation images, worst first, after the epochs "
        + ", ".join(map(str, epochs))
        + ". A column is a hundredth part of the images; a dashed line marks the mean.",
    )
    highest = max(_columns(profile)[0].max() for profile in profiles)
    for panel, profile, epoch in zip(np.ravel(panels), profiles, epochs, strict=True):
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
        panel.axhline(profile.mean, color=GREY, linestyle="--", label="mean loss")
        panel.set_ylim(0, highest * 1.05)
        panel.set_title(f"after epoch {epoch}")
        panel.set_xlabel("images in %, worst first")
    np.ravel(panels)[0].set_ylabel("loss (nats)")
    np.ravel(panels)[0].legend(fontsize=SMALLEST)
    return figure


def draw_losses(profile: Profile, epoch: int, highest: float) -> str:
    """Return the picture after one epoch as HTML: a sentence, and a drawing below it.

    Parameters
    ----------
    profile : Profile
    epoch : int
        Counted from 1.
    highest : float
        The top of the axis of losses, the same for all epochs.
    """
    heights, right = _columns(profile)
    frame = Frame(56, 20, 560, 210, (0, len(heights)), (0, highest))
    words = (
        f"After epoch {epoch}: mean loss {profile.mean:.2f}, "
        f"accuracy {percent(profile.accuracy)}. "
        f"The worst 5 % of the images cause {percent(profile.worst_share)} of the whole loss."
    )
    parts = [
        frame.axes((), np.arange(0, highest, 2 if highest > 4 else 1), "all images, worst first"),
        text(14, 14, "loss (nats)", size=SVG_SMALLEST),
    ]
    for place, (height, is_right) in enumerate(zip(heights, right, strict=True)):
        # Narrow columns for what is wrong, so that it shows without colour too.
        width = (0.9 if is_right else 0.55) * frame.width / len(heights)
        top = frame.y(height)
        color = RIGHT if is_right else WRONG
        parts.append(box(frame.x(place), top, width, frame.y(0) - top, fill=color))
    mean = frame.y(profile.mean)
    parts += [
        line(frame.left, mean, frame.left + frame.width, mean, INK, dashes="4 3"),
        text(frame.left + frame.width, mean - 5, "mean", anchor="end", size=SVG_SMALLEST),
        box(56, 282, 6, 11, fill=WRONG),
        text(72, 292, "narrow: mostly wrong"),
        box(236, 282, 10, 11, fill=RIGHT),
        text(254, 292, "wide: mostly right"),
    ]
    ink = "var(--jp-ui-font-color1, #212121)"
    return f'<div aria-live="polite" style="color: {ink}">{words}</div>' + svg(parts, 300, words)


def _columns(profile):
    """Return mean losses of the groups of images that are drawn, and whether most are right."""
    groups = np.array_split(np.arange(len(profile.losses)), min(BARS, len(profile.losses)))
    heights = np.array([profile.losses[group].mean() for group in groups])
    right = np.array([profile.right[group].mean() > 0.5 for group in groups])
    return heights, right
