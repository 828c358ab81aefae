"""Train the networks of lessons 06 and 07 over several seeds, and store what each reached.

    python data/compare_networks.py FOLDER [--seeds N] [--networks NAME ...]

Each run is trained once and its scores are kept in FOLDER, so that a comparison which was stopped
goes on where it was. When all runs of all networks are there, the script writes two files beside
itself, `networks.csv` (a row for each network and seed) and `network_logits.npz` (the scores of
two networks for lesson 07), and prints the tables of `DATASHEET.md`. Run it again after a change of
the images, of a network, or of TensorFlow's version; it takes about half an hour on two quiet
cores.
"""

import argparse
import csv
from pathlib import Path
import time

from crossentropy.datasets import load_fashion5
from crossentropy.trained_networks import load_networks
import keras
from keras import layers
import numpy as np

EPOCHS, PATIENCE, BATCH_SIZE, LEARNING_RATE = 50, 5, 64, 1e-3
BINS = 10  # of the calibration error
SPLITS = ("train", "val", "test")
STORED_SEEDS = 5  # whose logits are stored
STORED_NETWORKS = ("overfitted", "dropout")

# The tables of the datasheet.
SUMMARIES = (
    ("epochs", "train_accuracy", "true_accuracy", "wrong_learnt"),
    ("val_accuracy", "test_accuracy", "train_loss", "val_loss", "test_loss"),
    ("top_probability", "val_ece", "temperature"),
    ("test_ece", "test_ece_after", "test_loss_after"),
    ("wrong_in_top_200", "wrong_in_top_900"),
)


def small_network(dropout=False, normalization=False, momentum=0.9):
    """Build the network of two convolution blocks, with or without the two ingredients.

    Parameters
    ----------
    dropout : bool
        Drop 0.25 after each pooling and 0.5 before the last layer.
    normalization : bool
        Normalise over the batch after each convolution and before its ReLU.
    momentum : float
        Of the moving averages of the batch normalization.

    Returns
    -------
    keras.Sequential
        From images of shape (N, 28, 28, 1) to probabilities of shape (N, 5); not compiled.
    """

    def convolution(filters):
        normalizing = [layers.BatchNormalization(momentum=momentum)] if normalization else []
        return [layers.Conv2D(filters, 3), *normalizing, layers.ReLU(), layers.MaxPooling2D()]

    def dropped(share):
        return [layers.Dropout(share)] if dropout else []

    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            *convolution(32),
            *dropped(0.25),
            *convolution(64),
            *dropped(0.25),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            *dropped(0.5),
            layers.Dense(5, activation="softmax"),
        ]
    )


def overfitted_network():
    """Build the network that lesson 05 starts from, which learns its labels by heart.

    Returns
    -------
    keras.Sequential
        As :func:`small_network`.
    """
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, 3, strides=2, activation="relu"),
            layers.Flatten(),
            layers.Dense(256, activation="relu"),
            layers.Dense(5, activation="softmax"),
        ]
    )


NETWORKS = {
    "early stopping only": small_network,
    "dropout": lambda: small_network(dropout=True),
    "batch normalization": lambda: small_network(normalization=True),
    "both": lambda: small_network(dropout=True, normalization=True),
    "momentum 0.99": lambda: small_network(normalization=True, momentum=0.99),
    "overfitted": overfitted_network,
}


