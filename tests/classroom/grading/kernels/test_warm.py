"""The kernel server imports what the lesson at hand needs, and never guesses too little."""

import json
import subprocess
import sys

from course_of_learners import quick_start
import pytest

from classroom.grading.kernels.server import KernelServer
from classroom.grading.kernels.warm import LIBRARIES, libraries_of

LIGHT = ("numpy.random", "numpy.testing")
WRITE = f"""
import re
from classroom.grading.kernels import warm
warm.import_lessons({LIGHT})
from crossentropy.quiz import bank, markup
re._compiler.compile = None  # it would be called for a new pattern
for lesson in bank.lessons():
    for question in bank.questions(lesson):
        markup.as_html(question.prompt)
"""
START = f"""
from pathlib import Path
import sys
from classroom.grading.kernels import graded_kernel, warm
graded_kernel.prepare_imports()
warm.import_lessons({LIGHT})
before = set(sys.modules)
kernel = graded_kernel.IPKernelApp.instance()
kernel.initialize(["-f", str(Path("kernel.json").absolute())])
kernel.shell.run_cell("1 / 0")
Path("imported.txt").write_text(" ".join(sorted(set(sys.modules) - before)))
"""


def folder_with(folder, *sources):
    cells = [{"cell_type": "code", "source": [source]} for source in sources]
    (folder / "lesson.ipynb").write_text(json.dumps({"cells": cells}))
    return folder


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import numpy as np\nx = np.ones(3)", LIGHT),
        ("from crossentropy import quiz\nimport numpy as np", LIGHT),
        ('from crossentropy import quiz  # the cards\n\nquiz.ask("01-what-it-measures")', LIGHT),
        ("from crossentropy import pictures, quiz", LIBRARIES),
        ("from crossentropy import quiz, experiment", LIBRARIES),
        ("import crossentropy", LIBRARIES),
        ("import tensorflow as tf", LIBRARIES),
        ("def loss(y):\n    from keras import ops", LIBRARIES),
        ("import matplotlib.pyplot as plt", LIBRARIES),
    ],
)
def test_a_lesson_without_tensorflow_does_not_wait_for_it(tmp_path, source, expected):
    assert libraries_of(folder_with(tmp_path, "1 + 1", source)) == expected


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1]", b'{"cells": 3}', b'{"cells": [{}]}', b"\xff"]
)
def test_a_notebook_that_cannot_be_read_takes_them_all(tmp_path, content):
    (tmp_path / "lesson.ipynb").write_bytes(content)
    assert libraries_of(tmp_path) == LIBRARIES


def test_a_light_server_forks_like_any_other():
    server = KernelServer(LIGHT).wait()
    assert server.greeting["threads"] == 1
    server.close()


def test_no_kernel_compiles_the_patterns_of_a_card_s_text_again():
    command = [sys.executable, "-c", WRITE]
    done = subprocess.run(command, env=quick_start(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


def test_no_kernel_imports_what_every_kernel_needs(tmp_path):
    command = [sys.executable, "-c", START]
    subprocess.run(command, env=quick_start(), cwd=tmp_path, capture_output=True, check=True)
    assert (tmp_path / "imported.txt").read_text() == ""
