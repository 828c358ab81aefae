"""The report of a lesson: everything that is told, as values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
import os

from classroom.course import CourseError
from classroom.exercise_names import exercise_names
from classroom.grading.attempts import asked_in, attempts_of, title_of
from classroom.grading.lesson import Lesson, load_notebooks
from classroom.grading.settings import CourseSettings
from classroom.notebook_files import grade_id
from classroom.report import handed_in as reading
from classroom.report.class_bets import ClassBets, class_bets
from classroom.report.exercises import ExerciseRow, exercise_rows, scores_of
from classroom.report.learners import DAYS, LearnerRow, learner_rows
from classroom.report.likeness import Alike, joined
from classroom.report.questions import Alive, QuestionRow, most_alive, question_rows
from classroom.report.same_answers import same_mistakes, same_records
from classroom.report.same_code import given_by, same_code
from classroom.without_names import numbers


@dataclass(frozen=True)
class LessonReport:
    """What a class did in a lesson."""

    lesson: str
    title: str
    made: datetime
    graded: int
    alive: tuple[Alive, ...]
    questions: tuple[QuestionRow, ...]
    exercises: tuple[ExerciseRow, ...]
    learners: tuple[LearnerRow, ...]
    absent: tuple[str, ...]
    alike: tuple[Alike, ...]
    bets: ClassBets | None


def make_report(
    course: str | os.PathLike,
    lesson: str,
    *,
    days: float = DAYS,
    hide_names: bool = False,
    now: datetime | None = None,
) -> LessonReport:
    """Read what a class has handed in for a lesson, and say what it understood.

    Nothing is executed and nothing is changed. What grading has found out so far is told too.

    Parameters
    ----------
    course : path-like
        The folder with `nbgrader_config.py`.
    lesson : str
    days : float, optional
        After so many days without an answer an unfinished lesson is a reason to look.
    hide_names : bool, optional
        Call learners by numbers, which are drawn anew each time.
    now : datetime.datetime, optional
        In UTC; by default the moment.

    Returns
    -------
    LessonReport

    Raises
    ------
    CourseError
        When the gradebook has no such lesson, nobody has handed it in, or two of its notebooks
        call a cell the same.
    """
    settings, now = CourseSettings(course), now or datetime.now(UTC)
    with settings.gradebook() as gradebook:
        teachers = as_one(load_notebooks(settings, gradebook, lesson))
        scores = scores_of(gradebook, lesson)
    works = reading.read_all(settings, teachers)
    absent = reading.without_submission(settings, works)
    if hide_names:
        called = numbers([*(work.student for work in works), *absent])
        works = [replace(work, student=called[work.student]) for work in works]
        scores = {called[name]: score for name, score in scores.items() if name in called}
        absent = sorted(called[name] for name in absent)
    cells = reading.lessons_notebook(settings, lesson)
    names = exercise_names(cells)
    asked = asked_in(lesson, map(reading.source_of, cells))
    answers = {work.student: attempts_of(work.responses) for work in works}
    questions = question_rows(asked, answers)
    handed_in = {work.student for work in works}
    return LessonReport(
        lesson=lesson,
        title=title_of(lesson),
        made=now,
        graded=len(scores.keys() & handed_in),
        alive=tuple(most_alive(questions)),
        questions=tuple(questions),
        exercises=tuple(exercise_rows(teachers, names, scores, works)),
        learners=tuple(learner_rows(works, answers, asked, scores, teachers.max_score, now, days)),
        absent=tuple(absent),
        alike=(
            *_alike_in_answers(answers, questions),
            *same_code(
                {work.student: work.code for work in works},
                given_by(_given(teachers, cells)),
                _answer_names(teachers, names),
            ),
        ),
        bets=class_bets({work.student: work.responses for work in works}),
    )


def as_one(notebooks: list[Lesson]) -> Lesson:
    """Return a lesson with the cells of all its notebooks.

    Raises
    ------
    CourseError
        When two notebooks call a cell the same.
    """
    cells = [cell for each in notebooks for cell in each.cells]
    names = [cell.grade_id for cell in cells]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise CourseError(
            f"Two notebooks of {notebooks[0].name} have a cell named {', '.join(twice)}, and the "
            "report cannot tell them apart; rename one of each and release the lesson again."
        )
    return replace(notebooks[0], cells=tuple(cells))


def _alike_in_answers(answers: dict, questions: list[QuestionRow]) -> list[Alike]:
    records = joined(same_records(answers), "the same record: answers at the same millisecond")
    copies = [set(one.students) for one in records]
    mistakes = same_mistakes(answers, {row.question.id: row.question for row in questions})
    return records + [
        one for one in mistakes if not any(copy.issuperset(one.students) for copy in copies)
    ]


def _given(lesson: Lesson, cells: list[dict]):
    for cell in lesson.cells:
        if not cell.locked and cell.cell_type == "code":
            yield cell.grade_id, "code", cell.source
            yield cell.grade_id, "code", cell.released_source
    for cell in cells:
        name = grade_id(cell)
        yield name, cell["cell_type"], reading.source_of(cell)


def _answer_names(lesson: Lesson, names: dict[str, str]) -> dict[str, str]:
    """Call an answer cell by the exercise of the first graded cell after it."""
    found, waiting = {}, []
    for cell in lesson.cells:
        if cell.solution and not cell.grade:
            waiting.append(cell.grade_id)
        elif cell.grade and waiting:
            exercise = names.get(cell.grade_id, cell.grade_id).partition(": ")[0]
            found |= dict.fromkeys(waiting, exercise)
            waiting = []
    return found
