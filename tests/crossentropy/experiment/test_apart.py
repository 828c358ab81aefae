"""Nothing that is done in the learner's kernel reaches the process that trains for the grade.

One honest training in a process apart is made once, and one that a limit ends at once; every trick
must leave the result unchanged, or be refused.
"""

import json

from crossentropy import datasets
from crossentropy.experiment import apart, measure, training
from crossentropy.experiment import recipe as recipes
from crossentropy.experiment.apart import GradeError
import keras
import numpy as np
import psutil
import pytest
from small_experiment import hyperparameters, small_data, small_model, with_dropout

IMAGES = 160


def chosen(**changes):
    """Few batches an epoch, since each training goes on to the last epoch."""
    return hyperparameters(batch_size=100, **changes)


def reached(recipe, **options):
    return apart.train_apart(recipe, seed=0, images=IMAGES, **options)


@pytest.fixture(scope="module")
def recipe():
    return recipes.read(with_dropout, chosen)


@pytest.fixture(scope="module")
def honest(recipe):
    return reached(recipe)


@pytest.fixture(scope="module")
def ended(recipe):
    return reached(recipe, seconds=0.0)


def test_it_reaches_what_the_lesson_reaches(honest, recipe):
    data = apart.first_images(datasets.load_fashion5(), IMAGES)
    model, curves = training.train(recipe, data)
    here = measure.scores(model, data)
    assert {name: honest[name] for name in here} == pytest.approx(here, abs=1e-6)
    assert honest["epochs"] == len(curves["loss"]) == 2


def test_it_goes_on_to_the_last_epoch(honest):
    assert honest["end_epoch"] == training.LAST_EPOCH
    assert honest["end_accuracy"] != honest["val_accuracy"]
    assert honest["ended_by"] == ""


def test_nothing_changed_in_the_kernel_reaches_it(ended, monkeypatch, tmp_path):
    def forged(*args, **kwargs):
        return {"loss": 0.0, "accuracy": 1.0}

    def with_weights_set_by_hand():
        model = with_dropout()
        model.set_weights([np.zeros_like(weights) for weights in model.get_weights()])
        model.evaluate = model.predict = forged
        return model

    shared = datasets.load_fashion5()
    shared.y_train[:] = shared.y_train_true
    monkeypatch.setattr(datasets, "load_fashion5", lambda: shared)
    for name in ("fit", "evaluate", "predict", "train_step", "test_step"):
        monkeypatch.setattr(keras.Model, name, forged)
    monkeypatch.setattr(keras.losses, "CategoricalCrossentropy", keras.losses.MeanSquaredError)
    monkeypatch.setattr(measure, "scores", lambda *_: {"val_accuracy": 1.0})
    monkeypatch.setattr(training, "train_to_the_end", forged)
    # Files and settings that Python or Keras would find when it starts.
    (tmp_path / "keras.py").write_text("raise SystemExit('a forged Keras')")
    (tmp_path / "sitecustomize.py").write_text("raise SystemExit('a forged start')")
    (tmp_path / "keras.json").write_text(json.dumps({"floatx": "float16"}))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.setenv("KERAS_BACKEND", "none-such")
    assert reached(recipes.read(with_weights_set_by_hand, chosen), seconds=0.0) == ended


def test_validation_images_read_by_build_model_do_not_help(recipe):
    def trained_on_validation_images():
        data = datasets.load_fashion5()
        trained = with_dropout()
        trained.compile(loss="categorical_crossentropy", optimizer="adam")
        trained.fit(data.x_val, data.y_val, epochs=1, verbose=0)
        model = with_dropout()
        model.set_weights(trained.get_weights())
        return model

    # The process is given the recipe and nothing else, so the same recipe is the same training.
    same = recipes.read(trained_on_validation_images, chosen)
    assert recipes.key(same) == recipes.key(recipe)  # but for the numbers in the names of layers
    assert {**same, "model": ""} == {**recipe, "model": ""}


def test_images_of_ones_own_are_trained_on_and_may_be_coloured():
    data = small_data((32, 32, 3))
    recipe = recipes.read(lambda: small_model(image=(32, 32, 3)), chosen, (32, 32, 3))
    result = apart.train_apart(recipe, seed=0, seconds=0.0, data=data)
    model, _ = training.train(recipe, data, callbacks=[training.TimeLimit(0.0)])
    here = measure.scores(model, data)
    assert {name: result[name] for name in here} == pytest.approx(here, abs=1e-6)


@pytest.mark.parametrize("by", ["computing", "clock"])
def test_a_training_beyond_a_limit_is_ended_softly_and_counts_as_it_is(recipe, by, request):
    if by == "computing":
        result = request.getfixturevalue("ended")
    else:
        result = reached(recipe, seconds=1000.0, end_after=0.0)
    assert result["ended_by"] == by
    assert result["epochs"] == result["end_epoch"] == 1
    assert 0 < result["val_accuracy"] == result["end_accuracy"]


def test_a_process_that_does_not_end_is_killed_and_leaves_nothing(recipe, monkeypatch):
    monkeypatch.setattr(apart, "SECONDS_TO_FINISH", 0.2)
    before = set(psutil.Process().children(recursive=True))
    with pytest.raises(GradeError, match="run this cell again later"):
        reached(recipe, end_after=0.0)
    assert set(psutil.Process().children(recursive=True)) <= before


def test_a_recipe_that_got_past_the_kernels_checks_is_refused(recipe):
    """What is refused so is tested with `recipe.fresh_model`."""
    changed = {**recipe, "model": recipe["model"].replace("Dropout", "Lambda")}
    with pytest.raises(GradeError, match="uses Lambda"):
        reached(changed)


def test_a_network_that_wants_all_the_memory_is_refused(recipe):
    tree = json.loads(recipe["model"])
    wide = json.loads(json.dumps(tree["config"]["layers"][-1]))
    wide["config"].update(name="wide", units=200_000_000, activation="relu")
    wide.pop("build_config")
    tree["config"]["layers"].insert(-1, wide)
    tree["config"]["layers"][-1].pop("build_config")
    with pytest.raises(GradeError, match="Not graded"):
        reached({**recipe, "model": json.dumps(tree)})
