"""The slider picture of the start page: from the scores of two pictures to one loss.

It is the whole way once: scores, softmax, the probability of the truth, its -log, and the mean.
Losses are in nats: every logarithm is the natural one.
"""

from collections.abc import Sequence
from typing import NamedTuple

from crossentropy.pictures.drawing import (
    BLUE,
    FAINT,
    GREY,
    INK,
    ORANGE,
    SVG_SMALLEST,
    Picture,
    bar,
    box,
    line,
    new_figure,
    number,
    svg,
    text,
)
from crossentropy.pictures.score_readings import softmax
from crossentropy.pictures.showing import Explorer, moved_by, slider
import ipywidgets
import numpy as np

CLASS_NAMES = ("T-shirt", "trouser", "dress")
PICTURES = ("A", "B")
TRUE_CLASSES = (1, 2)  # picture A shows a trouser, picture B a dress
HIGHEST_SCORE = 4.0  # the sliders go as far below 0
STEP = 0.25  # of a slider
HIGHEST_LOSS = 9.0  # the worst setting costs 8.693; nothing is cut

# The drawing, in its units: where each column begins, how wide its bars are.
_SCORES, _SHARES, _LOSSES = (68, 100), (284, 78), (480, 100)
_TOP, _BLOCK, _ROW, _BAR = 78, 122, 27, 18
_HEIGHT = _TOP + 2 * _BLOCK


class WholeReading(NamedTuple):
    """What the picture shows at one setting."""

    scores: np.ndarray  # shape (2, 3): a row a picture, a column a class
    probabilities: np.ndarray  # shape (2, 3)
    of_truth: np.ndarray  # shape (2,): the probability of the true class
    losses: np.ndarray  # shape (2,): in nats
    mean: float  # of the losses


def read_whole(scores: Sequence[Sequence[float]]) -> WholeReading:
    """Compute what the picture shows.

    Parameters
    ----------
    scores : 2 sequences of 3 float
        For picture A, a trouser, and picture B, a dress: T-shirt, trouser, dress.

    Returns
    -------
    WholeReading
    """
    scores = np.asarray(scores, dtype=float)
    probabilities = softmax(scores)
    of_truth = probabilities[np.arange(2), TRUE_CLASSES]
    losses = -np.log(of_truth)
    return WholeReading(scores, probabilities, of_truth, losses, float(losses.mean()))


def whole_explorer(
    scores: Sequence[Sequence[float]] = ((0.0, 2.0, -1.0), (1.5, 0.0, 0.5)),
) -> Explorer:
    """Draw the way from six scores to the mean of two losses; six sliders move the scores.

    Parameters
    ----------
    scores : 2 sequences of 3 float
        Where the sliders stand first; as for `read_whole`.

    Returns
    -------
    Explorer
    """
    sliders = [
        slider(_named(name, place), score, -HIGHEST_SCORE, HIGHEST_SCORE, STEP)
        for name, row in zip(PICTURES, scores, strict=True)
        for place, score in enumerate(row)
    ]
    for one in sliders:
        one.layout = ipywidgets.Layout(width="auto")
        one.style.description_width = "7.5rem"

    def draw(*values):
        return draw_whole(np.reshape(values, (2, 3)))

    widget = moved_by(sliders, draw)
    # The sliders of a picture stand in a column; the columns side by side, where there is room.
    column = ipywidgets.Layout(flex="1 1 18rem", max_width="22rem")
    columns = [ipywidgets.VBox(sliders[first : first + 3], layout=column) for first in (0, 3)]
    across = ipywidgets.Layout(flex_flow="row wrap")
    widget.children = (ipywidgets.HBox(columns, layout=across), widget.children[-1])
    return Explorer(widget, still_whole(scores))


def draw_whole(scores: Sequence[Sequence[float]]) -> str:
    """Return one setting as HTML: a drawing, and a line below it that says the numbers."""
    reading = read_whole(scores)
    steps = "; ".join(
        f"{name}: \N{MINUS SIGN}log {_share(p)} = <b>{loss:.3f}</b>"
        for name, p, loss in zip(PICTURES, reading.of_truth, reading.losses, strict=True)
    )
    return svg([*_heads(), *_rows(reading), *_mean(reading)], _HEIGHT, _described(reading)) + (
        '<div aria-live="polite" style="color: var(--jp-ui-font-color1, #212121); '
        f'font-variant-numeric: tabular-nums">{steps}; mean loss <b>{reading.mean:.3f}</b>.</div>'
    )


def still_whole(scores: Sequence[Sequence[float]]) -> Picture:
    """Draw one setting as a figure."""
    reading = read_whole(scores)
    figure, axes = new_figure(
        columns=3,
        rows=2,
        height=3.8,
        alt="From left to right, for each of two pictures: bars of three scores; bars of the "
        "probabilities that softmax makes of them; a bar of the loss, with a dashed line at the "
        f"mean of both. {_described(reading)}",
    )
    for place, (panels, true) in enumerate(zip(axes, TRUE_CLASSES, strict=True)):
        names = [f"{name}\n(true)" if k == true else name for k, name in enumerate(CLASS_NAMES)]
        _still_bars(panels[0], reading.scores[place], true, 2)
        panels[0].set_yticks(range(3), names)
        panels[0].set(xlim=(-5.5, 5.5), xticks=(-4, 0, 4), ylabel=f"picture {PICTURES[place]}")
        panels[0].axvline(0, color=GREY, linewidth=1)
        _still_bars(panels[1], reading.probabilities[place], true, 3)
        panels[1].set(xlim=(0, 1.35), xticks=(0, 0.5, 1), yticks=[])
        bars = panels[2].barh([0], reading.losses[[place]], 0.5, color="white", ec=ORANGE)
        bars.patches[0].set_hatch("//")
        panels[2].text(HIGHEST_LOSS, 0.45, number(reading.losses[place], 3), ha="right")
        panels[2].axvline(reading.mean, color=INK, linewidth=1.5, linestyle="--")
        panels[2].set(xlim=(0, HIGHEST_LOSS), xticks=(0, 3, 6, 9), yticks=[], ylim=(-1, 1))
    arrow = "\N{RIGHTWARDS ARROW}"
    titles = ("scores", f"softmax {arrow} probabilities", f"\N{MINUS SIGN}log {arrow} loss")
    for panel, title in zip(axes[0], titles, strict=True):
        panel.set_title(title, fontsize=11)
    axes[1, 2].set_xlabel(f"dashed: mean loss {reading.mean:.3f}")
    return figure


