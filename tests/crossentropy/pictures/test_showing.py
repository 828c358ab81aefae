"""Pictures are shown one way: with alternative text, and a still version where no kernel runs."""

import base64
import html
import itertools
import re

from crossentropy import pictures
from crossentropy.pictures import showing
import ipywidgets
from matplotlib.colors import to_rgb
import matplotlib.pyplot as plt
from nbclient import NotebookClient
import nbformat
import numpy as np
from PIL import Image
import pytest

from classroom import notebook_files

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


@pytest.fixture
def figure():
    figure, axes = pictures.new_figure(alt="A line that rises.")
    axes.plot([0, 1], [0, 1])
    return figure


def pixels(bundle, tmp_path):
    """The picture inside the HTML of a bundle, as an array (height, width, 3) from 0 to 255."""
    source = re.search(r'src="data:image/png;base64,([^"]+)"', bundle["text/html"])[1]
    path = tmp_path / "picture.png"
    path.write_bytes(base64.b64decode(source))
    return np.asarray(Image.open(path).convert("RGB"))


def test_the_alternative_text_stands_in_the_image_and_in_the_plain_text(figure):
    bundle = showing.picture_bundle(figure)
    assert 'alt="A line that rises."' in bundle["text/html"]
    assert bundle["text/plain"] == "[Picture: A line that rises.]"


def test_a_sentence_given_to_show_comes_before_that_of_the_figure(figure):
    assert showing.picture_bundle(figure, "Another.")["text/plain"] == "[Picture: Another.]"


def test_alternative_text_with_quotes_and_signs_does_not_break_the_image(figure):
    figure.alt = 'Where p < 0.5 & "sure", the loss\'s > 1'
    bundle = showing.picture_bundle(figure)
    assert html.unescape(re.search(r'alt="([^"]*)"', bundle["text/html"])[1]) == figure.alt


@pytest.mark.parametrize("alt", ["", "  \n", None])
def test_a_picture_without_alternative_text_is_refused_in_one_sentence(figure, alt):
    figure.alt = ""
    with pytest.raises(ValueError, match="needs alternative text: say in a sentence"):
        pictures.show(figure, alt)


def test_what_is_no_figure_is_refused_in_one_sentence():
    _, axes = pictures.new_figure()
    with pytest.raises(TypeError, match=r"takes a Matplotlib figure .* not Axes"):
        pictures.show(axes, "A line.")


def test_a_figure_of_pyplot_is_shown_once():
    figure, _ = plt.subplots()
    pictures.show(figure, "Nothing yet.")
    assert figure.number not in plt.get_fignums()


def test_the_ground_is_light_and_not_see_through(figure, tmp_path):
    ground = np.array(to_rgb(pictures.GROUND)) * 255
    for row, column in itertools.product((0, -1), (0, -1)):
        corner = pixels(showing.picture_bundle(figure), tmp_path)[row, column]
        np.testing.assert_allclose(corner, ground, atol=1)


def test_the_same_figure_gives_the_same_bytes(figure):
    assert showing.picture_bundle(figure) == showing.picture_bundle(figure)


def test_outside_a_notebook_the_alternative_text_is_printed(figure, capsys):
    pictures.show(figure)
    assert capsys.readouterr().out == "[Picture: A line that rises.]\n"


def test_a_drawing_follows_its_controls():
    one, two = ipywidgets.IntSlider(value=1), ipywidgets.IntSlider(value=2)
    box = showing.moved_by([one, two], lambda a, b: f"{a} and {b}")
    two.value = 5
    assert box.children[-1].value == "1 and 5"


@pytest.fixture(scope="module")
def shown():
    """The output of a cell with a still picture, and of one with an interactive picture."""
    cells = [
        "from crossentropy import pictures\n"
        "import ipywidgets\n"
        "figure, axes = pictures.new_figure(alt='Nothing yet.')",
        "pictures.show(figure)",
        "pictures.show(pictures.Explorer(ipywidgets.IntSlider(), figure))",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    return [cell.outputs for cell in notebook.cells[1:]]


def test_a_notebook_cell_shows_a_picture_once(shown):
    [output] = shown[0]
    assert output.output_type == "display_data"
    assert set(output.data) == {"text/html", "text/plain"}


def test_an_interactive_picture_stands_below_a_still_one_that_says_how_it_moves_again(shown):
    still, moving = shown[1]
    assert set(still.data) == {"text/html", "text/plain"}
    assert set(moving.data) == {WIDGET_VIEW}
    assert still.data["text/plain"] == "[Picture: Nothing yet.]"
    assert 'alt="Nothing yet."' in still.data["text/html"]
    assert "To move this picture, run this cell." in still.data["text/html"]


def test_of_an_interactive_picture_a_stored_lesson_keeps_the_still_one_alone(shown):
    cells = [nbformat.v4.new_code_cell(outputs=shown[0]), nbformat.v4.new_code_cell()]
    cells[1].outputs = shown[1]
    stored = notebook_files.normalise(nbformat.v4.new_notebook(cells=cells)).cells
    assert stored[1].outputs == stored[0].outputs
