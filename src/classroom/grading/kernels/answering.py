"""The learner's kernel answers the judge: it calls the learner's functions with values that came.

It knows nothing of the tests: what arrives are names, and arguments by value. Whatever a submission
does to this module changes only what it answers, and an answer is a value that the judge looks at.
"""

import contextlib
import os
from pathlib import Path
import signal
import socket
import sys
import threading
from types import TracebackType
from typing import Any
import warnings

import numpy as np

from classroom.grading.kernels import exceptions, library_values
from classroom.grading.kernels.captured import Captured
from classroom.grading.kernels.values import CannotCrossError, Packer, Unpacker
from classroom.grading.kernels.wire import TooLargeError, Wire, WireError

MOST_FILES = 300
LARGEST_FILE = 20 * 2**20
LARGEST_FRAMES = 40_000  # characters of the learner's part of a traceback
SPECIAL = tuple(
    f"__{name}__"
    for name in (
        "len iter next getitem setitem delitem contains call enter exit array str repr format "
        "float int index bool complex round neg pos abs add radd sub rsub mul rmul truediv "
        "rtruediv floordiv rfloordiv mod rmod pow rpow matmul rmatmul and or xor invert "
        "eq ne lt le gt ge"
    ).split()
)


class Answering:
    """What a learner's kernel does for the judge.

    Parameters
    ----------
    shell : IPython.core.interactiveshell.InteractiveShell
    lines : socket.socket
        Brings a line to a judge, as a descriptor; another when there is another judge.
    """

    def __init__(self, shell: Any, lines: socket.socket):
        self.shell, self.lines, self.wire = shell, lines, None
        self.space = shell.user_ns
        self.hidden = set(self.space)
        self.things, self.numbers = [], {}
        self.watched, self.listed = {}, None
        self.captured = Captured(shell)
        self.thread = threading.get_ident()
        self.loop = None

    def listen(self, loop: Any) -> None:
        """Answer whenever this asyncio loop is idle."""
        self.loop = loop
        loop.add_reader(self.lines.fileno(), self._on_line)

    def _on_line(self):
        try:
            _, descriptors, _, _ = socket.recv_fds(self.lines, 16, 1)
        except OSError:
            descriptors = []
        if not descriptors:
            self.loop.remove_reader(self.lines.fileno())
            return
        self._hang_up()
        line = socket.socket(fileno=descriptors[0])
        line.setblocking(True)
        self.wire = Wire(line)
        self.loop.add_reader(line.fileno(), self._on_question)

    def _hang_up(self):
        if self.wire is not None:
            self.loop.remove_reader(self.wire.line.fileno())
            self.wire.close()
            self.wire = None

    def _on_question(self):
        """Answer until the judge says that a cell has ended."""
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            while self._answer(*self.wire.receive()):
                pass
        except KeyboardInterrupt:
            pass
        except WireError:
            self._hang_up()
        finally:
            self.captured.end()
            signal.signal(signal.SIGINT, before)

    def _answer(self, record, buffers):
        """Answer one question; return whether another one follows."""
        what = record.get("ask")
        if what == "end":
            return False
        do = getattr(self, f"_do_{what}", None)
        if do is None:
            return True
        packer = Packer(self._pack_other)
        reply = {"id": record.get("id")}
        try:
            reply |= do(record, Unpacker(buffers, self._unpack_other), packer)
        except KeyboardInterrupt as error:
            reply |= {"error": exceptions.pack(packer, error, self._number)}
        except BaseException as error:  # of this module's own, or of what a submission made of it
            packer.buffers.clear()
            reply |= {"refused": f"could not be read ({type(error).__name__})"}
        try:
            self.wire.send(reply, packer.buffers)
        except TooLargeError as no:
            self.wire.send({"id": record.get("id"), "refused": str(no)})
        return True

    # --- what can be asked --------------------------------------------------------------------

    def _do_begin(self, record, unpacker, packer):
        self._take_names(record, unpacker)
        self.watched, self.listed = {}, None
        values = {}
        for name in record["names"]:
            if name in self.space:
                try:
                    values[name] = packer.pack(self.space[name])
                except CannotCrossError as no:
                    values[name] = ["no", str(no)]
        names = [name for name in list(self.space) if self._is_theirs(name)]
        return {"names": names[:10_000], "values": values, "files": self._files()}

    def _is_theirs(self, name):
        return isinstance(name, str) and not name.startswith("_") and name not in self.hidden

    def _do_call(self, record, unpacker, packer):
        """Call a thing, or a method of it, with arguments that came by value."""
        self._take_names(record, unpacker)
        thing, method = self.things[record["of"]], record.get("method")
        arguments, named = unpacker.unpack(record["args"]), unpacker.unpack(record["named"])
        with self.captured as told:
            try:
                function = thing if method is None else getattr(thing, method)
                with self._settings(record):
                    result = function(*arguments, **named)
                answer = self._result(packer, result, bool(record.get("by_handle")))
            except BaseException as error:
                answer = {"error": self._error(packer, error)}
        answer["told"] = told
        if changed := self._after(packer, record, unpacker.buffers, (arguments, named)):
            answer["after"] = changed
        answer["names"] = self._changed_names(packer, record.get("watch", ()))
        if (files := self._files()) != self.listed:
            answer["files"] = self.listed = files
        return answer

    def _do_is(self, record, unpacker, packer):
        """Say whether a thing is an object of a class."""
        return {"ok": isinstance(self.things[record["of"]], self.things[record["kind"]])}

    def _do_get(self, record, unpacker, packer):
        """Give an attribute of a thing."""
        with self.captured as told:
            try:
                value = getattr(self.things[record["of"]], record["name"])
                answer = self._result(packer, value, True)
            except BaseException as error:
                answer = {"error": self._error(packer, error)}
        return {**answer, "told": told}

    def _do_value(self, record, unpacker, packer):
        """Give what a name stands for."""
        return self._result(packer, self.space[record["name"]], False)

    def _do_put(self, record, unpacker, packer):
        """Set an attribute of a thing."""
        setattr(self.things[record["of"]], record["name"], unpacker.unpack(record["value"]))
        return {"ok": None}

    def _do_names(self, record, unpacker, packer):
        """Take what a test has made of the learner's names."""
        self._take_names(record, unpacker)
        return {"ok": None}

    def _do_read(self, record, unpacker, packer):
        """Give the content of a file beside the notebook."""
        with open(record["name"], "rb") as file:
            return {"ok": packer.pack(file.read(LARGEST_FILE))}

    def _do_write(self, record, unpacker, packer):
        """Replace a file beside the notebook."""
        part = Path(f"{record['name']}.part")
        part.write_bytes(unpacker.unpack(record["content"]))
        part.replace(record["name"])
        self.listed = self._files()
        return {"ok": None, "files": self.listed}

    def _do_figures(self, record, unpacker, packer):
        """Show what was drawn meanwhile, as at the end of a cell."""
        with self.captured as told:
            self.shell.events.trigger("post_execute")
        return {"ok": None, "told": told}

    # --- how it is done -----------------------------------------------------------------------

    def _result(self, packer, value, by_handle):
        before = len(packer.buffers)
        try:
            if by_handle and self._stays(value):
                return {"ok": self._handles(value)}
            return {"ok": packer.pack(value)}
        except CannotCrossError as no:
            del packer.buffers[before:]
            return {"refused": str(no)}

    def _stays(self, value):
        """Whether the judge works on a thing of an object instead of on a copy: its variables."""
        keras = sys.modules.get("keras")
        parts = value if isinstance(value, list | tuple) else [value]
        return keras is not None and any(isinstance(one, keras.Variable) for one in parts)

    def _handles(self, value):
        if isinstance(value, list | tuple):
            return ["l", [self._handle(one) for one in value]]
        return self._handle(value)

    def _take_names(self, record, unpacker):
        for name in record.get("deleted", ()):
            self.space.pop(name, None)
        for name, value in record.get("bound", {}).items():
            self.space[name] = unpacker.unpack(value)

    @contextlib.contextmanager
    def _settings(self, record):
        for name, arguments in record.get("seeds", ()):
            _seed(name, arguments)
        with warnings.catch_warnings(), np.errstate(**record.get("numpy", {})):
            if action := record.get("warnings"):
                warnings.simplefilter(action)
            yield

    def _after(self, packer, record, buffers, given):
        """Return what the arguments are after a call, when that is something else than before."""
        again = Packer(self._pack_other)
        try:
            after = [again.pack(given[0]), again.pack(given[1])]
        except CannotCrossError:
            return None
        if after == [record["args"], record["named"]] and again.buffers == buffers[
            : len(again.buffers)
        ]:
            return None
        return [packer.pack(given[0]), packer.pack(given[1])]

    def _changed_names(self, packer, names):
        changed = {}
        for name in names:
            again = Packer(self._pack_other)
            with contextlib.suppress(Exception):
                now = again.pack(self.space[name]) if name in self.space else None, again.buffers
                if name in self.watched and self.watched[name] != now:
                    changed[name] = packer.pack(self.space[name]) if name in self.space else ["del"]
                self.watched[name] = now
        return changed

    def _files(self):
        """List the files beside the notebook with what changes when they do."""
        found = []
        for folder, folders, names in os.walk("."):
            folders[:] = sorted(one for one in folders if not one.startswith((".", "__")))
            for name in sorted(names):
                if name.startswith(".") or name.endswith((".ipynb", ".part")):
                    continue
                path = os.path.join(folder, name)
                with contextlib.suppress(OSError):
                    status = os.lstat(path)
                    if status.st_size <= LARGEST_FILE:
                        found.append([path[2:], status.st_size, status.st_mtime_ns])
                if len(found) >= MOST_FILES:
                    return found
        return found

    def _error(self, packer, error):
        record = exceptions.pack(packer, error, self._number)
        with contextlib.suppress(BaseException):
            record |= _lines_of(self.shell, error)
        return record

    # --- things that are no values ------------------------------------------------------------

    def _number(self, thing):
        """Return the number by which the judge knows a thing."""
        if id(thing) not in self.numbers:
            self.numbers[id(thing)] = len(self.things)
            self.things.append(thing)  # kept, so that nothing else gets its id
        return self.numbers[id(thing)]

    def _pack_other(self, packer, value):
        if isinstance(value, OfJudge):
            return ["y", value.__dict__["_number"]]
        if (record := library_values.pack(packer, value)) is not None:
            return record
        if isinstance(value, BaseException):
            return ["x", exceptions.pack(packer, value, self._number)]
        return self._handle(value)

    def _handle(self, value):
        kind = type(value)
        has = [name for name in SPECIAL if getattr(kind, name, None) is not getattr(object, name, 0)]
        described = {
            "type": str(kind.__name__)[:100],
            "base": next(filter(None, map(library_values.class_record, kind.__mro__)), None),
            "has": [name for name in has if getattr(kind, name, None) is not None],
            "name": str(getattr(value, "__name__", ""))[:100],
        }
        if isinstance(value, type):
            described["class"] = True
            if issubclass(value, BaseException):
                described["error"] = exceptions.classes_of(value, self._number)
        return ["h", self._number(value), described]

    def _unpack_other(self, unpacker, record):
        tag, *rest = record
        if tag == "y":
            return self.things[rest[0]]
        if tag == "h":
            return OfJudge(self, rest[0])
        if tag == "fn":
            found = library_values.named_module(rest[0])
            for part in rest[1].split("."):
                found = getattr(found, part)
            return found
        if tag == "x":
            return exceptions.unpack(unpacker, rest[0], {})
        return library_values.unpack(unpacker, record)

    def ask_back(self, number: int, arguments: tuple, named: dict[str, Any]) -> Any:
        """Call a function of the test that it has handed over."""
        if threading.get_ident() != self.thread or self.wire is None:
            raise RuntimeError("a function of a test can be called only while it waits for you")
        packer = Packer(self._pack_other)
        record = {"back": number, "args": packer.pack(arguments), "named": packer.pack(named)}
        self.wire.send(record, packer.buffers)
        while True:
            answer, buffers = self.wire.receive()
            if answer.get("ask"):
                self._answer(answer, buffers)
                continue
            unpacker = Unpacker(buffers, self._unpack_other)
            if "error" in answer:
                raise exceptions.unpack(unpacker, answer["error"], {})
            return unpacker.unpack(answer["ok"])


