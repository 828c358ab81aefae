"""Measure the experiment of lesson 05: the first network, its control, single remedies, the cure.

    python data/tune_experiment.py [NETWORK …] [--seeds N] [--first-seed N]

Each network is trained to epoch 60 with nothing to stop it, and on the way the script notes what
early stopping would have left of it. One run is one row of `overfitting_runs.csv` beside this
script (a row of the same network and seed is replaced), which lesson 05 loads with
`experiment.load_runs()`. When all runs are there, the summary for `DATASHEET.md` is printed, and
the script exits with 1 where a promise of the lesson is missed on any seed. Run it again after a
change of the images, of the networks, or of TensorFlow's version.
"""

import argparse
from collections.abc import Callable
import csv
from dataclasses import dataclass, field, replace
from datetime import date
import os
from pathlib import Path
import platform
import sys
import time

from crossentropy.datasets import ImageSet, load_fashion5
from crossentropy.experiment import big_network, measure, recipe, training
import keras
from keras import layers
import numpy as np
import tensorflow as tf

RUNS = Path(__file__).with_name("overfitting_runs.csv")
PATIENCE = 5  # of the early stopping that the script notes, where a network has none of its own

FIRST = big_network.BIG_HYPERPARAMETERS
CURE_HYPERPARAMETERS = {
    "optimizer": "adam",
    "learning_rate": 1e-3,
    "batch_size": 128,
    "epochs": 30,
    "patience": 10,
}


def first_network(units: int = 256, dropout: float = 0.0, varied: bool = False) -> keras.Sequential:
    """Build the lesson's first network, with one thing changed."""
    vary = [layers.RandomFlip("horizontal"), layers.RandomTranslation(0.1, 0.1)] if varied else []
    drop = [layers.Dropout(dropout)] if dropout else []
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            *vary,
            layers.Conv2D(32, 3, strides=2, activation="relu"),
            layers.Flatten(),
            layers.Dense(units, activation="relu"),
            *drop,
            layers.Dense(5, activation="softmax"),
        ]
    )


def build_cure() -> keras.Sequential:
    """Build the cure: convolutions that share weights, a small dense layer, and dropout.

    Returns
    -------
    keras.Sequential
        From images of shape (N, 28, 28, 1) to probabilities of shape (N, 5); not compiled.
    """
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Dropout(0.25),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Dropout(0.25),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dropout(0.5),
            layers.Dense(5, activation="softmax"),
        ]
    )


@dataclass(frozen=True)
class Network:
    """What to train, on which labels, over how many seeds, and the bounds that hold on each."""

    build: Callable
    hyperparameters: dict = field(default_factory=FIRST.copy)
    targets: Callable[[ImageSet], np.ndarray] = lambda data: data.y_train
    seeds: int = 5
    bounds: dict = field(default_factory=dict)


def smoothed(share: float) -> Callable[[ImageSet], np.ndarray]:
    """Return a function that smooths labels as `label_smoothing` does."""
    return lambda data: data.y_train * (1 - share) + share / data.y_train.shape[1]


NETWORKS = {
    "first network": Network(
        first_network, seeds=10, bounds={"end_train": (0.95, 1), "end_val": (0.65, 0.72)}
    ),
    "control: true labels": Network(first_network, targets=lambda data: data.y_train_true),
    "dense layer of 32": Network(lambda: first_network(units=32)),
    "dropout 0.5": Network(lambda: first_network(dropout=0.5)),
    "learning rate 0.01": Network(first_network, {**FIRST, "learning_rate": 0.01}),
    "label smoothing 0.1": Network(first_network, targets=smoothed(0.1)),
    "flips and shifts": Network(lambda: first_network(varied=True)),
    "reference cure": Network(
        build_cure,
        CURE_HYPERPARAMETERS,
        bounds={"train": (0, 0.92), "val": (0.86, 1), "end_val": (0.85, 1)},
    ),
}
COLUMNS = (
    "network",
    "seed",
    "epochs",  # until early stopping ended it
    "train",  # accuracy on the given labels, with the weights that early stopping went back to
    "val",
    "learnt",  # share of the wrong labels that the network gives back
    "end_train",  # the same after epoch 60
    "end_true",
    "end_val",
    "end_learnt",
    "best_loss_epoch",  # with the lowest validation loss of all 60
    "best_accuracy_epoch",
    "cpu_seconds",
)


