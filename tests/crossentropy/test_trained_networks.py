"""The stored networks are what their datasheet says, and the script measures what it names."""

import importlib.util
import shutil

from crossentropy import trained_networks
from crossentropy.data_folder import DataFileError, data_folder
from crossentropy.datasets import load_fashion5
from crossentropy.pictures import explore_seeds
from crossentropy.trained_networks import load_logits, load_networks
import keras
import numpy as np
import pytest

DATASHEET = (data_folder() / "DATASHEET.md").read_text(encoding="utf-8")
NETWORKS = load_networks()


@pytest.fixture(scope="module")
def script():
    """The script that trains and measures the networks, as a module."""
    place = data_folder() / "compare_networks.py"
    specification = importlib.util.spec_from_file_location("compare_networks", place)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def fashion5():
    return load_fashion5()


@pytest.fixture
def own_data(tmp_path, monkeypatch):
    """A data folder of our own, which a test may damage."""
    for name in ("networks.csv", "network_logits.npz"):
        shutil.copy(data_folder() / name, tmp_path)
    monkeypatch.setattr(trained_networks, "data_folder", lambda: tmp_path)
    return tmp_path


def test_each_network_was_trained_from_the_same_ten_seeds(script):
    assert list(NETWORKS) == list(script.NETWORKS)
    for columns in NETWORKS.values():
        assert columns["seed"].tolist() == list(range(10))


def test_each_column_is_explained_in_the_datasheet():
    for column in NETWORKS["dropout"]:
        assert f"`{column}`" in DATASHEET


def test_the_tables_of_the_datasheet_are_made_from_the_stored_rows(script):
    for columns in script.SUMMARIES:
        assert script.summary(NETWORKS, columns) in DATASHEET


def test_shares_lie_between_0_and_1_and_nothing_is_missing():
    for columns in NETWORKS.values():
        for name, values in columns.items():
            assert np.all(np.isfinite(values))
            if "accuracy" in name or "ece" in name or "wrong" in name:
                assert np.all((values >= 0) & (values <= 1))


@pytest.mark.parametrize("network", ["overfitted", "dropout"])
@pytest.mark.parametrize("split", ["val", "test"])
def test_the_stored_scores_give_the_numbers_of_their_rows(network, split, fashion5, script):
    labels = getattr(fashion5, f"y_{split}").argmax(axis=1)
    scores = load_logits(network)[split]
    assert scores.shape == (5, 1000, 5)
    for seed, ones in enumerate(scores):
        row = {name: values[seed] for name, values in NETWORKS[network].items()}
        accuracy = np.mean(ones.argmax(axis=1) == labels)
        assert accuracy == pytest.approx(row[f"{split}_accuracy"], abs=0.0011)
        loss = script.example_losses(ones, labels).mean()
        assert loss == pytest.approx(row[f"{split}_loss"], abs=0.002)
        error = script.calibration_error(ones, labels)
        assert error == pytest.approx(row[f"{split}_ece"], abs=0.004)
        if split == "val":
            best = script.best_temperature(ones, labels)
            assert best == pytest.approx(row["temperature"], rel=0.01)


def test_scores_of_a_network_that_has_none_stored_are_refused():
    with pytest.raises(ValueError, match="Scores are stored of dropout and overfitted, not of 'b"):
        load_logits("both")


@pytest.mark.parametrize("name", ["networks.csv", "network_logits.npz"])
@pytest.mark.parametrize("content", [None, b"", b"network,seed\ndropout,none\n"])
def test_a_missing_or_damaged_file_is_named_with_its_repair(own_data, name, content):
    (own_data / name).unlink()
    if content is not None:
        (own_data / name).write_bytes(content)
    with pytest.raises(DataFileError, match=f"git checkout -- data/{name}"):
        load_networks() if name == "networks.csv" else load_logits("dropout")


def test_normalization_stands_between_the_convolution_and_its_activation(script):
    kinds = [type(layer).__name__ for layer in script.small_network(normalization=True).layers]
    places = [place for place, kind in enumerate(kinds) if kind == "BatchNormalization"]
    assert len(places) == 2
    for place in places:
        assert (kinds[place - 1], kinds[place + 1]) == ("Conv2D", "ReLU")