def _still_bars(panel, values, true, digits):
    colors = [BLUE if place == true else GREY for place in range(3)]
    bars = panel.barh(range(3), values, 0.6, color=colors)
    panel.bar_label(bars, labels=[number(one, digits) for one in values], padding=3, fontsize=9)
    panel.invert_yaxis()


def _named(picture, place):
    true = place == TRUE_CLASSES[PICTURES.index(picture)]
    return f"{picture}: {CLASS_NAMES[place]}" + (" (true)" if true else "")


def _share(p):
    """Write a probability; one near 0 with more digits, or its -log could not be believed."""
    return f"{p:.3f}" if p >= 0.001 else f"{p:.5f}"


def _described(reading):
    def told(place):
        scores = ", ".join(
            f"{name} {number(score)}"
            for name, score in zip(CLASS_NAMES, reading.scores[place], strict=True)
        )
        return (
            f"Picture {PICTURES[place]}, a {CLASS_NAMES[TRUE_CLASSES[place]]}: scores {scores}; "
            f"probability of the truth {_share(reading.of_truth[place])}, "
            f"loss {reading.losses[place]:.3f}."
        )

    return f"{told(0)} {told(1)} Mean loss {reading.mean:.3f}."


def _heads():
    y = 24
    for words, (left, width) in (
        ("scores", _SCORES),
        ("probabilities", _SHARES),
        ("loss", _LOSSES),
    ):
        yield text(left + width / 2, y, words, anchor="middle", weight="bold")
    between = (_SCORES, _SHARES), (_SHARES, _LOSSES)
    for words, (before, after) in zip(("softmax", "\N{MINUS SIGN}log"), between, strict=True):
        middle = (before[0] + before[1] + 42 + after[0] - 4) / 2
        yield text(middle, y, words, anchor="middle", color=GREY)
        yield from _arrow(middle - 22, middle + 22, y + 8, GREY)


def _arrow(start, end, y, color):
    yield line(start, y, end, y, color, 1.5)
    yield line(end - 5, y - 4, end, y, color, 1.5)
    yield line(end - 5, y + 4, end, y, color, 1.5)


def _rows(reading):
    for place, true in enumerate(TRUE_CLASSES):
        top = _TOP + _BLOCK * place
        yield text(4, top - 12, f"Picture {PICTURES[place]}: a {CLASS_NAMES[true]}", weight="bold")
        for k, name in enumerate(CLASS_NAMES):
            y, is_true = top + _ROW * k, k == true
            weight = "bold" if is_true else "normal"
            color = BLUE if is_true else GREY
            yield text(_SCORES[0] - 8, y + 14, name, anchor="end", weight=weight)
            yield from _score(reading.scores[place, k], y, color, weight)
            p = reading.probabilities[place, k]
            yield bar(*(_SHARES[0], y, _SHARES[1], _BAR), p, color)
            yield text(_SHARES[0] + _SHARES[1] + 6, y + 14, _share(p), weight=weight)
        y = top + _ROW * true
        start = _SHARES[0] + _SHARES[1] + 64
        yield text((start + _LOSSES[0] - 8) / 2, y - 3, "truth", anchor="middle", size=SVG_SMALLEST)
        yield from _arrow(start, _LOSSES[0] - 8, y + 9, INK)
        share = reading.losses[place] / HIGHEST_LOSS
        yield bar(*(_LOSSES[0], y, _LOSSES[1], _BAR), share, ORANGE)
        end = _LOSSES[0] + _LOSSES[1]
        yield text(end + 6, y + 14, f"{reading.losses[place]:.3f}", weight="bold")


def _score(score, y, color, weight):
    left, width = _SCORES
    middle = left + width / 2
    end = middle + score / HIGHEST_SCORE * width / 2
    yield box(min(middle, end), y, abs(end - middle), _BAR, fill=color)
    yield box(left, y, width, _BAR, stroke=FAINT)
    yield line(middle, y - 3, middle, y + _BAR + 3, GREY)
    yield text(left + width + 6, y + 14, number(score, 2), weight=weight)


def _mean(reading):
    """Yield a dashed line at the mean of the two losses, through the bars of both."""
    left, width = _LOSSES
    x = left + width * reading.mean / HIGHEST_LOSS
    bottom = _TOP + _BLOCK + _ROW * TRUE_CLASSES[1] + _BAR
    top = _TOP + _ROW * TRUE_CLASSES[0]
    yield line(x, top - 3, x, bottom + 14, INK, 1.5, "5 3")
    # The words keep within the drawing wherever the line stands.
    words = f"mean loss {reading.mean:.3f}"
    yield text(min(max(x, left + 20), 582), bottom + 30, words, anchor="middle", weight="bold")
    for loss in (0, HIGHEST_LOSS):
        tick = left + width * loss / HIGHEST_LOSS
        yield text(tick, top - 8, number(loss), anchor="middle", size=SVG_SMALLEST, color=GREY)