def train(name, data, seed):
    """Train one network on the labels with the wrong ones in them.

    Parameters
    ----------
    name : str
        One of :data:`NETWORKS`.
    data : crossentropy.datasets.ImageSet
    seed : int
        Fixes the initial weights, the order of the images and what is dropped.

    Returns
    -------
    dict of str to numpy.ndarray
        Logits of each split, float32 of shape (N, 5), under its name; under ``loss``,
        ``accuracy``, ``val_loss`` and ``val_accuracy`` what ``fit`` reported after each epoch;
        under ``seconds`` those of the processors.
    """
    keras.utils.set_random_seed(seed)
    model = NETWORKS[name]()
    started = time.process_time()
    if name == "overfitted":
        # As in lesson 05: all epochs, and momentum in large batches, which comes to rest.
        optimizer = keras.optimizers.SGD(0.1, momentum=0.9)
        budget = {"epochs": 60, "batch_size": 256}
    else:
        optimizer = keras.optimizers.Adam(LEARNING_RATE)
        stop = keras.callbacks.EarlyStopping(
            monitor="val_loss", patience=PATIENCE, restore_best_weights=True
        )
        budget = {"epochs": EPOCHS, "batch_size": BATCH_SIZE, "callbacks": [stop]}
    model.compile(optimizer, loss="categorical_crossentropy", metrics=["accuracy"])
    history = model.fit(
        data.x_train,
        data.y_train,
        validation_data=(data.x_val, data.y_val),
        verbose=0,
        **budget,
    ).history
    seconds = time.process_time() - started
    # Scores are what the last layer has before its softmax.
    model.layers[-1].activation = keras.activations.linear
    scores = keras.Sequential(model.layers)
    logits = {
        split: scores.predict(getattr(data, f"x_{split}"), batch_size=500, verbose=0)
        for split in SPLITS
    }
    return {**logits, **history, "seconds": seconds}


def measure(name, seed, run, data):
    """Turn the scores of a run into the numbers of its row.

    Parameters
    ----------
    name : str
    seed : int
    run : mapping
        As :func:`train` returns it.
    data : crossentropy.datasets.ImageSet

    Returns
    -------
    dict
        Name and value of each column; `DATASHEET.md` says what they are.
    """
    labels = {split: getattr(data, f"y_{split}").argmax(axis=1) for split in SPLITS}
    true = data.y_train_true.argmax(axis=1)
    wrong = labels["train"] != true
    losses = {split: example_losses(run[split], labels[split]) for split in SPLITS}
    said = run["train"].argmax(axis=1)
    # A stable sort: of equal losses the first image comes first.
    suspicious = np.argsort(-losses["train"], kind="stable")
    temperature = best_temperature(run["val"], labels["val"])
    after = run["test"] / temperature
    return {
        "network": name,
        "seed": seed,
        "epochs": len(run["loss"]),
        "train_accuracy": np.mean(said == labels["train"]),
        "true_accuracy": np.mean(said == true),
        "wrong_learnt": np.mean(said[wrong] == labels["train"][wrong]),
        "val_accuracy": np.mean(run["val"].argmax(axis=1) == labels["val"]),
        "test_accuracy": np.mean(run["test"].argmax(axis=1) == labels["test"]),
        "train_loss": losses["train"].mean(),
        "val_loss": losses["val"].mean(),
        "test_loss": losses["test"].mean(),
        "top_probability": softmax(run["val"]).max(axis=1).mean(),
        "val_ece": calibration_error(run["val"], labels["val"]),
        "temperature": temperature,
        "test_ece": calibration_error(run["test"], labels["test"]),
        "test_ece_after": calibration_error(after, labels["test"]),
        "test_loss_after": example_losses(after, labels["test"]).mean(),
        "wrong_in_top_200": np.mean(wrong[suspicious[:200]]),
        "wrong_in_top_900": np.mean(wrong[suspicious[:900]]),
    }


def log_softmax(logits):
    """Return the logarithm of the probabilities, float64, the shape of ``logits``."""
    shifted = logits.astype("float64") - logits.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def softmax(logits):
    """Return the probabilities, float64, the shape of ``logits``."""
    return np.exp(log_softmax(logits))


def example_losses(logits, labels):
    """Return the cross-entropy of each example from its scores, without a cap, shape (N,)."""
    return -log_softmax(logits)[np.arange(len(labels)), labels]


def calibration_error(logits, labels):
    """Return the expected calibration error, over bins of equal width of the top probability.

    A bin holds its upper bound and not its lower one. Source: Guo and others, *On Calibration of
    Modern Neural Networks*, 2017, arXiv:1706.04599.
    """
    probabilities = softmax(logits)
    sure, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    place = np.clip(np.ceil(sure * BINS) - 1, 0, BINS - 1).astype(int)
    gaps = np.bincount(place, weights=right.astype(float) - sure, minlength=BINS)
    return np.abs(gaps).sum() / len(labels)


