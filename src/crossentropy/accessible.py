"""Keys, names for screen readers, and a clock, for a card made of plain ipywidgets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
import time

import anywidget
from crossentropy import busy
import ipywidgets as widgets
import traitlets

WARN_SECONDS = 20


class Access(anywidget.AnyWidget):
    """Opens the box it is put into to all: one with the class `ce-quiz` or `ce-accessible`.

    What it does stands in accessible.js.

    Attributes
    ----------
    state : dict
        `label` names the box for screen readers, `keys` says how it is used by keyboard;
        `picked` holds the letters that are chosen where several may be; `first` is a selector
        of what gets the focus when the box appears; `deadline` is in milliseconds since 1970, by
        the kernel's clock.
    """

    _esm = Path(__file__).with_name("accessible.js").read_text(encoding="utf-8")
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, label: str, **state):
        super().__init__(state={"label": label, **state})
        self._waited, self._chosen = 0.0, None
        self.on_msg(self._hear)
        busy.watch()

    def tell(self, **changes) -> None:
        """Change parts of the state."""
        self.state = {**self.state, **changes}

    def start_clock(self, seconds: float) -> None:
        """Show a clock that ends in so many seconds."""
        self.tell(deadline=_milliseconds() + round(1000 * seconds), warn=WARN_SECONDS)

    def stop_clock(self) -> None:
        """Take the clock away."""
        self.tell(deadline=None)

    def on_time(self, action: Callable[[], None]) -> None:
        """Call back when the clock has come to its end."""
        self.on_msg(lambda _widget, content, _buffers: content.get("event") == "time" and action())

    def focus(self, selector: str, place: int) -> None:
        """Move the keyboard's focus to one of the parts of the box that a selector finds."""
        self.send({"focus": selector, "place": place})

    def waited(self) -> float:
        """Return for how many seconds the last click waited for a running cell; told once."""
        waited, self._waited = self._waited, 0.0
        return waited

    def chosen(self) -> int | None:
        """Return which line the list beside the last pressed button showed; told once."""
        chosen, self._chosen = self._chosen, None
        return chosen

    def _hear(self, _widget, content: dict, _buffers) -> None:
        if content.get("event") == "clock":
            # The browser asks: its clock need not be ours, and a stored moment tells nothing of it.
            self.send({"clock": _milliseconds()})
        elif content.get("event") == "press":
            # It comes right before what the button itself tells, whose action asks for `waited`.
            at = content.get("at")
            number = isinstance(at, (int, float))
            self._waited = busy.waited((_milliseconds() - at) / 1000 if number else None)
            chosen = content.get("chosen")
            self._chosen = chosen if isinstance(chosen, int) else None
            self.send({"heard": content.get("number")})


def hear_while_a_cell_runs(widget: widgets.Widget) -> None:
    """Let a widget, and what it is made of, hear clicks while the main thread runs a cell.

    JupyterLab sends what widgets say to a subshell, a thread beside the one that runs cells.
    ipykernel 7.4 sends it back to the shell that last spoke to the widget, which for a new one is
    the main one. Forgetting who spoke last leaves JupyterLab's choice standing, for all parts
    alike, so that what they say stays in order. Where a front end has no subshells, a click waits
    (`busy`).
    """
    for part in getattr(widget, "children", ()):
        hear_while_a_cell_runs(part)
    if getattr(widget, "comm", None) is not None:
        vars(widget.comm).pop("_reply_subshell_id", None)


def _milliseconds() -> int:
    return round(1000 * time.time())
