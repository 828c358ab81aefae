"""Progress over all lessons: what is done, the score, badges, and what to recall next."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from pathlib import Path

from crossentropy import own_folder
from crossentropy.accessible import Access
from crossentropy.quiz import (
    badge,
    bank,
    former,
    lesson_copies,
    marking,
    recall,
    responses,
    sittings,
    texts,
)
from crossentropy.quiz.card import Card
from crossentropy.quiz.markup import STYLE, as_html, escaped, panel
from crossentropy.quiz.practice import Practice, afresh
from crossentropy.quiz.question import Question
from crossentropy.quiz.responses import Responses
import ipywidgets as widgets

MOST_SHOWN = 5
TRIES = "tries.json"  # what `crossentropy.experiment` keeps


class Overview(widgets.VBox):
    """The progress of the learner whose folder this is.

    Attributes that tests touch: `table` and `next_up` (HTML), `button` (ask one now),
    `refresh` (Button) and `card` (the question that is asked, or None).
    """

    def __init__(self):
        self.card: Card | None = None
        self.table = widgets.HTML(_dom_classes=("ce-part",))
        self.next_up = widgets.HTML(_dom_classes=("ce-part", "ce-live"))
        self.button = widgets.Button(description="Ask me one now", _dom_classes=("ce-check",))
        self.button.on_click(lambda _: self._ask())
        self.refresh = widgets.Button(description="Refresh", _dom_classes=("ce-action",))
        self.refresh.on_click(lambda _: self._fill())
        self.asked = widgets.VBox([])
        buttons = widgets.HBox([self.button, self.refresh], _dom_classes=("ce-entry",))
        head = widgets.HTML(f"{STYLE}<strong>Your progress</strong>", _dom_classes=("ce-part",))
        parts = [head, Access("Your progress"), self.table, self.next_up, buttons, self.asked]
        super().__init__(parts, _dom_classes=("ce-quiz", "ce-sitting"))
        self._fill()

    def _fill(self) -> None:
        records, notices = _records()
        self.table.value = _table(records) + "".join(
            panel(escaped(notice), "ce-notice") for notice in notices
        )
        memories = recall.memories(records.values())
        self._due = recall.due(memories, _tonight())
        self.next_up.value = _next_up(memories, self._due)
        (self.button.remove_class if self._due else self.button.add_class)("ce-hidden")

    def _ask(self) -> None:
        self._fill()
        if self._due:
            question = self._due[0].question
            keeper = afresh(question) if question.template else Recalled(question)
            self.card = Card(keeper.shown, keeper, first="button:not([disabled]), input")
            self.asked.children = [self.card]


class Recalled(Practice):
    """Keeps the answer to a recalled question beside this notebook, as in practice."""

    renews = False

    @property
    def shown(self) -> Question:
        """The question as a card shows it."""
        return self.question

    def answers(self) -> tuple[list, None]:
        """Show nothing of what was answered before: it is to be recalled, not read."""
        return [], None


def _records() -> tuple[dict[Path, Responses], list[str]]:
    """Responses of all lessons that lie beside this one, and what is wrong with any."""
    here = own_folder.home()
    folders = [_folder_of(lesson, here.parent) for lesson in bank.lessons()]
    return responses.read_all([*folders, here])


def _folder_of(lesson: str, among: Path) -> Path:
    """Where a lesson's answers lie: under its name, or one that it had before."""
    folders = [among / name for name in former.names_of(lesson)]
    return next((one for one in folders if (one / responses.FILE).exists()), folders[0])