def best_temperature(logits, labels):
    """Return the temperature T at which ``logits / T`` have the lowest mean cross-entropy.

    The loss is convex in 1/T, so halving an interval of 1/T at the sign of its slope finds it.
    """
    low, high = 1e-3, 1e3
    logits = logits.astype("float64")
    of_truth = logits[np.arange(len(labels)), labels]
    for _ in range(100):
        middle = np.sqrt(low * high)
        slope = np.mean((softmax(logits * middle) * logits).sum(axis=1) - of_truth)
        low, high = (middle, high) if slope < 0 else (low, middle)
    return 1 / middle


def run_file(folder, name, seed):
    """Return the path under which a run is kept."""
    return folder / f"{name.replace(' ', '-')}-{seed}.npz"


def store(rows, logits, folder):
    """Write the two files that the lessons load.

    Parameters
    ----------
    rows : list of dict
        As :func:`measure` returns them.
    logits : dict of str to numpy.ndarray
        Under network and split, such as ``dropout/val``: shape (seeds, N, 5).
    folder : pathlib.Path
    """
    with open(folder / "networks.csv", "w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0], lineterminator="\n")
        table.writeheader()
        for row in rows:
            table.writerow(
                {
                    key: f"{value:.5f}" if isinstance(value, float) else value
                    for key, value in row.items()
                }
            )
    # Softmax does not see a shift of a row, and small numbers keep more digits in two bytes.
    np.savez_compressed(
        folder / "network_logits.npz",
        **{
            name: (values - values.mean(axis=-1, keepdims=True)).astype("float16")
            for name, values in logits.items()
        },
    )


def summary(networks, columns):
    """Return a markdown table: a line for each network, mean and range over its seeds.

    Parameters
    ----------
    networks : dict of str to dict of str to numpy.ndarray
        As `crossentropy.trained_networks.load_networks` returns it.
    columns : sequence of str

    Returns
    -------
    str
    """
    lines = ["| network | " + " | ".join(f"`{name}`" for name in columns) + " |"]
    lines.append("|---" * (len(columns) + 1) + "|")
    for network, measured in networks.items():
        cells = []
        for name in columns:
            values = measured[name]
            digits = 1 if name == "epochs" else 3
            mean, low, high = (
                f"{number:.{digits}f}" for number in (values.mean(), values.min(), values.max())
            )
            cells.append(f"{mean} ({low} to {high})")
        lines.append(f"| {network} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main():
    """Train what is missing; when nothing is, store and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the runs are kept")
    parser.add_argument("--seeds", type=int, default=10, help="how many seeds (default: 10)")
    parser.add_argument("--networks", nargs="+", choices=NETWORKS, default=list(NETWORKS))
    arguments = parser.parse_args()

    data = load_fashion5()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for seed in range(arguments.seeds):
        for name in arguments.networks:
            place = run_file(arguments.folder, name, seed)
            if not place.exists():
                run = train(name, data, seed)
                np.savez(place, **run)
                print(
                    f"{name}, seed {seed}: {len(run['loss'])} epochs, {run['seconds']:.0f} s of "
                    f"processor time",
                    flush=True,
                )

    if not all(
        run_file(arguments.folder, name, seed).exists()
        for name in NETWORKS
        for seed in range(arguments.seeds)
    ):
        return
    rows, logits = [], {}
    for name in NETWORKS:
        for seed in range(arguments.seeds):
            with np.load(run_file(arguments.folder, name, seed)) as run:
                run = dict(run)
            rows.append(measure(name, seed, run, data))
            if name in STORED_NETWORKS and seed < STORED_SEEDS:
                for split in ("val", "test"):
                    logits.setdefault(f"{name}/{split}", []).append(run[split])
    logits = {name: np.array(values) for name, values in logits.items()}
    store(rows, logits, Path(__file__).resolve().parent)
    for columns in SUMMARIES:
        print(f"\n{summary(load_networks(), columns)}")


if __name__ == "__main__":
    main()
