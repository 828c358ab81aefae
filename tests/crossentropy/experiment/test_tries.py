"""A learner's tries: trained in view, recorded with what they changed, shown, compared."""

import contextlib
import io
import json
from pathlib import Path
import shutil
from types import SimpleNamespace

from crossentropy import own_folder
from crossentropy.experiment import big_network, record, tries
from crossentropy.experiment import recipe as recipes
import pytest
from small_experiment import hyperparameters, small_data, small_model, with_dropout

build_model = small_model
build_with_dropout = with_dropout


@pytest.fixture(scope="module")
def data():
    return small_data()


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    folder = tmp_path / "05-overfitting"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setattr(record, "_remembered", [])
    return folder


@contextlib.contextmanager
def in_a_folder(tmp_path_factory):
    """Work in a learner's folder whose tries tests share; give it, what is printed, and a patch."""
    folder = tmp_path_factory.mktemp("shared") / "05-overfitting"
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(io.StringIO()) as out:
        patch.chdir(folder)
        patch.setattr(own_folder, "home", Path.cwd)
        patch.setattr(record, "_remembered", [])
        yield folder, out, patch


@pytest.fixture(scope="module")
def made(data, tmp_path_factory):
    """Two tries, trained once: the results, what was printed, and the folder with their record."""
    with in_a_folder(tmp_path_factory) as (folder, out, _):
        first = attempt(build_model, one_epoch, data)
        printed = out.getvalue()
        attempt(build_with_dropout, two_epochs, data)
    return SimpleNamespace(first=first, printed=printed, folder=folder)


@pytest.fixture
def two_tries(made, folder):
    """A learner's folder with both tries on record; it is the working directory."""
    shutil.copy(made.folder / "tries.json", folder)
    return made


@pytest.fixture(scope="module")
def to_the_end(data, tmp_path_factory):
    """A try to the end, trained once: its record, and what was printed."""
    with in_a_folder(tmp_path_factory) as (folder, out, patch):
        patch.setattr(tries.training, "LAST_EPOCH", 20)
        attempt(build_model, one_epoch, data, to_the_end=True)
    return SimpleNamespace(record=on_record(folder), printed=out.getvalue())


def two_epochs():
    return hyperparameters(epochs=2)


def one_epoch():
    return hyperparameters(epochs=1)


def attempt(build_model, hyperparameters, data, **options):
    return tries.attempt(build_model, hyperparameters, data=data, **options)


def on_record(folder):
    return json.loads((folder / "tries.json").read_text())["tries"]


def test_a_try_says_at_once_which_goals_are_met_and_by_how_much(made):
    assert made.printed.startswith("Try 1 (seed 0)\n")
    for words in ("validation accuracy at least 85 %: ≈ ", "training accuracy below 92 %: ≈ "):
        assert words in made.printed
    assert made.first.number == 1
    assert set(made.first.curves) == {"loss", "val_loss", "accuracy", "val_accuracy"}


def test_a_seed_of_ones_own_is_used_told_and_recorded(folder, data, capsys):
    losses = [attempt(build_with_dropout, one_epoch, data, seed=seed).curves for seed in (0, 7)]
    assert losses[0] != losses[1]
    assert "Try 2 (seed 7)" in capsys.readouterr().out
    assert [one["seed"] for one in on_record(folder)] == [0, 7]


def test_tries_are_kept_with_what_they_changed_and_can_be_gone_back_to(two_tries, folder, capsys):
    kept = on_record(folder)
    assert [one["number"] for one in kept] == [1, 2]
    assert "- Dense 256 relu" in kept[0]["changed"]  # compared with the lesson's network
    assert kept[1]["changed"] == ["+ Dropout 0.25", "epochs 1 -> 2"]
    tries.go_back_to(2)
    code = capsys.readouterr().out
    assert "layers.Dropout(0.25)" in code
    assert "hyperparameters(epochs=2)" in code
    tries.show_tries()
    assert capsys.readouterr().out.count("Try ") == 2


def test_a_try_is_compared_with_the_nearest_earlier_one_not_with_the_last(two_tries, folder, data):
    attempt(build_model, one_epoch, data, seed=1)
    last = on_record(folder)[-1]
    assert (last["compared_with"], last["changed"]) == (1, [])


