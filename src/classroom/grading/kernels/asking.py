"""The judge asks the learner's kernel: for names, for what a function gives, for files.

What comes back may be anything, so it is taken in as values (see `values`) or refused in a sentence.
"""

from collections.abc import Callable
import importlib
import os
from pathlib import Path
import socket
import sys
import threading
from typing import Any
import warnings

import numpy as np

from classroom.grading.kernels import exceptions, library_values
from classroom.grading.kernels.libraries_in_text import Texts, library_of
from classroom.grading.kernels.proxies import OfLearner, proxy
from classroom.grading.kernels.values import CannotCrossError, Packer, Unpacker, fill
from classroom.grading.kernels.wire import TooLargeError, Wire, WireError

MOST_STRAY = 1000  # replies without a question
LARGEST_FILE = 20 * 2**20
CODE = (".py", ".pyc", ".pyo", ".pyd", ".so", ".pth", ".ipynb")
SEEDS = ("random.seed", "numpy.random.seed", "tensorflow.random.set_seed")
SEEDS += ("keras.utils.set_random_seed",)


class DeadKernelError(BaseException):
    """The learner's kernel is gone; no test may take it for an answer."""


class HandOverError(TypeError):
    """A value cannot be handed over between the notebook and its tests; one sentence."""


class Asking:
    """The judge's end of the line.

    Parameters
    ----------
    lines : socket.socket
        Brings a line to a learner's kernel, as a descriptor; another when there is another kernel.
    space : dict
        The namespace in which tests run.
    tell : callable
        Called with what a learner's function printed and showed.
    """

    def __init__(self, lines: socket.socket, space: dict[str, Any], tell: Callable):
        self.lines, self.space, self.tell = lines, space, tell
        self.wire, self.count, self.lock = None, 0, threading.RLock()
        self.proxies, self.classes, self.given, self.numbers = {}, {}, [], {}
        self.borrowed, self.values, self.seeds = {}, [], []
        self.files, self.written, self.absent = {}, {}, True
        self.gone, self.texts = "", {"cells": [], "modules": {}}
        self.usual = np.geterr(), list(warnings.filters[:1])

    # --- a cell that is judged ----------------------------------------------------------------

    def begin(self, names: list[str], patience: float) -> None:
        """Take over what the learner's kernel has by these names, and the files beside it.

        Parameters
        ----------
        names : list of str
        patience : float
            Seconds after which a cell that needs no name does without a kernel that is busy.
        """
        self._take_line()
        for name in self.borrowed:
            self.space.pop(name, None)
        self.borrowed, self.values, self.seeds = {}, [], []
        self.usual = np.geterr(), list(warnings.filters[:1])
        self.absent = self.wire is None
        if self.absent:
            return
        reply, unpacker = self._ask("begin", {"names": names}, None, None if names else patience)
        if reply is None:
            self.absent = True
            return
        found = reply.get("values")
        for name, record in (found.items() if isinstance(found, dict) else ()):
            if name not in names:
                continue
            try:
                value = unpacker.unpack(record)
            except CannotCrossError as no:
                value = Unreadable(name, str(no))
            self.space[name] = self.borrowed[name] = value
            if not isinstance(value, OfLearner):
                self.values.append(name)
        self._take_files(reply.get("files"))

    def end(self, own: list[str]) -> None:
        """Let the learner's kernel go on, with what the test has made of names and of its files."""
        if self.wire is None:
            return
        if self.absent:
            self.wire.send({"ask": "end"})
            return
        packer = Packer(self._pack_other)
        if changes := self._changes(packer):
            self._ask("names", changes, packer)
        reply, _ = self._ask("figures", {})
        self._told(reply)
        for name in own:
            path = Path(name)
            if path.is_file() and self.written.get(name) != (content := path.read_bytes()):
                packer = Packer(self._pack_other)
                reply, _ = self._ask("write", {"name": name, "content": packer.pack(content)}, packer)
                self.written[name] = content
                self._note_files(reply.get("files"))
        self.wire.send({"ask": "end"})

    def _take_line(self):
        while True:
            try:
                self.lines.setblocking(False)
                _, descriptors, _, _ = socket.recv_fds(self.lines, 16, 1)
            except OSError:
                return
            if not descriptors:
                return
            if self.wire is not None:
                self.wire.close()
            line = socket.socket(fileno=descriptors[0])
            line.setblocking(True)
            self.wire, self.gone = Wire(line), ""
            self.proxies, self.files = {}, {}

    # --- questions ----------------------------------------------------------------------------

    def call(self, of: OfLearner, method: str | None, arguments: tuple, named: dict) -> Any:
        """Call what a proxy stands for, or a method of it, and return the result by value."""
        with self.lock:
            packer = Packer(self._pack_other)
            name = of.__dict__["_described"].get("name") or of.__dict__["_described"].get("type")
            try:
                record = {
                    "of": of.__dict__["_number"],
                    "method": method,
                    "args": packer.pack(arguments),
                    "named": packer.pack(named),
                    **self._changes(packer),
                    **self._settings(),
                }
            except CannotCrossError as no:
                raise HandOverError(f"What this test gives to {name} {no}.") from None
            reply, unpacker = self._ask("call", record, packer)
            self._told(reply)
            if reply.get("after") is not None:
                self._fill((arguments, named), reply["after"], unpacker)
            self._renew(reply.get("names"), unpacker)
            if reply.get("files"):
                self._take_files(reply["files"])
            return self._answer(reply, unpacker, f"What {name} returns")

    def attribute(self, of: OfLearner, name: str) -> Any:
        """Return an attribute of what a proxy stands for."""
        with self.lock:
            reply, unpacker = self._ask("get", {"of": of.__dict__["_number"], "name": name})
            self._told(reply)
            return self._answer(reply, unpacker, f"The attribute {name}")

    def set_attribute(self, of: OfLearner, name: str, value: Any) -> None:
        """Set an attribute of what a proxy stands for."""
        with self.lock:
            packer = Packer(self._pack_other)
            record = {"of": of.__dict__["_number"], "name": name, "value": packer.pack(value)}
            reply, unpacker = self._ask("put", record, packer)
            self._answer(reply, unpacker, f"The attribute {name}")

    def is_instance(self, one: OfLearner, kind: OfLearner) -> bool:
        """Return whether one thing of the learner's is an object of another, a class."""
        with self.lock:
            numbers = {"of": one.__dict__["_number"], "kind": kind.__dict__["_number"]}
            return self._ask("is", numbers)[0].get("ok") is True

    def libraries_of(self, one: OfLearner) -> set[str]:
        """Return which libraries a function of the learner's reaches, by the text handed in."""
        name = one.__dict__["_described"].get("name")
        name = next((each for each, value in self.borrowed.items() if value is one), name)
        return Texts(self.texts["cells"], self.texts["modules"], self._data).libraries(name)

    def _data(self, name):
        with self.lock:
            reply, unpacker = self._ask("value", {"name": name})
            try:
                return library_of(self._answer(reply, unpacker, name))
            except Exception:
                return None

    def _answer(self, reply, unpacker, what):
        if "error" in reply:
            raise self._error(reply, unpacker)
        if "refused" in reply:
            raise HandOverError(f"{what} {str(reply['refused'])[:300]}.")
        try:
            return unpacker.unpack(reply.get("ok"))
        except CannotCrossError as no:
            raise HandOverError(f"{what} {no}.") from None

    def _error(self, reply, unpacker):
        record = reply["error"] if isinstance(reply["error"], dict) else {}
        error = exceptions.unpack(unpacker, record, self.classes)
        error.lines_of_learner = {
            part: [line for line in record.get(part, ()) if isinstance(line, str)][:200]
            for part in ("frames", "before")
            if isinstance(record.get(part, ()), list)
        }
        return error

    def _ask(self, what, record, packer=None, patience=None):
        if self.wire is None:
            raise DeadKernelError(self.gone or "The kernel of the notebook has ended.")
        self.count += 1
        try:
            try:
                buffers = packer.buffers if packer else []
                self.wire.send({"ask": what, "id": self.count, **record}, buffers)
            except TooLargeError as no:
                raise HandOverError(f"What this test hands over {no}.") from None
            for _ in range(MOST_STRAY):
                if patience is not None and not self.wire.comes_within(patience):
                    return None, None
                reply, buffers = self.wire.receive()
                unpacker = Unpacker(buffers, self._unpack_other)
                if "back" in reply:
                    self._call_back(reply, unpacker)
                elif reply.get("id") == self.count:
                    return reply, unpacker
            raise WireError("it answers what nobody asked")
        except WireError as error:
            self.wire.close()
            self.wire = None
            self.gone = f"The kernel of the notebook does not answer any more: {error}."
            raise DeadKernelError(self.gone) from None

    def _call_back(self, record, unpacker):
        packer, answer = Packer(self._pack_other), {}
        try:
            function = self.given[record["back"]]
            arguments, named = unpacker.unpack(record["args"]), unpacker.unpack(record["named"])
            answer["ok"] = packer.pack(function(*arguments, **named))
        except Exception as error:
            answer["error"] = exceptions.pack(packer, error, lambda kind: -1)
        self.wire.send(answer, packer.buffers)

    # --- what goes along with a question ------------------------------------------------------

    def _settings(self):
        """Return what a test has set around a call: warnings, NumPy's errors, random numbers."""
        settings, self.seeds = {"seeds": self.seeds, "numpy": np.geterr()}, []
        first = warnings.filters[:1]
        if first and first != self.usual[1] and first[0][1] is None and first[0][3] is None:
            settings["warnings"] = first[0][0]
        if self.values:
            settings["watch"] = self.values
        return settings

    def _changes(self, packer):
        """Return which of the learner's names a test has deleted or bound to something else."""
        deleted, bound = [], {}
        for name, value in list(self.borrowed.items()):
            if name not in self.space:
                deleted.append(name)
                self.borrowed[name] = _GONE
            elif self.space[name] is not value:
                bound[name] = packer.pack(self.space[name])
                self.borrowed[name] = self.space[name]
        deleted = [name for name in deleted if name not in self.space]
        return {"deleted": deleted, "bound": bound} if deleted or bound else {}

    def watch_seeds(self) -> None:
        """Note from now on when a test begins a series of random numbers, to do it there as well."""
        for name in SEEDS:
            module, function = name.rsplit(".", 1)
            if module.split(".")[0] in sys.modules:
                module = importlib.import_module(module)
                setattr(module, function, self._noting(name, getattr(module, function)))

    def _noting(self, name, function):
        def noted(*arguments, **named):
            plain = [*arguments, *named.values()]
            if all(one is None or isinstance(one, int) for one in plain):
                self.seeds.append([name, plain])
            return function(*arguments, **named)

        return noted

    # --- what comes back ----------------------------------------------------------------------

    def _told(self, reply):
        if isinstance(told := reply.get("told"), list):
            self.tell(told)

    def _fill(self, given, records, unpacker):
        try:
            after = [unpacker.unpack(record) for record in records]
        except (CannotCrossError, TypeError):
            return
        for pair in zip(given, after, strict=False):
            fill(*pair)

    def _renew(self, records, unpacker):
        """Take over the values that a call has given to the learner's names."""
        for name, record in (records.items() if isinstance(records, dict) else ()):
            if name in self.values and name in self.space:
                try:
                    value = unpacker.unpack(record)
                except CannotCrossError:
                    continue
                self.space[name] = self.borrowed[name] = value

    def _note_files(self, listed):
        found = {}
        for one in listed if isinstance(listed, list) else ():
            if isinstance(one, list) and len(one) == 3 and isinstance(one[0], str):
                found[one[0]] = one[1:]
        new = {name: state for name, state in found.items() if self.files.get(name) != state}
        self.files = found
        return new

    def _take_files(self, listed):
        for name in self._note_files(listed):
            path = Path(name)
            if path.is_absolute() or ".." in path.parts or name.lower().endswith(CODE):
                continue
            reply, unpacker = self._ask("read", {"name": name})
            try:
                content = unpacker.unpack(reply.get("ok"))
            except CannotCrossError:
                continue
            if isinstance(content, bytes) and len(content) <= LARGEST_FILE:
                self.written[name] = content
                try:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    if not path.is_file() or path.read_bytes() != content:
                        part = Path(f"{name}.part")
                        part.write_bytes(content)
                        os.replace(part, path)
                except OSError:
                    continue

    def _pack_other(self, packer, value):
        if isinstance(value, Unreadable):
            raise CannotCrossError(value.why)
        if type(value) in self.numbers or isinstance(value, OfLearner):
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

    def _unpack_other(self, unpacker, record):
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
                self.proxies[number] = proxy(self, number, described)
            return self.proxies[number]
        return library_values.unpack(unpacker, record)


class Unreadable:
    """What stands for a value of the learner's that could not be handed over."""

    def __init__(self, name: str, why: str):
        self.name, self.why = name, why

    def __getattr__(self, name: str):
        raise HandOverError(f"{self.__dict__['name']} {self.__dict__['why']}.")


_GONE = object()


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
