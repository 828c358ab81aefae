"""A button that unfolds the worked solution of an exercise: once it has passed, or asked twice."""

from __future__ import annotations

from collections.abc import Callable

from crossentropy.accessible import Access
from crossentropy.quiz import worked
from crossentropy.quiz.markup import STYLE, as_html, escaped, panel
import ipywidgets as widgets

SHOW, HIDE = "Worked solution", "Hide the worked solution"
NOT_PASSED = (
    "Your exercise has not passed its visible checks yet. Read its last hint first: what you find "
    "yourself stays longer. To see the solution all the same, press the button once more."
)


class WorkedSolution(widgets.VBox):
    """The worked solution of one exercise, folded.

    Attributes that tests touch: `button` (Button), `notice` and `solution` (HTMLMath), empty
    until there is something to say.
    """

    def __init__(self, name: str, is_passed: Callable[[], bool]):
        self.exercise = name
        self.is_passed = is_passed
        self.asked = False
        self.button = widgets.Button(description=SHOW, _dom_classes=("ce-action",))
        self.button.on_click(lambda _: self._press())
        self.notice = widgets.HTMLMath("", _dom_classes=("ce-part", "ce-live"))
        self.solution = widgets.HTMLMath("", _dom_classes=("ce-part", "ce-polite"))
        super().__init__(
            [
                widgets.HTML(STYLE, _dom_classes=("ce-part",)),
                Access("Worked solution"),
                self.button,
                self.notice,
                self.solution,
            ],
            _dom_classes=("ce-quiz",),
        )

    def _press(self) -> None:
        self.notice.value = ""
        if self.solution.value:
            self.solution.value, self.button.description = "", SHOW
            return
        text, notice = worked.read(self.exercise)
        if text and not (self.asked or self.is_passed()):
            self.asked, notice = True, NOT_PASSED
        if notice:
            self.notice.value = panel(escaped(notice), "ce-notice")
            return
        self.solution.value = panel(as_html(text), "ce-aside")
        self.button.description = HIDE
