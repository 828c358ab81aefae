"""What a learner may choose in the experiment: the lists, and the checks against them.

The checks are a list of what is allowed rather than of what is forbidden, so that a new trick has
to be let in by somebody. They look at plain data: Keras's JSON description of a network, and a
dictionary of numbers and words.
"""

from __future__ import annotations

import json
import math
from typing import Any

CLASSES = 5
LARGEST_MODEL = 3_000_000
MOST_LAYERS = 40
MOST_EPOCHS = 60
SMALLEST_BATCH, LARGEST_BATCH = 16, 512

OPTIMIZERS = ("adam", "adamw", "rmsprop", "sgd")
HYPERPARAMETERS = ("optimizer", "learning_rate", "batch_size", "epochs", "patience")

# fmt: off
LAYERS = (
    "Activation", "Add", "AlphaDropout", "Average", "AveragePooling2D", "BatchNormalization",
    "Concatenate", "Conv2D", "Dense", "DepthwiseConv2D", "Dropout", "ELU", "Flatten",
    "GaussianDropout", "GaussianNoise", "GlobalAveragePooling2D", "GlobalMaxPooling2D",
    "GroupNormalization", "InputLayer", "LayerNormalization", "LeakyReLU", "MaxPooling2D",
    "Maximum", "Minimum", "Multiply", "PReLU", "RandomBrightness", "RandomContrast", "RandomFlip",
    "RandomRotation", "RandomTranslation", "RandomZoom", "ReLU", "Rescaling", "Reshape",
    "SeparableConv2D", "Softmax", "SpatialDropout2D", "Subtract", "ZeroPadding2D",
)
ACTIVATIONS = (
    "celu", "elu", "exponential", "gelu", "hard_sigmoid", "hard_silu", "leaky_relu", "linear",
    "mish", "relu", "relu6", "selu", "sigmoid", "silu", "softmax", "softplus", "softsign", "swish",
    "tanh",
)
INITIALIZERS = (
    "Constant", "GlorotNormal", "GlorotUniform", "HeNormal", "HeUniform", "LecunNormal",
    "LecunUniform", "Ones", "OrthogonalInitializer", "Orthogonal", "RandomNormal",
    "RandomUniform", "TruncatedNormal", "VarianceScaling", "Zeros",
)
# What `x + y` or keras.activations.relu(x) leave in a network, where a layer could stand as well.
OPERATIONS = {
    "keras.src.ops.numpy": {"Add", "Concatenate", "Maximum", "Minimum", "Multiply", "Reshape",
                            "Subtract", "Tanh"},
    "keras.src.ops.nn": {"Celu", "Elu", "Gelu", "HardSigmoid", "HardSilu", "LeakyRelu", "Relu",
                         "Relu6", "Selu", "Sigmoid", "Silu", "Softmax", "Softplus", "Softsign"},
    "keras.src.activations.activations": {"Mish", "ReLU"},
}
# fmt: on
ALLOWED = {
    "keras.layers": set(LAYERS),
    "keras.initializers": set(INITIALIZERS),
    "keras.regularizers": {"L1", "L2", "L1L2"},
    "keras.constraints": {"MaxNorm", "UnitNorm", "NonNeg"},
    "keras": {"DTypePolicy", "Sequential", "Functional"},
    "keras.models": {"Sequential", "Functional"},
    "keras.src.models.functional": {"Functional"},
    **OPERATIONS,
}
# Functions of TensorFlow that are Keras's under another name.
_KERAS_NAMES = {"softmax_v2": "softmax", "swish": "silu"}

# Lists that belong to the structure of a model; any other list may hold a few numbers at most.
_STRUCTURE = {"layers", "inbound_nodes", "args", "input_layers", "output_layers"}
_LONGEST_LIST = 8
_LONGEST_WORD = 80


class RecipeError(ValueError):
    """A choice that the experiment does not allow; the message says which, and what to do."""


def check_hyperparameters(chosen: Any) -> dict[str, Any]:
    """Return the hyperparameters as plain Python values.

    Parameters
    ----------
    chosen : dict
        optimizer: "adam", "adamw", "rmsprop" or "sgd" (with momentum 0.9), in any case;
        learning_rate: float above 0, at most 1; batch_size: int, 16 to 512; epochs: int, 1 to 60;
        patience: None for no early stopping, or an int from 1 to 60.

    Raises
    ------
    RecipeError
        Naming the key and what it may be.
    """
    if not isinstance(chosen, dict):
        raise RecipeError(f"hyperparameters() returned {a(chosen)}: return a dictionary.")
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
    if not isinstance(name, str) or name.lower() not in OPTIMIZERS:
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
        "optimizer": str(name.lower()),
        "learning_rate": float(rate),
        "batch_size": _whole(chosen, "batch_size", SMALLEST_BATCH, LARGEST_BATCH),
        "epochs": _whole(chosen, "epochs", 1, MOST_EPOCHS),
        "patience": None if patience is None else _whole(chosen, "patience", 1, MOST_EPOCHS),
    }


