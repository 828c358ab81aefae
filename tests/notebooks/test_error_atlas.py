"""The error atlas quotes Keras as it speaks, and each cure on it runs."""

import functools
from pathlib import Path
import re
import subprocess
import sys
import warnings

from course_of_learners import quick_start
import crossentropy  # noqa: F401  (first: it settles TensorFlow)
import keras
from keras.losses import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    SparseCategoricalCrossentropy,
)
import numpy as np
import pytest
import tensorflow as tf

from classroom import notebook_files

ROOT = Path(__file__).parents[2]
PAGE = notebook_files.read(ROOT / "solutions" / "error-atlas.ipynb")
# A message stands first in its row, between two pairs of backticks; "…" is what was left out.
MESSAGES = [
    message for cell in PAGE.cells for message in re.findall(r"(?m)^\| ``(.+?)`` \|", cell.source)
]

X = np.random.default_rng(0).normal(size=(8, 4)).astype("float32")
INTEGERS = np.array([0, 1, 2, 0, 1, 2, 0, 1])
ONE_HOT = np.eye(3, dtype="float32")[INTEGERS]
WORDS = np.array(["dress", "shirt", "trouser"])[INTEGERS]
IMAGES = np.random.default_rng(0).normal(size=(8, 6, 6, 1)).astype("float32")
SEQUENCES = np.random.default_rng(0).normal(size=(8, 5, 4)).astype("float32")
STEPS = np.random.default_rng(0).integers(0, 3, (8, 5))
PAIRS = tf.data.Dataset.from_tensor_slices((X, INTEGERS))
CATEGORICAL, SPARSE = "categorical_crossentropy", "sparse_categorical_crossentropy"


def network(*layers, shape=(4,), units=3, activation="softmax"):
    last = keras.layers.Dense(units, activation=activation)
    return keras.Sequential([keras.Input(shape), *layers, last])


def fit(loss, x, y=None, model=None, optimizer="sgd", metrics=None, **options):
    model = model or network()
    model.compile(optimizer=optimizer, loss=loss, metrics=metrics)
    model.fit(x, y, verbose=0, **options)


def predictions():
    return network()(X)


def step(compute):
    """One step of a training loop by hand, with what `compute` makes of the model's output."""
    model = network()
    with tf.GradientTape() as tape:
        loss = CategoricalCrossentropy()(ONE_HOT, compute(model(X)))
    slopes = tape.gradient(loss, model.trainable_variables)
    keras.optimizers.SGD().apply(slopes, model.trainable_variables)


def two_models(optimizer, other):
    fit(CATEGORICAL, X, ONE_HOT, optimizer=optimizer)
    fit(CATEGORICAL, X, ONE_HOT, optimizer=other or optimizer)


def stopping(monitor):
    return [keras.callbacks.EarlyStopping(monitor=monitor)]


def by_hand(loss, labels, predicted, **options):
    return float(loss(labels, predicted, **options))


CONVOLUTION, FLATTEN = keras.layers.Conv2D, keras.layers.Flatten
BY_CLASS = {0: 1.0, 1: 2.0, 2: 1.0}


# Cures of more than one mistake; each is tried once.
def with_one_hot_rows():
    fit(CATEGORICAL, X, ONE_HOT)


def with_integers():
    fit(SPARSE, X, INTEGERS)


def with_words_numbered():
    fit(SPARSE, X, np.unique(WORDS, return_inverse=True)[1])


