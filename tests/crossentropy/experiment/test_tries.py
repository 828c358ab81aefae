"""The record of a learner's tries: complete, comparable, and never lost."""

import json

from crossentropy import datasets
from crossentropy.experiment import big_network as experiment
from crossentropy.experiment import grade as experiment_grade
from crossentropy.experiment import recipe as recipes
from crossentropy.experiment import tries as attempts
import keras
from keras import layers
import pytest


@pytest.fixture(scope="module")
def data():
    return experiment_grade.first_images(datasets.load_fashion5(), 96)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def build_model():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.MaxPooling2D(4),
            layers.Flatten(),
            layers.Dense(5, activation="softmax"),
        ]
    )


def build_with_dropout():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.MaxPooling2D(4),
            layers.Flatten(),
            layers.Dropout(0.25),
            layers.Dense(5, activation="softmax"),
        ]
    )


def hyperparameters():
    return {
        "optimizer": "adam",
        "learning_rate": 0.01,
        "batch_size": 32,
        "epochs": 1,
        "patience": None,
    }


def two_epochs():
    return {**hyperparameters(), "epochs": 2}


def test_a_try_says_at_once_which_goals_are_met(folder, data, capsys):
    one = attempts.attempt(build_model, hyperparameters, data)
    printed = capsys.readouterr().out
    assert printed.startswith("Try 1\n")
    for words in ("validation accuracy at least 85 %", "training accuracy below 92 %"):
        assert words in printed
    assert "met      categorical cross-entropy is the loss" in printed
    assert one.number == 1
    assert set(one.curves) == {"loss", "val_loss", "accuracy", "val_accuracy"}


def test_tries_are_kept_with_what_they_changed_and_can_be_gone_back_to(folder, data, capsys):
    attempts.attempt(build_model, hyperparameters, data)
    attempts.attempt(build_with_dropout, two_epochs, data)
    kept = json.loads((folder / "tries.json").read_text())["tries"]
    assert [one["number"] for one in kept] == [1, 2]
    assert "- Dense 256 relu" in kept[0]["changed"]  # compared with the lesson's network
    assert kept[1]["changed"] == ["+ Dropout 0.25", "epochs 1 -> 2"]
    capsys.readouterr()
    attempts.go_back_to(2)
    code = capsys.readouterr().out
    assert "layers.Dropout(0.25)" in code
    assert '"epochs": 2' in code
    attempts.show_tries()
    assert capsys.readouterr().out.count("Try ") == 2


def test_a_try_is_compared_with_the_nearest_earlier_one_not_with_the_last(folder, data):
    attempts.attempt(build_model, hyperparameters, data)
    attempts.attempt(build_with_dropout, two_epochs, data)
    attempts.attempt(build_model, hyperparameters, data)
    last = json.loads((folder / "tries.json").read_text())["tries"][-1]
    assert (last["compared_with"], last["changed"]) == (1, [])
    assert "from try 1:<br>nothing" in attempts.table([last])


def test_the_first_network_can_be_gone_back_to_and_is_what_its_code_says(folder, capsys):
    attempts.go_back_to(0)
    made = {}
    exec("import keras\n" + capsys.readouterr().out, made)
    recipe = recipes.read(made["build_model"], made["hyperparameters"])
    first = recipes.read(experiment.build_big_model, lambda: experiment.BIG_HYPERPARAMETERS)
    assert recipes.layers_in_words(recipe) == recipes.layers_in_words(first)
    assert recipe["hyperparameters"] == first["hyperparameters"]


def test_nothing_else_is_left_in_the_folder(folder, data):
    attempts.attempt(build_model, hyperparameters, data)
    assert [path.name for path in folder.iterdir()] == ["tries.json"]


def test_a_damaged_record_is_set_aside_and_named(folder, data, capsys):
    for number in (1, 2):
        (folder / "tries.json").write_text('{"tries": [{"number"')
        attempts.attempt(build_model, hyperparameters, data)
        assert f"now has the name tries-damaged-{number}.json" in capsys.readouterr().out
    assert (folder / "tries-damaged-1.json").read_text() == '{"tries": [{"number"'
    assert len(json.loads((folder / "tries.json").read_text())["tries"]) == 1


def test_a_folder_that_cannot_be_written_costs_the_record_but_not_the_try(
    folder, data, capsys, monkeypatch
):
    (folder / "tries.json").mkdir()
    one = attempts.attempt(build_model, hyperparameters, data)
    assert one is not None
    assert "could not be kept" in capsys.readouterr().out


def test_unwritten_functions_are_asked_for_and_nothing_is_trained(folder, capsys):
    def not_written():
        raise NotImplementedError

    assert attempts.attempt(not_written, hyperparameters) is None
    assert attempts.attempt(build_model, not_written) is None
    assert capsys.readouterr().out == f"{attempts.NOT_WRITTEN}\n" * 2
    assert list(folder.iterdir()) == []


def test_what_is_not_allowed_is_said_in_one_sentence(folder, capsys):
    assert attempts.attempt(build_model, lambda: {**hyperparameters(), "epochs": 500}) is None
    assert capsys.readouterr().out == (
        'Not trained. "epochs" is 500: it must be a whole number from 1 to 60.\n'
    )


def test_the_folder_that_lessons_are_released_from_stays_clean(tmp_path, data, monkeypatch):
    (tmp_path / "nbgrader_config.py").touch()
    source = tmp_path / "solutions" / "05-overfitting"
    source.mkdir(parents=True)
    monkeypatch.chdir(source)
    monkeypatch.setattr(attempts, "_remembered", [])
    attempts.attempt(build_model, hyperparameters, data)
    assert list(source.iterdir()) == []
    assert len(attempts._remembered) == 1


def test_going_back_to_an_unknown_try_names_the_known_ones(folder, data, capsys):
    attempts.attempt(build_model, hyperparameters, data)
    capsys.readouterr()
    attempts.go_back_to(7)
    assert capsys.readouterr().out == ("There is no try 7 on record. The tries on record: 1.\n")


def test_an_empty_record_says_so(folder, capsys):
    attempts.show_tries()
    assert capsys.readouterr().out == "No try is on record yet.\n"


ENTRY = {
    "number": 1,
    "changed": ["+ Dropout 0.25", "<b>"],
    "layers": [],
    "hyperparameters": {},
    "epochs": 12,
    "source": "",
    "scores": {"train_accuracy": 0.7, "val_accuracy": 0.874, "val_loss": 0.5},
}


def test_the_table_holds_the_numbers_and_escapes_text():
    html = attempts.table([ENTRY])
    assert "<td>70.0 %</td><td>87.4 %</td><td>0.500</td><td>12</td><td>2 of 2</td>" in html
    assert "&lt;b&gt;" in html
    assert html.count("scope='col'") == 7


def test_changes_between_equal_tries_are_none():
    assert attempts.changes(ENTRY, ENTRY) == []


def test_before_and_after_are_compared_in_words(capsys):
    low, high = (
        dict.fromkeys(
            [
                "train_accuracy",
                "true_accuracy",
                "val_accuracy",
                "test_accuracy",
                "wrong_learnt",
                "train_loss",
                "val_loss",
            ],
            value,
        )
        for value in (0.2, 0.8)
    )
    attempts.compare(low, attempts.Try(1, {}, None, {}, high))
    printed = capsys.readouterr().out
    assert printed.count("higher than before") == 7
    attempts.compare(low, None)
    assert "Your own bars appear here" in capsys.readouterr().out
