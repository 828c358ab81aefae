"""The one line between the learner's kernel and the judge: whole records, up to a size.

A frame is a record (JSON) and raw buffers. Whoever reads it trusts nothing: sizes are checked
before memory is taken, and what is no frame ends the line.
"""

import json
import select
import socket
import struct
from typing import Any

MAGIC = b"wall"
MOST_TEXT = 16 * 2**20  # bytes of a record
MOST_BYTES = 256 * 2**20  # of a frame
MOST_BUFFERS = 20_000
PIECE = 2**20

_HEAD = struct.Struct("<4sII")  # magic, bytes of the record, number of buffers
_LENGTH = struct.Struct("<Q")


class WireError(Exception):
    """The line is cut, or something came that is no frame; one clause says what."""


class TooLargeError(ValueError):
    """What should be sent is too large; one clause says by how much."""


class Wire:
    """One end of the line.

    Parameters
    ----------
    line : socket.socket
        Connected, blocking.
    """

    def __init__(self, line: socket.socket):
        self.line, self.waiting = line, bytearray()

    def send(self, record: dict[str, Any], buffers: list[bytes] = ()) -> None:
        """Send a record and its buffers.

        Raises
        ------
        TooLargeError
            When it would be refused; nothing is sent then.
        WireError
        """
        text = json.dumps(record, separators=(",", ":")).encode()
        lengths = [memoryview(each).nbytes for each in buffers]
        if len(text) > MOST_TEXT or len(text) + sum(lengths) > MOST_BYTES:
            size = (len(text) + sum(lengths)) / 2**20
            raise TooLargeError(f"takes {size:.0f} MB, more than what can be handed over")
        if len(lengths) > MOST_BUFFERS:
            raise TooLargeError("is made of too many parts to be handed over")
        head = _HEAD.pack(MAGIC, len(text), len(lengths))
        head += b"".join(map(_LENGTH.pack, lengths)) + text
        try:
            self.line.sendall(head)
            for each in buffers:
                self.line.sendall(each)
        except OSError as error:
            raise WireError(f"the line is cut ({error.strerror})") from None

    def receive(self) -> tuple[dict[str, Any], list[bytes]]:
        """Return the next record and its buffers.

        Raises
        ------
        WireError
        """
        magic, text_length, count = _HEAD.unpack(self._peek(0, _HEAD.size))
        if magic != MAGIC or text_length > MOST_TEXT or count > MOST_BUFFERS:
            raise WireError("something came that is no frame")
        start = _HEAD.size
        lengths = [_LENGTH.unpack(self._peek(start + 8 * index, 8))[0] for index in range(count)]
        if text_length + sum(lengths) > MOST_BYTES:
            raise WireError("a frame came that is too large")
        start += 8 * count
        text = self._peek(start, text_length)
        start += text_length
        buffers = []
        for length in lengths:
            buffers.append(self._peek(start, length))
            start += length
        try:
            record = json.loads(text)
        except (ValueError, RecursionError):
            raise WireError("a frame came that cannot be read") from None
        finally:
            del self.waiting[:start]
        if not isinstance(record, dict):
            raise WireError("a frame came that is no record")
        return record, buffers

    def comes_within(self, seconds: float) -> bool:
        """Return whether something has come, or comes within so many seconds."""
        return bool(self.waiting or select.select([self.line], [], [], seconds)[0])

    def close(self) -> None:
        """Cut the line."""
        self.line.close()

    def _peek(self, start, length):
        # What has come stays in place until a frame is whole, so that an interrupt loses nothing.
        while len(self.waiting) < start + length:
            try:
                piece = self.line.recv(max(4096, min(PIECE, start + length - len(self.waiting))))
            except OSError as error:
                raise WireError(f"the line is cut ({error.strerror})") from None
            if not piece:
                raise WireError("the other side has ended")
            self.waiting += piece
        return bytes(self.waiting[start : start + length])
