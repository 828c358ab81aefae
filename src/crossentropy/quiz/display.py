"""Show a card, or text where there is none to show.

The texts never depend on what was answered, so a notebook's outputs stay the same from run to run.
"""

from __future__ import annotations

from collections.abc import Callable
import os
import re

from crossentropy import asleep
from crossentropy.quiet import notebook_shell
from crossentropy.quiz.markup import as_html

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
# A stored card is nothing without its kernel, and JupyterLab says "Error displaying widget" then.
# The note stands above it and takes the place of that line; a living card hides it (card.css). In
# a learner's own notebook it shows the question too (`asleep`).
ASLEEP = {
    "text/html": (
        "<style>.jp-OutputArea-child:has(.ce-asleep) + .jp-OutputArea-child "
        ".jp-OutputArea-output.jupyter-widgets:not(:has(*)) { display: none; }</style>"
        '<div class="ce-asleep">To answer here, run this cell. After a restart, <b>Run → Run All '
        "Above Selected Cell</b> brings everything above it back, with your answers.</div>"
    ),
    "text/plain": "To answer here, run this cell.",
}


def show(view: Callable[[], object], markdown: str, plain: str) -> None:
    """Show a widget with its texts in one bundle: a front end takes the richest form it can.

    Parameters
    ----------
    view : callable
        Makes the widget; called only where one can be shown.
    markdown, plain : str
        For readers without it.
    """
    if notebook_shell() is None:
        print(plain)
        return
    from IPython.display import display  # loaded already: a shell runs

    bundle = {"text/markdown": markdown, "text/plain": plain}
    # nbgrader says so when it grades; a widget would be of no use to anybody then.
    if os.environ.get("NBGRADER_EXECUTION") != "autograde":
        from crossentropy.accessible import hear_while_a_cell_runs

        card = view()
        bundle[WIDGET_VIEW] = card.get_view_spec()
        hear_while_a_cell_runs(card)
        shows = asleep.shows(as_html(_without_call(markdown)))
        note = {**ASLEEP, "text/html": ASLEEP["text/html"] + shows}
        display(note, raw=True)
    display(bundle, raw=True)


def _without_call(markdown: str) -> str:
    """Leave out how to answer where there are no buttons: these come back with the kernel."""
    paragraphs = markdown.split("\n\n")
    return "\n\n".join(one for one in paragraphs if not one.startswith("*Without "))


def say(markdown: str) -> None:
    """Show text, with its code as code where it can be."""
    if notebook_shell() is None:
        print(plain(markdown))
    else:
        from IPython.display import display

        bundle = {"text/markdown": markdown, "text/plain": plain(markdown)}
        display(bundle, raw=True)


def plain(markdown: str) -> str:
    """Markdown without the marks that a terminal shows as they are."""
    unlinked = re.sub(r"\[([^\[\]]*)\]\([^)]*\)", r"\1", markdown)
    return re.sub(r"`|\*\*", "", unlinked).replace("\n\n", "\n")
