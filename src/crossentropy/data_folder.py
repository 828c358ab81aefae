"""Where the curriculum keeps its data, in a clone and in an installed package."""

from pathlib import Path


class DataFileError(Exception):
    """An embedded data file is missing or damaged; the message says where and what to do."""


def data_folder() -> Path:
    """Return the folder that holds the images and the question bank.

    The answer does not depend on the working directory, so a lesson finds its data from any
    learner's folder.

    Returns
    -------
    pathlib.Path
        `crossentropy/data` inside an installed wheel, or `data` at the top of a clone (which
        an editable install points back to). When neither exists, the path in the clone, so that
        whoever opens a file there can name the place that was expected.
    """
    package = Path(__file__).resolve().parent
    installed = package / "data"
    return installed if installed.is_dir() else package.parents[1] / "data"
