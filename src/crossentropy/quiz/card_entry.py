"""How a card takes an answer: letters, check boxes, steps to move, a field or a slider."""

from __future__ import annotations

import asyncio
import math

from crossentropy.quiz.markup import as_html
import ipywidgets as widgets

# When Enter is pressed in a text field, the browser tells of the key first and of the text right
# after it. Waiting this long has the new text arrive before it is read.
ENTER_SETTLES = 0.1


class Entry(widgets.VBox):
    """The part of a card in which an answer is made; `Card` says what becomes of it."""

    def _html(self, value: str, *classes: str) -> widgets.HTMLMath:
        return widgets.HTMLMath(
            value, layout=self._layout, style=self._html_style, _dom_classes=classes
        )

    def _button(self, text: str, on_click, *classes: str) -> widgets.Button:
        button = widgets.Button(
            description=text, layout=self._layout, style=self._button_style, _dom_classes=classes
        )
        button.on_click(lambda _: on_click())
        return button

    def _row(self, children: list, *classes: str) -> widgets.HBox:
        return widgets.HBox(children, layout=self._layout, _dom_classes=classes)

    def _choice(self) -> list[widgets.Widget]:
        return self._lettered(self._answer)

    def _several(self) -> list[widgets.Widget]:
        self.check = self._button("Check", lambda: self._answer(self.picked), "ce-check")
        self.access.tell(picked="")
        return [*self._lettered(self._pick), self._row([self.check], "ce-entry")]

    def _lettered(self, on_click) -> list[widgets.Widget]:
        for letter, option in zip(self.question.letters, self.question.options, strict=True):
            button = self._button(letter, lambda letter=letter: on_click(letter), "ce-letter")
            button.tooltip = f"Answer {letter}"
            self.letters[letter] = button
            self._texts[letter] = self._html(as_html(option.text), "ce-part")
            self._rows[letter] = self._row([button, self._texts[letter]], "ce-row")
        return list(self._rows.values())

    def _pick(self, letter: str) -> None:
        """Choose an option, or take the choice back."""
        self.picked = "".join(sorted(set(self.picked) ^ {letter}))
        self.access.tell(picked=self.picked)
        for one, row in self._rows.items():
            (row.add_class if one in self.picked else row.remove_class)("ce-picked")

    def _order(self) -> list[widgets.Widget]:
        self.picked = self.question.letters
        self._steps = []
        rows = []
        for place, letter in enumerate(self.picked):
            up = self._button("↑", lambda place=place: self._move(place, -1), "ce-move", "ce-up")
            down = self._button("↓", lambda place=place: self._move(place, 1), "ce-move", "ce-down")
            up.tooltip, down.tooltip = f"Move step {place + 1} up", f"Move step {place + 1} down"
            self.ups.append(up)
            self.downs.append(down)
            self._steps.append(self._html(self._step(letter), "ce-part"))
            rows.append(self._row([up, down, self._steps[-1]], "ce-row", "ce-step"))
        self.ups[0].disabled = self.downs[-1].disabled = True
        self.check = self._button("Check", lambda: self._answer(self.picked), "ce-check")
        return [*rows, self._row([self.check], "ce-entry")]

    def _step(self, letter: str) -> str:
        option = self.question.options[self.question.letters.index(letter)]
        return as_html(f"**{letter})** {option.text.strip()}")

    def _move(self, place: int, by: int) -> None:
        """Swap a step with its neighbour; the focus goes with it, for the next press."""
        letters = list(self.picked)
        letters[place], letters[place + by] = letters[place + by], letters[place]
        self._put("".join(letters))
        at = place + by
        button = ".ce-up" if by < 0 else ".ce-down"
        if at in (0, len(letters) - 1):
            button = ".ce-down" if at == 0 else ".ce-up"
        self.access.focus(button, at)

    def _put(self, order: str) -> None:
        self.picked = order
        for letter, step in zip(order, self._steps, strict=True):
            step.value = self._step(letter)

    def _number(self) -> list[widgets.Widget]:
        self.check = self._button("Check", lambda: self._answer(self.number.value), "ce-check")
        if self.question.slider:
            slider = self.question.slider
            self.number = widgets.FloatSlider(
                description="Your prediction",
                min=slider.low,
                max=slider.high,
                step=slider.step,
                value=slider.low,  # the middle may lie next to what comes true
                readout_format=f".{max(0, -math.floor(math.log10(slider.step)))}f",
                continuous_update=False,
                layout=self._layout,
                _dom_classes=("ce-number",),
            )
        else:
            self.number = widgets.Text(
                description="Your answer",
                placeholder="a number",
                continuous_update=False,
                layout=self._layout,
                _dom_classes=("ce-number",),
            )
            self.number.on_msg(self._on_field_message)
        if self.question.use == "predict":
            self.number.description = "Your prediction"
            self.check.description = "Record"
        return [self._row([self.number, self.check], "ce-entry")]

    def _on_field_message(self, _widget, content: dict, _buffers) -> None:
        if content.get("event") != "submit":
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self.check.click()
        else:
            loop.call_later(ENTER_SETTLES, self.check.click)
