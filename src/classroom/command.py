"""The ``classroom`` command."""

import os
from pathlib import Path
import sys
import tempfile
from typing import Annotated

import typer

from classroom.course import CourseError, find_course, lesson_names
from classroom.grading import worker_start
from classroom.grading.kernels import server as kernel_server

# What a command needs is imported when it runs: worker processes import this module too.

app = typer.Typer(
    help="Make, check and hand out the lessons of this course.",
    no_args_is_help=True,
    add_completion=False,
)
Lessons = Annotated[
    list[str] | None, typer.Argument(help="Lessons such as 01-loss-definition; default: all.")
]


@app.command()
def release(lessons: Lessons = None):
    """Regenerate notebooks/ from solutions/, and what lies sealed in data/."""
    from classroom.authoring import questions, worked_solutions
    from classroom.authoring.release import release as release_lessons

    for path in [*questions.seal(find_course()), *worked_solutions.seal(find_course())]:
        print(f"{'sealed' if path.exists() else 'withheld'} data/{path.parent.name}/{path.name}")
    for path in release_lessons(find_course(), lessons):
        print(f"released {path.parent.name}")


@app.command()
def execute(lessons: Lessons = None):
    """Run lessons of solutions/ and store their outputs as the reference."""
    from classroom.authoring.reference_run import execute as execute_lesson

    course = find_course()
    for lesson in lessons or lesson_names(course):
        execute_lesson(course, lesson)
        print(f"executed {lesson}")


@app.command()
def handout(
    folder: Annotated[Path, typer.Argument(help="The learner's own folder.")] = Path("my-work"),
):
    """Copy the lessons that FOLDER does not have yet; a learner's file is never overwritten."""
    from classroom.authoring.handout import hand_out

    done = hand_out(find_course(), folder)
    for lesson in done.added:
        print(f"new in {folder}/: {lesson}")
    for old, new in done.carried:
        print(f"your answers of {old} were copied to {folder}/{new}; {folder}/{old} stays as it is")
    for lesson in done.outdated:
        print(
            f"{folder}/{lesson} is from an older release and was left as it is; "
            "rename its folder and run this again to get the new one."
        )


@app.command()
def lab(
    folder: Annotated[Path, typer.Argument(help="The learner's own folder.")] = Path("my-work"),
    port: Annotated[int | None, typer.Option(help="Port of the server.")] = None,
):
    """Hand out the lessons and open JupyterLab on the start page."""
    handout(folder)
    _open_lab(folder, "00-start-here/00-start-here.ipynb", port)


def _open_lab(folder, notebook, port):
    """Become a JupyterLab that shows one notebook of a folder."""
    jupyter = str(Path(sys.executable).with_name("jupyter"))
    arguments = [
        jupyter,
        "lab",
        f"--ServerApp.root_dir={folder.resolve()}",
        f"--LabApp.default_url=/lab/tree/{notebook}",
        # No question about news, which needs a network, and none of the teacher's panels.
        f"--LabApp.app_settings_dir={Path(__file__).with_name('lab_settings')}",
        "--LabApp.expose_app_in_browser=True",  # for the links in accessible.js
    ]
    if port:
        arguments.append(f"--port={port}")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--allow-root")  # in a container there is often nobody else
    os.execv(jupyter, arguments)


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
    json: Annotated[Path | None, typer.Option(help="Write a report to this file.")] = None,
):
    """Grade a lesson for the whole class; what is done and unchanged is not done again."""
    server = None
    if not scheduler:  # these import for seconds, while we do
        server = kernel_server.KernelServer() if kernel_server.is_needed(sandbox) else None
        worker_start.context("classroom.grading.workers", ahead=True)
    with worker_start.kept_imports():
        from rich.console import Console

        from classroom.grading import grade as grading

    report = grading.grade(
        find_course(course),
        lesson,
        students=student,
        workers=workers,
        sandbox=sandbox,
        timeout=timeout,
        scheduler=scheduler,
        force=force,
        server=server,
    )
    grading.show(report, Console())
    if json:
        grading.write_report(report, json)
    raise typer.Exit(report.exit_status)


@app.command()
def feedback(
    lesson: Annotated[str, typer.Argument(help="A lesson such as 01-loss-definition.")],
    course: Annotated[Path, typer.Option(help="The folder with nbgrader_config.py.")] = Path("."),
    student: Annotated[list[str] | None, typer.Option(help="Only this one; repeatable.")] = None,
):
    """Make feedback pages: what failed and why, without the source of hidden tests."""
    worker_start.context("classroom.grading.feedback", ahead=True)
    with worker_start.kept_imports():
        from classroom.grading import feedback as pages

    made = pages.feedback(find_course(course), lesson, student)
    print(f"{len(made)} pages in feedback/")


@app.command()
def export(
    course: Annotated[Path, typer.Option(help="The folder with nbgrader_config.py.")] = Path("."),
):
    """Write the grades of the whole course to grades.csv."""
    from classroom.grading import feedback as pages

    print(f"wrote {pages.export(find_course(course))}")


@app.command()
def doctor(
    course: Annotated[Path, typer.Option(help="The folder with nbgrader_config.py.")] = Path("."),
):
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


bank_commands = typer.Typer(help="Check, show and export the question bank.", no_args_is_help=True)
app.add_typer(bank_commands, name="bank")
QuestionId = Annotated[str, typer.Argument(help="Id such as 01-what-it-measures.")]


@bank_commands.command("check")
def check_bank():
    """Check every question and worked solution: one sentence a mistake, naming its place."""
    from classroom.authoring import questions, worked_solutions

    found = [*questions.check(find_course()), *worked_solutions.problems(find_course())]
    for sentence in found:
        print(sentence)
    if found:
        raise typer.Exit(1)
    print("The question bank is sound.")


@bank_commands.command("show")
def show_question(
    question_id: QuestionId,
    text: Annotated[bool, typer.Option(help="Print it with key and explanations.")] = False,
    port: Annotated[int | None, typer.Option(help="Port of the server.")] = None,
):
    """Show a question as a learner sees it: in JupyterLab, on a throw-away notebook."""
    from classroom.authoring import questions

    if text:
        print(questions.explain(question_id))
        return
    folder = Path(tempfile.mkdtemp(prefix="question-"))
    notebook = questions.notebook_with(question_id, folder)
    _open_lab(folder, notebook.relative_to(folder), port)


@bank_commands.command("export")
def export_bank(
    lesson: Annotated[str, typer.Argument(help="Lesson such as 01-loss-definition.")],
    file: Annotated[Path, typer.Argument(help="The JSON file to write.")],
):
    """Write a lesson's practice questions as JSON for jupyterquiz."""
    from classroom.authoring import questions

    left_out = questions.write_export(lesson, file)
    print(f"wrote {file}")
    if left_out:
        print(f"jupyterquiz has no orderings; left out: {', '.join(left_out)}")


def main():
    """Run the command; a course that is not as it should be ends in one sentence and status 2."""
    try:
        app()
    except CourseError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
