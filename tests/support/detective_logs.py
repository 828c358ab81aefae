"""Logs of each cause with twenty seeds, kept beside the tests of the detective.

After a change of the programs, `python tests/support/detective_logs.py` trains them anew: 320
trainings of about a second. `test_cases` compares some of them with fresh ones.
"""

import gzip
import json
from pathlib import Path

from crossentropy.detective import cases
from crossentropy.detective.causes import causes

FILE = Path(__file__).parents[1] / "crossentropy" / "detective" / "logs.json.gz"
SEEDS = range(20)


def form_of(cause, seed):
    """Return the form of labels with which a cause is trained: each in turn."""
    return cause.forms[seed % len(cause.forms)]


def read():
    """Return the logs that are kept: by the name of the cause, one a seed."""
    return json.loads(gzip.decompress(FILE.read_bytes()))


def write():
    """Train, and keep the logs."""
    logs = {cause.name: [] for cause in causes()}
    for seed in SEEDS:
        for cause in causes():
            logs[cause.name].append(cases.make(cause, form_of(cause, seed), seed).log)
        FILE.write_bytes(gzip.compress(json.dumps(logs, indent=1).encode(), mtime=0))


if __name__ == "__main__":
    write()
