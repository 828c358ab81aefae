"""Only what is in a submission is read, also while somebody else changes it."""

import contextlib
import os
import subprocess
import sys

import pytest

from classroom.grading.preparation.contents import HELD_OPEN, read_contents
from classroom.grading.submissions import Submission, UnclearSubmissionError


@pytest.fixture
def submission(tmp_path):
    folder = tmp_path / "submitted" / "ann" / "lesson"
    (folder / "inner").mkdir(parents=True)
    (folder / "inner" / "data.txt").write_text("mine")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "data.txt").write_text("secret")
    return Submission("ann", folder)


# Lets a path be a folder and a link that leads out, in turns.
SWAP = """
import os, sys
place, outside = sys.argv[1:]
link, kept = place + "-link", place + "-kept"
while True:
    os.symlink(outside, link)
    os.rename(place, kept)
    os.rename(link, place)
    os.remove(place)
    os.rename(kept, place)
    print(flush=True)
"""


@pytest.mark.skipif(not HELD_OPEN, reason="this system opens files by their paths only")
@pytest.mark.parametrize("which", ["inner", "the lesson", "the student"])
def test_a_folder_that_becomes_a_link_while_it_is_read_leads_nowhere(submission, tmp_path, which):
    folder = submission.folder
    place = {"inner": folder / "inner", "the lesson": folder, "the student": folder.parent}[which]
    outside = tmp_path / "outside"
    below = {"inner": ".", "the lesson": "inner", "the student": "lesson/inner"}[which]
    (outside / below).mkdir(parents=True, exist_ok=True)
    (outside / below / "data.txt").write_text("secret")
    swapper = subprocess.Popen(
        [sys.executable, "-c", SWAP, place, outside], stdout=subprocess.PIPE, bufsize=0
    )
    seen = set()
    try:
        swapper.stdout.read(1)
        for _ in range(1000):
            os.read(swapper.stdout.fileno(), 1000)
            with contextlib.suppress(UnclearSubmissionError, OSError):  # or it is not there now
                seen |= set(read_contents(submission, [], 10**6).files.values())
    finally:
        swapper.kill()
        swapper.communicate()
    assert seen <= {b"mine"}


def test_a_link_inside_is_followed_and_one_that_leads_out_is_not(submission, tmp_path):
    (submission.folder / "alias.txt").symlink_to("inner/data.txt")
    (submission.folder / "out.txt").symlink_to(tmp_path / "outside" / "data.txt")
    (submission.folder / "folder").symlink_to(tmp_path / "outside")
    found = read_contents(submission, [], 10**6)
    assert found.files == {"alias.txt": b"mine", "inner/data.txt": b"mine"}
    assert len(found.notes) == 2
