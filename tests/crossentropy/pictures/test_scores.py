"""The pictures of lesson 03 show what Keras does; its training logs are of real runs."""

from pathlib import Path
import warnings
from xml.etree import ElementTree

from crossentropy.pictures import scores as logit_pictures
import keras
from keras.losses import CategoricalCrossentropy, SparseCategoricalCrossentropy
import nbformat
import numpy as np
import pytest
import tensorflow as tf

LESSON = Path(__file__).parents[3] / "solutions/03-from-logits/03-from-logits.ipynb"
STARTING_SCORES = (-1.0, 2.0, 0.5)
SCORES = [STARTING_SCORES, (-3, 1, 0.5), (6, -6, 3), (-1.5, 1, 0.5), (0, 0, 0), (1, -1, 0)]


def keras_loss(numbers, from_logits):
    y_true = tf.one_hot([logit_pictures.TRUE_CLASS], 3)
    return float(CategoricalCrossentropy(from_logits=from_logits)(y_true, tf.constant([numbers])))


def drawn(html):
    """The explorer's drawing as an XML tree: it must be well-formed to be one."""
    return ElementTree.fromstring(f"<div>{html}</div>")


def legend_of(axes):
    return [text.get_text() for text in axes.get_legend().get_texts()]


# The numbers


@pytest.mark.parametrize("scores", SCORES)
def test_the_true_loss_is_keras_loss_from_logits(scores):
    expected = keras_loss(np.float32(scores), from_logits=True)
    assert logit_pictures.read_scores(scores).right_loss == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("scores", SCORES)
def test_the_loss_with_the_wrong_flag_is_that_of_keras(scores):
    expected = keras_loss(np.float32(scores), from_logits=False)
    loss = logit_pictures.read_scores(scores).wrong_flag_loss
    assert loss == pytest.approx(expected, abs=1e-3, nan_ok=True)


@pytest.mark.parametrize("scores", SCORES)
def test_the_doubled_loss_is_keras_loss_of_a_softmax_taken_for_logits(scores):
    expected = keras_loss(tf.nn.softmax(np.float32(scores)).numpy(), from_logits=True)
    assert logit_pictures.read_scores(scores).doubled_loss == pytest.approx(expected, abs=1e-5)


def test_three_scores_of_zero_have_no_loss_with_the_wrong_flag():
    assert np.isnan(logit_pictures.read_scores((0, 0, 0)).wrong_flag_loss)


def test_scores_of_a_thousand_do_not_overflow():
    reading = logit_pictures.read_scores((1000, 0, -1000))
    assert reading.right_loss == pytest.approx(1000)
    assert np.isfinite(reading.probabilities).all()


@pytest.mark.parametrize(("classes", "floor"), [(3, 0.551), (10, 1.461)])
def test_the_floor_of_a_doubled_softmax(classes, floor):
    assert logit_pictures.doubled_floor(classes) == pytest.approx(floor, abs=1e-3)


def test_no_scores_bring_the_doubled_softmax_below_its_floor():
    best = logit_pictures.read_scores((-500, 500, -500)).doubled_loss
    assert best == pytest.approx(logit_pictures.doubled_floor(3))
    rows = np.random.default_rng(1).normal(0, 5, (200, 3))
    assert min(logit_pictures.read_scores(row).doubled_loss for row in rows) > best


# The still pictures


def test_the_explorer_picture_draws_a_bar_for_each_class_and_reading():
    left = logit_pictures.explorer_picture(STARTING_SCORES).axes[0]
    reading = logit_pictures.read_scores(STARTING_SCORES)
    widths = [bar.get_width() for bar in left.patches]
    expected = np.concatenate([reading.probabilities, reading.divided, reading.doubled])
    np.testing.assert_allclose(widths, expected)


def test_the_explorer_picture_marks_the_three_losses_on_their_curves():
    right = logit_pictures.explorer_picture(STARTING_SCORES).axes[1]
    for line, mark in zip(right.lines[:6:2], right.lines[1:6:2], strict=True):
        [score], [loss] = mark.get_data()
        assert loss == pytest.approx(np.interp(score, *line.get_data()), abs=1e-6)
    assert legend_of(right) == [
        "true loss 0.241",
        "wrong flag 0.000",
        "softmax twice 0.702",
        "floor 0.551",
    ]


