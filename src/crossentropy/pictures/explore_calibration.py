"""The slider picture of lesson 07: a reliability diagram under a temperature.

Losses are in nats: every logarithm here is the natural one.
"""

from collections.abc import Mapping
from typing import NamedTuple

from crossentropy.pictures.calibration_bins import Bins, bin_answers, cross_entropy, softmax
from crossentropy.pictures.calibration_stills import describe, draw_counts, draw_reliability
from crossentropy.pictures.drawing import (
    BLUE,
    GREY,
    GROUND,
    ORANGE,
    RED,
    SVG_SMALLEST,
    Frame,
    Picture,
    bar,
    box,
    line,
    new_figure,
    svg,
    text,
)
from crossentropy.pictures.showing import Explorer, moved_by, slider
import ipywidgets
import numpy as np

LOWEST_T, HIGHEST_T = 0.125, 8.0
MOST_BINS = 40

_FRAME = Frame(52, 34, 270, 216, (0, 1), (0, 1))
_COUNTS_TOP, _COUNTS_HEIGHT = 320, 54
_RIGHT = 372  # where the words about the chosen bin begin


class CalibrationReading(NamedTuple):
    """What the explorer shows at one setting."""

    answers: Bins
    chosen: int  # index of the bin that is looked at
    loss: float  # mean cross-entropy, in nats
    accuracy: float
    confidence: float  # mean over all answers


def read_calibration(
    scores: np.ndarray,
    y_true: np.ndarray,
    temperature: float = 1.0,
    bins: int = 10,
    looked_at: float = 0.65,
) -> CalibrationReading:
    """Compute what the explorer shows.

    Parameters
    ----------
    scores : array, shape (N, K)
        Raw scores of one network.
    y_true : array, shape (N, K) or (N,)
        One-hot or integer labels.
    temperature : float
        What the scores are divided by, above 0.
    bins : int
        How many equally wide bins.
    looked_at : float
        A confidence from 0 to 1; the bin that holds it is the chosen one.

    Returns
    -------
    CalibrationReading
    """
    probabilities = softmax(scores, temperature)
    answers = bin_answers(probabilities, y_true, bins=bins)
    return CalibrationReading(
        answers,
        int(np.searchsorted(answers.high[:-1], looked_at, side="left")),
        cross_entropy(scores, y_true, temperature),
        float(np.nansum(answers.accuracy * answers.count) / answers.count.sum()),
        float(probabilities.max(axis=1).mean()),
    )


def calibration_explorer(
    scores: Mapping[str, np.ndarray], y_true: np.ndarray, bins: int = 10, looked_at: float = 0.65
) -> Explorer:
    """Draw a reliability diagram whose network, temperature and bins can be changed.

    Parameters
    ----------
    scores : dict of str to array, shape (N, K)
        Name of each network, and its raw scores for the same N examples.
    y_true : array, shape (N, K) or (N,)
        One-hot or integer labels.
    bins : int
        How many equally wide bins there are at first.
    looked_at : float
        The confidence whose bin is described at first.

    Returns
    -------
    Explorer
        The temperature stands at 1 at first.
    """
    names = list(scores)
    style = {"description_width": "14rem"}
    layout = ipywidgets.Layout(width="34rem", max_width="100%")
    controls = [
        ipywidgets.Dropdown(options=names, description="network", style=style, layout=layout),
        ipywidgets.FloatLogSlider(
            value=1,
            base=2,
            min=np.log2(LOWEST_T),
            max=np.log2(HIGHEST_T),
            step=0.05,
            readout_format=".2f",
            description="temperature",
            style=style,
            layout=layout,
        ),
        ipywidgets.IntSlider(
            value=bins,
            min=1,
            max=MOST_BINS,
            description="number of bins",
            style=style,
            layout=layout,
        ),
        slider("look at the bin that holds", looked_at, 0.01, 1, 0.01),
    ]

    def draw(name, temperature, bins, looked_at):
        return draw_calibration(
            name, read_calibration(scores[name], y_true, temperature, bins, looked_at), temperature
        )

    reading = read_calibration(scores[names[0]], y_true, 1.0, bins, looked_at)
    return Explorer(moved_by(controls, draw), still_calibration(names[0], reading))


def draw_calibration(name: str, reading: CalibrationReading, temperature: float) -> str:
    """Return one setting as HTML: a drawing, and a line below it that says the numbers."""
    drawn = svg(
        [*_diagram(reading), *_counts(reading), *_chosen(reading)],
        _COUNTS_TOP + _COUNTS_HEIGHT + 32,
        f"{name} at temperature {temperature:.2f}. {_described(reading)}",
    )
    return drawn + (
        '<div aria-live="polite" style="color: var(--jp-ui-font-color1, #212121); '
        'font-variant-numeric: tabular-nums">'
        f"ECE <b>{reading.answers.error:.3f}</b> \N{MIDDLE DOT} "
        f"loss <b>{reading.loss:.3f}</b> \N{MIDDLE DOT} "
        f"right answers <b>{reading.accuracy:.1%}</b> \N{MIDDLE DOT} "
        f"mean confidence <b>{reading.confidence:.1%}</b></div>"
    )


