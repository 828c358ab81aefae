"""Which library a function relies on, by its text: names mean what they were bound to then."""

import pytest

from classroom.grading.kernels.libraries_in_text import Texts

IMPORTS = "import functools\nimport numpy as np\nimport tensorflow as tf"
WITH_KERAS = "def loss(x):\n    return tf.reduce_mean(x)\n"
BY_HAND = "def loss(x):\n    return np.mean(x)\n"


def libraries(*cells):
    return Texts([IMPORTS, *cells], {}, lambda name: None).libraries("loss")


@pytest.mark.parametrize(
    "around",
    [
        "loss = functools.partial(loss)",
        "plain = loss\ndef loss(*given):\n    return plain(*given)",
        "loss = (lambda inner: lambda *given: inner(*given))(loss)",
        "loss = [loss][0]",
        "class Loss:\n    inner = staticmethod(loss)\n    def __call__(self, x):\n"
        "        return self.inner(x)\nloss = Loss()",
        "def loss(x, inner=loss):\n    return inner(x)",
    ],
)
def test_a_function_that_takes_the_name_of_what_it_wraps_hides_nothing(around):
    assert "tensorflow" in libraries(WITH_KERAS + around)
    assert "tensorflow" not in libraries(BY_HAND + around)


def test_what_was_tried_before_and_is_bound_anew_does_not_count():
    assert libraries(WITH_KERAS, BY_HAND) == {"numpy"}
    assert libraries(
        "mean = tf.reduce_mean", "mean = np.mean", BY_HAND.replace("np.mean", "mean")
    ) == {"numpy"}
