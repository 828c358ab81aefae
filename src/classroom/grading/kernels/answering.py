"""The learner's kernel answers the judge: it calls the learner's functions with values that came.

It knows nothing of the tests: what arrives are names, and arguments by value. Whatever a submission
does to this module changes only what it answers, and an answer is a value that the judge looks at.
"""

import contextlib
import signal
import socket
import sys
import threading
from typing import Any

from classroom.grading.kernels import exceptions, files_beside, surroundings, tracebacks
from classroom.grading.kernels.captured import Captured
from classroom.grading.kernels.things import Things
from classroom.grading.kernels.values import CannotCrossError, Packer, Unpacker
from classroom.grading.kernels.wire import TooLargeError, Wire, WireError


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
        self.things = Things(self.ask_back)
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
            return bool(self.wire.waiting)  # the next question may have come with it
        do = getattr(self, f"_do_{what}", None)
        if do is None:
            return True
        packer = Packer(self.things.pack)
        reply = {"id": record.get("id")}
        try:
            reply |= do(record, Unpacker(buffers, self.things.unpack), packer)
        except KeyboardInterrupt as error:
            reply |= {"error": exceptions.pack(packer, error, self.things.number)}
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
                answer = self._result(packer, self.space[name], False)
                values[name] = answer.get("ok") if "ok" in answer else ["no", answer["refused"]]
        plain = [name for name, one in values.items() if not (type(one) is list and one[0] == "h")]
        self._changed_names(packer, plain)  # from here on what a call changes is told
        return {"values": values, "files": files_beside.listed()}

    def _do_call(self, record, unpacker, packer):
        """Call a thing, or a method of it, with arguments that came by value."""
        self._take_names(record, unpacker)
        thing, method = self.things[record["of"]], record.get("method")
        arguments, named = unpacker.unpack(record["args"]), unpacker.unpack(record["named"])
        with self.captured as told:
            try:
                function = thing if method is None else getattr(thing, method)
                with surroundings.as_in_the_test(record):
                    result = function(*arguments, **named)
                answer = self._result(packer, result, bool(record.get("by_handle")))
            except BaseException as error:
                answer = {"error": self._error(packer, error)}
        answer["told"] = told
        if changed := self._after(packer, record, unpacker.buffers, (arguments, named)):
            answer["after"] = changed
        answer["names"] = self._changed_names(packer, record.get("watch", ()))
        if (files := files_beside.listed()) != self.listed:
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
        return {"ok": packer.pack(files_beside.read(record["name"]))}

    def _do_write(self, record, unpacker, packer):
        """Replace a file beside the notebook."""
        files_beside.write(record["name"], unpacker.unpack(record["content"]))
        self.listed = files_beside.listed()
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
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # of a class that answers so when it is looked at
            del packer.buffers[before:]
            return {"refused": f"cannot be looked at ({type(error).__name__})"}

    def _stays(self, value):
        """Whether the judge works on a thing of an object instead of on a copy: its variables."""
        keras = sys.modules.get("keras")
        parts = value if isinstance(value, list | tuple) else [value]
        return keras is not None and any(isinstance(one, keras.Variable) for one in parts)

    def _handles(self, value):
        if isinstance(value, list | tuple):
            return ["l", [self.things.handle(one) for one in value]]
        return self.things.handle(value)

    def _take_names(self, record, unpacker):
        for name in record.get("deleted", ()):
            self.space.pop(name, None)
        for name, value in record.get("bound", {}).items():
            self.space[name] = unpacker.unpack(value)

    def _after(self, packer, record, buffers, given):
        """Return what the arguments are after a call, when that is something else than before."""
        again = Packer(self.things.pack)
        try:
            after = [again.pack(given[0]), again.pack(given[1])]
        except CannotCrossError:
            return None
        if (
            after == [record["args"], record["named"]]
            and again.buffers == buffers[: len(again.buffers)]
        ):
            return None
        return [packer.pack(given[0]), packer.pack(given[1])]

    def _changed_names(self, packer, names):
        changed = {}
        for name in names:
            again = Packer(self.things.pack)
            with contextlib.suppress(Exception):
                now = again.pack(self.space[name]) if name in self.space else None, again.buffers
                if name in self.watched and self.watched[name] != now:
                    changed[name] = packer.pack(self.space[name]) if name in self.space else ["del"]
                self.watched[name] = now
        return changed

    def _error(self, packer, error):
        record = exceptions.pack(packer, error, self.things.number)
        with contextlib.suppress(BaseException):
            record |= tracebacks.lines_of(self.shell, error)
        return record

    def ask_back(self, number: int, arguments: tuple, named: dict[str, Any]) -> Any:
        """Call a function of the test that it has handed over."""
        if threading.get_ident() != self.thread or self.wire is None:
            raise RuntimeError("a function of a test can be called only while it waits for you")
        packer = Packer(self.things.pack)
        record = {"back": number, "args": packer.pack(arguments), "named": packer.pack(named)}
        self.wire.send(record, packer.buffers)
        while True:
            answer, buffers = self.wire.receive()
            if answer.get("ask"):
                self._answer(answer, buffers)
                continue
            unpacker = Unpacker(buffers, self.things.unpack)
            if "error" in answer:
                raise exceptions.unpack(unpacker, answer["error"], {})
            return unpacker.unpack(answer["ok"])
