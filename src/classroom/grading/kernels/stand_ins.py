"""What stands in the judge for what is no value, and the functions that it has handed over."""

import sys
from typing import Any

from classroom.grading.kernels import exceptions, library_values
from classroom.grading.kernels.proxies import OfLearner, proxy
from classroom.grading.kernels.values import CannotCrossError, Packer, Unpacker


class HandOverError(TypeError):
    """A value cannot be handed over between the notebook and its tests; one sentence."""


class StandIns:
    """Proxies of the learner's things, by their numbers; classes of exceptions; functions of tests.

    Parameters
    ----------
    asking : classroom.grading.kernels.asking.Asking
        Whom a proxy has ask.
    """

    def __init__(self, asking: Any):
        self.asking = asking
        self.proxies, self.classes, self.given = {}, {}, []

    def pack(self, packer: Packer, value: Any) -> list:
        """Return the record of what is no plain value."""
        if isinstance(value, Unreadable):
            raise CannotCrossError(value.why)
        if isinstance(value, OfLearner):
            return ["y", value.__dict__["_number"]]
        if isinstance(value, type):
            for number, made in self.classes.items():
                if made is value:
                    return ["y", number]
        if isinstance(value, BaseException):
            return ["x", exceptions.pack(packer, value, lambda kind: -1)]
        if (record := library_values.pack(packer, value)) is not None:
            return record
        if not callable(value):
            raise CannotCrossError(f"is a {type(value).__name__}, which cannot be handed over")
        if record := _named_function(value):
            return record
        self.given.append(value)
        return ["h", len(self.given) - 1]

    def unpack(self, unpacker: Unpacker, record: list) -> Any:
        """Return what a record of the learner's kernel stands for."""
        tag, *rest = record
        if tag == "y":
            return self.given[rest[0]]
        if tag == "no":
            raise CannotCrossError(str(rest[0])[:300])
        if tag == "x":
            return exceptions.unpack(unpacker, rest[0], self.classes)
        if tag == "h":
            number, described = rest
            if not isinstance(number, int) or not isinstance(described, dict):
                raise TypeError
            if isinstance(described.get("error"), dict):
                return exceptions.kind(described["error"], self.classes)
            if number not in self.proxies:
                self.proxies[number] = proxy(self.asking, number, described)
            return self.proxies[number]
        return library_values.unpack(unpacker, record)


class Unreadable:
    """What stands for a value of the learner's that could not be handed over."""

    def __init__(self, name: str, why: str):
        self.name, self.why = name, why

    def __getattr__(self, name: str):
        raise HandOverError(f"{self.__dict__['name']} {self.__dict__['why']}.")


def _named_function(value):
    """Return how a function of a library is named on both sides, or None."""
    module = str(getattr(value, "__module__", "") or "")
    name = str(getattr(value, "__qualname__", getattr(value, "__name__", "")))
    if module.split(".")[0] not in library_values.LIBRARIES:
        return None
    found = sys.modules.get(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    return ["fn", module, name] if found is value else None
