"""The pages beside the lessons: their links lead somewhere, and their numbers are Keras's."""

from functools import cache
from pathlib import Path
import re

import crossentropy  # noqa: F401  (first: it settles TensorFlow)
import keras
from keras.layers import Dense
from keras.losses import BinaryCrossentropy, CategoricalCrossentropy, SparseCategoricalCrossentropy
from keras.metrics import BinaryAccuracy
import numpy as np
import pytest
import tensorflow as tf

from classroom import notebook_files
from classroom.course import lesson_names, page_files

ROOT = Path(__file__).parents[2]
PAGES = {path.stem: notebook_files.read(path) for path in page_files(ROOT)}
LESSONS = lesson_names(ROOT)
LINK = re.compile(r"\[([^\[\]]+)\]\(([^)]+)\)")


def cell(page, cell_id):
    [found] = [one.source for one in PAGES[page].cells if one["id"] == cell_id]
    return found


def table(text):
    """The rows of the tables of a text, each as a list of its cells; their heads too."""
    rows = [line for line in text.splitlines() if line.startswith("|")]
    return [[one.strip() for one in row.strip("|").split("|")] for row in rows if "---" not in row]


# --- all pages ------------------------------------------------------------------------------------


def test_there_are_three_pages():
    assert set(PAGES) == {"cheat-sheet", "error-atlas", "glossary"}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_text_only_and_stored_normalised(page):
    assert {one.cell_type for one in PAGES[page].cells} == {"markdown"}
    path = ROOT / "solutions" / f"{page}.ipynb"
    stored = notebook_files.normalise(notebook_files.read(path))
    assert path.read_text() == notebook_files.to_text(stored)


@pytest.mark.parametrize("page", PAGES)
def test_a_released_page_is_its_source(page):
    source, released = (ROOT / tree / f"{page}.ipynb" for tree in ("solutions", "notebooks"))
    assert released.read_bytes() == source.read_bytes(), "run `make release`"


def links(page):
    return [link for one in PAGES[page].cells for link in LINK.findall(one.source)]


@cache
def cells_of(lesson):
    return notebook_files.read(ROOT / "solutions" / lesson / f"{lesson}.ipynb").cells


def heads(lesson, cell_id):
    """The headings in a cell of a lesson."""
    text = "\n".join(one.source for one in cells_of(lesson) if one["id"] == cell_id)
    return re.findall(r"(?m)^#+ (.+)$", text)


@pytest.mark.parametrize("page", PAGES)
def test_a_link_names_the_section_to_which_it_leads(page):
    for text, target in links(page):
        path, _, cell_id = target.partition("#cell-id=")
        assert (ROOT / "solutions" / path).is_file(), target
        if "/" in path:
            lesson = path.split("/")[0]
            number, found = lesson[:2], heads(lesson, cell_id)
            assert found, target
            assert text == number or text in [f"{number} · {one}" for one in found], target


@pytest.mark.parametrize(
    ("page", "cell_ids"),
    [
        ("cheat-sheet", ["symptoms"]),
        ("error-atlas", ["shapes", "values", "last-layer", "weights", "compile"]),
        ("glossary", ["words"]),
    ],
)
def test_each_row_links_to_a_lesson(page, cell_ids):
    for cell_id in cell_ids:
        for row in table(cell(page, cell_id))[1:]:
            assert re.search(r"\]\(0\d-.+#cell-id=", row[-1]), row[0]


@pytest.mark.parametrize("lesson", LESSONS)
def test_each_lesson_links_to_the_pages_at_its_end(lesson):
    path = ROOT / "solutions" / lesson / f"{lesson}.ipynb"
    last = notebook_files.read(path).cells[-1].source
    found = {target for _, target in LINK.findall(last) if target.count("/") == 1}
    assert found == {f"../{page}.ipynb" for page in PAGES}


# --- cheat sheet: what goes with what -------------------------------------------------------------

X = np.random.default_rng(1).normal(size=(12, 4)).astype("float32")
K = 3
CLASSES = np.random.default_rng(2).integers(0, K, 12)
SEVERAL = np.random.default_rng(3).integers(0, 2, (12, K)).astype("float32")
LABELS = {
    "integers (N,)": CLASSES,
    "one-hot (N, K)": np.eye(K, dtype="float32")[CLASSES],
    "0 or 1 (N, K)": SEVERAL,
    "0 or 1 (N, 1)": SEVERAL[:, :1],
}
ANSWERS = {
    "argmax": lambda numbers: numbers.argmax(axis=-1),
    "above 0": lambda numbers: numbers > 0,
    "above 0.5": lambda numbers: numbers > 0.5,
}
CHOICES = [[one.strip("`") for one in row] for row in table(cell("cheat-sheet", "choice"))[1:]]


