"""Read a notebook file that may be anything: its cells, as plain values."""

import json
import re
from typing import Any

import nbformat

from classroom.grading.submissions import UnclearSubmissionError

LARGEST_NOTEBOOK = 64 * 2**20  # bytes; nearly all of a large notebook is stored pictures
MOST_CELLS = 3_000
CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


def read_cells(content: bytes, notes: list[str] | None = None) -> list[dict[str, Any]]:
    """Return the cells in a notebook file, each a dict of plain values.

    Parameters
    ----------
    content : bytes
    notes : list of str, optional
        A sentence on what was mended is added.

    Returns
    -------
    list of dict
        With `cell_type`, `source`, `metadata`, `id` and `attachments`.

    Raises
    ------
    UnclearSubmissionError
        When the file cannot be read as a notebook; the message continues "'name' …".
    """
    if len(content) > LARGEST_NOTEBOOK:
        raise UnclearSubmissionError(f"is larger than {LARGEST_NOTEBOOK // 2**20} MB.")
    if not content.strip(b"\0 \t\r\n"):
        raise UnclearSubmissionError("is empty.")
    try:
        text = _text(content).strip("\0 \t\r\n")
        record, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError, MemoryError) as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise UnclearSubmissionError(f"is damaged: it is no JSON{where}.") from None
    if not isinstance(record, dict):
        raise UnclearSubmissionError("is no notebook.")
    if text[end:].strip() and notes is not None:  # as a program leaves that writes over a file
        notes.append("Something stood after the end of the notebook and was left out.")
    version = record.get("nbformat")
    if isinstance(version, int) and version > 4:
        raise UnclearSubmissionError(f"is in the notebook format {version}, which is too new.")
    if "cells" not in record and "worksheets" in record:
        record = _upgraded(record)
    cells = record.get("cells")
    if not isinstance(cells, list):
        raise UnclearSubmissionError("is no notebook: it has no cells.")
    if len(cells) > MOST_CELLS:
        raise UnclearSubmissionError(f"has {len(cells)} cells, more than a lesson can have.")
    return [_plain(cell) for cell in cells if isinstance(cell, dict)]


def _text(content):
    marks = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    encoding = next((marks[mark] for mark in marks if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise UnclearSubmissionError("is not UTF-8 text; save it anew in Jupyter.") from None


def _upgraded(record):
    try:
        return dict(nbformat.convert(nbformat.from_dict(record), 4))
    except Exception:  # whatever an old and odd file makes the converter raise
        raise UnclearSubmissionError("is in an old notebook format and cannot be read.") from None


def _plain(cell):
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    metadata, kind, name = cell.get("metadata"), cell.get("cell_type"), cell.get("id")
    attachments = cell.get("attachments")
    return {
        "cell_type": kind if kind in ("code", "markdown") else "raw",
        "source": clean(source).replace("\r\n", "\n") if isinstance(source, str) else "",
        "metadata": metadata if isinstance(metadata, dict) else {},
        "id": name if isinstance(name, str) and CELL_ID.fullmatch(name) else "",
        "attachments": attachments if isinstance(attachments, dict) else {},
    }


def clean(text: str) -> str:
    """Return text that can be written as UTF-8: a lone surrogate becomes U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
