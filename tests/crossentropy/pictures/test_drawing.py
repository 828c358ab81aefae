"""Pictures carry alternative text, a light ground, and a still version where no kernel runs."""

import base64
import html
import itertools
import re
import subprocess
import sys

from crossentropy import pictures
import ipywidgets
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from nbclient import NotebookClient
import nbformat
import numpy as np
from PIL import Image
import pytest

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
COLOURS = {
    name: getattr(pictures, name) for name in ("BLUE", "ORANGE", "GREEN", "RED", "PURPLE", "GREY")
}


@pytest.fixture
def figure():
    figure, axes = pictures.new_figure()
    axes.plot([0, 1], [0, 1])
    return figure


def pixels(bundle, tmp_path):
    """The picture inside the HTML of a bundle, as an array (height, width, 3) from 0 to 255."""
    source = re.search(r'src="data:image/png;base64,([^"]+)"', bundle["text/html"])[1]
    path = tmp_path / "picture.png"
    path.write_bytes(base64.b64decode(source))
    return np.asarray(Image.open(path).convert("RGB"))


def contrast(one, other):
    """Contrast of two colours, from 1 to 21, as WCAG 2.2 defines it (relative luminance)."""

    def luminance(colour):
        shares = np.array(to_rgb(colour))
        linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
        return linear @ [0.2126, 0.7152, 0.0722]

    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def test_the_alternative_text_stands_in_the_image_and_in_the_plain_text(figure):
    bundle = pictures.picture_bundle(figure, "A line that rises.")
    assert '<img alt="A line that rises."' in bundle["text/html"]
    assert bundle["text/plain"] == "[Picture: A line that rises.]"


def test_alternative_text_with_quotes_and_signs_does_not_break_the_image(figure):
    alt = 'Where p < 0.5 & "sure", the loss\'s > 1'
    bundle = pictures.picture_bundle(figure, alt)
    assert html.unescape(re.search(r'alt="([^"]*)"', bundle["text/html"])[1]) == alt


@pytest.mark.parametrize("alt", ["", "  \n"])
def test_a_picture_without_alternative_text_is_refused(figure, alt):
    with pytest.raises(ValueError, match="needs alternative text: say in a sentence"):
        pictures.show(figure, alt)


def test_alternative_text_cannot_be_left_out(figure):
    with pytest.raises(TypeError, match="alt"):
        pictures.show(figure)


def test_an_interactive_picture_without_alternative_text_is_refused(figure):
    with pytest.raises(ValueError, match="needs alternative text"):
        pictures.show_live(ipywidgets.IntSlider(), figure, "")


def test_the_ground_is_light_and_not_see_through(figure, tmp_path):
    ground = np.array(to_rgb(pictures.GROUND)) * 255
    for row, column in itertools.product((0, -1), (0, -1)):
        corner = pixels(pictures.picture_bundle(figure, "A line."), tmp_path)[row, column]
        np.testing.assert_allclose(corner, ground, atol=1)
    assert ground.min() > 240


def test_the_same_figure_gives_the_same_bytes(figure):
    bundles = [pictures.picture_bundle(figure, "A line.") for _ in range(2)]
    assert bundles[0] == bundles[1]


@pytest.mark.parametrize("name", COLOURS)
def test_each_colour_stands_out_from_the_ground_as_text_must(name):
    assert contrast(COLOURS[name], pictures.GROUND) >= 4.5


def test_new_figure_has_the_panels_and_the_size_that_were_asked_for():
    figure, axes = pictures.new_figure(columns=3, rows=2, width=9, height=4)
    assert axes.shape == (2, 3)
    assert tuple(figure.get_size_inches()) == (9, 4)


def test_a_new_figure_is_not_shown_a_second_time_by_pyplot():
    code = (
        "from crossentropy import pictures; import sys; pictures.new_figure();"
        "pyplot = sys.modules.get('matplotlib.pyplot'); print(pyplot and pyplot.get_fignums())"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() in ("None", "[]")


def test_outside_a_notebook_the_alternative_text_is_printed(figure, capsys):
    pictures.show(figure, "A line that rises.")
    assert capsys.readouterr().out == "[Picture: A line that rises.]\n"


@pytest.fixture(scope="module")
def shown():
    """The output of a cell with a still picture, and of one with an interactive picture."""
    cells = [
        "from crossentropy import pictures\n"
        "import ipywidgets\n"
        "figure, axes = pictures.new_figure()",
        "pictures.show(figure, alt='Nothing yet.')",
        "pictures.show_live(ipywidgets.IntSlider(), figure, alt='Nothing yet.')",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    return [cell.outputs for cell in notebook.cells[1:]]


def test_a_notebook_cell_shows_a_picture_once(shown):
    [output] = shown[0]
    assert output.output_type == "display_data"
    assert set(output.data) == {"text/html", "text/plain"}


def test_an_interactive_picture_is_one_output_with_a_still_one_inside(shown):
    [output] = shown[1]
    assert set(output.data) == {WIDGET_VIEW, "text/html", "text/plain"}
    assert output.data["text/plain"] == "[Picture: Nothing yet.]"
    assert '<img alt="Nothing yet."' in output.data["text/html"]


def test_new_figure_returns_a_figure_of_matplotlib():
    figure, axes = pictures.new_figure()
    assert isinstance(figure, Figure)
    assert figure.axes == [axes]
