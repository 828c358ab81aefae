"""What became of a lesson's submissions: kept as values, shown as a table, written as JSON."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import timedelta
import json
import os
from pathlib import Path

from crossentropy import own_folder
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from classroom.course import MachineError
from classroom.grading.lateness import how_late
from classroom.grading.submissions import readable

GRADED, REVIEW, NOT_GRADED = "graded", "needs_review", "not_graded"
NOT_REACHED = "It was not reached."
ENOUGH_TO_WONDER = 3  # learners without a point in a cell, before its test is doubted


@dataclass
class Entry:
    """What became of one submission, as the tally has it."""

    student: str
    status: str = NOT_GRADED
    reason: str = ""
    score: float = 0.0
    max_score: float = 0.0
    seconds: float = 0.0
    cell_seconds: float = 0.0
    flags: list = field(default_factory=list)
    changed: list = field(default_factory=list)  # since it was graded before
    cells: list = field(default_factory=list)
    flagged: bool = False  # in the Formgrader, for a doubt
    late: float = 0.0  # seconds
    penalty: float = 0.0  # points that lateness takes off the score


def together(entries: dict[str, Entry]) -> Entry:
    """Return what became of all notebooks of one submission.

    Parameters
    ----------
    entries : dict of str to Entry
        By the name of the notebook; what is said of one of several begins with its name.
    """
    if len(entries) == 1:
        return next(iter(entries.values()))
    worst = [NOT_GRADED, REVIEW, GRADED]
    said = {
        name: [f"{name}: {text}" for text in [each.reason, *each.flags] if text]
        for name, each in entries.items()
    }
    parts = sorted(entries.items(), key=lambda part: worst.index(part[1].status))
    first = parts[0][1]
    told = [text for name, _ in parts for text in said[name]]
    reason = told.pop(0) if first.reason and told else ""
    return Entry(
        first.student,
        first.status,
        reason,
        round(sum(each.score for each in entries.values()), 6),
        sum(each.max_score for each in entries.values()),
        round(sum(each.seconds for each in entries.values()), 3),
        round(sum(each.cell_seconds for each in entries.values()), 3),
        told,
        list(dict.fromkeys(change for each in entries.values() for change in each.changed)),
        [cell for each in entries.values() for cell in each.cells],
        any(each.flagged for each in entries.values()),
    )


@dataclass
class Tally:
    """What became of a lesson's submissions."""

    lesson: str
    workers: int
    sandbox: str
    wall_seconds: float = 0.0
    students: list = field(default_factory=list)
    resumed: int = 0  # how many were graded before and are unchanged
    interrupted: bool = False
    stopped: str = ""  # one sentence, when the machine was in the way of recording
    source_ahead: str = ""  # one sentence, when the source is newer than the release

    def count(self, status: str) -> int:
        """Return how many submissions have a status."""
        return sum(entry.status == status for entry in self.students)

    @property
    def exit_status(self) -> int:
        """0 when all is done, 1 when a person is needed, 3 for our fault, 130 after Ctrl-C."""
        if self.interrupted:
            return 130
        if self.stopped or self.count(NOT_GRADED):
            return 3
        return 1 if self.count(REVIEW) or self.source_ahead else 0

    def to_json(self) -> str:
        """Return the tally as the text of a JSON file."""
        return json.dumps(asdict(self), indent=2)


def show(tally: Tally, console: Console) -> None:
    """Print the table of a tally, then what needs a person."""
    table = Table(title=escape(readable(tally.lesson)), title_justify="left")
    table.add_column("student", overflow="fold")
    table.add_column("score", justify="right", no_wrap=True)
    table.add_column("status", no_wrap=True)
    late = any(entry.late or entry.penalty for entry in tally.students)
    if late:
        table.add_column("late", no_wrap=True)
    table.add_column("points lost in", overflow="fold")
    for entry in tally.students:
        reached = entry.status != NOT_GRADED
        lost = ", ".join(
            f"{cell['id']} {cell['score']:g}/{cell['max_score']:g}"
            for cell in entry.cells
            if cell["score"] < cell["max_score"]
        )
        if reached and entry.cells and entry.score == 0:
            lost = "every cell"
        final = round(max(0.0, entry.score - entry.penalty), 6)
        cost = f": \N{MINUS SIGN}{entry.penalty:g}" if entry.penalty else ""
        table.add_row(
            escape(readable(entry.student)),
            f"{final:g} / {entry.max_score:g}" if reached else "",
            entry.status.replace("_", " "),
            *([f"{how_late(timedelta(seconds=entry.late))}{cost}"] if late else []),
            escape(readable(lost)),
        )
    console.print(table)
    reached = [entry for entry in tally.students if entry.reason != NOT_REACHED]
    fresh = len(reached) - tally.resumed
    console.print(
        f"{tally.count(GRADED)} graded, {tally.count(REVIEW)} need review, "
        f"{tally.count(NOT_GRADED)} not graded; {fresh} executed in {tally.wall_seconds:.1f} s "
        f"({tally.workers} workers, sandbox {tally.sandbox})"
        + (f", {tally.resumed} were done before" if tally.resumed else "")
        + ".",
        highlight=False,
    )
    changes = Counter(change for entry in tally.students for change in entry.changed).items()
    if changes:
        listed = ", ".join(f"{change} ({number})" for change, number in changes)
        console.print(f"Changed since they were graded: {listed}.", highlight=False)
    if tally.source_ahead:
        console.print(f"\n{escape(tally.source_ahead)}", highlight=False)
    if nobody := _earned_by_nobody(tally):
        console.print(
            f"\nNobody has points in {escape(readable(', '.join(nobody)))}. Whether your own "
            f"solution has them says: classroom execute {escape(readable(tally.lesson))}",
            highlight=False,
        )
    trouble = [entry for entry in tally.students if entry.status != GRADED]
    if trouble:
        console.print("\n[bold]For a person to look at:[/bold]")
    for entry in trouble:
        sentences = " ".join([entry.reason, *entry.flags])
        console.print(f"  {escape(readable(entry.student))}: {escape(sentences)}", highlight=False)
    noted = [entry for entry in tally.students if entry.status == GRADED and entry.flags]
    if noted:
        console.print("\n[bold]To know, and nobody has to do anything:[/bold]")
    for entry in noted:
        sentences = escape(readable(" ".join(entry.flags)))
        console.print(f"  {escape(readable(entry.student))}: {sentences}", highlight=False)
    if tally.stopped:
        console.print(f"\n{escape(readable(tally.stopped))}", highlight=False)
    if tally.interrupted:
        console.print("\nInterrupted; run the same command again and it goes on from here.")


def _earned_by_nobody(tally):
    """Return the graded cells that gave nobody a point, of a class large enough to wonder."""
    graded = [entry for entry in tally.students if entry.status != NOT_GRADED and entry.cells]
    if len(graded) < ENOUGH_TO_WONDER:
        return []
    earned = Counter()
    for entry in graded:
        earned.update({cell["id"]: cell["score"] for cell in entry.cells if cell["max_score"]})
    return [name for name, points in earned.items() if points == 0]


def write(tally: Tally, path: str | os.PathLike) -> None:
    """Write the tally as JSON, whole or not at all.

    Raises
    ------
    MachineError
        When that is not possible.
    """
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        own_folder.write(path, tally.to_json() + "\n")
    except OSError as error:
        raise MachineError(
            f"{path} could not be written ({error.strerror}); what was graded is recorded all the "
            "same, and the same command with another file writes it."
        ) from None
