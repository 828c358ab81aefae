"""The pictures of lesson 01: what a probability costs.

The functions named ``..._picture`` return a Matplotlib figure; show it with
:func:`crossentropy.pictures.show`. :func:`probability_explorer` displays the interactive picture.
Losses are in nats: every logarithm here is the natural one.
"""

from html import escape
from typing import NamedTuple

from crossentropy.pictures import BLUE, GREEN, GREY, GROUND, ORANGE, RED, new_figure, show_live
import ipywidgets as widgets
import numpy as np

CLASS_NAMES = ("T-shirt", "trouser", "dress")
_MINUS = "\N{MINUS SIGN}"
HIGHEST_LOSS = 7.0  # where the drawings cut the loss axis; -log 0.001 = 6.91 still fits


# Still pictures


def curve_picture(marks):
    """Draw the curve -log p, with some probabilities marked on it.

    Parameters
    ----------
    marks : dict of str to float
        Name of each marked point, and its probability p of the true class, 0.001 <= p <= 1.

    Returns
    -------
    matplotlib.figure.Figure
    """
    figure, axes = new_figure(width=7.0, height=3.8)
    p = np.geomspace(np.exp(-HIGHEST_LOSS), 1, 400)
    axes.plot(p, -np.log(p), color=BLUE, linewidth=2, label=r"$-\log\,p$")
    for (name, probability), marker in zip(marks.items(), "osD^vP*X", strict=False):
        loss = -np.log(probability)
        axes.plot(
            probability,
            loss,
            marker=marker,
            color=ORANGE,
            markersize=8,
            linestyle="none",
            label=f"{name}: p = {probability:.3g}, loss {loss:.3f}",
        )
    axes.set(
        title=r"What a picture costs: $-\log\,p$ of its true class",
        xlabel="p, the probability that the model gives to the true class",
        ylabel="loss",
        xlim=(-0.02, 1.02),
        ylim=(-0.2, HIGHEST_LOSS + 0.2),
    )
    axes.legend(frameon=False)
    return figure


def batch_picture(losses_by_model, example_names):
    """Draw the loss of each example of a batch, one panel a model, with its mean.

    Parameters
    ----------
    losses_by_model : dict of str to array, shape (N,)
        Name of each model (at least two), and its losses, one an example.
    example_names : sequence of N str

    Returns
    -------
    matplotlib.figure.Figure
        All panels share one loss axis, so that bars can be compared across them.
    """
    figure, panels = new_figure(columns=len(losses_by_model), width=8.0, height=2.9)
    places = np.arange(len(example_names))
    longest = max(float(np.max(losses)) for losses in losses_by_model.values())
    for axes, (name, losses) in zip(panels, losses_by_model.items(), strict=True):
        bars = axes.barh(places, losses, color=BLUE, height=0.6)
        # A ground of their own keeps the numbers legible where the mean's line crosses them.
        axes.bar_label(
            bars, fmt="%.3f", padding=4, bbox={"facecolor": GROUND, "edgecolor": "none", "pad": 1}
        )
        mean = float(np.mean(losses))
        axes.axvline(mean, color=RED, linestyle="--", linewidth=1.5, label=f"mean {mean:.3f}")
        axes.set(title=name, xlabel="loss of this picture", xlim=(0, longest * 1.25))
        axes.set_yticks(places, example_names)
        axes.invert_yaxis()  # the first example stands on top, as it does in the array
        axes.legend(frameon=False, loc="upper right")
    return figure


def surprise_picture(entropy, divergences):
    """Draw cross-entropy as two stacked parts: entropy, and what the prediction adds.

    Parameters
    ----------
    entropy : float
        Entropy of the labels, the same for every prediction.
    divergences : dict of str to float
        Name of each prediction, and its Kullback-Leibler divergence from the labels.

    Returns
    -------
    matplotlib.figure.Figure
    """
    figure, axes = new_figure(width=7.0, height=2.8)
    places = np.arange(len(divergences))
    extra = np.array(list(divergences.values()))
    axes.barh(places, entropy, color="#b9b9b9", height=0.6, label="entropy of the labels")
    bars = axes.barh(
        places,
        extra,
        left=entropy,
        color="#f3c58b",
        edgecolor=ORANGE,
        hatch="//",
        height=0.6,
        label="divergence: what the prediction adds",
    )
    axes.bar_label(bars, labels=[f"{total:.3f}" for total in entropy + extra], padding=4)
    axes.set(
        title="Cross-entropy = entropy + divergence",
        xlabel="average surprise, in nats",
        xlim=(0, (entropy + extra.max()) * 1.15),
    )
    axes.set_yticks(places, list(divergences))
    axes.invert_yaxis()
    figure.legend(frameon=False, loc="outside lower center", ncols=2)
    return figure


# The interactive picture


class Reading(NamedTuple):
    """What the explorer shows at one setting of its sliders."""

    probabilities: tuple[float, ...]  # T-shirt, trouser, dress; they sum to 1
    loss: float  # -log p of the true class, in nats
    slope: float  # -1 / p, the derivative of -log p


