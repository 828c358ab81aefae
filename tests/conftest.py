"""What all tests need."""

from pathlib import Path

from crossentropy import own_folder
import pytest


@pytest.fixture(autouse=True)
def _notebook_in_the_working_directory(monkeypatch):
    # A kernel has one notebook and remembers its folder; these tests play many notebooks.
    monkeypatch.setattr(own_folder, "home", Path.cwd)
