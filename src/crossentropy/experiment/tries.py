"""A learner's tries of the experiment: trained in view, put on record, compared.

A *try* is one training of the learner's network. What is on record is in `record`, how it is shown
in `table`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
import inspect
import os
import pprint
import textwrap
import time
from typing import Any

from crossentropy import pictures
from crossentropy.datasets import load_fashion5
from crossentropy.experiment import big_network, record, training
from crossentropy.experiment import recipe as recipes
from crossentropy.experiment.live import Live
from crossentropy.experiment.measure import accuracy_on_test, scores
from crossentropy.experiment.pictures import before_and_after, learning_curves
from crossentropy.experiment.table import changes, in_words, table
from IPython import get_ipython
from IPython.display import publish_display_data
import ipywidgets

NOT_WRITTEN = (
    "Nothing to train yet: write build_model() and hyperparameters() in the cell above, "
    "then run this cell again."
)
NOT_NOW = (
    "Not trained: this notebook is being validated or graded, and a try would take half a minute "
    "of it. The graded cell below trains your network by itself."
)
SIGN = "\N{ALMOST EQUAL TO}"  # before a number that may differ from machine to machine


@dataclass(frozen=True)
class Try:
    """One trained recipe.

    Attributes
    ----------
    number : int
    model : keras.Model
        Trained.
    curves : dict of str to list of float
        `fit`'s history.
    scores : dict of str to float
        As `measure.scores`.
    """

    number: int
    model: Any
    curves: dict
    scores: dict

    def __repr__(self):
        return f"<try {self.number}>"


def attempt(
    build_model: Callable,
    hyperparameters: Callable,
    seed: int = training.SEED,
    to_the_end: bool = False,
    data: Any = None,
) -> Try | None:
    """Train the learner's network in view, say which goals it meets, and record the try.

    The same network with the same hyperparameters and seed gives the same numbers again, so it is
    trained but not recorded again.

    Parameters
    ----------
    build_model, hyperparameters : callable
        See `recipe.read`.
    seed : int
        Fixes the initial weights, the order of the images and what dropout drops.
    to_the_end : bool
        Train on to epoch 60 without the brake of patience or fewer epochs, and measure there too.
    data : crossentropy.datasets.ImageSet, optional
        The embedded images when nothing is given.

    Returns
    -------
    Try or None
        None when the functions are not written yet or choose what is not allowed, and while
        nbgrader validates or grades; a sentence that says so is printed.
    """
    data = load_fashion5() if data is None else data
    try:
        recipe = recipes.read(build_model, hyperparameters, data.x_train.shape[1:])
    except NotImplementedError:
        print(NOT_WRITTEN)
        return None
    except recipes.RecipeError as problem:
        print(f"Not trained. {problem}")
        return None
    if os.environ.get("NBGRADER_EXECUTION"):
        print(NOT_NOW)
        return None
    live = Live(compute_seconds=training.COMPUTE_SECONDS)
    limit = training.TimeLimit()
    if to_the_end:
        run = training.train_to_the_end(recipe, data, seed, [live, limit])
    else:
        model, curves = training.train(recipe, data, seed, [live, limit])
        run = training.Run(model, curves, len(curves["loss"]))
    reached = scores(run.model, data)
    end = run.at_the_end
    entry = {
        "key": f"{recipes.key(recipe)} {seed} {to_the_end} {data.name}",
        "seed": seed,
        "source": "\n\n".join(filter(None, map(recipes.source_of, (build_model, hyperparameters)))),
        "model": recipe["model"],
        "layers": recipes.layers_in_words(recipe),
        "hyperparameters": recipe["hyperparameters"],
        "scores": {name: round(value, 4) for name, value in reached.items()},
        "end_accuracy": None if end is None else round(end["val_accuracy"], 4),
        "epochs": run.epochs,
        "seconds": round(live.seconds, 1),
        "when": time.strftime("%Y-%m-%d %H:%M:%S"),
        "stopped": live.stopped,
    }
    number = _recorded(entry)
    print(in_words({**entry, "number": number}))
    if limit.reached:
        print(
            f"The training was ended after {training.COMPUTE_SECONDS} s of computing, the limit "
            "for a try and for the grade; the numbers are of what it had learnt by then."
        )
    pictures.show(learning_curves(run.curves, title=f"Try {number}", goals=True))
    return Try(number, run.model, run.curves, reached)


def show_tries() -> None:
    """Show the table of all tries: what each changed, and what it reached.

    The table is a widget; where there are none, a few lines a try say which goals were met.
    """
    tries = record.load()
    if not tries:
        print("No try is on record yet.")
        return
    plain = "\n".join(map(in_words, tries))
    if get_ipython() is None:
        print(plain)
        return
    bundle = ipywidgets.HTML(table(tries))._repr_mimebundle_()
    publish_display_data({**bundle, "text/plain": plain})


def go_back_to(number: int) -> None:
    """Print the code of a try, to be pasted into the exercise's cells again.

    Parameters
    ----------
    number : int
        As the table of tries gives it; 0 is the network that the lesson starts from.
    """
    if number == 0:
        print(_start()["source"])
        return
    tries = {one["number"]: one for one in record.load()}
    if number not in tries:
        known = ", ".join(str(known) for known in tries) or "none"
        print(f"There is no try {number} on record. The tries on record: {known}.")
        return
    one = tries[number]
    if one["source"]:
        print(one["source"].rstrip())
    else:
        print("# The code of this try was not kept; these were its layers and hyperparameters.")
        print("\n".join(f"#   {layer}" for layer in one["layers"]))
        print(f"# {one['hyperparameters']}")


def compare(before: Any, after: Try | None, data: Any) -> None:
    """Set a learner's try against the network of the lesson: a picture, and the numbers.

    This is the one place where the test images are looked at.

    Parameters
    ----------
    before : keras.Model
        The lesson's network, trained.
    after : Try or None
        As `attempt` returns it; None shows the first network alone.
    data : crossentropy.datasets.ImageSet
    """
    columns = [{**scores(before, data), "test_accuracy": accuracy_on_test(before, data)}]
    if after is not None:
        test = accuracy_on_test(after.model, data)
        columns.append({**scores(after.model, data), "test_accuracy": test})
    pictures.show(before_and_after(*columns))
    print(f"{'':36}{'before':9}{'' if after is None else 'after'}".rstrip())
    for name, words in (
        ("train_accuracy", "training accuracy, given labels"),
        ("true_accuracy", "training accuracy, true labels"),
        ("wrong_learnt", "wrong labels learnt by heart"),
        ("val_accuracy", "validation accuracy"),
        ("test_accuracy", "test accuracy"),
    ):
        numbers = "  ".join(f"{SIGN} {one[name]:.3f}" for one in columns)
        print(f"{words:36}{numbers}")
    if after is None:
        print("Your own numbers appear here once you have trained a network in the exercise above.")


def _start():
    """Return the network of the lesson, in the words of a try, as try 0."""
    recipe = recipes.read(big_network.build_big_model, lambda: big_network.BIG_HYPERPARAMETERS)
    chosen = pprint.pformat(big_network.BIG_HYPERPARAMETERS, sort_dicts=False)
    returned = textwrap.indent(f"return {chosen}", "    ")
    body = inspect.getsource(big_network.build_big_model).split('"""')[-1]
    body = body.replace("keras.Input(image)", f"keras.Input({recipes.IMAGE})").strip("\n")
    return {
        "number": 0,
        "source": f"def build_model():\n{body}\n\n\ndef hyperparameters():\n{returned}",
        "layers": recipes.layers_in_words(recipe),
        "hyperparameters": recipe["hyperparameters"],
    }


def _recorded(entry):
    """Put a try on record, unless it is there already, and return its number."""
    for one in record.load():
        if one["key"] == entry["key"] and not one.get("stopped") and not entry["stopped"]:
            print(
                f"This is try {one['number']} again: network, hyperparameters and seed are the "
                "same, so no new one is recorded."
            )
            return one["number"]

    def complete(tries):
        # The nearest earlier try tells best what was changed; of two, the later one.
        nearest = min([*reversed(tries), _start()], key=lambda one: len(changes(one, entry)))
        return {
            **entry,
            "changed": changes(nearest, entry),
            "compared_with": nearest["number"],
            "number": 1 + max((one["number"] for one in tries), default=0),
        }

    return record.add(complete)["number"]
