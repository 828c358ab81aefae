"""A question as a card of widgets: real buttons, markdown, code and maths, in JupyterLab's colours.

Each option is a letter button beside its text; the whole row can be clicked. Nothing that gives an
answer away is sent to the browser before the learner has answered.
"""

from __future__ import annotations

import math
import time

from crossentropy.accessible import Access
from crossentropy.quiz import marking, texts
from crossentropy.quiz.again import Again
from crossentropy.quiz.card_entry import Entry
from crossentropy.quiz.markup import STYLE, as_html, escaped, panel
from crossentropy.quiz.practice import Practice
from crossentropy.quiz.question import Question
import ipywidgets as widgets
from ipywidgets.widgets.widget_string import HTMLMathStyle

OTHERS = "Why not the others?"
# The same answer again so many seconds after the first was taken is a double click, or came from
# the same finger while the kernel was busy.
SAME_CLICK = 0.5


# How a card is used by keyboard; Tab leads into it and through it.
KEYS = {
    "choice": "Keys: up and down move between the options, Enter answers.",
    "several": "Keys: up and down move between the options, Enter chooses one or drops it.",
    "order": "Keys: up and down move between the arrows, Enter moves the step.",
    "number": "Keys: Enter hands in the number.",
}


class Card(Entry):
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
    again : Again or None
        Where there are other numbers to practise with.
    waited : float
        Seconds for which the last answer waited for a running cell: no time of the learner's.
    """

    def __init__(self, question: Question, keeper=None, first: str = ""):
        self.question = question
        self.keeper = keeper or Practice(question)
        self.given: str | float | None = None
        self.tried: list[str | float] = []
        self.hints = 0
        self.waited = 0.0
        self.shown_at = time.monotonic()
        self._taken_at = -math.inf
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
        renewed = question.template is not None and self.keeper.renews
        self.again = Again(question, type(self)) if renewed else None
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
                *([self.again] if self.again else []),
            ],
            layout=self._layout,
            _dom_classes=("ce-quiz",),
        )
        self._restore()

    # --- what happens -----------------------------------------------------------------------------

    def _answer(self, value: object) -> None:
        self.waited = self.access.waited()
        try:
            given = marking.read_answer(self.question, value)
        except marking.AnswerError as error:
            self.feedback.value = panel(escaped(str(error)), "ce-notice")
            return
        now = time.monotonic()
        if given != self.given or now - self._taken_at > SAME_CLICK:
            seconds = round(max(0.0, now - self.waited - self.shown_at), 1)
            saved, notice = self.keeper.record(given, self.hints, seconds)
            self._show_answer(given, saved, notice)
            self.keeper.settle()
        self._taken_at = time.monotonic()

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
        if self.again:
            self.again.offer()
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
