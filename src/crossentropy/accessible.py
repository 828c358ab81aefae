"""Keys, names for screen readers, and a clock, for a card made of plain ipywidgets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
import time

import anywidget
import traitlets

WARN_SECONDS = 20


class Conduct(anywidget.AnyWidget):
    """Looks after the box it is put into, one with the class ``ce-quiz`` or ``ce-conducted``.

    What it does stands in accessible.js.

    Attributes
    ----------
    state : dict
        ``label`` names the box for screen readers; ``picked`` holds the letters that are chosen
        where several may be; ``first`` is a selector of what gets the focus when the box appears;
        ``deadline`` and ``now`` are milliseconds since 1970.
    """

    _esm = Path(__file__).with_name("accessible.js").read_text(encoding="utf-8")
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, label: str, **state):
        super().__init__(state={"label": label, "now": _milliseconds(), **state})

    def tell(self, **changes) -> None:
        """Change parts of the state."""
        self.state = {**self.state, **changes}

    def start_clock(self, seconds: float) -> None:
        """Show a clock that ends in so many seconds."""
        now = _milliseconds()
        self.tell(now=now, deadline=now + round(1000 * seconds), warn=WARN_SECONDS)

    def stop_clock(self) -> None:
        """Take the clock away."""
        self.tell(deadline=None)

    def on_time(self, action: Callable[[], None]) -> None:
        """Call back when the clock has come to its end."""
        self.on_msg(lambda _widget, content, _buffers: content.get("event") == "time" and action())

    def focus(self, selector: str, place: int) -> None:
        """Move the keyboard's focus to one of the parts of the box that a selector finds."""
        self.send({"focus": selector, "place": place})


def _milliseconds() -> int:
    return round(1000 * time.time())
