"""The slider picture of lesson 02: one score moves, and likelihood, loss and slope follow."""

from collections.abc import Sequence
from typing import NamedTuple

from crossentropy.pictures.drawing import (
    BLUE,
    FAINT,
    GREY,
    LOOKS,
    ORANGE,
    SVG_SMALLEST,
    Frame,
    Picture,
    box,
    line,
    new_figure,
    number,
    svg,
    text,
)
from crossentropy.pictures.score_readings import TRUE_CLASS, softmax
from crossentropy.pictures.showing import Explorer, moved_by, slider
import numpy as np

CLASS_NAMES = ("T-shirt", "trouser", "dress")
LOWEST_SCORE, HIGHEST_SCORE = -6.0, 6.0  # ends of the sliders
STEP = 0.25  # of a slider
HIGHEST_LOSS = 13.0  # the worst setting costs 12.693; nothing is cut
PANELS = (
    ("likelihood (p of the trouser)", (0, 1), (0, 0.5, 1)),
    ("loss", (0, HIGHEST_LOSS), (0, 4, 8, 12)),
    ("slope of the loss", (-1, 1), (-1, 0, 1)),
)

_SCORES = (LOWEST_SCORE, HIGHEST_SCORE)
_FRAMES = tuple(
    Frame(314, 34 + 126 * place, 312, 84, _SCORES, heights)
    for place, (_, heights, _) in enumerate(PANELS)
)


class SoftmaxReading(NamedTuple):
    """What the picture shows at one setting; each array has one number a class."""

    scores: np.ndarray
    moved: int  # class whose score stands on the shared axis
    probabilities: np.ndarray
    loss: float  # in nats
    slopes: np.ndarray  # of the loss, with respect to each score


def read_softmax(scores: Sequence[float], moved: int = TRUE_CLASS) -> SoftmaxReading:
    """Compute what the picture shows.

    Parameters
    ----------
    scores : sequence of 3 float
        T-shirt, trouser (the true class), dress.
    moved : int
        Place of the score that stands on the shared axis.

    Returns
    -------
    SoftmaxReading
        The slopes are p - y, as lesson 02 derives them.
    """
    scores = np.asarray(scores, dtype=float)
    probabilities = softmax(scores)
    loss = np.log(np.exp(scores).sum()) - scores[TRUE_CLASS]
    return SoftmaxReading(
        scores, moved, probabilities, float(loss), probabilities - np.eye(3)[TRUE_CLASS]
    )


def softmax_explorer(scores: Sequence[float] = (-1.0, 2.0, 0.5)) -> Explorer:
    """Draw likelihood, loss and slope over the score that was moved last.

    Parameters
    ----------
    scores : sequence of 3 float
        Where the sliders stand first: T-shirt, trouser (the true class), dress.

    Returns
    -------
    Explorer
    """
    sliders = [
        slider(
            f"score of the {name}" + (" (true)" if place == TRUE_CLASS else ""),
            *(score, LOWEST_SCORE, HIGHEST_SCORE, STEP),
        )
        for place, (name, score) in enumerate(zip(CLASS_NAMES, scores, strict=True))
    ]
    last = read_softmax(scores)

    def draw(*values):
        nonlocal last
        # A slider may send its value back with a rounding error, and was not moved then.
        changed = np.flatnonzero(~np.isclose(last.scores, values, atol=STEP / 10))
        last = read_softmax(values, int(changed[0]) if len(changed) else last.moved)
        return draw_softmax(last)

    return Explorer(moved_by(sliders, draw), still_softmax(last))


def draw_softmax(reading: SoftmaxReading) -> str:
    """Return one setting as HTML: a drawing, and a line that says its numbers."""
    slopes = ", ".join(
        f"{name} <b>{number(slope, 3)}</b>"
        for name, slope in zip(CLASS_NAMES, reading.slopes, strict=True)
    )
    return svg([*_classes(reading), *_curves(reading)], 412, _described(reading)) + (
        '<div aria-live="polite" style="color: var(--jp-ui-font-color1, #212121); '
        f'font-variant-numeric: tabular-nums">Loss <b>{number(reading.loss, 3)}</b>. '
        f"Slope of the loss, for the score of each class: {slopes}.</div>"
    )


def still_softmax(reading: SoftmaxReading) -> Picture:
    """Draw one setting as a figure."""
    figure, axes = new_figure(
        columns=2,
        rows=3,
        height=5.4,
        alt="Left, probability and slope of each of three classes as bars. Right, three curves "
        "over one axis: likelihood, loss and slope of the loss, each with a mark. "
        + _described(reading),
    )
    for place, panel in enumerate(axes[:, 0]):
        numbers = (reading.probabilities[place], reading.slopes[place])
        bars = panel.barh(
            ["probability", "slope"], numbers, 0.55, color=(BLUE, "white"), ec=(BLUE, ORANGE)
        )
        bars.patches[1].set_hatch("//")
        panel.bar_label(bars, labels=[number(one, 3) for one in numbers], padding=4)
        panel.axvline(0, color=GREY, linewidth=1)
        panel.invert_yaxis()
        panel.set(xlim=(-1.5, 1.5), xticks=(-1, 0, 1), title=_named(place))
    places, curves = _along(reading)
    marks = _marked(reading)
    for panel, (title, heights, ticks), curve, mark in zip(
        axes[:, 1], PANELS, curves, marks, strict=True
    ):
        room = 0.06 * (heights[1] - heights[0])
        panel.plot(places, curve, color=BLUE, linewidth=2)
        panel.axvline(reading.scores[reading.moved], color=GREY, linewidth=1, linestyle=":")
        panel.plot(reading.scores[reading.moved], mark, "o", color=ORANGE, markersize=8)
        panel.set(title=title, ylim=(heights[0] - room, heights[1] + room))
        panel.set(xticks=(-6, -3, 0, 3, 6), yticks=ticks)
    (x1, y1), (x2, y2) = _tangent(reading)
    axes[1, 1].plot([x1, x2], [y1, y2], color=ORANGE, linestyle="--", linewidth=1.5)
    axes[2, 1].set(xlabel=f"score of the {CLASS_NAMES[reading.moved]}")
    return figure


