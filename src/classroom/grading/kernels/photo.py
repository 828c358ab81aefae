"""How Python, NumPy, TensorFlow and the lessons' package were before a submission ran."""

from dataclasses import dataclass
import operator
import sys
import types

# Modules whose functions and classes must stay what they are.
WATCHED = (
    "builtins",
    "math",
    "operator",
    "inspect",
    "numpy",
    "crossentropy",
    "keras.losses",
    "keras.metrics",
    "keras.ops",
    "keras.src.losses",
    "keras.src.ops",
    "keras.src.backend.tensorflow",
    "tensorflow.python.framework.ops",
    "tensorflow.python.ops.array_ops",
    "tensorflow.python.ops.math_ops",
    "tensorflow.python.ops.nn_ops",
)
# Jupyter replaces these itself while a cell runs.
MAY_CHANGE = {("builtins", name) for name in ("input", "display", "exit", "quit", "get_ipython")}

FUNCTION = types.FunctionType
# Taken before any submission runs, so that replacing them changes nothing here.
CODE_OF, DEFAULTS_OF = operator.attrgetter("__code__"), operator.attrgetter("__defaults__")
_VALUES = (types.FunctionType, types.BuiltinFunctionType, type)
_CALLABLES_OF_NUMPY = ("ufunc", "_ArrayFunctionDispatcher")


@dataclass(frozen=True)
class Photo:
    """How the watched modules were, and which classes there were, before a submission ran.

    `modules` are pairs of name and module. The other lists hold one item for each of their
    functions and classes, or for each function: flat, as they are gone through often.
    """

    modules: list
    owners: list
    spaces: list
    names: list
    values: list
    functions: list
    codes: list
    defaults: list
    classes: set


def photograph() -> Photo:
    """Return a photo of now."""
    modules, owners, spaces, names, values, functions = [], [], [], [], [], []
    for owner, module in list(sys.modules.items()):
        if not isinstance(module, types.ModuleType) or not _is_watched(owner):
            continue
        modules.append((owner, module))
        space = types.ModuleType.__dict__["__dict__"].__get__(module)
        for name, value in _entries(space, owner):
            owners.append(owner)
            spaces.append(space)
            names.append(name)
            values.append(value)
            function = getattr(value, "__wrapped__", value)
            if type(function) is FUNCTION:
                functions.append(function)
    return Photo(
        modules,
        owners,
        spaces,
        names,
        values,
        functions,
        [*map(CODE_OF, functions)],
        [*map(DEFAULTS_OF, functions)],
        {one for base in bases() for one in type.__subclasses__(base)},
    )


def bases() -> list[type]:
    """Return the classes below which those of a submission are looked for."""
    import numpy

    bases = [object, int, float, str, list, tuple, dict, Exception, type]
    return [*bases, numpy.ndarray, numpy.float64]


def _is_watched(name):
    return any(name == watched or name.startswith(watched + ".") for watched in WATCHED)


def _entries(names, owner):
    return [
        (name, value)
        for name, value in list(names.items())
        if not name.startswith("__")
        and (owner, name) not in MAY_CHANGE
        and (isinstance(value, _VALUES) or type(value).__name__ in _CALLABLES_OF_NUMPY)
    ]


def methods_of(classes: list[type]) -> list[tuple]:
    """Return class, name, function and code of each method that classes define."""
    entries = []
    for one in classes:
        for name, value in list(vars(one).items()):
            if type(value) is FUNCTION:
                entries.append((one, name, value, value.__code__))
    return entries
