"""What was collected, as a table in the terminal."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from classroom.grading.lateness import how_late
from classroom.grading.submissions import readable
from classroom.handing.collect import UNCHANGED, Collection


def show(done: Collection, console: Console) -> None:
    """Print who handed in what, when, and how late; then what has no place, and who is absent.

    Parameters
    ----------
    done : Collection
    console : rich.console.Console
    """
    table = Table(title=escape(readable(done.lesson)), title_justify="left")
    table.add_column("student", overflow="fold")
    for title in ("", "handed in (UTC)", "late"):
        table.add_column(title, no_wrap=True)
    table.add_column("attempts", justify="right", no_wrap=True)
    table.add_column("to know", overflow="fold")
    for row in done.rows:
        table.add_row(
            escape(readable(row.student)),
            row.state,
            f"{row.time:%Y-%m-%d %H:%M}" if row.time else "not known",
            how_late(row.late),
            str(row.attempts),
            escape(readable("; ".join(row.notes))),
        )
    console.print(table)
    new = sum(row.state != UNCHANGED for row in done.rows)
    late = sum(bool(row.late) for row in done.rows)
    console.print(
        f"{new} taken, {len(done.rows) - new} as before, {late} late, "
        f"{len(done.lost)} not placed, {len(done.absent)} have not handed in.",
        highlight=False,
    )
    if done.lost:
        console.print("\n[bold]For a person to look at:[/bold]")
    for sentence in done.lost:
        console.print(f"  {escape(sentence)}", highlight=False)
    if done.absent:
        names = readable(", ".join(done.absent))
        console.print(f"\nNot handed in: {escape(names)}.", highlight=False)
