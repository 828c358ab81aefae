"""`libraries_used` sees TensorFlow and Keras under any name, and nothing where there is none."""

import functools

from crossentropy.libraries_used import libraries_used
import pytest

NUMPY_ONLY = {
    "plain": "def answer(x):\n    return np.exp(x)",
    "a helper beside it": "def helper(x):\n    return np.exp(x)\ndef answer(x):\n"
    "    return helper(x)",
    "a lambda": "answer = lambda x: np.exp(x) / np.exp(x).sum()",
    "recursion": "def answer(x):\n    return np.exp(x) if len(x) else answer(x)",
    "a comprehension": "def answer(x):\n    return [np.exp(one) for one in x]",
    "a callable object": "class Answer:\n    def __call__(self, x):\n        return np.exp(x)\n"
    "answer = Answer()",
    "an attribute named like a global": "def answer(x):\n    return np.exp(x.tf)",
    "an alias": "exponential = np.exp\ndef answer(x):\n    return exponential(x)",
    "an import inside": "def answer(x):\n    import numpy\n    return numpy.exp(x)",
    "a function from NumPy": "answer = np.exp",
    "a partial": "import functools\ndef f(x, y):\n    return np.exp(x)\n"
    "answer = functools.partial(f, y=1)",
    "words that name a library": "tools = ['keras']\ndef answer(x, how='tensorflow.nn'):\n"
    "    'keras.ops'\n    return np.exp(x) + len(tools)",
    "a class with words": "class Answer:\n    'tensorflow'\n    how = 'keras'\n"
    "    def __call__(self, x):\n        return np.exp(x)\nanswer = Answer()",
    "a name that is not there yet": "def answer(x):\n    return np.exp(x) + later",
}
WITH_TENSORFLOW = {
    "by its name": "def answer(x):\n    return tf.nn.softmax(x).numpy()",
    "an alias": "theirs = tf.nn.softmax\ndef answer(x):\n    return theirs(x).numpy()",
    "the function itself": "answer = tf.nn.softmax",
    "an import inside": "def answer(x):\n    from tensorflow.nn import softmax\n"
    "    return softmax(x)",
    "a lesson's own loss": "def answer(x):\n    return loss_of_each(x, x)",
    "through a helper": "def helper(x):\n    return tf.nn.softmax(x)\ndef answer(x):\n"
    "    return helper(x)",
    "as a default": "def answer(x, softmax=tf.nn.softmax):\n    return softmax(x)",
    "in a closure": "def make(softmax):\n    def inner(x):\n        return softmax(x)\n"
    "    return inner\nanswer = make(tf.nn.softmax)",
    "in a callable object": "class Answer:\n    def __init__(self):\n"
    "        self.f = tf.nn.softmax\n    def __call__(self, x):\n        return self.f(x)\n"
    "answer = Answer()",
    "in a dict": "tools = {'f': tf.nn.softmax}\ndef answer(x):\n    return tools['f'](x)",
    "in a partial": "import functools\nanswer = functools.partial(tf.nn.softmax, axis=1)",
    "in a comprehension": "def answer(x):\n    return [tf.nn.softmax(one) for one in x]",
    "a layer": "layer = keras.layers.Softmax()\ndef answer(x):\n    return layer(x)",
    "a method of a layer": "answer = keras.layers.Softmax().call",
    "a class with a Keras base": "class Loss(keras.losses.Loss):\n    pass\ndef answer(x):\n"
    "    return Loss()(x, x)",
}


@pytest.fixture(params=["in a notebook", "in a namespace without a name"])
def named(request):
    return {"__name__": "__main__"} if request.param == "in a notebook" else {}


def answer_from(source, **names):
    space = dict(names)
    exec(source, space)
    return space["answer"]


@pytest.fixture(scope="module")
def lesson():
    import crossentropy  # noqa: F401  (before TensorFlow: it keeps TensorFlow quiet)
    import keras
    import numpy as np
    import tensorflow as tf

    loss = keras.losses.CategoricalCrossentropy(reduction="none")
    return {"keras": keras, "np": np, "tf": tf, "loss_of_each": loss}


@pytest.mark.parametrize("source", NUMPY_ONLY.values(), ids=NUMPY_ONLY)
def test_an_answer_in_numpy_uses_nothing_else_that_matters(lesson, named, source):
    found = libraries_used(answer_from(source, **lesson, **named))
    assert "numpy" in found
    assert not found & {"tensorflow", "keras"}


@pytest.mark.parametrize("source", WITH_TENSORFLOW.values(), ids=WITH_TENSORFLOW)
def test_tensorflow_and_keras_are_seen_under_any_name(lesson, named, source):
    assert libraries_used(answer_from(source, **lesson, **named)) & {"tensorflow", "keras"}


def test_a_function_that_uses_no_library_names_none(named):
    answer = answer_from("def answer(x):\n    return max(x) - min(x)", **named)
    assert libraries_used(answer) == set()


def test_what_stands_around_is_not_used(lesson):
    source = "layer = keras.layers.Softmax()\ndef answer(x):\n    return np.exp(x)"
    assert libraries_used(answer_from(source, **lesson)) == {"numpy"}


def test_a_wrapped_function_is_looked_into(lesson):
    def wrap(function):
        @functools.wraps(function)
        def wrapper(x):
            return function(x)

        return wrapper

    source = "@wrap\ndef answer(x):\n    return tf.nn.softmax(x)"
    assert libraries_used(answer_from(source, wrap=wrap, **lesson)) & {"tensorflow", "keras"}
