"""The pictures of lesson 03: what a loss makes of scores, and of scores taken for probabilities.

The functions named ``..._picture`` return a Matplotlib figure; show it with
:func:`crossentropy.pictures.show`. :func:`logits_explorer` displays the interactive picture.
Everything here is plain NumPy, so that the sliders answer at once; the unit tests compare it with
Keras. Losses are in nats: every logarithm is the natural one.
"""

from html import escape
from typing import NamedTuple

from crossentropy.pictures import BLUE, GREEN, GREY, ORANGE, RED, new_figure, show_live
import ipywidgets as widgets
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator
import numpy as np

CLASS_NAMES = ("T-shirt", "trouser", "dress")
TRUE_CLASS = 1  # the trouser, as in lesson 01
LOWEST_SCORE, HIGHEST_SCORE = -6.0, 6.0  # ends of the sliders
HIGHEST_LOSS = 4.0  # where the drawings cut the loss axis
EPSILON = 1e-7  # keras.config.epsilon(): where Keras clips probabilities


# The numbers


class Reading(NamedTuple):
    """What three readings of the same scores give; each array has one number a class."""

    scores: np.ndarray
    probabilities: np.ndarray  # softmax of the scores: the right reading
    divided: np.ndarray  # scores divided by their sum and clipped: the wrong flag
    doubled: np.ndarray  # softmax of the softmax
    right_loss: float
    wrong_flag_loss: float  # NaN when the scores sum to zero and one of them is zero
    doubled_loss: float