def test_the_readings_differ_by_more_than_colour():
    left, right = logit_pictures.explorer_picture(STARTING_SCORES).axes
    assert len({bar.get_hatch() for bar in left.patches}) == 3
    assert len({line.get_linestyle() for line in right.lines[:6:2]}) == 3
    assert len({line.get_marker() for line in right.lines[1:6:2]}) == 3


def test_a_loss_that_is_not_a_number_is_drawn_as_none():
    right = logit_pictures.explorer_picture((0, 0, 0)).axes[1]
    assert "wrong flag not a number" in legend_of(right)


def test_the_training_picture_plots_each_run_and_the_loss_of_a_guess():
    runs = {"right": [1.0, 0.5, 0.1], "wrong": [3.0, 7.0, 5.0]}
    axes = logit_pictures.training_picture(runs, np.log(3)).axes[0]
    for line, values in zip(axes.lines[:2], runs.values(), strict=True):
        np.testing.assert_array_equal(line.get_data(), [[1, 2, 3], values])
    assert legend_of(axes) == ["right", "wrong", "loss of a guess, 1.10"]
    assert axes.get_xlabel() == "epoch"
    assert axes.lines[0].get_marker() != axes.lines[1].get_marker()


def test_the_clipping_picture_plots_what_it_is_given():
    scores = np.array([-2.0, 0.0, 2.0])
    losses = {"from scores": np.array([2.0, 1.0, 0.0]), "from probabilities": np.zeros(3)}
    slopes = {"from scores": -np.ones(3), "from probabilities": np.zeros(3)}
    left, right = logit_pictures.clipping_picture(scores, losses, slopes).axes
    np.testing.assert_array_equal(left.lines[0].get_ydata(), losses["from scores"])
    np.testing.assert_array_equal(right.lines[0].get_ydata(), slopes["from scores"])
    assert legend_of(right) == ["from scores", "from probabilities"]
    assert left.get_title() == "loss"
    assert right.get_title() == "slope of the loss"


def test_the_decision_picture_shows_every_choice():
    texts = [text.get_text() for text in logit_pictures.decision_picture().axes[0].texts]
    for choice in logit_pictures.CHOICES:
        assert choice.layer in texts
        assert choice.numbers in texts
        if choice.one_hot is None:
            assert f"No categorical loss fits.\n{choice.instead}" in texts
        else:
            assert choice.one_hot in texts
            assert choice.integers in texts


def test_where_no_loss_fits_the_border_is_dashed():
    boxes = logit_pictures.decision_picture().axes[0].patches
    assert sum(box.get_linestyle() == "--" for box in boxes) == 2


@pytest.mark.parametrize("choice", [c for c in logit_pictures.CHOICES if c.one_hot is not None])
def test_each_loss_that_the_decision_picture_recommends_is_right(choice):
    """Both losses of a row, on what that row's layer gives, are the cross-entropy."""
    numbers = tf.constant([STARTING_SCORES])
    if "softmax" in choice.layer:
        numbers = tf.nn.softmax(numbers)
    known = {
        "CategoricalCrossentropy": CategoricalCrossentropy,
        "SparseCategoricalCrossentropy": SparseCategoricalCrossentropy,
    }
    one_hot_loss, integer_loss = eval(choice.one_hot, known), eval(choice.integers, known)
    assert float(one_hot_loss(tf.one_hot([1], 3), numbers)) == pytest.approx(0.2413, abs=1e-4)
    assert float(integer_loss(tf.constant([1]), numbers)) == pytest.approx(0.2413, abs=1e-4)


def test_the_table_under_the_decision_picture_says_the_same():
    table = cell_of("decision-table")
    for choice in logit_pictures.CHOICES:
        [row] = [line for line in table.splitlines() if f"`{joined(choice.layer)}` |" in line]
        if choice.one_hot is None:
            assert "none fits" in row
        else:
            assert f"| `{joined(choice.one_hot)}` | `{joined(choice.integers)}` |" in row


def joined(words):
    """A text of the picture without its line breaks, which only fit it into a box."""
    return words.replace("(\n", "(").replace("\n", " ")


# The interactive picture


def test_the_drawing_tells_its_numbers_to_a_screen_reader():
    image = drawn(logit_pictures.explorer_drawing(STARTING_SCORES)).find("svg")
    assert image.get("role") == "img"
    for number in ("0.241", "0.000", "0.702", "0.551"):
        assert number in image.get("aria-label")


