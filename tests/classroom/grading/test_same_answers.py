"""Right and wrong answers get the same scores and messages beyond the wall as in one process."""

import os

from crossentropy import quiet
from kernel_jobs import SANDBOX
from one_process import BY_TRAINING, LESSONS, exercises, lesson_of, samples, tried
import pytest

from classroom.certificate.trial import job_for, outcomes_of
from classroom.grading.execution import execute

EXERCISES = [
    f"{lesson}/{exercise}"
    for lesson in LESSONS
    for exercise in exercises(lesson)
    if f"{lesson}/{exercise}" != BY_TRAINING
]
# Each takes its part of these; all of them are tried with EVERY_ANSWER=1.
PART = 1 if os.environ.get("EVERY_ANSWER") else 27


@pytest.mark.parametrize("exercise", EXERCISES)
def test_answers_are_judged_as_in_one_process(exercise, tmp_path, monkeypatch):
    quiet.settle()
    monkeypatch.chdir(tmp_path)
    lesson, name = exercise.split("/")
    known = [sample for sample in samples(lesson) if sample.exercise == name]
    chosen = known[len(exercise) % PART :: PART] or known[:1]
    one = exercises(lesson)[name]
    result = execute(job_for(lesson_of(lesson), one, chosen, 400, "learner"), SANDBOX)
    assert (result.status, result.flags) == ("finished", ()), result.reason
    found = outcomes_of(result, one, chosen)
    assert found == [tried(lesson, sample) for sample in chosen]


def test_a_layer_with_code_is_named_where_only_a_stand_in_of_the_network_arrives():
    quiet.settle()
    lesson, name = BY_TRAINING.split("/")
    [chosen] = [
        sample
        for sample in samples(lesson)
        if (sample.exercise, sample.name) == (name, "wrong/a-lambda-layer")
    ]
    one = exercises(lesson)[name]
    result = execute(job_for(lesson_of(lesson), one, [chosen], 400, "learner"), SANDBOX)
    assert "uses Lambda" in str(outcomes_of(result, one, [chosen]))
