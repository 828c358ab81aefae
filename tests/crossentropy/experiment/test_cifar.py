"""The experiment runs on colour photographs too, from `load_cifar5` to the grade."""

import hashlib

from cifar_archive import run_with_cifar, write_cifar_archive

EXPERIMENT = """
from crossentropy import experiment
from keras import layers
from small_experiment import hyperparameters, small_model

data = load_cifar5()

def build_model():
    more = layers.BatchNormalization(momentum=0.9), layers.Dense(32, activation="relu")
    return small_model(*more, image=(32, 32, 3))

def chosen():
    return hyperparameters(batch_size=512, epochs=12)

print(experiment.build_big_model(data.x_train.shape[1:]).output_shape)
after = experiment.attempt(build_model, chosen, data=data)
before = experiment.build_big_model(data.x_train.shape[1:])
experiment.compare(before, after, data)
print("points", experiment.points(build_model, chosen, data=data))
"""


def test_the_experiment_runs_on_cifar_from_loading_to_the_grade(tmp_path, monkeypatch):
    folder = tmp_path / "05-overfitting"
    folder.mkdir()
    archive = folder / "cifar-10-python.tar.gz"
    write_cifar_archive(archive)
    sha256 = hashlib.sha256(archive.read_bytes()).hexdigest()
    support = __import__("small_experiment").__file__.rpartition("/")[0]
    monkeypatch.setenv("PYTHONPATH", support)
    printed = run_with_cifar(EXPERIMENT, folder, archive.as_uri(), sha256).stdout
    assert "(None, 5)" in printed
    assert "Try 1 (seed 0)" in printed
    assert "test accuracy" in printed
    assert "Your network, trained again from random weights" in printed
    # The archive's images show their class, so even a tiny network learns it.
    assert float(printed.rpartition("points ")[2]) > 0
    assert (folder / "tries.json").exists()