def test_the_drawing_takes_its_ink_from_the_theme():
    html = logit_pictures.explorer_drawing(STARTING_SCORES)
    inks = {text.get("fill") for text in drawn(html).iter("text")}
    assert inks == {"var(--jp-ui-font-color1, #212121)"}


def test_moving_a_slider_changes_the_drawing():
    *sliders, drawing = logit_pictures.explorer_widget(STARTING_SCORES).children
    before = drawing.value
    for slider, score in zip(sliders, (-3.0, 1.0, 0.5), strict=True):
        slider.value = score
    assert drawing.value != before
    assert "with the wrong flag 16.118" in drawing.value
    assert "True loss 0.485" in drawing.value


@pytest.mark.parametrize("scores", [*SCORES, (6, 6, 6), (-6, -6, -6), (6, -6, 0)])
def test_every_setting_can_be_drawn(scores):
    assert drawn(logit_pictures.explorer_drawing(scores)).find("svg") is not None


def test_the_drawing_stays_inside_its_frame():
    for scores in SCORES:
        for line in drawn(logit_pictures.explorer_drawing(scores)).iter("polyline"):
            places = np.array([p.split(",") for p in line.get("points").split()], dtype=float)
            assert places.min() >= 0
            assert places[:, 0].max() <= 660
            assert places[:, 1].max() <= 290


# The logs of exercise 4


def cell_of(name):
    [cell] = [cell for cell in nbformat.read(LESSON, as_version=4).cells if cell.id == name]
    return cell.source


def stored_log(letter):
    """Epoch to (loss, accuracy, metric), as printed in the lesson."""
    text = cell_of("training-logs").split(f"log {letter} ")[1].split("\n\n")[0]
    rows = [line.split()[1:] for line in text.splitlines() if line.startswith("epoch")]
    return {int(epoch): tuple(float(number) for number in rest) for epoch, *rest in rows}


def trained_log(seed, from_logits, one_column=False, **layer):
    """Run what a log of the exercise says it was."""
    data = {"np": np}
    exec(cell_of("blobs"), data)
    y_true = data["one_hot"][:, 1:2] if one_column else data["one_hot"]
    keras.utils.set_random_seed(seed)
    network = keras.Sequential(
        [keras.layers.Input((2,)), keras.layers.Dense(y_true.shape[1], **layer)]
    )
    network.compile(
        optimizer=keras.optimizers.Adam(0.05),
        loss=CategoricalCrossentropy(from_logits=from_logits),
        metrics=["accuracy", "categorical_crossentropy"],
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        history = network.fit(data["points"], y_true, epochs=20, verbose=0).history
    columns = [history[name] for name in ("loss", "accuracy", "categorical_crossentropy")]
    return {epoch: tuple(column[epoch - 1] for column in columns) for epoch in (1, 2, 5, 20)}


RUNS = {
    "a": {"seed": 4, "from_logits": True},
    "b": {
        "seed": 5,
        "from_logits": True,
        "activation": "softmax",
        "dtype": "mixed_float16",
    },
    "d": {"seed": 1, "from_logits": False, "activation": "softmax", "one_column": True},
    "e": {"seed": 1, "from_logits": False, "activation": "softmax"},
}


@pytest.mark.parametrize("letter", RUNS)
def test_a_log_of_the_exercise_is_that_of_a_run(letter):
    trained = trained_log(**RUNS[letter])
    for epoch, stored in stored_log(letter).items():
        loss, accuracy, metric = trained[epoch]
        assert (loss, accuracy) == pytest.approx(stored[:2], abs=0.02)
        # A division by a sum near 0 stands in the metric of log a: single points jump.
        assert metric == pytest.approx(stored[2], abs=0.5 if letter == "a" else 0.02)


def test_the_log_of_scores_taken_for_probabilities_is_that_of_a_run():
    """That training is chaotic, so only its character and its first epoch can be compared."""
    for log in (stored_log("c"), trained_log(seed=5, from_logits=False)):
        assert log[1][0] == pytest.approx(3.82, abs=0.02)
        assert log[20][0] > 2 * np.log(3)
        assert log[20][1] < 0.6
        assert all(loss == pytest.approx(metric, abs=0.01) for loss, _, metric in log.values())
