"""What the `classroom` command can do to hand out, hand in and take in."""

import enum
from pathlib import Path
from typing import Annotated

import typer

from classroom.course import CourseError, find_course

app = typer.Typer()


class Taken(enum.Enum):
    """Which of several attempts of a learner counts."""

    LATEST, FIRST, ON_TIME = "latest", "first", "on-time"


@app.command()
def handout(
    to: Annotated[Path, typer.Option(help="A folder outside of the course, or a file x.zip.")],
    lesson: Annotated[list[str] | None, typer.Option(help="Only this one; repeatable.")] = None,
    git: Annotated[bool, typer.Option("--git", help="Commit it in a git repository.")] = False,
) -> None:
    """Make what learners may have of the course: no solutions, no hidden tests, no key."""
    from classroom.handing.handout import make_handout, speaking_of_others

    course = find_course()
    done = make_handout(course, to, lesson, git)
    for name in done.changed_there:
        print(f"{to / name} was changed there, so it was left as it is; delete it to get ours.")
    removed = f", {len(done.removed)} removed" if done.removed else ""
    committed = ", committed" if done.committed else ""
    print(f"{to}: {len(done.written)} files written{removed}{committed}.")
    told = speaking_of_others(course, lesson)
    if told:
        print("Lessons that are not in it are spoken of here; you can change that in solutions/:")
    for line in told:
        print(f"  {line}")


@app.command()
def copy(
    folder: Annotated[Path, typer.Argument(help="The learner's own folder.")] = Path("my-work"),
) -> None:
    """Copy the lessons and pages that FOLDER lacks; a learner's file is never overwritten."""
    from classroom.handing.own_copy import add_lessons

    done = add_lessons(find_course(), folder)
    for lesson in done.added:
        print(f"new in {folder}/: {lesson}")
    for old, new in done.carried:
        print(f"your answers of {old} were copied to {folder}/{new}; {folder}/{old} stays as it is")
    for lesson in done.outdated:
        print(
            f"{folder}/{lesson} is from an older release and was left as it is; "
            "rename it and run this again to get the new one."
        )


@app.command()
def hand_in(
    lessons: Annotated[
        list[str] | None,
        typer.Argument(help="Lessons such as 01-loss-definition; default: all you worked on."),
    ] = None,
    folder: Annotated[Path, typer.Option(help="The learner's own folder.")] = Path("my-work"),
) -> None:
    """Make one file of your lessons, to give to your teacher, and say what is missing."""
    from crossentropy.own_folder import LESSON, OwnFileError
    from crossentropy.quiz import handing_in

    # In the folder that JupyterLab shows, which its terminal opens in, too.
    folder = folder if folder.is_dir() else Path(".")
    chosen = [folder / lesson for lesson in lessons or []]
    if not lessons:
        here = Path.cwd()
        chosen = [here] if LESSON.match(here.name) else handing_in.worked_on(folder)
    if not chosen:
        raise CourseError(
            f"Nothing was answered in {folder.resolve()} yet; name the lesson to hand in, or its "
            "folder with --folder."
        )
    try:
        print("\n".join(handing_in.make(*chosen).lines))
    except OwnFileError as error:
        raise CourseError(str(error)) from None


@app.command()
def lab(
    folder: Annotated[Path, typer.Argument(help="The learner's own folder.")] = Path("my-work"),
    port: Annotated[int | None, typer.Option(help="Port of the server.")] = None,
) -> None:
    """Copy new lessons to FOLDER and open JupyterLab on the start page."""
    from classroom.course import has_exchange
    from classroom.jupyterlab import open_lab

    copy(folder)
    open_lab(folder, "00-start-here/00-start-here.ipynb", port, has_exchange(find_course()))


@app.command()
def collect(
    lesson: Annotated[str, typer.Argument(help="A lesson such as 01-loss-definition.")],
    sources: Annotated[
        list[Path], typer.Argument(help="Folders and zips: hand-ins, or a platform's download.")
    ],
    course: Annotated[Path, typer.Option(help="The folder with nbgrader_config.py.")] = Path("."),
    roster: Annotated[
        Path | None, typer.Option(help="A CSV file of the class; default: roster.csv if there.")
    ] = None,
    student: Annotated[
        str | None, typer.Option(help="Whose the sources are, if they are one learner's.")
    ] = None,
    take: Annotated[
        Taken, typer.Option(help="Which attempt counts; on-time: the last before it was due.")
    ] = Taken.LATEST,
) -> None:
    """Take in what the class has handed in, and say who is late and what is missing."""
    from rich.console import Console

    from classroom.handing import collection_table
    from classroom.handing.collect import collect as collect_class

    done = collect_class(
        find_course(course), lesson, sources, roster=roster, student=student, take=take.value
    )
    collection_table.show(done, Console())
    raise typer.Exit(done.exit_status)


@app.command()
def hand_back(
    lesson: Annotated[str, typer.Argument(help="A lesson such as 01-loss-definition.")],
    download: Annotated[Path, typer.Argument(help="The zip of Canvas or Moodle, as collected.")],
    course: Annotated[Path, typer.Option(help="The folder with nbgrader_config.py.")] = Path("."),
    roster: Annotated[
        Path | None, typer.Option(help="A CSV file of the class; default: roster.csv if there.")
    ] = None,
) -> None:
    """Pack the feedback pages so that Canvas or Moodle gives each to its learner."""
    from classroom.handing.hand_back import pack_feedback

    packed = pack_feedback(find_course(course), lesson, download, roster)
    for note in packed.notes:
        print(note)
    print(f"{packed.path}: pages of {len(packed.students)} learners, for {packed.platform}.")
