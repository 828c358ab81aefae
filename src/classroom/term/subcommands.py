"""What the `classroom` command can do to change a course in mid-term."""

from pathlib import Path
from typing import Annotated

import typer

from classroom.course import find_course

app = typer.Typer()
Lesson = Annotated[str, typer.Argument(help="A lesson such as 01-loss-definition.")]
Course = Annotated[Path, typer.Option(help="The folder with nbgrader_config.py.")]


@app.command()
def due(
    lesson: Lesson,
    moment: Annotated[str, typer.Argument(help="Such as '2026-03-01 12:00'; or never.")],
    course: Course = Path("."),
) -> None:
    """Set when a lesson is due; penalties follow when the lesson is graded again."""
    from classroom.term.dates import in_words, set_due

    done = set_due(find_course(course), lesson, None if moment == "never" else moment)
    before = f" (before: {_told(done.before)})" if done.before not in (None, done.when) else ""
    print(
        f"{lesson} is due {_told(done.when)}{before}. Run classroom grade {lesson} to have "
        "penalties follow."
    )
    if done.lost:
        print(
            f"So these extensions are gone (they stand in {done.kept}). Once it is due again, give "
            "them again with"
        )
    for student, span in done.lost.items():
        print(f'  classroom extend {lesson} {student} "{in_words(span)}"')


@app.command()
def extend(
    lesson: Lesson,
    student: Annotated[str, typer.Argument(help="The learner's id.")],
    longer: Annotated[str, typer.Argument(help="Such as '2 days' or '36 h'; '0 days' for none.")],
    new: Annotated[
        bool, typer.Option("--new", help="The gradebook need not know the learner yet.")
    ] = False,
    course: Course = Path("."),
) -> None:
    """Give one learner more time for a lesson, before or after it is handed in."""
    from classroom.term.dates import extend as extend_for
    from classroom.term.dates import in_words

    when, before = extend_for(find_course(course), lesson, student, longer, new)
    told = f" (the extension before was {in_words(before)})" if before else ""
    print(f"{lesson} is due {_told(when)} for {student}{told}.")


def _told(when):
    return f"on {when:%Y-%m-%d at %H:%M} UTC" if when else "at no time"


@app.command()
def points(
    lesson: Lesson,
    cell: Annotated[str, typer.Argument(help="The grade id of a graded cell.")],
    number: Annotated[float, typer.Argument(help="What it is to be worth.")],
) -> None:
    """Change the points of a graded cell; headings, links and the start page's table follow."""
    from classroom.authoring.all_or_nothing import all_or_nothing
    from classroom.term.hand_scores import above
    from classroom.term.points import set_points

    course = find_course()
    with all_or_nothing(course):
        done = set_points(course, lesson, cell, number)
    print(f"{cell}: {done.was:g} points before, {number:g} now.")
    for old, new in done.lines:
        print(f"  {old}  ->  {new}")
    for sentence in above(course, lesson, {cell: number}):
        print(sentence)
    print(f"Run classroom release {lesson}, then classroom grade {lesson}.")


@app.command()
def remove(
    lesson: Lesson,
    with_grades: Annotated[
        bool, typer.Option("--with-grades", help="Also when somebody has handed it in.")
    ] = False,
    course: Course = Path("."),
) -> None:
    """Take a lesson out of the course; its files and its grades are put aside, not deleted."""
    from classroom.authoring.mentions import mentions
    from classroom.term.removal import remove_lesson

    root = find_course(course)
    moved, kept = remove_lesson(root, lesson, with_grades)
    for path in moved:
        print(f"moved to {path}")
    if kept:
        print(f"its grades are in {kept}")
    still = list(mentions(root, lesson))
    if still:
        print(f"These go on speaking of {lesson}; change them, then run classroom release:")
    for mention in still:
        print(f"  {mention}")
    questions = root / "data" / "questions" / f"{lesson}.yaml"
    if questions.is_file():
        print(
            f"Its questions stay in {questions.relative_to(root)}, so the test and the progress go "
            "on with them; move that file away when no cell asks one of them."
        )