def test_the_networks_differ_only_in_the_two_ingredients(script):
    def kinds(name):
        return [type(layer).__name__ for layer in script.NETWORKS[name]().layers]

    plain = kinds("early stopping only")
    assert [kind for kind in kinds("dropout") if kind != "Dropout"] == plain
    assert [k for k in kinds("both") if k not in ("Dropout", "BatchNormalization")] == plain
    assert kinds("both").count("Dropout") == kinds("dropout").count("Dropout") == 3


def test_the_best_temperature_of_honest_scores_made_sharper_is_the_factor(script):
    random = np.random.default_rng(0)
    honest = random.normal(0, 2, (40_000, 4))
    labels = (random.gumbel(size=honest.shape) + honest).argmax(axis=1)
    assert script.best_temperature(3 * honest, labels) == pytest.approx(3, rel=0.03)


def test_the_calibration_error_weighs_the_gap_of_each_bin(script):
    # Two bins: sure by 0.75 and right 1 time in 2; sure by 0.55 and right 2 times in 2.
    logits = np.log([[0.75, 0.25], [0.75, 0.25], [0.55, 0.45], [0.55, 0.45]])
    error = script.calibration_error(logits, np.array([0, 1, 0, 0]))
    assert error == pytest.approx(0.5 * 0.25 + 0.5 * 0.45)


def test_the_losses_are_those_of_keras(script):
    random = np.random.default_rng(1)
    logits, labels = random.normal(0, 5, (50, 5)), random.integers(0, 5, 50)
    theirs = keras.losses.SparseCategoricalCrossentropy(from_logits=True, reduction="none")
    np.testing.assert_allclose(
        script.example_losses(logits, labels), theirs(labels, logits), rtol=1e-5, atol=1e-6
    )


def test_wrong_labels_are_counted_among_the_highest_training_losses(script, fashion5):
    # A network that knows the truth, and one that has learnt every given label.
    honest, memoriser = (
        script.measure(
            "dropout",
            0,
            {
                "train": 9 * knows,
                "val": 9 * fashion5.y_val,
                "test": 9 * fashion5.y_test,
                "loss": [1.0],
            },
            fashion5,
        )
        for knows in (fashion5.y_train_true, fashion5.y_train)
    )
    assert honest["wrong_in_top_200"] == honest["wrong_in_top_900"] == 1
    assert (honest["wrong_learnt"], honest["train_accuracy"], honest["true_accuracy"]) == (
        0,
        0.7,
        1,
    )
    assert memoriser["wrong_in_top_200"] == pytest.approx(0.3, abs=0.1)
    assert memoriser["wrong_learnt"] == memoriser["train_accuracy"] == 1


def test_the_seeds_picture_shows_what_lesson_06_says_about_it():
    names = ("early stopping only", "dropout", "batch normalization", "both")
    accuracy = {name: NETWORKS[name]["val_accuracy"] for name in names}
    first, verdicts = {1: set(), 5: set()}, {name: [] for name in names if name != "dropout"}
    for count in first:
        for draw in range(1, 11):
            seeds = explore_seeds.chosen_seeds(10, count, draw)
            means = {name: values[seeds].mean() for name, values in accuracy.items()}
            first[count].add(max(means, key=means.get))
            if count == 5:
                assert min(means, key=means.get) == "batch normalization"
                for name in verdicts:
                    one = explore_seeds.compared(accuracy[name][seeds], accuracy["dropout"][seeds])
                    verdicts[name].append(one.verdict)
    assert len(first[1]) == 3
    assert first[5] == {"dropout"}
    assert verdicts["batch normalization"].count("worse") == 9
    assert 3 <= verdicts["both"].count("worse") <= 7
    assert 3 <= verdicts["early stopping only"].count("worse") <= 7

    def by_loss(name):
        losses = NETWORKS[name]["val_loss"], NETWORKS["dropout"]["val_loss"]
        return explore_seeds.compared(*losses, better=-1).verdict

    assert by_loss("early stopping only") == by_loss("batch normalization") == "cannot be told"
    assert by_loss("both") == "worse"