def _described(reading: SoftmaxReading) -> str:
    def listed(values, digits=None):
        return ", ".join(
            f"{name} {number(value, digits)}"
            for name, value in zip(CLASS_NAMES, values, strict=True)
        )

    return (
        f"Scores: {listed(reading.scores)}; the true class is the trouser. Probabilities: "
        f"{listed(reading.probabilities, 3)}. Loss {number(reading.loss, 3)}. Slopes of the loss: "
        f"{listed(reading.slopes, 3)}. The axis is the score of the {CLASS_NAMES[reading.moved]}."
    )


def _named(place):
    return CLASS_NAMES[place] + (" (true)" if place == TRUE_CLASS else "")


def _along(reading):
    """Return places on the axis, and the three curves over it, the other two scores held."""
    places = np.linspace(LOWEST_SCORE, HIGHEST_SCORE, 121)
    rows = np.tile(reading.scores, (len(places), 1))
    rows[:, reading.moved] = places
    probabilities = softmax(rows)
    losses = np.log(np.exp(rows).sum(axis=1)) - rows[:, TRUE_CLASS]
    slopes = probabilities[:, reading.moved] - float(reading.moved == TRUE_CLASS)
    return places, (probabilities[:, TRUE_CLASS], losses, slopes)


def _marked(reading):
    """Return where the present setting stands on the three curves."""
    return (
        reading.probabilities[TRUE_CLASS],
        reading.loss,
        reading.slopes[reading.moved],
    )


def _tangent(reading):
    """Return the two ends (score, loss) of the tangent of the loss, inside the panel."""
    score, slope = reading.scores[reading.moved], reading.slopes[reading.moved]
    way = 2.5
    ends = (max(score - way, LOWEST_SCORE), min(score + way, HIGHEST_SCORE))
    points = [(end, reading.loss + slope * (end - score)) for end in ends]
    return [_cut(point, (score, reading.loss), slope) for point in points]


def _cut(point, start, slope):
    """Move an end of the tangent back to where it meets a loss of 0 or the top of the panel."""
    height = float(np.clip(point[1], 0, HIGHEST_LOSS))
    if height == point[1]:
        return point
    return start[0] + (height - start[1]) / slope, height


def _classes(reading):
    left, width = 96, 128
    middle = left + width / 2
    for place, name in enumerate(CLASS_NAMES):
        top = 24 + 126 * place
        probability, slope = reading.probabilities[place], reading.slopes[place]
        yield text(4, top, name, weight="bold")
        if place == TRUE_CLASS:
            yield text(middle, top, "the true class", anchor="middle", size=SVG_SMALLEST)
        bars = (("probability", probability, BLUE, 14), ("slope", slope, ORANGE, 38))
        for words, value, color, down in bars:
            y, end = top + down, middle + value * width / 2
            yield text(left - 8, y + 14, words, anchor="end")
            yield box(min(middle, end), y, abs(end - middle), 18, fill=color)
            yield box(left, y, width, 18, stroke=FAINT)
            yield text(left + width + 6, y + 14, number(value, 3))
        yield line(middle, top + 10, middle, top + 60, GREY)
        for tick, x in ((-1, left), (0, middle), (1, left + width)):
            words = number(tick)
            yield text(x, top + 73, words, anchor="middle", size=SVG_SMALLEST, color=GREY)


def _curves(reading):
    places, curves = _along(reading)
    score = reading.scores[reading.moved]
    for frame, (title, _, ticks), curve, mark in zip(
        _FRAMES, PANELS, curves, _marked(reading), strict=True
    ):
        last = frame is _FRAMES[-1]
        label = f"score of the {_named(reading.moved)}" if last else ""
        yield frame.axes((-6, -3, 0, 3, 6), ticks, x_label=label, title=title)
        bottom = frame.top + frame.height
        yield line(frame.x(score), frame.top, frame.x(score), bottom, GREY, dashes="2 3")
        yield frame.curve(places, curve)
        if title == "loss":
            (x1, y1), (x2, y2) = _tangent(reading)
            ends = (frame.x(x1), frame.y(y1), frame.x(x2), frame.y(y2))
            yield line(*ends, ORANGE, 2, dashes="6 4")
        yield frame.point(score, mark, LOOKS[0]._replace(color=ORANGE))
