"""A bet on a question of the test, for whoever likes to: placed before the first answer.

It is told what it cost when the question is closed, and never changes the result of the test.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from crossentropy.quiz import bet_record, bet_scores
from crossentropy.quiz.bet_card import BetCard
from crossentropy.quiz.question import BankError, Question
from crossentropy.quiz.shuffled import Shuffled
import ipywidgets as widgets


class SideBet(widgets.VBox):
    """Below the card of a question: a button, and once it was pressed the bars of a bet.

    Once a bet is placed, `on_placed` is called, to move the focus on.

    Attributes that tests touch: `button` and `card` (a BetCard, or None).
    """

    def __init__(self, on_placed: Callable[[], None]):
        self._on_placed = on_placed
        self.card: BetCard | None = None
        self.button = widgets.Button(
            description="Bet on it first",
            tooltip="Say how sure you are, before you answer. It never changes the result.",
            _dom_classes=("ce-action",),
        )
        self.button.on_click(lambda _: self._begin())
        super().__init__([])

    def clear(self) -> None:
        """Offer nothing."""
        self.card, self.children = None, ()

    def offer(self, question: Question, shown: Shuffled, since: datetime) -> None:
        """Offer a bet on a question, unless it has taken one before this sitting showed it.

        Parameters
        ----------
        question : Question
            With the numbers of the sitting, its options as in the bank.
        shown : Shuffled
            The same as it is shown.
        since : datetime
            When it was shown first.
        """
        self.clear()
        try:
            bet_scores.truth_of(question)
        except BankError:
            return
        self._make = lambda: BetCard(question, shown, beside=True, on_placed=self._on_placed)
        if bet_record.placed(question, since)[0]:
            self._begin()
        elif bet_record.placed(question) == (None, None):
            self.children = [self.button]

    def settle(self, answered: bool, closed: bool) -> None:
        """Take no bet after an answer, and say what a bet cost when the question is closed."""
        if self.card is None or self.card.bet is None:
            if answered or closed:
                self.clear()
        elif closed:
            self.card.tell()

    def _begin(self) -> None:
        self.card = self._make()
        self.children = [self.card]
