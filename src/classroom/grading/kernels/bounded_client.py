"""jupyter_client's client of a kernel, refusing huge messages and saying which cells score."""

import asyncio
from collections.abc import Awaitable, Callable
import contextlib
import queue
import time
from typing import Any

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.session import Session
from traitlets import Type
import zmq
import zmq.asyncio

LARGEST_MESSAGE = 16 * 2**20
MOST_MESSAGES = 200
SECONDS_TO_SEND = 10
SECONDS_BETWEEN_LOOKS = 0.5
TOO_LARGE = f"A message of more than {LARGEST_MESSAGE // 2**20} MB was dropped."


class BoundedChannel(AsyncZMQSocketChannel):
    """A channel that a huge message cuts, and that can be connected anew.

    ZeroMQ ends a connection on which a longer message arrives than we take, for good: what is sent
    on it later would wait for ever, and what the kernel says later would be lost.

    Parameters
    ----------
    socket : zmq.asyncio.Socket
    session : jupyter_client.session.Session
    loop : object
        Not used.
    """

    def __init__(self, socket: zmq.asyncio.Socket, session: Session, loop: Any = None):
        super().__init__(socket, session, loop)
        self.url = socket.get_string(zmq.LAST_ENDPOINT)
        self.told = socket.get_monitor_socket(zmq.EVENT_DISCONNECTED)
        self.monitor = zmq.Socket.shadow(self.told.underlying)
        self.is_cut, self.asked, self.dropped, self.mended = False, None, None, 0

    def look(self) -> bool:
        """Return whether the connection has ended since it was made."""
        with contextlib.suppress(zmq.Again):
            while True:
                self.monitor.recv_multipart(zmq.NOBLOCK)
                self.is_cut = True
        return self.is_cut

    def mend(self) -> None:
        """Connect anew; who waits for a reply is told that it has been dropped."""
        self.socket.disconnect(self.url)
        self.socket.connect(self.url)
        self.is_cut, self.dropped = False, self.asked
        self.mended += 1

    def send(self, msg: dict[str, Any]) -> None:
        """Send a message."""
        self.asked, self.dropped = msg["header"]["msg_id"], None
        super().send(msg)

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """Return the next message, or say that the reply to the last one has been dropped."""
        end = time.monotonic() + (float("inf") if timeout is None else timeout)
        while True:
            if self.dropped:
                asked, self.dropped = self.dropped, None
                content = {"status": "error", "ename": "MessageTooLarge", "evalue": TOO_LARGE}
                content["traceback"] = [f"\x1b[0;31mMessageTooLarge\x1b[0m: {TOO_LARGE}"]
                return {"parent_header": {"msg_id": asked}, "content": content}
            left = max(0.0, min(end - time.monotonic(), SECONDS_BETWEEN_LOOKS))
            if await self.socket.poll(int(left * 1000)):
                return await self._recv()
            if time.monotonic() >= end:
                raise queue.Empty

    def close(self) -> None:
        """Close the socket and what watches it."""
        if self.socket is not None:
            # In this order: ZeroMQ's own thread would wait for ever to tell of a kernel's end when
            # nobody is there to be told, and this thread for that one.
            self.socket.disable_monitor()
            self.told.close(linger=0)
        super().close()

    stop = close


class BoundedKernelClient(AsyncKernelClient):
    """Takes messages up to a size, and sends `metadata` with each cell."""

    shell_channel_class = Type(BoundedChannel)
    iopub_channel_class = Type(BoundedChannel)
    metadata: dict[str, Any] | None = None

    def _create_connected_socket(self, channel, identity=None):
        kept = self.context.sockopts.copy()
        # A longer message ends the connection: memory stays bounded.
        self.context.setsockopt(zmq.MAXMSGSIZE, LARGEST_MESSAGE)
        self.context.setsockopt(zmq.RCVHWM, MOST_MESSAGES)
        self.context.setsockopt(zmq.RECONNECT_IVL, 10)
        self.context.setsockopt(zmq.SNDTIMEO, SECONDS_TO_SEND * 1000)
        try:
            return super()._create_connected_socket(channel, identity)
        finally:
            self.context.sockopts.clear()
            self.context.sockopts.update(kept)

    async def mend_when_cut(self, is_alive: Callable[[], Awaitable[bool]]) -> None:
        """Connect a channel anew whenever a huge message has cut it; returns when the kernel ends.

        Parameters
        ----------
        is_alive : coroutine function
            Whether the kernel lives: its end cuts the channels too, a moment before it is seen.
        """
        while True:
            cut = [
                channel for channel in (self.shell_channel, self.iopub_channel) if channel.look()
            ]
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
            if cut and not await is_alive():
                return
            for channel in cut:
                channel.mend()

    def execute(
        self, code: str, silent: bool = False, store_history: bool = True, **more: Any
    ) -> str:
        """Send a cell, with our metadata; return the message's id."""
        content = {
            "code": code,
            "silent": silent,
            "store_history": store_history,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": False,
        }
        message = self.session.msg("execute_request", content, metadata=self.metadata)
        self.shell_channel.send(message)
        return message["header"]["msg_id"]
