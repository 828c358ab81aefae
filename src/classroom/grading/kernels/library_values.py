"""Values of TensorFlow and Keras, and what has a name in a library, as records; see `values`.

Tensors cross as arrays, Keras's own losses, metrics and models as their configuration and weights.
A configuration names classes, so only those of Keras are taken, and none that holds code or reads
files.
"""

import contextlib
import importlib
import sys
import types
from typing import Any

from classroom.grading.kernels.values import CannotCrossError, Packer, Unpacker

# Whose classes and modules mean the same on both sides.
LIBRARIES = {"builtins", "keras", "numpy", "tensorflow"}
MODULES = LIBRARIES | {
    *("collections", "copy", "datetime", "decimal", "fractions", "functools", "itertools", "json"),
    *("math", "matplotlib", "operator", "os", "pathlib", "random", "re", "statistics", "string"),
    *("sys", "time", "types", "typing", "warnings", "crossentropy", "pandas", "scipy"),
}
KERAS = (
    "keras",
    "keras.constraints",
    "keras.dtype_policies",
    "keras.initializers",
    "keras.layers",
    "keras.losses",
    "keras.metrics",
    "keras.optimizers",
    "keras.optimizers.schedules",
    "keras.regularizers",
    "keras.src.models.functional",
)
WITH_CODE_OR_FILES = {
    *("Lambda", "TFSMLayer", "JaxLayer", "FlaxLayer", "TorchModuleWrapper", "Hashing"),
    *("StringLookup", "IntegerLookup", "TextVectorization"),
}
PLAIN_MARKS = {"__keras_tensor__", "__tensor__", "__numpy__", "__tuple__", "__slice__"}
FUNCTIONS = ("keras.activations", "keras.losses", "keras.metrics")
DEEPEST_CONFIGURATION = 40


def pack(packer: Packer, value: Any) -> list | None:
    """Return the record of a value of a library, or None when it is none."""
    if isinstance(value, types.ModuleType):
        return ["mod", value.__name__]
    if isinstance(value, type):
        return class_record(value)
    for one in _libraries(value):
        if one == "tensorflow" and (record := _pack_tensor(packer, value)):
            return record
        if one == "keras" and (record := _pack_keras(packer, value)):
            return record
    return None


def class_record(one: type) -> list | None:
    """Return how a class of a library is named on both sides, or None."""
    module, name = str(one.__module__), str(one.__qualname__)
    with contextlib.suppress(CannotCrossError):
        if named_class(module, name) is one:
            return ["n", module, name]
    return None


def named_class(module: str, name: str, libraries: set[str] = LIBRARIES) -> type:
    """Return the class of a library that has a name.

    Raises
    ------
    CannotCrossError
    """
    found = None
    if module.split(".")[0] in libraries:
        found = sys.modules.get(module)
        for part in name.split("."):
            found = getattr(found, part, None)
    if not isinstance(found, type):
        raise CannotCrossError(f"names {module}.{name}, which is no class of a library")
    return found


def _libraries(value):
    """Return the libraries in which the classes of a value were written."""
    return {str(one.__module__).split(".")[0] for one in type(value).__mro__}


def _pack_tensor(packer, value):
    tf = sys.modules.get("tensorflow")
    if tf is None:
        return None
    if isinstance(value, tf.Variable):
        return ["V", packer.pack(value.numpy()), bool(value.trainable)]
    if isinstance(value, tf.Tensor) and hasattr(value, "numpy"):
        return ["T", packer.pack(value.numpy())]
    if isinstance(value, tf.DType):
        return ["tdt", value.name]
    if isinstance(value, tf.TensorShape):
        return ["ts", None if value.rank is None else value.as_list()]
    return None


def _pack_keras(packer, value):
    keras = sys.modules.get("keras")
    if keras is None:
        return None
    if isinstance(value, keras.Variable):
        return ["KV", packer.pack(value.numpy()), bool(value.trainable)]
    kinds = (keras.losses.Loss, keras.metrics.Metric, keras.optimizers.Optimizer)
    if isinstance(value, keras.callbacks.History):
        return ["his", packer.pack(value.history), packer.pack(list(value.epoch))]
    if not isinstance(value, (*kinds, keras.Model)):
        return None
    try:
        configuration = _plain(keras.saving.serialize_keras_object(value))
        check_configuration(configuration)
    except Exception:  # it holds code of the learner's: that stays where it is
        return None
    if not isinstance(value, keras.Model):
        return ["k", configuration]
    return ["m", configuration, packer.pack(value.get_weights())]


def _plain(configuration):
    """Return a configuration of plain values, or fail."""
    if isinstance(configuration, dict):
        return {str(name): _plain(one) for name, one in configuration.items()}
    if isinstance(configuration, list | tuple):
        return [_plain(one) for one in configuration]
    if configuration is None or type(configuration) in (bool, int, float, str):
        return configuration
    raise CannotCrossError("is configured by what is no plain value")


def check_configuration(configuration: Any, depth: int = 0) -> None:
    """Refuse a configuration that names anything but Keras's own classes and functions.

    Raises
    ------
    CannotCrossError
    """
    if depth > DEEPEST_CONFIGURATION:
        raise CannotCrossError("is configured too deeply")
    if isinstance(configuration, list):
        for one in configuration:
            check_configuration(one, depth + 1)
    if not isinstance(configuration, dict):
        return
    for one in configuration.values():
        check_configuration(one, depth + 1)
    if "class_name" not in configuration and "registered_name" not in configuration:
        return
    name, module = configuration.get("class_name"), configuration.get("module")
    if name in PLAIN_MARKS:
        return
    registered = configuration.get("registered_name")
    if name == "function":
        inner = configuration.get("config")
        places = [sys.modules.get(place) for place in FUNCTIONS]
        if (
            registered in (None, inner)
            and isinstance(inner, str)
            and any(isinstance(getattr(place, inner, None), types.FunctionType) for place in places)
        ):
            return
        raise CannotCrossError("uses a function that is not of Keras")
    operations = str(module).startswith("keras.src.ops.")
    if (module not in KERAS and not operations) or name in WITH_CODE_OR_FILES:
        raise CannotCrossError(f"uses the class {name!s:.60}, which cannot be handed over")
    if registered not in (None, name, "Functional", "Sequential"):
        raise CannotCrossError(f"uses the class {name!s:.60}, which is not of Keras")
    if not isinstance(getattr(sys.modules.get(module), str(name), None), type):
        raise CannotCrossError(f"uses the class {name!s:.60}, which Keras does not have")


def unpack(unpacker: Unpacker, record: list) -> Any:
    """Return the value of a record of `pack`.

    Raises
    ------
    CannotCrossError
    """
    tag, *rest = record
    if tag == "n":
        return named_class(*map(str, rest))
    if tag == "mod":
        return named_module(str(rest[0]))
    if tag not in _MAKE:
        raise CannotCrossError("is of a kind that is not known")
    return _MAKE[tag](unpacker, *rest)


def named_module(name: str) -> types.ModuleType:
    """Return a module that means the same on both sides."""
    if name.split(".")[0] not in MODULES:
        raise CannotCrossError(f"is the module {name:.60}, which is not handed over")
    try:
        return importlib.import_module(name)
    except ImportError:
        raise CannotCrossError(f"is the module {name:.60}, which is not there") from None


def _tensor(unpacker, record):
    import tensorflow as tf

    return tf.constant(unpacker.unpack(record))


def _variable(unpacker, record, trainable):
    import tensorflow as tf

    return tf.Variable(unpacker.unpack(record), trainable=bool(trainable))


def _keras_variable(unpacker, record, trainable):
    import keras

    return keras.Variable(unpacker.unpack(record), trainable=bool(trainable))


def _dtype(unpacker, name):
    import tensorflow as tf

    return tf.as_dtype(str(name))


def _shape(unpacker, sizes):
    import tensorflow as tf

    return tf.TensorShape(sizes)


def _history(unpacker, history, epochs):
    import keras

    made = keras.callbacks.History()
    made.history, made.epoch = unpacker.unpack(history), unpacker.unpack(epochs)
    return made


def _of_keras(unpacker, configuration, weights=None):
    import keras

    check_configuration(configuration)
    try:
        made = keras.saving.deserialize_keras_object(configuration, safe_mode=True)
        if weights is not None and (weights := unpacker.unpack(weights)):
            made.set_weights(weights)
    except Exception as error:
        first = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise CannotCrossError(f"cannot be made again by Keras ({first:.200})") from None
    return made


_MAKE = {
    "T": _tensor,
    "V": _variable,
    "KV": _keras_variable,
    "tdt": _dtype,
    "ts": _shape,
    "his": _history,
    "k": _of_keras,
    "m": _of_keras,
}
