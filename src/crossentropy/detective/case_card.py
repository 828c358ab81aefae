"""A case as a card: its log, the list of causes, what speaks for or against the one named, a proof.

It is made of the quiz's kit (`crossentropy.quiz.markup`, `crossentropy.accessible`). The cause is
sent to the browser only when it has been named, or asked for after two misses.
"""

from __future__ import annotations

import html

from crossentropy.accessible import Access
from crossentropy.detective import record, script, verdict
from crossentropy.detective.cases import Case
from crossentropy.detective.causes import causes
from crossentropy.quiz.markup import STYLE, as_html, escaped, panel
import ipywidgets as widgets

CHOOSE = "choose one of the causes …"
KEYS = "Keys: Tab goes on, up and down choose a cause, Space presses a button."
CODE, PROVE, TELL = "Show the code", "Make the one change and run it again", "Tell me"
RUNNING = "Running …"
MISSES_BEFORE_TELLING = 2
LOOK = """<style>
.ce-quiz .ce-cause.widget-dropdown { flex: 0 1 30rem; width: auto; min-width: 0; height: auto; }
.ce-quiz .ce-cause .widget-label { width: auto; flex: none; }
.ce-quiz .ce-cause.widget-dropdown > select {
  appearance: auto; background-image: none; height: 32px; min-width: 8rem;
  color: var(--jp-ui-font-color1, inherit);
  background-color: var(--jp-layout-color1, transparent);
  border: 1px solid var(--jp-border-color1, #757575); border-radius: 4px;
}
.ce-quiz .ce-cause.widget-dropdown > select:focus-visible, .ce-quiz pre:focus-visible {
  outline: 2px solid var(--jp-brand-color1, #1976d2); outline-offset: 1px;
}
.ce-quiz .ce-log pre { font-size: 12px; line-height: 1.45; }
</style>"""


class CaseCard(widgets.VBox):
    """The card of one case.

    Attributes that tests touch: `choice` (Dropdown), `button` (names it), `feedback` (HTML),
    `code_button`, `prove_button` and `tell_button` (hidden until they are of use), `code`
    and `proof` (HTML), empty until asked for.
    """

    def __init__(self, case: Case):
        self.case = case
        self.misses = 0
        self.choice = widgets.Dropdown(
            options=[CHOOSE, *(one.name for one in causes())],
            description="Cause",
            _dom_classes=("ce-cause",),
        )
        self.button = self._button("Name it", self._name, "ce-check")
        self.button.disabled = True
        self.feedback = widgets.HTMLMath("", _dom_classes=("ce-part", "ce-live"))
        self.code_button = self._button(CODE, self._toggle_code, "ce-action", "ce-hidden")
        self.prove_button = self._button(PROVE, self._prove, "ce-action", "ce-hidden")
        self.tell_button = self._button(TELL, self._tell, "ce-action", "ce-hidden")
        self.code = widgets.HTMLMath("", _dom_classes=("ce-part", "ce-polite"))
        self.proof = widgets.HTMLMath("", _dom_classes=("ce-part", "ce-polite", "ce-log"))
        self.choice.observe(self._chosen, "value")
        self.access = Access(f"Case {case.seed} of the detective", keys=KEYS)
        head = (
            f'<div class="ce-head"><span class="ce-label">Case {case.seed}</span>'
            f'<span class="ce-keys">{KEYS}</span><span class="ce-id">detective</span></div>'
        )
        text = as_html(verdict.introduction(case)) + _text_as_shown(case.log, "The log")
        super().__init__(
            [
                widgets.HTML(STYLE + LOOK + head, _dom_classes=("ce-part",)),
                self.access,
                widgets.HTMLMath(text, _dom_classes=("ce-part", "ce-log")),
                self._row([self.choice, self.button], "ce-entry"),
                self.feedback,
                self._row([self.tell_button, self.code_button, self.prove_button], "ce-actions"),
                self.code,
                self.proof,
            ],
            _dom_classes=("ce-quiz",),
        )
        self._restore()

    def _button(self, text: str, on_click, *classes: str) -> widgets.Button:
        button = widgets.Button(description=text, _dom_classes=classes)
        button.on_click(lambda _: on_click())
        return button

    def _row(self, children: list, *classes: str) -> widgets.HBox:
        return widgets.HBox(children, _dom_classes=classes)

    def _restore(self) -> None:
        """Show what was named last, as it was."""
        names, notice = record.named(self.case.seed)
        known = [name for name in names if name in self.choice.options]
        self.misses = sum(not verdict.is_right(self.case, name) for name in known)
        if known:
            self.choice.value = known[-1]
            self._show(known[-1], notice)
        elif notice:
            self.feedback.value = panel(escaped(notice), "ce-notice")

    def _chosen(self, _change: dict) -> None:
        self.button.disabled = self.choice.value == CHOOSE

    def _name(self) -> None:
        shown = self.access.chosen()
        if shown is not None and 0 <= shown < len(self.choice.options):
            self.choice.index = shown  # what the kernel has heard of may be older
        name = self.choice.value
        if name == CHOOSE:
            return
        is_right = verdict.is_right(self.case, name)
        self.misses += not is_right
        self._show(name, record.add(self.case.seed, name, is_right))

    def _show(self, name: str, notice: str | None) -> None:
        is_right = verdict.is_right(self.case, name)
        said = as_html(verdict.verdict(self.case, name))
        self.feedback.value = panel(said, "ce-right" if is_right else "ce-wrong") + (
            panel(escaped(notice), "ce-notice") if notice else ""
        )
        if is_right:
            self._open()
        elif self.misses >= MISSES_BEFORE_TELLING:
            self.tell_button.remove_class("ce-hidden")

    def _tell(self) -> None:
        """Tell the cause to whoever has looked twice; the case does not count as solved."""
        said = f"**It was: {self.case.cause.name}.** {verdict.explanation(self.case)}"
        self.feedback.value = panel(as_html(said), "ce-chosen")
        self._open()

    def _open(self) -> None:
        self.tell_button.add_class("ce-hidden")
        self.code_button.remove_class("ce-hidden")
        if not verdict.is_sound(self.case):
            self.prove_button.remove_class("ce-hidden")

    def _toggle_code(self) -> None:
        if self.code.value:
            self.code.value, self.code_button.description = "", CODE
            return
        call = f"`detective.code({self.case.seed})`"
        said = f"The program of this log. {call} puts it into a new cell, to change it yourself."
        change = script.one_change(self.case.program, self.case.mended)
        if change:
            said += f" The one change (- goes, + comes):\n\n```\n{change}\n```"
        self.code.value = panel(
            as_html(f"{said}\n\n```python\n{self.case.program.rstrip()}\n```"), "ce-aside"
        ).replace("<pre>", _PRE.format("Code"))
        self.code_button.description = "Hide the code"

    def _prove(self) -> None:
        self.prove_button.disabled, self.prove_button.description = True, RUNNING
        try:
            said = as_html(verdict.proof(self.case))
            self.proof.value = panel(said, "ce-aside").replace("<pre>", _PRE.format("The new log"))
        finally:
            self.prove_button.disabled, self.prove_button.description = False, PROVE


# What may have to be scrolled sideways can be reached by keyboard.
_PRE = '<pre tabindex="0" role="region" aria-label="{}">'


def _text_as_shown(text: str, label: str) -> str:
    return f'<div class="ce-text">{_PRE.format(label)}<code>{html.escape(text)}</code></pre></div>'
