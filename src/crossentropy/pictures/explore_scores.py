"""The slider picture of lesson 03: three scores, what three readings make of them, three losses."""

from collections.abc import Sequence
from html import escape

from crossentropy.pictures.drawing import (
    GREY,
    LOOKS,
    SVG_SMALLEST,
    Frame,
    Picture,
    bar,
    key,
    line,
    mark,
    new_figure,
    number,
    svg,
    text,
)
from crossentropy.pictures.score_readings import (
    TRUE_CLASS,
    ScoreReading,
    doubled_floor,
    read_scores,
)
from crossentropy.pictures.showing import Explorer, moved_by, slider
import numpy as np

CLASS_NAMES = ("T-shirt", "trouser", "dress")
LOWEST_SCORE, HIGHEST_SCORE = -6.0, 6.0  # ends of the sliders
HIGHEST_LOSS = 4.0  # where the drawings cut the loss axis
NAMES = ("softmax once (right)", "no softmax (wrong flag)", "softmax twice")

_FRAME = Frame(368, 36, 258, 200, (LOWEST_SCORE, HIGHEST_SCORE), (0, HIGHEST_LOSS))


def scores_explorer(scores: Sequence[float] = (-1.0, 2.0, 0.5)) -> Explorer:
    """Draw three readings of three scores beside their losses; each slider moves a score.

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
            *(score, LOWEST_SCORE, HIGHEST_SCORE, 0.25),
        )
        for place, (name, score) in enumerate(zip(CLASS_NAMES, scores, strict=True))
    ]
    return Explorer(moved_by(sliders, draw_scores), still_scores(scores))


def draw_scores(*scores: float) -> str:
    """Return one setting as HTML: a drawing, and a table of the losses below it."""
    reading = read_scores(scores)
    rows = "".join(
        f'<tr><td style="padding: 1px 10px 1px 0">{key(look)}</td>'
        f'<td style="padding: 1px 16px 1px 0; text-align: left">{escape(name)}</td>'
        f'<td style="padding: 1px 0; text-align: right"><b>{number(loss, 3)}</b></td></tr>'
        for look, name, loss in zip(LOOKS, NAMES, _losses(reading), strict=False)
    )
    return svg([*_bars(reading), *_curves(reading)], 292, _described(reading)) + (
        '<table aria-live="polite" style="color: var(--jp-ui-font-color1, #212121); '
        f'border-collapse: collapse; font-variant-numeric: tabular-nums">{rows}</table>'
    )


def still_scores(scores: Sequence[float]) -> Picture:
    """Draw one setting as a figure: what each reading makes of the scores, and its loss."""
    reading = read_scores(scores)
    figure, (left, right) = new_figure(
        columns=2,
        height=4.2,
        alt="Bars of what three readings make of three scores, beside the three losses as the "
        f"trouser's score moves. {_described(reading)}",
    )
    for place, (look, shares) in enumerate(zip(LOOKS, _shares(reading), strict=False)):
        tops = np.arange(3) + 0.27 * (place - 1)
        bars = left.barh(
            tops, np.nan_to_num(shares), 0.25, color="white", ec=look.color, hatch=look.hatch
        )
        left.bar_label(bars, labels=[_said(share) for share in shares], padding=3, fontsize=9)
    left.set_yticks(range(3), ["T-shirt", "trouser\n(true)", "dress"])
    left.invert_yaxis()
    left.set(title="what the loss takes\nfor probabilities", xlim=(0, 1.4))
    places, *curves = _loss_curves(scores)
    for name, look, curve, loss in zip(NAMES, LOOKS, curves, _losses(reading), strict=False):
        shown = np.where(curve <= HIGHEST_LOSS, curve, np.nan)
        right.plot(places, shown, linestyle=look.linestyle, color=look.color, linewidth=2)
        label = f"{name} {number(loss, 3)}"
        at = scores[TRUE_CLASS] if loss <= HIGHEST_LOSS else np.nan
        right.plot(
            *(at, loss),
            marker=look.marker,
            linestyle=look.linestyle,
            color=look.color,
            markersize=8,
            label=label,
        )
    floor = doubled_floor(3)
    right.axhline(floor, color=GREY, linewidth=1, linestyle="--", label=f"floor {floor:.3f}")
    right.set(
        title=f"loss, shown up to {HIGHEST_LOSS:g}",
        xlabel="score of the trouser",
        ylim=(-0.1, HIGHEST_LOSS + 0.1),
    )
    figure.legend(frameon=False, fontsize=9, loc="outside lower center", ncols=2)
    return figure


def _described(reading: ScoreReading) -> str:
    scores = ", ".join(
        f"{name} {number(score)}" for name, score in zip(CLASS_NAMES, reading.scores, strict=True)
    )
    right, wrong, doubled = (number(loss, 3) for loss in _losses(reading))
    return (
        f"Scores: {scores}; the true class is the trouser. True loss {right}; with the wrong flag "
        f"{wrong}; softmax twice {doubled}, which cannot fall below {doubled_floor(3):.3f}."
    )


def _losses(reading):
    return reading.right_loss, reading.wrong_flag_loss, reading.doubled_loss


def _shares(reading):
    return reading.probabilities, reading.divided, reading.doubled


def _said(share):
    """Write a share; what is not a number is said in one short word, so that it fits."""
    return "none" if np.isnan(share) else f"{share:.3f}"


def _loss_curves(scores):
    """Return trouser scores, and the three losses there with the other two scores held."""
    places = np.linspace(LOWEST_SCORE, HIGHEST_SCORE, 241)
    rows = np.tile(np.asarray(scores, dtype=float), (len(places), 1))
    rows[:, TRUE_CLASS] = places
    return places, *np.array([_losses(read_scores(row)) for row in rows]).T


def _bars(reading):
    left, width = 76, 150
    yield text(left, 20, "what the loss takes for probabilities", weight="bold")
    for place, name in enumerate(CLASS_NAMES):
        top = 40 + place * 84
        yield text(left - 8, top + 30, name, anchor="end")
        if place == TRUE_CLASS:
            yield text(left - 8, top + 46, "true class", anchor="end", size=SVG_SMALLEST)
        for row, (look, shares) in enumerate(zip(LOOKS, _shares(reading), strict=False)):
            y, share = top + row * 22, shares[place]
            yield bar(left, y, width, 16, 0.0 if np.isnan(share) else share, look.color)
            yield mark(look, left + width + 12, y + 8, size=5)
            yield text(left + width + 24, y + 13, _said(share))


def _curves(reading):
    yield _FRAME.axes(
        (-6, -3, 0, 3, 6),
        range(5),
        x_label="score of the trouser",
        title=f"loss, shown up to {HIGHEST_LOSS:g}",
    )
    floor, right = doubled_floor(3), _FRAME.left + _FRAME.width
    yield line(_FRAME.left, _FRAME.y(floor), right, _FRAME.y(floor), dashes="6 4")
    words = f"floor {floor:.3f}"
    yield text(_FRAME.left + 4, _FRAME.y(floor) - 5, words, size=SVG_SMALLEST)
    places, *curves = _loss_curves(reading.scores)
    for look, curve, loss in zip(LOOKS, curves, _losses(reading), strict=False):
        yield _FRAME.curve(places, curve, look)
        yield _FRAME.point(reading.scores[TRUE_CLASS], loss, look)
        if loss > HIGHEST_LOSS:  # say where it went, instead of drawing it where it is not
            x = _FRAME.x(reading.scores[TRUE_CLASS])
            anchor = "end" if x > _FRAME.left + _FRAME.width / 2 else "start"
            told = f"\N{UPWARDS ARROW} {number(loss, 3)}"
            yield text(x, _FRAME.top + 14, told, anchor=anchor, color=look.color, weight="bold")
