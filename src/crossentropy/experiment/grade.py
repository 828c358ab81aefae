"""Grade the overfitting experiment by training the learner's network again.

The grade takes from the learner a recipe only (see ``recipe``): the description of an architecture
and five plain values. It trains that recipe in a new Python process, which starts from random
weights, loads the images and labels itself, uses categorical cross-entropy, and is ended when it
takes too long. So these earn nothing: another loss, other data, validation images in the training,
weights set by hand, a history made up, methods or metrics replaced, a network that ignores the
limits.

What runs in a learner's kernel can still replace this module there, or write a score by itself.
Against that only a grader helps that runs :func:`judge` outside the kernel, on the submitted
recipe, with a package and data of its own.

``python -I -m crossentropy.experiment.grade`` trains one recipe: it reads a JSON object with
``recipe``, ``seed`` and ``seconds`` from the standard input and writes the result as JSON.
"""

from dataclasses import dataclass
import json
import os
import subprocess
import sys
import tempfile
import time

SEEDS = (0, 1, 2)
SECONDS_IN_ALL = 240  # on the clock; nbgrader ends a cell after 300
MEMORY = 8 * 2**30

# Points for validation accuracy, in tenths of the total; then for training accuracy.
VALIDATION_STEPS = ((0.85, 7), (0.83, 6), (0.80, 4), (0.75, 2))
TRAINING_POINTS = 3
LEAST_LEARNT = 0.75  # a network that learns nothing stays below 92 %, too
ALLOWANCE = 0.005
TENTHS = 10

_KEPT_FROM_THE_ENVIRONMENT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")


class GradeError(RuntimeError):
    """The training process ended without a result."""


@dataclass(frozen=True)
class Verdict:
    """What the best of the grade's trainings reached, and how many tenths it earns."""

    scores: dict
    validation_tenths: int
    training_tenths: int
    out_of_time: bool = False

    @property
    def tenths(self):
        """Both together, 0 to 10."""
        return self.validation_tenths + self.training_tenths


def points(build_model, hyperparameters, out_of=10):
    """Train the learner's network, print what it reached, and return the points.

    Parameters
    ----------
    build_model, hyperparameters : callable
        The learner's functions; see ``recipe.read``.
    out_of : float
        The points for meeting both goals.

    Returns
    -------
    float
        0 to ``out_of``. 0.0 for a choice that the experiment does not allow; what is wrong with
        it is printed.
    """
    from crossentropy.experiment import recipe as recipes

    try:
        recipe = recipes.read(build_model, hyperparameters)
    except recipes.RecipeError as problem:
        print(f"Not graded. {problem}")
        return 0.0
    try:
        verdict = judge(recipe)
    except GradeError as problem:
        print(problem)
        return 0.0
    print(report(verdict, out_of))
    return round(out_of * verdict.tenths / TENTHS, 2)


def judge(recipe, seeds=SEEDS, train=None):
    """Train a recipe with one seed after the other until one earns everything; the best counts.

    Parameters
    ----------
    recipe : dict
        See ``recipe.read``.
    seeds : sequence of int
        No further one is tried when that could take longer than 240 s in all.
    train : callable, optional
        Called as ``train(recipe, seed, kill_after=seconds)``; :func:`train_apart` without it.

    Returns
    -------
    Verdict

    Raises
    ------
    GradeError
        When not even the first training gave a result; the message says why.
    """
    started = time.monotonic()
    best, longest = None, 0.0
    for seed in seeds:
        before = time.monotonic()
        left = SECONDS_IN_ALL - (before - started)
        if best is not None and left < 1.5 * longest:
            break
        try:
            verdict = mark((train or train_apart)(recipe, seed, kill_after=left))
        except GradeError:
            if best is None:
                raise
            break
        best = verdict if best is None or verdict.tenths > best.tenths else best
        if best.tenths == TENTHS:
            break
        longest = max(longest, time.monotonic() - before)
    return best


def mark(result):
    """Return the verdict on one training.

    Parameters
    ----------
    result : dict
        With val_accuracy and train_accuracy, 0 to 1, and optionally out_of_time.

    Returns
    -------
    Verdict
        Each goal counts as met from half a percentage point short of it, so that a network at the
        edge does not depend on its luck.
    """
    from crossentropy.experiment.training import TRAINING_LIMIT

    validation, training = result["val_accuracy"], result["train_accuracy"]
    reached = [tenths for least, tenths in VALIDATION_STEPS if validation >= least - ALLOWANCE]
    below = training < TRAINING_LIMIT + ALLOWANCE and validation >= LEAST_LEARNT - ALLOWANCE
    return Verdict(
        scores=result,
        validation_tenths=max(reached, default=0),
        training_tenths=TRAINING_POINTS if below else 0,
        out_of_time=bool(result.get("out_of_time")),
    )


