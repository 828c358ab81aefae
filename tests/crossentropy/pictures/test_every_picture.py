"""Rules that every public picture keeps, also those of lessons to come."""

import ast
from pathlib import Path
import re
import subprocess
import sys
from xml.etree import ElementTree

from crossentropy import pictures
from crossentropy.pictures import drawing, showing
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.text import Text
from picture_examples import EXAMPLES
import pytest

KIT = ("drawing", "showing")
PUBLIC = [name for one, names in pictures.MODULES.items() if one not in KIT for name in names]
EXPLORERS = [name for name in PUBLIC if name.endswith("_explorer")]
FOLDER = Path(pictures.__file__).parent


@pytest.fixture(scope="module", params=PUBLIC)
def picture(request):
    return EXAMPLES[request.param]()


@pytest.fixture(scope="module")
def figure(picture):
    """The picture, or the still one of an explorer, drawn once so that every letter is there."""
    still = picture.still if isinstance(picture, pictures.Explorer) else picture
    FigureCanvasAgg(still).draw()
    return still


@pytest.fixture(scope="module", params=EXPLORERS)
def html(request):
    """What an explorer draws where its sliders stand first."""
    return EXAMPLES[request.param]().widget.children[-1].value


def letters(figure):
    return [text for text in figure.findobj(Text) if text.get_text().strip() and shown(text)]


def shown(text):
    return text.get_visible() and (text.axes is None or text.axes.axison or text in text.axes.texts)


def test_every_public_picture_has_an_example_here():
    assert set(EXAMPLES) == set(PUBLIC)


def test_an_explorer_is_named_so_and_nothing_else_is(picture, request):
    name = request.node.callspec.params["picture"]
    assert isinstance(picture, pictures.Explorer) == name.endswith("_explorer")


def test_every_picture_says_in_words_what_it_shows(figure):
    assert len(figure.alt.split()) >= 12
    assert showing.picture_bundle(figure)["text/plain"] == f"[Picture: {figure.alt}]"


def test_no_figure_is_so_wide_that_its_letters_shrink(figure):
    assert figure.get_size_inches()[0] <= drawing.WIDTH


def test_no_letters_of_a_figure_are_too_small(figure):
    small = [text.get_text() for text in letters(figure) if text.get_size() < drawing.SMALLEST]
    assert not small


def test_nothing_of_a_figure_is_cut_off(figure):
    inches = figure.get_tightbbox(figure.canvas.get_renderer())
    width, height = figure.get_size_inches()
    assert inches.x0 >= -0.01
    assert inches.y0 >= -0.01
    assert inches.x1 <= width + 0.01
    assert inches.y1 <= height + 0.01


def test_figures_and_drawings_keep_to_one_palette():
    """No module of this family but the kit writes a dark colour down."""
    palette = re.compile(r"#[0-9a-fA-F]{6}")
    for module in FOLDER.glob("*.py"):
        if module.stem == "drawing":
            continue
        for colour in palette.findall(without_fallbacks(module.read_text(encoding="utf-8"))):
            light = sum(int(to_hex(colour)[at : at + 2], 16) for at in (1, 3, 5)) / 3
            assert light > 150, f"{module.name} has a colour of its own, {colour}"


def without_fallbacks(source):
    """The source without the second colours of `var(--jp-…, #212121)`, for words beside it."""
    return re.sub(r"var\(--jp-[^)]*\)", "", source)


def test_the_letters_of_a_drawing_are_large_enough(html):
    tree = ElementTree.fromstring(f"<div>{html}</div>")
    image = tree.find("svg")
    width = float(image.get("viewBox").split()[2])
    assert width <= drawing.SVG_WIDTH
    sizes = [float(re.search(r"font-size: (\S+)px", t.get("style"))[1]) for t in image.iter("text")]
    assert sizes
    assert min(sizes) >= drawing.SVG_SMALLEST


def test_a_drawing_says_in_words_what_it_shows(html):
    image = ElementTree.fromstring(f"<div>{html}</div>").find("svg")
    assert image.get("role") == "img"
    assert len(image.get("aria-label").split()) >= 12


def test_a_drawing_follows_the_theme(html):
    image = ElementTree.fromstring(f"<div>{html}</div>").find("svg")
    assert image.get("class") == drawing.PICTURE_CLASS
    assert drawing.STYLE in html


def test_no_module_hides_a_function_of_the_face():
    """Python binds a submodule's name in its package when it is imported."""
    assert not set(pictures.__all__) & {module.stem for module in FOLDER.glob("*.py")}


@pytest.mark.parametrize("module", sorted(FOLDER.glob("*.py")), ids=lambda module: module.stem)
def test_pictures_depend_on_no_quiz_and_no_experiment(module):
    tree = ast.parse(module.read_text(encoding="utf-8"))
    named = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    named |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    for family in ("quiz", "experiment"):
        assert not [name for name in named if name and name.startswith(f"crossentropy.{family}")]


def test_importing_the_pictures_loads_no_matplotlib_and_no_tensorflow():
    code = (
        "import sys; from crossentropy import pictures; "
        "print([m for m in ('matplotlib', 'tensorflow', 'ipywidgets') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_a_name_that_is_no_picture_is_refused_as_python_does():
    with pytest.raises(AttributeError, match="has no attribute 'curve'"):
        pictures.curve  # noqa: B018
