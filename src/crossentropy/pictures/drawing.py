"""The one kit for everything that is drawn: colours, figures, and SVG for what moves.

A still picture is a Matplotlib figure from `new_figure`; it carries its own alternative
text. What moves (a slider picture, a live curve, a bar of progress) is SVG text from `svg`,
because that answers at once and needs no second library; `Frame` maps data to its axes.

Both use one palette on one light ground. JupyterLab's dark theme turns lightness round and keeps
the hues (`STYLE`), so a picture reads the same there and does not glare. The colours are
those of Okabe and Ito, darkened until they can be read as text. What differs in colour differs in
a second way too: a `Look` holds a colour, dashes, the shape of a mark and a hatch.

Letters keep a readable size down to a window of 820 pixels. So no figure is wider than
`WIDTH` inches, none of its letters smaller than `SMALLEST` points, no drawing wider
than `SVG_WIDTH` units and none of its letters smaller than `SVG_SMALLEST`. The tests
hold every public picture to it.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from matplotlib.figure import Figure
import numpy as np

BLUE, ORANGE, GREEN, RED, PURPLE, GREY = (
    "#0072b2",
    "#b35c00",
    "#00795a",
    "#c0392b",
    "#8e4585",
    "#5b5b5b",
)
INK, FAINT, GROUND = "#212121", "#d0d0d0", "#fbfbfb"

WIDTH = 7.0  # inches: the widest figure
SMALLEST = 9.0  # points: the smallest letters of a figure
SVG_WIDTH = 640  # units of a drawing; a unit is about a pixel at 820 pixels of window
SVG_SMALLEST = 12  # units: the smallest letters of a drawing

# The filter is a tenth short of a full turn, so that the ground becomes a dark grey, not black.
PICTURE_CLASS = "ce-picture"
DARK_FILTER = "invert(0.9) hue-rotate(180deg)"
STYLE = f'<style>[data-jp-theme-light="false"] .{PICTURE_CLASS} {{filter: {DARK_FILTER};}}</style>'

_MINUS = "\N{MINUS SIGN}"


class Look(NamedTuple):
    """How one of several curves or bars is told from the others, with and without colour."""

    color: str
    dashes: str = ""  # as SVG writes them, "3 4"; a full line is ""
    shape: str = "circle"  # of its mark: circle, box, diamond or triangle
    hatch: str = ""  # as Matplotlib writes it

    @property
    def linestyle(self) -> str | tuple:
        """The dashes, as Matplotlib takes them."""
        if not self.dashes:
            return "-"
        return (0, tuple(float(length) / 2 for length in self.dashes.split()))

    @property
    def marker(self) -> str:
        """The shape, as Matplotlib takes it."""
        return {"circle": "o", "box": "s", "diamond": "D", "triangle": "^"}[self.shape]


LOOKS = (
    Look(BLUE),
    Look(ORANGE, "3 4", "box", "//"),
    Look(GREEN, "10 4 2 4", "diamond", ".."),
    Look(PURPLE, "8 5", "triangle", "xx"),
)


# Figures


class Picture(Figure):
    """A Matplotlib figure with alternative text.

    Attributes
    ----------
    alt : str
        What a person who cannot see the picture should know: one or two sentences.
    """

    alt: str = ""


def new_figure(
    columns: int = 1, rows: int = 1, width: float = WIDTH, height: float = 3.6, alt: str = ""
) -> tuple[Picture, "np.ndarray"]:
    """Return an empty figure and its axes in the lessons' style.

    Parameters
    ----------
    columns, rows : int
        How many panels stand side by side, and above each other.
    width, height : float
        Size in inches; a width of at most `WIDTH` keeps the letters readable.
    alt : str
        Alternative text. It can also be set later, as `figure.alt`.

    Returns
    -------
    (Picture, Axes or numpy.ndarray of Axes)
        As `Figure.subplots` returns them. The figure is not registered with pyplot, so it is
        shown only by `crossentropy.pictures.show`, once.
    """
    figure = Picture(figsize=(width, height), layout="constrained", facecolor=GROUND)
    figure.alt = alt
    axes = figure.subplots(rows, columns)
    for panel in figure.axes:
        panel.set_facecolor(GROUND)
        panel.grid(color=FAINT, linewidth=0.6)
        panel.set_axisbelow(True)
        panel.spines[["top", "right"]].set_visible(False)
    return figure, axes


# SVG, as text


def svg(parts: Iterable[str], height: float, alt: str, width: float = SVG_WIDTH) -> str:
    """Join parts into one drawing on the pictures' ground.

    Parameters
    ----------
    parts : iterable of str
        What the functions below return.
    width, height : float
        Size in the units in which the parts are placed, (0, 0) at the top left.
    alt : str
        What the drawing shows, for people who hear it.

    Returns
    -------
    str
        HTML for an `ipywidgets.HTML`: as wide as there is room, up to 44 rem.
    """
    return (
        f'{STYLE}<svg role="img" class="{PICTURE_CLASS}" aria-label="{escape(alt)}" '
        f'viewBox="0 0 {width:g} {height:g}" style="display: block; width: 100%; '
        f"max-width: 44rem; background: {GROUND}; "
        f'font-family: var(--jp-ui-font-family, sans-serif)">{"".join(parts)}</svg>'
    )


def text(
    x: float,
    y: float,
    words: str,
    anchor: str = "start",
    size: float = 13,
    weight: str = "normal",
    color: str = INK,
) -> str:
    """Return words whose baseline starts, has its middle or ends (`anchor`) at (x, y)."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{color}" '
        f'style="font-size: {size:g}px; font-weight: {weight}">{escape(words)}</text>'
    )


