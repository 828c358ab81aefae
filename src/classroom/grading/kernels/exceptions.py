"""Exceptions as records: their kind, their message and what their arguments were; see `values`.

A kind that is a library's is the same on both sides. One of a learner's own class arrives as a
class of the same name below the library's class that it derives from.
"""

from typing import Any

from classroom.grading.kernels.library_values import LIBRARIES, named_class
from classroom.grading.kernels.values import CannotCrossError, Packer, Unpacker

# Whose exceptions are known by name on both sides.
KNOWN = LIBRARIES | {"crossentropy", "decimal", "json", "statistics", "subprocess", "asyncio"}
LONGEST_MESSAGE = 100_000
MOST_CLASSES = 20


def message_of(error: BaseException) -> str:
    """Return the message of an exception, whatever its class does."""
    try:
        return str(str(error))[:LONGEST_MESSAGE]
    except BaseException:
        return ""


def classes_of(kind: type[BaseException], number: Any) -> dict[str, Any]:
    """Return the record of a kind: the library's class, and the learner's below it.

    Parameters
    ----------
    kind : type
    number : callable
        Returns the number by which the other side knows a class.
    """
    own = []
    for one in kind.__mro__:
        module, name = str(one.__module__), str(one.__qualname__)
        try:
            if named_class(module, name, KNOWN) is one and issubclass(one, BaseException):
                return {"base": [module, name], "own": own[:MOST_CLASSES]}
        except CannotCrossError:
            pass
        if issubclass(one, BaseException):
            own.append([number(one), str(one.__name__)[:100]])
    return {"base": ["builtins", "Exception"], "own": own[:MOST_CLASSES]}


def pack(packer: Packer, error: BaseException, number: Any) -> dict[str, Any]:
    """Return the record of an exception."""
    record = {**classes_of(type(error), number), "message": message_of(error), "args": None}
    before = len(packer.buffers)
    try:
        record["args"] = packer.pack(tuple(error.args))
    except BaseException:
        del packer.buffers[before:]
    return record


def kind(record: dict[str, Any], made: dict[int, type]) -> type[BaseException]:
    """Return the class of a record of `classes_of`; `made` holds those that were made before."""
    try:
        found = named_class(*map(str, record["base"]), KNOWN)
        if not issubclass(found, BaseException):
            raise CannotCrossError("is no exception")
        for number, name in reversed(record["own"][:MOST_CLASSES]):
            if number not in made:
                made[number] = type(str(name)[:100], (found,), {"__module__": "__main__"})
            found = made[number]
        return found
    except (KeyError, TypeError, ValueError, CannotCrossError):
        return Exception


def unpack(unpacker: Unpacker, record: dict[str, Any], made: dict[int, type]) -> BaseException:
    """Return the exception of a record; one that cannot be made as it was still says the same."""
    found = kind(record, made)
    message = str(record.get("message", ""))[:LONGEST_MESSAGE]
    try:
        arguments = unpacker.unpack(record.get("args"))
        error = found(*arguments) if isinstance(arguments, tuple) else found(message)
        if str(error) == message:
            return error
    except Exception:
        pass
    told = {"__str__": lambda self: message, "__module__": found.__module__}
    told["__init__"] = lambda self, *more: None
    try:
        return type(found.__name__, (found,), told)(message)
    except TypeError:
        return Exception(message)
