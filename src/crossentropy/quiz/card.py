"""A question as a card of widgets: real buttons, markdown, code and maths, in JupyterLab's colours.

Each option is a letter button beside its text; the whole row can be clicked. Nothing that gives an
answer away is sent to the browser before the learner has answered.
"""

from __future__ import annotations

import asyncio
import math
import time

from crossentropy.accessible import Access
from crossentropy.quiz import marking, responses, texts
from crossentropy.quiz.markup import STYLE, as_html, escaped, panel
from crossentropy.quiz.question import Question
import ipywidgets as widgets
from ipywidgets.widgets.widget_string import HTMLMathStyle

# When Enter is pressed in a text field, the browser tells of the key first and of the text right
# after it. Waiting this long has the new text arrive before it is read.
ENTER_SETTLES = 0.1
OTHERS = "Why not the others?"


# How a card is used by keyboard; Tab leads into it and through it.
KEYS = {
    "choice": "Keys: up and down move between the options, Enter answers.",
    "several": "Keys: up and down move between the options, Enter chooses one or drops it.",
    "order": "Keys: up and down move between the arrows, Enter moves the step.",
    "number": "Keys: Enter hands in the number.",
}


class Practice:
    """Keeps the answers to a question by default: any number of them, the last one counts."""

    hints = True
    title = ""
    explains = True

    def __init__(self, question: Question):
        self.question = question

    @property
    def after_a_miss(self) -> str:
        """What to say below the explanation of a wrong answer, as markdown."""
        section = texts.read_again(self.question)
        told = "Try again: your last answer counts."
        return f"{told} Read again: {section}" if section else told

    def answers(self) -> tuple[list[str | float], str | None]:
        """Return what was answered before, and one sentence if that cannot be told."""
        return responses.history(self.question)

    def record(self, given: str | float, hints: int, seconds: float) -> tuple[bool, str | None]:
        """Record an answer; return whether it was saved, and one sentence for the learner."""
        return responses.record(self.question.id, given, hints=hints, seconds=seconds)

    def settle(self) -> None:
        """Do what an answer makes necessary elsewhere: nothing."""