def report(verdict, out_of=10):
    """Say in words which goals a verdict meets, what that earns, and what to try next."""
    from crossentropy.experiment.training import COMPUTE_SECONDS, Goal, goals

    most = VALIDATION_STEPS[0][1]
    validation, training = verdict.scores["val_accuracy"], verdict.scores["train_accuracy"]
    on_validation, on_training = goals(verdict.scores)[:2]
    if training_is_early(verdict):
        on_training = Goal(f"{on_training.name}, which counts once validation reaches 75 %", False)

    def line(goal, tenths, most):
        goal = Goal(goal.name, tenths == most, goal.reached)
        return f"  {goal}: {out_of * tenths / TENTHS:g} of {out_of * most / TENTHS:g} points"

    lines = [
        "Your network, trained again from random weights with your hyperparameters:",
        line(on_validation, verdict.validation_tenths, most),
        line(on_training, verdict.training_tenths, TRAINING_POINTS),
    ]
    if verdict.out_of_time:
        lines.append(
            f"The training was ended after {COMPUTE_SECONDS} s of computing, and what it had "
            "learnt by then counts: fewer epochs or a smaller network finish in time."
        )
    if verdict.tenths < TENTHS:
        lines.append(_advice(validation, training))
    return "\n".join(lines)


def train_apart(recipe, seed, seconds=None, images=None, kill_after=SECONDS_IN_ALL):
    """Train a recipe in a new Python process, and return what it reached.

    The process runs isolated: no working directory on its path, no environment variable of
    Python's, no Keras settings file. Nothing that was changed in this process reaches it.

    Parameters
    ----------
    recipe : dict
        See ``recipe.read``.
    seed : int
    seconds : float, optional
        The training ends by itself after so much computing, and counts as it is; without it,
        ``training.COMPUTE_SECONDS``. Computing time is what the processors spend, so that a busy
        machine takes nothing from anybody.
    kill_after : float
        Seconds on the clock after which the process is killed, whatever it does.
    images : int, optional
        Train on the first so many only: for tests of the grade itself.

    Returns
    -------
    dict
        As ``training.scores``, with epochs (int), seconds (float) and out_of_time (bool) beside.

    Raises
    ------
    GradeError
        When the process was killed or failed.
    """
    from crossentropy.experiment.training import COMPUTE_SECONDS

    seconds = COMPUTE_SECONDS if seconds is None else seconds
    task = {"recipe": recipe, "seed": seed, "seconds": seconds, "images": images}
    with tempfile.TemporaryDirectory() as empty:
        environment = {
            name: os.environ[name] for name in _KEPT_FROM_THE_ENVIRONMENT if name in os.environ
        }
        try:
            done = subprocess.run(
                [sys.executable, "-I", "-m", "crossentropy.experiment.grade"],
                input=json.dumps(task),
                capture_output=True,
                text=True,
                cwd=empty,
                env={**environment, "HOME": empty, "KERAS_HOME": empty},
                timeout=kill_after,
            )
        except subprocess.TimeoutExpired:
            raise GradeError(
                f"Not graded. The training did not end within {kill_after:.0f} s and was killed: "
                "use a smaller network."
            ) from None
    try:
        result = json.loads(done.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        last = (done.stderr.strip().splitlines() or ["it gave no reason"])[-1]
        raise GradeError(f"Not graded. The training process failed: {last}") from None
    if "problem" in result:
        raise GradeError(f"Not graded. {result['problem']}")
    return result


def main():
    """Train the recipe on the standard input; see the module's text."""
    _limit_memory()
    task = json.load(sys.stdin)

    from crossentropy.datasets import load_fashion5
    from crossentropy.experiment import recipe as recipes
    from crossentropy.experiment import training

    data = load_fashion5()
    if task.get("images"):
        data = first_images(data, task["images"])
    limit = training.TimeLimit(task["seconds"])
    try:
        model, curves = training.train(task["recipe"], data, task["seed"], [limit])
        result = training.scores(model, data)
        result["epochs"], result["out_of_time"] = len(curves["loss"]), limit.reached
    except recipes.RecipeError as problem:
        result = {"problem": str(problem)}
    except Exception as problem:  # whatever it is, the learner should read it
        first = (str(problem).strip().splitlines() or [type(problem).__name__])[0]
        result = {"problem": f"Keras could not train this network: {first}"}
    print(json.dumps(result))


def training_is_early(verdict):
    """Whether the training accuracy is low only because the network has not learnt enough."""
    return verdict.training_tenths == 0 and verdict.scores["val_accuracy"] < LEAST_LEARNT


def first_images(data, images):
    """Return the data with only the first so many training images."""
    from types import SimpleNamespace

    parts = {
        f"{kind}_{split}": getattr(data, f"{kind}_{split}")
        for kind in "xy"
        for split in ("train", "val", "test")
    }
    parts["y_train_true"] = data.y_train_true
    return SimpleNamespace(
        **{name: part[:images] if "train" in name else part for name, part in parts.items()}
    )


def _limit_memory():
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    except (OSError, ValueError):  # macOS refuses some values
        return


def _advice(validation, training):
    if training - validation > 0.05:
        return "It still fits the training labels better than new images: hints 1 to 3 help."
    if validation < LEAST_LEARNT:
        return "It learns too little: try less dropout, more epochs or another learning rate."
    return "Close: try a little more patience, or one change to the dropout rates."


if __name__ == "__main__":
    main()
