"""The table of tries holds the numbers, what each try changed, and how far chance reaches."""

from crossentropy.experiment.table import changes, in_words, table
import pytest

ENTRY = {
    "number": 1,
    "seed": 3,
    "changed": ["+ Dropout 0.25", "<b>"],
    "layers": [],
    "hyperparameters": {},
    "epochs": 12,
    "seconds": 31.4,
    "scores": {
        "train_accuracy": 0.7,
        "train_loss": 1.03,
        "val_accuracy": 0.874,
        "val_loss": 0.5,
    },
    "end_accuracy": None,
}


def test_the_table_holds_the_numbers_and_escapes_text():
    html = table([ENTRY])
    for cell in ("3", "70.0 %", "1.030", "87.4 %", "0.500", "12", "31 s", "2 of 2"):
        assert f"<td>{cell}</td>" in html
    assert "&lt;b&gt;" in html
    assert html.count("scope='col'") == 10


def test_the_end_is_told_where_it_was_measured():
    to_the_end = {**ENTRY, "end_accuracy": 0.7}
    assert "<td>87.4 %<br>to the end: 70.0 %</td>" in table([to_the_end])
    assert "<td>2 of 3</td>" in table([to_the_end])
    assert "trained to the end" in in_words(to_the_end)


def test_a_stopped_try_is_told_as_one():
    assert "12, stopped by you" in table([{**ENTRY, "stopped": True}])
    assert in_words({**ENTRY, "stopped": True}).startswith("Try 1 (seed 3, stopped by you)\n")


@pytest.mark.parametrize(
    ("other", "words"), [(1, "from try 1:<br>nothing"), (0, "from the first network:<br>nothing")]
)
def test_the_table_says_what_a_try_is_compared_with(other, words):
    assert words in table([{**ENTRY, "changed": [], "compared_with": other}])


def test_a_try_of_an_older_record_leaves_blanks():
    old = {name: ENTRY[name] for name in ENTRY if name != "seconds"}
    old["scores"] = {
        name: ENTRY["scores"][name] for name in ENTRY["scores"] if name != "train_loss"
    }
    assert table([old]).count("<td>-</td>") == 2


def test_the_table_says_how_far_chance_reaches():
    assert "standard error of 1.1 points" in table([ENTRY])


def test_changes_are_told_in_short_lines():
    other = {**ENTRY, "layers": ["Dropout 0.25"], "hyperparameters": {"epochs": 2}}
    assert changes({**ENTRY, "hyperparameters": {"epochs": 1}}, other) == [
        "+ Dropout 0.25",
        "epochs 1 -> 2",
    ]
    assert changes(ENTRY, ENTRY) == []
