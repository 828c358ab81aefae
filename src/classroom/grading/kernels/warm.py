"""What the kernel server imports before it forks, and what each fork then does for itself."""

import importlib
import io
import pkgutil


def import_lessons() -> None:
    """Import what lessons import, in silence and without running an operation."""
    from crossentropy import quiet

    quiet.settle()
    with quiet.silence(), quiet.only_loading():
        for name in ("keras", "matplotlib.pyplot", "numpy.random", "numpy.testing", "tensorflow"):
            importlib.import_module(name)
        _import_our_package()
    _draw_once()


def _import_our_package():
    import crossentropy
    from crossentropy.quiz import bank

    for module in pkgutil.walk_packages(crossentropy.__path__, "crossentropy."):
        importlib.import_module(module.name)
    for lesson in bank.lessons():
        bank.questions(lesson)  # read now, kept for all


def _draw_once():
    """Load the fonts and what drawing imports."""
    from matplotlib.figure import Figure

    figure = Figure(layout="constrained")
    figure.subplots().set_title("$p$")
    figure.savefig(io.BytesIO(), format="png")


def settle_lessons() -> None:
    """Do in a fork what importing does in a new process beside loading."""
    from crossentropy import own_folder, quiet
    import numpy
    import tensorflow

    own_folder.remember()
    numpy.random.seed()  # Python's own random does so by itself after a fork
    quiet.settle()
    quiet.start_tensorflow(tensorflow)
