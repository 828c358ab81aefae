"""data/causes.yaml: each entry whole, with signs that exist and a section that exists."""

from pathlib import Path
import re

from crossentropy.detective import script
from crossentropy.detective.causes import cause, causes
from crossentropy.detective.signs import SIGNS
import nbformat
import pytest

ROOT = Path(__file__).parents[3]
NAMES = [one.name for one in causes()]
each_cause = pytest.mark.parametrize("one", causes(), ids=lambda one: one.name)


def test_there_are_a_dozen_mistakes_and_a_sound_program():
    assert len(NAMES) >= 13
    assert len(set(NAMES)) == len(NAMES)
    assert [one.name for one in causes() if not one.change] == ["nothing is wrong"]


@each_cause
def test_a_cause_is_whole(one):
    assert one.forms
    assert set(one.forms) <= set(script.RIGHT)
    places = {"labels", "loss", "metric", *script.RIGHT_IN_BOTH}
    for form in one.forms:
        assert set(one.places(form)) <= places
    for text in (one.gives_away, one.looks_alike, one.cure):
        assert re.search(r"[.:)]$", text.strip())


@each_cause
def test_a_cause_names_signs_that_there_are(one):
    assert one.signs
    assert set(one.signs) <= set(SIGNS)
    assert all(isinstance(holds, bool) for holds in one.signs.values())


@each_cause
def test_what_looks_alike_names_causes_of_the_list(one):
    named = re.findall(r"\*([^*]+)\*", one.looks_alike)
    known = {name.lower() for name in NAMES}
    assert {name.lower().removeprefix("the ") for name in named} <= known | {
        name.removeprefix("the ") for name in known
    }
    assert one.name.lower() not in {name.lower() for name in named}


@each_cause
def test_a_cause_links_to_a_section_that_exists(one):
    lesson, heading = one.section
    path = ROOT / "solutions" / lesson / f"{lesson}.ipynb"
    text = "\n".join(
        cell.source
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "markdown"
    )
    assert re.search(rf"^#+ {re.escape(heading)}\s*$", text, re.MULTILINE), heading


def test_an_unknown_cause_is_answered_with_the_list():
    with pytest.raises(ValueError, match="no cause 'softmax'; the causes are 'nothing is wrong', "):
        cause("softmax")
