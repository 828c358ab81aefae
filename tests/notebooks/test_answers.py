"""Every graded exercise, tried with answers of others: wrong ones lose points, right ones none.

The answers lie in tests/answers and are read as `classroom certify` reads them, which tries them
in the sandbox; here they run in one process, as in a learner's notebook.
"""

import contextlib
import io

from crossentropy.quiz import exercises as passed_exercises
from one_process import BY_TRAINING, LESSONS, TRAINED, exercises, samples, space_of, tried
import pytest

from classroom.certificate.certify import findings
from classroom.certificate.samples import FOLDER
from classroom.certificate.trial import visible

SAMPLES = [
    pytest.param(lesson, sample, id=f"{lesson}/{sample.exercise}/{sample.name}")
    for lesson in LESSONS
    for sample in samples(lesson)
    if f"{lesson}/{sample.exercise}" != BY_TRAINING or not sample.name.startswith(TRAINED)
]


@pytest.mark.parametrize(("lesson", "sample"), SAMPLES)
def test_an_answer_is_told_right_or_wrong_and_its_mistake_is_named(
    lesson, sample, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    faults, remarks = findings(exercises(lesson)[sample.exercise], tried(lesson, sample))
    assert not faults + remarks, "\n".join(faults + remarks)


def test_every_exercise_has_answers_to_be_tried_with():
    few = {}
    for lesson in filter(samples, LESSONS):
        for exercise in exercises(lesson):
            found = [sample.right for sample in samples(lesson) if sample.exercise == exercise]
            if found.count(False) < 12 or found.count(True) < 6:
                few[f"{lesson}/{exercise}"] = found.count(False), found.count(True)
    assert not few, "at least 12 wrong and 6 right answers each"


def test_a_wrong_answer_to_an_exercise_of_several_tests_says_which_of_them_refuse_it():
    silent = [
        f"{FOLDER}/{lesson}/{sample.exercise}/{sample.name}.py"
        for lesson in LESSONS
        for sample in samples(lesson)
        if not sample.right and len(exercises(lesson)[sample.exercise].tests) > 1
        if not sample.refused_by
    ]
    assert not silent, "the second line of each is to be '# refused by: ' and the tests' names"


# An exercise of several graded cells: an answer that is wrong in the first and right in the last.
WRONG_IN_A_FIRST_PART = {
    "calibration-error": "wrong/lower-edge-last-bin-closed",
    "scaling": "wrong/loss-unsolved",
    "decision": "wrong/most-probable-class",
}
LESSON = "07-calibration"


def sample_of(exercise, name):
    return next(
        sample
        for sample in samples(LESSON)
        if sample.exercise == exercise and sample.name.startswith(name)
    )


def passes_as_exercise(sample, folder, monkeypatch):
    """Whether the answer counts as an exercise passed, all visible checks having been run."""
    (folder / LESSON).mkdir()
    monkeypatch.chdir(folder / LESSON)
    space, failed = dict(space_of(LESSON, sample.exercise)), 0
    with contextlib.redirect_stdout(io.StringIO()):
        exec(sample.source, space)
        tests = exercises(LESSON)[sample.exercise].tests
        for test in tests:
            try:
                exec(visible(test.source), space)
            except AssertionError:
                failed += 1
    assert failed < len(tests), "the last part should pass"
    return passed_exercises.is_passed(f"{LESSON[:2]}-{sample.exercise}")


@pytest.mark.parametrize(("exercise", "name"), WRONG_IN_A_FIRST_PART.items())
def test_an_exercise_has_passed_only_when_each_of_its_parts_has(
    exercise, name, tmp_path, monkeypatch
):
    assert not passes_as_exercise(sample_of(exercise, name), tmp_path, monkeypatch)


@pytest.mark.parametrize("exercise", WRONG_IN_A_FIRST_PART)
def test_an_exercise_has_passed_when_all_its_parts_have(exercise, tmp_path, monkeypatch):
    assert passes_as_exercise(sample_of(exercise, "right/"), tmp_path, monkeypatch)
