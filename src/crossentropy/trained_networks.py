"""What trained networks reached and said, stored so that a lesson need not train them.

`data/DATASHEET.md` says how each was trained, and what the columns hold.
"""

from __future__ import annotations

import csv
import io
import zipfile

from crossentropy.data_folder import DataFileError, data_folder
import numpy as np


def load_networks() -> dict[str, dict[str, np.ndarray]]:
    """Load what six networks reached on the embedded images, each trained from ten seeds.

    Nothing is trained or downloaded: `data/compare_networks.py` trained them, and
    `data/DATASHEET.md` says how, and what each column holds.

    Returns
    -------
    dict of str to dict of str to numpy.ndarray
        By the name of a network and the name of a column, an array of shape (10,) in the order of
        the seeds: integers for `seed` and `epochs`, float64 for the rest.

    Raises
    ------
    DataFileError
        When `networks.csv` is missing or damaged.
    """
    return _table("networks.csv")


def load_runs() -> dict[str, dict[str, np.ndarray]]:
    """Load the measured trainings of lesson 05: each network to epoch 60, from several seeds.

    Nothing is trained or downloaded: `data/tune_experiment.py` trained them, and
    `data/DATASHEET.md` says how.

    Returns
    -------
    dict of str to dict of str to numpy.ndarray
        For each network an array of shape (seeds,) under seed; epochs, train, val and learnt (until
        early stopping ended the training: how many epochs, accuracy on the given training labels
        and on the validation images, share of the wrong labels that the network gives back);
        end_train, end_true, end_val and end_learnt (after epoch 60, with nothing to stop it);
        best_loss_epoch and best_accuracy_epoch (of the validation curves); and cpu_seconds.

    Raises
    ------
    DataFileError
        When `overfitting_runs.csv` is missing or damaged.
    """
    return _table("overfitting_runs.csv")


def load_logits(network: str) -> dict[str, np.ndarray]:
    """Load the scores that a network of `load_networks` gave before its softmax.

    Parameters
    ----------
    network : str
        "overfitted" or "dropout".

    Returns
    -------
    dict of str to numpy.ndarray
        Under "val" and "test": float32 of shape (5, 1000, 5), for the first five seeds, the images
        of that split in the order of `load_fashion5`, and the five classes. Each row has the
        mean 0, and was stored to about three digits.

    Raises
    ------
    DataFileError
        When `network_logits.npz` is missing or damaged.
    ValueError
        When no scores of this network are stored.
    """
    try:
        with np.load(io.BytesIO(_stored("network_logits.npz")), allow_pickle=False) as members:
            stored = {name: members[name].astype(np.float32) for name in members.files}
    except (EOFError, OSError, ValueError, zipfile.BadZipFile):
        raise DataFileError(_damaged("network_logits.npz")) from None
    names = sorted({name.split("/")[0] for name in stored})
    if network not in names:
        raise ValueError(f"Scores are stored of {' and '.join(names)}, not of {network!r}.")
    return {split: stored[f"{network}/{split}"] for split in ("val", "test")}


def _table(name):
    """Read a file with a row for each network and seed: network, then column, to an array."""
    networks: dict[str, dict[str, list]] = {}
    try:
        for row in csv.DictReader(io.StringIO(_stored(name).decode())):
            columns = networks.setdefault(row.pop("network"), {})
            for column, value in row.items():
                kind = int if column in ("seed", "epochs") else float
                columns.setdefault(column, []).append(kind(value))
    except (KeyError, TypeError, ValueError):
        networks = {}
    if not networks:
        raise DataFileError(_damaged(name))
    return {
        network: {column: np.array(values) for column, values in columns.items()}
        for network, columns in networks.items()
    }


def _stored(name):
    """Return the bytes of a file of the data folder."""
    try:
        return (data_folder() / name).read_bytes()
    except OSError:
        raise DataFileError(_damaged(name)) from None


def _damaged(name):
    return (
        f"The file {data_folder() / name} is missing or damaged: restore it with "
        f"`git checkout -- data/{name}`, or install the package again."
    )
