"""What stands beside the notebook: a file of answers, the time, names that clash."""

from datetime import datetime
import json
import posixpath
import re

from nbgrader.utils import parse_utc

from classroom.grading.lesson import Lesson
from classroom.grading.submissions import readable


def check_answers(lesson: Lesson, files: dict[str, bytes], doubts: list[str]) -> None:
    """Doubt a file of answers that cannot be read, or that a download has renamed."""
    for name in lesson.learners_files:
        stem, ending = posixpath.splitext(name)
        if ending != ".json":
            continue
        if name in files:
            try:
                damaged = not isinstance(json.loads(files[name]), dict)
            except (ValueError, RecursionError, MemoryError):
                damaged = True
            if damaged:
                doubts.append(f"'{name}' is damaged, so the answers in it earned nothing.")
            continue
        copies = [other for other in files if re.fullmatch(rf"{stem}\W*\w*\W*\.json", other)]
        copies = [other for other in copies if other not in lesson.learners_files]
        if copies:
            doubts.append(
                f"There is no '{name}' but '{readable(copies[0])}'; rename it if it is the same."
            )


def read_timestamp(content: bytes | None, doubts: list[str]) -> datetime | None:
    """Return when a submission was handed in, in UTC, when its `timestamp.txt` says so."""
    if content is None:
        return None
    try:
        text = content.decode().strip()
        return parse_utc(text) if text else None
    except (ValueError, OverflowError, TypeError, AttributeError):
        doubts.append("'timestamp.txt' cannot be read, so it is not known whether this was late.")
        return None


def without_clashes(files: dict[str, bytes]) -> dict[str, bytes]:
    """Drop a file whose name is needed as a folder of another one."""
    folders = {
        "/".join(parts[:depth])
        for name in files
        for parts in [name.split("/")]
        for depth in range(1, len(parts))
    }
    return {name: content for name, content in files.items() if name not in folders}
