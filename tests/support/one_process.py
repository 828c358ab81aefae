"""Try answers to an exercise here, in one process, as a learner's own notebook does."""

import ast
import contextlib
from functools import cache
import io
from pathlib import Path

from classroom.certificate.exercises import exercises_of, read_lesson
from classroom.certificate.samples import read_samples
from classroom.certificate.trial import HIDDEN_BEGIN, Outcome, Refusal, marked
from classroom.course import lesson_names
from classroom.grading.settings import CourseSettings

ROOT = Path(__file__).parents[2]
LESSONS = lesson_names(ROOT)
# This one is a recipe, and an answer that keeps to the rules is judged by minutes of training.
BY_TRAINING = "05-overfitting/cure"
TRAINED = ("right/", "wrong/nothing-changed", "wrong/stopped-early-and-no-more")


@cache
def lesson_of(name):
    return read_lesson(CourseSettings(ROOT), name)


@cache
def exercises(lesson):
    """Return the exercises of a lesson, by their answer cells."""
    return {one.name: one for one in exercises_of(lesson_of(lesson))}


@cache
def samples(lesson):
    return tuple(read_samples(ROOT, lesson))


@cache
def space_of(lesson, exercise):
    """Return what the notebook holds before an answer to the exercise."""
    one = exercises(lesson)[exercise]
    answers = [each.source for each in samples(lesson) if each.exercise == exercise]
    space = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()):
        for source in one.needed([*answers, one.solution]):
            exec(source, space)
    return space


def tried(lesson, sample):
    """Return what came of a sample."""
    exercise = exercises(lesson)[sample.exercise]
    space, refusals = dict(space_of(lesson, sample.exercise)), {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(sample.source, sample.name, "exec"), space)
        for test in exercise.tests:
            if refusal := _judged(test, space):
                refusals[test.grade_id] = refusal
    return Outcome(sample, refusals)


def _judged(test, space):
    tree = ast.parse(marked(test.source))
    final = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else ast.parse("None").body[0]
    with contextlib.redirect_stdout(io.StringIO()) as out:
        try:
            exec(compile(tree, test.grade_id, "exec"), space)
            points = eval(compile(ast.Expression(final.value), test.grade_id, "eval"), space)
        except Exception as error:
            return Refusal(type(error).__name__, str(error), HIDDEN_BEGIN in out.getvalue())
    most, printed = test.metadata["points"], out.getvalue()
    if points is None or points >= most:
        return None
    return Refusal("", f"{points:g} of {most:g} points. {printed}".strip(), HIDDEN_BEGIN in printed)