def line(
    x1: float, y1: float, x2: float, y2: float, color: str = INK, width: float = 1, dashes: str = ""
) -> str:
    """Return a straight line."""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{color}" '
        f'stroke-width="{width:g}"{_dashed(dashes)}/>'
    )


def polyline(
    points: Iterable[tuple[float, float]], color: str = INK, width: float = 2.5, dashes: str = ""
) -> str:
    """Return a line through points."""
    places = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return (
        f'<polyline points="{places}" fill="none" stroke="{color}" stroke-width="{width:g}"'
        f"{_dashed(dashes)}/>"
    )


def box(
    x: float, y: float, width: float, height: float, fill: str = "none", stroke: str = "none"
) -> str:
    """Return a rectangle with its top left corner at (x, y)."""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'fill="{fill}" stroke="{stroke}"/>'
    )


def bar(x: float, y: float, width: float, height: float, share: float, color: str = BLUE) -> str:
    """Return a horizontal bar that fills a share (0 to 1) of its outlined box."""
    return box(x, y, width * share, height, fill=color) + box(x, y, width, height, stroke=GREY)


def mark(look: Look, x: float, y: float, size: float = 6) -> str:
    """Return the mark of a look, about twice `size` wide, with its middle at (x, y)."""
    paint = f'fill="{look.color}" stroke="{INK}" stroke-width="1"'
    if look.shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:g}" {paint}/>'
    corners = {
        "box": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
        "diamond": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
        "triangle": ((0, -1.2), (1.1, 0.8), (-1.1, 0.8)),
    }[look.shape]
    places = " ".join(f"{x + size * across:.1f},{y + size * down:.1f}" for across, down in corners)
    return f'<polygon points="{places}" {paint}/>'


def key(look: Look) -> str:
    """Return line and mark of a look as a small picture of its own, for a row of a table."""
    return (
        f'<svg aria-hidden="true" class="{PICTURE_CLASS}" width="60" height="16" '
        f'style="vertical-align: middle; background: {GROUND}">'
        f"{line(0, 8, 60, 8, look.color, 2.5, look.dashes)}{mark(look, 30, 8, 5)}</svg>"
    )


class Frame(NamedTuple):
    """The axes of a drawing: a rectangle, and the ranges of data that it shows."""

    left: float
    top: float
    width: float
    height: float
    x_range: tuple[float, float]
    y_range: tuple[float, float]

    def x(self, value: float) -> float:
        """Return where a value stands from left to right; one outside goes to the edge."""
        return self.left + self.width * _share(value, self.x_range)

    def y(self, value: float) -> float:
        """Return where a value stands from top to bottom; one outside goes to the edge."""
        return self.top + self.height * (1 - _share(value, self.y_range))

    def inside(self, x: float, y: float) -> bool:
        """Whether a point can be shown: a number in both ranges."""
        (low_x, high_x), (low_y, high_y) = self.x_range, self.y_range
        hair = 1e-9  # what rounding may add to a point on the edge
        return bool(low_x - hair <= x <= high_x + hair and low_y - hair <= y <= high_y + hair)

    def axes(
        self,
        x_ticks: Sequence[float],
        y_ticks: Sequence[float],
        x_label: str = "",
        title: str = "",
    ) -> str:
        """Return grid, numbers and names; the axis label stands below, the title above."""
        bottom, right = self.top + self.height, self.left + self.width
        parts = [line(self.left, self.y(v), right, self.y(v), FAINT) for v in y_ticks]
        parts += [line(self.x(v), self.top, self.x(v), bottom, FAINT) for v in x_ticks]
        parts += [
            text(self.left - 7, self.y(v) + 4, number(v), anchor="end", size=SVG_SMALLEST)
            for v in y_ticks
        ]
        parts += [
            text(self.x(v), bottom + 17, number(v), anchor="middle", size=SVG_SMALLEST)
            for v in x_ticks
        ]
        middle = self.left + self.width / 2
        parts.append(text(middle, bottom + 36, x_label, anchor="middle"))
        parts.append(text(self.left, self.top - 10, title, weight="bold"))
        return "".join(parts)

    def curve(
        self,
        xs: Iterable[float],
        ys: Iterable[float],
        look: Look = LOOKS[0],
        width: float = 2.5,
    ) -> str:
        """Return a curve; it is interrupted where it leaves the frame or is not a number."""
        pieces, piece = [], []
        for x, y in zip(xs, ys, strict=True):
            if self.inside(x, y):
                piece.append((self.x(x), self.y(y)))
            else:
                pieces.append(piece)
                piece = []
        return "".join(
            polyline(one, look.color, width, look.dashes) for one in [*pieces, piece] if one
        )

    def point(self, x: float, y: float, look: Look = LOOKS[0], size: float = 7) -> str:
        """Return the mark of a look at a point of data; nothing where it cannot be shown."""
        return mark(look, self.x(x), self.y(y), size) if self.inside(x, y) else ""


def number(value: float, digits: int | None = None) -> str:
    """Write a number with a true minus sign; to so many digits after the point, if asked."""
    if np.isnan(value):
        return "not a number"
    written = f"{value:g}" if digits is None else f"{value + 0.0:.{digits}f}"
    return written.replace("-", _MINUS)


def _share(value: float, ends: tuple[float, float]) -> float:
    low, high = ends
    return float(np.clip((value - low) / (high - low), 0, 1))


def _dashed(dashes: str) -> str:
    return f' stroke-dasharray="{dashes}"' if dashes else ""
