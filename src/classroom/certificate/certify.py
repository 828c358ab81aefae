"""Certify the tests of a lesson: wrong answers lose, right ones keep every point."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
import os
import time

from classroom.certificate.exercises import Exercise, exercises_of, read_lesson
from classroom.certificate.samples import FOLDER, PHRASE, Sample, read_samples
from classroom.certificate.trial import Outcome, try_samples
from classroom.course import CourseError
from classroom.grading.kernels.sandbox.choice import SandboxError, resolve_sandbox
from classroom.grading.machine import cores
from classroom.grading.settings import CourseSettings
from classroom.grading.workers import LocalWorkers

MOST_ALONE = 20  # answers that are tried a second time


@dataclass
class Certificate:
    """What was found.

    Attributes
    ----------
    lesson : str
    wrong, right : dict of str to int
        By exercise, how many answers were tried.
    faults : list of str
        Sentences: which test passes a wrong answer or refuses a right one.
    remarks : list of str
        Sentences on wrong answers that are refused in other words than their file says.
    untried : list of str
        Sentences on exercises without answers, and on answers without an exercise.
    seconds : float
    """

    lesson: str
    wrong: dict[str, int] = field(default_factory=dict)
    right: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    untried: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def exit_status(self) -> int:
        """0 when all tests hold, 1 when somebody has to look."""
        return 1 if self.faults or self.untried else 0


def certify(
    course: str | os.PathLike,
    lesson: str,
    exercises: list[str] | None = None,
    workers: int | None = None,
    sandbox: str = "auto",
    timeout: float | None = None,
    watch: Callable[[int, int], None] = lambda done, all_: None,
) -> Certificate:
    """Try the samples of a lesson against its tests, as they stand in its source.

    Parameters
    ----------
    course : path-like
        The folder with `nbgrader_config.py`.
    lesson : str
    exercises : list of str, optional
        Grade ids of answer cells: only these; all by default.
    workers : int, optional
        How many pairs of kernels run at a time; by default as many as there are cores.
    sandbox : str
        "auto", "jail", "bwrap" or "none".
    timeout : float, optional
        Seconds a cell; by default what nbgrader's settings say.
    watch : callable
        Called with how many answers have been tried, of how many.

    Returns
    -------
    Certificate

    Raises
    ------
    CourseError
        When there is nothing to try, or this machine cannot try it.
    """
    started = time.monotonic()
    settings = CourseSettings(course)
    source = read_lesson(settings, lesson)
    known = {one.name: one for one in exercises_of(source)}
    for name in exercises or ():
        if name not in known:
            raise CourseError(
                f"Lesson {lesson} has no exercise named '{name}'; it has: {', '.join(known)}."
            )
    found = Certificate(lesson)
    samples = _chosen(settings, found, known, exercises)
    try:
        sandbox = resolve_sandbox(sandbox)
    except SandboxError as error:
        raise CourseError(str(error)) from None
    if samples:
        with LocalWorkers(workers or cores(), sandbox) as pool:

            def run(chosen: dict[str, list[Sample]], most: int) -> Iterator[Outcome]:
                listed = [(known[name], some) for name, some in chosen.items()]
                return try_samples(source, listed, pool, timeout or settings.timeout, most)

            odd = _odd(run, known, samples, _share(samples, pool.number), watch)
        for outcome in sorted(odd, key=lambda one: (one.sample.exercise, one.sample.name)):
            faults, remarks = findings(known[outcome.sample.exercise], outcome)
            found.faults += faults
            found.remarks += remarks
    found.seconds = round(time.monotonic() - started, 1)
    return found


def _chosen(settings, found, known, exercises):
    """Return the samples to try, by exercise, and note what cannot be tried."""
    samples = {}
    for sample in read_samples(settings.course, found.lesson):
        samples.setdefault(sample.exercise, []).append(sample)
    for name in known:
        if name in (exercises or known):
            some = samples.get(name, [])
            found.right[name] = sum(sample.right for sample in some)
            found.wrong[name] = len(some) - found.right[name]
            if not (found.right[name] and found.wrong[name]):
                found.untried.append(_untried(found, name))
    if not exercises:
        found.untried += [
            f"{FOLDER}/{found.lesson}/{name} holds answers, but the lesson has no exercise "
            f"'{name}'; rename that folder as the answer cell, or remove it."
            for name in samples.keys() - known.keys()
        ]
    return {name: samples[name] for name in found.right if name in samples}


def _odd(run, known, samples, most, watch):
    """Return the outcomes of which something is to be said."""
    number, odd = sum(map(len, samples.values())), []
    for done, outcome in enumerate(run(samples, most), start=1):
        watch(done, number)
        if any(findings(known[outcome.sample.exercise], outcome)):
            odd.append(outcome)
    # What an answer left behind could have changed the next one's fate: these have a go alone.
    alone = {}
    for outcome in odd[:MOST_ALONE]:
        alone.setdefault(outcome.sample.exercise, []).append(outcome.sample)
    return [*run(alone, 1), *odd[MOST_ALONE:]] if alone else []


def _untried(found, name):
    lacks = [kind for kind in ("wrong", "right") if not getattr(found, kind)[name]]
    return (
        f"{name} has no {' and no '.join(lacks)} answers to be tried with. Put some into "
        f"{FOLDER}/{found.lesson}/{name}/: wrong/<its mistake>.py, whose first line is '{PHRASE}' "
        "and words of the message that it gets; and right/<its way>.py."
    )


def _share(samples, workers):
    """Return how many answers a job takes, so that no worker waits long for the last one."""
    number = sum(map(len, samples.values()))
    return max(5, min(20, -(-number // (3 * workers))))


def findings(exercise: Exercise, outcome: Outcome) -> tuple[list[str], list[str]]:
    """Return what is wrong with the tests, by what came of a sample: faults, and remarks."""
    sample, refusals = outcome.sample, outcome.refusals
    what = f"{exercise.name}/{sample.name}.py"
    if sample.right:
        return [
            f"Test '{test}' refuses the right answer {what}: {refusal}"
            for test, refusal in refusals.items()
        ], []
    tests = [test.grade_id for test in exercise.tests]
    passing = [test for test in sample.refused_by if test in tests and test not in refusals]
    if not refusals:
        passing = passing or tests
    if passing:
        return [
            f"Test '{test}' passes the wrong answer {what}, which is to hear: {sample.phrase}"
            for test in passing
        ], []
    first = outcome.first
    if first.kind in ("AssertionError", "") and sample.phrase in first.message:
        return [], []
    return [], [f"{what} is refused, but is to hear '{sample.phrase}' and hears: {first}"]
