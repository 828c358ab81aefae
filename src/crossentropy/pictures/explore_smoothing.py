"""The slider picture of lesson 04: a smoothed label, a prediction, and what it pays.

The true class has the probability p, the other K - 1 classes share the rest equally. Losses are in
nats: every logarithm here is the natural one.
"""

from typing import NamedTuple

from crossentropy.pictures.drawing import (
    GREY,
    LOOKS,
    SVG_SMALLEST,
    Frame,
    Picture,
    bar,
    line,
    new_figure,
    number,
    svg,
    text,
)
from crossentropy.pictures.showing import Explorer, moved_by, slider
import numpy as np

HIGHEST_LOSS = 4.0  # top of the loss axis; no setting of the sliders costs more
LOWEST_P, HIGHEST_P = 0.05, 0.995  # ends of the slider
MOST_CLASSES = 10
LARGEST_SHARE = 0.5

_TARGET, _PREDICTION, _PLAIN = LOOKS[0], LOOKS[1], LOOKS[2]._replace(color=GREY, dashes="2 4")
_FRAME = Frame(374, 50, 254, 174, (0, 1), (0, HIGHEST_LOSS))


class SmoothingReading(NamedTuple):
    """What the explorer shows at one setting of its sliders."""

    target: tuple[float, float]  # of the true class, and of each other class
    prediction: tuple[float, float]  # likewise
    loss: float  # of the prediction against the smoothed label, in nats
    floor: float  # the lowest loss: the entropy of the smoothed label, in nats


def read_smoothing(share: float, classes: int, p_true: float) -> SmoothingReading:
    """Compute what the explorer shows.

    Parameters
    ----------
    share : float
        The `label_smoothing` e, from 0 to below 1.
    classes : int
        Number of classes K, at least 2.
    p_true : float
        Predicted probability of the true class, above 0 and below 1.

    Returns
    -------
    SmoothingReading
        The smoothed label is (1 - e) y + e / K, as Keras computes it.
    """
    target = (1 - share + share / classes, share / classes)
    prediction = (p_true, (1 - p_true) / (classes - 1))
    return SmoothingReading(
        target,
        prediction,
        float(smoothed_loss(share, classes, p_true)),
        float(smoothed_loss(share, classes, target[0])),
    )


def smoothed_loss(share: float, classes: int, p_true: float | np.ndarray) -> np.ndarray:
    """Compute the cross-entropy against the smoothed label, for one p or an array of them.

    Parameters
    ----------
    share, classes, p_true
        As for `read_smoothing`; `p_true` may also be 1 where `share` is 0.

    Returns
    -------
    array, of the shape of `p_true`, in nats
        A class whose target is 0 adds nothing.
    """
    p_true = np.asarray(p_true, dtype=float)
    loss = -(1 - share + share / classes) * np.log(p_true)
    if share > 0:
        loss = loss - (classes - 1) * share / classes * np.log((1 - p_true) / (classes - 1))
    return loss + 0.0


def smoothing_explorer(share: float = 0.0, classes: int = 3, p_true: float = 0.7) -> Explorer:
    """Draw label and prediction as bars beside the loss as p moves; three sliders.

    Parameters
    ----------
    share, classes, p_true
        Where the sliders stand first; as for `read_smoothing`.

    Returns
    -------
    Explorer
    """
    sliders = [
        slider("share e that is smoothed", share, 0, LARGEST_SHARE, 0.01),
        slider("number of classes K", classes, 2, MOST_CLASSES, 1, digits=0),
        slider("p of the true class", p_true, LOWEST_P, HIGHEST_P, 0.005, digits=3),
    ]
    return Explorer(moved_by(sliders, draw_smoothing), still_smoothing(share, classes, p_true))


def draw_smoothing(share: float, classes: float, p_true: float) -> str:
    """Return one setting as HTML: a drawing, and a line below it that says the numbers."""
    classes = int(classes)
    reading = read_smoothing(share, classes, p_true)
    return svg(
        [*_bars(reading, classes), *_curve(reading, share, classes)],
        270,
        _described(reading, share, classes),
    ) + (
        '<div aria-live="polite" style="color: var(--jp-ui-font-color1, #212121)">'
        f"Loss <b>{reading.loss:.3f}</b>. The lowest that any prediction can reach is "
        f"<b>{reading.floor:.3f}</b>, at p = {reading.target[0]:.3f}; this one pays "
        f"<b>{reading.loss - reading.floor:.3f}</b> more.</div>"
    )


