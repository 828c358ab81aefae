"""The learner's tries of the overfitting experiment: trained in view, compared, never lost.

The record lies beside the notebook, in ``tries.json``. Each try keeps the source of the two
functions, so that one can go back to it, and what it reached. A file that cannot be read is set
aside under another name, not overwritten.
"""

from dataclasses import dataclass
import difflib
import html
import inspect
import json
import os
from pathlib import Path
import pprint
import textwrap
import time

from crossentropy import own_folder, pictures
from crossentropy.datasets import load_fashion5
from crossentropy.experiment import big_network as experiment
from crossentropy.experiment import pictures as training_pictures
from crossentropy.experiment import recipe as recipes
from crossentropy.experiment import training
from crossentropy.experiment.live import Live
from crossentropy.experiment.training import percent
from IPython import get_ipython
from IPython.display import publish_display_data
import ipywidgets

FILE = "tries.json"
VERSION = 1
NOT_WRITTEN = (
    "Nothing to train yet: write build_model() and hyperparameters() in the cell above, "
    "then run this cell again."
)
_remembered = []  # the tries of this session, for where no file is written


@dataclass(frozen=True)
class Try:
    """One trained recipe: ``model`` (keras.Model), ``curves`` (fit's history) and ``scores``."""

    number: int
    recipe: dict
    model: object
    curves: dict
    scores: dict

    def __repr__(self):
        return f"<try {self.number}>"


def attempt(build_model, hyperparameters, data=None):
    """Train the learner's network in view, say which goals it meets, and record the try.

    Parameters
    ----------
    build_model, hyperparameters : callable
        See ``recipe.read``.
    data : object, optional
        As ``datasets.load_fashion5`` returns it, which is what is used when nothing is given.

    Returns
    -------
    Try or None
        None when the functions are not written yet or choose what is not allowed; a sentence
        that says so is printed.
    """
    try:
        recipe = recipes.read(build_model, hyperparameters)
    except NotImplementedError:
        print(NOT_WRITTEN)
        return None
    except recipes.RecipeError as problem:
        print(f"Not trained. {problem}")
        return None
    data = load_fashion5() if data is None else data
    live = Live(recipe["hyperparameters"]["epochs"])
    started = time.process_time()
    model, curves = training.train(recipe, data, callbacks=[live])
    seconds = time.process_time() - started
    reached = training.scores(model, data)
    entry = _entry(recipe, (build_model, hyperparameters), reached, len(curves["loss"]), seconds)
    entry["stopped"] = live.stopped
    number = _record(entry)

    print(f"Try {number}{' (stopped by you)' if live.stopped else ''}")
    for goal in training.goals(reached):
        print(f"  {goal}")
    if seconds > training.COMPUTE_SECONDS:
        print(
            f"It took {seconds:.0f} s of computing. The grade ends a training after "
            f"{training.COMPUTE_SECONDS} s."
        )
    pictures.show(
        training_pictures.learning_curves(curves, title=f"Try {number}", goals=True),
        alt=training_pictures.describe_curves(curves),
    )
    return Try(number, recipe, model, curves, reached)


def show_tries():
    """Show the table of all tries: what each changed, and what it reached.

    The table is a widget; where there are none, one line a try says which goals were met.
    """
    tries = _load()
    if not tries:
        print("No try is on record yet.")
        return
    plain = "\n".join(
        "\n".join([f"Try {one['number']}", *(f"  {goal}" for goal in _run_goals(one))])
        for one in tries
    )
    if get_ipython() is None:
        print(plain)
        return
    bundle = ipywidgets.HTML(table(tries))._repr_mimebundle_()
    publish_display_data({**bundle, "text/plain": plain})


def go_back_to(number):
    """Print the code of a try, to be pasted into the exercise cell again.

    Parameters
    ----------
    number : int
        As the table of tries gives it; 0 is the network that the lesson starts from.
    """
    if number == 0:
        print(_start()["source"])
        return
    tries = {one["number"]: one for one in _load()}
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


def compare(before, after):
    """Set a learner's try against the network of the lesson: a picture, and verdicts in words.

    Parameters
    ----------
    before : dict
        As ``training.scores`` returns it.
    after : Try or None
        As :func:`attempt` returns it; None shows the first network alone.
    """
    reached = None if after is None else after.scores
    pictures.show(
        training_pictures.before_and_after(before, reached),
        alt="Bars for the network of this lesson"
        + ("" if reached is None else " beside your last try")
        + ": the accuracies on training labels, true labels, validation and test images, the "
        "share of wrong labels learnt by heart, and the two losses.",
    )
    if reached is None:
        print("Your own bars appear here once you have trained a network in the exercise above.")
        return
    for name, words in (
        ("train_accuracy", "training accuracy, labels as given"),
        ("true_accuracy", "training accuracy, true labels"),
        ("val_accuracy", "validation accuracy"),
        ("test_accuracy", "test accuracy"),
        ("wrong_learnt", "wrong labels learnt by heart"),
        ("train_loss", "training loss"),
        ("val_loss", "validation loss"),
    ):
        print(f"{words:36}{'higher' if reached[name] > before[name] else 'lower'} than before")


