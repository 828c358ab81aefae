"""jupyter_client's client of a kernel, refusing huge messages and saying which cells score."""

from typing import Any

from jupyter_client.asynchronous import AsyncKernelClient
import zmq

LARGEST_MESSAGE = 16 * 2**20
MOST_MESSAGES = 200


class BoundedKernelClient(AsyncKernelClient):
    """Takes messages up to a size, and sends `metadata` with each cell."""

    metadata: dict[str, Any] | None = None

    def _create_connected_socket(self, channel, identity=None):
        kept = self.context.sockopts.copy()
        # A longer message ends the connection, which zmq then makes anew: memory stays bounded.
        self.context.setsockopt(zmq.MAXMSGSIZE, LARGEST_MESSAGE)
        self.context.setsockopt(zmq.RCVHWM, MOST_MESSAGES)
        self.context.setsockopt(zmq.RECONNECT_IVL, 10)
        try:
            return super()._create_connected_socket(channel, identity)
        finally:
            self.context.sockopts.clear()
            self.context.sockopts.update(kept)

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
