"""Mutate our solution of every exercise and ask its tests: at least 97 % must be noticed.

    make mutation

prints, for each exercise, how many mutants its tests catch, and those that they pass. One that does
what our solution does stands in equivalent.yaml with the reason; another one is a hole in the tests
and the exit status 1. Arguments are lessons or lesson/exercise; all are tried by default.
"""

import contextlib
import os
import signal
import sys
import tempfile

from crossentropy import quiet
from mutants import mutants
from one_process import BY_TRAINING, LESSONS, exercises, space_of, tried
from verdict import is_strong

from classroom.certificate.samples import Sample

LEAST = 0.97
SECONDS = 20  # after which a mutant runs for ever, which a learner notices


class RunsForEverError(BaseException):
    """No test may take it for the error of an answer."""


def main():
    quiet.settle()
    os.chdir(tempfile.mkdtemp())
    signal.signal(signal.SIGALRM, _stop)
    wanted = sys.argv[1:]
    weak = 0
    for lesson in LESSONS:
        for name in exercises(lesson):
            whole = f"{lesson}/{name}"
            if whole != BY_TRAINING and (not wanted or {lesson, whole} & {*wanted}):
                weak += not _is_strong(lesson, name)
    sys.exit(1 if weak else 0)


def _is_strong(lesson, name):
    space_of(lesson, name)
    texts = mutants(exercises(lesson)[name].solution)
    passed = [what for what, text in texts.items() if not _is_caught(lesson, name, text)]
    return is_strong(f"{lesson}/{name}", texts, passed, LEAST)


def _is_caught(lesson, name, text):
    signal.alarm(SECONDS)
    try:
        with open(os.devnull, "w") as nothing, contextlib.redirect_stderr(nothing):
            return bool(tried(lesson, Sample(name, "mutant", False, text)).refusals)
    except (Exception, RunsForEverError):  # it cannot even be defined
        return True
    finally:
        signal.alarm(0)


def _stop(*_):
    raise RunsForEverError


if __name__ == "__main__":
    main()
