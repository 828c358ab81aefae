"""Cases: really trained, the same log each time and everywhere."""

import contextlib
import io
import os
import random
import subprocess
import sys
import warnings

from crossentropy import detective, quiet
from crossentropy.detective import cases, script
from crossentropy.detective.cases import cause_of, open_case
from crossentropy.detective.causes import cause, causes
from crossentropy.detective.training_log import read
import detective_logs
import numpy as np
import pytest

A_CASE = """
from crossentropy import quiet
quiet.THREADS = {threads}
from crossentropy.detective import cases, script
print(cases.open_case({seed}).log)
"""


def in_a_process(seed, threads):
    code = A_CASE.format(seed=seed, threads=threads)
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    ).stdout.rstrip()


@pytest.mark.parametrize("one", causes(), ids=lambda one: one.name)
def test_a_fresh_training_gives_the_log_that_is_kept(one, logs):
    """The kept logs were made in another process, perhaps on another machine."""
    seed = causes().index(one) % len(logs[one.name])  # so that sizes, forms and seeds vary
    assert cases.make(one, detective_logs.form_of(one, seed), seed).log == logs[one.name][seed]


def test_a_seed_has_the_same_log_in_two_processes_and_with_one_thread_and_two():
    assert quiet.THREADS == 2
    assert in_a_process(1, threads=1) == open_case(1).log


def test_a_learner_who_runs_the_program_gets_its_log():
    """`run` makes ahead what Keras makes in a first step, and changes no number by it."""
    case = open_case(1)
    with contextlib.redirect_stdout(io.StringIO()) as printed, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(case.program, "case", "exec"), {"__name__": "__main__"})
    assert printed.getvalue().rstrip() == case.log


def test_a_log_that_shows_too_little_is_drawn_again():
    """With this seed the wrong flag happens to give the first batch what the right one gives."""
    metric = cause("metric with the wrong flag")
    unfair = cases.run(script.write("integers", script.draw(9), metric.places("integers")))
    assert cases.fitting(read(unfair)) == []
    drawn = cases.make(metric, "integers", 9)
    assert cases.fitting(drawn.seen) == [metric]
    assert drawn.seed == 9
    assert drawn.log != unfair


def begun_one_digit_off(program):
    """Return a program whose network begins with weights off by their last digit."""
    off = """    digits = np.random.default_rng(1).integers(-1, 2, weights.shape)
    weights.assign(weights * (1 + 1.2e-7 * digits))
"""
    return program.replace("first = ", f"for weights in model.weights:\n{off}first = ")


@pytest.mark.parametrize("one", causes(), ids=lambda one: one.name)
def test_a_log_stays_the_same_when_all_weights_begin_one_digit_off(one):
    """Machines differ by about that much in each operation."""
    seed = causes().index(one)
    case = cases.make(one, detective_logs.form_of(one, seed), seed)
    assert cases.run(begun_one_digit_off(case.program)) == case.log


def test_seeds_in_a_row_have_each_cause_once():
    for deck in range(5):
        seeds = range(deck * len(causes()), (deck + 1) * len(causes()))
        assert {cause_of(seed)[0].name for seed in seeds} == {one.name for one in causes()}


def test_the_decks_are_mixed_anew():
    first = [cause_of(seed)[0].name for seed in range(len(causes()))]
    second = [cause_of(seed + len(causes()))[0].name for seed in range(len(causes()))]
    assert first != second


def test_seeds_differ_in_form_too():
    assert {cause_of(seed)[1] for seed in range(20)} == {"one-hot", "integers"}


def test_the_log_does_not_tell_the_cause(logs):
    for name, of_cause in logs.items():
        assert not any("arning" in log or name in log for log in of_cause)


@pytest.mark.parametrize("seed", [-1, 1.5, "7", True, None])
def test_a_case_is_opened_by_a_whole_number(seed):
    with pytest.raises(ValueError, match="A case is opened by a whole number from 0 on"):
        detective.case(seed)


def test_a_case_leaves_the_learners_random_numbers_alone():
    np.random.seed(1)
    random.seed(1)
    kept = np.random.get_state()[1].copy(), random.getstate()
    cases.run("import keras\nkeras.utils.set_random_seed(5)\nprint('x')")
    assert (np.random.get_state()[1] == kept[0]).all()
    assert random.getstate() == kept[1]
