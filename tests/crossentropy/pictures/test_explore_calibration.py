"""The slider picture of lesson 07 follows its temperature, its bins and the bin looked at."""

import re
from xml.etree import ElementTree

from crossentropy import pictures
from crossentropy.pictures import explore_calibration
from crossentropy.pictures.calibration_bins import bin_answers, cross_entropy, softmax
import numpy as np
import pytest

SCORES = np.random.RandomState(73).normal(0, 3, (400, 5))
LABELS = np.random.RandomState(74).randint(0, 5, 400)


@pytest.fixture
def explorer():
    return pictures.calibration_explorer({"first": SCORES, "second": SCORES / 5}, LABELS)


@pytest.fixture
def controls(explorer):
    *controls, _ = explorer.widget.children
    return controls


def told(explorer):
    """The line of numbers below the drawing."""
    words = re.sub("<[^>]+>", "", explorer.widget.children[-1].value.split("<div")[-1])
    return words.split(">", 1)[1]


def chosen(**settings):
    reading = explore_calibration.read_calibration(SCORES, LABELS, **settings)
    return reading.answers.low[reading.chosen], reading.answers.high[reading.chosen]


def test_it_starts_with_the_probabilities_as_trained(explorer, controls):
    network, temperature, bins, _ = controls
    assert (network.value, temperature.value, bins.value) == ("first", 1, 10)
    assert f"loss {cross_entropy(SCORES, LABELS):.3f}" in told(explorer)


def test_error_and_loss_follow_the_temperature_and_accuracy_stays(explorer, controls):
    before = told(explorer)
    controls[1].value = 4
    after = told(explorer)
    error = bin_answers(softmax(SCORES, 4), LABELS).error
    assert f"ECE {error:.3f}" in after
    assert f"loss {cross_entropy(SCORES, LABELS, 4):.3f}" in after
    right = re.search(r"right answers \S+", before)[0]
    assert right in after


def test_the_error_follows_the_number_of_bins_and_the_loss_does_not(explorer, controls):
    controls[2].value = 37
    error = bin_answers(softmax(SCORES), LABELS, bins=37).error
    assert f"ECE {error:.3f}" in told(explorer)
    assert f"loss {cross_entropy(SCORES, LABELS):.3f}" in told(explorer)


def test_another_network_is_drawn_when_it_is_chosen(explorer, controls):
    controls[0].value = "second"
    assert f"loss {cross_entropy(SCORES / 5, LABELS):.3f}" in told(explorer)


@pytest.mark.parametrize(
    ("looked_at", "bins", "edges"),
    [(0.65, 10, (0.6, 0.7)), (0.5, 4, (0.25, 0.5)), (1, 10, (0.9, 1)), (0.01, 1, (0, 1))],
)
def test_the_bin_that_holds_the_confidence_is_looked_at(looked_at, bins, edges):
    assert chosen(looked_at=looked_at, bins=bins) == pytest.approx(edges)


def test_the_words_about_a_bin_say_its_part_of_the_error(explorer, controls):
    controls[3].value = 0.95
    bins = bin_answers(softmax(SCORES), LABELS)
    gap, share = abs(bins.gap[9]), bins.count[9] / 400
    drawn = explorer.widget.children[-1].value
    assert f"holds {bins.count[9]} of 400 answers." in drawn
    assert f"{share:.3f} \N{MULTIPLICATION SIGN} {gap:.3f} = {share * gap:.3f}" in drawn


def test_an_empty_bin_is_said_to_be_empty(explorer, controls):
    controls[3].value = 0.05
    assert "holds no answer." in explorer.widget.children[-1].value


@pytest.mark.parametrize("temperature", [0.125, 1, 8])
@pytest.mark.parametrize("bins", [1, 10, 40])
@pytest.mark.parametrize("looked_at", [0.01, 0.5, 1])
def test_every_setting_is_drawn_inside_its_frame(temperature, bins, looked_at):
    reading = explore_calibration.read_calibration(SCORES, LABELS, temperature, bins, looked_at)
    html = explore_calibration.draw_calibration("first", reading, temperature)
    image = ElementTree.fromstring(f"<div>{html}</div>").find("svg")
    _, _, width, height = map(float, image.get("viewBox").split())
    for part in image.iter("rect"):
        assert 0 <= float(part.get("x")) <= width - float(part.get("width"))
        assert 0 <= float(part.get("y")) <= height - float(part.get("height"))
        assert float(part.get("height")) >= 0
