"""Train a recipe in a new Python process, which nothing done in the learner's kernel reaches.

The process starts from random weights, loads the images and labels itself, and uses categorical
cross-entropy. `python -I -m crossentropy.experiment.apart` trains one recipe: it reads a JSON
object from the standard input (see `train_apart`) and writes the result as JSON.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
import subprocess
import sys
import tempfile
import time
from types import SimpleNamespace
from typing import Any

import numpy as np

MEMORY = 8 * 2**30
SECONDS_TO_FINISH = 45  # from the soft end on: for the epoch's end, and to measure

_ARRAYS = ("x_train", "y_train", "y_train_true", "x_val", "y_val")
_KEPT_FROM_THE_ENVIRONMENT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")


class GradeError(RuntimeError):
    """The training process ended without a result."""


def train_apart(
    recipe: dict,
    seed: int,
    seconds: float | None = None,
    end_after: float = 240.0,
    data: Any = None,
    images: int | None = None,
) -> dict[str, Any]:
    """Train a recipe to the end in a new Python process, and return what it reached.

    The process runs isolated: no working directory on its path, no environment variable of
    Python's, no Keras settings file. Nothing that was changed in this process reaches it.

    Parameters
    ----------
    recipe : dict
        See `recipe.read`.
    seed : int
    seconds : float, optional
        The training ends softly after so much computing, and counts as it is; without it,
        `training.COMPUTE_SECONDS`. Computing time is what the processors spend, so that a busy
        machine takes nothing from anybody.
    end_after : float
        Seconds on the clock after which the training ends softly, too, so that a result is there
        when nbgrader would end the cell; 45 s later the process is killed, whatever it does.
    data : crossentropy.datasets.ImageSet, optional
        Images and labels to train on; without it the process loads the embedded ones.
    images : int, optional
        Train on the first so many only: for tests of the grade itself.

    Returns
    -------
    dict
        As `measure.scores`, for the recipe as it is; with epochs (int), how many it trained;
        end_accuracy, on the validation images after the last epoch; end_epoch; and ended_by:
        "computing" or "clock" when that limit came before the last epoch, else "".

    Raises
    ------
    GradeError
        When the process was killed or failed.
    """
    from crossentropy.experiment.training import COMPUTE_SECONDS

    task = {
        "recipe": recipe,
        "seed": seed,
        "seconds": COMPUTE_SECONDS if seconds is None else seconds,
        "until": time.time() + end_after,
        "images": images,
    }
    with tempfile.TemporaryDirectory() as own:
        if data is not None:
            task["data"] = str(Path(own) / "data.npz")
            np.savez(task["data"], **{name: getattr(data, name) for name in _ARRAYS})
        done = _run(task, own, end_after + SECONDS_TO_FINISH)
    try:
        result = json.loads(done.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        last = (done.stderr.strip().splitlines() or ["it gave no reason"])[-1]
        raise GradeError(f"Not graded. The training process failed: {last}") from None
    if "problem" in result:
        raise GradeError(f"Not graded. {result['problem']}")
    return result


def _run(task, own, kill_after):
    environment = {
        name: os.environ[name] for name in _KEPT_FROM_THE_ENVIRONMENT if name in os.environ
    }
    try:
        return subprocess.run(
            [sys.executable, "-I", "-m", "crossentropy.experiment.apart"],
            input=json.dumps(task),
            capture_output=True,
            text=True,
            cwd=own,
            env={**environment, "HOME": own, "KERAS_HOME": own},
            timeout=kill_after,
        )
    except subprocess.TimeoutExpired:
        raise GradeError(
            f"Not graded. The training did not come to the end of a batch within {kill_after:.0f} "
            "s, so there was nothing to measure. If the machine is busy, run this cell again "
            "later; if not, use a smaller network."
        ) from None


def main() -> None:
    """Train the recipe on the standard input; see the module's text."""
    _limit_memory()
    # Keras would load it to draw pictures with; nothing is drawn here, and the start is shorter.
    sys.modules["matplotlib"] = None
    task = json.load(sys.stdin)

    from crossentropy.experiment import recipe as recipes
    from crossentropy.experiment import training
    from crossentropy.experiment.measure import scores

    data = _load(task.get("data"))
    if task.get("images"):
        data = first_images(data, task["images"])
    limit = training.TimeLimit(task["seconds"], until=task["until"])
    try:
        run = training.train_to_the_end(task["recipe"], data, task["seed"], [limit])
        result = {
            **scores(run.model, data),
            "epochs": run.epochs,
            "end_accuracy": run.at_the_end["val_accuracy"],
            "end_epoch": len(run.curves["loss"]),
            "ended_by": limit.reached,
        }
    except recipes.RecipeError as problem:
        result = {"problem": str(problem)}
    except Exception as problem:  # whatever it is, the learner should read it
        first = (str(problem).strip().splitlines() or [type(problem).__name__])[0]
        result = {"problem": f"Keras could not train this network: {first}"}
    print(json.dumps(result))


def first_images(data: Any, images: int) -> SimpleNamespace:
    """Return the data with only the first so many training images."""
    return SimpleNamespace(
        **{
            name: getattr(data, name)[:images] if "train" in name else getattr(data, name)
            for name in _ARRAYS
        }
    )


def _load(path):
    if path is None:
        from crossentropy.datasets import load_fashion5

        return load_fashion5()
    with np.load(path, allow_pickle=False) as members:
        return SimpleNamespace(**{name: members[name] for name in _ARRAYS})


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


if __name__ == "__main__":
    main()