def run(name: str, data: ImageSet, seed: int) -> dict:
    """Train one network with one seed and return its row."""
    network = NETWORKS[name]
    chosen = dict(network.hyperparameters)
    chosen["patience"] = chosen["patience"] or PATIENCE
    read = recipe.read(network.build, lambda: chosen)
    given = replace(data, y_train=network.targets(data))
    started = time.process_time()
    ran = training.train_to_the_end(read, given, seed)
    seconds = time.process_time() - started
    stopped, end = measure.scores(ran.model, given), ran.at_the_end
    values = {
        "epochs": ran.epochs,
        "train": stopped["train_accuracy"],
        "val": stopped["val_accuracy"],
        "learnt": stopped["wrong_learnt"],
        "end_train": end["train_accuracy"],
        "end_true": end["true_accuracy"],
        "end_val": end["val_accuracy"],
        "end_learnt": end["wrong_learnt"],
        "best_loss_epoch": int(np.argmin(ran.curves["val_loss"])) + 1,
        "best_accuracy_epoch": int(np.argmax(ran.curves["val_accuracy"])) + 1,
        "cpu_seconds": round(seconds),
    }
    rounded = {key: f"{one:.3f}" if isinstance(one, float) else one for key, one in values.items()}
    return {"network": name, "seed": seed, **rounded}


def keep(row: dict) -> list[dict]:
    """Put a row into the file, in its place, and return all rows."""
    rows = [row]
    if RUNS.exists():
        with RUNS.open(newline="", encoding="utf-8") as file:
            rows += [
                one
                for one in csv.DictReader(file)
                if (one["network"], one["seed"]) != (row["network"], str(row["seed"]))
            ]
    names = list(NETWORKS)
    rows.sort(key=lambda one: (names.index(one["network"]), int(one["seed"])))
    with RUNS.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return rows


def summary(rows: list[dict]) -> str:
    """Return a markdown table with a line for each network: means, lowest and highest."""
    lines = [
        "| network | seeds | val, early stopping | wrong labels learnt | train, epoch 60 "
        "| val, epoch 60 | wrong labels learnt, epoch 60 |",
        f"|{'---|' * 7}",
    ]
    for name in NETWORKS:
        own = [row for row in rows if row["network"] == name]
        if own:
            cells = [
                _spread(own, column) for column in ("val", "learnt", "end_train", "end_val")
            ] + [_spread(own, "end_learnt")]
            lines.append(f"| {name} | {len(own)} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _spread(rows, column):
    values = np.array([float(row[column]) for row in rows])
    return f"{values.mean():.3f} ({values.min():.3f} to {values.max():.3f})"


def missed(rows: list[dict]) -> list[str]:
    """Return a line for each promise that some seed does not keep."""
    found = []
    for name, network in NETWORKS.items():
        for column, (low, high) in network.bounds.items():
            values = [float(row[column]) for row in rows if row["network"] == name]
            if values and not low <= min(values) <= max(values) <= high:
                found.append(
                    f"{name}: {column} {min(values)} to {max(values)}, wanted {low} to {high}"
                )
    return found


def machine() -> str:
    """Say on what the table was measured."""
    processor = platform.processor() or platform.machine()
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            names = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
        processor = names[0] if names else processor
    return (
        f"{date.today()}, {os.cpu_count()} cores ({processor}), Python "
        f"{platform.python_version()}, TensorFlow {tf.__version__}, Keras {keras.__version__}"
    )


def main() -> None:
    """Train, keep the rows, print the summary."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("networks", nargs="*", help=f"of: {', '.join(NETWORKS)} (default: all)")
    parser.add_argument("--seeds", type=int, help="how many (default: 5 or 10, by network)")
    parser.add_argument("--first-seed", type=int, default=0)
    arguments = parser.parse_args()

    data = load_fashion5()
    print(machine(), flush=True)
    for name in arguments.networks or NETWORKS:
        many = arguments.seeds or NETWORKS[name].seeds
        for seed in range(arguments.first_seed, arguments.first_seed + many):
            row = run(name, data, seed)
            rows = keep(row)
            print(" ".join(f"{key} {value}" for key, value in row.items()), flush=True)
    print("\n" + summary(rows))
    problems = missed(rows)
    print("\n".join(problems))
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