def with_keras_names(description: str) -> str:
    """Return a description in which TensorFlow's activation functions bear Keras's names.

    `Dense(5, activation=tf.nn.softmax)` is described as a function called softmax_v2, which Keras
    cannot build again. Only the name is looked at, and what is built from it is Keras's own.
    """
    tree = json.loads(description)

    def rename(part):
        if isinstance(part, dict):
            activation = part.get("activation")
            if isinstance(activation, dict) and activation.get("class_name") == "function":
                name = activation.get("config")
                part["activation"] = _KERAS_NAMES.get(name, activation)
            part = list(part.values())
        if isinstance(part, list):
            for one in part:
                rename(one)

    rename(tree)
    return json.dumps(tree)


def check_model(description: str) -> None:
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
    if not _ends_in_softmax(tree["config"]):
        raise RecipeError(
            "The model does not end in a softmax: make its last layer "
            f'Dense({CLASSES}, activation="softmax").'
        )


def check_size(model: Any, image: tuple[int, int, int]) -> None:
    """Check what a Keras model takes and returns, and how many weights it has.

    Raises
    ------
    RecipeError
        When it takes other images than (N, *image), returns no (N, 5), or has too many weights.
    """
    if tuple(model.input_shape)[1:] != tuple(image):
        raise RecipeError(
            f"The model takes inputs of shape {model.input_shape}: start it with "
            f"keras.Input({tuple(image)})."
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


def _ends_in_softmax(config):
    """Whether a model's output is a softmax, or a mean of such: probabilities in either case."""
    layers = {layer["config"]["name"]: layer for layer in config["layers"]}
    last = config["layers"][-1]["config"]["name"]
    output = config.get("output_layers")
    if output:  # of a Functional model; [name, 0, 0], or a list of one of these
        last = output[0][0] if isinstance(output[0], list) else output[0]

    def is_softmax(name):
        layer = layers[name]
        kind, activation = layer["class_name"], layer["config"].get("activation")
        if isinstance(activation, dict):  # a layer in the place of an activation
            activation = activation.get("class_name", "").lower()
        if kind == "Softmax" or activation == "softmax":
            return True
        if kind in ("Sequential", "Functional"):
            return _ends_in_softmax(layer["config"])
        before = _names_of_inputs(layer.get("inbound_nodes", []))
        return kind == "Average" and bool(before) and all(map(is_softmax, before))

    return is_softmax(last)


def _names_of_inputs(part):
    if isinstance(part, dict):
        if part.get("class_name") == "__keras_tensor__":
            return [part["config"]["keras_history"][0]]
        part = list(part.values())
    if isinstance(part, list):
        return [name for one in part for name in _names_of_inputs(one)]
    return []


def _check_part(part, where, key=None):
    if isinstance(part, dict):
        if "class_name" in part:
            where = _check_class(part, where, key)
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


def _check_class(part, where, key):
    """Check one described object; return the words that name it in messages about its parts."""
    module, name, config = part.get("module"), part["class_name"], part.get("config", {})
    if name == "__keras_tensor__":
        return where
    if name not in ALLOWED.get(module, ()):
        if key == "activation":
            raise RecipeError(
                f"{where} has an activation of its own: choose one of Keras's by its name."
            )
        raise RecipeError(
            f"{where} uses {name}, which is not among the layers of this experiment. Allowed are "
            f"{', '.join(LAYERS[:-1])} and {LAYERS[-1]}, and what +, * and keras.activations make."
            if where == "the model"
            else f"{where} uses {name}, which this experiment does not allow."
        )
    if name == "Constant" and not _is_number(config.get("value")):
        raise RecipeError(f"{where} starts from given weights: start from random ones.")
    if name == "DTypePolicy" and config.get("name") != "float32":
        raise RecipeError(f"{where} computes in {config.get('name')}: keep to float32.")
    return where if module in ("keras.initializers", "keras") else name


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


def a(value: Any) -> str:
    """Return the kind of a value in words: "a str", "nothing (None)"."""
    name = type(value).__name__
    return "nothing (None)" if value is None else f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
