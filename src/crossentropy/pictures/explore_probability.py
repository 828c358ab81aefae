"""The slider picture of lesson 01: three probabilities, the loss, and the slope of its curve.

Losses are in nats: every logarithm here is the natural one.
"""

from typing import NamedTuple

from crossentropy.pictures.drawing import (
    BLUE,
    GREEN,
    GREY,
    LOOKS,
    ORANGE,
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

CLASS_NAMES = ("T-shirt", "trouser", "dress")
TRUE_CLASS = 1
HIGHEST_LOSS = 7.0  # where the drawings cut the loss axis
LOWEST_P = 0.005  # where the slider ends; the loss goes on rising below

_FRAME = Frame(364, 34, 262, 190, (0, 1), (0, HIGHEST_LOSS))
_TANGENT = LOOKS[2]._replace(dashes="6 4")
_POINT = LOOKS[1]._replace(shape="circle")


class ProbabilityReading(NamedTuple):
    """What the explorer shows at one setting of its sliders."""

    probabilities: tuple[float, ...]  # T-shirt, trouser, dress; they sum to 1
    loss: float  # -log p of the true class, in nats
    slope: float  # -1 / p, the derivative of -log p


def read_probability(p_true: float, shirt_share: float) -> ProbabilityReading:
    """Compute what the explorer shows.

    Parameters
    ----------
    p_true : float
        Probability of the true class, the trouser; above 0, at most 1.
    shirt_share : float
        Part of the remaining probability that goes to the T-shirt, from 0 to 1; the dress gets
        the other part.

    Returns
    -------
    ProbabilityReading
    """
    rest = 1 - p_true
    probabilities = (rest * shirt_share, p_true, rest * (1 - shirt_share))
    return ProbabilityReading(probabilities, -float(np.log(p_true)) + 0.0, -1 / p_true)


def probability_explorer(p_true: float = 0.7, shirt_share: float = 0.3) -> Explorer:
    """Draw three bars of probability beside -log p; one slider moves p, one splits the rest.

    Parameters
    ----------
    p_true, shirt_share : float
        Where the sliders stand first; as for `read_probability`.

    Returns
    -------
    Explorer
    """
    sliders = [
        # One press of an arrow key is fine enough, and there are few enough for the keyboard.
        slider("p of the trouser (true class)", p_true, LOWEST_P, 1, 0.005, digits=3),
        slider("T-shirt's share of the rest", shirt_share, 0, 1, 0.05),
    ]
    return Explorer(moved_by(sliders, draw_probability), still_probability(p_true, shirt_share))


def draw_probability(p_true: float, shirt_share: float) -> str:
    """Return one setting as HTML: a drawing, and a line below it that says the numbers."""
    reading = read_probability(p_true, shirt_share)
    end = (
        " The slider ends here; the loss goes on rising without end as p falls towards 0."
        if p_true <= LOWEST_P
        else ""
    )
    return svg([*_bars(reading), *_curve(reading)], 270, _described(reading)) + (
        '<div aria-live="polite" style="color: var(--jp-ui-font-color1, #212121)">'
        f"Loss \N{MINUS SIGN}log {p_true:.3f} = <b>{reading.loss:.3f}</b>, "
        f"slope \N{MINUS SIGN}1 / {p_true:.3f} = <b>{number(reading.slope, 2)}</b>.{end}</div>"
    )


def still_probability(p_true: float, shirt_share: float) -> Picture:
    """Draw one setting as a figure."""
    reading = read_probability(p_true, shirt_share)
    figure, (left, right) = new_figure(
        columns=2,
        height=3.3,
        alt="Bars of three predicted probabilities beside the curve of minus log p, with its "
        f"tangent at one point. {_described(reading)}",
    )
    colors = [BLUE if place == TRUE_CLASS else GREY for place in range(3)]
    labels = [f"{name}\n(true)" if name == "trouser" else name for name in CLASS_NAMES]
    bars = left.barh(range(3), reading.probabilities, color=colors, height=0.6)
    left.bar_label(bars, fmt="%.3f", padding=4)
    left.set_yticks(range(3), labels)
    left.invert_yaxis()
    left.set(title="predicted probabilities", xlim=(0, 1.25))
    p = np.geomspace(np.exp(-HIGHEST_LOSS), 1, 400)
    right.plot(p, -np.log(p), color=BLUE, linewidth=2, label=r"$-\log\,p$")
    (x1, y1), (x2, y2) = _tangent(reading)
    slope = f"slope $-1/p$ = {number(reading.slope, 2)}"
    right.plot([x1, x2], [y1, y2], color=GREEN, linestyle="--", label=slope)
    right.plot(
        p_true, reading.loss, "o", color=ORANGE, markersize=9, label=f"loss {reading.loss:.3f}"
    )
    right.axhline(np.log(3), color=GREY, linestyle=":", label="log 3, a uniform guess")
    right.set(title="loss", xlabel="p of the true class", ylim=(-0.2, HIGHEST_LOSS + 0.2))
    right.legend(frameon=False, fontsize=9)
    return figure


def _described(reading):
    shares = ", ".join(
        f"{name} {probability:.3f}"
        for name, probability in zip(CLASS_NAMES, reading.probabilities, strict=True)
    )
    return (
        f"Probabilities: {shares}. The true class is the trouser. "
        f"Loss {reading.loss:.3f}, slope of the curve there {reading.slope:.2f}."
    )


def _bars(reading):
    left, width = 86, 150
    yield text(left, 24, "predicted probabilities", weight="bold")
    for place, (name, p) in enumerate(zip(CLASS_NAMES, reading.probabilities, strict=True)):
        top = 46 + 58 * place
        true = place == TRUE_CLASS
        yield text(left - 8, top + 20, name, anchor="end")
        if true:
            yield text(left - 8, top + 36, "true class", anchor="end", size=SVG_SMALLEST)
        yield bar(left, top, width, 30, p, BLUE if true else GREY)
        yield text(left + width + 8, top + 20, f"{p:.3f}")


def _curve(reading):
    yield _FRAME.axes(
        (0, 0.25, 0.5, 0.75, 1),
        range(8),
        x_label="p of the true class",
        title="loss = \N{MINUS SIGN}log p",
    )
    p = np.geomspace(np.exp(-HIGHEST_LOSS), 1, 120)
    yield _FRAME.curve(p, -np.log(p) + 0.0)
    guess, right = _FRAME.y(np.log(3)), _FRAME.left + _FRAME.width
    yield line(_FRAME.left, guess, right, guess, dashes="1 4")
    yield text(right, guess - 5, "uniform guess: log 3", anchor="end", size=SVG_SMALLEST)
    (x1, y1), (x2, y2) = _tangent(reading)
    yield line(
        *(_FRAME.x(x1), _FRAME.y(y1), _FRAME.x(x2), _FRAME.y(y2)),
        color=_TANGENT.color,
        width=2,
        dashes=_TANGENT.dashes,
    )
    yield _FRAME.point(reading.probabilities[TRUE_CLASS], reading.loss, _POINT)
    # In the corner above the curve there is room at every setting; each stands between two lines.
    yield text(right, _FRAME.top + 18, f"loss {reading.loss:.3f}", anchor="end", weight="bold")
    slope = f"slope {number(reading.slope, 2)} (dashed)"
    yield text(right, _FRAME.top + 45, slope, anchor="end")


def _tangent(reading):
    """Return the two ends (p, loss) of the tangent, cut to the drawing."""
    p, loss = reading.probabilities[TRUE_CLASS], reading.loss
    left = max(0.0, p * (1 + loss - HIGHEST_LOSS))
    right = min(1.0, p * (1 + loss))
    return tuple((x, loss + reading.slope * (x - p)) for x in (left, right))
