"""What lesson 05 shows and states is what the experiment and its measured runs are."""

import csv
import importlib.util
from pathlib import Path
import re

from crossentropy import experiment
from crossentropy.experiment import allowed, goals, grade, training
from crossentropy.experiment import recipe as recipes
import keras
from keras import layers
import numpy as np
import pytest

from classroom import notebook_files
from classroom.course import lesson_file

ROOT = Path(__file__).parents[2]
NOT_ALONE = ("control: true labels", "reference cure")
CELLS = {
    cell["id"]: cell.source
    for cell in notebook_files.read(lesson_file(ROOT, "05-overfitting")).cells
}


@pytest.fixture(scope="module")
def runs():
    return experiment.load_runs()


@pytest.fixture(scope="module")
def tune():
    """The script that measures the runs, as a module."""
    place = ROOT / "data" / "tune_experiment.py"
    specification = importlib.util.spec_from_file_location("tune_experiment", place)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def made_by(*cells):
    """The names that cells make."""
    names = {"keras": keras, "layers": layers, "x_train": np.zeros((1, 28, 28, 1))}
    for cell in cells:
        exec(CELLS[cell], names)
    return names


def first_network():
    return recipes.read(experiment.build_big_model, lambda: experiment.BIG_HYPERPARAMETERS)


def test_the_network_of_the_lesson_is_the_measured_one():
    build_network = made_by("before-build")["build_network"]
    shown = recipes.read(build_network, lambda: experiment.BIG_HYPERPARAMETERS)
    assert recipes.key(shown) == recipes.key(first_network())
    chosen = experiment.BIG_HYPERPARAMETERS
    for words in (
        f"SGD({chosen['learning_rate']}, momentum=0.9)",
        f"epochs={chosen['epochs']}",
        f"batch_size={chosen['batch_size']}",
    ):
        assert words in CELLS["before-define"]


def test_the_network_to_start_from_is_the_same():
    [code] = re.findall(r"```python\n(.*?)```", CELLS["cure-start"], re.DOTALL)
    names = {"keras": keras, "layers": layers}
    exec(code, names)
    shown = recipes.read(names["build_model"], names["hyperparameters"])
    assert recipes.key(shown) == recipes.key(first_network())


def test_our_solution_is_the_measured_cure(tune):
    names = made_by("cure")
    ours = recipes.read(names["build_model"], names["hyperparameters"])
    cure = tune.NETWORKS["reference cure"]
    assert recipes.key(ours) == recipes.key(recipes.read(cure.build, lambda: cure.hyperparameters))


def test_the_rules_are_those_that_are_checked():
    rules = CELLS["cure-rules"]
    assert re.findall(r'"(\w+)"', rules) == [
        "optimizer",
        *allowed.OPTIMIZERS,
        *allowed.HYPERPARAMETERS[1:],
    ]
    for words in (
        f"{allowed.SMALLEST_BATCH} to {allowed.LARGEST_BATCH}",
        f"1 to {allowed.MOST_EPOCHS}",
        f"{allowed.LARGEST_MODEL // 1_000_000} million weights",
        f"{training.COMPUTE_SECONDS} s of computing time",
    ):
        assert words in rules


def test_the_points_are_those_that_the_grade_gives():
    task, text = CELLS["exercise-cure"], CELLS["cure-grade-text"]
    assert f"{goals.VALIDATION_GOAL:.0%}".replace("%", " %") in task
    assert f"({grade.VALIDATION_STEPS[0][1]} points)" in task
    assert f"({grade.TRAINING_POINTS} points;" in task
    assert f"({grade.END_STEPS[0][1]} points)" in task
    for steps in (grade.VALIDATION_STEPS, grade.END_STEPS):
        for least, points in steps:
            assert re.search(rf"{points} (points? )?from {100 * least:.0f} %", text), least


def test_every_seed_keeps_what_the_lesson_promises(tune, runs):
    rows = [
        {"network": name, **{column: values[place] for column, values in run.items()}}
        for name, run in runs.items()
        for place in range(len(run["seed"]))
    ]
    assert tune.missed(rows) == []
    assert list(runs) == list(tune.NETWORKS)
    assert len(runs["first network"]["seed"]) >= 10
    assert len(runs["reference cure"]["seed"]) >= 5
    assert min(len(run["seed"]) for run in runs.values()) >= 2


def test_no_two_measured_runs_are_the_same(tune):
    """A copied row would look like a measurement of another network or seed."""
    with tune.RUNS.open(newline="", encoding="utf-8") as file:
        rows = [tuple(row.values())[2:-1] for row in csv.DictReader(file)]
    assert len(set(rows)) == len(rows)


def test_the_datasheet_holds_the_summary_of_the_runs(tune):
    with tune.RUNS.open(newline="", encoding="utf-8") as file:
        summary = tune.summary(list(csv.DictReader(file)))
    assert summary in (ROOT / "data" / "DATASHEET.md").read_text(encoding="utf-8")


def test_true_labels_bring_back_more_than_ten_points_on_every_seed_and_a_gap_stays(runs):
    first, control = runs["first network"], runs["control: true labels"]
    assert set(control["seed"]) <= set(first["seed"])
    same_seeds = np.isin(first["seed"], control["seed"])
    assert (control["end_val"] - first["end_val"][same_seeds]).min() > 0.10
    assert (control["end_train"] - control["end_val"]).min() > 0.10


def test_what_the_lesson_says_about_single_remedies_is_what_was_measured(runs):
    end = {name: run["end_val"].mean() for name, run in runs.items()}
    learnt = {name: run["end_learnt"].mean() for name, run in runs.items()}
    assert max(set(end).difference(NOT_ALONE), key=end.get) == "flips and shifts"
    assert end["dense layer of 32"] < end["first network"]
    assert learnt["label smoothing 0.1"] > 0.9
    assert runs["first network"]["val"].mean() > 0.84  # the brake alone
