"""Build fashion5.npz, the image set of the lessons, from the original Fashion-MNIST files.

    python data/build_fashion5.py [FOLDER] [--output FILE]

FOLDER holds the four original ``*-ubyte.gz`` files; the default is where Debian's package
``dataset-fashion-mnist`` puts them. Each is compared with its sha256 before it is read. The output
is the same byte for byte at each run and on each machine: the random stream is one that NumPy has
frozen, the archive carries a fixed date, and bzip2 has a single implementation (zlib has several,
which compress differently). ``DATASHEET.md`` beside this script says what is in it and why.
"""

import argparse
import gzip
import hashlib
import io
from pathlib import Path
import sys
import zipfile

from crossentropy.datasets import draw_splits
import numpy as np

ORIGINALS = Path("/usr/share/datasets/fashion-mnist")
OUTPUT = Path(__file__).resolve().parent / "fashion5.npz"

SHA256 = {
    "train-images-idx3-ubyte.gz": (
        "b0564c3eedabfbf835052cff8503ea422014ce006caf5b757f851416ee8300c7"
    ),
    "train-labels-idx1-ubyte.gz": (
        "0ae29f65d86684f32d1b9c85147786c547b9c6aebcaf235f0400a0cce308b056"
    ),
    "t10k-images-idx3-ubyte.gz": (
        "cc1d090a38ace84dfa1aa66e3ada7c336ef481a96936906477e6dd344da56eaa"
    ),
    "t10k-labels-idx1-ubyte.gz": (
        "8d3605d196f4be44669e46906da9733c8131fef761fdbfec72c424d5222f1a05"
    ),
}

FIXED_DATE = (2017, 8, 25, 0, 0, 0)  # a zip member must have one; any fixed date would do


class OriginalsError(Exception):
    """An original Fashion-MNIST file is missing or is not the published one."""


def read_original(folder, name):
    """Return the decompressed bytes of one original file, after checking its hash.

    Parameters
    ----------
    folder : pathlib.Path
        Where the original files are.
    name : str
        One of the keys of ``SHA256``.

    Returns
    -------
    bytes

    Raises
    ------
    OriginalsError
        When the file is missing, or its sha256 is not the published one.
    """
    path = Path(folder) / name
    if not path.is_file():
        raise OriginalsError(
            f"{name} is not in {folder}; install Debian's package dataset-fashion-mnist, or give "
            "the folder that holds the original Fashion-MNIST files."
        )
    compressed = path.read_bytes()
    if hashlib.sha256(compressed).hexdigest() != SHA256[name]:
        raise OriginalsError(
            f"{path} is not the published file (its sha256 differs); fetch the original again."
        )
    return gzip.decompress(compressed)


def read_split(folder, split):
    """Return the images and labels of one original split.

    The files are in the IDX format: big-endian integers (a magic number, then each dimension)
    followed by the values, one byte each.

    Returns
    -------
    images : numpy.ndarray, shape (N, 28, 28), uint8
    labels : numpy.ndarray, shape (N,), uint8
    """
    images = np.frombuffer(read_original(folder, f"{split}-images-idx3-ubyte.gz"), np.uint8)
    labels = np.frombuffer(read_original(folder, f"{split}-labels-idx1-ubyte.gz"), np.uint8)
    return images[16:].reshape(-1, 28, 28), labels[8:]


def build(folder):
    """Choose the images and labels of fashion5 from the original files.

    Parameters
    ----------
    folder : path-like
        Where the original files are.

    Returns
    -------
    dict of str to numpy.ndarray
        Members of the archive, all uint8: see :func:`crossentropy.datasets.draw_splits`.

    Raises
    ------
    OriginalsError
        When an original file is missing or changed.
    """
    return draw_splits(*read_split(folder, "train"), *read_split(folder, "t10k"))


def archive(members):
    """Pack arrays into the bytes of an ``.npz`` file that depend on nothing but the arrays.

    ``numpy.savez`` would write the time of day into it.

    Parameters
    ----------
    members : dict of str to numpy.ndarray

    Returns
    -------
    bytes
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, array in members.items():
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=FIXED_DATE)
            entry.compress_type = zipfile.ZIP_BZIP2
            entry.create_system = 3  # otherwise it says which system wrote it
            content = io.BytesIO()
            np.lib.format.write_array(content, np.ascontiguousarray(array), version=(1, 0))
            file.writestr(entry, content.getvalue(), compresslevel=9)
    return packed.getvalue()


def main():
    """Build the file and print its size and hash."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ORIGINALS)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    try:
        content = archive(build(arguments.folder))
    except OriginalsError as problem:
        sys.exit(str(problem))
    arguments.output.write_bytes(content)
    print(f"{arguments.output}: {len(content)} bytes")
    print(f"sha256 {hashlib.sha256(content).hexdigest()}")


if __name__ == "__main__":
    main()
