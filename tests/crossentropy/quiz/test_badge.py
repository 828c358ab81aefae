"""The badge: a picture that any browser draws, with a name that can do no harm."""

from datetime import date
from xml.etree import ElementTree

from crossentropy.quiz import badge
from crossentropy.quiz.badge import BadgeError
import pytest

DAY = date(2026, 1, 31)


def test_it_is_a_picture_with_name_and_date_in_words():
    picture = ElementTree.fromstring(badge.svg("Ada Lovelace", DAY))
    assert picture.get("aria-label") == f"{badge.TITLE}: Ada Lovelace, 2026-01-31"
    texts = [element.text for element in picture.iter() if element.tag.endswith("text")]
    assert {"Ada Lovelace", "2026-01-31", "Master"} <= set(texts)


@pytest.mark.parametrize(
    "name",
    [
        "Maximilian Mustermann",
        "Wolfgang-Maximilian von Mecklenburg-Wumm",
        "W" * 40,
        "i" * 40,
        "名" * 40,
        "Anne Marie",
    ],
)
def test_a_name_stays_on_the_badge_however_long_it_is(name):
    picture = ElementTree.fromstring(badge.svg(name, DAY))
    lines = [
        one for one in picture.iter() if one.tag.endswith("text") and one.get("y") in "156 168 180"
    ]
    assert " ".join(line.text for line in lines) == name
    for line in lines:
        size = float(line.get("font-size"))
        assert line.get("textLength") == "238" or badge._width(line.text) * size <= 0.86 * 238


@pytest.mark.parametrize("name", ["<script>x</script>", 'A" onload="x', "A & B", "a\nb"])
def test_a_name_is_written_and_never_obeyed(name):
    picture = ElementTree.fromstring(badge.svg(name, DAY))
    assert not any("script" in element.tag for element in picture.iter())
    assert " ".join(name.split()) in "".join(picture.itertext())


@pytest.mark.parametrize(
    ("name", "told"), [("  ", "Write your name first"), ("x" * 41, "holds 40")]
)
def test_a_name_that_does_not_fit_is_told(name, told):
    with pytest.raises(BadgeError, match=told):
        badge.svg(name, DAY)


def test_it_is_saved_beside_the_notebook_and_shown_with_its_words(tmp_path):
    assert badge.shown(tmp_path) == ""
    badge.save("Ada", DAY, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["badge.svg"]
    assert 'alt="Badge. Categorical Cross-Entropy Master: Ada, 2026-01-31"' in badge.shown(tmp_path)


def test_a_folder_that_cannot_be_written_is_told_in_one_sentence(tmp_path):
    with pytest.raises(
        BadgeError,
        match=r"The badge was not saved: the folder .* cannot be written to \(No such file",
    ):
        badge.save("Ada", DAY, tmp_path / "none")