# What goes wrong, and the same with the cure that the page gives.
CASES = {
    "integers into the categorical loss": (
        lambda: fit(CATEGORICAL, X, INTEGERS),
        with_integers,
    ),
    "a column into the categorical loss": (
        lambda: fit(CATEGORICAL, X, INTEGERS[:, None]),
        lambda: fit(SPARSE, X, INTEGERS[:, None]),
    ),
    "four classes for three outputs": (
        lambda: fit(CATEGORICAL, X, np.eye(4)[INTEGERS]),
        lambda: fit(CATEGORICAL, X, np.eye(4)[INTEGERS], network(units=4)),
    ),
    "one-hot rows into the sparse loss": (
        lambda: fit(SPARSE, X, ONE_HOT),
        with_one_hot_rows,
    ),
    "images not flattened": (
        lambda: fit(CATEGORICAL, IMAGES, ONE_HOT, network(CONVOLUTION(2, 3), shape=(6, 6, 1))),
        lambda: fit(
            CATEGORICAL, IMAGES, ONE_HOT, network(CONVOLUTION(2, 3), FLATTEN(), shape=(6, 6, 1))
        ),
    ),
    "a label too few": (
        lambda: fit(CATEGORICAL, X, ONE_HOT[:7]),
        with_one_hot_rows,
    ),
    "a feature too few": (
        lambda: fit(CATEGORICAL, X[:, :3], ONE_HOT),
        lambda: fit(CATEGORICAL, X[:, :3], ONE_HOT, network(shape=(3,))),
    ),
    "labels from 1, loss called": (
        lambda: by_hand(SparseCategoricalCrossentropy(), INTEGERS + 1, predictions()),
        lambda: by_hand(SparseCategoricalCrossentropy(), INTEGERS, predictions()),
    ),
    "labels from 1, in fit": (
        lambda: fit(SPARSE, X, INTEGERS + 1),
        with_integers,
    ),
    "labels from 1, to_categorical": (
        lambda: keras.utils.to_categorical(INTEGERS + 1, 3),
        lambda: keras.utils.to_categorical(INTEGERS, 3),
    ),
    "words in fit": (
        lambda: fit(SPARSE, X, WORDS),
        with_words_numbered,
    ),
    "words as objects in fit": (
        lambda: fit(SPARSE, X, WORDS.astype(object)),
        with_words_numbered,
    ),
    "words, loss called": (
        lambda: by_hand(SparseCategoricalCrossentropy(), WORDS, predictions()),
        lambda: by_hand(
            SparseCategoricalCrossentropy(),
            np.unique(WORDS, return_inverse=True)[1],
            predictions(),
        ),
    ),
    "a list in fit": (
        lambda: fit(SPARSE, X, INTEGERS.tolist()),
        lambda: fit(SPARSE, X, np.array(INTEGERS.tolist())),
    ),
    "a list of labels, loss called": (
        lambda: by_hand(SparseCategoricalCrossentropy(), INTEGERS.tolist(), predictions()),
        lambda: by_hand(
            SparseCategoricalCrossentropy(), np.array(INTEGERS.tolist()), predictions()
        ),
    ),
    "two lists, loss called": (
        lambda: by_hand(CategoricalCrossentropy(), [0, 1, 0], [[0.1, 0.8, 0.1]]),
        lambda: by_hand(
            CategoricalCrossentropy(), np.array([[0, 1, 0]]), np.array([[0.1, 0.8, 0.1]])
        ),
    ),
    "softmax with from_logits=True": (
        lambda: fit(CategoricalCrossentropy(from_logits=True), X, ONE_HOT),
        lambda: fit(
            CategoricalCrossentropy(from_logits=True), X, ONE_HOT, network(activation=None)
        ),
    ),
    "sigmoid with from_logits=True": (
        lambda: fit(
            BinaryCrossentropy(from_logits=True), X, ONE_HOT, network(activation="sigmoid")
        ),
        lambda: fit(BinaryCrossentropy(), X, ONE_HOT, network(activation="sigmoid")),
    ),
    "softmax over one unit": (
        lambda: network(units=1)(X),
        lambda: network(units=1, activation="sigmoid")(X),
    ),
    "categorical loss over one unit": (
        lambda: by_hand(CategoricalCrossentropy(), ONE_HOT[:, :1], tf.ones((8, 1)) / 2),
        lambda: by_hand(BinaryCrossentropy(), ONE_HOT[:, :1], tf.ones((8, 1)) / 2),
    ),
    "class_weight as a list": (
        lambda: fit(SPARSE, X, INTEGERS, class_weight=[1.0, 2.0, 1.0]),
        lambda: fit(SPARSE, X, INTEGERS, class_weight=BY_CLASS),
    ),
    "both kinds of weights": (
        lambda: fit(SPARSE, X, INTEGERS, class_weight=BY_CLASS, sample_weight=np.ones(8)),
        lambda: fit(SPARSE, X, INTEGERS, sample_weight=np.array([1.0, 2.0, 1.0])[INTEGERS]),
    ),
    "class_weight, one-hot rows at every step": (
        lambda: fit(
            CATEGORICAL,
            SEQUENCES,
            np.eye(3)[STEPS],
            network(shape=(5, 4)),
            class_weight=BY_CLASS,
        ),
        lambda: fit(
            CATEGORICAL,
            SEQUENCES,
            np.eye(3)[STEPS],
            network(shape=(5, 4)),
            sample_weight=np.array([1.0, 2.0, 1.0])[STEPS],
        ),
    ),
    "class_weight, an integer at every step": (
        lambda: fit(SPARSE, SEQUENCES, STEPS, network(shape=(5, 4)), class_weight=BY_CLASS),
        lambda: fit(
            SPARSE,
            SEQUENCES,
            STEPS,
            network(shape=(5, 4)),
            sample_weight=np.array([1.0, 2.0, 1.0])[STEPS],
        ),
    ),
    "a weight too few in fit": (
        lambda: fit(SPARSE, X, INTEGERS, sample_weight=np.ones(7)),
        lambda: fit(SPARSE, X, INTEGERS, sample_weight=np.ones(8)),
    ),
    "a weight for each class, loss called": (
        lambda: by_hand(
            CategoricalCrossentropy(), ONE_HOT, predictions(), sample_weight=np.ones(3)
        ),
        lambda: by_hand(
            CategoricalCrossentropy(), ONE_HOT, predictions(), sample_weight=np.ones(8)
        ),
    ),
    "label_smoothing for integers": (
        lambda: SparseCategoricalCrossentropy(label_smoothing=0.1),
        lambda: fit(CategoricalCrossentropy(label_smoothing=0.1), X, ONE_HOT),
    ),
    "from_logits given to compile": (
        lambda: network().compile(loss=CATEGORICAL, from_logits=True),
        lambda: network().compile(loss=CategoricalCrossentropy(from_logits=True)),
    ),
    "not compiled": (
        lambda: network().fit(X, ONE_HOT, verbose=0),
        with_one_hot_rows,
    ),
    "no loss": (
        lambda: fit(None, X, ONE_HOT),
        with_one_hot_rows,
    ),
    "no labels": (
        lambda: fit(CATEGORICAL, X),
        with_one_hot_rows,
    ),
    "a loss misspelt": (
        lambda: fit("categorical_cross_entropy", X, ONE_HOT),
        with_one_hot_rows,
    ),
    "metrics as a string": (
        lambda: fit(CATEGORICAL, X, ONE_HOT, metrics="accuracy"),
        lambda: fit(CATEGORICAL, X, ONE_HOT, metrics=["accuracy"]),
    ),
    "a sparse metric for one-hot rows": (
        lambda: fit(CATEGORICAL, X, ONE_HOT, metrics=["sparse_categorical_accuracy"]),
        lambda: fit(CATEGORICAL, X, ONE_HOT, metrics=["categorical_accuracy"]),
    ),
    "precision with integers": (
        lambda: fit(SPARSE, X, INTEGERS, metrics=["Precision"]),
        lambda: fit(CATEGORICAL, X, ONE_HOT, metrics=["Precision"]),
    ),
    "F1 with integers": (
        lambda: fit(SPARSE, X, INTEGERS, metrics=[keras.metrics.F1Score()]),
        lambda: fit(CATEGORICAL, X, ONE_HOT, metrics=[keras.metrics.F1Score()]),
    ),
    "validation_split of a dataset": (
        lambda: fit(SPARSE, PAIRS.batch(4), validation_split=0.25),
        lambda: fit(
            SPARSE,
            PAIRS.skip(2).batch(4),
            validation_data=PAIRS.take(2).batch(4),
            shuffle=False,
        ),
    ),
    "early stopping without validation": (
        lambda: fit(CATEGORICAL, X, ONE_HOT, callbacks=stopping("val_loss")),
        lambda: fit(
            CATEGORICAL, X, ONE_HOT, callbacks=stopping("val_loss"), validation_data=(X, ONE_HOT)
        ),
    ),
    "the optimizer of another model": (
        lambda: two_models(keras.optimizers.Adam(), None),
        lambda: two_models(keras.optimizers.Adam(), keras.optimizers.Adam()),
    ),
    "argmax before the loss": (
        lambda: step(lambda output: tf.one_hot(tf.argmax(output, axis=1), 3)),
        lambda: step(lambda output: output),
    ),
}


