"""The ``classroom`` command."""

import os
from pathlib import Path
import sys
from typing import Annotated

import typer

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
    """Regenerate notebooks/ from solutions/."""
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
    jupyter = str(Path(sys.executable).with_name("jupyter"))
    arguments = [
        jupyter,
        "lab",
        f"--ServerApp.root_dir={folder.resolve()}",
        "--LabApp.default_url=/lab/tree/00-start-here/00-start-here.ipynb",
        # No question about news, which needs a network, and none of the teacher's panels.
        f"--LabApp.app_settings_dir={Path(__file__).with_name('lab_settings')}",
    ]
    if port:
        arguments.append(f"--port={port}")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--allow-root")  # in a container there is often nobody else
    os.execv(jupyter, arguments)


def main():
    """Run the command; a course that is not as it should be ends in one sentence and status 2."""
    try:
        app()
    except CourseError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
