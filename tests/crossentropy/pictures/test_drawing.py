"""The kit draws in colours that can be read, and places what it draws where it says."""

import subprocess
import sys
from xml.etree import ElementTree

from crossentropy import pictures
from crossentropy.pictures import drawing
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
import numpy as np
import pytest

COLOURS = ("BLUE", "ORANGE", "GREEN", "RED", "PURPLE", "GREY", "INK")
FRAME = drawing.Frame(10, 20, 100, 50, (0, 1), (0, 5))


def contrast(one, other):
    """Contrast of two colours, from 1 to 21, as WCAG 2.2 defines it (relative luminance)."""

    def luminance(colour):
        shares = np.array(to_rgb(colour))
        linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
        return linear @ [0.2126, 0.7152, 0.0722]

    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def in_the_dark(colour):
    """A colour as the dark theme shows it: turned round, hue kept (Filter Effects, level 1)."""
    shares = 0.9 - 0.8 * np.array(to_rgb(colour))
    grey = np.array([0.213, 0.715, 0.072])
    half_turn = 2 * np.tile(grey, (3, 1)) - np.eye(3)
    return tuple(np.clip(half_turn @ shares, 0, 1))


def parsed(svg):
    return ElementTree.fromstring(f"<div>{svg}</div>")


@pytest.mark.parametrize("name", COLOURS)
def test_each_colour_stands_out_from_the_ground_as_text_must(name):
    assert contrast(getattr(drawing, name), drawing.GROUND) >= 4.5


@pytest.mark.parametrize("name", COLOURS)
def test_each_colour_stands_out_in_the_dark_theme_too(name):
    colour = getattr(drawing, name)
    assert contrast(in_the_dark(colour), in_the_dark(drawing.GROUND)) >= 4.5


def test_the_ground_is_quiet_in_both_themes():
    assert contrast(drawing.GROUND, "#ffffff") < 1.1
    assert contrast(in_the_dark(drawing.GROUND), "#111111") < 1.2


def test_the_filter_of_the_style_is_the_one_that_is_computed_here():
    assert drawing.DARK_FILTER == "invert(0.9) hue-rotate(180deg)"
    assert f'[data-jp-theme-light="false"] .{drawing.PICTURE_CLASS}' in drawing.STYLE


@pytest.mark.parametrize("part", ["color", "dashes", "shape", "hatch", "marker"])
def test_looks_differ_in_everything_that_can_tell_them_apart(part):
    assert len({getattr(look, part) for look in drawing.LOOKS}) == len(drawing.LOOKS)


def test_new_figure_has_the_panels_the_size_and_the_words_that_were_asked_for():
    figure, axes = pictures.new_figure(columns=3, rows=2, width=6, height=4, alt="Six panels.")
    assert isinstance(figure, Figure)
    assert axes.shape == (2, 3)
    assert tuple(figure.get_size_inches()) == (6, 4)
    assert figure.alt == "Six panels."


def test_a_new_figure_is_not_shown_a_second_time_by_pyplot():
    code = (
        "from crossentropy import pictures; import sys; pictures.new_figure();"
        "pyplot = sys.modules.get('matplotlib.pyplot'); print(pyplot and pyplot.get_fignums())"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() in ("None", "[]")


def test_a_frame_maps_its_ranges_to_its_corners():
    assert (FRAME.x(0), FRAME.y(0)) == (10, 70)
    assert (FRAME.x(1), FRAME.y(5)) == (110, 20)


def test_a_frame_keeps_what_is_outside_at_its_edge():
    assert (FRAME.x(7), FRAME.y(-7)) == (110, 70)


def test_a_curve_is_interrupted_where_it_leaves_the_frame():
    xs = [0, 0.2, 0.4, 0.6, 0.8, 1]
    curve = parsed(FRAME.curve(xs, [1, 2, 9, np.nan, 2, 1]))
    assert [len(piece.get("points").split()) for piece in curve] == [2, 2]


def test_a_point_outside_the_frame_is_not_drawn():
    assert FRAME.point(0.5, 9) == ""
    assert FRAME.point(0.5, np.nan) == ""
    assert parsed(FRAME.point(0.5, 2.5)).find("circle").get("cy") == "45.0"


def test_words_with_signs_do_not_break_a_drawing():
    drawn = parsed(drawing.svg([drawing.text(0, 0, 'p < 1 & "sure"')], 10, 'a "b" < c'))
    assert drawn.find("svg").get("aria-label") == 'a "b" < c'
    assert drawn.find("svg/text").text == 'p < 1 & "sure"'


@pytest.mark.parametrize(
    ("value", "digits", "written"),
    [
        (-1.5, None, "\N{MINUS SIGN}1.5"),
        (-0.0, 3, "0.000"),
        (2, 2, "2.00"),
        (np.nan, 3, "not a number"),
    ],
)
def test_numbers_are_written_with_a_true_minus_sign(value, digits, written):
    assert drawing.number(value, digits) == written
