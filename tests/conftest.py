"""What all tests need."""

from pathlib import Path

from crossentropy import own_folder
from hypothesis import settings
import pytest

# The same few examples each time, so that CI is as quick and as green today as tomorrow; by hand,
# `--hypothesis-profile=many` looks for new ones. One that failed is kept beside its test.
settings.register_profile("fixed", derandomize=True, max_examples=60, deadline=None, database=None)
settings.register_profile("many", max_examples=5_000, deadline=None)
settings.load_profile("fixed")


@pytest.fixture(autouse=True)
def _notebook_in_the_working_directory(monkeypatch):
    # A kernel has one notebook and remembers its folder; these tests play many notebooks.
    monkeypatch.setattr(own_folder, "home", Path.cwd)
