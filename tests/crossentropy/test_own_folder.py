"""A file is written whole or not at all."""

import os
import stat

from crossentropy import own_folder
import pytest


def test_text_and_bytes_arrive_as_they_are(tmp_path):
    own_folder.write(tmp_path / "text", "größer\n\r\n")
    own_folder.write(tmp_path / "bytes", b"\x00\xff")
    assert (tmp_path / "text").read_bytes() == "größer\n\r\n".encode()
    assert (tmp_path / "bytes").read_bytes() == b"\x00\xff"


@pytest.mark.parametrize("broken", ["fsync", "replace"])
def test_what_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, broken):
    def fail(*arguments):
        raise OSError("no space left")

    own_folder.write(tmp_path / "kept", "old")
    monkeypatch.setattr(os, broken, fail)
    with pytest.raises(OSError, match="no space left"):
        own_folder.write(tmp_path / "kept", "new")
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    assert (tmp_path / "kept").read_text() == "old"


def test_the_content_is_on_the_disk_before_the_name_points_to_it(tmp_path, monkeypatch):
    seen = []
    fsync, replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda file: (seen.append("fsync"), fsync(file)))
    monkeypatch.setattr(os, "replace", lambda old, new: (seen.append("replace"), replace(old, new)))
    own_folder.write(tmp_path / "a", "text")
    assert seen == ["fsync", "replace"]


def test_others_may_read_it_as_far_as_the_umask_lets_them(tmp_path):
    own_folder.write(tmp_path / "a", "text")
    (tmp_path / "b").write_text("text")
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in "ab"]
    assert modes[0] == modes[1]
