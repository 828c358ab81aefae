"""The figures of lesson 04 show what `fit` takes and how the losses of Keras pull."""

from crossentropy import pictures
from crossentropy.pictures import label_stills
import keras
import numpy as np
import pytest
import tensorflow as tf

NAMES = ["T-shirt", "trouser", "dress"]
LOSSES = {
    "cross-entropy": keras.losses.CategoricalCrossentropy(from_logits=True),
    "squared error": lambda y, z: keras.losses.MeanSquaredError()(y, tf.nn.softmax(z)),
    "hinge": keras.losses.CategoricalHinge(),
    "focal": keras.losses.CategoricalFocalCrossentropy(from_logits=True),
}


def legend_of(axes):
    return [text.get_text() for text in axes.get_legend().get_texts()]


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("lead", [-12.0, -2.0, 0.0, 0.9, 3.0])
def test_a_slope_is_that_of_keras_loss_in_gradient_tape(name, lead):
    scores = tf.constant([[0.0, lead, 0.0]])
    with tf.GradientTape() as tape:
        tape.watch(scores)
        loss = LOSSES[name](tf.constant([[0.0, 1.0, 0.0]]), scores)
    expected = float(tape.gradient(loss, scores)[0, 1])
    slope = label_stills.loss_slopes(lead)[name]
    assert float(slope) == pytest.approx(expected, rel=1e-3, abs=1e-6)


def test_the_slopes_hold_for_any_number_of_classes():
    scores = tf.constant([[1.5] + [0.0] * 9])
    with tf.GradientTape() as tape:
        tape.watch(scores)
        loss = LOSSES["squared error"](tf.one_hot([0], 10), scores)
    expected = float(tape.gradient(loss, scores)[0, 0])
    slope = label_stills.loss_slopes(1.5, classes=10)["squared error"]
    assert float(slope) == pytest.approx(expected, rel=1e-3)


def test_the_picture_of_slopes_plots_the_pull_of_each_loss_with_a_mark_of_its_own():
    axes = pictures.slopes_of_losses().axes[0]
    assert legend_of(axes) == list(LOSSES)
    for curve, name in zip(axes.lines, LOSSES, strict=False):
        slope = label_stills.loss_slopes(curve.get_xdata())[name]
        np.testing.assert_allclose(curve.get_ydata(), -slope)
    assert len({curve.get_marker() for curve in axes.lines[:4]}) == 4


def test_on_a_confident_mistake_squared_error_hardly_pulls():
    pulls = {name: -float(slope) for name, slope in label_stills.loss_slopes(-10.0).items()}
    assert pulls["squared error"] < 0.001
    assert min(pulls["cross-entropy"], pulls["hinge"]) > 0.99
    assert pulls["focal"] == pytest.approx(0.25, abs=0.01)


def test_the_rows_that_are_shaded_are_those_that_fit_takes():
    labels = np.repeat([0, 1, 2], 35)
    # A network that passes its one number through, and whose metric sums the rows that it sees.
    network = keras.Sequential(
        [keras.layers.Input((1,)), keras.layers.Dense(1, kernel_initializer="ones")]
    )
    network.compile(keras.optimizers.SGD(0.0), "mse", metrics=[lambda y, out: tf.reduce_sum(out)])
    rows = np.arange(105, dtype="float32")[:, None]
    log = network.fit(rows, rows, validation_split=0.2, batch_size=200, verbose=0).history
    cut = int(105 * (1 - 0.2))
    [summed] = [
        values for name, values in log.items() if name.startswith("val_") and "loss" not in name
    ]
    assert summed[0] == rows[cut:].sum()
    figure = pictures.validation_rows(labels, NAMES, share=0.2)
    assert figure.axes[0].lines[0].get_xdata()[0] == cut
    assert "dress: 14 for training, 21 for validation" in figure.alt


def test_each_class_has_a_line_with_a_mark_for_each_of_its_rows():
    labels = np.array([2, 0, 1, 0, 2, 2])
    axes = pictures.validation_rows(labels, NAMES, share=0.5).axes[0]
    for place, line in enumerate(axes.lines[1:]):
        np.testing.assert_array_equal(line.get_xdata(), np.flatnonzero(labels == place))
        assert set(line.get_ydata()) == {place}
    assert [tick.get_text() for tick in axes.get_yticklabels()] == NAMES