def _table(records: dict[Path, Responses]) -> str:
    lines = [
        "| lesson | questions answered | right | exercises passed |",
        "|---|---|---|---|",
    ]
    for lesson in bank.lessons():
        asked = [one for one in bank.questions(lesson) if one.use in ("practice", "recall")]
        last = [_last(question, records) for question in asked]
        answered, right = len(last) - last.count(None), last.count(True)
        exercises = lesson_copies.exercises(lesson)
        passed = sum(any(name in one.exercises for one in records.values()) for name in exercises)
        lines.append(
            f"| {lesson_copies.link(lesson)} | {_share(answered, asked)} | {_share(right, asked)} "
            f"| {_share(passed, exercises)} |"
        )
    return as_html("\n".join([*lines, "", _sittings_and_badges(records)]))


def _share(count: int, of: list) -> str:
    return f"{count} of {len(of)}" if of else "—"


def _last(question: Question, records: dict[Path, Responses]) -> bool | None:
    """Whether the last answer to a question was right; None if there is none."""
    latest = None
    for record in records.values():
        for attempt in record.counted(question.id) or []:
            try:
                given = marking.read_answer(question, attempt.get("answer"))
            except marking.AnswerError:
                continue
            moment = str(attempt.get("time", ""))
            if latest is None or moment >= latest[0]:
                latest = (moment, bool(marking.judge(question, given).right))
    return latest and latest[1]


def _sittings_and_badges(records: dict[Path, Responses]) -> str:
    told = []
    for folder, record in records.items():
        for rules in sittings.ALL.values():
            over = [one for one in sittings.of(record, rules) if one.current is None]
            if over:
                best = max(over, key=lambda one: one.right())
                told.append(f"{rules.title}: best {best.right()} of {len(best.questions)}.")
        if (folder / badge.FILE).is_file():
            told.append(f"Badge: {badge.TITLE}.")
    told += [*_tries(records), *_cases(records)]
    return " ".join(dict.fromkeys(told))


def _tries(records: dict[Path, Responses]) -> list[str]:
    """How many trainings were tried and kept, lesson by lesson."""
    told = []
    for folder in records:
        with contextlib.suppress(own_folder.OwnFileError, KeyError, TypeError):
            count = len(own_folder.read_json(TRIES, folder)["tries"])
            if count:
                told.append(f"Trainings tried in {folder.name}: {count}.")
    return told


def _cases(records: dict[Path, Responses]) -> list[str]:
    """How many of the detective's cases were solved, if any was tried."""
    entries: dict[str, bool] = {}
    for record in records.values():
        for number, entry in record.cases.items():
            solved = isinstance(entry, dict) and bool(entry.get("solved"))
            entries[number] = entries.get(number, False) or solved
    count = sum(entries.values())
    return [f"Cases of the detective: {count} of {len(entries)} solved."] if entries else []


def _next_up(memories: list[recall.Memory], due: list[recall.Memory]) -> str:
    """Say in words what is due today, or when the next question will be."""
    if not memories:
        return as_html("**Due today:** nothing. What you answer today is asked again another day.")
    if not due:
        when = _ahead(min(one.due for one in memories))
        return as_html(f"**Due today:** nothing. The next question is due {when}.")
    count = f"{len(due)} question{'' if len(due) == 1 else 's'}"
    lines = [f"**Due today:** {count} to recall.", ""]
    for one in due[:MOST_SHOWN]:
        told = "not right last time" if not one.right else f"answered {_ago(one.answered)}"
        lines.append(f"- {texts.in_short(one.question)} — {told}, {texts.read_again(one.question)}")
    more = len(due) - MOST_SHOWN
    return as_html("\n".join(lines) + (f"\n\nand {more} more." if more > 0 else ""))


def _tonight() -> datetime:
    """Return the last moment of today where the learner is: what is due by then is due today."""
    return datetime.now().astimezone().replace(hour=23, minute=59, second=59)


def _ahead(moment: datetime) -> str:
    days = (moment.astimezone().date() - _tonight().date()).days
    return "tomorrow" if days <= 1 else f"in {days} days"


def _ago(moment: datetime) -> str:
    days = (datetime.now(UTC) - moment).days
    return "today" if days < 1 else "yesterday" if days == 1 else f"{days} days ago"