def softmax(scores):
    """Turn scores into probabilities, safe for scores of any size.

    Parameters
    ----------
    scores : array, shape (..., K)

    Returns
    -------
    array, shape (..., K)
        Positive numbers which sum to 1 along the last axis.
    """
    powers = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def read_as_probabilities(scores):
    """Do what Keras does with numbers that it is told are probabilities.

    Parameters
    ----------
    scores : array, shape (..., K)

    Returns
    -------
    array, shape (..., K)
        The numbers divided by their sum, then clipped to [1e-7, 1 - 1e-7]. Where the sum is zero
        the division gives infinity, which is clipped as well; but 0/0 stays NaN.
        Source: ``categorical_crossentropy`` in Keras 3, TensorFlow backend.
    """
    scores = np.asarray(scores, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = scores / scores.sum(axis=-1, keepdims=True)
    return np.clip(shares, EPSILON, 1 - EPSILON)


def read_scores(scores, true_class=TRUE_CLASS):
    """Compute the three readings of one row of scores, and what each costs.

    Parameters
    ----------
    scores : sequence of K float
    true_class : int
        Index of the true class.

    Returns
    -------
    Reading
    """
    scores = np.asarray(scores, dtype=float)
    probabilities = softmax(scores)
    divided = read_as_probabilities(scores)
    doubled = softmax(probabilities)
    highest = scores.max()
    right_loss = highest + np.log(np.exp(scores - highest).sum()) - scores[true_class]
    return Reading(
        scores,
        probabilities,
        divided,
        doubled,
        float(right_loss),
        # The sum over all classes, as Keras takes it: one NaN makes it NaN.
        -float(np.sum(np.eye(len(scores))[true_class] * np.log(divided))),
        -float(np.log(doubled[true_class])),
    )


def doubled_floor(classes):
    """Return the lowest loss that a doubled softmax can reach, log(1 + (K - 1) / e).

    Parameters
    ----------
    classes : int
        Number of classes K, at least 1.

    Returns
    -------
    float
        The loss at the best softmax there is, (1, 0, ..., 0), taken for scores: those have
        log-sum-exp log(e + K - 1), and the true class has 1.
    """
    return float(np.log(1 + (classes - 1) / np.e))


def describe_reading(reading):
    """Say a :class:`Reading` in two sentences, for people who hear the picture."""
    scores = ", ".join(
        f"{name} {_signed(score)}" for name, score in zip(CLASS_NAMES, reading.scores, strict=True)
    )
    return (
        f"Scores: {scores}; the true class is the trouser. "
        f"True loss {reading.right_loss:.3f}; with the wrong flag "
        f"{_said(reading.wrong_flag_loss)}; softmax twice {reading.doubled_loss:.3f}, which "
        f"cannot fall below {doubled_floor(3):.3f}."
    )


def _loss_curves(scores):
    """Return trouser scores, and the three losses there with the other two scores held."""
    places = np.linspace(LOWEST_SCORE, HIGHEST_SCORE, 241)
    rows = np.tile(np.asarray(scores, dtype=float), (len(places), 1))
    rows[:, TRUE_CLASS] = places
    readings = [read_scores(row) for row in rows]
    return (
        places,
        np.array([reading.right_loss for reading in readings]),
        np.array([reading.wrong_flag_loss for reading in readings]),
        np.array([reading.doubled_loss for reading in readings]),
    )


# Still pictures


def explorer_picture(scores):
    """Draw one setting of the explorer as a still figure.

    Parameters
    ----------
    scores : sequence of 3 float
        Raw scores of T-shirt, trouser (the true class) and dress.

    Returns
    -------
    matplotlib.figure.Figure
        On the left what each reading makes of the scores, on the right its loss as the trouser's
        score moves, cut at :data:`HIGHEST_LOSS`.
    """
    reading = read_scores(scores)
    figure, (left, right) = new_figure(columns=2, width=9.0, height=3.7)
    looks = (
        ("softmax once: true", reading.probabilities, BLUE, ""),
        ("wrong flag", reading.divided, ORANGE, "//"),
        ("softmax twice", reading.doubled, GREEN, ".."),
    )
    for place, (name, shares, color, hatch) in enumerate(looks):
        tops = np.arange(3) + 0.26 * (place - 1)
        bars = left.barh(
            tops, shares, height=0.24, color="white", edgecolor=color, hatch=hatch, label=name
        )
        left.bar_label(bars, fmt="%.3f", padding=3, fontsize=8)
    left.set_yticks(range(3), ["T-shirt", "trouser\n(true)", "dress"])
    left.invert_yaxis()
    left.set(title="the scores, read as probabilities in three ways", xlim=(0, 1.25))
    left.legend(frameon=False, fontsize=8, loc="lower right")

    places, *curves = _loss_curves(scores)
    losses = (reading.right_loss, reading.wrong_flag_loss, reading.doubled_loss)
    names = ("true loss", "wrong flag", "softmax twice")
    for curve, loss, name, color, dashes, marker in zip(
        curves, losses, names, (BLUE, ORANGE, GREEN), ("-", ":", "-."), "osD", strict=True
    ):
        right.plot(places, np.minimum(curve, HIGHEST_LOSS), dashes, color=color, linewidth=2)
        right.plot(
            scores[TRUE_CLASS],
            min(loss, HIGHEST_LOSS),
            marker,
            linestyle=dashes,
            color=color,
            markersize=8,
            label=f"{name} {_said(loss)}",
        )
    right.axhline(
        doubled_floor(3),
        color=RED,
        linewidth=1,
        linestyle="--",
        label=f"floor {doubled_floor(3):.3f}",
    )
    right.set(
        title="loss, cut at 4",
        xlabel="score of the trouser",
        ylim=(-0.1, HIGHEST_LOSS + 0.1),
    )
    right.legend(frameon=False, fontsize=8)
    return figure


def training_picture(losses, guess):
    """Draw the training losses of several runs, and the loss of a guess.

    Parameters
    ----------
    losses : dict of str to sequence of float
        Name of each run (two at most), and its loss after each epoch.
    guess : float
        Loss of equal probabilities, log K.

    Returns
    -------
    matplotlib.figure.Figure
    """
    figure, axes = new_figure(width=7.0, height=3.0)
    looks = ((BLUE, "-", "o"), (ORANGE, "--", "s"))
    for (name, values), (color, dashes, marker) in zip(losses.items(), looks, strict=False):
        epochs = np.arange(1, len(values) + 1)
        axes.plot(epochs, values, dashes, color=color, marker=marker, markersize=4, label=name)
    axes.axhline(guess, color=GREY, linestyle=":", label=f"loss of a guess, {guess:.2f}")
    axes.set(title="training loss", xlabel="epoch", ylim=(0, None))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(frameon=False)
    return figure


def clipping_picture(scores, losses, slopes):
    """Draw loss and slope against the true class's score, from logits and from probabilities.

    Parameters
    ----------
    scores : array, shape (N,)
        Score of the true class.
    losses, slopes : dict of str to array, shape (N,)
        For each way of computing the loss (exactly two): the loss, and its derivative with
        respect to that score.

    Returns
    -------
    matplotlib.figure.Figure
    """
    figure, (left, right) = new_figure(columns=2, width=9.0, height=3.2)
    for axes, curves, title in ((left, losses, "loss"), (right, slopes, "slope of the loss")):
        for (name, values), color, dashes in zip(
            curves.items(), (BLUE, ORANGE), ("-", "--"), strict=True
        ):
            axes.plot(scores, values, dashes, color=color, linewidth=2, label=name)
        axes.set(title=title, xlabel="score of the true class")
        axes.legend(frameon=False)
    return figure


class Choice(NamedTuple):
    """One row of the decision picture; ``None`` for both losses says that neither fits."""

    layer: str
    numbers: str
    one_hot: str | None  # the loss for labels in one-hot rows
    integers: str | None  # the loss for integer labels
    instead: str = ""  # what to do where no categorical loss fits


CHOICES = (
    Choice(
        "Dense(K)",
        "raw scores (logits):\nany numbers",
        "CategoricalCrossentropy(\nfrom_logits=True)",
        "SparseCategoricalCrossentropy(\nfrom_logits=True)",
    ),
    Choice(
        'Dense(K,\nactivation="softmax")',
        "probabilities: 0 to 1,\nevery row sums to 1",
        "CategoricalCrossentropy(\nfrom_logits=False)",
        "SparseCategoricalCrossentropy(\nfrom_logits=False)",
    ),
    Choice(
        'Dense(K,\nactivation="sigmoid")',
        "K separate numbers, 0 to 1,\nrows do not sum to 1",
        None,
        None,
        "one class of K: change the layer to one of the rows above\n"
        "several labels at once: keep the layer, with BinaryCrossentropy()",
    ),
    Choice(
        'Dense(1,\nactivation="softmax")',
        "one column,\nevery number is 1",
        None,
        None,
        "K classes: change the layer to Dense(K), first row\n"
        "yes or no: Dense(1) with BinaryCrossentropy(from_logits=True)",
    ),
)


def decision_picture():
    """Draw which loss and which flag go with which last layer and which labels.

    Returns
    -------
    matplotlib.figure.Figure
        A grid with one row for each of :data:`CHOICES`. A row that no categorical loss fits has a
        dashed border, says so, and says what to do.
    """
    figure, axes = new_figure(width=9.6, height=4.8)
    axes.set_axis_off()
    edges = (0.0, 2.0, 4.4, 7.0, 10.0)
    axes.set(xlim=(-0.05, 10.05), ylim=(len(CHOICES) + 0.55, 0.0))
    headings = ("last layer", "its numbers", "loss for one-hot labels", "loss for integer labels")
    for left, right, words in zip(edges, edges[1:], headings, strict=False):
        axes.text((left + right) / 2, 0.25, words, ha="center", va="center", weight="bold")
    for place, choice in enumerate(CHOICES):
        top = 0.5 + place
        _box(axes, (edges[0], edges[1]), top, choice.layer, color=GREY, code=True)
        _box(axes, (edges[1], edges[2]), top, choice.numbers, color=GREY)
        if choice.one_hot is None:
            words = f"No categorical loss fits.\n{choice.instead}"
            _box(axes, (edges[2], edges[4]), top, words, color=RED, dashes="--")
        else:
            _box(axes, (edges[2], edges[3]), top, choice.one_hot, color=BLUE, code=True)
            _box(axes, (edges[3], edges[4]), top, choice.integers, color=BLUE, code=True)
    return figure


def _box(axes, sides, top, words, color, dashes="-", code=False):
    left, right = sides
    axes.add_patch(
        Rectangle(
            (left + 0.03, top + 0.05),
            right - left - 0.06,
            0.9,
            facecolor="white",
            edgecolor=color,
            linestyle=dashes,
            linewidth=1.5,
        )
    )
    axes.text(
        (left + right) / 2,
        top + 0.5,
        words,
        ha="center",
        va="center",
        fontsize=8.6,
        family="monospace" if code else "sans-serif",
    )


# The interactive picture


def explorer_widget(scores=(-1.0, 2.0, 0.5)):
    """Build the interactive picture: three sliders, three readings of them, three losses.

    Parameters
    ----------
    scores : sequence of 3 float
        Where the sliders stand first: T-shirt, trouser (the true class), dress.

    Returns
    -------
    ipywidgets.VBox
        Its children are the three sliders and an ``HTML`` that holds the drawing.
    """
    sliders = [
        widgets.FloatSlider(
            value=score,
            min=LOWEST_SCORE,
            max=HIGHEST_SCORE,
            step=0.25,
            readout_format=".2f",
            description=f"score of the {name}" + (" (true)" if place == TRUE_CLASS else ""),
            layout=widgets.Layout(width="32rem", max_width="100%"),
            style={"description_width": "13rem"},
        )
        for place, (name, score) in enumerate(zip(CLASS_NAMES, scores, strict=True))
    ]
    drawing = widgets.HTML()

    def redraw(change=None):
        drawing.value = explorer_drawing([slider.value for slider in sliders])

    for slider in sliders:
        slider.observe(redraw, names="value")
    redraw()
    return widgets.VBox([*sliders, drawing])


def logits_explorer(scores=(-1.0, 2.0, 0.5)):
    """Display the interactive picture, with a still one where no kernel runs.

    Parameters
    ----------
    scores : sequence of 3 float
        Where the sliders stand first: T-shirt, trouser (the true class), dress.
    """
    show_live(
        explorer_widget(scores),
        explorer_picture(scores),
        alt="Bars of what three readings make of three scores, beside the three losses as the "
        "trouser's score moves. " + describe_reading(read_scores(scores)),
    )


# JupyterLab's own colours, so that the drawing follows the theme; the second one of each pair is
# for places that do not set them.
_INK = "var(--jp-ui-font-color1, #212121)"
_FAINT = "var(--jp-border-color1, #bdbdbd)"
_LOOKS = (  # name, colour, dashes of the curve, shape of its mark
    ("true loss (softmax once)", "var(--jp-brand-color1, #1976d2)", "", "circle"),
    ("wrong flag (scores taken for probabilities)", "var(--jp-warn-color1, #e65100)", "3 4", "box"),
    ("softmax twice", "var(--jp-success-color1, #388e3c)", "10 4 2 4", "diamond"),
)

# Places in the drawing, in its own units.
_BARS_LEFT, _BARS_WIDTH = 84, 150
_CURVE_LEFT, _CURVE_WIDTH, _CURVE_TOP, _CURVE_HEIGHT = 350, 290, 34, 196


def explorer_drawing(scores):
    """Draw one setting of the explorer as HTML with an inline SVG in JupyterLab's colours.

    Parameters
    ----------
    scores : sequence of 3 float

    Returns
    -------
    str
        An ``svg`` whose ``aria-label`` tells the numbers, and a table of the losses below it.
    """
    reading = read_scores(scores)
    losses = (reading.right_loss, reading.wrong_flag_loss, reading.doubled_loss)
    parts = [*_drawn_bars(reading), *_drawn_curves(reading, losses)]
    rows = "".join(
        f'<tr><td style="padding: 1px 10px 1px 0">{_key(look)}</td>'
        f'<td style="padding: 1px 16px 1px 0; text-align: left">{escape(look[0])}</td>'
        f'<td style="padding: 1px 0; text-align: right"><b>{_said(loss)}</b></td></tr>'
        for look, loss in zip(_LOOKS, losses, strict=True)
    )
    return (
        f'<svg role="img" aria-label="{escape(describe_reading(reading))}" '
        'viewBox="0 0 660 290" style="width: 100%; max-width: 46rem; font-size: 13px; '
        f'font-family: var(--jp-ui-font-family, sans-serif)">{"".join(parts)}</svg>'
        f'<table aria-live="polite" style="color: {_INK}; border-collapse: collapse; '
        f'font-variant-numeric: tabular-nums">{rows}</table>'
    )


def _drawn_bars(reading):
    yield _text(_BARS_LEFT, 18, "read as probabilities", weight="bold")
    shares_by_look = (reading.probabilities, reading.divided, reading.doubled)
    for place, name in enumerate(CLASS_NAMES):
        top = 40 + place * 84
        yield _text(_BARS_LEFT - 10, top + 30, name, anchor="end")
        if place == TRUE_CLASS:
            yield _text(_BARS_LEFT - 10, top + 46, "true class", anchor="end", size=11)
        for line, (look, shares) in enumerate(zip(_LOOKS, shares_by_look, strict=True)):
            y, share = top + line * 22, shares[place]
            drawn = 0.0 if np.isnan(share) else share
            yield (
                f'<rect x="{_BARS_LEFT}" y="{y}" width="{_BARS_WIDTH * drawn:.1f}" height="16" '
                f'fill="{look[1]}"/>'
                f'<rect x="{_BARS_LEFT}" y="{y}" width="{_BARS_WIDTH}" height="16" '
                f'fill="none" stroke="{_FAINT}"/>'
            )
            yield _mark(look, _BARS_LEFT + _BARS_WIDTH + 12, y + 8, size=5)
            yield _text(_BARS_LEFT + _BARS_WIDTH + 24, y + 13, _said(share))


def _drawn_curves(reading, losses):
    yield _text(_CURVE_LEFT, 18, "loss, cut at 4", weight="bold")
    for loss in range(5):
        y = _y(loss)
        yield _line(_CURVE_LEFT, y, _CURVE_LEFT + _CURVE_WIDTH, y, f'stroke="{_FAINT}"')
        yield _text(_CURVE_LEFT - 8, y + 4, str(loss), anchor="end", size=11)
    for score in (-6, -3, 0, 3, 6):
        yield _text(_x(score), _y(0) + 18, _signed(score), anchor="middle", size=11)
    yield _text(_x(0), _y(0) + 38, "score of the trouser", anchor="middle")
    floor = doubled_floor(3)
    dashed = f'stroke="{_INK}" stroke-dasharray="6 4"'
    yield _line(_CURVE_LEFT, _y(floor), _CURVE_LEFT + _CURVE_WIDTH, _y(floor), dashed)
    yield _text(_CURVE_LEFT + 4, _y(floor) - 5, f"floor {floor:.3f}", size=11)
    places, *curves = _loss_curves(reading.scores)
    for look, curve in zip(_LOOKS, curves, strict=True):
        points = " ".join(
            f"{_x(score):.1f},{_y(loss):.1f}"
            for score, loss in zip(places, curve, strict=True)
            if not np.isnan(loss)
        )
        yield (
            f'<polyline points="{points}" fill="none" stroke="{look[1]}" stroke-width="2.5" '
            f'stroke-dasharray="{look[2]}"/>'
        )
    for look, loss in zip(_LOOKS, losses, strict=True):
        if not np.isnan(loss):
            yield _mark(look, _x(reading.scores[TRUE_CLASS]), _y(loss), size=7)


def _x(score):
    return _CURVE_LEFT + _CURVE_WIDTH * (score - LOWEST_SCORE) / (HIGHEST_SCORE - LOWEST_SCORE)


def _y(loss):
    return _CURVE_TOP + _CURVE_HEIGHT * (1 - min(loss, HIGHEST_LOSS) / HIGHEST_LOSS)


def _said(number):
    """Write a number to 3 digits; one that is not a number as a word."""
    return "not a number" if np.isnan(number) else f"{number + 0.0:.3f}"


def _signed(number):
    return f"{number:g}".replace("-", "\N{MINUS SIGN}")


def _key(look):
    """Return the mark of a look as a small picture of its own, for the table."""
    return (
        '<svg aria-hidden="true" width="60" height="14" style="vertical-align: middle">'
        f'<line x1="0" y1="7" x2="60" y2="7" stroke="{look[1]}" stroke-width="2.5" '
        f'stroke-dasharray="{look[2]}"/>{_mark(look, 30, 7, size=5)}</svg>'
    )


def _mark(look, x, y, size):
    paint = f'fill="{look[1]}" stroke="{_INK}" stroke-width="1"'
    if look[3] == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size}" {paint}/>'
    turn = f' transform="rotate(45 {x:.1f} {y:.1f})"' if look[3] == "diamond" else ""
    return (
        f'<rect x="{x - size:.1f}" y="{y - size:.1f}" width="{2 * size}" height="{2 * size}" '
        f"{paint}{turn}/>"
    )


def _text(x, y, words, anchor="start", size=13, weight="normal"):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{_INK}" '
        f'style="font-size: {size}px; font-weight: {weight}">{escape(words)}</text>'
    )


def _line(x1, y1, x2, y2, look):
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" {look}/>'