def read_explorer(p_true, shirt_share):
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
    Reading
    """
    rest = 1 - p_true
    probabilities = (rest * shirt_share, p_true, rest * (1 - shirt_share))
    return Reading(probabilities, -float(np.log(p_true)) + 0.0, -1 / p_true)


def describe_reading(reading):
    """Say a :class:`Reading` in a sentence, for people who hear the picture."""
    shares = ", ".join(
        f"{name} {probability:.3f}"
        for name, probability in zip(CLASS_NAMES, reading.probabilities, strict=True)
    )
    return (
        f"Probabilities: {shares}. The true class is the trouser. "
        f"Loss {reading.loss:.3f}, slope of the curve there {reading.slope:.2f}."
    )


def explorer_picture(p_true, shirt_share):
    """Draw one setting of the explorer as a still figure.

    Parameters
    ----------
    p_true, shirt_share : float
        As for :func:`read_explorer`.

    Returns
    -------
    matplotlib.figure.Figure
    """
    reading = read_explorer(p_true, shirt_share)
    figure, (left, right) = new_figure(columns=2, width=8.0, height=3.2)
    colors = [GREY if name != "trouser" else BLUE for name in CLASS_NAMES]
    labels = [f"{name} (true)" if name == "trouser" else name for name in CLASS_NAMES]
    bars = left.barh(range(3), reading.probabilities, color=colors, height=0.6)
    left.bar_label(bars, fmt="%.3f", padding=4)
    left.set_yticks(range(3), labels)
    left.invert_yaxis()
    left.set(title="predicted probabilities", xlim=(0, 1.2))
    p = np.geomspace(np.exp(-HIGHEST_LOSS), 1, 400)
    right.plot(p, -np.log(p), color=BLUE, linewidth=2, label=r"$-\log\,p$")
    (x1, y1), (x2, y2) = _tangent(reading)
    right.plot(
        [x1, x2],
        [y1, y2],
        color=GREEN,
        linestyle="--",
        label=f"slope $-1/p$ = {_signed(reading.slope)}",
    )
    right.plot(
        p_true, reading.loss, "o", color=ORANGE, markersize=9, label=f"loss {reading.loss:.3f}"
    )
    right.axhline(np.log(3), color=GREY, linestyle=":", label="log 3, a uniform guess")
    right.set(title="loss", xlabel="p of the true class", ylim=(-0.2, HIGHEST_LOSS + 0.2))
    right.legend(frameon=False)
    return figure


def explorer_widget(p_true=0.7, shirt_share=0.3):
    """Build the interactive picture: two sliders, the probabilities, the loss and its slope.

    Parameters
    ----------
    p_true, shirt_share : float
        Where the sliders stand first; as for :func:`read_explorer`.

    Returns
    -------
    ipywidgets.VBox
        Its children are the two sliders and an ``HTML`` that holds the drawing.
    """
    wide = widgets.Layout(width="32rem", max_width="100%")
    style = {"description_width": "13rem"}
    truth = widgets.FloatSlider(
        value=p_true,
        min=0.005,
        max=1,
        step=0.005,  # one press of an arrow key: fine enough, and few enough for the keyboard
        readout_format=".3f",
        description="p of the trouser (true class)",
        layout=wide,
        style=style,
    )
    share = widgets.FloatSlider(
        value=shirt_share,
        min=0,
        max=1,
        step=0.05,
        readout_format=".2f",
        description="T-shirt's share of the rest",
        layout=wide,
        style=style,
    )
    drawing = widgets.HTML()

    def redraw(change=None):
        drawing.value = explorer_drawing(truth.value, share.value)

    truth.observe(redraw, names="value")
    share.observe(redraw, names="value")
    redraw()
    return widgets.VBox([truth, share, drawing])


def probability_explorer(p_true=0.7, shirt_share=0.3):
    """Display the interactive picture, with a still one where no kernel runs.

    Parameters
    ----------
    p_true, shirt_share : float
        Where the sliders stand first; as for :func:`read_explorer`.
    """
    show_live(
        explorer_widget(p_true, shirt_share),
        explorer_picture(p_true, shirt_share),
        alt="Bars of three predicted probabilities beside the curve of minus log p, with its "
        "tangent at one point. " + describe_reading(read_explorer(p_true, shirt_share)),
    )


# JupyterLab's own colours, so that the drawing follows the theme; the second one of each pair is
# for places that do not set them.
_INK = "var(--jp-ui-font-color1, #212121)"
_FAINT = "var(--jp-border-color1, #bdbdbd)"
_MAIN = "var(--jp-brand-color1, #1976d2)"
_QUIET = "var(--jp-ui-font-color3, #8a8a8a)"
_POINT = "var(--jp-warn-color1, #e65100)"

# Places in the drawing, in its own units.
_BARS_LEFT, _BARS_WIDTH, _BAR_TOPS = 118, 130, (44, 98, 152)
_CURVE_LEFT, _CURVE_WIDTH, _CURVE_TOP, _CURVE_HEIGHT = 356, 268, 24, 190


def explorer_drawing(p_true, shirt_share):
    """Draw one setting of the explorer as HTML with an inline SVG in JupyterLab's colours.

    Parameters
    ----------
    p_true, shirt_share : float
        As for :func:`read_explorer`.

    Returns
    -------
    str
        An ``svg`` whose ``aria-label`` tells the numbers, and a line that says them below it.
    """
    reading = read_explorer(p_true, shirt_share)
    parts = [*_drawn_bars(reading), *_drawn_curve(reading)]
    return (
        f'<svg role="img" aria-label="{escape(describe_reading(reading))}" '
        'viewBox="0 0 640 260" style="width: 100%; max-width: 44rem; font-size: 13px; '
        f'font-family: var(--jp-ui-font-family, sans-serif)">{"".join(parts)}</svg>'
        f'<div aria-live="polite" style="color: {_INK}">'
        f"Loss {_MINUS}log {p_true:.3f} = <b>{reading.loss:.3f}</b>, "
        f"slope {_MINUS}1 / {p_true:.3f} = <b>{_signed(reading.slope)}</b></div>"
    )


def _drawn_bars(reading):
    yield _text(_BARS_LEFT, 22, "predicted probabilities", weight="bold")
    for name, p, top in zip(CLASS_NAMES, reading.probabilities, _BAR_TOPS, strict=True):
        true = name == "trouser"
        yield _text(_BARS_LEFT - 8, top + 20, name, anchor="end")
        if true:
            yield _text(_BARS_LEFT - 8, top + 36, "true class", anchor="end", size=11)
        yield (
            f'<rect x="{_BARS_LEFT}" y="{top}" width="{_BARS_WIDTH * p:.1f}" height="30" '
            f'fill="{_MAIN if true else _QUIET}"/>'
            f'<rect x="{_BARS_LEFT}" y="{top}" width="{_BARS_WIDTH}" height="30" '
            f'fill="none" stroke="{_FAINT}"/>'
        )
        yield _text(_BARS_LEFT + _BARS_WIDTH + 8, top + 20, f"{p:.3f}")


def _drawn_curve(reading):
    p_true = reading.probabilities[1]
    yield _text(_CURVE_LEFT, 14, f"loss = {_MINUS}log p", weight="bold")
    for loss in range(8):
        y = _y(loss)
        yield _line((0, loss), (1, loss), f'stroke="{_FAINT}" stroke-width="0.5"')
        yield _text(_CURVE_LEFT - 8, y + 4, str(loss), anchor="end", size=11)
    for p in (0, 0.25, 0.5, 0.75, 1):
        yield _text(_x(p), _y(0) + 18, f"{p:g}", anchor="middle", size=11)
    yield _text(_x(0.5), _y(0) + 36, "p of the true class", anchor="middle")
    p = np.geomspace(np.exp(-HIGHEST_LOSS), 1, 120)
    points = " ".join(f"{_x(a):.1f},{_y(b):.1f}" for a, b in zip(p, -np.log(p), strict=True))
    yield f'<polyline points="{points}" fill="none" stroke="{_MAIN}" stroke-width="2.5"/>'
    guess = -np.log(1 / 3)
    yield _line((0, guess), (1, guess), f'stroke="{_INK}" stroke-width="1" stroke-dasharray="1 4"')
    yield _text(_x(1), _y(guess) - 5, "uniform guess: log 3", anchor="end", size=11)
    yield _line(*_tangent(reading), f'stroke="{_INK}" stroke-width="1.5" stroke-dasharray="6 4"')
    x, y = _x(p_true), _y(reading.loss)
    yield (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" fill="{_POINT}" '
        f'stroke="{_INK}" stroke-width="1.5"/>'
    )
    # In the corner above the curve there is room at every setting; each stands between two lines.
    yield _text(_x(1), _CURVE_TOP + 18, f"loss {reading.loss:.3f}", anchor="end", weight="bold")
    yield _text(_x(1), _CURVE_TOP + 45, f"slope {_signed(reading.slope)} (dashed)", anchor="end")


def _tangent(reading):
    """Return the two ends (p, loss) of the tangent, cut to the drawing."""
    p, loss = reading.probabilities[1], reading.loss
    left = max(0.0, p * (1 + loss - HIGHEST_LOSS))
    right = min(1.0, p * (1 + loss))
    return tuple((x, loss + reading.slope * (x - p)) for x in (left, right))


def _x(p):
    return _CURVE_LEFT + _CURVE_WIDTH * p


def _y(loss):
    return _CURVE_TOP + _CURVE_HEIGHT * (1 - loss / HIGHEST_LOSS)


def _signed(number):
    return f"{number:.2f}".replace("-", _MINUS)


def _text(x, y, words, anchor="start", size=13, weight="normal"):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{_INK}" '
        f'style="font-size: {size}px; font-weight: {weight}">{escape(words)}</text>'
    )


def _line(start, end, look):
    (p1, loss1), (p2, loss2) = start, end
    return (
        f'<line x1="{_x(p1):.1f}" y1="{_y(loss1):.1f}" '
        f'x2="{_x(p2):.1f}" y2="{_y(loss2):.1f}" {look}/>'
    )
