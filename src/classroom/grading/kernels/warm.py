"""What the kernel server imports before it forks, and what each fork then does for itself."""

import importlib
import inspect
import io
import json
from pathlib import Path
import pkgutil
import re
import sys

# Every lesson of ours needs them; to import them takes seconds.
LIBRARIES = ("keras", "matplotlib.pyplot", "numpy.random", "numpy.testing", "tensorflow")
# A lesson that neither names one nor imports of our package what does can be graded without.
_LIGHT = re.compile(r"^\s*from crossentropy import quiz\b *(?:#.*)?$", re.MULTILINE)
_HEAVY = re.compile(r"\b(?:tensorflow|keras|matplotlib|crossentropy)\b")


def libraries_of(folder: Path) -> tuple[str, ...]:
    """Return the libraries to import before a lesson is graded.

    What is not among them is imported when a submission does it, which costs that one seconds.

    Parameters
    ----------
    folder : pathlib.Path
        With the notebooks of the lesson.

    Returns
    -------
    tuple of str
        `LIBRARIES`, or those of them that are NumPy's.
    """
    try:
        cells = [
            "".join(cell["source"])
            for path in sorted(folder.glob("*.ipynb"))
            for cell in json.loads(path.read_bytes())["cells"]
        ]
    except (OSError, ValueError, LookupError, TypeError):  # told by what reads it in earnest
        return LIBRARIES
    if any(_HEAVY.search(_LIGHT.sub("", source)) for source in cells):
        return LIBRARIES
    return tuple(name for name in LIBRARIES if name.startswith("numpy"))


def import_lessons(libraries: tuple[str, ...] = LIBRARIES) -> None:
    """Import what lessons import, in silence and without running an operation."""
    from crossentropy import quiet

    quiet.settle()
    with quiet.silence(), quiet.only_loading():
        for name in libraries:
            importlib.import_module(name)
        _import_our_package(whole=libraries == LIBRARIES)
    _write_once()
    if libraries == LIBRARIES:
        _draw_once()
    _list_files()


def _import_our_package(whole):
    import crossentropy
    from crossentropy import quiz
    from crossentropy.quiz import bank

    package = crossentropy if whole else quiz
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)
    for lesson in bank.lessons():
        bank.questions(lesson)  # read now, kept for all


def _write_once():
    """Compile the patterns by which a card's text becomes HTML and its code is coloured."""
    from crossentropy.quiz import markup

    markup.as_html("- $p$ and `p`\n\n| p |\n|---|\n| 1 |\n\n```python\np = f'{1.0}'  # p\n```")


def _draw_once():
    """Load the fonts and what drawing imports."""
    from matplotlib.figure import Figure

    figure = Figure(layout="constrained")
    figure.subplots().set_title("$p$")
    figure.savefig(io.BytesIO(), format="png")


def _list_files():
    """Have Python list the files of all modules: the first traceback that needs one would do it."""
    inspect.getmodule(compile("", "", "exec"))


def settle_lessons() -> None:
    """Do in a fork what importing does in a new process beside loading."""
    from crossentropy import own_folder, quiet
    import numpy

    own_folder.remember()
    numpy.random.seed()  # Python's own random does so by itself after a fork
    quiet.settle()
    if tensorflow := sys.modules.get("tensorflow"):
        quiet.start_tensorflow(tensorflow)
