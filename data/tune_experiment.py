"""Measure the experiment of lesson 05: train "before" and the classic cure over several seeds.

    python data/tune_experiment.py [--seeds N] [--first-seed N]

Prints a markdown table with a row for each run as it ends, then what the worst seed reached, and
exits with 1 when a goal is missed on any seed. The runs use the lesson's own training code, and
the measures are those of ``evaluate`` after training. The table in ``DATASHEET.md`` comes from
here; run this again after a change of the images, of the networks, or of TensorFlow's version.
"""

import argparse
from datetime import date
import os
import platform
import sys
import time

from crossentropy.datasets import load_fashion5
from crossentropy.experiment import (
    BIG_HYPERPARAMETERS,
    build_big_model,
    recipe,
    training,
)
import keras
import tensorflow as tf

CURE_HYPERPARAMETERS = {
    "optimizer": "adam",
    "learning_rate": 2e-3,
    "batch_size": 128,
    "epochs": 40,
    "patience": 6,
}

COLUMNS = (
    "network",
    "seed",
    "train acc, given labels",
    "train acc, true labels",
    "val acc",
    "train loss",
    "val loss",
    "epochs",
    "wall s",
    "CPU s",
)


def build_cure():
    """Build the classic cure: convolutions that share weights, a small dense layer, and dropout.

    Returns
    -------
    keras.Sequential
        From images of shape (N, 28, 28, 1) to probabilities of shape (N, 5); not compiled.
    """
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(32, 3, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Dropout(0.25),
            keras.layers.Conv2D(64, 3, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Dropout(0.25),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dropout(0.5),
            keras.layers.Dense(5, activation="softmax"),
        ]
    )


# Name of a network, its builder, its hyperparameters, and the bounds that hold on every seed.
NETWORKS = (
    ("before", build_big_model, BIG_HYPERPARAMETERS, {"train": (0.95, 1), "val": (0.65, 0.72)}),
    ("cure", build_cure, CURE_HYPERPARAMETERS, {"train": (0, 0.92), "val": (0.86, 1)}),
)


def measure(build_model, hyperparameters, data, seed):
    """Train a network once and measure it.

    Parameters
    ----------
    build_model : callable
        Returns an uncompiled model.
    hyperparameters : dict
        As ``crossentropy.experiment.recipe`` takes them.
    data : crossentropy.datasets.ImageSet
    seed : int

    Returns
    -------
    dict of str to float
        Accuracies and losses of ``evaluate``; epochs; seconds of training on the clock and on
        the processors (both threads together).
    """
    chosen = recipe.read(build_model, lambda: hyperparameters)
    clock, processors = time.perf_counter(), time.process_time()
    model, history = training.train(chosen, data, seed=seed)
    wall, cpu = time.perf_counter() - clock, time.process_time() - processors
    train_loss, train = model.evaluate(data.x_train, data.y_train, verbose=0)
    _, true = model.evaluate(data.x_train, data.y_train_true, verbose=0)
    val_loss, val = model.evaluate(data.x_val, data.y_val, verbose=0)
    return {
        "train": train,
        "true": true,
        "val": val,
        "train_loss": train_loss,
        "val_loss": val_loss,
        "epochs": len(history["loss"]),
        "wall": wall,
        "cpu": cpu,
    }


def row(name, seed, run):
    """Write one run as a line of the table."""
    return (
        f"| {name} | {seed} | {run['train']:.3f} | {run['true']:.3f} | {run['val']:.3f} "
        f"| {run['train_loss']:.3f} | {run['val_loss']:.3f} | {run['epochs']} "
        f"| {run['wall']:.0f} | {run['cpu']:.0f} |"
    )


def machine():
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


def main():
    """Print the table and the verdict."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=10, help="how many seeds (default: 10)")
    parser.add_argument("--first-seed", type=int, default=0)
    arguments = parser.parse_args()

    data = load_fashion5()
    seeds = range(arguments.first_seed, arguments.first_seed + arguments.seeds)
    print(f"{machine()}\n")
    print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}", flush=True)
    missed = False
    verdicts = []
    for name, build_model, hyperparameters, goals in NETWORKS:
        runs = []
        for seed in seeds:
            runs.append(measure(build_model, hyperparameters, data, seed))
            print(row(name, seed, runs[-1]), flush=True)
        for key, (low, high) in goals.items():
            least, most = min(run[key] for run in runs), max(run[key] for run in runs)
            met = low <= least and most <= high
            missed |= not met
            verdicts.append(
                f"{name}: {key} accuracy {least:.3f} to {most:.3f}, wanted {low} to {high}: "
                f"{'met' if met else 'MISSED'}"
            )
    print("\n" + "\n".join(verdicts))
    sys.exit(missed)


if __name__ == "__main__":
    main()
