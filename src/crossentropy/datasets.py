"""The images that the lessons train on: one set that is embedded, and one to download.

Both have five classes, few images, and training labels of which a known share is wrong on purpose.
Wrong labels are what makes memorising visible: a network that fits them all must have learnt
nonsense, and it pays for it on the clean validation images. `data/DATASHEET.md` tells the story.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
import hashlib
import io

from crossentropy.data_folder import DataFileError, data_folder
import numpy as np

FASHION5_SHA256 = "8cc4c8d011c20a47314867fa6ee97c0fd350b8c7fe534f2f33af337dadbbd038"
FASHION5_NAMES = ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat")
CIFAR5_NAMES = ("airplane", "automobile", "bird", "cat", "deer")

TRAIN_PER_CLASS = 600
VALIDATION_PER_CLASS = 200
TEST_PER_CLASS = 200
WRONG_PER_CLASS = 180  # training images of each class that carry a wrong label
SEED = 2017


class DownloadError(Exception):
    """Images could not be downloaded; the message names the set that needs no network."""


@dataclass(frozen=True, eq=False)
class ImageSet:
    """Images and labels of a classification task, in three splits without a common image.

    Attributes
    ----------
    x_train, x_val, x_test : numpy.ndarray, shape (N, height, width, channels), float32
        Images, values in [0, 1].
    y_train : numpy.ndarray, shape (N, classes), float32
        One-hot training labels **with the wrong ones in them**: what a network is trained on.
    y_train_true : numpy.ndarray, shape (N, classes), float32
        One-hot true labels of the same images, in the same order.
    y_val, y_test : numpy.ndarray, shape (N, classes), float32
        One-hot labels, none of them changed.
    class_names : tuple of str
        Name of each column of the labels.
    name : str
        Of the set: "fashion5" or "cifar5".
    """

    x_train: np.ndarray
    y_train: np.ndarray
    y_train_true: np.ndarray
    x_val: np.ndarray
    y_val: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray
    class_names: tuple
    name: str

    def __repr__(self):
        shapes = [
            f"{field.name} {getattr(self, field.name).shape}"
            for field in fields(self)
            if field.name not in ("class_names", "name")
        ]
        return f"ImageSet({', '.join(shapes)}, classes: {', '.join(self.class_names)})"


def load_fashion5() -> ImageSet:
    """Load the embedded images: five kinds of clothes from Fashion-MNIST.

    3,000 training images (600 a class, of which 180 carry a wrong label), 1,000 validation images
    and 1,000 test images, each 28 x 28 in one channel. Nothing is downloaded. Every call gives
    new arrays, so changing them changes nothing for the next call.

    Returns
    -------
    ImageSet
        Images of shape (N, 28, 28, 1), labels of shape (N, 5), all float32.

    Raises
    ------
    DataFileError
        When `fashion5.npz` is missing or is not the file that belongs to this version.
    """
    path = data_folder() / "fashion5.npz"
    repair = "restore it with `git checkout -- data/fashion5.npz`, or install the package again"
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise DataFileError(f"The image file {path} is missing: {repair}.") from None
    except OSError as problem:
        raise DataFileError(
            f"The image file {path} cannot be read ({problem.strerror}): {repair}."
        ) from problem
    if hashlib.sha256(content).hexdigest() != FASHION5_SHA256:
        raise DataFileError(
            f"The image file {path} is damaged or of another version (its sha256 is not the one "
            f"that belongs here): {repair}."
        )
    return _as_image_set(_unpacked(content), FASHION5_NAMES, "fashion5")


@lru_cache(maxsize=1)
def _unpacked(content):
    """Return the arrays in a file; to unpack them takes a tenth of a second, so once."""
    with np.load(io.BytesIO(content), allow_pickle=False) as members:
        return dict(members)


def load_cifar5() -> ImageSet:
    """Download CIFAR-10 and take its classes 0 to 4, prepared like the embedded images.

    **This needs the network at the first call**: Keras fetches about 170 MB, says so with a
    progress bar, and keeps them in `~/.keras` (or `$KERAS_HOME`) for later calls. The images
    are harder than clothes, so the goals of lesson 05 are not promised to be in reach here.

    As in the embedded set, 600 training images a class are drawn from the original training split
    and 180 of them get a wrong label on purpose, equally often each of the other four; 200
    validation and 200 test images a class come from the original test split and keep their labels.
    The draw is the same every time.

    Returns
    -------
    ImageSet
        Images of shape (N, 32, 32, 3), labels of shape (N, 5), all float32.

    Raises
    ------
    DownloadError
        When the download fails, with the name of the set that needs no network.
    """
    from keras.datasets import cifar10  # here, because it imports TensorFlow

    try:
        (images, labels), (test_images, test_labels) = cifar10.load_data()
    except Exception as problem:  # Keras raises a bare Exception when a download fails
        raise DownloadError(
            "CIFAR-10 could not be downloaded; check the network and call load_cifar5() again, "
            "or use load_fashion5(), which is embedded and needs no network."
        ) from problem
    return _as_image_set(
        draw_splits(images, labels.ravel(), test_images, test_labels.ravel()),
        CIFAR5_NAMES,
        "cifar5",
    )


def draw_splits(
    images: np.ndarray, labels: np.ndarray, test_images: np.ndarray, test_labels: np.ndarray
) -> dict[str, np.ndarray]:
    """Draw the training, validation and test images of a set, and mislabel some on purpose.

    Training images come from the original training split, validation and test images from the
    original test split, so no image can be in two. The draw depends on nothing but the arguments.

    Parameters
    ----------
    images, test_images : numpy.ndarray, shape (N, height, width[, channels]), uint8
        The original splits.
    labels, test_labels : numpy.ndarray, shape (N,), integers
        Their classes; those from 5 on are left out.

    Returns
    -------
    dict of str to numpy.ndarray
        `x_train`, `x_val`, `x_test` as given; `y_train` (with wrong labels),
        `y_train_true`, `y_val`, `y_test`, shape (N,), uint8.
    """
    # The old generator, because its stream is frozen: no later NumPy draws other images.
    random = np.random.RandomState(SEED)
    (train,) = _draw(labels, [TRAIN_PER_CLASS], random)
    validation, test = _draw(test_labels, [VALIDATION_PER_CLASS, TEST_PER_CLASS], random)
    true = labels[train].astype(np.uint8)
    return {
        "x_train": images[train],
        "y_train": _mislabel(true, random),
        "y_train_true": true,
        "x_val": test_images[validation],
        "y_val": test_labels[validation].astype(np.uint8),
        "x_test": test_images[test],
        "y_test": test_labels[test].astype(np.uint8),
    }


def _draw(labels, sizes, random):
    """Return disjoint groups of places, each with `size` of every class, classes mixed."""
    groups = [[] for _ in sizes]
    for wanted in range(5):
        places = random.permutation(np.flatnonzero(labels == wanted))
        for group, size in zip(groups, sizes, strict=True):
            group.append(places[:size])
            places = places[size:]
    return [random.permutation(np.concatenate(group)) for group in groups]


def _mislabel(true, random):
    """Return labels of which some of each class are wrong, each other class equally often."""
    wrong = true.copy()
    for actual in range(5):
        chosen = random.permutation(np.flatnonzero(true == actual))[:WRONG_PER_CLASS]
        others = [other for other in range(5) if other != actual]
        # A quarter for each other class keeps the labels balanced: no class looks more frequent.
        wrong[chosen] = np.repeat(others, WRONG_PER_CLASS // 4)
    return wrong


def _as_image_set(members, class_names, name):
    """Turn the stored bytes into what a network takes."""
    one_hot = np.eye(len(class_names), dtype=np.float32)

    def images(part):
        values = members[part].astype(np.float32) / np.float32(255)
        return values if values.ndim == 4 else values[..., np.newaxis]

    arrays = {part: images(part) for part in ("x_train", "x_val", "x_test")}
    for part in ("y_train", "y_train_true", "y_val", "y_test"):
        arrays[part] = one_hot[members[part]]
    return ImageSet(**arrays, class_names=class_names, name=name)
