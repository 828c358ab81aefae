"""The images of the lessons are what their datasheet says, and a damaged file is refused."""

import hashlib
import importlib.util
import os
from pathlib import Path
import shutil
import subprocess
import sys

from cifar_archive import run_with_cifar, write_cifar_archive
from crossentropy import datasets
from crossentropy.data_folder import DataFileError, data_folder
from crossentropy.datasets import load_fashion5
import numpy as np
import pytest

SOURCE = Path(datasets.__file__).resolve().parent
DATASHEET = (data_folder() / "DATASHEET.md").read_text(encoding="utf-8")
SPLITS = ("train", "val", "test")


@pytest.fixture(scope="module")
def fashion5():
    """The embedded images, read once for the tests that only look at them."""
    return load_fashion5()


@pytest.fixture(scope="module")
def builder():
    """The script that builds the embedded file, as a module."""
    place = data_folder() / "build_fashion5.py"
    specification = importlib.util.spec_from_file_location("build_fashion5", place)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture
def own_data(tmp_path, monkeypatch):
    """A data folder of our own, which a test may damage."""
    shutil.copy(data_folder() / "fashion5.npz", tmp_path)
    monkeypatch.setattr(datasets, "data_folder", lambda: tmp_path)
    return tmp_path


def images_of(image_set):
    """The bytes of every image, split by split."""
    return {
        split: [image.tobytes() for image in getattr(image_set, f"x_{split}")] for split in SPLITS
    }