LOSSES = {
    "SparseCategorical": SparseCategoricalCrossentropy,
    "Categorical": CategoricalCrossentropy,
    "Binary": BinaryCrossentropy,
}
METRICS = {
    ('"accuracy"', "argmax"): lambda: "accuracy",
    ("BinaryAccuracy", "above 0"): lambda: BinaryAccuracy(threshold=0),
    ("BinaryAccuracy", "above 0.5"): BinaryAccuracy,
}


def by_hand(scores, labels, one_of_k):
    """The true loss, in NumPy, from the scores."""
    if one_of_k:
        log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        return -log_p[np.arange(len(scores)), CLASSES].mean()
    p = 1 / (1 + np.exp(-scores))
    return -(labels * np.log(p) + (1 - labels) * np.log(1 - p)).mean()


@pytest.mark.parametrize("row", CHOICES, ids=lambda row: f"{row[0]} {row[1]}")
def test_what_goes_together_gives_the_true_loss_and_the_true_accuracy(row):
    last_layer, labels_are, loss, from_logits, metric, answer = row
    true_is, form = labels_are.split(": ")
    labels = LABELS[form]
    keras.utils.set_random_seed(0)
    network = keras.Sequential([keras.Input((4,)), eval(last_layer, {"Dense": Dense, "K": K})])
    loss = LOSSES[loss](from_logits={"True": True, "False": False}[from_logits])
    network.compile(loss=loss, metrics=[METRICS[metric, answer]()])
    told = network.evaluate(X, labels, verbose=0)

    weights, bias = network.get_weights()
    one_of_k = true_is == "one of K"
    answers = ANSWERS[answer](network.predict(X, verbose=0))
    right = answers == (CLASSES if one_of_k else labels)
    assert told == pytest.approx([by_hand(X @ weights + bias, labels, one_of_k), right.mean()])


def test_the_table_has_every_kind_of_output_and_of_labels():
    assert {row[1].split(": ")[0] for row in CHOICES} == {"one of K", "any of K", "yes or no"}
    assert {row[1].split(": ")[1] for row in CHOICES} == set(LABELS)
    assert {(row[2], row[3]) for row in CHOICES} == {
        (loss, flag) for loss in LOSSES for flag in ("True", "False")
    }


# --- cheat sheet: numbers to compare with ---------------------------------------------------------


def categorical(y_true, y_pred, **options):
    return float(CategoricalCrossentropy(**options)(np.array(y_true), np.array(y_pred)))


def sparse(y_true, y_pred, **options):
    return float(SparseCategoricalCrossentropy(**options)(np.array(y_true), np.array(y_pred)))


def smoothed(k):
    """A label of class 0, one-hot and smoothed by 0.1."""
    one_hot = np.eye(k)[:1]
    return one_hot, 0.9 * one_hot + 0.1 / k


def three(number):
    return f"{number:.3f}"


def test_the_marks_of_k_classes_are_those_of_keras():
    head, guess, doubled, smoothing = table(cell("cheat-sheet", "numbers"))[:4]
    for place, k in enumerate(map(int, head[1:]), start=1):
        truth, smooth = smoothed(k)
        assert guess[place] == three(categorical(truth, np.full((1, k), 1 / k)))
        assert doubled[place] == three(categorical(truth, truth, from_logits=True))
        assert doubled[place] == three(np.log(1 + (k - 1) / np.e))
        assert smoothing[place] == three(categorical(truth, smooth, label_smoothing=0.1))


def test_the_prices_of_probabilities_are_those_of_keras():
    probabilities, losses = table(cell("cheat-sheet", "numbers"))[4:]
    for p, loss in zip(map(float, probabilities[1:]), losses[1:], strict=True):
        assert loss == three(categorical([[1.0, 0.0]], [[p, 1 - p]]))


# --- cheat sheet: symptoms ------------------------------------------------------------------------

TRUTH = np.array([[0.0, 1.0, 0.0]])
SCORES = np.array([[-1.0, 2.0, 0.5]], dtype="float32")
BEST_DIVIDED = np.array([[-3.0, 1.0, 0.5]], dtype="float32")
FOUR = np.array([1, 2, 0, 2])
FOUR_ONE_HOT = np.eye(3)[FOUR]
CAREFUL = np.array([[0.1, 0.7, 0.2], [0.2, 0.2, 0.6], [0.8, 0.1, 0.1], [0.5, 0.2, 0.3]])