class OfJudge:
    """A function of a test, which a learner's function was given."""

    def __init__(self, answering: Answering, number: int):
        self._answering, self._number = answering, number

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Have the judge call it."""
        return self._answering.ask_back(self._number, arguments, named)


def _seed(name, arguments):
    """Begin a series of random numbers as a test has begun its own."""
    module, function = name.rsplit(".", 1)
    with contextlib.suppress(Exception):
        getattr(library_values.named_module(module), function)(*arguments)


def _lines_of(shell, error):
    """Return the learner's part of a traceback as IPython shows it: of this error, and before it."""
    trace = _without_us(error.__traceback__)
    formatter = shell.InteractiveTB
    [lines] = formatter.format_exception_as_a_whole(type(error), error, trace, 5, 0)
    last = len(formatter.format_exception(type(error).__name__, error))
    before, other = [], error.__cause__ or (
        None if error.__suppress_context__ else error.__context__
    )
    if other is not None:
        before = formatter.structured_traceback(
            type(other), other, _without_us(other.__traceback__), tb_offset=0
        )
        before += formatter.prepare_chained_exception_message(error.__cause__)[0]
    return {"frames": _short(lines[1:-last]), "before": _short(before)}


def _without_us(trace: TracebackType | None) -> TracebackType | None:
    while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
        trace = trace.tb_next
    return trace


def _short(lines):
    lines = [str(line) for line in lines]
    return lines if sum(map(len, lines)) < LARGEST_FRAMES else []
