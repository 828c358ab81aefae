"""The one way to show a picture: `show`, for figures and for what moves.

A picture is displayed as an HTML image with alternative text, because JupyterLab gives a plain
PNG output none. An `Explorer` is displayed as its still figure, which its widget hides where a
kernel runs: so the figure is there in the stored notebook, on a web page, in print, and the next
day.
"""

import base64
from collections.abc import Callable, Sequence
from html import escape
import io
import sys
from typing import NamedTuple

from crossentropy import asleep
from crossentropy.pictures.drawing import PICTURE_CLASS, STYLE
from IPython import get_ipython
from IPython.display import publish_display_data
import ipywidgets
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

DOTS_PER_INCH = 110
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
NO_ALT = (
    "A picture needs alternative text: say in a sentence what it shows, for people who cannot "
    'see it, as in pictures.show(figure, alt="The loss falls from 1.1 to 0.2.").'
)


class Explorer(NamedTuple):
    """An interactive picture: what moves, and a still figure for readers without a kernel."""

    widget: ipywidgets.Widget
    still: Figure  # carries its alternative text, as ``still.alt``


def show(picture: Figure | Explorer, alt: str | None = None) -> None:
    """Display a picture with its alternative text.

    Parameters
    ----------
    picture : matplotlib.figure.Figure or Explorer
        The figures of this package carry their alternative text.
    alt : str, optional
        What a person who cannot see the picture should know, in one or two sentences: for a
        figure of your own.

    Raises
    ------
    ValueError
        When there is no alternative text.
    TypeError
        When `picture` is neither a figure nor an explorer.
    """
    moves = isinstance(picture, Explorer)
    bundle = picture_bundle(picture.still if moves else picture, alt)
    if get_ipython() is None:
        print(bundle["text/plain"])
        return
    if moves:
        bundle["text/html"] += asleep.MOVES
    publish_display_data(bundle)
    if moves:
        publish_display_data(_widget_bundle(picture.widget))


def picture_bundle(picture: Figure, alt: str | None = None) -> dict[str, str]:
    """Return what `show` displays of a figure, a dict from MIME type to data."""
    if not isinstance(picture, Figure):
        raise TypeError(
            "pictures.show takes a Matplotlib figure or a picture of this course, not "
            f"{type(picture).__name__}. With figure, axes = plt.subplots(), give it the figure."
        )
    alt = alt or getattr(picture, "alt", "")
    if not alt.strip():
        raise ValueError(NO_ALT)
    source = base64.b64encode(_png(picture)).decode("ascii")
    return {
        "text/html": f'{STYLE}<img class="{PICTURE_CLASS}" alt="{escape(alt)}" '
        f'style="max-width: 100%" src="data:image/png;base64,{source}">',
        "text/plain": f"[Picture: {alt}]",
    }


def slider(
    description: str, value: float, low: float, high: float, step: float, digits: int = 2
) -> ipywidgets.FloatSlider:
    """Return a slider in the lessons' style, wide enough for a description of some words."""
    return ipywidgets.FloatSlider(
        value=value,
        min=low,
        max=high,
        step=step,
        readout_format=f".{digits}f",
        description=description,
        layout=ipywidgets.Layout(width="34rem", max_width="100%"),
        style={"description_width": "14rem"},
    )


def moved_by(controls: Sequence[ipywidgets.Widget], draw: Callable[..., str]) -> ipywidgets.VBox:
    """Return controls with a drawing below that follows them.

    Parameters
    ----------
    controls : sequence of widgets
        Sliders, or whatever else has a `value`.
    draw : callable
        Gets the values of the controls, in their order, and returns HTML.

    Returns
    -------
    ipywidgets.VBox
        Its children are the controls and an `ipywidgets.HTML`.
    """
    drawing = ipywidgets.HTML()

    def redraw(_change=None):
        drawing.value = draw(*(control.value for control in controls))

    for control in controls:
        control.observe(redraw, names="value")
    redraw()
    return ipywidgets.VBox([*controls, drawing])


def _widget_bundle(widget):
    # Here, since a lesson without an interactive picture need not wait for it.
    from crossentropy.accessible import Access, hear_while_a_cell_runs

    named = ipywidgets.VBox(
        [Access("Interactive picture"), widget], _dom_classes=("ce-accessible",)
    )
    view = named._repr_mimebundle_()[WIDGET_VIEW]
    hear_while_a_cell_runs(named)
    return {WIDGET_VIEW: view}


def _png(figure):
    pixels = io.BytesIO()
    figure.set_dpi(DOTS_PER_INCH)
    # savefig would lay the figure out once more before it draws. Without the Software entry the
    # bytes do not change with Matplotlib's version number.
    FigureCanvasAgg(figure).print_png(pixels, metadata={"Software": None})
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        pyplot.close(figure)  # or a figure of pyplot would be shown once more below the cell
    return pixels.getvalue()
