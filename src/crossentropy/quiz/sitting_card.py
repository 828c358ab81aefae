"""The challenge and the ten-question test: one question at a time, a clock, a summary, a badge."""

from __future__ import annotations

from datetime import date

from crossentropy.accessible import Conduct
from crossentropy.quiz import badge, bank, sittings, texts
from crossentropy.quiz.card import Card, escaped, panel
from crossentropy.quiz.card_style import STYLE
from crossentropy.quiz.sittings import CHALLENGE, Rules, Sitting
import ipywidgets as widgets


class Seat:
    """Where the answers of a card go during a sitting."""

    hints = False

    def __init__(self, view: SittingView, question: bank.Question):
        self.view = view
        self.question = question

    @property
    def title(self) -> str:
        """What the sitting is called."""
        return self.view.rules.title

    @property
    def again(self) -> str:
        """What to say after a wrong answer."""
        left = self.view.standing(self.question).tries_left
        return f"{_tries(left)} left." if left else ""

    def answers(self) -> tuple[list[str | float], str | None]:
        """Return the answers of this sitting."""
        return list(self.view.standing(self.question).answers), None

    def record(self, given: str | float, hints: int, seconds: float) -> tuple[bool, str | None]:
        """Record an answer, if the question still takes one."""
        return self.view.record(self.question, given, seconds)

    def settle(self) -> None:
        """Go on to what the answer allows."""
        self.view.settle()


