"""What a learner's function prints and shows while the judge has called it, in its order."""

import json
from typing import Any

MOST = 2_000_000  # characters a call


class Captured:
    """Keeps what is printed and displayed; used as a context, which gives a list that fills.

    Parameters
    ----------
    shell : IPython.core.interactiveshell.InteractiveShell
    """

    def __init__(self, shell: Any):
        import sys

        self.streams, self.display = [sys.stdout, sys.stderr], shell.display_pub
        self.told, self.size = [], 0  # a list for each call that is being made

    def __enter__(self) -> list:
        """Begin; within a call, begin another list."""
        if not self.told:
            self.size = 0
            for stream in self.streams:
                # On the object, so that whoever kept it or writes to its descriptor is heard too.
                stream.write = self._print
            self.display.publish = self._show
        self.told.append([])
        return self.told[-1]

    def __exit__(self, *error: object) -> None:
        """End."""
        del self.told[-1:]
        if not self.told:
            self.end()

    def end(self) -> None:
        """Let everything be printed and shown as usual again."""
        self.told = []
        for stream in self.streams:
            stream.__dict__.pop("write", None)
        self.display.__dict__.pop("publish", None)

    def _print(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        told, text = self.told[-1] if self.told else [], text[: MOST - self.size]
        self.size += len(text)
        if told and told[-1][0] == "print" and len(told[-1][1]) < 8192:
            told[-1][1] += text
        elif text:
            told.append(["print", text])
        return len(text)

    def _show(self, data, metadata=None, **more):
        try:
            shown = json.loads(json.dumps([data, metadata or {}]))
        except (TypeError, ValueError):
            return
        size = len(json.dumps(shown))
        if self.told and self.size + size <= MOST and not more.get("update"):
            self.size += size
            self.told[-1].append(["show", *shown])
