"""One example of each public picture, for the tests that hold all of them to the same rules."""

from crossentropy import pictures
import numpy as np

_COLUMNS = ("val_accuracy", "test_accuracy", "val_loss", "test_loss")
_SCORES = np.linspace(-20, 20, 81)
_ROWS = np.random.RandomState(7).normal(0, 2, (60, 3))  # scores of 60 examples
_LABELS = np.arange(60) % 3
_SHARES = {"as trained": np.exp(_ROWS) / np.exp(_ROWS).sum(axis=1, keepdims=True)}

# Three networks over six seeds, as `load_networks` returns them.
RUNS = {
    name: {"seed": np.arange(6), **dict.fromkeys(_COLUMNS, values)}
    for name, values in {
        "dropout": np.array([0.86, 0.88, 0.88, 0.89, 0.87, 0.88]),
        "batch normalization": np.array([0.82, 0.83, 0.85, 0.84, 0.82, 0.83]),
        "both": np.array([0.88, 0.87, 0.89, 0.87, 0.88, 0.86]),
    }.items()
}

EXAMPLES = {
    # The start page
    "whole_explorer": lambda: pictures.whole_explorer(),
    # Lesson 01
    "entropy_and_divergence": lambda: pictures.entropy_and_divergence(
        0.8, {"the same": 0.0, "off": 0.3}
    ),
    "loss_of_probability": lambda: pictures.loss_of_probability(
        {"guess among 10": 0.1, "certain": 1.0}
    ),
    "losses_of_a_batch": lambda: pictures.losses_of_a_batch(
        {"careful": np.array([0.4, 0.6]), "bold": np.array([0.1, 6.9])}, ["trouser", "dress 2"]
    ),
    "probability_explorer": lambda: pictures.probability_explorer(),
    # Lesson 02
    "losses_by_temperature": lambda: pictures.losses_by_temperature(
        np.array([[-1.0, 2.0, 0.5], [1.0, 0.0, 0.5]]), np.eye(3)[[1, 2]]
    ),
    "softmax_explorer": lambda: pictures.softmax_explorer(),
    # Lesson 03
    "loss_and_slope": lambda: pictures.loss_and_slope(
        _SCORES,
        {"from scores": np.log1p(np.exp(-_SCORES)), "from probabilities": np.maximum(-_SCORES, 0)},
        {"from scores": -1 / (1 + np.exp(_SCORES)), "from probabilities": -1.0 * (_SCORES < 0)},
    ),
    "losses_of_training": lambda: pictures.losses_of_training(
        {"right": [1.0, 0.5, 0.1], "wrong": [3.0, 7.0, 5.0]}, np.log(3)
    ),
    "scores_explorer": lambda: pictures.scores_explorer(),
    # Lesson 04
    "slopes_of_losses": lambda: pictures.slopes_of_losses(),
    "smoothing_explorer": lambda: pictures.smoothing_explorer(0.1, 3, 0.7),
    "validation_rows": lambda: pictures.validation_rows(
        np.repeat([0, 1, 2], 100), ["T-shirt", "trouser", "dress"]
    ),
    # Lesson 06
    "suspicious_images": lambda: pictures.suspicious_images(
        np.zeros((6, 28, 28, 1)),
        np.eye(5)[[0, 1, 2, 3, 4, 0]],
        np.full((6, 5), 0.2),
        ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat"),
        [5, 0, 2, 1, 3, 4],
    ),
    "seeds_explorer": lambda: pictures.seeds_explorer(RUNS, "dropout"),
    "suspects_explorer": lambda: pictures.suspects_explorer(
        {"dropout": np.arange(100) / 30, "overfitted": np.arange(100)[::-1] / 900},
        np.arange(100) > 70,
    ),
    # Lesson 07
    "calibration_explorer": lambda: pictures.calibration_explorer({"as trained": _ROWS}, _LABELS),
    "cost_of_claims": lambda: pictures.cost_of_claims(0.7),
    "error_of_binning": lambda: pictures.error_of_binning(_SHARES, _LABELS),
    "losses_of_temperature": lambda: pictures.losses_of_temperature(
        [0.5, 1, 2], {"too sure": [2.0, 1.0, 0.9], "too modest": [0.4, 0.6, 0.9]}
    ),
    "reliability": lambda: pictures.reliability(
        {**_SHARES, "flat": np.full((60, 3), 1 / 3)}, _LABELS
    ),
}
