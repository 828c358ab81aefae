"""The server's side of the Validate button, in place of nbgrader's.

nbgrader validates inside the server's one thread, so JupyterLab answers nothing until it is done: a
lesson that trains a network stops it for minutes. Here a process of its own does it (`check`), and
the browser can ask how far it has come. Addresses and answers are nbgrader's, so its button needs
no change; `lab/` shows the progress on it.
"""

import asyncio
import json
from pathlib import Path
import subprocess
import sys
from threading import Thread

from jupyter_server.base.handlers import APIHandler
from jupyter_server.serverapp import ServerApp
from jupyter_server.utils import url_path_join
from tornado import web

from classroom.served_files import below

FAULT = (
    "The notebook could not be validated, and that is no fault of yours. Try again; if it stays "
    "so, show your teacher these lines:\n\n{}"
)


class Validation:
    """One notebook that is being validated, or was last.

    Attributes are `progress`, the last line of `check` on a cell, and `told`, its last sentence.
    """

    def __init__(self, path: Path):
        self.path = path
        self.progress: dict = {}
        self.told = ""
        self.process: subprocess.Popen | None = None

    def run(self) -> dict:
        """Validate; return what nbgrader's button expects. Takes as long as the notebook does."""
        command = [sys.executable, "-m", "classroom.validation.check", str(self.path)]
        with subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        ) as self.process:
            answer = None
            complaints = _Complaints(self.process)
            for line in self.process.stdout:
                message = json.loads(line)
                if "answer" in message:
                    answer, self.told = message["answer"], message["told"]
                else:
                    self.progress = message
            last = complaints.last()
        return answer or {"success": False, "value": FAULT.format(last)}

    def stop(self) -> None:
        """End it: whoever asked has gone."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()


class _Complaints:
    """Reads what a process writes to stderr, so that its pipe never fills."""

    def __init__(self, process: subprocess.Popen):
        self._lines: list[str] = []
        self._reader = Thread(target=self._read, args=(process.stderr,), daemon=True)
        self._reader.start()

    def _read(self, stream) -> None:
        for line in stream:
            self._lines.append(line)
            del self._lines[:-20]

    def last(self) -> str:
        self._reader.join(timeout=5)
        return "".join(self._lines)


class Validate(APIHandler):
    """Answers the button: nbgrader's address, arguments and answers."""

    validation: Validation | None = None

    @web.authenticated
    async def post(self) -> None:
        """Validate the notebook at the argument `path`, and answer when that is done."""
        path = self.get_argument("path", None) or (self.get_json_body() or {}).get("path", "")
        running = self.settings["validations"]
        if path in running and running[path].process and running[path].process.poll() is None:
            value = "This notebook is being validated already: wait until that has ended."
            self.finish(json.dumps({"success": False, "value": value}))
            return
        self.validation = running[path] = Validation(below(self.settings["root_dir"], path))
        self.finish(json.dumps(await asyncio.to_thread(self.validation.run)))

    def on_connection_close(self) -> None:
        """Stop when the browser has gone."""
        if self.validation is not None:
            self.validation.stop()


class Progress(APIHandler):
    """Says how far the validation of a notebook has come."""

    @web.authenticated
    def get(self) -> None:
        """Answer with the cell that runs, and with what was told at the end."""
        found = self.settings["validations"].get(self.get_argument("path", ""))
        self.finish(json.dumps({**found.progress, "told": found.told} if found else {}))


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "classroom.validation.server"}]


def _load_jupyter_server_extension(server: ServerApp) -> None:
    settings = server.web_app.settings
    settings["validations"] = {}
    settings["root_dir"] = server.root_dir
    base = settings["base_url"]
    server.web_app.add_handlers(
        ".*$",
        [
            (url_path_join(base, "/assignments/validate"), Validate),
            (url_path_join(base, "/crossentropy/validation"), Progress),
        ],
    )
