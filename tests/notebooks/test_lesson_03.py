"""What lesson 03 recommends is right, and the training logs that it prints are of real runs."""

from pathlib import Path
import re
import warnings

import keras
from keras.losses import CategoricalCrossentropy, SparseCategoricalCrossentropy
import nbformat
import numpy as np
import pytest
import tensorflow as tf

LESSON = Path(__file__).parents[2] / "solutions/03-from-logits/03-from-logits.ipynb"


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


@pytest.mark.parametrize("activation", [None, "softmax"])
def test_each_loss_that_the_decision_table_recommends_is_the_cross_entropy(activation):
    layer = "`Dense(K)`" if activation is None else f'`Dense(K, activation="{activation}")`'
    [row] = [line for line in cell_of("decision-table").splitlines() if f"| {layer} |" in line]
    scores = tf.constant([[-1.0, 2.0, 0.5]])
    numbers = scores if activation is None else tf.nn.softmax(scores)
    one_hot, integers = re.findall(r"`(\w*CategoricalCrossentropy\(.*?\))`", row)
    known = {one.__name__: one for one in (CategoricalCrossentropy, SparseCategoricalCrossentropy)}
    assert float(eval(one_hot, known)(tf.constant([[0.0, 1.0, 0.0]]), numbers)) == pytest.approx(
        0.2413, abs=1e-4
    )
    assert float(eval(integers, known)(tf.constant([1]), numbers)) == pytest.approx(
        0.2413, abs=1e-4
    )
