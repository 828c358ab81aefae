"""A bet on a question as a card: a slider for each option, and after it all explanations."""

from __future__ import annotations

import time

from crossentropy.accessible import Access
from crossentropy.quiz import bet_record, bet_scores, bet_texts, texts
from crossentropy.quiz.bet_scores import Bet
from crossentropy.quiz.bet_spread import Spread
from crossentropy.quiz.markup import STYLE, as_html, escaped, panel
from crossentropy.quiz.question import Question
import ipywidgets as widgets

KEYS = (
    "Keys: arrows move a bar by 1 %, Page Up and Page Down by 5 %, Home and End to its ends; or "
    "type the number beside it."
)
STEPS = "Worked steps"


class BetCard(widgets.VBox):
    """One question to bet on.

    Attributes that tests and callers touch:

    sliders : list of IntSlider
        The percents of the options, which always sum to 100.
    place_button, even_button, steps_button : Button
    feedback, steps : HTMLMath
        Empty until there is something to say.
    bet : Bet or None
    """

    def __init__(self, question: Question):
        self.question = question
        self.bet: Bet | None = None
        self._truth = bet_scores.truth_of(question)
        self._spread = Spread(len(question.letters))
        self._moving = False
        self._shown_at = time.monotonic()
        self.feedback = widgets.HTMLMath("", _dom_classes=("ce-part", "ce-live"))
        self.steps = widgets.HTMLMath("", _dom_classes=("ce-part", "ce-polite"))
        self.place_button = self._button("Place the bet", self._place, "ce-check")
        self.even_button = self._button("All equal again", self._even, "ce-action")
        self.steps_button = self._button(STEPS, self._toggle_steps, "ce-action", "ce-hidden")
        self._texts, self._prices, self.sliders, self._rows = [], [], [], []
        for place, letter in enumerate(question.letters):
            self._add_row(place, letter)
        label = f"Bet, {texts.label(question).lower()}"
        self.access = Access(f"{label}, question {question.id}", keys=KEYS)
        head = (
            f'<div class="ce-head"><span class="ce-label">{label}</span>'
            f'<span class="ce-id">{question.id}</span></div>'
        )
        rules = escaped(f"{bet_texts.RULES} {KEYS}")
        self._buttons = widgets.HBox(
            [self.place_button, self.even_button], _dom_classes=("ce-entry",)
        )
        super().__init__(
            [
                widgets.HTML(STYLE + head, _dom_classes=("ce-part",)),
                self.access,
                widgets.HTMLMath(as_html(question.prompt), _dom_classes=("ce-part",)),
                widgets.HTML(f'<div class="ce-bet-rules">{rules}</div>', _dom_classes=("ce-part",)),
                *self._rows,
                self._buttons,
                self.feedback,
                widgets.HBox([self.steps_button], _dom_classes=("ce-actions",)),
                self.steps,
            ],
            _dom_classes=("ce-quiz",),
        )
        self._show_percents()
        placed, notice = bet_record.placed(question)
        if placed:
            self._show_bet(placed, notice)
        elif notice:
            self.feedback.value = panel(escaped(notice), "ce-notice")

    def _button(self, text: str, on_click, *classes: str) -> widgets.Button:
        button = widgets.Button(description=text, _dom_classes=classes)
        button.on_click(lambda _: on_click())
        return button

    def _add_row(self, place: int, letter: str) -> None:
        slider = widgets.IntSlider(
            min=0,
            max=100,
            description=f"Probability of {letter}, in percent",
            _dom_classes=("ce-bet-slider",),
        )
        slider.observe(lambda change: self._move(place, change["new"]), "value")
        self.sliders.append(slider)
        self._texts.append(widgets.HTMLMath(self._option(place), _dom_classes=("ce-part",)))
        self._prices.append(widgets.HTML(_dom_classes=("ce-part", "ce-bet-price")))
        bar = widgets.HBox([slider, self._prices[place]], _dom_classes=("ce-bet-bar",))
        self._rows.append(
            widgets.VBox([self._texts[place], bar], _dom_classes=("ce-row", "ce-bet"))
        )

    def _option(self, place: int) -> str:
        letter, text = self.question.letters[place], self.question.options[place].text.strip()
        return as_html(f"**{letter})**\n\n{text}" if "\n" in text else f"**{letter})** {text}")

    # --- what happens -----------------------------------------------------------------------------

    @property
    def percents(self) -> list[int]:
        """What the bars say, in percent."""
        return list(self._spread.percents)

    def _move(self, place: int, percent: int) -> None:
        if not self._moving:  # else it is one that gives way
            self._spread.move(place, percent)
            self._show_percents()

    def _even(self) -> None:
        self._spread.even()
        self._show_percents()

    def _show_percents(self) -> None:
        self._moving = True
        try:
            for slider, price, percent in zip(
                self.sliders, self._prices, self._spread.percents, strict=True
            ):
                slider.value = percent
                price.value = f"<span>{bet_texts.price(percent / 100)}</span>"
        finally:
            self._moving = False

    def _place(self) -> None:
        if self.bet is not None:  # a second click that came before the button was closed
            return
        probabilities = tuple(percent / 100 for percent in self._spread.percents)
        seconds = round(time.monotonic() - self._shown_at, 1)
        saved, notice = bet_record.record(self.question, probabilities, seconds)
        first = bet_record.placed(self.question)[0] if saved else None
        self._show_bet(first or Bet(probabilities, self._truth), notice)
        # What had the focus is gone: a keyboard would begin again at the top of the page.
        self.access.focus(".ce-actions .ce-action:not(.ce-hidden)", 0)

    def _show_bet(self, bet: Bet, notice: str | None) -> None:
        """Show what a bet cost, with all explanations, and take no other."""
        self.bet = bet
        self._moving = True
        for place, probability in enumerate(bet.probabilities):
            slider, right = self.sliders[place], place == bet.truth
            slider.value, slider.disabled = round(100 * probability), True
            told = f"{bet_texts.mark(right).capitalize()}; you gave it {100 * probability:.3g} %."
            self._prices[place].value = f"<span>{bet_texts.price(probability)}</span>"
            self._texts[place].value = (
                self._option(place)
                + f'<div class="ce-mark">{told}</div>'
                + f'<div class="ce-bet-why">{as_html(self.question.options[place].why)}</div>'
            )
            if right:
                self._rows[place].add_class("ce-right")
        self._moving = False
        self.place_button.disabled = self.even_button.disabled = True
        self._buttons.add_class("ce-hidden")
        says = panel(as_html(bet_texts.result(bet)), "ce-chosen")
        if notice:
            says += panel(escaped(notice), "ce-notice")
        self.feedback.value = says
        if texts.solution(self.question):
            self.steps_button.remove_class("ce-hidden")

    def _toggle_steps(self) -> None:
        if self.steps.value:
            self.steps.value, self.steps_button.description = "", STEPS
            return
        parts = "".join(
            f'<div class="ce-title">{title}</div>{as_html(text)}'
            for title, text in texts.solution(self.question)
        )
        self.steps.value = panel(parts, "ce-aside")
        self.steps_button.description = "Hide worked steps"