def last_layer_alone(layer, loss, **options):
    network = keras.Sequential([keras.Input(SCORES.shape[1:]), layer])
    network.compile(loss=loss, **options)
    return network


def true_loss(scores):
    return categorical(TRUTH, scores, from_logits=True)


def doubled():
    p = [[0.7] + [0.3 / 9] * 9]
    floors = [categorical(np.eye(k)[:1], np.eye(k)[:1], from_logits=True) for k in (3, 10)]
    return *floors, categorical(np.eye(10)[:1], p, from_logits=True)


def rescued():
    network = last_layer_alone(keras.layers.Softmax(), CategoricalCrossentropy(from_logits=True))
    evaluated = network.evaluate(SCORES, TRUTH, verbose=0)
    return evaluated, float(network.loss(TRUTH, network.predict(SCORES, verbose=0)))


def one_unit():
    network = keras.Sequential([keras.Input((4,)), Dense(1, activation="softmax")])
    network.compile("adam", CategoricalCrossentropy())
    return network.fit(X, SEVERAL[:, :1], epochs=2, verbose=0).history["loss"]


def metric_with_the_wrong_flag():
    loss = CategoricalCrossentropy(from_logits=True)
    network = last_layer_alone(
        keras.layers.Activation("linear"), loss, metrics=["categorical_crossentropy"]
    )
    both, twice = np.concatenate([SCORES, BEST_DIVIDED]), np.repeat(TRUTH, 2, axis=0)
    told = network.evaluate(both, twice, verbose=0, return_dict=True)
    return told["loss"], told["categorical_crossentropy"]


def wrong_threshold():
    scores = np.array([[-3.0], [-2.0], [-0.5], [-1.0], [0.3], [2.0]])
    labels = np.array([[0], [0], [0], [1], [1], [1]])
    return [float(BinaryAccuracy(**how)(labels, scores)) for how in ({}, {"threshold": 0})]


def accuracy_by_equality():
    told = [keras.metrics.Accuracy(), keras.metrics.CategoricalAccuracy()]
    return [float(one(FOUR_ONE_HOT, CAREFUL)) for one in told]


def labels_from_one():
    picked = [0, 2]  # T-shirt and trouser: counted from 1 they are 2 and 1
    return sparse(FOUR[picked] + 1, CAREFUL[picked]), sparse(FOUR[picked], CAREFUL[picked])


def class_weight():
    network = keras.Sequential([keras.Input((3,)), Dense(3, kernel_initializer="identity")])
    loss = SparseCategoricalCrossentropy(from_logits=True)
    network.compile(keras.optimizers.SGD(0.0), loss)
    scores = np.log(CAREFUL)
    log = network.fit(
        scores, FOUR, validation_data=(scores, FOUR), class_weight={2: 5}, verbose=0
    ).history
    return log["loss"][0], log["val_loss"][0]


def weights():
    reductions = ("sum_over_batch_size", "mean_with_sample_weight")
    losses = [CategoricalCrossentropy(reduction=one) for one in reductions]
    return [float(one(FOUR_ONE_HOT, CAREFUL, sample_weight=[1, 1, 1, 0])) for one in losses]


def sorted_rows():
    """Validation accuracy, where the rows taken hold a class that no other row has."""
    labels = np.repeat([0, 1, 2], [15, 15, 10])
    points = np.eye(3, dtype="float32")[labels] * 3
    keras.utils.set_random_seed(0)
    network = keras.Sequential([keras.Input((3,)), Dense(3, activation="softmax")])
    adam, loss = keras.optimizers.Adam(0.1), "sparse_categorical_crossentropy"
    network.compile(adam, loss, metrics=["accuracy"])
    log = network.fit(points, labels, epochs=5, validation_split=0.25, verbose=0).history
    assert log["val_loss"][-1] > np.log(3)
    return (log["val_accuracy"][-1],)


def left_of_the_start(**momentum):
    """What is left of the moving variance, at first 1, after 60 batches without any variance."""
    layer = keras.layers.BatchNormalization(**momentum)
    for _ in range(60):
        layer(tf.zeros((4, 1)), training=True)
    return float(layer.moving_variance[0])


def claimed(claim, truth=0.7):
    """The expected cost of a claim about something that happens with probability `truth`."""
    return categorical([[truth, 1 - truth]], [[claim, 1 - claim]])


