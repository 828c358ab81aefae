"""The grade trains a recipe by itself; nothing that is done in the learner's kernel reaches it.

One honest training in a process apart is made once; every trick must leave its result unchanged,
or be refused.
"""

import contextlib
import json

from crossentropy import datasets
from crossentropy.experiment import grade as experiment_grade
from crossentropy.experiment import recipe as recipes
from crossentropy.experiment import training
from crossentropy.experiment.grade import GradeError, Verdict, judge, mark, points, report
import keras
from keras import layers
import numpy as np
import psutil
import pytest

IMAGES = 160


def build_model():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.MaxPooling2D(4),
            layers.Flatten(),
            layers.Dropout(0.2),
            layers.Dense(5, activation="softmax"),
        ]
    )


def hyperparameters():
    return {
        "optimizer": "adam",
        "learning_rate": 0.01,
        "batch_size": 16,
        "epochs": 2,
        "patience": None,
    }


def reached(recipe, **options):
    return experiment_grade.train_apart(recipe, seed=0, images=IMAGES, **options)


@pytest.fixture(scope="module")
def honest():
    return reached(recipes.read(build_model, hyperparameters))


def test_the_grade_reaches_what_the_lesson_reaches(honest):
    data = experiment_grade.first_images(datasets.load_fashion5(), IMAGES)
    model, curves = training.train(recipes.read(build_model, hyperparameters), data)
    here = training.scores(model, data)
    assert {name: honest[name] for name in here} == pytest.approx(here, abs=1e-6)
    assert honest["epochs"] == len(curves["loss"]) == 2


def test_nothing_changed_in_the_kernel_reaches_the_grade(honest, monkeypatch, tmp_path):
    def forged(*args, **kwargs):
        return {"loss": 0.0, "accuracy": 1.0}

    def with_weights_set_by_hand():
        model = build_model()
        model.set_weights([np.zeros_like(weights) for weights in model.get_weights()])
        model.evaluate = model.predict = forged
        return model

    shared = datasets.load_fashion5()
    shared.y_train[:] = shared.y_train_true
    monkeypatch.setattr(datasets, "load_fashion5", lambda: shared)
    monkeypatch.setattr(training, "load_fashion5", lambda: shared, raising=False)
    for name in ("fit", "evaluate", "predict", "train_step", "test_step"):
        monkeypatch.setattr(keras.Model, name, forged)
    monkeypatch.setattr(keras.losses, "CategoricalCrossentropy", keras.losses.MeanSquaredError)
    monkeypatch.setattr(training, "scores", lambda *_: {"val_accuracy": 1.0})
    monkeypatch.setattr(training, "train", forged)
    # Files and settings that Python or Keras would find when it starts.
    (tmp_path / "keras.py").write_text("raise SystemExit('a forged Keras')")
    (tmp_path / "sitecustomize.py").write_text("raise SystemExit('a forged start')")
    (tmp_path / "keras.json").write_text(json.dumps({"floatx": "float16"}))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.setenv("KERAS_BACKEND", "none-such")
    assert reached(recipes.read(with_weights_set_by_hand, hyperparameters)) == honest


def test_validation_images_read_by_build_model_do_not_help(honest):
    def trained_on_validation_images():
        data = datasets.load_fashion5()
        trained = build_model()
        trained.compile(loss="categorical_crossentropy", optimizer="adam")
        trained.fit(data.x_val, data.y_val, epochs=1, verbose=0)
        model = build_model()
        model.set_weights(trained.get_weights())
        return model

    assert reached(recipes.read(trained_on_validation_images, hyperparameters)) == honest


def test_a_training_beyond_its_computing_time_is_ended_and_counts_as_it_is():
    recipe = recipes.read(build_model, lambda: {**hyperparameters(), "epochs": 60})
    result = reached(recipe, seconds=0.0)
    assert result["out_of_time"]
    assert result["epochs"] == 1
    assert "The training was ended after 120 s of computing" in report(mark(result))


def test_a_process_that_does_not_end_is_killed():
    recipe = recipes.read(build_model, hyperparameters)
    with pytest.raises(GradeError, match="did not end within 0 s and was killed"):
        reached(recipe, kill_after=0.2)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda recipe: recipe["hyperparameters"].update(epochs=10_000), '"epochs" is 10000'),
        (
            lambda recipe: recipe.update(model=recipe["model"].replace("Dropout", "Lambda")),
            "uses Lambda",
        ),
    ],
)
def test_a_recipe_that_got_past_the_kernels_checks_is_refused_by_the_process(change, words):
    recipe = recipes.read(build_model, hyperparameters)
    change(recipe)
    with pytest.raises(GradeError) as caught:
        reached(recipe)
    assert words in str(caught.value)


def test_a_network_that_wants_all_the_memory_is_refused():
    recipe = recipes.read(build_model, hyperparameters)
    tree = json.loads(recipe["model"])
    wide = json.loads(json.dumps(tree["config"]["layers"][-1]))
    wide["config"].update(name="wide", units=200_000_000, activation="relu")
    wide.pop("build_config")
    tree["config"]["layers"].insert(-1, wide)
    tree["config"]["layers"][-1].pop("build_config")
    with pytest.raises(GradeError, match="Not graded"):
        reached({**recipe, "model": json.dumps(tree)})


# What the kernel refuses before anything is trained.
class Oracle(layers.Layer):
    def call(self, inputs):
        return inputs


class OwnTraining(keras.Sequential):
    def train_step(self, data):
        return {"loss": 0.0, "accuracy": 1.0}

    def fit(self, *args, **kwargs):
        return {"val_accuracy": [1.0]}


def compiled(**options):
    model = build_model()
    model.compile(optimizer="adam", **options)
    return model


