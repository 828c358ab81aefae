"""The ``classroom`` command."""

import os
from pathlib import Path
import sys
import tempfile
from typing import Annotated

from crossentropy.bank import BankError
import typer

from classroom import questions
from classroom.course import CourseError, find_course, lesson_names
from classroom.execute import execute as execute_lesson
from classroom.handout import hand_out
from classroom.release import release as release_lessons

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
    """Regenerate notebooks/ from solutions/, and the challenge's envelope in data/questions."""
    for path in questions.seal(find_course()):
        print(f"sealed {path.name}")
    for path in release_lessons(find_course(), lessons):
        print(f"released {path.parent.name}")


@app.command()
def execute(lessons: Lessons = None):
    """Run lessons of solutions/ and store their outputs as the reference."""
    course = find_course()
    for lesson in lessons or lesson_names(course):
        execute_lesson(course, lesson)
        print(f"executed {lesson}")


@app.command()
def handout(
    folder: Annotated[Path, typer.Argument(help="The learner's own folder.")] = Path("my-work"),
):
    """Copy the lessons that FOLDER does not have yet; a learner's file is never overwritten."""
    done = hand_out(find_course(), folder)
    for lesson in done.added:
        print(f"new in {folder}/: {lesson}")
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
    ]
    if port:
        arguments.append(f"--port={port}")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--allow-root")  # in a container there is often nobody else
    os.execv(jupyter, arguments)


bank_commands = typer.Typer(help="Check, show and export the question bank.", no_args_is_help=True)
app.add_typer(bank_commands, name="bank")
QuestionId = Annotated[str, typer.Argument(help="Id such as 01-what-it-measures.")]


@bank_commands.command("check")
def check_bank():
    """Check every question: one sentence a file that is broken, naming question and field."""
    found = questions.check(find_course())
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
    left_out = questions.write_export(lesson, file)
    print(f"wrote {file}")
    if left_out:
        print(f"jupyterquiz has no orderings; left out: {', '.join(left_out)}")


def main():
    """Run the command; a course that is not as it should be ends in one sentence and status 2."""
    try:
        app()
    except (CourseError, BankError) as error:
        print(error, file=sys.stderr)
        sys.exit(2)
