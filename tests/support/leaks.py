"""What only a teacher may know, and whether it stands in something that others get.

Both are compared without anything but letters and digits, so that quotes, line breaks, tags of a
highlighter and escapes of JSON do not hide a leak. What is sealed is not found: a seal keeps a
reader from seeing an answer by accident, and no more (`crossentropy.quiz.sealed`).
"""

import base64
import binascii
import contextlib
from functools import cache
import gzip
import html
import io
import json
from pathlib import Path
import re
import zipfile

import yaml

from classroom import notebook_files
from classroom.authoring.worked_solutions import is_worked_solution
from classroom.course import lesson_names

SECRET = re.compile(r"### BEGIN (SOLUTION|HIDDEN TESTS|MARK SCHEME)\n(.*?)### END \1", re.DOTALL)
CALLED = {
    "SOLUTION": "solution",
    "HIDDEN TESTS": "hidden test",
    "MARK SCHEME": "marking scheme",
}
FRAGMENT = 30  # letters and digits: shorter ones stand in lessons by chance
BLOCK = FRAGMENT // 2
BASE64 = re.compile(r"[A-Za-z0-9+/\n]{40,}={0,2}")
TAG = re.compile(r"<[^<>]*>")


def squashed(text):
    """Return the letters and digits of a text."""
    return re.sub(r"[\W_]+", "", text.lower())


def secrets(course):
    """Return what learners may not find: for each kind, the fragments of text that betray it.

    Of code these are two lines that follow each other (a worked solution has both), of prose one
    line. What stands in an open cell of a source too is no secret.
    """
    found, open_text = {}, []
    for lesson in lesson_names(course):
        path = course / "solutions" / lesson / f"{lesson}.ipynb"
        for cell in notebook_files.read(path).cells:
            if is_worked_solution(cell):
                found.setdefault("worked solution", set()).update(_lines(cell.source, 2))
                continue
            for kind, body in SECRET.findall(cell.source):
                size = 2 if cell.cell_type == "code" else 1
                found.setdefault(CALLED[kind], set()).update(_lines(body, size))
            open_text.append(SECRET.sub("\n", cell.source))
    for path in (course / "solutions").glob("*.challenge.yaml"):
        for question in yaml.safe_load(path.read_text())["questions"]:
            for option in question.get("options", []):
                found.setdefault("challenge key", set()).update(_lines(option.get("why", ""), 1))
            for field in ("worked", "explanation", "hint"):
                found["challenge key"].update(_lines(str(question.get(field, "")), 1))
    known = squashed("\n".join(open_text))
    return {
        kind: {one for one in fragments if one not in known} for kind, fragments in found.items()
    }


def _lines(text, size):
    plain = (line for line in text.splitlines() if "```" not in line)
    lines = [one for one in map(squashed, plain) if one]
    joined = ("".join(lines[place : place + size]) for place in range(len(lines) - size + 1))
    return {one for one in joined if len(one) >= FRAGMENT}


def files_in(folder):
    """Return the content of each file below a folder by its name there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(Path(folder).rglob("*"))
        if path.is_file()
    }


def leaks(files, hidden):
    """Return the leaks in some files, as pairs of the file's name and the kind of secret.

    Parameters
    ----------
    files : dict
        Bytes by the file's name.
    hidden : dict
        What `secrets` returns.
    """
    # Wherever a fragment begins in a text, one of the text's blocks lies whole in its first two.
    blocks = {}
    for kind, fragments in hidden.items():
        for fragment in fragments:
            for before in range(BLOCK):
                block = fragment[before : before + BLOCK]
                blocks.setdefault(block, []).append((before, fragment, kind))
    found = set()
    for name, content in files.items():
        for text in _squashed_texts(name, content):
            for place in range(0, len(text), BLOCK):
                for before, fragment, kind in blocks.get(text[place : place + BLOCK], ()):
                    if before <= place and text.startswith(fragment, place - before):
                        found.add((name, kind))
    return sorted(found)


@cache
def _squashed_texts(name, content):
    return [squashed(text) for text in (name, *_texts(name, content))]


def _texts(name, content):
    """All that a search may turn up in a file: its text, and what is packed or encoded in it."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                yield member
                yield from _texts(member, archive.read(member))
        return
    if content.startswith(b"\x1f\x8b"):
        content = gzip.decompress(content)
    text = content.decode("utf-8", errors="ignore")
    yield text
    values = [text]
    with contextlib.suppress(ValueError):
        values = list(_strings(json.loads(text)))
    if len(values) > 1:
        yield "\n".join(values)
    if "<" in text:
        yield html.unescape(TAG.sub("", "\n".join(values)))
    if not name.endswith(".sealed.json"):
        for value in values:
            yield from _decoded(value)


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _strings(inner)
    elif isinstance(value, list):
        # The lines of a cell are a list of texts.
        lines = [one for one in value if isinstance(one, str)]
        yield "".join(lines)
        for inner in value:
            if not isinstance(inner, str):
                yield from _strings(inner)


def _decoded(text):
    for found in BASE64.findall(text):
        packed = found.replace("\n", "")
        try:
            yield base64.b64decode(packed + "=" * (-len(packed) % 4)).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            continue
