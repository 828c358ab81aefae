"""What crosses between the learner's kernel and the judge: values, written as plain records.

`Packer` makes of a value a JSON record with raw buffers, and `Unpacker` the value again. No code,
no pickle and no identity crosses: a subclass becomes the plain value that it holds, and what is no
value (a function, an object of a learner's class) becomes a handle to which the other side talks.
"""

from collections.abc import Callable
import sys
from typing import Any

import numpy as np

DEEPEST = 60
MOST_ITEMS = 200_000
CONTAINERS = (("l", list), ("t", tuple), ("d", dict), ("s", set), ("fs", frozenset))
PACKED_FROM = 32  # lists of so many numbers go as one buffer
PLAIN_KINDS = "biufcSUmM"
NOT_NUMPY = ("bfloat16", "float8_e4m3fn", "float8_e5m2")


class CannotCrossError(TypeError):
    """A value cannot be handed over; the message is a clause that follows its name."""


class Packer:
    """Makes records of values.

    Parameters
    ----------
    other : callable
        Called with the packer and a value that is none of the plain ones; returns its record.

    Attributes
    ----------
    buffers : list of bytes
        To be sent along with the records.
    """

    def __init__(self, other: Callable[["Packer", Any], list]):
        self.other, self.buffers = other, []
        self.around, self.items = set(), 0

    def pack(self, value: Any) -> Any:
        """Return the record of a value.

        Raises
        ------
        CannotCrossError
        """
        kind = type(value)
        if value is None or kind is bool or kind is str or kind is float:
            return value
        if kind is int:
            return value if -(2**62) < value < 2**62 else ["i", hex(value)]
        if (record := self._container(value)) is not None:
            return record
        if isinstance(value, np.generic):
            return self._scalar(value)
        if isinstance(value, np.ndarray):
            return self._array(value)
        if isinstance(value, complex):
            return ["c", value.real, value.imag]
        if isinstance(value, bytes | bytearray):
            return ["b" if isinstance(value, bytes) else "ba", self.buffer(bytes(value))]
        for plain in (bool, int, float, str):
            if isinstance(value, plain):
                return self.pack(_as_plain(plain, value))
        if kind is range:
            return ["r", *map(self.pack, (value.start, value.stop, value.step))]
        if kind is slice:
            return ["sl", *map(self.pack, (value.start, value.stop, value.step))]
        if value is Ellipsis or value is NotImplemented:
            return ["e" if value is Ellipsis else "ni"]
        if isinstance(value, np.dtype):
            return ["dt", self.dtype(value)]
        return self.other(self, value)

    def buffer(self, content: bytes) -> int:
        """Add a buffer and return its place."""
        self.buffers.append(content)
        return len(self.buffers) - 1

    def _container(self, value):
        found = [(tag, kind) for tag, kind in CONTAINERS if isinstance(value, kind)]
        if not found:
            return None
        [(tag, kind)] = found
        # By the plain type's own methods: what a subclass holds counts, not what it says.
        parts = list(dict.items(value)) if kind is dict else list(kind.__iter__(value))
        if tag == "l" and len(parts) >= PACKED_FROM and (packed := self._packed(parts)):
            return packed
        self.items += len(parts)
        if self.items > MOST_ITEMS:
            raise CannotCrossError(f"holds more than {MOST_ITEMS:,} values")
        if id(value) in self.around:
            raise CannotCrossError("holds itself")
        if len(self.around) >= DEEPEST:
            raise CannotCrossError(f"is nested more than {DEEPEST} deep")
        self.around.add(id(value))
        try:
            if kind is dict:
                return [tag, [[self.pack(name), self.pack(one)] for name, one in parts]]
            return [tag, [self.pack(one) for one in parts]]
        finally:
            self.around.discard(id(value))

    def _packed(self, parts):
        kinds = set(map(type, parts))
        if kinds == {float}:
            return ["lf", self.buffer(np.array(parts).tobytes())]
        if kinds == {int} and all(-(2**62) < part < 2**62 for part in parts):
            return ["li", self.buffer(np.array(parts, dtype=np.int64).tobytes())]
        return None

    def dtype(self, dtype: np.dtype) -> str:
        """Return the name of a type of numbers or texts."""
        if dtype.name in NOT_NUMPY:
            return dtype.name
        if dtype.kind not in PLAIN_KINDS or dtype.fields:
            raise CannotCrossError(f"is of the type {dtype}")
        return dtype.str

    def _scalar(self, value):
        if value.dtype.kind in "OV" and value.dtype.name not in NOT_NUMPY:
            raise CannotCrossError(f"is of the type {value.dtype}")
        return ["g", self.dtype(value.dtype), self.buffer(value.tobytes())]

    def _array(self, value):
        plain = np.asarray(np.ma.getdata(value)).view(np.ndarray)
        if plain.dtype.kind == "O":
            return ["ao", list(plain.shape), self.pack(plain.ravel().tolist())]
        column_wise = plain.flags.f_contiguous and not plain.flags.c_contiguous
        content = plain.tobytes("F" if column_wise else "C")
        how = ("F" if column_wise else "") + ("" if plain.flags.writeable else "r")
        return ["a", self.dtype(plain.dtype), list(plain.shape), self.buffer(content), how]


