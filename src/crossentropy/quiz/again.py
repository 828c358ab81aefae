"""Another one like this: below an answered question, the same question with fresh numbers."""

from __future__ import annotations

from collections.abc import Callable

from crossentropy.quiz.markup import escaped
from crossentropy.quiz.practice import afresh
from crossentropy.quiz.question import Question
import ipywidgets as widgets


class Again(widgets.VBox):
    """A button, and above it, once it was pressed, the card that it asked for.

    Attributes that tests touch: `button`, `said` (HTML, told to screen readers) and `card`.
    """

    def __init__(self, question: Question, make_card: Callable):
        self.card = None
        self._question, self._make_card = question, make_card
        self._seen: list[Question] = []
        self.said = widgets.HTML("", _dom_classes=("ce-part", "ce-live"))
        self.asked = widgets.VBox([])
        self.button = widgets.Button(
            description="Another one like this",
            tooltip="Fresh numbers, for practice: your points stay as they are.",
            _dom_classes=("ce-action",),
        )
        self.button.on_click(lambda _: self._renew())
        row = widgets.HBox([self.button], _dom_classes=("ce-actions",))
        super().__init__([self.said, self.asked, row], _dom_classes=("ce-more", "ce-hidden"))

    def offer(self) -> None:
        """Show the button."""
        self.remove_class("ce-hidden")

    def _renew(self) -> None:
        keeper = afresh(self._question, self._seen)
        self._seen.append(keeper.question)
        self.said.value = escaped(
            f"Practice {len(self._seen)}, with new numbers. Your points stay as they are: what you "
            "answer above counts."
        )
        old = self.card
        self.card = self._make_card(keeper.shown, keeper, first="button:not([disabled]), input")
        self.asked.children = [self.card]
        if old is not None:
            old.close()
