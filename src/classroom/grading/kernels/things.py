"""What of the learner's is no value: functions, classes, objects. The judge knows their numbers."""

from collections.abc import Callable
from typing import Any

from classroom.grading.kernels import exceptions, library_values
from classroom.grading.kernels.special_names import ALONE, BINARY
from classroom.grading.kernels.values import Packer, Unpacker


class Things:
    """The things that the judge has been told of.

    Parameters
    ----------
    ask_back : callable
        Calls a function of the judge's, by its number.
    """

    def __init__(self, ask_back: Callable):
        self.ask_back = ask_back
        self.kept, self.numbers = [], {}

    def __getitem__(self, number: int) -> Any:
        """Return a thing."""
        return self.kept[number]

    def number(self, thing: Any) -> int:
        """Return the number by which the judge knows a thing."""
        if id(thing) not in self.numbers:
            self.numbers[id(thing)] = len(self.kept)
            self.kept.append(thing)  # kept, so that nothing else gets its id
        return self.numbers[id(thing)]

    def pack(self, packer: Packer, value: Any) -> list:
        """Return the record of what is no plain value."""
        if isinstance(value, OfJudge):
            return ["y", value.__dict__["_number"]]
        if (record := library_values.pack(packer, value)) is not None:
            return record
        if isinstance(value, BaseException):
            return ["x", exceptions.pack(packer, value, self.number)]
        return self.handle(value)

    def handle(self, value: Any) -> list:
        """Return the record by which the judge can talk to a thing."""
        kind = type(value)
        has = [
            name
            for name in ALONE | BINARY
            if getattr(kind, name, None) is not getattr(object, name, 0)
        ]
        described = {
            "type": str(kind.__name__)[:100],
            "base": next(filter(None, map(library_values.class_record, kind.__mro__)), None),
            "has": [name for name in has if getattr(kind, name, None) is not None],
            "name": str(getattr(value, "__name__", ""))[:100],
        }
        if isinstance(value, type):
            described["class"] = True
            if issubclass(value, BaseException):
                described["error"] = exceptions.classes_of(value, self.number)
        return ["h", self.number(value), described]

    def unpack(self, unpacker: Unpacker, record: list) -> Any:
        """Return what a record of the judge's stands for."""
        tag, *rest = record
        if tag == "y":
            return self.kept[rest[0]]
        if tag == "h":
            return OfJudge(self.ask_back, rest[0])
        if tag == "fn":
            found = library_values.named_module(rest[0])
            for part in rest[1].split("."):
                found = getattr(found, part)
            return found
        if tag == "x":
            return exceptions.unpack(unpacker, rest[0], {})
        return library_values.unpack(unpacker, record)


class OfJudge:
    """A function of a test, which a learner's function was given."""

    def __init__(self, ask_back: Callable, number: int):
        self._ask_back, self._number = ask_back, number

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Have the judge call it."""
        return self._ask_back(self._number, arguments, named)
