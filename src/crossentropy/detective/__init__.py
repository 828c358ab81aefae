"""The detective: training logs with one mistake, or none, and the question what went wrong.

::

    from crossentropy import detective

    detective.case(7)                                  # the log of case 7 and the list of causes
    detective.name_cause(7, "softmax taken twice")     # the same without a click
    detective.hand_out(7)                              # its program, in a new cell: change one line

Each seed is another case, really trained when it is opened.
"""

from __future__ import annotations

import sys

from crossentropy.detective.training_log import log

__all__ = ["case", "hand_out", "log", "name_cause"]

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def case(seed: int) -> None:
    """Show a case: the log of a training, and the list of causes to choose from.

    Parameters
    ----------
    seed : int
        At least 0; each is another case, the same each time.

    Raises
    ------
    ValueError
        When `seed` is no whole number from 0 on.
    """
    from crossentropy.detective.cases import open_case

    opened = open_case(seed)
    ipython = sys.modules.get("IPython")
    if ipython is None or ipython.get_ipython() is None:
        print(opened.log)
        return
    from crossentropy.detective.case_card import CaseCard

    bundle = {"text/plain": opened.log, WIDGET_VIEW: CaseCard(opened).get_view_spec()}
    ipython.display.display(bundle, raw=True)


def name_cause(seed: int, name: str) -> None:
    """Name the cause of a case, and print whether it is the right one.

    Parameters
    ----------
    seed : int
        As in `case`.
    name : str
        One of the causes, spelt as on the card.

    Raises
    ------
    ValueError
        When there is no such case or no such cause; it lists the causes.
    """
    from crossentropy.detective.cases import open_case
    from crossentropy.detective.verdict import verdict

    print(verdict(open_case(seed), name))


def hand_out(seed: int) -> None:
    """Put the program of a case into a new cell below; without a notebook, print it."""
    from crossentropy.detective.cases import open_case

    program = open_case(seed).program
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is None:
        print(program)
    else:
        shell.set_next_input(program)
