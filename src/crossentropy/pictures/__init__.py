"""Show figures so that everybody can read them.

A figure is displayed as an HTML image with alternative text, because JupyterLab gives a plain PNG
output none. It keeps a light ground of its own, so that it reads the same in the dark theme. The
colours are those of Okabe and Ito, told apart by most colour-blind people; a marker or a dash
pattern goes with each, so that nothing depends on colour alone.
"""

import base64
import html
import io

from IPython import get_ipython
from IPython.display import publish_display_data
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

BLUE, ORANGE, GREEN, RED, PURPLE, GREY = (
    "#0072b2",
    "#b35c00",
    "#00795a",
    "#c0392b",
    "#8e4585",
    "#5b5b5b",
)
GROUND = "#fbfbfb"
DOTS_PER_INCH = 110


def new_figure(columns=1, rows=1, width=7.0, height=3.6):
    """Return an empty figure and its axes in the lessons' style.

    Parameters
    ----------
    columns, rows : int
        How many panels stand side by side, and above each other.
    width, height : float
        Size in inches.

    Returns
    -------
    (Figure, Axes or numpy.ndarray of Axes)
        As ``Figure.subplots`` returns them. The figure is not registered with pyplot, so it is
        shown only by :func:`show`, once.
    """
    figure = Figure(figsize=(width, height), layout="constrained", facecolor=GROUND)
    axes = figure.subplots(rows, columns)
    for panel in figure.axes:
        panel.set_facecolor(GROUND)
        panel.grid(color="#dddddd", linewidth=0.6)
        panel.set_axisbelow(True)
        panel.spines[["top", "right"]].set_visible(False)
    return figure, axes


def show(figure, alt):
    """Display a figure with its alternative text.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    alt : str
        What a person who cannot see the picture should know: one or two sentences.
    """
    _publish(picture_bundle(figure, alt))


def show_live(widget, figure, alt):
    """Display an interactive picture, with a still one for readers who have no widgets.

    Parameters
    ----------
    widget : ipywidgets.Widget
        Shown where a kernel runs.
    figure : matplotlib.figure.Figure
        Shown where none does: in the stored notebook, on a web page, in print.
    alt : str
        Alternative text of the still picture.
    """
    # Here, since a lesson without a live picture need not wait for them.
    from crossentropy.accessible import Conduct
    import ipywidgets

    named = ipywidgets.VBox(
        [Conduct("Interactive picture"), widget], _dom_classes=("ce-conducted",)
    )
    _publish({**named._repr_mimebundle_(), **picture_bundle(figure, alt)})


def picture_bundle(figure, alt):
    """Return the display data of a figure, a dict from MIME type to text.

    Raises
    ------
    ValueError
        When ``alt`` is empty.
    """
    if not alt.strip():
        raise ValueError("A picture needs alternative text: say in a sentence what it shows.")
    pixels = io.BytesIO()
    figure.set_dpi(DOTS_PER_INCH)
    # savefig would lay the figure out once more before it draws. Without the Software entry the
    # bytes do not change with Matplotlib's version number.
    FigureCanvasAgg(figure).print_png(pixels, metadata={"Software": None})
    source = base64.b64encode(pixels.getvalue()).decode("ascii")
    return {
        "text/html": f'<img alt="{html.escape(alt)}" style="max-width: 100%" '
        f'src="data:image/png;base64,{source}">',
        "text/plain": f"[Picture: {alt}]",
    }


def _publish(bundle):
    if get_ipython() is None:
        print(bundle["text/plain"])
    else:
        publish_display_data(bundle)
