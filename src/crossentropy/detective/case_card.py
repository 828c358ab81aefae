"""A case as a card: its log, the list of causes, a button, and what gives the cause away."""

from __future__ import annotations

import html

from crossentropy.detective.cases import Case
from crossentropy.detective.causes import causes
from crossentropy.detective.verdict import verdict
from crossentropy.quiz import texts
import ipywidgets as widgets

CHOOSE = "choose what went wrong …"


class CaseCard(widgets.VBox):
    """The card of one case.

    Parameters
    ----------
    case : Case
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self.log = widgets.HTML(
            f"<pre style='overflow-x: auto; line-height: 1.3'>{html.escape(case.log)}</pre>"
        )
        self.choice = widgets.Dropdown(
            options=[CHOOSE, *(one.name for one in causes())],
            description="Cause",
            layout=widgets.Layout(width="28rem", max_width="100%"),
        )
        self.button = widgets.Button(description="Name it", disabled=True)
        self.answer = widgets.HTML()
        self.answer.add_class("ce-live")
        self.choice.observe(self._chosen, "value")
        self.button.on_click(self._name)
        row = widgets.HBox([self.choice, self.button], layout=widgets.Layout(flex_flow="row wrap"))
        super().__init__([self.log, row, self.answer])

    def _chosen(self, _change: dict) -> None:
        self.button.disabled = self.choice.value == CHOOSE

    def _name(self, _button: widgets.Button) -> None:
        self.answer.value = texts.as_html(verdict(self.case, self.choice.value))
