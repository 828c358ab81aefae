"""How long a click had to wait for the cell that was running when it was made.

Where a front end has no subshells (`accessible.hear_while_a_cell_runs`), a kernel hears nothing
while it runs a cell. What was clicked meanwhile arrives when the cell has
ended, and the browser says when it was made. The browser is believed as far as the kernel has seen
for itself: a click can have waited no longer than the cells ran that ended right before it came.
"""

from __future__ import annotations

import math
import time

from crossentropy.quiet import notebook_shell

# Seconds between cells that were run together, and within which all has come that waited for them.
GAP = 1.0
ARRIVES = 5.0


class Busy:
    """When the cells ran that ended last: `began` and `ended`, in seconds of the steady clock."""

    def __init__(self):
        self.began = self.ended = -math.inf
        self.running = False

    def begin(self, *_: object) -> None:
        """Note that a cell begins."""
        now = time.monotonic()
        if not self.running and now - self.ended > GAP:
            self.began = now
        self.running = True

    def end(self, *_: object) -> None:
        """Note that a cell has ended."""
        self.running, self.ended = False, time.monotonic()

    def longest_wait(self) -> float:
        """Return for how many seconds something that arrives now can have waited, at most."""
        now = time.monotonic()
        # What arrives while a cell runs has come on a way of its own, and waited for nothing.
        return 0.0 if self.running or now - self.ended > ARRIVES else now - self.began


cells = Busy()
_watched: list[object] = []


def watch() -> None:
    """Note from now on when cells run; called while one does."""
    shell = notebook_shell()
    if shell is None or shell in _watched:
        return
    _watched.append(shell)
    shell.events.register("pre_run_cell", cells.begin)
    shell.events.register("post_run_cell", cells.end)
    cells.begin()


def waited(since: object) -> float:
    """Return for how many seconds something waited that arrives now.

    Parameters
    ----------
    since : object
        Seconds since its moment, as the browser tells them; what is no number counts for nothing.
    """
    if isinstance(since, bool) or not isinstance(since, (int, float)) or not math.isfinite(since):
        return 0.0
    return min(max(since, 0.0), cells.longest_wait())
