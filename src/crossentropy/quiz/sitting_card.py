"""The challenge and the ten-question test: one question at a time, a clock, a summary, a badge."""

from __future__ import annotations

from crossentropy.accessible import Access
from crossentropy.quiz import badge, sitting_steps, sitting_texts, sittings, texts
from crossentropy.quiz.card import Card
from crossentropy.quiz.markup import STYLE, as_html, escaped, panel
from crossentropy.quiz.question import Question
from crossentropy.quiz.shuffled import Shuffled
from crossentropy.quiz.sitting_bet import SideBet
from crossentropy.quiz.sittings import Rules
import ipywidgets as widgets


class Seat:
    """Keeps the answers to a question during a sitting, in the letters of the bank."""

    hints = False
    renews = False

    def __init__(self, view: SittingCard, question: Question):
        self.view = view
        self.question = question
        self.shown = view.shown(question)

    @property
    def title(self) -> str:
        """What the sitting is called."""
        return self.view.rules.title

    @property
    def explains(self) -> bool:
        """Whether the question is closed, so that its steps give nothing away."""
        return self.view.standing(self.question).closed

    @property
    def after_a_miss(self) -> str:
        """What to say below the explanation of a wrong answer."""
        left = self.view.standing(self.question).attempts_left
        if not left:
            return ""
        return f"**Hint.** {self.question.hint.strip()}"

    def answers(self) -> tuple[list[str | float], str | None]:
        """Return the answers of this sitting."""
        answers = self.view.standing(self.question).answers
        return [self.shown.as_shown(answer) for answer in answers], None

    def record(self, given: str | float, hints: int, seconds: float) -> tuple[bool, str | None]:
        """Record an answer, if the question still takes one."""
        waited = self.view.card.waited
        return self.view.record(self.question, self.shown.in_bank(given), seconds, waited)

    def settle(self) -> None:
        """Go on to what the answer allows."""
        self.view.settle()


