"""Open JupyterLab as learners have it."""

import os
from pathlib import Path

SETTINGS = Path(__file__).with_name("lab_settings")
# The same, with nbgrader's list of assignments.
WITH_EXCHANGE = Path(__file__).with_name("lab_settings_exchange")
# The Validate button: JupyterLab goes on answering, and the progress is seen. And Hand in.
BUTTONS = [Path(__file__).with_name(family) / "lab" for family in ("validation", "handing")]
EXTENSIONS = {"classroom.validation.server": True, "classroom.handing.server": True}


def open_lab(
    folder: Path, notebook: str | os.PathLike, port: int | None = None, exchange: bool = False
) -> None:
    """Be a JupyterLab that shows one notebook of a folder, to its end.

    Parameters
    ----------
    folder : pathlib.Path
        What JupyterLab shows, and nothing above it.
    notebook : path-like
        Its path in the folder.
    port : int, optional
        Of the server; the first free one from 8888 on by default.
    exchange : bool
        Show nbgrader's list of assignments, by which learners fetch and submit.
    """
    from jupyterlab.labapp import LabApp

    arguments = [
        f"--ServerApp.root_dir={folder.resolve()}",
        f"--LabApp.default_url=/lab/tree/{Path(notebook).as_posix()}",
        # No question about news, which needs a network, and none of the teacher's panels.
        f"--LabApp.app_settings_dir={WITH_EXCHANGE if exchange else SETTINGS}",
        "--LabApp.expose_app_in_browser=True",  # for the links in accessible.js
        f"--ServerApp.jpserver_extensions={EXTENSIONS}",
        *(f"--LabApp.extra_labextensions_path={folder}" for folder in BUTTONS),
    ]
    if port:
        arguments.append(f"--port={port}")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--allow-root")  # in a container there is often nobody else
    LabApp.launch_instance(arguments)