def sha256_of(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def columns(one_hot):
    """Class numbers of one-hot rows."""
    return one_hot.argmax(axis=1)


# What is in the set


@pytest.mark.parametrize(("split", "size"), [("train", 3000), ("val", 1000), ("test", 1000)])
def test_a_split_has_the_shapes_and_dtypes_that_a_network_takes(fashion5, split, size):
    images, labels = getattr(fashion5, f"x_{split}"), getattr(fashion5, f"y_{split}")
    assert images.shape == (size, 28, 28, 1)
    assert labels.shape == (size, 5)
    assert images.dtype == labels.dtype == np.float32


def test_the_true_training_labels_have_the_form_of_the_others(fashion5):
    assert fashion5.y_train_true.shape == (3000, 5)
    assert fashion5.y_train_true.dtype == np.float32


@pytest.mark.parametrize("split", SPLITS)
def test_pixels_fill_the_range_from_0_to_1(fashion5, split):
    images = getattr(fashion5, f"x_{split}")
    assert images.min() == 0
    assert images.max() == 1


@pytest.mark.parametrize("name", ["y_train", "y_train_true", "y_val", "y_test"])
def test_labels_are_one_hot(fashion5, name):
    labels = getattr(fashion5, name)
    assert set(np.unique(labels)) == {0, 1}
    assert (labels.sum(axis=1) == 1).all()


@pytest.mark.parametrize("name", ["y_train", "y_train_true", "y_val", "y_test"])
def test_each_class_has_a_fifth_of_the_labels(fashion5, name):
    labels = getattr(fashion5, name)
    assert (labels.sum(axis=0) == len(labels) / 5).all()


def test_classes_are_mixed_in_every_split(fashion5):
    for name in ("y_train_true", "y_val", "y_test"):
        first = columns(getattr(fashion5, name))[:100]
        assert set(first) == {0, 1, 2, 3, 4}, name


def test_the_class_names_are_those_of_the_datasheet(fashion5):
    assert fashion5.class_names == ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat")
    for number, name in enumerate(fashion5.class_names):
        assert f"| {number} | {name} |" in DATASHEET


def test_no_image_is_in_the_set_twice(fashion5):
    images = [image for split in images_of(fashion5).values() for image in split]
    assert len(set(images)) == len(images) == 5000


# The wrong labels


def test_the_share_of_wrong_labels_is_the_one_of_the_datasheet(fashion5):
    wrong = (columns(fashion5.y_train) != columns(fashion5.y_train_true)).mean()
    assert f"**{wrong:.1%}** of the training labels are wrong" in DATASHEET
    assert 0.25 <= wrong <= 0.30


def test_every_class_is_mistaken_equally_often_for_each_other_class(fashion5):
    mistaken = fashion5.y_train_true.T @ fashion5.y_train
    off_diagonal = mistaken[~np.eye(5, dtype=bool)]
    assert (off_diagonal == datasets.WRONG_PER_CLASS / 4).all()


def test_wrong_labels_do_not_crowd_at_one_end_of_the_training_images(fashion5):
    wrong = columns(fashion5.y_train) != columns(fashion5.y_train_true)
    halves = wrong[:1500].mean(), wrong[1500:].mean()
    assert abs(halves[0] - halves[1]) < 0.05


# How it behaves


def test_a_changed_array_does_not_change_the_next_load():
    changed = load_fashion5()
    changed.x_train[:] = 0
    changed.y_train[:] = 0
    again = load_fashion5()
    assert again.x_train.any()
    assert again.y_train.any()


def test_training_labels_can_be_changed_without_changing_the_true_ones():
    image_set = load_fashion5()
    before = image_set.y_train_true.copy()
    image_set.y_train[:] = 0
    assert np.array_equal(image_set.y_train_true, before)


def test_an_attribute_cannot_be_replaced_by_mistake(fashion5):
    with pytest.raises(AttributeError):
        fashion5.x_train = None


def test_the_set_describes_itself_in_a_line(fashion5):
    assert repr(fashion5).startswith("ImageSet(x_train (3000, 28, 28, 1), ")
    assert "\n" not in repr(fashion5)


def test_loading_does_not_import_tensorflow():
    program = (
        "import sys; from crossentropy.datasets import load_fashion5; load_fashion5();"
        "sys.exit('tensorflow' in sys.modules or 'keras' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_it_is_found_from_another_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert len(load_fashion5().x_train) == 3000


def test_it_is_found_where_a_wheel_puts_it(tmp_path):
    site = tmp_path / "site-packages"
    shutil.copytree(SOURCE, site / "crossentropy")
    shutil.copytree(data_folder(), site / "crossentropy" / "data")
    program = (
        "from crossentropy import data_folder, datasets; datasets.load_fashion5();"
        "print(datasets.__file__); print(data_folder.data_folder())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=True,
    )
    module, folder = done.stdout.splitlines()
    assert module == str(site / "crossentropy" / "datasets.py")
    assert folder == str(site / "crossentropy" / "data")


# A file that is not as it should be


def one_sentence(error):
    """The message, after checking that it is a single sentence."""
    message = str(error.value)
    assert message.endswith(".")
    assert "\n" not in message
    return message


def test_a_missing_file_is_named_with_what_to_do(own_data):
    (own_data / "fashion5.npz").unlink()
    with pytest.raises(DataFileError) as error:
        load_fashion5()
    message = one_sentence(error)
    assert f"{own_data / 'fashion5.npz'} is missing" in message
    assert "git checkout -- data/fashion5.npz" in message


def test_a_folder_in_place_of_the_file_is_named_with_what_to_do(own_data):
    (own_data / "fashion5.npz").unlink()
    (own_data / "fashion5.npz").mkdir()
    with pytest.raises(DataFileError, match="cannot be read") as error:
        load_fashion5()
    one_sentence(error)


def cut_in_half(content):
    return content[: len(content) // 2]


def flip_one_bit(content):
    place = len(content) // 2
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def empty(content):
    return b""


@pytest.mark.parametrize("damage", [cut_in_half, flip_one_bit, empty])
def test_a_damaged_file_is_refused_with_what_to_do(own_data, damage):
    path = own_data / "fashion5.npz"
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(DataFileError) as error:
        load_fashion5()
    message = one_sentence(error)
    assert f"{path} is damaged" in message
    assert "git checkout -- data/fashion5.npz" in message


def test_a_damaged_file_is_left_as_it_is(own_data):
    path = own_data / "fashion5.npz"
    path.write_bytes(b"not an archive")
    with pytest.raises(DataFileError):
        load_fashion5()
    assert path.read_bytes() == b"not an archive"


# How it is built


def test_the_datasheet_gives_the_hash_of_the_file():
    path = data_folder() / "fashion5.npz"
    assert f"`{sha256_of(path)}`" in DATASHEET
    assert f"{path.stat().st_size} bytes" in DATASHEET


def test_the_file_is_small_enough_for_a_repository():
    assert (data_folder() / "fashion5.npz").stat().st_size <= 4_000_000


def test_the_datasheet_gives_the_hash_of_each_original(builder):
    for name, sha256 in builder.SHA256.items():
        assert f"| `{name}` | `{sha256}` |" in DATASHEET


@pytest.fixture
def originals(builder):
    """The folder with the original Fashion-MNIST files."""
    if not builder.ORIGINALS.is_dir():
        missing = (
            "the rebuild of fashion5.npz was not compared: the original files are not in "
            f"{builder.ORIGINALS} (Debian's package dataset-fashion-mnist puts them there)"
        )
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return builder.ORIGINALS


def run_builder(*arguments):
    """Run the building script as a person would."""
    return subprocess.run(
        [sys.executable, data_folder() / "build_fashion5.py", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_building_it_again_gives_the_same_bytes(originals, tmp_path):
    again = tmp_path / "again.npz"
    done = run_builder(originals, "--output", again)
    assert done.returncode == 0, done.stderr
    # Hashes, since pytest takes minutes to explain how two files of megabytes differ.
    assert sha256_of(again) == sha256_of(data_folder() / "fashion5.npz")


def test_every_image_carries_its_original_label(originals, builder, fashion5):
    true = {}
    for split in ("train", "t10k"):
        images, labels = builder.read_split(originals, split)
        scaled = images.astype(np.float32) / np.float32(255)
        true[split] = {image.tobytes(): label for image, label in zip(scaled, labels, strict=True)}
    ours = images_of(fashion5)
    for split, original, name in (
        ("train", "train", "y_train_true"),
        ("val", "t10k", "y_val"),
        ("test", "t10k", "y_test"),
    ):
        published = [true[original][image] for image in ours[split]]
        assert np.array_equal(published, columns(getattr(fashion5, name))), name


def test_an_original_that_differs_is_refused(tmp_path, builder):
    for name in builder.SHA256:
        (tmp_path / name).write_bytes(b"something else")
    done = run_builder(tmp_path, "--output", tmp_path / "out.npz")
    assert done.returncode == 1
    assert "train-images-idx3-ubyte.gz is not the published file" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "out.npz").exists()


def test_an_original_that_is_missing_is_named(tmp_path):
    done = run_builder(tmp_path, "--output", tmp_path / "out.npz")
    assert done.returncode == 1
    assert done.stderr.startswith(f"train-images-idx3-ubyte.gz is not in {tmp_path}; ")
    assert "dataset-fashion-mnist" in done.stderr


# CIFAR-10, through Keras's own code: only the address and hash of the archive are other ones

LOAD_CIFAR5 = """
np.savez(output, **vars(load_cifar5()))
"""
FAIL_TWICE_AND_LOAD = """
def try_from(address):
    global origin
    origin = address
    try:
        load_cifar5()
    except DownloadError as problem:
        print("DownloadError:", problem)

whole = origin
try_from("")
try_from(whole.replace("cifar-10-python.tar.gz", "damaged.tar.gz"))
origin = whole
"""


@pytest.fixture(scope="module")
def cifar(tmp_path_factory):
    """What load_cifar5 says without a network and of a damaged archive, and what it then gives.

    It gives it twice, the second time in a new process and without the address of the archive.
    """
    folder = tmp_path_factory.mktemp("cifar")
    archive = folder / "cifar-10-python.tar.gz"
    write_cifar_archive(archive)
    (folder / "damaged.tar.gz").write_bytes(b"half an archive")
    sha256 = sha256_of(archive)
    program = FAIL_TWICE_AND_LOAD + LOAD_CIFAR5
    said = run_with_cifar(program, folder, archive.as_uri(), sha256).stdout
    first = dict(np.load(folder / "cifar5.npz"))
    archive.unlink()
    run_with_cifar(LOAD_CIFAR5, folder, archive.as_uri(), sha256)
    said = [line for line in said.splitlines() if line.startswith("DownloadError")]
    return said, first, dict(np.load(folder / "cifar5.npz"))


@pytest.fixture(scope="module")
def cifar5(cifar):
    _, first, second = cifar
    return first, second


def test_cifar5_has_the_same_attributes_and_kinds_as_the_embedded_set(cifar5, fashion5):
    first, _ = cifar5
    assert first.keys() == vars(fashion5).keys()
    for name, array in first.items():
        if name not in ("class_names", "name"):
            assert array.dtype == np.float32, name
            assert len(array) == len(getattr(fashion5, name)), name
    for split in SPLITS:
        assert first[f"x_{split}"].shape[1:] == (32, 32, 3)
        assert first[f"y_{split}"].shape[1:] == (5,)


def test_cifar5_takes_the_first_five_classes_in_order(cifar5):
    first, _ = cifar5
    assert first["class_names"].tolist() == ["airplane", "automobile", "bird", "cat", "deer"]
    for split, labels in (("train", "y_train_true"), ("val", "y_val"), ("test", "y_test")):
        painted = np.rint(first[f"x_{split}"][:, -1, -1, -1] * 255 / 20)
        assert np.array_equal(painted, columns(first[labels])), split
        assert (first[labels].sum(axis=0) == len(painted) / 5).all()


def test_cifar5_takes_no_image_twice_and_keeps_the_original_splits_apart(cifar5):
    first, _ = cifar5
    marks = {
        split: [tuple(mark) for mark in np.rint(first[f"x_{split}"][:, 0, :3, 0] * 255).astype(int)]
        for split in SPLITS
    }
    every = [mark for split in marks.values() for mark in split]
    assert len(set(every)) == len(every)
    assert {batch for batch, _, _ in marks["train"]} == {0, 1, 2, 3, 4}
    assert {batch for batch, _, _ in marks["val"] + marks["test"]} == {5}


def test_cifar5_has_as_many_wrong_training_labels_as_the_embedded_set(cifar5, fashion5):
    first, _ = cifar5
    assert np.array_equal(
        first["y_train_true"].T @ first["y_train"], fashion5.y_train_true.T @ fashion5.y_train
    )


def test_cifar5_is_the_same_at_each_call_and_kept_for_calls_without_network(cifar5):
    first, second = cifar5
    for name, array in first.items():
        assert np.array_equal(array, second[name]), name


def test_offline_cifar5_names_the_embedded_set_in_one_sentence(cifar):
    [offline, _], *_ = cifar
    assert offline == (
        "DownloadError: CIFAR-10 could not be downloaded; check the network and call "
        "load_cifar5() again, or use load_fashion5(), which is embedded and needs no network."
    )


def test_a_damaged_download_of_cifar5_gives_the_same_sentence(cifar):
    [offline, damaged], *_ = cifar
    assert damaged == offline
