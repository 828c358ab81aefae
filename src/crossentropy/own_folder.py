"""Write a file whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
import secrets


def write(path: str | os.PathLike, content: str | bytes) -> None:
    """Replace a file in one step: whoever reads it sees the old content or the new one, whole.

    Parameters
    ----------
    path : path-like
        Its folder must exist.
    content : str or bytes
        Text is written as UTF-8, with the newlines it has.

    Raises
    ------
    OSError
        When it cannot be written; an older file is then as it was.
    """
    path = Path(path)
    # Beside it, since a file can be renamed in one step only within a file system.
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with open(part, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
