"""What is set in a test around a call: warnings, NumPy and Keras, the begin of random numbers."""

from collections.abc import Callable, Iterator
import contextlib
import importlib
import sys
from typing import Any
import warnings

from crossentropy import usual_settings
import numpy as np

from classroom.grading.kernels.library_values import named_module

SEEDS = (
    *("random.seed", "numpy.random.seed", "tensorflow.random.set_seed"),
    "keras.utils.set_random_seed",
)


class Surroundings:
    """The judge's part: what a test has set so far."""

    def __init__(self):
        self.seeds, self.usual = [], list(warnings.filters[:1])
        for name in SEEDS:
            module, function = name.rsplit(".", 1)
            if module.split(".")[0] in sys.modules:
                module = importlib.import_module(module)
                setattr(module, function, self._noting(name, getattr(module, function)))

    def begin(self) -> None:
        """Begin with a cell."""
        self.seeds, self.usual = [], list(warnings.filters[:1])

    def record(self) -> dict[str, Any]:
        """Return what goes along with a call; seeds go along once."""
        record = {"seeds": self.seeds, "numpy": np.geterr(), "keras": usual_settings.of_keras()}
        self.seeds = []
        first = warnings.filters[:1]
        if first and first != self.usual and first[0][1] is None and first[0][3] is None:
            record["warnings"] = first[0][0]
        return record

    def _noting(self, name: str, function: Callable) -> Callable:
        def noted(*arguments, **named):
            plain = [*arguments, *named.values()]
            if all(one is None or isinstance(one, int) for one in plain):
                self.seeds.append([name, plain])
            return function(*arguments, **named)

        return noted


# --- in the learner's kernel ------------------------------------------------------------------


@contextlib.contextmanager
def as_in_the_test(record: dict[str, Any]) -> Iterator[None]:
    """Have inside the block what a test has set around its call."""
    for name, arguments in record.get("seeds", ()):
        module, function = name.rsplit(".", 1)
        with contextlib.suppress(Exception):
            getattr(named_module(module), function)(*arguments)
    numpys, kerass = np.errstate(**record.get("numpy", {})), record.get("keras", {})
    with warnings.catch_warnings(), numpys, usual_settings.keras_having(kerass):
        if action := record.get("warnings"):
            warnings.simplefilter(action)
        yield
