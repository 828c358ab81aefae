"""What lesson 04 says in words, without a cell that shows it, is what the pinned Keras does."""

import crossentropy  # noqa: F401  (first: it settles TensorFlow)
import keras
from keras.losses import (
    CategoricalCrossentropy,
    CategoricalFocalCrossentropy,
    SparseCategoricalCrossentropy,
)
import numpy as np
import pytest
import tensorflow as tf

CAREFUL = np.array([[0.1, 0.7, 0.2], [0.2, 0.2, 0.6], [0.8, 0.1, 0.1], [0.5, 0.2, 0.3]])
SCORES = np.log(CAREFUL).astype("float32")
INTEGERS = np.array([1, 2, 0, 2])
ONE_HOT = np.eye(3)[INTEGERS]


def network_of(loss, units=3, **compiled):
    """A network that passes its three scores through and does not learn."""
    network = keras.Sequential(
        [keras.layers.Input((3,)), keras.layers.Dense(units, kernel_initializer="identity")]
    )
    network.compile(keras.optimizers.SGD(0.0), loss, **compiled)
    return network


def message_of_fit(loss, labels):
    with pytest.raises((ValueError, tf.errors.InvalidArgumentError)) as caught:
        network_of(loss).fit(SCORES, labels, verbose=0)
    return str(caught.value)


@pytest.mark.parametrize(
    ("loss", "labels", "words"),
    [
        (CategoricalCrossentropy, INTEGERS, "same rank (ndim). Received: target.shape=(None,)"),
        (
            CategoricalCrossentropy,
            INTEGERS[:, None],
            "same shape. Received: target.shape=(None, 1)",
        ),
        (
            SparseCategoricalCrossentropy,
            ONE_HOT,
            "`target.ndim - 1`. Received: target.shape=(None, 3)",
        ),
    ],
)
def test_fit_gives_the_three_messages_with_none_for_the_size_of_the_batch(loss, labels, words):
    assert words in message_of_fit(loss(from_logits=True), labels)


def test_in_fit_the_sentence_about_a_label_out_of_range_ends_a_long_report():
    lines = message_of_fit(
        SparseCategoricalCrossentropy(from_logits=True), INTEGERS + 1
    ).splitlines()
    [place] = [place for place, line in enumerate(lines) if "= 3 is not in [0, 3)" in line]
    assert place > 10
    assert place >= len(lines) - 3


def test_labels_as_a_python_list_end_in_the_errors_that_the_lesson_names():
    with pytest.raises(ValueError, match="Expected an instance of list"):
        SparseCategoricalCrossentropy()(INTEGERS.tolist(), CAREFUL)
    told = message_of_fit(SparseCategoricalCrossentropy(from_logits=True), INTEGERS.tolist())
    assert told.startswith("Unrecognized data type")


def test_words_as_labels_end_in_the_error_that_the_lesson_names():
    with pytest.raises(ValueError, match="could not convert string to float"):
        SparseCategoricalCrossentropy()(np.array(["dress"] * 4), CAREFUL)


def test_a_column_fits_a_softmax_of_one_unit_and_only_warns_while_the_loss_is_0():
    network = keras.Sequential(
        [keras.layers.Input((3,)), keras.layers.Dense(1, activation="softmax")]
    )
    network.compile(loss=CategoricalCrossentropy())
    with pytest.warns(SyntaxWarning, match="num_classes > 1"):
        log = network.fit(SCORES, INTEGERS[:, None], verbose=0).history
    assert log["loss"][0] == pytest.approx(0, abs=1e-3)


def test_class_weight_and_sample_weight_together_are_an_error():
    network = network_of(SparseCategoricalCrossentropy(from_logits=True))
    with pytest.raises(ValueError, match="at the same time"):
        network.fit(SCORES, INTEGERS, class_weight={2: 5}, sample_weight=np.ones(4), verbose=0)


@pytest.mark.parametrize(
    ("loss", "metric", "labels"),
    [
        (CategoricalCrossentropy, keras.metrics.CategoricalCrossentropy, ONE_HOT),
        (SparseCategoricalCrossentropy, keras.metrics.SparseCategoricalCrossentropy, INTEGERS),
    ],
)
def test_class_weights_give_the_same_four_numbers_for_both_forms_of_labels(loss, metric, labels):
    metrics = [metric(from_logits=True, name="metric")]
    network = network_of(loss(from_logits=True), weighted_metrics=metrics)
    log = network.fit(
        SCORES, labels, class_weight={2: 5}, validation_data=(SCORES, labels), verbose=0
    ).history
    found = [log[name][0] for name in ("loss", "metric", "val_loss", "val_metric")]
    np.testing.assert_allclose(found, [2.288, 0.763, 0.574, 0.574], atol=1e-3)


def test_weights_as_the_third_part_of_validation_data_count_in_val_loss():
    network = network_of(SparseCategoricalCrossentropy(from_logits=True))
    weights = np.array([1.0, 5.0, 1.0, 5.0])
    log = network.fit(SCORES, INTEGERS, validation_data=(SCORES, INTEGERS, weights), verbose=0)
    assert log.history["val_loss"][0] == pytest.approx(2.288, abs=1e-3)


def test_shuffle_in_fit_leaves_the_last_rows_to_validation():
    network = network_of(SparseCategoricalCrossentropy(from_logits=True))
    log = network.fit(SCORES, INTEGERS, validation_split=0.25, shuffle=True, verbose=0).history
    assert log["val_loss"][0] == pytest.approx(-np.log(0.3), abs=1e-3)


def test_keras_checks_no_share_of_smoothing():
    for share in (-0.1, 1.5):
        assert np.isfinite(CategoricalCrossentropy(label_smoothing=share)(ONE_HOT, CAREFUL))


def test_the_sparse_loss_allows_the_last_axis_only_and_cannot_smooth():
    with pytest.raises(ValueError, match="Only axis=-1"):
        SparseCategoricalCrossentropy(axis=1)(np.ones((1, 2), int), np.full((1, 3, 2), 1 / 3))
    with pytest.raises(TypeError, match="unexpected keyword argument 'label_smoothing'"):
        SparseCategoricalCrossentropy(label_smoothing=0.1)


def test_focal_is_cross_entropy_times_1_minus_p_squared_and_a_quarter():
    focal = CategoricalFocalCrossentropy(reduction="none")(ONE_HOT, CAREFUL).numpy()
    p = CAREFUL[np.arange(4), INTEGERS]
    np.testing.assert_allclose(focal, -0.25 * (1 - p) ** 2 * np.log(p), rtol=1e-4)