# Words of a row, and what its numbers are.
SYMPTOMS = {
    "loss stays at log K": lambda: (sparse([1], np.zeros((1, 3)), from_logits=True),),
    "jumps far above log K": lambda: (categorical(TRUTH, BEST_DIVIDED), true_loss(BEST_DIVIDED)),
    "integers; all looks well": lambda: (sparse([1], BEST_DIVIDED), true_loss(BEST_DIVIDED)),
    "high accuracy, but": doubled,
    "the same loss on `predict()`": rescued,
    "from the first epoch": one_unit,
    "do not sum to 1": lambda: (float(tf.reduce_sum(tf.nn.sigmoid(SCORES))),),
    "a certain right answer": lambda: (
        categorical(*smoothed(3), label_smoothing=0.1),
        categorical(TRUTH, TRUTH, label_smoothing=0.1),
    ),
    "metric `categorical_crossentropy`": metric_with_the_wrong_flag,
    "yes or no from scores": wrong_threshold,
    "`Accuracy()`": accuracy_by_equality,
    "integers from 1": labels_from_one,
    "label 0.99": lambda: (sparse([0.99], CAREFUL[:1]), sparse([1], CAREFUL[:1])),
    "arguments exchanged": lambda: (
        categorical(tf.nn.softmax(SCORES), TRUTH.astype("float32")),
        true_loss(SCORES),
    ),
    "along the examples": lambda: (
        categorical(FOUR_ONE_HOT, tf.nn.softmax(np.log(CAREFUL), axis=0)),
        categorical(FOUR_ONE_HOT, CAREFUL),
    ),
    "two ones in a label": lambda: (categorical([[1.0, 0, 1]], [[0.5, 0, 0.5]]),),
    "`class_weight`": class_weight,
    "one weight of four": weights,
    'reduction="sum"`': lambda: (
        categorical(FOUR_ONE_HOT, CAREFUL, reduction="sum"),
        categorical(FOUR_ONE_HOT, CAREFUL),
    ),
    "sorted by class": sorted_rows,
    "batch normalization": lambda: (left_of_the_start(), left_of_the_start(momentum=0.9)),
    "too sure": lambda: (claimed(0.99), claimed(0.7)),
}
ROWS = [" | ".join(row[:2]) for row in table(cell("cheat-sheet", "symptoms"))[1:]]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("words", SYMPTOMS)
def test_the_numbers_of_a_symptom_are_those_of_keras(words):
    [row] = [row for row in ROWS if words in row]
    assert set(re.findall(r"\d+\.\d{3}", row)) == {three(one) for one in SYMPTOMS[words]()}


def test_each_number_among_the_symptoms_is_computed():
    for row in ROWS:
        if re.search(r"\d\.\d{3}", row):
            assert sum(words in row for words in SYMPTOMS) == 1, row


def test_each_cause_of_nan_gives_nan_and_the_loss_from_scores_does_not():
    zero = np.array([[1.0, -1.0, 0.0]])
    with np.errstate(all="ignore"):
        assert np.isnan(categorical(TRUTH, zero))
        assert np.isnan(-(TRUTH * np.log([[0.0, 1.0, 0.0]])).sum())
        powers = np.exp([1000.0, 0.0])
        assert np.isnan(powers / powers.sum()).any()
    assert np.isfinite(true_loss(zero))
    assert np.isfinite(true_loss(np.array([[1000.0, 0.0, 0.0]])))


def test_there_is_a_rule_from_each_lesson():
    rules = re.findall(r"(?m)^- \*\*(\d\d)\*\*", cell("cheat-sheet", "rules"))
    assert rules == [lesson[:2] for lesson in LESSONS]


# --- glossary -------------------------------------------------------------------------------------


def test_the_glossary_is_in_the_order_of_the_alphabet_and_has_each_word_once():
    rows = table(cell("glossary", "words"))[1:]
    words = [row[0].strip("`").replace("_", "").lower() for row in rows]
    assert words == sorted(set(words))


WANTED = """
logit, nat, bit, negative log-likelihood, log loss, perplexity, KL, entropy, soft label, one-hot,
sparse, calibration, ECE, temperature, early stopping, patience, generalisation gap
"""


@pytest.mark.parametrize("word", re.split(r",\s+", WANTED.strip()))
def test_a_word_of_either_vocabulary_is_explained(word):
    assert any(word in row[0] for row in table(cell("glossary", "words"))[1:])


def test_the_numbers_of_the_glossary_are_computed():
    units, words = cell("glossary", "vocabularies"), cell("glossary", "words")
    assert f"1 nat is {three(1 / np.log(2))} bits, 1 bit is {three(np.log(2))} nats" in units
    guess = sparse([0], np.zeros((1, 5)), from_logits=True)
    assert f"A loss of {three(guess)} is a perplexity of {np.exp(guess):.0f}" in words
