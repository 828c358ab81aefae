"""A bet on a question as a card: a slider for each option, and after it all explanations.

In the test it stands beside the card of the question itself: it names the options by their letters
only, and is silent on the truth until the question is closed.
"""

from __future__ import annotations

from collections.abc import Callable
import time

from crossentropy.accessible import Access
from crossentropy.quiz import bet_record, bet_scores, bet_texts, texts
from crossentropy.quiz.bet_scores import Bet
from crossentropy.quiz.bet_spread import Spread
from crossentropy.quiz.markup import STYLE, as_html, escaped, panel
from crossentropy.quiz.question import Question
from crossentropy.quiz.shuffled import Shuffled, shuffled
import ipywidgets as widgets

KEYS = (
    "Keys: arrows move a bar by 1 %, Page Up and Page Down by 5 %, Home and End to its ends; or "
    "type the number beside it."
)
STEPS = "Worked steps"


class BetCard(widgets.VBox):
    """One question to bet on, `beside` its own card or by itself.

    Attributes that tests and callers touch:

    sliders : list of IntSlider
        The percents of the options, which always sum to 100.
    place_button, even_button, steps_button : Button
    feedback, steps : HTMLMath
        Empty until there is something to say.
    bet : Bet or None
        Its options stand as they are shown.
    """

    def __init__(
        self,
        question: Question,
        shown: Shuffled | None = None,
        beside: bool = False,
        on_placed: Callable[[], None] | None = None,
    ):
        self._asked = question
        self._shown = shown or shuffled(question)
        self.question = question = self._shown.question
        self.beside = beside
        self.bet: Bet | None = None
        # What had the focus is gone then: a keyboard would begin again at the top of the page.
        self._on_placed = on_placed or self._focus_on_steps
        placed, notice = bet_record.placed(self._asked)
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
        label = "Bet" if beside else f"Bet, {texts.label(question).lower()}"
        first = {"first": ".noUi-handle"} if beside and not placed else {}
        self.access = Access(f"{label}, question {question.id}", keys=KEYS, **first)
        head = (
            f'<div class="ce-head"><span class="ce-label">{label}</span>'
            f'<span class="ce-id">{"" if beside else question.id}</span></div>'
        )
        prompt = "" if beside else as_html(question.prompt)
        rules = escaped(f"{bet_texts.RULES} {KEYS}")
        self._buttons = widgets.HBox(
            [self.place_button, self.even_button], _dom_classes=("ce-entry",)
        )
        rules = f'<div class="ce-bet-rules">{rules}</div>'
        self._bars = widgets.VBox([widgets.HTML(rules, _dom_classes=("ce-part",)), *self._rows])
        super().__init__(
            [
                widgets.HTML(STYLE + head, _dom_classes=("ce-part",)),
                self.access,
                widgets.HTMLMath(prompt, _dom_classes=("ce-part",)),
                self._bars,
                self._buttons,
                self.feedback,
                widgets.HBox([self.steps_button], _dom_classes=("ce-actions",)),
                self.steps,
            ],
            _dom_classes=("ce-quiz",),
        )
        self._show_percents()
        if placed:
            self._take(self._as_shown(placed), notice)
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
        if self.beside:
            return as_html(f"**{letter})**")
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
        order = self._shown.order
        saved, notice = bet_record.record(self._asked, probabilities, seconds, order)
        first = bet_record.placed(self._asked)[0] if saved else None
        bet = self._as_shown(first) if first else Bet(probabilities, self._truth)
        self._take(bet, notice)
        self._on_placed()

    def _focus_on_steps(self) -> None:
        self.access.focus(".ce-actions .ce-action:not(.ce-hidden)", 0)

    def _as_shown(self, bet: Bet) -> Bet:
        """Return a bet whose options stand as in the bank in the order that is shown."""
        places = [self.question.letters.index(letter) for letter in self._shown.order]
        return Bet(tuple(bet.probabilities[place] for place in places), self._truth)

    def _take(self, bet: Bet, notice: str | None) -> None:
        """Show that a bet is placed, and take no other."""
        self.bet, self._notice = bet, notice
        self._moving = True
        for slider, price, probability in zip(
            self.sliders, self._prices, bet.probabilities, strict=True
        ):
            slider.value, slider.disabled = round(100 * probability), True
            price.value = f"<span>{bet_texts.price(probability)}</span>"
        self._moving = False
        self.place_button.disabled = self.even_button.disabled = True
        self._buttons.add_class("ce-hidden")
        if self.beside:
            self._bars.add_class("ce-hidden")
            self._say(as_html(f"{bet_texts.spread(bet)} {bet_texts.WAITS}"))
        else:
            self.tell()

    def tell(self) -> None:
        """Say what a placed bet cost; by itself, the card also explains all options."""
        if self.beside:
            self._say(as_html(f"{bet_texts.spread(self.bet)} {bet_texts.result(self.bet)}"))
            return
        for place, probability in enumerate(self.bet.probabilities):
            right = place == self.bet.truth
            told = f"{bet_texts.mark(right).capitalize()}; you gave it {100 * probability:.3g} %."
            self._texts[place].value = (
                f'{self._option(place)}<div class="ce-mark">{told}</div>'
                f'<div class="ce-bet-why">{as_html(self.question.options[place].why)}</div>'
            )
            if right:
                self._rows[place].add_class("ce-right")
        self._say(as_html(bet_texts.result(self.bet)))
        if texts.solution(self.question):
            self.steps_button.remove_class("ce-hidden")

    def _say(self, told: str) -> None:
        notice = panel(escaped(self._notice), "ce-notice") if self._notice else ""
        self.feedback.value = panel(told, "ce-chosen") + notice

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
