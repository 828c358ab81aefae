"""The experiment runs on colour photographs too, from `load_cifar5` to the grade."""

import hashlib

from cifar_archive import run_with_cifar, write_cifar_archive
import pytest

EXPERIMENT = """
from types import SimpleNamespace
from crossentropy import experiment
from keras import layers
from small_experiment import hyperparameters, small_model

images = vars(load_cifar5())
# Fewer of them, so that a training takes a second.
data = SimpleNamespace(**{n: v[:600] if n[:2] in ("x_", "y_") else v for n, v in images.items()})

def build_model():
    more = layers.BatchNormalization(momentum=0.9), layers.Dense(32, activation="relu")
    return small_model(*more, image=(32, 32, 3))

def chosen():
    return hyperparameters(batch_size=100, epochs=12)

print(experiment.build_big_model(data.x_train.shape[1:]).output_shape)
after = experiment.attempt(build_model, chosen, data=data)
before = experiment.build_big_model(data.x_train.shape[1:])
experiment.compare(before, after, data)
earned = experiment.points(build_model, chosen, out_of=20, data=data)
print("points", type(earned).__name__, earned)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cifar") / "05-overfitting"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def printed(folder):
    archive = folder / "cifar-10-python.tar.gz"
    write_cifar_archive(archive)
    sha256 = hashlib.sha256(archive.read_bytes()).hexdigest()
    support = __import__("small_experiment").__file__.rpartition("/")[0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", support)
        return run_with_cifar(EXPERIMENT, folder, archive.as_uri(), sha256).stdout


def test_the_experiment_runs_on_cifar_from_loading_to_the_grade(printed, folder):
    assert "(None, 5)" in printed
    assert "Try 1 (seed 0)" in printed
    assert "test accuracy" in printed
    assert "Your network, trained again from random weights" in printed
    assert (folder / "tries.json").exists()


def test_points_are_a_plain_float_as_nbgrader_wants_it(printed):
    kind, earned = printed.rpartition("points ")[2].split()
    assert kind == "float"
    # The archive's images show their class, so even a tiny network learns it.
    assert 0 < float(earned) <= 20
