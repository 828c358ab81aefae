"""Numbers marked with ≈ are compared within the tolerance that their cell states."""

import functools
import re

from approximate_numbers import close, misuse, settle, stated_tolerance
import nbformat
import nbval_run
import pytest

STATED = "# ≈ may differ by 0.02\n"


def test_a_cell_states_its_tolerance_in_a_comment():
    assert stated_tolerance("import this\n# ≈ may differ by 0.02\nprint()") == 0.02
    assert stated_tolerance("print('# ≈ may differ by 0.02')") is None


@pytest.mark.parametrize(
    ("ran", "stored"),
    [
        ("loss ≈ 0.87\n", "loss ≈ 0.89\n"),
        ("loss ≈ -0.01, exact 3", "loss ≈ 0.01, exact 3"),
        ("loss ≈ \N{MINUS SIGN}0.01", "loss ≈ 0.01"),
        ("loss ≈ 10.01 %", "loss ≈  9.99 %"),
        ("a ≈ 1.00 b ≈ 2.00", "a ≈ 1.01 b ≈ 1.99"),
    ],
)
def test_a_marked_number_may_differ_by_as_much_as_is_stated(ran, stored):
    assert close(ran, stored, 0.02)


@pytest.mark.parametrize(
    ("ran", "stored"),
    [
        ("loss ≈ 0.87", "loss ≈ 0.90"),
        ("loss 0.87", "loss 0.88"),
        ("loss ≈ 0.87, exact 3", "loss ≈ 0.87, exact 4"),
        ("loss ≈ 0.87", "loss ≈ 0.87 and ≈ 0.88"),
        ("loss ≈ nan", "loss ≈ 0.88"),
    ],
)
def test_nothing_else_may_differ(ran, stored):
    assert not close(ran, stored, 0.02)


def test_a_mark_and_a_tolerance_need_each_other():
    marked, plain = ({"output_type": "stream", "text": text} for text in ("≈ 1.0", "1.0"))
    assert "no line" in misuse(None, [marked])
    assert "none is marked" in misuse(0.1, [plain])
    assert misuse(0.1, [marked]) == misuse(None, [plain]) == ""


def test_the_numbers_of_a_picture_are_compared_without_its_pixels():
    def picture(number, pixels):
        return [{"data": {"text/html": f'<img alt="precision ≈ {number} %" src="{pixels}">'}}]

    ran, stored = picture(34, "abc"), picture(56, "xyz")
    without_pixels = functools.partial(re.sub, 'src="[^"]*"', "")
    assert settle(ran, stored, 30, without_pixels) == ran
    assert settle(ran, stored, 20, without_pixels) == stored


def cell(source, stored):
    output = nbformat.v4.new_output("stream", name="stdout", text=stored)
    return nbformat.v4.new_code_cell(source, outputs=[output], execution_count=1)


def test_nbval_is_green_within_the_tolerance_and_red_outside(tmp_path):
    source = STATED + "print('accuracy ≈ 0.871')"
    cells = [cell(source, "accuracy ≈ 0.855\n"), cell(source, "accuracy ≈ 0.850\n")]
    assert nbval_run.outcomes(tmp_path, cells, "approximate_numbers") == ["PASSED", "FAILED"]
