"""What stands in the judge for functions, classes and objects of the learner's.

To call one, or to ask for an attribute, crosses to the learner's kernel. To compare one, or to
calculate with it, crosses only when both sides are the learner's: what a test expects is never
handed to what it tests.
"""

import contextlib
from typing import Any

from classroom.grading.kernels.library_values import named_class
from classroom.grading.kernels.special_names import ALONE, BINARY
from classroom.grading.kernels.values import CannotCrossError

ASKED_FOR = {"__name__", "__qualname__", "__doc__", "__annotations__", "__defaults__"}
NEVER = ("_keras", "_tf_", "_ipython", "_repr_", "_tracker", "_self_")
_classes = {}


class OfLearner:
    """A function, a class or an object of the learner's, by its number there."""

    def __init__(self, asking: Any, number: int, described: dict[str, Any], base: type | None):
        own = self.__dict__
        own["_asking"], own["_number"], own["_described"], own["_base"] = (
            asking,
            number,
            described,
            base,
        )

    @property
    def __class__(self):
        """The library's class that it is an object of, for `isinstance`."""
        return self.__dict__["_base"] or type(self)

    def __getattr__(self, name: str) -> Any:
        """Ask for an attribute."""
        if name.startswith(NEVER) or (name.startswith("__") and name not in ASKED_FOR):
            raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")
        return self.__dict__["_asking"].attribute(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        """Set an attribute there."""
        self.__dict__["_asking"].set_attribute(self, name, value)

    def __hash__(self) -> int:
        """Tell it apart by its identity."""
        return id(self)

    def __instancecheck__(self, one: Any) -> bool:
        """Say whether something of the learner's is an object of this class."""
        if not self.__dict__["_described"].get("class"):
            raise TypeError("isinstance() arg 2 must be a type, a tuple of types, or a union")
        return OfLearner in type(one).__mro__ and self.__dict__["_asking"].is_instance(one, self)

    def __libraries_used__(self) -> set[str]:
        """Say which libraries it relies on, by the text that was handed in."""
        return self.__dict__["_asking"].libraries_of(self)

    def __reduce__(self):
        """Refuse to be copied by value."""
        raise TypeError(f"'{type(self).__name__}' objects of the notebook cannot be copied here")

    def __deepcopy__(self, memo: dict):
        """Stand for the same thing."""
        return self

    def __copy__(self):
        """Stand for the same thing."""
        return self


def _alone(name):
    def special(self, *arguments, **named):
        if name == "__call__" and _symbolic(arguments):
            return _in_a_graph(self, arguments)
        method = None if name == "__call__" else name
        if name == "__array__":
            arguments, named = (), {}
        return self.__dict__["_asking"].call(self, method, arguments, named)

    special.__name__ = name
    return special


def _binary(name):
    def special(self, other, *more):
        if OfLearner not in type(other).__mro__:
            return NotImplemented
        return self.__dict__["_asking"].call(self, name, (other, *more), {})

    special.__name__ = name
    return special


def proxy(asking: Any, number: int, described: dict[str, Any]) -> OfLearner:
    """Return what stands for a thing of the learner's.

    Parameters
    ----------
    asking : classroom.grading.kernels.asking.Asking
    number : int
    described : dict
        With type, base, has and name; see `answering`.
    """
    has = {one for one in described.get("has", ()) if isinstance(one, str)}
    name = str(described.get("type", "object"))[:100]
    key = name, frozenset(has & (BINARY | ALONE))
    if key not in _classes:
        methods = {one: _alone(one) for one in key[1] & ALONE}
        methods |= {one: _binary(one) for one in key[1] & BINARY}
        _classes[key] = type(name, (OfLearner,), {**methods, "__hash__": OfLearner.__hash__})
    base = None
    with contextlib.suppress(KeyError, TypeError, CannotCrossError):
        base = named_class(*map(str, described["base"][1:3]))
    if base is object or (described.get("class") and base is type):
        base = type if described.get("class") else None
    return _classes[key](asking, number, described, base)


def _symbolic(arguments):
    import sys

    tf = sys.modules.get("tensorflow")
    return tf is not None and any(
        isinstance(one, tf.Tensor) and not hasattr(one, "numpy") for one in arguments
    )


def _in_a_graph(one, arguments):
    """Call a learner's function from a graph of TensorFlow's, where values come only later."""
    import numpy as np
    import tensorflow as tf

    def call(*values):
        return np.asarray(one(*map(tf.constant, values)), dtype="float32")

    made = tf.numpy_function(call, arguments, tf.float32, stateful=True)
    # A graph wants to know beforehand how many axes there will be: two examples show it.
    sizes = [
        [size or 2 for size in each.shape.as_list()]
        for each in map(tf.convert_to_tensor, arguments)
    ]
    with tf.init_scope():  # outside of the graph
        trial = call(*(np.ones(size, "float32") for size in sizes))
    made.set_shape([None] * trial.ndim)
    return made