def still_smoothing(share: float, classes: int, p_true: float) -> Picture:
    """Draw one setting as a figure."""
    reading = read_smoothing(share, classes, p_true)
    figure, (left, right) = new_figure(
        columns=2,
        height=3.3,
        alt="Bars of a label and a prediction beside the loss as the probability of the true "
        f"class moves. {_described(reading, share, classes)}",
    )
    for offset, (name, values, look) in zip(
        (-0.2, 0.2),
        (("label", reading.target, _TARGET), ("prediction", reading.prediction, _PREDICTION)),
        strict=True,
    ):
        bars = left.barh(
            np.arange(2) + offset,
            values,
            height=0.36,
            color="white",
            edgecolor=look.color,
            hatch=look.hatch,
            label=name,
        )
        left.bar_label(bars, fmt="%.3f", padding=4)
    left.set_yticks(range(2), ["true\nclass", _others(classes).replace(" the ", "\nthe ")])
    left.invert_yaxis()
    left.set(title="label and prediction", xlim=(0, 1.25))
    left.legend(frameon=False, fontsize=9, loc="lower right")
    p = _places()
    right.plot(
        p,
        smoothed_loss(0, classes, p),
        color=_PLAIN.color,
        linestyle=_PLAIN.linestyle,
        label="loss without smoothing",
    )
    right.plot(p, smoothed_loss(share, classes, p), color=_TARGET.color, linewidth=2, label="loss")
    right.axhline(
        reading.floor,
        color=LOOKS[3].color,
        linestyle=LOOKS[3].linestyle,
        label=f"lowest {reading.floor:.3f}",
    )
    right.plot(
        p_true,
        reading.loss,
        _PREDICTION.marker,
        color=_PREDICTION.color,
        markersize=8,
        label=f"prediction {reading.loss:.3f}",
    )
    right.set(title="loss", xlabel="p of the true class", ylim=(-0.1, HIGHEST_LOSS))
    right.legend(frameon=False, fontsize=9)
    return figure


def _places():
    """Return the p at which curves are drawn, closer together at both steep ends."""
    half = np.geomspace(0.001, 0.5, 80)
    return np.concatenate([half, 1 - half[-2::-1]])


def _others(classes):
    return f"each of the {classes - 1} others" if classes > 2 else "the other class"


def _described(reading, share, classes):
    return (
        f"{classes} classes, share {share:.2f}. The label is {reading.target[0]:.3f} for the true "
        f"class and {reading.target[1]:.3f} for {_others(classes)}; the prediction is "
        f"{reading.prediction[0]:.3f} and {reading.prediction[1]:.3f}. "
        f"Loss {reading.loss:.3f}; the lowest possible is {reading.floor:.3f}, at "
        f"{reading.target[0]:.3f}."
    )


def _bars(reading, classes):
    left, width = 88, 184
    yield text(left, 24, "label and prediction", weight="bold")
    for group, name in enumerate(("true class", _others(classes))):
        top = 46 + 106 * group
        yield text(left, top, name)
        for place, (words, values, look) in enumerate(
            (("label", reading.target, _TARGET), ("prediction", reading.prediction, _PREDICTION))
        ):
            y, value = top + 10 + 32 * place, values[group]
            yield text(left - 8, y + 16, words, anchor="end", size=SVG_SMALLEST)
            yield bar(left, y, width, 22, value, look.color)
            yield text(left + width + 8, y + 16, number(value, 3))


def _curve(reading, share, classes):
    yield text(_FRAME.left, 24, "loss", weight="bold")
    yield text(_FRAME.left, 40, "dashed: lowest; dotted: no smoothing", size=SVG_SMALLEST)
    yield _FRAME.axes((0, 0.25, 0.5, 0.75, 1), range(5), x_label="p of the true class")
    p = _places()
    yield _FRAME.curve(p, smoothed_loss(0, classes, p), _PLAIN, width=1.5)
    yield _FRAME.curve(p, smoothed_loss(share, classes, p), _TARGET)
    floor, right = _FRAME.y(reading.floor), _FRAME.left + _FRAME.width
    yield line(
        *(_FRAME.left, floor, right, floor),
        color=LOOKS[3].color,
        width=1.5,
        dashes=LOOKS[3].dashes,
    )
    yield _FRAME.point(reading.target[0], reading.floor, LOOKS[3], size=6)
    yield _FRAME.point(reading.prediction[0], reading.loss, _PREDICTION)
