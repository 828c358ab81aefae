"""What stands in a saved notebook in place of a widget whose kernel has gone.

The next day JupyterLab says "Error displaying widget"; it does not fall back to the text in the
same output. So an output before the widget's holds a note, which hides while the widget lives, and
hides that line when it does not. What only a learner's own notebook needs of it stands between two
marks: stored lessons hold no widgets, show the text itself, and leave it out (`without`).
"""

from __future__ import annotations

import re

_BEGIN, _END = "<!--asleep-->", "<!--/asleep-->"
_PART = re.compile(f"{_BEGIN}.*?{_END}", re.DOTALL)
_NEXT = ".jp-OutputArea-child:has(.ce-asleep)"
# Of a picture that moves; the cards of the quiz have theirs in card.css, and in `display`.
_LOOK = f"""<style>
{_NEXT}:has(+ .jp-OutputArea-child .ce-accessible) {{ display: none; }}
{_NEXT} + .jp-OutputArea-child .jp-OutputArea-output.jupyter-widgets:not(:has(*)) {{
  display: none;
}}
.ce-accessible .jupyter-widgets-disconnected::before {{ display: none !important; }}
.ce-accessible.jupyter-widgets-disconnected::before {{
  content: "The kernel was restarted: run this cell again." !important;
  display: block; width: auto; height: auto; margin-bottom: 10px; padding: 6px 12px;
  border-left: 4px double var(--jp-warn-color1, #f57c00);
  color: var(--jp-content-font-color1, inherit); font-family: var(--jp-ui-font-family, sans-serif);
}}
</style>"""
_PICTURE = (
    '<div class="ce-asleep">To move this picture, run this cell. After a restart, <b>Run → Run All '
    "Above Selected Cell</b> brings back what it needs.</div>"
)
MOVES = f"{_BEGIN}{_LOOK}{_PICTURE}{_END}"


def shows(html: str) -> str:
    """Return HTML of what a widget shows, to be put below its note."""
    return f'{_BEGIN}<div class="ce-asleep-shows" style="margin-top: 8px">{html}</div>{_END}'


def without(html: str) -> str:
    """Return HTML without what only a learner's own notebook needs."""
    return _PART.sub("", html)
