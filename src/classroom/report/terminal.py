"""A report as tables in a terminal."""

from __future__ import annotations

import textwrap

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from classroom.grading.submissions import readable
from classroom.report import words
from classroom.report.lesson_report import LessonReport

MOST_MESSAGES = 2
MOST_ALIKE = 10
LONGEST_ANSWER = 60  # letters


def show(report: LessonReport, console: Console) -> None:
    """Print what to teach again, the tables of questions and exercises, and whom to look at."""
    console.print(f"[bold]{_safe(report.title)}[/bold]")
    console.print(
        f"{len(report.learners)} handed in, {report.graded} of them graded"
        + (f"; nothing from {_safe(', '.join(report.absent))}" if report.absent else "")
        + ".\n",
        highlight=False,
    )
    _teach_again(report, console)
    if report.questions:
        console.print(_questions(report), "")
    if report.exercises:
        console.print(_exercises(report), "")
    _look_at(report, console)
    if report.bets:
        console.print(f"[bold]Bets.[/bold] {report.bets.verdict}\n", highlight=False)


def _teach_again(report: LessonReport, console: Console) -> None:
    if not report.alive:
        return
    console.print("[bold]Most alive in the class: teach again[/bold]")
    for place, one in enumerate(report.alive, 1):
        console.print(
            f"  {place}. {_plain(one.chosen.mistake.misconception)}\n"
            f"     Whoever answers “{_plain(one.chosen.mistake.answer)}” to {one.question.id}: "
            f"{words.holders(one)}.\n"
            f"     Section {_safe(one.section)}.",
            highlight=False,
        )
    console.print()


def _questions(report: LessonReport) -> Table:
    table = _table("Questions", "question", "n", "right", "at last", "hint", "time", "disc.")
    table.add_column("wrong at first, most frequent", overflow="fold")
    for row in report.questions:
        if row.question.use == "predict":  # right or wrong means little there; see the page
            continue
        wrong = row.chosen[0] if row.chosen and row.chosen[0].at_first else None
        told = wrong and f"{wrong.at_first} {words.TIMES} {words.plain(wrong.mistake.answer)}"
        table.add_row(
            row.question.id,
            str(row.answered),
            words.percent(row.right_first),
            words.percent(row.right_last),
            words.percent(row.with_hint),
            words.duration(row.seconds),
            words.discrimination(row),
            _safe(textwrap.shorten(told or "", LONGEST_ANSWER, placeholder=" …")),
        )
    return table


def _exercises(report: LessonReport) -> Table:
    table = _table("Graded cells", "cell", "mean", "of", "lost", "not read")
    table.add_column("what most of those were told who lost points", overflow="fold")
    for row in report.exercises:
        told = [
            f"{len(who)} {words.TIMES} {message}" for message, who in row.messages[:MOST_MESSAGES]
        ]
        table.add_row(
            _safe(row.name),
            words.points(row.points),
            words.points(row.out_of),
            str(row.lost),
            str(row.waiting or ""),
            _safe("\n".join(told)),
        )
    return table


def _look_at(report: LessonReport, console: Console) -> None:
    stuck = [row for row in report.learners if row.stuck or row.notice]
    if stuck:
        console.print("[bold]Who may be stuck[/bold]")
    for row in stuck:
        reasons = "; ".join([*row.stuck, *([row.notice] if row.notice else [])])
        console.print(f"  {_safe(row.student)}: {_safe(reasons)}", highlight=False)
    if stuck:
        console.print()
    if report.alike:
        console.print("[bold]Who is like whom[/bold] (a place to look, not a verdict)")
    for one in report.alike[:MOST_ALIKE]:
        console.print(f"  {_safe(', '.join(one.students))}: {_safe(one.what)}", highlight=False)
    if len(report.alike) > MOST_ALIKE:
        console.print(f"  … and {len(report.alike) - MOST_ALIKE} more on the page.")
    if report.alike:
        console.print()


def _table(title: str, first: str, *others: str) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column(first, overflow="fold")
    for name in others:
        table.add_column(name, justify="right")
    return table


def _plain(markdown: str) -> str:
    return _safe(words.plain(markdown))


def _safe(text: str) -> str:
    return escape("\n".join(readable(line) for line in text.split("\n")))
