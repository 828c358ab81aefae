"""What the `classroom` command can do, and what each of its subcommands prints."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from classroom.authoring.subcommands import bank_commands, new_commands
from classroom.certificate.subcommands import app as certificate_commands
from classroom.course import CourseError, find_course, lesson_names
from classroom.handing.subcommands import app as handing_commands
from classroom.term.subcommands import app as term_commands

# What a command needs is imported when it runs: learners need little of it, and worker processes
# import this module too.

app = typer.Typer(
    help="Make, check and hand out the lessons of this course.",
    no_args_is_help=True,
    add_completion=False,
)
app.add_typer(handing_commands)
app.add_typer(term_commands)
app.add_typer(certificate_commands)
Lessons = Annotated[
    list[str] | None, typer.Argument(help="Lessons such as 01-loss-definition; default: all.")
]


@app.command()
def release(
    lessons: Lessons = None,
    whom: Annotated[
        str | None,
        typer.Option("--for", help="Whom an added cell counts for: everybody or newcomers."),
    ] = None,
    renamed: Annotated[
        list[str] | None, typer.Option(help="A graded cell's OLD=NEW name; repeatable.")
    ] = None,
) -> None:
    """Regenerate notebooks/ from solutions/, and what lies sealed in data/."""
    from classroom.authoring import questions, unfinished, worked_solutions
    from classroom.authoring.release import release_lessons, release_pages
    from classroom.term.changed_cells import make_ready

    course = find_course()
    for sentence in make_ready(course, lessons, whom, renamed):
        print(sentence)
    for path in [*questions.seal(course), *worked_solutions.seal(course)]:
        print(f"{'sealed' if path.exists() else 'withheld'} data/{path.parent.name}/{path.name}")
    for path in release_lessons(course, lessons):
        print(f"released {path.parent.name}")
    for path in release_pages(course):
        print(f"released {path.name}")
    for sentence in unfinished.in_lessons(course, lessons):
        print(sentence)


@app.command("execute")
def store_reference_outputs(lessons: Lessons = None) -> None:
    """Run lessons of solutions/ and store their outputs as the reference."""
    from classroom.authoring.reference_run import store_outputs

    course = find_course()
    for lesson in lessons or lesson_names(course):
        store_outputs(course, lesson)
        print(f"executed {lesson}")


@app.command()
def grade(
    lesson: Annotated[str, typer.Argument(help="A lesson such as 01-loss-definition.")],
    course: Annotated[Path, typer.Option(help="The folder with nbgrader_config.py.")] = Path("."),
    student: Annotated[list[str] | None, typer.Option(help="Only this one; repeatable.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Default: one a core.")] = None,
    sandbox: Annotated[str, typer.Option(help="auto, jail, bwrap or none.")] = "auto",
    timeout: Annotated[float | None, typer.Option(min=1, help="Seconds a cell.")] = None,
    scheduler: Annotated[str | None, typer.Option(help="Address of a Dask scheduler.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Grade also what is done.")] = False,
    only: Annotated[
        list[str] | None, typer.Option(help="Only this graded cell's scores; repeatable.")
    ] = None,
    json: Annotated[Path | None, typer.Option(help="Write the tally to this file.")] = None,
) -> None:
    """Grade a lesson for the whole class; what is done and unchanged is not done again."""
    from classroom.grading import worker_start
    from classroom.grading.kernels import server as kernel_server
    from classroom.grading.kernels import warm

    root = find_course(course)
    if not scheduler:  # these import for seconds, while we do
        if kernel_server.is_needed(sandbox):
            kernel_server.running(warm.libraries_of(root / "solutions" / lesson))
        worker_start.context("classroom.grading.workers", ahead=True)
    with worker_start.kept_imports():
        from rich.console import Console

        from classroom.grading import tally as tallies
        from classroom.grading.grade import grade as grade_class

    tally = grade_class(
        root,
        lesson,
        students=student,
        workers=workers,
        sandbox=sandbox,
        timeout=timeout,
        scheduler=scheduler,
        force=force,
        only=only,
    )
    tallies.show(tally, Console())
    if json:
        tallies.write(tally, json)
    raise typer.Exit(tally.exit_status)


@app.command()
def feedback(
    lesson: Annotated[str, typer.Argument(help="A lesson such as 01-loss-definition.")],
    course: Annotated[Path, typer.Option(help="The folder with nbgrader_config.py.")] = Path("."),
    student: Annotated[list[str] | None, typer.Option(help="Only this one; repeatable.")] = None,
) -> None:
    """Make feedback pages: what failed and why, without the source of hidden tests."""
    from classroom.grading import worker_start

    root = find_course(course)
    if worker_start.workers_for_pages(len(student or [*root.glob(f"autograded/*/{lesson}")])) > 1:
        worker_start.context("classroom.grading.feedback", ahead=True)
    with worker_start.kept_imports():
        from classroom.grading.feedback import make_feedback

    made = make_feedback(root, lesson, student)
    print(f"{len(made)} pages in feedback/")


class Platform(StrEnum):
    """Where grades and feedback go."""

    CANVAS, MOODLE = "canvas", "moodle"


@app.command()
def export(
    course: Annotated[Path, typer.Option(help="The folder with nbgrader_config.py.")] = Path("."),
    lesson: Annotated[
        list[str] | None, typer.Option(help="Only this one; repeatable. Default: the assigned.")
    ] = None,
    platform: Annotated[
        Platform | None, typer.Option("--for", help="One row a learner, as this takes grades in.")
    ] = None,
    roster: Annotated[
        Path | None, typer.Option(help="The table of grades that the platform has exported.")
    ] = None,
    hide_names: Annotated[
        bool, typer.Option("--hide-names", help="Call learners by numbers, in a file of its own.")
    ] = False,
) -> None:
    """Write the grades of the whole course to grades.csv, or to a file for a platform."""
    from classroom.grading import export as exports

    if hide_names and platform:
        raise CourseError("A platform needs the names: leave out --for or --hide-names.")
    if hide_names:
        print(f"wrote {exports.export_without_names(find_course(course), lesson)}")
        return
    if platform is None:
        print(f"wrote {exports.export_grades(find_course(course), lesson)}")
        return
    path, notes = exports.export_for(find_course(course), platform.value, roster, lesson)
    for note in notes:
        print(note)
    print(f"wrote {path}")


@app.command()
def report(
    lesson: Annotated[str, typer.Argument(help="A lesson such as 01-loss-definition.")],
    course: Annotated[Path, typer.Option(help="The folder with nbgrader_config.py.")] = Path("."),
    days: Annotated[float, typer.Option(min=0, help="Who was silent so long is named.")] = 7,
    hide_names: Annotated[
        bool, typer.Option("--hide-names", help="Call learners by numbers.")
    ] = False,
    to: Annotated[Path | None, typer.Option(help="Folder; default: reports/LESSON.")] = None,
) -> None:
    """Say what a class understood, and whom to look at: tables here, a page, and CSV files."""
    from rich.console import Console

    from classroom.report import terminal
    from classroom.report.lesson_report import make_report
    from classroom.report.page import write_page

    root = find_course(course)
    made = make_report(root, lesson, days=days, hide_names=hide_names)
    terminal.show(made, Console())
    page = write_page(made, to or root / "reports" / lesson)
    print(f"wrote {page}, and its tables beside it")


@app.command()
def doctor(
    course: Annotated[Path, typer.Option(help="The folder with nbgrader_config.py.")] = Path("."),
) -> None:
    """Say what this machine can do for grading, and what to install."""
    from rich.console import Console
    from rich.table import Table

    from classroom.grading import doctor as examination

    findings = list(examination.examine(course))
    table = Table("what", "state", show_header=False, box=None)
    table.add_column(overflow="fold")  # a path is of use only as a whole
    for finding in findings:
        colour = "green" if finding.state == examination.OK else "yellow"
        table.add_row(finding.what, f"[{colour}]{finding.state}[/{colour}]", finding.says)
    Console().print(table)


app.add_typer(new_commands, name="new")
app.add_typer(bank_commands, name="bank")