class Card(widgets.VBox):
    """One question, and a keeper of its answers.

    The keeper has the attributes and methods of `Practice`; whether it `explains` is whether the
    worked steps may be shown now. The parts that tests and callers touch are attributes:

    letters : dict of str to Button
        The option buttons of a choice.
    ups, downs : list of Button
        Of an ordering, place by place.
    number : Text or FloatSlider
    check : Button
        The field of a number question; and the button that hands in what is not handed in at once.
    hint_button, others_button, solution_button : Button
    feedback, hint, others, solution : HTMLMath
        Empty until there is something to say.
    """

    def __init__(self, question: Question, keeper=None, first: str = ""):
        self.question = question
        self.keeper = keeper or Practice(question)
        self.given: str | float | None = None
        self.tried: list[str | float] = []
        self.hints = 0
        self.shown_at = time.monotonic()
        # Shared within the card: each of these is a message to the browser that need not be sent.
        self._layout = widgets.Layout()
        self._button_style = widgets.ButtonStyle()
        self._html_style = HTMLMathStyle()

        self.feedback = self._html("", "ce-part", "ce-live")
        self.hint = self._html("", "ce-part", "ce-polite")
        self.others = self._html("", "ce-part", "ce-polite")
        self.solution = self._html("", "ce-part", "ce-polite")
        self.hint_button = self._button("Hint", self._toggle_hint, "ce-action")
        self.others_button = self._button(OTHERS, self._toggle_others, "ce-action", "ce-hidden")
        self.solution_button = self._button(
            "Worked steps", self._toggle_solution, "ce-action", "ce-hidden"
        )
        self.letters, self._texts, self._rows = {}, {}, {}
        self.picked, self.ups, self.downs = "", [], []
        label = texts.label(question, self.keeper.title)
        keys = KEYS[question.type]
        self.access = Access(
            f"{label}, question {question.id}", keys=keys, **({"first": first} if first else {})
        )
        entries = {
            "choice": self._choice,
            "several": self._several,
            "order": self._order,
            "number": self._number,
        }
        entry = entries[question.type]()
        actions = [self.hint_button] if question.hint and self.keeper.hints else []
        if question.use != "predict" and question.type in ("choice", "several"):
            actions.append(self.others_button)
        if question.use != "predict" and texts.solution(question):
            actions.append(self.solution_button)
        super().__init__(
            [
                self._html(STYLE + _head(label, question.id, keys), "ce-part"),
                self.access,
                self._html(as_html(question.prompt), "ce-part"),
                *entry,
                self.feedback,
                *([self._row(actions, "ce-actions")] if actions else []),
                self.hint,
                self.others,
                self.solution,
            ],
            layout=self._layout,
            _dom_classes=("ce-quiz",),
        )
        self._restore()

    # --- parts ------------------------------------------------------------------------------------

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

    # --- what happens -----------------------------------------------------------------------------

    def _answer(self, value: object) -> None:
        try:
            given = marking.read_answer(self.question, value)
        except marking.AnswerError as error:
            self.feedback.value = panel(escaped(str(error)), "ce-notice")
            return
        seconds = round(time.monotonic() - self.shown_at, 1)
        saved, notice = self.keeper.record(given, self.hints, seconds)
        self._show_answer(given, saved, notice)
        self.keeper.settle()

    def _restore(self) -> None:
        answers, notice = self.keeper.answers()
        if answers:
            self.tried = answers[:-1]
            self._restore_entry(answers[-1])
            self._show_answer(answers[-1], saved=True, notice=notice)
        elif notice:
            self.feedback.value = panel(escaped(notice), "ce-notice")

    def _restore_entry(self, given: str | float) -> None:
        if self.question.slider:
            self.number.value = given
        elif self.question.type == "number":
            self.number.value = f"{given:.10g}"
        elif self.question.type == "order":
            self._put(given)
        elif self.question.type == "several":
            for letter in given:
                self._pick(letter)

    def _show_answer(self, given: str | float, saved: bool, notice: str | None) -> None:
        if self.given is not None:
            self.tried.append(self.given)
        self.given = given
        judgement = marking.judge(self.question, given)
        if judgement.right is None:
            says, kind = "Recorded. Now run the code that answers it.", "ce-chosen"
            if self.question.type == "number":
                says = f"Recorded: {given:.10g}. Now run the code that answers it."
            says = escaped(says) if saved else ""
        else:
            word, kind = ("Right.", "ce-right") if judgement.right else ("Not right.", "ce-wrong")
            says = as_html(f"**{word}** {_lead(judgement.why)}")
            if not judgement.right and self.keeper.after_a_miss:
                says += f'<div class="ce-again">{as_html(self.keeper.after_a_miss)}</div>'
            if judgement.right:
                self.others_button.remove_class("ce-hidden")
        parts = panel(says, kind) if says else ""
        if notice:
            parts += panel(escaped(notice), "ce-notice")
        self.feedback.value = parts
        if self.question.type == "choice":
            self._mark_rows()
        if self.keeper.explains:
            self.solution_button.remove_class("ce-hidden")

    def lock(self) -> None:
        """Take no more answers."""
        for button in (*self.letters.values(), *self.ups, *self.downs):
            button.disabled = True
        if self.question.type != "choice":
            self.check.disabled = True
        if self.question.type == "number":
            self.number.disabled = True
        for button in (self.others_button, self.solution_button):
            button.remove_class("ce-hidden")

    def _mark_rows(self) -> None:
        """Say in words, colour and line style what became of each option tried so far."""
        for letter, row in self._rows.items():
            if letter != self.given and letter not in self.tried:
                continue
            right = marking.judge(self.question, letter).right
            if right is None:
                kind = "ce-chosen" if letter == self.given else ""
                mark = "Your prediction" if letter == self.given else ""
            else:
                kind = "ce-right" if right else "ce-wrong"
                who = "Your answer" if letter == self.given else "Tried"
                mark = f"{who}: {'right' if right else 'not right'}"
            row._dom_classes = ("ce-row", kind) if kind else ("ce-row",)
            option = self.question.options[self.question.letters.index(letter)]
            self._texts[letter].value = as_html(option.text) + (
                f'<div class="ce-mark">{mark}</div>' if mark else ""
            )
            self.letters[letter].tooltip = f"Answer {letter}" + (f" ({mark})" if mark else "")

    def _toggle_hint(self) -> None:
        if self.hint.value:
            self.hint.value, self.hint_button.description = "", "Hint"
            return
        self.hints = 1
        hint = f"**Hint.** {self.question.hint.strip()}"
        self.hint.value = panel(as_html(hint), "ce-aside")
        self.hint_button.description = "Hide hint"

    def _toggle_others(self) -> None:
        if self.others.value:
            self.others.value, self.others_button.description = "", OTHERS
            return
        told = as_html(texts.others_in_words(self.question, self.question.key))
        self.others.value = panel(told, "ce-aside")
        self.others_button.description = "Hide the others"

    def _toggle_solution(self) -> None:
        if self.solution.value:
            self.solution.value, self.solution_button.description = "", "Worked steps"
            return
        parts = "".join(
            f'<div class="ce-title">{title}</div>{as_html(text)}'
            for title, text in texts.solution(self.question)
        )
        self.solution.value = panel(parts, "ce-aside")
        self.solution_button.description = "Hide worked steps"


def _head(label: str, question_id: str, keys: str) -> str:
    return (
        f'<div class="ce-head"><span class="ce-label">{label}</span>'
        f'<span class="ce-keys">{keys}</span><span class="ce-id">{question_id}</span></div>'
    )


def _lead(why: str) -> str:
    # A list must begin on a line of its own to be one.
    why = why.strip()
    return f"\n\n{why}" if why.startswith("- ") else why
