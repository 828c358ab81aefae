"""The program of a case: one right program, with named places of which a mistake changes one.

What trains is the text that the learner is given, so that a case can be proved: make one change in
it, run it again, and see another log.
"""

from __future__ import annotations

from collections.abc import Mapping
import difflib

import numpy as np

TEMPLATE = """\
from crossentropy import detective
import keras
from keras import layers, losses, metrics
import numpy as np

keras.utils.set_random_seed({seed})
random = np.random.default_rng({seed})

# {points} points around {classes} centres, {points_each} around each.
centres = np.array({centres})
labels = random.permutation(np.arange({points}) % {classes})
x = centres[labels] + random.normal(0, 0.3, ({points}, 2))
{order}y = {labels}

model = keras.Sequential(
    [
        layers.Input((2,)),
        {hidden}
        {outputs}
    ]
)
{freeze}metric = {metric}
model.compile(
    optimizer=keras.optimizers.Adam({rate}),
    loss={loss},
    metrics=["accuracy", metric],
)
first = model.evaluate(x[:32], y[:32], verbose=0)
fit = model.fit(x, y, validation_split=1 / {classes}, epochs=4, verbose=0{weights})
outputs = np.array(model(x[:4]))
print(detective.log(first, fit.history, y[:4], outputs))
"""
# Few steps: differences between machines have no time to grow until the log shows them.
POINTS_EACH = 80
RIGHT = {
    "one-hot": {
        "labels": "np.eye({classes})[labels]",
        "loss": "losses.CategoricalCrossentropy(from_logits=True)",
        "metric": 'metrics.CategoricalCrossentropy(from_logits=True, name="cross_entropy")',
    },
    "integers": {
        "labels": "labels",
        "loss": "losses.SparseCategoricalCrossentropy(from_logits=True)",
        "metric": 'metrics.SparseCategoricalCrossentropy(from_logits=True, name="cross_entropy")',
    },
}
RIGHT_IN_BOTH = {
    "order": "",
    "hidden": 'layers.Dense({units}, activation="relu"),',
    "outputs": "layers.Dense({classes}),",
    "freeze": "",
    "rate": "0.1",
    "weights": "",
}


def draw(seed: int) -> dict[str, object]:
    """Draw what differs from case to case beside the mistake.

    Parameters
    ----------
    seed : int

    Returns
    -------
    dict
        The values that the program is filled in with: `seed`, `classes` (3 to 5), `points`,
        `points_each`, `units` and the unit vectors `centres`, shape (classes, 2), as lists.
    """
    random = np.random.default_rng([seed, 1])
    classes = int(random.integers(3, 6))
    turn = random.uniform(0, 2 * np.pi)
    angles = turn + 2 * np.pi * np.arange(classes) / classes
    centres = np.round(np.column_stack([np.cos(angles), np.sin(angles)]), 2) + 0.0
    return {
        "seed": seed,
        "classes": classes,
        "points": POINTS_EACH * classes,
        "points_each": POINTS_EACH,
        "units": int(random.choice([16, 24, 32])),
        "centres": centres.tolist(),
    }


def write(form: str, drawn: Mapping[str, object], change: Mapping[str, str]) -> str:
    """Write the program of a case.

    Parameters
    ----------
    form : str
        Of the labels: "one-hot" or "integers".
    drawn : mapping
        As `draw` returns it.
    change : mapping of str to str
        The places that a mistake fills in otherwise, with their text; empty for no mistake.

    Returns
    -------
    str
        A program that prints its log.
    """
    places = {**RIGHT_IN_BOTH, **RIGHT[form], **change}
    filled = {name: text.format(**drawn) for name, text in places.items()}
    return TEMPLATE.format(**drawn, **filled)


def one_change(program: str, mended: str) -> str:
    """Return the lines in which a program differs from the mended one: - is out, + is in."""
    lines = list(difflib.ndiff(program.splitlines(), mended.splitlines()))
    return "\n".join(line for mark in ("- ", "+ ") for line in lines if line[:2] == mark)
