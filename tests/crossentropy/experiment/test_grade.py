"""What the grade refuses, what it gives partial credit for, and what it says.

How it trains is tested in `test_apart`, and the whole way to the points in `test_cifar`.
"""

from crossentropy.experiment import grade
from crossentropy.experiment.apart import GradeError
from crossentropy.experiment.grade import judge, mark, points, report
import keras
from keras import layers
import numpy as np
import pytest
from small_experiment import hyperparameters, small_model

build_model = small_model


def result(validation, train=0.8, end=0.86, ended_by="", end_epoch=60):
    return {
        "val_accuracy": validation,
        "train_accuracy": train,
        "end_accuracy": end,
        "ended_by": ended_by,
        "end_epoch": end_epoch,
    }


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


@pytest.mark.parametrize(
    ("validation", "train", "end", "tenths"),
    [
        (0.90, 0.70, 0.88, 10),
        (0.85, 0.919, 0.85, 10),
        (0.846, 0.924, 0.846, 10),  # half a point of grace on each side
        (0.86, 0.70, 0.82, 9),
        (0.86, 0.70, 0.70, 8),  # a brake alone
        (0.90, 0.95, 0.86, 8),
        (0.84, 0.80, 0.86, 9),
        (0.81, 0.80, 0.79, 5),
        (0.76, 0.80, 0.70, 3),
        (0.70, 0.97, 0.70, 0),  # the network as the learner meets it
        (0.20, 0.20, 0.20, 0),  # learning nothing is not a cure
    ],
)
def test_partial_credit_follows_what_is_reached(validation, train, end, tenths):
    assert mark(result(validation, train, end)).tenths == tenths


def test_a_network_too_slow_for_the_limit_loses_the_last_goal_only():
    verdict = mark(result(0.87, end=0.87, ended_by="computing", end_epoch=9))
    assert verdict.tenths == 8
    text = report(verdict)
    assert "It was ended in epoch 9, after 180 s of computing" in text
    assert "smaller network or larger batches" in text


def test_a_busy_machine_takes_no_points():
    verdict = mark(result(0.87, end=0.87, ended_by="clock", end_epoch=9))
    assert verdict.tenths == 10
    assert "The machine was busy with other work" in report(verdict)
    assert "smaller network" not in report(verdict)


def test_the_report_names_each_goal_its_number_its_points_and_the_next_step():
    text = report(mark(result(0.812, 0.96, 0.61)), out_of=20)
    assert "not yet  validation accuracy at least 85 %: ≈ 81.2 % · 6 of 12 points" in text
    assert "not yet  training accuracy below 92 %: ≈ 96.0 % · 0 of 4 points" in text
    assert "trained to the end, validation accuracy still at least" in text
    assert "≈ 61.0 % · 0 of 4 points" in text
    assert "hints 1 to 3" in text
    done = report(mark(result(0.872, 0.7)))
    assert "met      validation accuracy at least 85 %: ≈ 87.2 % · 6 of 6 points" in done


def test_a_brake_is_told_from_a_cure():
    text = report(mark(result(0.86, 0.75, 0.70)))
    assert "You stopped it in time, but the network still learns wrong labels by heart" in text


def test_a_low_training_accuracy_without_learning_is_told_apart():
    text = report(mark(result(0.4, 0.4, 0.4)))
    assert "which counts once validation reaches 75 %" in text
    assert "learns too little" in text


# One seed after the other


def runs(*validation):
    """A training that reaches these accuracies, one after the other, and remembers its seeds."""
    left = list(validation)

    def train(recipe, seed, end_after):
        train.seeds.append(seed)
        return result(left.pop(0))

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
    verdict = judge({}, train=train)
    assert verdict.scores["val_accuracy"] == 0.831
    assert train.seeds == [0, 1, 2]


def test_a_training_that_fails_later_takes_nothing_away():
    def train(recipe, seed, end_after):
        if seed:
            raise GradeError("killed")
        return result(0.84)

    assert judge({}, train=train).tenths == 9


def test_no_further_seed_is_tried_when_the_time_may_not_do(monkeypatch):
    now = iter([0, 0, 150, 150, 300])
    monkeypatch.setattr(grade.time, "monotonic", lambda: next(now))
    train = runs(0.80, 0.90)
    assert judge({}, train=train).scores["val_accuracy"] == 0.80
    assert train.seeds == [0]
