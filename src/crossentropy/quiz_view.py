"""A question as a card of widgets: real buttons, markdown, code and maths, in JupyterLab's colours.

Each option is a letter button beside its text; the whole row can be clicked. Nothing that gives an
answer away is sent to the browser before the learner has answered.
"""

from __future__ import annotations

import asyncio
import html
import time

from crossentropy import marking, memory, quiz_text
from crossentropy.bank import Question
from crossentropy.quiz_style import STYLE
import ipywidgets as widgets
from ipywidgets.widgets.widget_string import HTMLMathStyle

# When Enter is pressed in a text field, the browser tells of the key first and of the text right
# after it. Waiting this long has the new text arrive before it is read.
ENTER_SETTLES = 0.1


def card(question: Question) -> Card:
    """The card of a question, with the last recorded answer shown as it was."""
    return Card(question)


class Card(widgets.VBox):
    """One question. The parts that tests and callers touch are attributes:

    letters : dict of str to Button
        The option buttons of a choice question.
    number : Text
    check : Button
        The field of a number question, and the button beside it.
    hint_button, solution_button : Button
    feedback, hint, solution : HTMLMath
        Empty until there is something to say.
    """

    def __init__(self, question: Question):
        self.question = question
        self.given: str | float | None = None
        self.tried: list[str | float] = []
        self.hints = 0
        self.shown_at = time.monotonic()
        # Shared within the card: each of these is a message to the browser that need not be sent.
        self._layout = widgets.Layout()
        self._button_style = widgets.ButtonStyle()
        self._html_style = HTMLMathStyle()

        self.feedback = self._html("", "ce-part")
        self.hint = self._html("", "ce-part")
        self.solution = self._html("", "ce-part")
        self.hint_button = self._button("Hint", self._toggle_hint, "ce-action")
        self.solution_button = self._button(
            "Worked steps", self._toggle_solution, "ce-action", "ce-hidden"
        )
        self.letters, self._texts, self._rows = {}, {}, {}
        entry = self._choice() if question.type == "choice" else self._number()
        actions = [self.hint_button] if question.hint else []
        if question.use != "predict" and quiz_text.solution(question):
            actions.append(self.solution_button)
        super().__init__(
            [
                self._html(STYLE + _head(question), "ce-part"),
                self._html(quiz_text.as_html(question.prompt), "ce-part"),
                *entry,
                self.feedback,
                *([self._row(actions, "ce-actions")] if actions else []),
                self.hint,
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
        for letter, option in zip(self.question.letters, self.question.options, strict=True):
            button = self._button(letter, lambda letter=letter: self._answer(letter), "ce-letter")
            button.tooltip = f"Answer {letter}"
            self.letters[letter] = button
            self._texts[letter] = self._html(quiz_text.as_html(option.text), "ce-part")
            self._rows[letter] = self._row([button, self._texts[letter]], "ce-row")
        return list(self._rows.values())

    def _number(self) -> list[widgets.Widget]:
        self.number = widgets.Text(
            description="Your answer",
            placeholder="a number, such as 0.5",
            continuous_update=False,
            layout=self._layout,
            _dom_classes=("ce-number",),
        )
        self.number.on_msg(self._on_field_message)
        self.check = self._button("Check", lambda: self._answer(self.number.value), "ce-check")
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
            self.feedback.value = _panel(_escaped(str(error)), "ce-notice", live=True)
            return
        seconds = round(time.monotonic() - self.shown_at, 1)
        saved, notice = memory.save(self.question, given, hints=self.hints, seconds=seconds)
        self._show_answer(given, saved, notice)

    def _restore(self) -> None:
        answers, notice = memory.history(self.question)
        if answers:
            self.tried = answers[:-1]
            self._show_answer(answers[-1], saved=True, notice=notice, live=False)
            if self.question.type == "number":
                self.number.value = f"{answers[-1]:.10g}"
        elif notice:
            self.feedback.value = _panel(_escaped(notice), "ce-notice", live=False)

    def _show_answer(
        self, given: str | float, saved: bool, notice: str | None, live: bool = True
    ) -> None:
        if self.given is not None:
            self.tried.append(self.given)
        self.given = given
        verdict = marking.judge(self.question, given)
        if verdict.right is None:
            says, kind = "Recorded. Now run the code that answers it.", "ce-chosen"
            if self.question.type == "number":
                says = f"Recorded: {given:.10g}. Now run the code that answers it."
            says = _escaped(says) if saved else ""
        else:
            word, kind = ("Right.", "ce-right") if verdict.right else ("Not right.", "ce-wrong")
            says = quiz_text.as_html(f"**{word}** {verdict.why.strip()}")
            if not verdict.right:
                says += '<div class="ce-again">Try again: your last answer counts.</div>'
        parts = _panel(says, kind, live) if says else ""
        if notice:
            parts += _panel(_escaped(notice), "ce-notice", live)
        self.feedback.value = parts
        self._mark_rows()
        self.solution_button.remove_class("ce-hidden")

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
            self._texts[letter].value = quiz_text.as_html(option.text) + (
                f'<div class="ce-mark">{mark}</div>' if mark else ""
            )
            self.letters[letter].tooltip = f"Answer {letter}" + (f" ({mark})" if mark else "")

    def _toggle_hint(self) -> None:
        if self.hint.value:
            self.hint.value, self.hint_button.description = "", "Hint"
            return
        self.hints = 1
        hint = f"**Hint.** {self.question.hint.strip()}"
        self.hint.value = _panel(quiz_text.as_html(hint), "ce-aside", live=True)
        self.hint_button.description = "Hide hint"

    def _toggle_solution(self) -> None:
        if self.solution.value:
            self.solution.value, self.solution_button.description = "", "Worked steps"
            return
        parts = "".join(
            f'<div class="ce-title">{title}</div>{quiz_text.as_html(text)}'
            for title, text in quiz_text.solution(self.question)
        )
        self.solution.value = _panel(parts, "ce-aside", live=True)
        self.solution_button.description = "Hide worked steps"


def _head(question: Question) -> str:
    return (
        f'<div class="ce-head"><span class="ce-label">{quiz_text.label(question)}</span>'
        f'<span class="ce-id">{question.id}</span></div>'
    )


def _panel(content: str, kind: str, live: bool) -> str:
    # Only what follows an action of the learner is announced, not what a notebook shows on opening.
    role = ' role="status" aria-live="polite"' if live else ""
    return f'<div class="ce-panel {kind}"{role}>{content}</div>'


def _escaped(text: str) -> str:
    return f'<div class="ce-text"><p>{html.escape(text)}</p></div>'
