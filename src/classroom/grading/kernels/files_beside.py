"""The files beside the notebook, which both kernels have, and which each may change.

The learner's kernel lists them; the judge takes what has changed, but nothing that could be run.
Those that learners bring, such as their answers to the quiz, go back when a test has changed them.
"""

from collections.abc import Callable
import contextlib
import os
from pathlib import Path
import stat
from typing import Any

MOST_FILES = 300
LARGEST_FILE = 20 * 2**20
CODE = (".py", ".pyc", ".pyo", ".pyd", ".so", ".pth", ".ipynb")


# --- in the learner's kernel ------------------------------------------------------------------


def listed() -> list[list]:
    """Return name, size and time of the files here and in folders below."""
    found = []
    for folder, folders, names in os.walk("."):
        folders[:] = sorted(one for one in folders if not one.startswith((".", "__")))
        for name in sorted(names):
            if name.startswith(".") or name.endswith((".ipynb", ".part")):
                continue
            path = os.path.join(folder, name)
            with contextlib.suppress(OSError):
                status = os.lstat(path)
                if stat.S_ISREG(status.st_mode) and status.st_size <= LARGEST_FILE:
                    found.append([path[2:], status.st_size, status.st_mtime_ns])
            if len(found) >= MOST_FILES:
                return found
    return found


def read(name: str) -> bytes:
    """Return the content of a file."""
    with open(os.open(name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
        return file.read(LARGEST_FILE)


def write(name: str, content: bytes) -> None:
    """Replace a file."""
    part = Path(f"{name}.part")
    part.write_bytes(content)
    os.replace(part, name)


# --- in the judge -----------------------------------------------------------------------------


class FilesBeside:
    """The judge's files.

    Parameters
    ----------
    ask : callable
        Called with a name, returns the content there; with a name and a content, replaces it there
        and returns the list of all files.
    """

    def __init__(self, ask: Callable):
        self.ask, self.states, self.contents, self.teachers = ask, {}, {}, set()

    def take(self, listed: Any) -> None:
        """Take what has changed, by a list that may hold anything."""
        for name in self._changed(listed):
            path = Path(name)
            if path.is_absolute() or ".." in path.parts or str(path) in self.teachers:
                continue
            if name.lower().endswith(CODE):
                continue
            content = self.ask(name)
            if not isinstance(content, bytes) or len(content) > LARGEST_FILE:
                continue
            self.contents[name] = content
            with contextlib.suppress(OSError, ValueError):
                path.parent.mkdir(parents=True, exist_ok=True)
                if not path.is_file() or path.read_bytes() != content:
                    write(name, content)

    def give(self, names: list[str]) -> None:
        """Give back those of these files that have changed here."""
        for name in names:
            path = Path(name)
            if path.is_file() and self.contents.get(name) != (content := path.read_bytes()):
                self.contents[name] = content
                self._changed(self.ask(name, content))

    def _changed(self, listed):
        found = {}
        for one in listed[:MOST_FILES] if isinstance(listed, list) else ():
            if isinstance(one, list) and len(one) == 3 and isinstance(one[0], str) and one[0]:
                found[one[0]] = one[1:]
        changed = [name for name, state in found.items() if self.states.get(name) != state]
        self.states = found
        return changed