def still_calibration(name: str, reading: CalibrationReading) -> Picture:
    """Draw one setting, at temperature 1, as a figure."""
    figure, (upper, lower) = new_figure(rows=2, height=4.6, width=4.6)
    upper.get_gridspec().set_height_ratios([3, 1])
    draw_reliability(upper, reading.answers)
    upper.set(
        title=f"{name}, T = 1: ECE {reading.answers.error:.3f}, loss {reading.loss:.3f}",
        ylabel="share of right answers",
    )
    upper.legend(frameon=False, fontsize=9)
    draw_counts(lower, reading.answers)
    lower.set(xlabel="confidence", ylabel="answers")
    figure.alt = f"Reliability diagram of {name} at temperature 1. {_described(reading)}"
    return figure


def _described(reading):
    return (
        f"{describe(reading.answers)[:-1]}; loss {reading.loss:.3f}. "
        f"{' '.join(_words_of_chosen(reading))}"
    )


def _words_of_chosen(reading):
    """Say in short lines what is in the chosen bin."""
    answers, at = reading.answers, reading.chosen
    lines = [f"The bin above {answers.low[at]:.3g} up to {answers.high[at]:.3g}"]
    if answers.count[at] == 0:
        return [*lines, "holds no answer.", "It adds nothing to the ECE."]
    share = answers.count[at] / answers.count.sum()
    gap = answers.gap[at]
    return [
        *lines,
        f"holds {answers.count[at]} of {answers.count.sum()} answers.",
        f"It says {answers.confidence[at]:.3f} and is right in {answers.accuracy[at]:.3f}:",
        f"{'too sure' if gap < 0 else 'too modest'} by {abs(gap):.3f}.",
        f"It adds {share:.3f} \N{MULTIPLICATION SIGN} {abs(gap):.3f} = {share * abs(gap):.3f}",
        "to the ECE.",
    ]


def _diagram(reading):
    answers = reading.answers
    ticks = (0, 0.25, 0.5, 0.75, 1)
    yield _FRAME.axes(ticks, ticks, x_label="confidence", title="share of right answers")
    bottom = _FRAME.y(0)
    for at in np.flatnonzero(answers.count):
        left, right = _FRAME.x(answers.low[at]), _FRAME.x(answers.high[at])
        top, said = _FRAME.y(answers.accuracy[at]), _FRAME.y(answers.confidence[at])
        chosen = at == reading.chosen
        fill, stroke = ("#ffd9a8", ORANGE) if chosen else ("#a8cfe6", BLUE)
        yield box(left, top, right - left, bottom - top, fill=fill, stroke=stroke)
        middle = (left + right) / 2
        yield line(middle, top, middle, said, color=RED, width=min(6, (right - left) / 2))
    yield line(*(_FRAME.x(0), bottom, _FRAME.x(1), _FRAME.y(1)), color=GREY, width=2, dashes="6 4")
    at = reading.chosen
    left, right = _FRAME.x(answers.low[at]), _FRAME.x(answers.high[at])
    yield line(left, bottom + 1, right, bottom + 1, color=ORANGE, width=4)


def _counts(reading):
    answers = reading.answers
    yield text(_FRAME.left, _COUNTS_TOP - 4, "answers in each bin", weight="bold")
    bottom, most = _COUNTS_TOP + 6 + _COUNTS_HEIGHT, answers.count.max()
    for at in np.flatnonzero(answers.count):
        left, right = _FRAME.x(answers.low[at]), _FRAME.x(answers.high[at])
        height = _COUNTS_HEIGHT * answers.count[at] / most
        color = ORANGE if at == reading.chosen else GREY
        yield box(left, bottom - height, right - left, height, fill=color, stroke=GROUND)
    yield line(_FRAME.left, bottom, _FRAME.left + _FRAME.width, bottom)
    yield text(_FRAME.x(0), bottom + 16, "0", anchor="middle", size=SVG_SMALLEST)
    yield text(_FRAME.x(1), bottom + 16, "1", anchor="middle", size=SVG_SMALLEST)


def _chosen(reading):
    answers, at = reading.answers, reading.chosen
    first, *lines = _words_of_chosen(reading)
    yield text(_RIGHT, 44, first, weight="bold")
    for row, words in enumerate(lines):
        yield text(_RIGHT, 68 + 22 * row, words)
    top = 196
    for name, share, color in (
        ("says", answers.confidence[at], RED),
        ("is right", answers.accuracy[at], BLUE),
    ):
        yield text(_RIGHT, top + 15, name)
        yield bar(_RIGHT + 56, top, 150, 20, float(np.nan_to_num(share)), color)
        top += 30
    yield text(_RIGHT, 282, "red line: the gap between what a bin", size=SVG_SMALLEST, color=GREY)
    yield text(_RIGHT, 298, "says and how often it is right;", size=SVG_SMALLEST, color=GREY)
    yield text(_RIGHT, 314, "dashed: as sure as right", size=SVG_SMALLEST, color=GREY)
