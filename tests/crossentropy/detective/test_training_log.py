"""The log: few digits, and read again from its own text."""

import math

from crossentropy.detective import training_log
from crossentropy.detective.training_log import log, read, shown
import numpy as np
import pytest

HISTORY = {
    "loss": [1.2, 0.5, 0.25],
    "accuracy": [0.5, 0.875, 0.9],
    "cross_entropy": [1.2, math.nan, 12345.0],
    "val_loss": [-1.0, 0.004, 123.4],
    "val_accuracy": [0.0, 1.0, 0.1],
    "val_cross_entropy": [16.118, -20000.0, 0.0],
}
LABELS = np.array([[0, 1], [1, 0]])
OUTPUTS = np.array([[-0.04, 2.26], [12.34, -1234.0]])


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1.386, 2, "1.39"),
        (12.34, 2, "12"),
        (123.4, 2, "120"),
        (5088.21, 2, "5100"),
        (-5088.21, 1, "-5100"),
        (-0.04, 1, "0.0"),
        (2.26, 1, "2.3"),
        (23456.0, 2, ">10000"),
        (-math.inf, 2, "nan"),
        (-23456.0, 2, "<-10000"),
        (math.nan, 2, "nan"),
    ],
)
def test_a_number_from_10_on_has_two_digits_that_count(value, decimals, text):
    assert shown(value, decimals) == text


def test_a_log_has_a_row_for_the_first_batch_and_for_each_epoch():
    lines = log([1.4, 0.25, 1.4], HISTORY, LABELS, OUTPUTS).splitlines()
    starts = [line[:11].strip() for line in lines]
    assert starts[2:6] == ["first batch", "epoch  1", "epoch  2", "epoch  3"]
    assert starts[7:] == ["label [0 1]", "label [1 0]"]


def test_a_log_is_read_as_it_was_written():
    seen = read(log([1.386, 0.25, 1.386], HISTORY, LABELS, OUTPUTS))
    assert seen.first == {"loss": 1.39, "accuracy": 0.25, "cross_entropy": 1.39}
    assert seen.training["loss"] == [1.2, 0.5, 0.25]
    assert seen.training["cross_entropy"][2] == math.inf
    assert math.isnan(seen.training["cross_entropy"][1])
    assert seen.validation["cross_entropy"] == [16.0, -math.inf, 0.0]
    assert seen.labels == ["[0 1]", "[1 0]"]
    assert seen.outputs == [[0.0, 2.3], [12.0, -1200.0]]
    assert seen.classes == 2


def test_integer_labels_are_shown_as_they_are():
    assert read(log([1.0, 0.5, 1.0], HISTORY, np.array([1, 0]), OUTPUTS)).labels == ["1", "0"]


def test_a_training_that_stopped_has_its_message_and_nothing_else():
    seen = read(f"{training_log.STOPPED}\n\nValueError: no")
    assert seen.error == "ValueError: no"
    assert seen.classes == 0
