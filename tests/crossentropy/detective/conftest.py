"""Cases whose logs are kept, so that most tests need no training; and a learner's folder."""

from crossentropy.detective import script
from crossentropy.detective.cases import Case
from crossentropy.detective.causes import cause
import detective_logs
import pytest


@pytest.fixture(scope="session")
def logs():
    """The logs that are kept: by the name of the cause, one a seed."""
    return detective_logs.read()


@pytest.fixture(scope="session")
def kept(logs):
    """Return a function that returns a case with its kept log."""

    def kept(name, seed=0):
        form = detective_logs.form_of(cause(name), seed)
        drawn = script.draw(seed)
        wrong = script.write(form, drawn, cause(name).places(form))
        return Case(seed, cause(name), wrong, script.write(form, drawn, {}), logs[name][seed])

    return kept


@pytest.fixture
def lesson(tmp_path, monkeypatch):
    """A learner's folder of a lesson; it is the working directory."""
    folder = tmp_path / "03-third"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder
