"""What a learner may choose in the overfitting experiment, checked and written down as plain data.

A recipe is the architecture (Keras's own JSON description, stock layers only) and a few training
hyperparameters (numbers and words). Nothing in it can run: no code, no weights, no data. That is
why it can be trained again elsewhere, by a fresh interpreter, and mean the same there.

The checks are a list of what is allowed rather than of what is forbidden, so that a new trick has
to be let in by somebody.
"""

import inspect
import json
import math

import keras

IMAGE = (28, 28, 1)
CLASSES = 5
LARGEST_MODEL = 3_000_000
MOST_LAYERS = 40
MOST_EPOCHS = 60
SMALLEST_BATCH, LARGEST_BATCH = 16, 512

OPTIMIZERS = {
    "adam": keras.optimizers.Adam,
    "rmsprop": keras.optimizers.RMSprop,
    "sgd": lambda learning_rate: keras.optimizers.SGD(learning_rate, momentum=0.9),
}
HYPERPARAMETERS = ("optimizer", "learning_rate", "batch_size", "epochs", "patience")

# fmt: off
LAYERS = (
    "Activation", "Add", "Average", "AveragePooling2D", "BatchNormalization", "Concatenate",
    "Conv2D", "Dense", "DepthwiseConv2D", "Dropout", "ELU", "Flatten", "GaussianDropout",
    "GaussianNoise", "GlobalAveragePooling2D", "GlobalMaxPooling2D", "GroupNormalization",
    "InputLayer", "LayerNormalization", "LeakyReLU", "MaxPooling2D", "Maximum", "Multiply",
    "PReLU", "ReLU", "Reshape", "SeparableConv2D", "Softmax", "SpatialDropout2D",
)
# fmt: on
# fmt: off
INITIALIZERS = (
    "Constant", "GlorotNormal", "GlorotUniform", "HeNormal", "HeUniform", "LecunNormal",
    "LecunUniform", "Ones", "OrthogonalInitializer", "Orthogonal", "RandomNormal",
    "RandomUniform", "TruncatedNormal", "VarianceScaling", "Zeros",
)
# fmt: on
ALLOWED = {
    "keras.layers": set(LAYERS),
    "keras.initializers": set(INITIALIZERS),
    "keras.regularizers": {"L1", "L2", "L1L2"},
    "keras.constraints": {"MaxNorm", "UnitNorm", "NonNeg"},
    "keras": {"DTypePolicy", "Sequential", "Functional"},
    "keras.models": {"Sequential", "Functional"},
    "keras.src.models.functional": {"Functional"},
}
# fmt: off
ACTIVATIONS = (
    "celu", "elu", "gelu", "leaky_relu", "linear", "mish", "relu", "relu6", "selu", "sigmoid",
    "silu", "softmax", "softplus", "softsign", "swish", "tanh",
)
# fmt: on

# Lists that belong to the structure of a model; any other list may hold a few numbers at most.
_STRUCTURE = {"layers", "inbound_nodes", "args", "input_layers", "output_layers"}
_LONGEST_LIST = 8
_LONGEST_WORD = 80


class RecipeError(ValueError):
    """A choice that the experiment does not allow; the message says which, and what to do."""


def read(build_model, hyperparameters):
    """Call the learner's two functions and write down what they chose.

    Parameters
    ----------
    build_model : callable
        Takes nothing; returns an uncompiled Keras model from (28, 28, 1) to a softmax over 5.
    hyperparameters : callable
        Takes nothing; returns a dictionary with the keys of ``HYPERPARAMETERS``.

    Returns
    -------
    dict
        ``{"model": str, "hyperparameters": dict}``, plain enough for JSON.

    Raises
    ------
    RecipeError
        When a choice is outside what the experiment allows. Whatever the two functions raise
        themselves, ``NotImplementedError`` for one, is passed on.
    """
    model = build_model()
    chosen = hyperparameters()
    if not isinstance(model, keras.Model):
        raise RecipeError(
            f"build_model() returned {_a(model)}, not a Keras model: end it with "
            "`return keras.Sequential([...])`."
        )
    if type(model) not in (keras.Sequential, keras.models.Model, _functional_class()):
        raise RecipeError(
            f"build_model() returned a class of its own, {type(model).__name__}: use "
            "keras.Sequential or keras.Model(inputs, outputs) with Keras's layers."
        )
    if model.compiled:
        raise RecipeError(
            "build_model() returned a compiled model: leave compile() out. The experiment "
            "compiles it with categorical cross-entropy and your hyperparameters."
        )
    if not model.built:
        raise RecipeError(
            "build_model() returned a model without a size: put keras.Input((28, 28, 1)) first."
        )
    recipe = {"model": _description(model), "hyperparameters": check_hyperparameters(chosen)}
    check_model(recipe["model"])
    _check_size(model)
    return recipe


def fresh_model(recipe):
    """Build the recipe's model with new random weights.

    Only the description is used, so weights that were set by hand, changed methods and changed
    attributes of the learner's object have no way in.

    Parameters
    ----------
    recipe : dict
        As :func:`read` returns it.

    Returns
    -------
    keras.Model
        Not compiled.

    Raises
    ------
    RecipeError
        As for :func:`read`; everything is checked again, since a recipe may come from a file.
    """
    check_hyperparameters(recipe["hyperparameters"])
    check_model(recipe["model"])
    try:
        model = keras.models.model_from_json(recipe["model"])
    except (TypeError, ValueError) as problem:
        raise RecipeError(f"Keras cannot build this model again: {problem}") from problem
    _check_size(model)
    return model


def optimizer(recipe):
    """Return a new Keras optimizer as the recipe's hyperparameters say."""
    chosen = recipe["hyperparameters"]
    return OPTIMIZERS[chosen["optimizer"]](learning_rate=chosen["learning_rate"])


def check_hyperparameters(chosen):
    """Return the hyperparameters as plain Python values.

    Parameters
    ----------
    chosen : dict
        optimizer: "adam", "rmsprop" or "sgd" (with momentum 0.9); learning_rate: float above 0,
        at most 1; batch_size: int, 16 to 512; epochs: int, 1 to 60; patience: None for no early
        stopping, or an int from 1 to 60.

    Raises
    ------
    RecipeError
        Naming the key and what it may be.
    """
    if not isinstance(chosen, dict):
        raise RecipeError(f"hyperparameters() returned {_a(chosen)}: return a dictionary.")
    for name in HYPERPARAMETERS:
        if name not in chosen:
            raise RecipeError(f'hyperparameters() has no "{name}": add it to the dictionary.')
    for name in chosen:
        if name not in HYPERPARAMETERS:
            raise RecipeError(
                f"hyperparameters() has {name!r}, which this experiment does not use: the keys are "
                f"{', '.join(HYPERPARAMETERS)}."
            )
    name = chosen["optimizer"]
    if not isinstance(name, str) or name not in OPTIMIZERS:
        raise RecipeError(
            f'"optimizer" is {_shown(name)}: choose one of the words {", ".join(OPTIMIZERS)}.'
        )
    rate = chosen["learning_rate"]
    if not _is_number(rate) or not 0 < float(rate) <= 1:
        raise RecipeError(
            f'"learning_rate" is {_shown(rate)}: it must be a number above 0 and at most 1.'
        )
    patience = chosen["patience"]
    return {
        "optimizer": name,
        "learning_rate": float(rate),
        "batch_size": _whole(chosen, "batch_size", SMALLEST_BATCH, LARGEST_BATCH),
        "epochs": _whole(chosen, "epochs", 1, MOST_EPOCHS),
        "patience": None if patience is None else _whole(chosen, "patience", 1, MOST_EPOCHS),
    }


def check_model(description):
    """Check Keras's JSON description of a model against what the experiment allows.

    Raises
    ------
    RecipeError
        Naming the layer or argument that is not allowed.
    """
    tree = json.loads(description)
    if tree.get("class_name") not in ("Sequential", "Functional"):
        raise RecipeError("The model must be a keras.Sequential or a keras.Model(inputs, outputs).")
    _check_part(tree, where="the model")
    layers = tree["config"]["layers"]
    if len(layers) > MOST_LAYERS:
        raise RecipeError(f"The model has {len(layers)} layers: keep to {MOST_LAYERS}.")
    last = layers[-1]
    ends_in_softmax = (
        last["class_name"] == "Softmax" or last["config"].get("activation") == "softmax"
    )
    if not ends_in_softmax:
        raise RecipeError(
            "The model does not end in a softmax: make its last layer "
            f'Dense({CLASSES}, activation="softmax").'
        )


def layers_in_words(recipe):
    """Return one short line for each layer, such as ``Conv2D 32 3x3 relu``."""
    return [
        _layer_in_words(layer)
        for layer in json.loads(recipe["model"])["config"]["layers"]
        if layer["class_name"] != "InputLayer"
    ]


def source_of(function):
    """Return a function's source text, or "" where Python does not know it."""
    try:
        return inspect.getsource(function)
    except (OSError, TypeError):
        return ""


def _functional_class():
    inputs = keras.Input((1,))
    return type(keras.Model(inputs, inputs))


def _description(model):
    try:
        return model.to_json()
    except Exception as problem:  # a layer written by the learner may fail in any way here
        raise RecipeError(
            f"Keras cannot describe this model ({problem}): use only Keras's own layers."
        ) from problem


def _check_size(model):
    if tuple(model.input_shape)[1:] != IMAGE:
        raise RecipeError(
            f"The model takes inputs of shape {model.input_shape}: start it with "
            f"keras.Input({IMAGE})."
        )
    if tuple(model.output_shape) != (None, CLASSES):
        raise RecipeError(
            f"The model returns shape {model.output_shape} where (None, {CLASSES}) is needed, one "
            "probability for each class: look at the last layer, and whether a Flatten is missing."
        )
    if model.count_params() > LARGEST_MODEL:
        raise RecipeError(
            f"The model has {model.count_params():,} weights and the limit is {LARGEST_MODEL:,}: "
            "make the dense layer smaller, or pool before it."
        )


def _check_part(part, where, key=None):
    if isinstance(part, dict):
        if "class_name" in part:
            where = _check_class(part, where)
        elif key == "activation":
            raise RecipeError(
                f"{where} has an activation of its own: choose one of Keras's by its name."
            )
        for name, value in part.items():
            if name == "compile_config":
                continue
            _check_part(value, where, name)
    elif isinstance(part, list):
        if key not in _STRUCTURE and len(part) > _LONGEST_LIST:
            raise RecipeError(f"{where} brings a list of {len(part)} values as {key!r}: remove it.")
        for value in part:
            _check_part(value, where, key)
    elif isinstance(part, str):
        if key == "activation" and part not in ACTIVATIONS:
            raise RecipeError(f"{where} has the activation {part!r}, which is not one of Keras's.")
        if len(part) > _LONGEST_WORD:
            raise RecipeError(f"{where} brings a long text as {key!r}: remove it.")


def _check_class(part, where):
    """Check one described object; return the words that name it in messages about its parts."""
    module, name, config = part.get("module"), part["class_name"], part.get("config", {})
    if name == "__keras_tensor__":
        return where
    if name not in ALLOWED.get(module, ()):
        raise RecipeError(
            f"{where} uses {name}, which is not among the layers of this experiment. Allowed are "
            f"{', '.join(LAYERS[:-1])} and {LAYERS[-1]}."
            if where == "the model"
            else f"{where} uses {name}, which this experiment does not allow."
        )
    if name == "Constant" and not _is_number(config.get("value")):
        raise RecipeError(f"{where} starts from given weights: start from random ones.")
    if name == "DTypePolicy" and config.get("name") != "float32":
        raise RecipeError(f"{where} computes in {config.get('name')}: keep to float32.")
    return name if module == "keras.layers" else where


def _layer_in_words(layer):
    config = layer["config"]
    words = [layer["class_name"]]
    for key in ("filters", "units", "rate", "stddev", "pool_size", "kernel_size"):
        value = config.get(key)
        if isinstance(value, list):
            words.append("x".join(str(number) for number in value))
        elif value is not None:
            words.append(f"{value:g}")
    # What a layer has by default goes without saying; pooling strides by its pool size.
    strides = config.get("strides")
    if strides and strides != config.get("pool_size") and set(strides) != {1}:
        words.append(f"stride {'x'.join(str(number) for number in dict.fromkeys(strides))}")
    if config.get("padding") == "same":
        words.append("same")
    activation = config.get("activation")
    if isinstance(activation, str) and activation != "linear":
        words.append(activation)
    regularizer = config.get("kernel_regularizer")
    if regularizer:
        strengths = ", ".join(f"{value:g}" for value in regularizer["config"].values())
        words.append(f"{regularizer['class_name']}({strengths})")
    return " ".join(words)


def _whole(chosen, name, low, high):
    value = chosen[name]
    if not _is_number(value) or float(value) != int(value) or not low <= value <= high:
        or_none = " (or None, for no early stopping)" if name == "patience" else ""
        raise RecipeError(
            f'"{name}" is {_shown(value)}: it must be a whole number from {low} to {high}{or_none}.'
        )
    return int(value)


def _is_number(value):
    # Exact types: a subclass of float may answer each question about itself differently.
    if type(value) not in (int, float) and type(value).__module__ != "numpy":
        return False
    try:
        return math.isfinite(value) and not isinstance(value, bool)
    except TypeError:
        return False


def _shown(value):
    text = repr(value)
    return text if len(text) <= 40 else type(value).__name__


def _a(value):
    name = type(value).__name__
    return "nothing (None)" if value is None else f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
