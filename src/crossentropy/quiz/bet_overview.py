"""All bets together, as a card: the reliability diagram, the mean cost and its two parts."""

from __future__ import annotations

from crossentropy.accessible import Access
from crossentropy.quiz import bet_diagram, bet_record, bet_scores, bet_texts
from crossentropy.quiz.markup import STYLE, as_html, escaped, panel
import ipywidgets as widgets


class BetOverview(widgets.VBox):
    """The bets of the learner whose folder this is, of all lessons.

    Attributes that tests touch: `picture` and `words` (HTML), and `refresh` (Button).
    """

    def __init__(self):
        self.picture = widgets.HTML(_dom_classes=("ce-part",))
        self.words = widgets.HTML(_dom_classes=("ce-part", "ce-polite"))
        self.refresh = widgets.Button(description="Refresh", _dom_classes=("ce-action",))
        self.refresh.on_click(lambda _: self._fill())
        head = widgets.HTML(f"{STYLE}<strong>Your bets</strong>", _dom_classes=("ce-part",))
        buttons = widgets.HBox([self.refresh], _dom_classes=("ce-entry",))
        parts = [head, Access("Your bets"), self.picture, self.words, buttons]
        super().__init__(parts, _dom_classes=("ce-quiz",))
        self._fill()

    def _fill(self) -> None:
        found, notices = bet_record.of_all_lessons()
        together = bet_scores.summary(found)
        self.picture.value = bet_diagram.svg(together) if together else ""
        told = bet_texts.summary(together) if together else bet_texts.NONE
        self.words.value = as_html(told) + "".join(
            panel(escaped(notice), "ce-notice") for notice in notices
        )
