"""Nothing that learners get holds a solution, a hidden test, a marking scheme or a key."""

import base64
import gzip
import html
import io
import json
from pathlib import Path
import re
import zipfile

from leaks import files_in, leaks, secrets, squashed
import pytest

from classroom.handing.handout import make_handout
from classroom.handing.own_copy import add_lessons

ROOT = Path(__file__).parents[2]
LESSON = "notebooks/01-loss-definition/01-loss-definition.ipynb"
KINDS = {"solution", "hidden test", "marking scheme", "worked solution", "challenge key"}
LEAK = """
    picked = np.sum(y_true * np.log(np.clip(y_pred, EPSILON, 1.0)), axis=-1)
    weighted_mean = float(-np.average(picked))
"""


@pytest.fixture(scope="module")
def hidden():
    """All secrets of the course."""
    return secrets(ROOT)


@pytest.fixture(scope="module")
def handed_out(tmp_path_factory):
    """The files that a teacher gives, and those that `make lab` copies."""
    folder = tmp_path_factory.mktemp("handed-out")
    make_handout(ROOT, folder / "course")
    add_lessons(folder / "course", folder / "course" / "my-work")
    return files_in(folder / "course")


def test_there_is_something_to_look_for(hidden):
    assert set(hidden) == KINDS
    assert all(len(fragments) >= 10 for fragments in hidden.values())


def test_nothing_handed_out_holds_a_secret(handed_out, hidden):
    assert leaks(handed_out, hidden) == []


def test_no_answer_that_tries_the_tests_is_handed_out(handed_out):
    assert [name for name in handed_out if name.startswith("tests")] == []


def test_what_was_not_planted_is_not_found(handed_out):
    assert leaks(handed_out, {"solution": {squashed(LEAK)}}) == []


def test_the_release_holds_no_secret(hidden):
    assert leaks(files_in(ROOT / "notebooks"), hidden) == []


def test_the_sources_hold_every_secret(hidden):
    found = leaks(files_in(ROOT / "solutions"), hidden)
    assert {kind for _, kind in found} == KINDS


# A leak of each sort, planted


def in_a_notebook(change):
    def plant(files, text):
        notebook = json.loads(files[LESSON])
        change(notebook, text)
        return LESSON, json.dumps(notebook).encode()

    return plant


def in_a_file(name, content):
    return lambda files, text: (name, content(text))


def highlighted(text):
    return "".join(f"<span>{html.escape(one)}</span>" for one in re.split(r"(\W)", text))


def zipped(text):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("answers.py", text)
    return made.getvalue()


def as_attachment(notebook, text):
    encoded = base64.b64encode(text.encode()).decode()
    cell = next(one for one in notebook["cells"] if one["cell_type"] == "markdown")
    cell["attachments"] = {"picture.png": {"image/png": encoded}}


def as_output(mimetype, make=str):
    def change(notebook, text):
        cell = next(one for one in notebook["cells"] if one["cell_type"] == "code")
        data = {mimetype: make(text).splitlines(keepends=True)}
        output = {"output_type": "display_data", "metadata": {}, "data": data}
        cell["outputs"] = [output]

    return change


SORTS = {
    "source": in_a_notebook(
        lambda one, text: one["cells"][5].update(source=text.splitlines(keepends=True))
    ),
    "metadata of a cell": in_a_notebook(
        lambda one, text: one["cells"][5]["metadata"].update(undo=text)
    ),
    "metadata of the notebook": in_a_notebook(
        lambda one, text: one["metadata"].update(widgets={"state": [text]})
    ),
    "id of a cell": in_a_notebook(
        lambda one, text: one["cells"][5].update(id=re.sub(r"\W+", "-", text))
    ),
    "attachment": in_a_notebook(as_attachment),
    "text output": in_a_notebook(as_output("text/plain")),
    "highlighted output": in_a_notebook(as_output("text/html", highlighted)),
    "data file": in_a_file("data/extra.csv", lambda text: ("a,b\n" + text).encode()),
    "packed data": in_a_file("data/extra.npz", zipped),
    "compressed data": in_a_file("data/extra.gz", lambda text: gzip.compress(text.encode())),
    "bank": in_a_file("data/questions/extra.yaml", lambda text: ("hint: |\n" + text).encode()),
    "package": in_a_file("src/crossentropy/extra.py", lambda text: ("#" + text).encode()),
    "file's name": lambda files, text: (f"data/{re.sub(r'[^A-Za-z0-9.]+', '-', text)}", b""),
}


@pytest.mark.parametrize("sort", SORTS)
def test_a_planted_leak_is_caught(handed_out, sort):
    name, content = SORTS[sort](handed_out, LEAK)
    secret = {"solution": {squashed(LEAK)}}
    assert leaks({name: content}, secret) == [(name, "solution")]