class SittingView(widgets.VBox):
    """A challenge or a test, as it stands in responses.json.

    Attributes that tests touch: ``button`` (start, next question, summary or a new sitting),
    ``card`` (the question that is shown, or None), ``status`` and ``body`` (HTML), and, once a
    challenge is won, ``name`` (Text) and ``save`` (Button).
    """

    def __init__(self, rules: Rules):
        self.rules = rules
        self.card: Card | None = None
        self.status = widgets.HTML("", _dom_classes=("ce-part", "ce-live"))
        self.body = widgets.HTMLMath("", _dom_classes=("ce-part",))
        self.place = widgets.VBox([])
        self.button = widgets.Button(_dom_classes=("ce-check",))
        self.button.on_click(lambda _: self._press())
        self.name = widgets.Text(description="Your name", _dom_classes=("ce-number",))
        self.save = widgets.Button(description="Save the badge", _dom_classes=("ce-check",))
        self.save.on_click(lambda _: self._save_badge())
        self.picture = widgets.HTML("", _dom_classes=("ce-part", "ce-live"))
        entry = widgets.HBox([self.name, self.save], _dom_classes=("ce-entry",))
        self.badge = widgets.VBox([entry, self.picture])
        super().__init__(_dom_classes=("ce-quiz", "ce-sitting"))
        self.conduct = Conduct(rules.title)
        self.children = [
            widgets.HTML(STYLE, _dom_classes=("ce-part",)),
            self.conduct,
            self.body,
            self.place,
            self.status,
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

    def _reload(self) -> None:
        found, _ = sittings.read(self.rules)
        if self._sitting and self._sitting.number < len(found):
            self._sitting = found[self._sitting.number]
        else:
            self._sitting = found[-1] if found else None

    def _questions(self) -> tuple[bank.Question, ...]:
        return self._sitting.questions if self._sitting else ()

    def _unseen_end(self, last: bank.Question) -> bool:
        """Whether the last question ran out of time with nobody there to be told."""
        return not self._sitting.standing(last).answers

    def standing(self, question: bank.Question) -> sittings.Standing:
        """Return how a question stands."""
        return self._sitting.standing(question)

    def record(
        self, question: bank.Question, given: str | float, seconds: float
    ) -> tuple[bool, str | None]:
        """Record an answer, then see whether the question is closed by it."""
        before = len(self.standing(question).answers)
        saved, notice = sittings.answer(self._sitting, question, given, seconds)
        self._reload()
        if saved and len(self.standing(question).answers) == before:
            return False, "The time for this question was over, so this answer does not count."
        return saved, notice

    # --- what is shown ----------------------------------------------------------------------------

    def _show_intro(self) -> None:
        self.body.value = texts.as_html(texts.rules_of_sitting(self.rules))
        self._offer("Start", self._start)
        self.badge.add_class("ce-hidden")

    def _start(self) -> None:
        earlier, _ = sittings.read(self.rules)
        challenge = self.rules is CHALLENGE
        questions = list(sittings.challenge_questions()) if challenge else sittings.draw(earlier)
        saved, notice = sittings.begin(self.rules, questions)
        if not saved:
            self._notify(notice)
            return
        self._sitting = sittings.read(self.rules)[0][-1]
        self._next()

    def _next(self) -> None:
        question = self._sitting.current
        saved, notice = sittings.open_question(self._sitting, question)
        self._reload()
        if not saved:
            self._notify(notice)
            return
        self._show(question, first="button:not([disabled]), input")

    def _show(self, question: bank.Question, first: str) -> None:
        number = self._questions().index(question) + 1
        self.badge.add_class("ce-hidden")
        self.body.value = texts.as_html(
            f"**{self.rules.title}**, question {number} of {len(self._questions())}"
        )
        self.card = Card(question, Seat(self, question), first=first)
        self.card.conduct.on_time(self.settle)
        self.place.children = [self.card]
        self.settle()

    def settle(self) -> None:
        """Show what the standing of the question allows: go on answering, or go on to the next."""
        self._reload()
        question = self.card.question
        standing = self.standing(question)
        if not standing.closed:
            self.status.value = escaped(f"{_tries(standing.tries_left)} left.")
            if standing.seconds_left is not None:
                self.card.conduct.start_clock(standing.seconds_left)
            self._offer("", None)
            return
        self.card.conduct.stop_clock()
        self.card.lock()
        told = {
            "right": "Right.",
            "wrong": "No try left.",
            "late": "Time is up.",
        }[standing.outcome]
        if standing.outcome != "right":
            told += f" {texts.key_in_words(question)}"
        self.status.value = panel(
            texts.as_html(told), "ce-right" if standing.outcome == "right" else "ce-wrong"
        )
        last = self._sitting.current is None
        self._offer("See the summary" if last else "Next question", self._after)
        # What had the focus is disabled now: a keyboard would begin again at the top of the page.
        self.conduct.focus(":scope > .ce-entry > .ce-check", 0)

    def _after(self) -> None:
        self._reload()
        if self._sitting.current is None:
            self._show_summary()
        else:
            self._next()

    def _show_summary(self) -> None:
        self.card = None
        self.place.children = []
        self.status.value = escaped(_result(self._sitting))
        told = texts.summary(self._sitting)
        if self.rules is not CHALLENGE:
            told += f"\n\n{texts.strengths(self._sitting, links=True)}"
        self.body.value = texts.as_html(told)
        self._offer("Begin another", self._start)
        won = sittings.is_won(self._sitting)
        (self.badge.remove_class if won else self.badge.add_class)("ce-hidden")
        if won:
            self.picture.value = badge.shown()

    def _save_badge(self) -> None:
        try:
            badge.save(self.name.value, date.today())
        except badge.BadgeError as error:
            self.picture.value = panel(escaped(str(error)), "ce-notice")
        else:
            self.picture.value = badge.shown()

    def _offer(self, text: str, action) -> None:
        self.button.description, self._press = text, action or (lambda: None)
        (self.button.remove_class if text else self.button.add_class)("ce-hidden")

    def _notify(self, notice: str) -> None:
        self.status.value = panel(escaped(notice), "ce-notice")


def _result(sitting: Sitting) -> str:
    told = f"{sitting.right()} of {len(sitting.questions)} right."
    if sittings.is_won(sitting):
        return f"{told} You have earned the badge: write your name on it."
    if sitting.rules is CHALLENGE:
        return f"{told} The points stay as they are; another sitting can still earn the badge."
    return told


def _tries(count: int) -> str:
    return f"{count} {'try' if count == 1 else 'tries'}"