def with_layer(layer):
    return keras.Sequential(
        [keras.Input((28, 28, 1)), layer, layers.Flatten(), layers.Dense(5, activation="softmax")]
    )


TRICKS = {
    "another loss": (lambda: compiled(loss="mse"), {}),
    "another loss as a hyperparameter": (build_model, {"loss": "mse"}),
    "other data": (build_model, {"x_train": [1, 2, 3]}),
    "validation data in the training": (build_model, {"validation_split": 0.0}),
    "a history made up": (lambda: {"val_accuracy": [0.99], "accuracy": [0.9]}, {}),
    "a class with its own training": (lambda: OwnTraining(build_model().layers), {}),
    "a layer of its own": (lambda: with_layer(Oracle()), {}),
    "a lambda layer": (lambda: with_layer(layers.Lambda(lambda x: x)), {}),
    "weights in an initializer": (
        lambda: with_layer(
            layers.Conv2D(
                1, 3, kernel_initializer=keras.initializers.Constant(np.ones((3, 3, 1, 1)).tolist())
            )
        ),
        {},
    ),
    "a callback": (build_model, {"callbacks": [keras.callbacks.Callback()]}),
    "an optimizer object": (build_model, {"optimizer": keras.optimizers.Adam()}),
    "a function for the learning rate": (build_model, {"learning_rate": lambda: 0.1}),
    "too many epochs": (build_model, {"epochs": 5000}),
    "single images": (build_model, {"batch_size": 1}),
    "too large a network": (
        lambda: keras.Sequential(
            [
                keras.Input((28, 28, 1)),
                layers.Flatten(),
                layers.Dense(5000),
                layers.Dense(5, activation="softmax"),
            ]
        ),
        {},
    ),
}


@pytest.mark.filterwarnings("ignore:The object being serialized includes a `lambda`")
@pytest.mark.parametrize("trick", TRICKS)
def test_a_trick_earns_nothing_and_one_sentence(trick, capsys):
    cheat, changes = TRICKS[trick]
    assert points(cheat, lambda: {**hyperparameters(), **changes}) == 0.0
    printed = capsys.readouterr().out.strip().splitlines()
    assert printed[-1].startswith("Not graded. ")


def test_unwritten_functions_fail_as_not_implemented():
    def not_written():
        raise NotImplementedError

    with pytest.raises(NotImplementedError):
        points(not_written, hyperparameters)


def test_points_are_a_plain_float_as_nbgrader_wants_it(capsys):
    earned = points(build_model, hyperparameters, out_of=10)
    assert type(earned) is float
    assert 0 <= earned <= 10
    assert "Your network, trained again from random weights" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("validation", "train", "tenths"),
    [
        (0.90, 0.70, 10),
        (0.85, 0.919, 10),
        (0.846, 0.924, 10),  # half a point of grace on each side
        (0.90, 0.95, 7),
        (0.84, 0.80, 9),
        (0.81, 0.80, 7),
        (0.76, 0.80, 5),
        (0.70, 0.97, 0),  # the network as the learner meets it
        (0.20, 0.20, 0),  # learning nothing is not a cure
    ],
)
def test_partial_credit_follows_what_is_reached(validation, train, tenths):
    assert mark({"val_accuracy": validation, "train_accuracy": train}).tenths == tenths


def test_the_report_names_each_goal_its_points_and_the_next_step():
    text = report(mark({"val_accuracy": 0.812, "train_accuracy": 0.96}), out_of=20)
    assert "not yet  validation accuracy at least 85 % (reached 81.2 %): 8 of 14 points" in text
    assert "not yet  training accuracy below 92 % (reached 96.0 %): 0 of 6 points" in text
    assert "hints 1 to 3" in text
    done = report(mark({"val_accuracy": 0.872, "train_accuracy": 0.7}))
    assert "met      validation accuracy at least 85 %: 7 of 7 points" in done
    assert "87" not in done  # digits that differ between machines stay out


def test_a_low_training_accuracy_without_learning_is_told_apart():
    text = report(mark({"val_accuracy": 0.4, "train_accuracy": 0.4}))
    assert "which counts once validation reaches 75 %" in text
    assert "learns too little" in text


def runs(*validation):
    """A training that reaches these accuracies, one after the other, and remembers its seeds."""
    left = list(validation)

    def train(recipe, seed, kill_after):
        train.seeds.append(seed)
        return {"val_accuracy": left.pop(0), "train_accuracy": 0.8}

    train.seeds = []
    return train


def test_one_good_training_is_enough():
    train = runs(0.87)
    assert judge({}, train=train).tenths == 10
    assert train.seeds == [0]


def test_an_unlucky_seed_is_made_up_for_by_the_next():
    train = runs(0.83, 0.86)
    assert judge({}, train=train).tenths == 10
    assert train.seeds == [0, 1]


def test_the_best_of_three_counts():
    train = runs(0.78, 0.831, 0.80)
    assert judge({}, train=train) == Verdict(
        {"val_accuracy": 0.831, "train_accuracy": 0.8}, validation_tenths=6, training_tenths=3
    )
    assert train.seeds == [0, 1, 2]


def test_a_training_that_is_killed_later_takes_nothing_away():
    def train(recipe, seed, kill_after):
        if seed:
            raise GradeError("killed")
        return {"val_accuracy": 0.84, "train_accuracy": 0.8}

    assert judge({}, train=train).tenths == 9


def test_no_process_is_left_behind():
    recipe = recipes.read(build_model, hyperparameters)
    before = set(psutil.Process().children(recursive=True))
    with contextlib.suppress(GradeError):
        reached(recipe, kill_after=0.2)
    assert set(psutil.Process().children(recursive=True)) <= before
