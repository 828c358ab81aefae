"""What `classroom new` and `classroom bank` do, for whoever writes lessons and questions."""

from pathlib import Path
import tempfile
from typing import Annotated

import typer

from classroom.course import find_course

new_commands = typer.Typer(
    help="Begin a lesson or a question with a skeleton that says what to fill in.",
    no_args_is_help=True,
)


@new_commands.command("lesson")
def begin_lesson(
    name: Annotated[str, typer.Argument(help="Two digits and words: 09-focal-loss.")],
    title: Annotated[str, typer.Option(help="What the first heading and the tables call it.")],
) -> None:
    """Write a lesson that runs and passes the tests, and say what is to be filled in."""
    from classroom.authoring.all_or_nothing import all_or_nothing
    from classroom.authoring.new_lesson import new_lesson

    course = find_course()
    with all_or_nothing(course):
        changed = new_lesson(course, name, title)
        _run_and_release(course, name, None)
    _say_what_was_written(course, changed)
    _say_what_to_fill_in(course, name)


@new_commands.command("question")
def begin_question(
    lesson: Annotated[str, typer.Argument(help="Lesson such as 01-loss-definition.")],
    name: Annotated[str, typer.Argument(help="Small words, such as mean-of-two.")],
    objective: Annotated[str, typer.Option(help="Word of an objective; default: the first.")] = "",
) -> None:
    """Write a question into bank, lesson and points, run the lesson, and say what to fill in."""
    from classroom.authoring.all_or_nothing import all_or_nothing
    from classroom.authoring.new_question import new_question

    course = find_course()
    with all_or_nothing(course):
        question_id, changed = new_question(course, lesson, name, objective)
        _run_and_release(course, lesson, [lesson])
    _say_what_was_written(course, changed)
    _say_what_to_fill_in(course, question_id)
    print("If the lesson says how many questions it has, change that number.")


def _run_and_release(course: Path, lesson: str, lessons: list[str] | None) -> None:
    from classroom.authoring import worked_solutions
    from classroom.authoring.reference_run import store_outputs
    from classroom.authoring.release import release_lessons, release_pages

    store_outputs(course, lesson)
    worked_solutions.seal(course)
    release_lessons(course, lessons)
    release_pages(course)


def _say_what_was_written(course: Path, changed: list[Path]) -> None:
    for path in changed:
        print(f"wrote {path.relative_to(course)}")


def _say_what_to_fill_in(course: Path, name: str) -> None:
    from classroom.authoring.unfinished import to_fill_in

    print(f"\n{name} is there and passes the tests. What is to be written says FILL IN:")
    for file, places in to_fill_in(course).items():
        print(f"  {file}: {places}")
    print("Change it, then run classroom execute and classroom release for the lesson.")


bank_commands = typer.Typer(help="Check, show and export the question bank.", no_args_is_help=True)
QuestionId = Annotated[str, typer.Argument(help="Id such as 01-what-it-measures.")]


@bank_commands.command("check")
def check_bank() -> None:
    """Check every question and worked solution: one sentence a mistake, naming its place."""
    from classroom.authoring import questions, unfinished, worked_solutions

    course = find_course()
    found = [*questions.check(course), *worked_solutions.problems(course)]
    found = found or list(unfinished.in_bank(course))
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
) -> None:
    """Show a question as a learner sees it: in JupyterLab, on a throw-away notebook."""
    from classroom.authoring import questions
    from classroom.jupyterlab import open_lab

    if text:
        print(questions.explain(question_id))
        return
    folder = Path(tempfile.mkdtemp(prefix="question-"))
    notebook = questions.notebook_with(question_id, folder)
    open_lab(folder, notebook.relative_to(folder), port)


@bank_commands.command("export")
def export_bank(
    lesson: Annotated[str, typer.Argument(help="Lesson such as 01-loss-definition.")],
    file: Annotated[Path, typer.Argument(help="The JSON file to write.")],
    draws: Annotated[
        int, typer.Option(min=0, help="Further questions of each template, with other numbers.")
    ] = 0,
) -> None:
    """Write a lesson's practice questions as JSON for jupyterquiz."""
    from classroom.authoring import jupyterquiz

    left_out = jupyterquiz.write_export(lesson, file, draws)
    print(f"wrote {file}")
    if left_out:
        print(f"jupyterquiz has no orderings; left out: {', '.join(left_out)}")
