"""What a learner chose in the overfitting experiment, written down as plain data.

A recipe is the architecture (Keras's own JSON description, stock layers only) and a few training
hyperparameters (numbers and words). Nothing in it can run: no code, no weights, no data. That is
why it can be trained again elsewhere, by a fresh interpreter, and mean the same there. What may
stand in it is in `allowed`.
"""

from __future__ import annotations

from collections.abc import Callable
import hashlib
import inspect
import json

from crossentropy.experiment import allowed
from crossentropy.experiment.allowed import RecipeError, a
import keras

IMAGE = (28, 28, 1)  # of the embedded images

_OPTIMIZERS = {
    "adam": keras.optimizers.Adam,
    "adamw": keras.optimizers.AdamW,
    "rmsprop": keras.optimizers.RMSprop,
    "sgd": lambda learning_rate: keras.optimizers.SGD(learning_rate, momentum=0.9),
}
# Where Keras's description of a network names its layers.
_HOLDS_NAMES = {"name", "keras_history", "input_layers", "output_layers"}


def read(
    build_model: Callable, hyperparameters: Callable, image: tuple[int, int, int] = IMAGE
) -> dict:
    """Call the learner's two functions and write down what they chose.

    Parameters
    ----------
    build_model : callable
        Takes nothing; returns an uncompiled Keras model from images to a softmax over 5.
    hyperparameters : callable
        Takes nothing; returns a dictionary with the keys of `allowed.HYPERPARAMETERS`.
    image : (int, int, int)
        Height, width and channels of the images that the model has to take.

    Returns
    -------
    dict
        `{"model": str, "hyperparameters": dict, "image": list}`, plain enough for JSON.

    Raises
    ------
    RecipeError
        When a choice is outside what the experiment allows. Whatever the two functions raise
        themselves, `NotImplementedError` for one, is passed on.
    """
    image = tuple(int(side) for side in image)
    model = build_model()
    chosen = hyperparameters()
    if not isinstance(model, keras.Model):
        raise RecipeError(
            f"build_model() returned {a(model)}, not a Keras model: end it with "
            "`return keras.Sequential([...])`."
        )
    if type(model) not in (keras.Sequential, keras.models.Model, _functional_class()):
        if type(model).__name__ in ("Sequential", "Functional"):
            # While it is graded, what stands here for a model with a layer that holds code.
            allowed.check_model(_description(model))
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
            f"build_model() returned a model without a size: put keras.Input({image}) first."
        )
    recipe = {
        "model": _description(model),
        "hyperparameters": allowed.check_hyperparameters(chosen),
        "image": list(image),
    }
    allowed.check_model(recipe["model"])
    allowed.check_size(model, image)
    return recipe


def fresh_model(recipe: dict) -> keras.Model:
    """Build the recipe's model with new random weights.

    Only the description is used, so weights that were set by hand, changed methods and changed
    attributes of the learner's object have no way in.

    Parameters
    ----------
    recipe : dict
        As `read` returns it.

    Returns
    -------
    keras.Model
        Not compiled.

    Raises
    ------
    RecipeError
        As for `read`; everything is checked again, since a recipe may come from a file.
    """
    allowed.check_hyperparameters(recipe["hyperparameters"])
    allowed.check_model(recipe["model"])
    try:
        model = keras.models.model_from_json(recipe["model"])
    except (TypeError, ValueError) as problem:
        raise RecipeError(f"Keras cannot build this model again: {problem}") from problem
    allowed.check_size(model, recipe.get("image", IMAGE))
    return model


def optimizer(recipe: dict) -> keras.optimizers.Optimizer:
    """Return a new Keras optimizer as the recipe's hyperparameters say."""
    chosen = recipe["hyperparameters"]
    return _OPTIMIZERS[chosen["optimizer"]](learning_rate=chosen["learning_rate"])


def key(recipe: dict) -> str:
    """Return a short text that is the same for the same network and hyperparameters.

    Keras numbers the names of layers through a session, so they are replaced by their places.
    """
    tree = json.loads(recipe["model"])
    names = [tree["config"]["name"], *(one["config"]["name"] for one in tree["config"]["layers"])]
    places = {name: f"#{place}" for place, name in enumerate(names)}

    def rename(part, of=None):
        if isinstance(part, dict):
            return {name: rename(value, name) for name, value in part.items()}
        if isinstance(part, list):
            return [rename(one, of) for one in part]
        return places.get(part, part) if of in _HOLDS_NAMES and isinstance(part, str) else part

    whole = [rename(tree), recipe["hyperparameters"], list(recipe.get("image", IMAGE))]
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()[:16]


def layers_in_words(recipe: dict) -> list[str]:
    """Return one short line for each layer, such as `Conv2D 32 3x3 relu`."""
    return [
        _layer_in_words(layer)
        for layer in json.loads(recipe["model"])["config"]["layers"]
        if layer["class_name"] != "InputLayer"
    ]


def source_of(function: Callable) -> str:
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
        return allowed.with_keras_names(model.to_json())
    except Exception as problem:  # a layer written by the learner may fail in any way here
        raise RecipeError(
            f"Keras cannot describe this model ({problem}): use only Keras's own layers."
        ) from problem


def _layer_in_words(layer):
    config = layer["config"]
    words = [layer["class_name"]]
    for name in ("filters", "units", "rate", "stddev", "pool_size", "kernel_size", "factor"):
        value = config.get(name)
        if isinstance(value, list):
            words.append("x".join(f"{number:g}" for number in value))
        elif value is not None:
            words.append(f"{value:g}")
    factors = [config.get(f"{side}_factor") for side in ("height", "width")]
    words += [f"{value:g}" for value in factors if isinstance(value, (int, float))]
    if isinstance(config.get("mode"), str):
        words.append(config["mode"])
    # What a layer has by default goes without saying; pooling strides by its pool size.
    strides = config.get("strides")
    if strides and strides != config.get("pool_size") and set(strides) != {1}:
        words.append(f"stride {'x'.join(str(number) for number in dict.fromkeys(strides))}")
    if config.get("padding") == "same":
        words.append("same")
    activation = config.get("activation")
    if isinstance(activation, dict):
        words.append(activation["class_name"])
    elif isinstance(activation, str) and activation != "linear":
        words.append(activation)
    regularizer = config.get("kernel_regularizer")
    if regularizer:
        strengths = ", ".join(f"{value:g}" for value in regularizer["config"].values())
        words.append(f"{regularizer['class_name']}({strengths})")
    return " ".join(words)