def _as_plain(plain, value):
    if plain in (bool, int):
        return int.__int__(value) if plain is int else bool(value)
    return plain.__float__(value) if plain is float else str.__str__(value)[:]


class Unpacker:
    """Makes values of records, which may be anything.

    Parameters
    ----------
    buffers : list of bytes
    other : callable
        Called with the unpacker and the record of a value that is none of the plain ones.
    """

    def __init__(self, buffers: list[bytes], other: Callable[["Unpacker", list], Any]):
        self.buffers, self.other, self.depth = buffers, other, 0

    def unpack(self, record: Any) -> Any:
        """Return the value of a record.

        Raises
        ------
        CannotCrossError
            When it is no record of a value.
        """
        if record is None or isinstance(record, bool | int | float | str):
            return record
        self.depth += 1
        try:
            if self.depth > DEEPEST + 20:
                raise CannotCrossError("is nested too deep")
            tag, *rest = record
            make = _PLAIN.get(tag)
            return make(self, *rest) if make else self.other(self, record)
        except CannotCrossError:
            raise
        except (TypeError, ValueError, IndexError, KeyError, AttributeError, OverflowError) as no:
            raise CannotCrossError(f"cannot be read ({type(no).__name__})") from None
        finally:
            self.depth -= 1

    def dtype(self, name: str) -> np.dtype:
        """Return the type of numbers or texts with a name."""
        if name in NOT_NUMPY:
            import ml_dtypes

            return np.dtype(getattr(ml_dtypes, name))
        dtype = np.dtype(str(name))
        if dtype.kind not in PLAIN_KINDS or dtype.fields:
            raise CannotCrossError("is of a type that cannot be handed over")
        return dtype

    def array(self, name: str, shape: list[int], place: int, how: str = "") -> np.ndarray:
        """Return an array that owns its memory."""
        plain = np.frombuffer(self.buffers[place], self.dtype(name))
        made = plain.reshape([int(each) for each in shape], order="F" if "F" in how else "C")
        made = made.copy(order="K")
        made.flags.writeable = "r" not in how
        return made

    def _objects(self, shape, record):
        made = np.empty(len(parts := self.unpack(record)), dtype=object)
        made[:] = parts
        return made.reshape([int(each) for each in shape])

    def _dict(self, parts):
        return {self.unpack(name): self.unpack(one) for name, one in parts}

    def _many(self, parts):
        if not isinstance(parts, list):
            raise TypeError
        return [self.unpack(part) for part in parts]


_PLAIN = {
    "i": lambda self, text: int(str(text)[:100_000], 16),
    "c": lambda self, real, imaginary: complex(real, imaginary),
    "b": lambda self, place: self.buffers[place],
    "ba": lambda self, place: bytearray(self.buffers[place]),
    "l": Unpacker._many,
    "t": lambda self, parts: tuple(self._many(parts)),
    "s": lambda self, parts: set(self._many(parts)),
    "fs": lambda self, parts: frozenset(self._many(parts)),
    "d": Unpacker._dict,
    "lf": lambda self, place: np.frombuffer(self.buffers[place], float).tolist(),
    "li": lambda self, place: np.frombuffer(self.buffers[place], np.int64).tolist(),
    "r": lambda self, *ends: range(*map(self.unpack, ends)),
    "sl": lambda self, *ends: slice(*map(self.unpack, ends)),
    "e": lambda self: Ellipsis,
    "ni": lambda self: NotImplemented,
    "g": lambda self, name, place: np.frombuffer(self.buffers[place], self.dtype(name), 1)[0],
    "a": Unpacker.array,
    "ao": Unpacker._objects,
    "dt": lambda self, name: self.dtype(name),
}


def fill(given: Any, after: Any) -> None:
    """Change a value that was handed over into what the other side has made of it, in place."""
    if given is after or type(given) is not type(after):
        return
    if isinstance(given, np.ndarray):
        if given.shape == after.shape and given.dtype == after.dtype:
            if given.flags.writeable and given.dtype.kind != "O":
                given[...] = after
        elif given.flags.owndata:
            given.resize(after.shape, refcheck=False)
            given[...] = after
    elif isinstance(given, list):
        if len(given) == len(after):
            after = [_filled(*pair) for pair in zip(given, after, strict=True)]
        given[:] = after
    elif isinstance(given, dict):
        kept = {
            name: _filled(given[name], one) if name in given else one for name, one in after.items()
        }
        given.clear()
        given.update(kept)
    elif isinstance(given, set):
        given.intersection_update(after)
        given.update(after)
    elif isinstance(given, bytearray):
        given[:] = after
    elif isinstance(given, tuple) and len(given) == len(after):
        for pair in zip(given, after, strict=True):
            fill(*pair)
    else:
        variable = getattr(sys.modules.get("tensorflow"), "Variable", None)
        model = getattr(sys.modules.get("keras"), "Model", None)
        if variable is not None and isinstance(given, variable):
            given.assign(after)
        elif model is not None and isinstance(given, model):
            given.set_weights(after.get_weights())


def _filled(given, after):
    """Return the part that stands at a place now: the one that was there, if it can be changed."""
    if type(given) is type(after) and isinstance(given, list | dict | set | bytearray | np.ndarray):
        fill(given, after)
        if not isinstance(given, np.ndarray) or given.shape == after.shape:
            return given
    return after
