"""The overfitting experiment: train in view, try, compare, grade.

::

    from crossentropy import experiment, pictures

    data = experiment.load_fashion5()            # or load_cifar5(), which downloads
    watch = experiment.Live(x_val)               # a Keras callback: a live view with a stop button
    pictures.show(experiment.learning_curves(history))

    experiment.attempt(build_model, hyperparameters, seed=0)   # one try, on record
    experiment.show_tries(), experiment.go_back_to(2)
    experiment.compare(before, after, data)
    experiment.points(build_model, hyperparameters)            # last line of a grade cell

A *try* is one training of the learner's network; a *recipe* is what was chosen for it. Everything
here is loaded when it is first used, so importing the package loads no TensorFlow.
"""

from importlib import import_module

MODULES = {
    "crossentropy.datasets": ("load_cifar5", "load_fashion5"),
    "crossentropy.trained_networks": ("load_runs",),
    "big_network": ("BIG_HYPERPARAMETERS", "build_big_model"),
    "live": ("Live",),
    "measure": ("example_losses", "scores"),
    "tries": ("attempt", "compare", "go_back_to", "show_tries"),
    "grade": ("points",),
    "pictures": ("before_and_after", "confident_mistakes", "learning_curves"),
    "explore_losses": ("losses_explorer",),
}
_MODULE_OF = {name: module for module, names in MODULES.items() for name in names}

__all__ = list(_MODULE_OF)


def __getattr__(name):
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = _MODULE_OF[name]
    value = getattr(import_module(module if "." in module else f"{__name__}.{module}"), name)
    globals()[name] = value
    return value


def __dir__():
    return sorted({*globals(), *__all__})
