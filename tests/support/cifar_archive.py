"""A tiny archive in CIFAR-10's own format, and a Python that finds it in the place of the real one.

It is read by Keras's own code: only the address and the hash of the archive are other ones.
"""

import os
import pickle
import shutil
import subprocess
import sys
import tarfile

import numpy as np

NUMBERS = np.arange(10_000)  # of the images of a batch
FROM_ANOTHER_ADDRESS = """
import sys
from crossentropy.datasets import DownloadError, load_cifar5
from keras.src.datasets import cifar10
import numpy as np

origin, sha256, output = sys.argv[1:]
fetch = cifar10.get_file

def fetch_from_another_address(**arguments):
    if origin:
        arguments["origin"] = origin
    if sha256:
        arguments["file_hash"] = sha256
    return fetch(**arguments)

cifar10.get_file = fetch_from_another_address
"""


def write_cifar_archive(path):
    """Write six pickled batches of 10,000 images.

    The images are plain, so that the archive is small. The first red pixels tell the batch and
    the number of the image, all the others its class, so that a test can find them again.
    """
    folder = path.parent / "cifar-10-batches-py"
    folder.mkdir()
    names = [f"data_batch_{number}" for number in range(1, 6)] + ["test_batch"]
    for batch, name in enumerate(names):
        labels = (NUMBERS * 7 + batch) % 10
        data = np.repeat(labels.astype(np.uint8)[:, np.newaxis] * 20, 3072, axis=1)
        data[:, 0] = batch
        data[:, 1], data[:, 2] = divmod(NUMBERS, 256)
        content = {
            b"batch_label": name.encode(),
            b"labels": labels.tolist(),
            b"data": data,
            b"filenames": [f"{number}.png".encode() for number in NUMBERS],
        }
        # Protocol 3 holds bytes as they are; 5 would call NumPy functions that Keras refuses.
        (folder / name).write_bytes(pickle.dumps(content, protocol=3))
    with tarfile.open(path, "w:gz", compresslevel=1) as archive:
        archive.add(folder, arcname=folder.name)
    shutil.rmtree(folder)


def run_with_cifar(program, folder, origin="", sha256=""):
    """Run a program in a new process that has an empty Keras folder and no network.

    It finds `load_cifar5`, `DownloadError`, `np` and the path `output` in its names.
    """
    home = folder / "keras"
    home.mkdir(exist_ok=True)
    nowhere = "http://127.0.0.1:9"  # nothing answers there, so an address on the internet fails
    return subprocess.run(
        [
            sys.executable,
            "-c",
            FROM_ANOTHER_ADDRESS + program,
            origin,
            sha256,
            str(folder / "cifar5.npz"),
        ],
        cwd=folder,
        env=os.environ | {"KERAS_HOME": str(home), "https_proxy": nowhere, "no_proxy": ""},
        capture_output=True,
        text=True,
        check=True,
    )