@functools.cache
def said(call):
    """What Python shows of it: the error, or else the warnings; one line each."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            call()
        except Exception as error:
            return [one_line(error)]
    return [one_line(one.message) for one in caught if "__array__" not in str(one.message)]


def one_line(error):
    text = re.sub(r"\x1b\[\d+m", "", str(error))
    return " ".join(f"{type(error).__name__}: {text}".split())


def on_the_page(message):
    """The row that quotes most of a message, in a list, if there is one."""
    rows = [row for row in MESSAGES if re.fullmatch(pattern(row), message)]
    return sorted(rows, key=len)[-1:]


def pattern(row):
    exact = ".*".join(re.escape(part.strip()) for part in row.split("…"))
    return re.sub(r"indices\\\[\d+\\\]", r"indices\\[\\d+\\]", exact)  # `fit` shuffles the examples


@pytest.mark.parametrize("case", CASES)
def test_the_atlas_has_the_words_of_keras(case):
    messages = said(CASES[case][0])
    found = [row for message in messages for row in on_the_page(message)]
    assert len(found) == 1, f"{case}: Keras says {messages}; on the page {found}"


@pytest.mark.parametrize("case", CASES)
def test_with_the_cure_keras_says_nothing(case):
    assert said(CASES[case][1]) == []


PLAIN = """
import keras, numpy as np
for run_eagerly in (True, False):
    network = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, activation="softmax")])
    network.compile("sgd", "sparse_categorical_crossentropy", run_eagerly=run_eagerly)
    try:
        network.fit(np.zeros((3, 4)), np.array([1, 2, 3]), verbose=0)
    except Exception as error:
        print(type(error).__name__ + ":", " ".join(str(error).split()))
