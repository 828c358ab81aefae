"""One example of each public picture, for the tests that hold all of them to the same rules."""

from crossentropy import pictures
import numpy as np

_SCORES = np.linspace(-20, 20, 81)

EXAMPLES = {
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
}
