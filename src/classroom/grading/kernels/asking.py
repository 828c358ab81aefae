"""The judge asks the learner's kernel: for names, for what a function gives, for files.

What comes back may be anything, so it is taken in as values (see `values`) or refused in a
sentence.
"""

from collections.abc import Callable
import socket
import threading
from typing import Any

from classroom.grading.kernels import exceptions
from classroom.grading.kernels.files_beside import FilesBeside
from classroom.grading.kernels.libraries_in_text import Texts, library_of
from classroom.grading.kernels.proxies import OfLearner
from classroom.grading.kernels.stand_ins import HandOverError, StandIns, Unreadable
from classroom.grading.kernels.surroundings import Surroundings
from classroom.grading.kernels.values import CannotCrossError, Packer, Unpacker, fill
from classroom.grading.kernels.wire import TooLargeError, Wire, WireError

MOST_STRAY = 1000  # replies without a question


class DeadKernelError(BaseException):
    """The learner's kernel is gone; no test may take it for an answer."""


_GONE = object()


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
        self.stand_ins = StandIns(self)
        self.borrowed, self.values = {}, []
        self.files, self.absent = FilesBeside(self._ask_for_file), True
        self.surroundings = Surroundings()
        self.gone, self.texts = "", {"cells": [], "modules": {}}
        self.surroundings.begin()

    # --- a cell that is judged ----------------------------------------------------------------

    def begin(self, names: list[str], patience: float, teachers: list[str]) -> None:
        """Take over what the learner's kernel has by these names, and the files beside it.

        Parameters
        ----------
        names : list of str
        patience : float
            Seconds after which a cell that needs no name does without a kernel that is busy.
        teachers : list of str
            Names of files that the teacher has put there, which stay as they are.
        """
        self._take_line()
        for name in self.borrowed:
            self.space.pop(name, None)
        self.borrowed, self.values = {}, []
        self.surroundings.begin()
        self.files.teachers = set(teachers)
        self.absent = self.wire is None
        if self.absent:
            return
        reply, unpacker = self._ask("begin", {"names": names}, None, None if names else patience)
        if reply is None:
            self.absent = True
            return
        found = reply.get("values")
        for name, record in found.items() if isinstance(found, dict) else ():
            if name not in names:
                continue
            try:
                value = unpacker.unpack(record)
            except CannotCrossError as no:
                value = Unreadable(name, str(no))
            self.space[name] = self.borrowed[name] = value
            if not isinstance(value, OfLearner):
                self.values.append(name)
        self.files.take(reply.get("files"))

    def end(self, own: list[str]) -> None:
        """Let the learner's kernel go on, with what the test has made of names and of its files."""
        if self.wire is None:
            return
        if self.absent:
            self.wire.send({"ask": "end"})
            return
        packer = Packer(self.stand_ins.pack)
        if changes := self._changes(packer):
            self._ask("names", changes, packer)
        reply, _ = self._ask("figures", {})
        self._told(reply)
        self.files.give(own)
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
            self.stand_ins.proxies, self.files.states = {}, {}

    # --- questions ----------------------------------------------------------------------------

    def call(self, of: OfLearner, method: str | None, arguments: tuple, named: dict) -> Any:
        """Call what a proxy stands for, or a method of it, and return the result by value."""
        with self.lock:
            packer = Packer(self.stand_ins.pack)
            name = of.__dict__["_described"].get("name") or of.__dict__["_described"].get("type")
            try:
                record = {
                    "of": of.__dict__["_number"],
                    "method": method,
                    "args": packer.pack(arguments),
                    "named": packer.pack(named),
                    **self._changes(packer),
                    **self.surroundings.record(),
                    **({"watch": self.values} if self.values else {}),
                }
            except CannotCrossError as no:
                raise HandOverError(f"What this test gives to {name} {no}.") from None
            reply, unpacker = self._ask("call", record, packer)
            self._told(reply)
            if reply.get("after") is not None:
                self._fill((arguments, named), reply["after"], unpacker)
            self._renew(reply.get("names"), unpacker)
            if reply.get("files"):
                self.files.take(reply["files"])
            try:
                return self._answer(reply, unpacker, f"What {name} returns")
            except (StopIteration, StopAsyncIteration, GeneratorExit) as error:
                if method == "__next__":
                    raise
                # Inside of `map` or `zip` it would end a test early, and count as passed.
                raise RuntimeError(f"{name} raised {type(error).__name__}") from None

    def attribute(self, of: OfLearner, name: str) -> Any:
        """Return an attribute of what a proxy stands for."""
        with self.lock:
            reply, unpacker = self._ask("get", {"of": of.__dict__["_number"], "name": name})
            self._told(reply)
            return self._answer(reply, unpacker, f"The attribute {name}")

    def set_attribute(self, of: OfLearner, name: str, value: Any) -> None:
        """Set an attribute of what a proxy stands for."""
        with self.lock:
            packer = Packer(self.stand_ins.pack)
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
        error = exceptions.unpack(unpacker, record, self.stand_ins.classes)
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
        number = self.count  # others may be asked before this one is answered
        try:
            try:
                buffers = packer.buffers if packer else []
                self.wire.send({"ask": what, "id": number, **record}, buffers)
            except TooLargeError as no:
                raise HandOverError(f"What this test hands over {no}.") from None
            stray = 0
            while stray < MOST_STRAY:
                if patience is not None and not self.wire.comes_within(patience):
                    return None, None
                reply, buffers = self.wire.receive()
                unpacker = Unpacker(buffers, self.stand_ins.unpack)
                if "back" in reply:
                    self._call_back(reply, unpacker)
                elif reply.get("id") == number:
                    return reply, unpacker
                else:
                    stray += 1
            raise WireError("it answers what nobody asked")
        except WireError as error:
            self.wire.close()
            self.wire = None
            self.gone = f"The kernel of the notebook does not answer any more: {error}."
            raise DeadKernelError(self.gone) from None

    def _call_back(self, record, unpacker):
        packer, answer = Packer(self.stand_ins.pack), {}
        try:
            function = self.stand_ins.given[record["back"]]
            arguments, named = unpacker.unpack(record["args"]), unpacker.unpack(record["named"])
            answer["ok"] = packer.pack(function(*arguments, **named))
        except Exception as error:
            answer["error"] = exceptions.pack(packer, error, lambda kind: -1)
        self.wire.send(answer, packer.buffers)

    def _ask_for_file(self, name, content=None):
        """Return the content of a file of the learner's; with `content`, the list of all files."""
        packer = Packer(self.stand_ins.pack)
        record = {"name": name}
        if content is not None:
            record["content"] = packer.pack(content)
            return self._ask("write", record, packer)[0].get("files")
        reply, unpacker = self._ask("read", record)
        try:
            return unpacker.unpack(reply.get("ok"))
        except CannotCrossError:
            return None

    # --- what goes along with a question ------------------------------------------------------

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
        for name, record in records.items() if isinstance(records, dict) else ():
            if name in self.values and name in self.space:
                try:
                    value = unpacker.unpack(record)
                except CannotCrossError:
                    continue
                self.space[name] = self.borrowed[name] = value