"""


@functools.cache
def said_without_this_course():
    """What a program says that does not import `crossentropy`: labels from 1, eager and not."""
    plain = {name: value for name, value in quick_start().items() if not name.startswith("TF_")}
    plain |= {"KERAS_BACKEND": "tensorflow", "CUDA_VISIBLE_DEVICES": "-1"}
    command = [sys.executable, "-c", PLAIN]
    done = subprocess.run(command, env=plain, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_without_deterministic_operations_a_label_out_of_range_has_other_words():
    eager, in_graph = (on_the_page(message) for message in said_without_this_course())
    assert eager == in_graph
    assert "outside the valid range" in eager[0]


def test_lesson_04_tells_the_words_that_a_program_of_ones_own_says():
    words = "Received a label value of 3 which is outside the valid range of [0, 3)"
    lesson = notebook_files.read(ROOT / "solutions" / "04-labels" / "04-labels.ipynb")
    assert any(words in cell.source for cell in lesson.cells)
    assert all(words in message for message in said_without_this_course())


def test_each_message_on_the_page_was_said():
    messages = [
        message for case in CASES for message in said(CASES[case][0])
    ] + said_without_this_course()
    assert {row for message in messages for row in on_the_page(message)} == set(MESSAGES)


def test_the_atlas_has_at_least_fifteen_messages_each_once():
    assert len(set(MESSAGES)) == len(MESSAGES) >= 15


@pytest.mark.parametrize("message", MESSAGES)
def test_enough_of_a_message_stands_on_the_page_to_find_it(message):
    _, text = message.split(": ", 1)
    assert max(len(part.strip()) for part in text.split("…")) >= 17
