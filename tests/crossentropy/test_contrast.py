"""Letters and shapes of figures, drawings and cards stand out, in the light theme and the dark."""

from pathlib import Path
import re
from xml.etree import ElementTree

from contrast import LETTERS, SHAPES, Theme, in_the_dark, ratio, rules
import crossentropy
from crossentropy import pictures
from crossentropy.pictures import drawing
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.text import Text
import numpy as np
from picture_examples import EXAMPLES
import pytest

FOLDER = Path(crossentropy.__file__).parent
PALETTE = ("BLUE", "ORANGE", "GREEN", "RED", "PURPLE", "GREY", "INK")
EXPLORERS = [name for name in EXAMPLES if name.endswith("_explorer")]


def in_both(one, other):
    """Return the contrast of two colours as they are, and as the dark theme shows them."""
    return ratio(one, other), ratio(in_the_dark(one), in_the_dark(other))


@pytest.mark.parametrize("name", PALETTE)
def test_a_colour_of_the_palette_can_be_read_on_the_ground_of_a_picture(name):
    colour, ground = (to_rgba(getattr(drawing, one)) for one in (name, "GROUND"))
    assert min(in_both(colour, ground)) >= LETTERS


# --- figures --------------------------------------------------------------------------------------


def behind(canvas, texts):
    """Return the colour on which most of each text stands: the picture drawn without letters.

    The canvas is one on which the picture was drawn as it is.
    """
    boxes = [text.get_window_extent(canvas.get_renderer()) for text in texts]
    for text in texts:
        text.set_alpha(0)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())[::-1, :, :3].astype(int) @ (1 << 16, 1 << 8, 1)
    for box in boxes:
        part = pixels[max(0, int(box.y0)) : int(box.y1) + 1, max(0, int(box.x0)) : int(box.x1) + 1]
        colours, counts = np.unique(part, return_counts=True)
        # None for a tick outside of what is shown.
        yield to_rgb(f"#{colours[counts.argmax()]:06x}") if counts.size else None


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_letters_of_a_figure_stand_out_from_what_is_behind_them(name):
    picture = EXAMPLES[name]()
    figure = picture.still if isinstance(picture, pictures.Explorer) else picture
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    texts = [
        text
        for text in figure.findobj(Text)
        if text.get_text().strip()
        and text.get_visible()
        and (text.axes is None or text.axes.axison or text in text.axes.texts)
    ]
    colours = [to_rgba(text.get_color()) for text in texts]
    faint = {
        text.get_text(): [round(one, 1) for one in in_both(colour, ground)]
        for text, colour, ground in zip(texts, colours, behind(canvas, texts), strict=True)
        if ground is not None and min(in_both(colour, ground)) < LETTERS
    }
    assert faint == {}


@pytest.mark.parametrize("name", EXPLORERS)
def test_the_letters_of_a_drawing_stand_out_from_its_ground(name):
    html = EXAMPLES[name]().widget.children[-1].value
    image = ElementTree.fromstring(f"<div>{html}</div>").find("svg")
    ground = to_rgba(drawing.GROUND)
    faint = {}
    for text in image.iter("text"):
        style = dict(re.findall(r"([\w-]+):\s*([^;]+)", text.get("style", "")))
        colour = to_rgba(style.get("fill") or text.get("fill") or "black")
        if min(in_both(colour, ground)) < LETTERS:
            faint["".join(text.itertext())] = colour
    assert faint == {}


# --- cards ----------------------------------------------------------------------------------------


def style_sheets():
    """Yield name and text of each style sheet of the package, those that modules hold too."""
    for path in sorted(FOLDER.rglob("*.css")):
        yield path.name, path.read_text(encoding="utf-8")
    for path in sorted(FOLDER.rglob("*.py")):
        for text in re.findall(
            r"<style>(.*?)</style>", path.read_text(encoding="utf-8"), re.DOTALL
        ):
            yield path.name, text.replace("{{", "{").replace("}}", "}")


SHEETS = [*style_sheets()]


def test_the_style_sheets_are_found():
    assert "card.css" in dict(SHEETS)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("sheet", range(len(SHEETS)), ids=[name for name, _ in SHEETS])
def test_what_a_style_sheet_colours_stands_out(sheet, theme):
    colours = Theme(theme)
    card = colours.colour("var(--jp-layout-color1)", (1, 1, 1))
    faint = {}
    for selector, given in rules(SHEETS[sheet][1]):
        inside = colours.colour(given.get("background", given.get("background-color", "")), card)
        # A border is told from what is around it.
        needed = {
            "color": (LETTERS, inside),
            "border-color": (SHAPES, card),
            "outline": (SHAPES, card),
        }
        for name, (least, ground) in needed.items():
            found = re.search(r"var\(.*\)|#\w+|(?<=solid )\w+", given.get(name, ""))
            if found and (reached := ratio(colours.colour(found[0], ground), ground)) < least:
                faint[f"{selector} {name}"] = round(reached, 1)
    assert faint == {}