def test_the_same_network_and_seed_once_more_is_no_new_try(two_tries, folder, data, capsys):
    again = attempt(build_model, one_epoch, data)
    assert "This is try 1 again" in capsys.readouterr().out
    assert again.number == 1
    assert again.curves == two_tries.first.curves
    assert len(on_record(folder)) == 2


def test_nothing_is_trained_or_recorded_while_nbgrader_validates(folder, data, capsys, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    assert attempt(build_model, one_epoch, data) is None
    assert capsys.readouterr().out.startswith("Not trained: this notebook is being validated")
    assert list(folder.iterdir()) == []


def test_the_record_holds_nothing_about_the_test_images(to_the_end):
    assert "test" not in json.dumps({**to_the_end.record[0], "source": ""})


def test_a_try_to_the_end_measures_a_third_goal(to_the_end):
    assert "trained to the end, validation accuracy still" in to_the_end.printed
    [one] = to_the_end.record
    assert one["epochs"] == 1
    assert one["end_accuracy"] > one["scores"]["val_accuracy"]


def test_a_try_has_the_computing_time_that_the_grade_has(data, capsys, monkeypatch):
    monkeypatch.setattr(tries.training.TimeLimit.__init__, "__defaults__", (0.0, None))
    attempt(build_model, lambda: hyperparameters(epochs=60), data)
    assert "ended after 180 s of computing, the limit for a try and for the grade" in (
        capsys.readouterr().out
    )


def test_the_first_network_can_be_gone_back_to_and_is_what_its_code_says(capsys):
    tries.go_back_to(0)
    made = {}
    exec("import keras\n" + capsys.readouterr().out, made)
    recipe = recipes.read(made["build_model"], made["hyperparameters"])
    first = recipes.read(big_network.build_big_model, lambda: big_network.BIG_HYPERPARAMETERS)
    assert recipes.key(recipe) == recipes.key(first)


def test_nothing_else_is_left_in_the_folder(made):
    assert [path.name for path in made.folder.iterdir()] == ["tries.json"]


def test_a_folder_that_cannot_be_written_costs_the_record_but_not_the_try(folder, data, capsys):
    (folder / "tries.json").mkdir()
    one = attempt(build_model, one_epoch, data)
    assert one is not None
    assert "tries.json" in capsys.readouterr().out


def test_unwritten_functions_are_asked_for_and_nothing_is_trained(folder, capsys):
    def not_written():
        raise NotImplementedError

    assert tries.attempt(not_written, hyperparameters) is None
    assert tries.attempt(build_model, not_written) is None
    assert capsys.readouterr().out == f"{tries.NOT_WRITTEN}\n" * 2
    assert list(folder.iterdir()) == []


def test_what_is_not_allowed_is_said_in_one_sentence(capsys):
    assert tries.attempt(build_model, lambda: hyperparameters(epochs=500)) is None
    assert capsys.readouterr().out == (
        'Not trained. "epochs" is 500: it must be a whole number from 1 to 60.\n'
    )


def test_going_back_to_an_unknown_try_names_the_known_ones(two_tries, capsys):
    tries.go_back_to(7)
    assert capsys.readouterr().out == "There is no try 7 on record. The tries on record: 1, 2.\n"


def test_an_empty_record_says_so(capsys):
    tries.show_tries()
    assert capsys.readouterr().out == "No try is on record yet.\n"


def test_before_and_after_are_compared_in_numbers(data, capsys):
    class Network:
        def __init__(self, answers):
            self.answers = answers

        def predict(self, x, **options):
            return self.answers

    before, after = Network(data.y_train), Network(data.y_train_true)
    tries.compare(before, tries.Try(1, after, {}, {}), data)
    printed = capsys.readouterr().out
    assert "training accuracy, given labels     ≈ 1.000  ≈ 0.750" in printed
    assert "test accuracy                       ≈ 0.750  ≈ 1.000" in printed
    tries.compare(before, None, data)
    assert "Your own numbers appear here" in capsys.readouterr().out