def table(tries):
    """Return the table of tries as HTML text; ``tries`` are entries of the file."""
    head = (
        "<tr><th scope='col'>try</th><th scope='col'>what it changed</th>"
        "<th scope='col'>training accuracy</th><th scope='col'>validation accuracy</th>"
        "<th scope='col'>validation loss</th><th scope='col'>epochs</th>"
        "<th scope='col'>goals met</th></tr>"
    )
    rows = []
    for one in tries:
        reached = one["scores"]
        met = sum(goal.met for goal in _run_goals(one))
        other = one.get("compared_with")
        lines = ["nothing"] if not one["changed"] else one["changed"]
        if other is not None:
            lines = [f"from {f'try {other}' if other else 'the first network'}:", *lines]
        changed = "<br>".join(html.escape(line) for line in lines)
        rows.append(
            f"<tr><th scope='row'>{one['number']}</th><td style='text-align:left'>{changed}</td>"
            f"<td>{percent(reached['train_accuracy'], 1)}</td>"
            f"<td>{percent(reached['val_accuracy'], 1)}</td>"
            f"<td>{reached['val_loss']:.3f}</td>"
            f"<td>{one['epochs']}{', stopped by you' if one.get('stopped') else ''}</td>"
            f"<td>{met} of 2</td></tr>"
        )
    style = (
        "<style>.tries{border-collapse:collapse;font-size:13px;color:var(--jp-ui-font-color1)}"
        ".tries th,.tries td{border:1px solid var(--jp-border-color2,#bbb);padding:3px 8px;"
        "text-align:right;vertical-align:top}</style>"
    )
    return f"{style}<table class='tries'>{head}{''.join(rows)}</table>"


def changes(before, after):
    """Say in short lines how one try's choices differ from another's.

    Parameters
    ----------
    before, after : dict
        With ``layers`` (list of str) and ``hyperparameters`` (dict).

    Returns
    -------
    list of str
        Such as ``+ Dropout 0.25`` or ``epochs 30 -> 50``; empty when nothing differs.
    """
    lines = [
        f"{line[0]} {line[2:]}"
        for line in difflib.ndiff(before["layers"], after["layers"])
        if line[0] in "+-"
    ]
    for name, value in after["hyperparameters"].items():
        earlier = before["hyperparameters"].get(name)
        if earlier != value:
            lines.append(f"{name} {earlier} -> {value}")
    return lines


def _entry(recipe, functions, reached, epochs, seconds):
    return {
        "source": "\n\n".join(filter(None, (recipes.source_of(one) for one in functions))),
        "model": recipe["model"],
        "layers": recipes.layers_in_words(recipe),
        "hyperparameters": recipe["hyperparameters"],
        "scores": {name: round(value, 4) for name, value in reached.items()},
        "epochs": epochs,
        "seconds": round(seconds, 1),
        "when": time.strftime("%Y-%m-%d %H:%M:%S"),
    }


def _start():
    """The network of the lesson, in the words of a try, as try 0."""
    recipe = recipes.read(experiment.build_big_model, lambda: experiment.BIG_HYPERPARAMETERS)
    build = inspect.getsource(experiment.build_big_model).replace("build_big_model", "build_model")
    chosen = pprint.pformat(experiment.BIG_HYPERPARAMETERS, sort_dicts=False)
    returned = textwrap.indent(f"return {chosen}", "    ")
    return {
        "number": 0,
        "source": f"{build}\n\ndef hyperparameters():\n{returned}",
        "layers": recipes.layers_in_words(recipe),
        "hyperparameters": recipe["hyperparameters"],
    }


def _run_goals(one):
    return training.goals(one["scores"])[:2]


def _record(entry):
    entry["number"] = 1
    try:
        tries = _load()
        entry["number"] += max((one["number"] for one in tries), default=0)
        # The nearest earlier try tells best what was changed; of two, the later one.
        nearest = min([*reversed(tries), _start()], key=lambda one: len(changes(one, entry)))
        entry["changed"], entry["compared_with"] = changes(nearest, entry), nearest["number"]
        if _is_lesson_source(Path.cwd()):
            _remembered.append(entry)
            return entry["number"]
        kept = {"version": VERSION, "tries": [*tries, entry]}
        own_folder.write(FILE, json.dumps(kept, indent=1))
    except OSError as problem:
        print(f"This try could not be kept in {FILE}: {problem.strerror}.")
    return entry["number"]


def _load():
    if _is_lesson_source(Path.cwd()):
        return list(_remembered)
    path = Path(FILE)
    if not path.exists():
        return []
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        tries = kept["tries"]
        for one in tries:
            one["number"], one["changed"], one["layers"], one["hyperparameters"]
            one["epochs"], one["source"], training.goals(one["scores"])
        return tries
    except (ValueError, KeyError, TypeError):
        aside = _free_name(path)
        os.replace(path, aside)
        print(f"{FILE} could not be read. It now has the name {aside.name}; a new one is begun.")
        return []


def _free_name(path):
    number = 1
    while (name := path.with_name(f"{path.stem}-damaged-{number}{path.suffix}")).exists():
        number += 1
    return name


def _is_lesson_source(folder):
    """Whether lessons are released from here.

    What lies beside a lesson's source is copied into the release and over every submission, so
    nothing may be written there; the tries are then kept for the session only.
    """
    lessons = folder.parent
    return lessons.name == "solutions" and (lessons.parent / "nbgrader_config.py").exists()
