"""What the `classroom` command can do to try the tests of a lesson."""

from pathlib import Path
from typing import Annotated

import typer

from classroom.course import find_course

app = typer.Typer()


@app.command()
def certify(
    lesson: Annotated[str, typer.Argument(help="A lesson such as 01-loss-definition.")],
    course: Annotated[Path, typer.Option(help="The folder with nbgrader_config.py.")] = Path("."),
    exercise: Annotated[
        list[str] | None, typer.Option(help="Only this answer cell's tests; repeatable.")
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Default: one a core.")] = None,
    sandbox: Annotated[str, typer.Option(help="auto, jail, bwrap or none.")] = "auto",
    timeout: Annotated[float | None, typer.Option(min=1, help="Seconds a cell.")] = None,
) -> None:
    """Try a lesson's tests with wrong and right answers: which do not tell them apart."""
    from classroom.grading import worker_start
    from classroom.grading.kernels import server as kernel_server
    from classroom.grading.kernels import warm

    root = find_course(course)
    if kernel_server.is_needed(sandbox):  # these import for seconds, while we do
        kernel_server.running(warm.libraries_of(root / "solutions" / lesson))
    worker_start.context("classroom.grading.workers", ahead=True)
    with worker_start.kept_imports():
        from rich.console import Console
        from rich.progress import Progress

        from classroom.certificate.certify import certify as try_tests

    console = Console()
    with Progress(console=console, transient=True) as progress:
        bar = progress.add_task("answers")
        found = try_tests(
            root,
            lesson,
            exercises=exercise,
            workers=workers,
            sandbox=sandbox,
            timeout=timeout,
            watch=lambda done, number: progress.update(bar, completed=done, total=number),
        )
    for name in found.wrong:
        print(f"{name}: {found.wrong[name]} wrong and {found.right[name]} right answers")
    for sentence in [*found.faults, *found.untried, *found.remarks]:
        print(sentence)
    if not found.exit_status:
        print(
            f"Certificate: every test of {lesson} refuses what is wrong and passes what is right."
        )
    print(f"{sum(found.wrong.values()) + sum(found.right.values())} answers, {found.seconds:.0f} s")
    raise typer.Exit(found.exit_status)
