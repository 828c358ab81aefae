"""The files that a JupyterLab server shows, and no others."""

from pathlib import Path

from tornado import web


def below(root: str, path: str) -> Path:
    """Return the file at a path that a browser has named.

    Parameters
    ----------
    root : str
        The folder that the server shows.
    path : str
        Relative to it.

    Raises
    ------
    tornado.web.HTTPError
        403 when the file lies outside of the folder.
    """
    root_dir = Path(root).resolve()
    found = (root_dir / path).resolve()
    if not found.is_relative_to(root_dir):
        raise web.HTTPError(403, "That notebook lies outside of what this server shows.")
    return found
