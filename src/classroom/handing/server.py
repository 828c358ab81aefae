"""The server's side of the Hand in button: makes the file, and says what is missing."""

import asyncio
import json
from pathlib import Path

from crossentropy.own_folder import OwnFileError
from crossentropy.quiz import handing_in
from jupyter_server.base.handlers import APIHandler
from jupyter_server.serverapp import ServerApp
from jupyter_server.utils import url_path_join
from tornado import web

from classroom.served_files import below


class HandIn(APIHandler):
    """Answers the button: one file of the lesson whose notebook is shown."""

    @web.authenticated
    async def post(self) -> None:
        """Make the file of the lesson with the notebook at `path`, as it was saved last."""
        body = self.get_json_body() or {}
        root = Path(self.settings["hand_in_root"]).resolve()
        notebook = below(str(root), str(body.get("path", "")))
        self.finish(json.dumps(await asyncio.to_thread(_answer, root, notebook.parent)))


def _answer(root, folder):
    if folder == root:
        return {"problem": "This page belongs to no lesson: open the notebook of a lesson."}
    try:
        made = handing_in.make(folder)
    except OwnFileError as error:
        return {"problem": str(error)}
    [found] = made.checks.values()
    # What a browser cannot reach, because it lies above what the server shows, it cannot download.
    shown = made.path.is_relative_to(root)
    return {
        "lesson": folder.name,
        "complete": found.complete,
        "sentences": [sentence for sentence in found.sentences if sentence],
        "leftOut": list(made.left_out),
        "path": made.path.relative_to(root).as_posix() if shown else str(made.path),
        "shown": shown,
    }


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "classroom.handing.server"}]


def _load_jupyter_server_extension(server: ServerApp) -> None:
    settings = server.web_app.settings
    settings["hand_in_root"] = server.root_dir
    address = url_path_join(settings["base_url"], "/crossentropy/hand-in")
    server.web_app.add_handlers(".*$", [(address, HandIn)])
