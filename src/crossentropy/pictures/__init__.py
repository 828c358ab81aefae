"""The pictures of the lessons, and the one way to show a picture.

`pictures.show(picture)` displays every picture of this package: a figure, which carries its own
alternative text, or an *explorer*, which moves with its sliders and has a still figure for readers
without a kernel. A figure of your own needs a sentence: `pictures.show(figure, alt="…")`; start
it with `figure, axes = pictures.new_figure()` or with `plt.subplots()`.

A function that returns a figure is named after what it draws, and `…_explorer` returns an
explorer. All stand in this package's face and are loaded when they are first used, so
`from crossentropy import pictures` loads no Matplotlib.

To add pictures to a lesson, write `<subject>_stills.py` for its figures and
`explore_<subject>.py` for its explorer (a module may not bear the name of a function below, which
it would hide), draw with `crossentropy.pictures.drawing`, add the names to `MODULES`
and an example of each to `tests/support/picture_examples.py`.
"""

from importlib import import_module

MODULES = {
    # The kit
    "drawing": ("BLUE", "ORANGE", "GREEN", "RED", "PURPLE", "GREY", "GROUND", "new_figure"),
    "showing": ("Explorer", "show"),
    # The start page
    "explore_whole": ("whole_explorer",),
    # Lesson 01
    "loss_stills": ("entropy_and_divergence", "loss_of_probability", "losses_of_a_batch"),
    "explore_probability": ("probability_explorer",),
    # Lesson 02
    "softmax_stills": ("losses_by_temperature",),
    "explore_softmax": ("softmax_explorer",),
    # Lesson 03
    "flag_stills": ("loss_and_slope", "losses_of_training"),
    "explore_scores": ("scores_explorer",),
    # Lesson 04
    "label_stills": ("slopes_of_losses", "validation_rows"),
    "explore_smoothing": ("smoothing_explorer",),
    # Lesson 06
    "comparison_stills": ("suspicious_images",),
    "explore_seeds": ("seeds_explorer",),
    "explore_suspects": ("suspects_explorer",),
    # Lesson 07
    "calibration_stills": (
        "cost_of_claims",
        "error_of_binning",
        "losses_of_temperature",
        "reliability",
    ),
    "explore_calibration": ("calibration_explorer",),
}
_MODULE_OF = {name: module for module, names in MODULES.items() for name in names}

__all__ = list(_MODULE_OF)


def __getattr__(name):
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__():
    return sorted({*globals(), *__all__})