class SittingCard(widgets.VBox):
    """A challenge or a test, as it stands in responses.json.

    Attributes that tests touch: `button` (start, next question, summary or a new sitting),
    `card` (the question that is shown, or None), `side` (SideBet), `status` and `body` (HTML), and,
    once a challenge is won, `name` (Text) and `save` (Button).
    """

    def __init__(self, rules: Rules):
        self.rules = rules
        self.card: Card | None = None
        self.status = widgets.HTMLMath("", _dom_classes=("ce-part", "ce-live"))
        self.body = widgets.HTMLMath("", _dom_classes=("ce-part",))
        self.asked = widgets.VBox([])
        self.side = SideBet(lambda: self.access.focus(".ce-letter:not([disabled])", 0))
        self.button = widgets.Button(_dom_classes=("ce-check",))
        self.button.on_click(lambda _: self._press())
        self.name = widgets.Text(description="Your name", _dom_classes=("ce-number",))
        self.save = widgets.Button(description="Save the badge", _dom_classes=("ce-check",))
        self.save.on_click(lambda _: self._save_badge())
        self.picture = widgets.HTML("", _dom_classes=("ce-part", "ce-live"))
        entry = widgets.HBox([self.name, self.save], _dom_classes=("ce-entry",))
        self.badge = widgets.VBox([entry, self.picture])
        super().__init__(_dom_classes=("ce-quiz", "ce-sitting"))
        self.access = Access(rules.title)
        self.children = [
            widgets.HTML(STYLE, _dom_classes=("ce-part",)),
            self.access,
            self.body,
            self.asked,
            self.status,
            self.side,
            self.badge,
            widgets.HBox([self.button], _dom_classes=("ce-entry",)),
        ]
        found, notice = sittings.read(rules)
        self._sitting = found[-1] if found else None
        opened = [one for one in self._questions() if one.id in self._sitting.opened]
        if opened and (self._sitting.current or self._unseen_end(opened[-1])):
            self._show(opened[-1], first="")
        elif self._sitting and self._sitting.current is None:
            self._show_summary()
        else:
            self._show_intro()
        if notice:
            self._notify(notice)

    # --- what stands in the file ------------------------------------------------------------------

    def _questions(self) -> tuple[Question, ...]:
        return self._sitting.questions if self._sitting else ()

    def _unseen_end(self, last: Question) -> bool:
        """Whether the last question ran out of time with nobody there to be told."""
        return not self._sitting.standing(last).answers

    def standing(self, question: Question) -> sittings.Standing:
        """Return how a question stands."""
        return self._sitting.standing(question)

    def shown(self, question: Question) -> Shuffled:
        """Return a question as the sitting shows it."""
        return self._sitting.shown(question)

    def record(
        self, question: Question, given: str | float, seconds: float, waited: float
    ) -> tuple[bool, str | None]:
        """Record an answer, if the question still takes one."""
        self._sitting, taken, notice = sitting_steps.answer(
            self._sitting, question, given, seconds, waited
        )
        return taken, notice

    # --- what is shown ----------------------------------------------------------------------------

    def _show_intro(self) -> None:
        self.body.value = as_html(sitting_texts.rules(self.rules))
        self._offer("Start", self._start)
        self.badge.add_class("ce-hidden")

    def _start(self) -> None:
        sitting, notice = sitting_steps.start(self.rules)
        if sitting is None:
            self._notify(notice)
            return
        self._sitting = sitting
        self._next()

    def _next(self) -> None:
        question = self._sitting.current
        self._sitting, notice = sitting_steps.show(self._sitting, question)
        if notice:
            self._notify(notice)
            return
        self._show(question, first="button:not([disabled]), input")

    def _show(self, question: Question, first: str) -> None:
        number = self._questions().index(question) + 1
        self.badge.add_class("ce-hidden")
        self.body.value = as_html(
            f"**{self.rules.title}**, question {number} of {len(self._questions())}"
        )
        seat = Seat(self, question)
        self.card = Card(seat.shown.question, seat, first=first)
        self.card.access.on_time(self.settle)
        self.asked.children = [self.card]
        if self.rules.bets:
            self.side.offer(question, seat.shown, self._sitting.opened[question.id])
        self.settle()

    def settle(self) -> None:
        """Show what the standing of the question allows: go on answering, or go on to the next."""
        self._sitting = sitting_steps.again(self._sitting)
        question = self.card.keeper.question
        standing = self.standing(question)
        self.side.settle(bool(standing.answers), standing.closed)
        if not standing.closed:
            self.status.value = escaped(f"{sitting_texts.attempts(standing.attempts_left)} left.")
            if standing.seconds_left is not None:
                self.card.access.start_clock(standing.seconds_left)
            self._offer("", None)
            return
        self.card.access.stop_clock()
        self.card.lock()
        told = {
            "right": "Right.",
            "wrong": "No attempt left.",
            "late": "Time is up.",
        }[standing.outcome]
        if standing.outcome != "right":
            told += f" {texts.key_in_words(self.card.question)}"
            if section := texts.read_again(question):
                told += f"\n\nRead again: {section}"
        self.status.value = panel(
            as_html(told), "ce-right" if standing.outcome == "right" else "ce-wrong"
        )
        last = self._sitting.current is None
        self._offer("See the summary" if last else "Next question", self._after)
        # What had the focus is disabled now: a keyboard would begin again at the top of the page.
        self.access.focus(":scope > .ce-entry > .ce-check", 0)

    def _after(self) -> None:
        self._sitting = sitting_steps.again(self._sitting)
        if self._sitting.current is None:
            self._show_summary()
        else:
            self._next()

    def _show_summary(self) -> None:
        self.card = None
        self.asked.children = []
        self.side.clear()
        self.status.value = escaped(sitting_texts.result(self._sitting))
        self.body.value = as_html(sitting_texts.summary(self._sitting))
        self._offer("Begin another", self._start)
        won = sittings.is_won(self._sitting)
        (self.badge.remove_class if won else self.badge.add_class)("ce-hidden")
        if won:
            self.picture.value = badge.shown()

    def _save_badge(self) -> None:
        try:
            badge.save(self.name.value)
        except badge.BadgeError as error:
            self.picture.value = panel(escaped(str(error)), "ce-notice")
        else:
            self.picture.value = badge.shown()

    def _offer(self, text: str, action) -> None:
        self.button.description, self._press = text, action or (lambda: None)
        (self.button.remove_class if text else self.button.add_class)("ce-hidden")

    def _notify(self, notice: str) -> None:
        self.status.value = panel(escaped(notice), "ce-notice")
