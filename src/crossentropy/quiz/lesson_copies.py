"""The learner's copies of the lessons, which lie beside the notebook: their sections, exercises."""

from __future__ import annotations

import json
import re

from crossentropy import own_folder
from crossentropy.quiz import bank

PASSES = re.compile(r"quiz\.passed\(\s*[\"']([\w-]+)[\"']\s*\)")


def link(lesson: str, section: str = "") -> str:
    """Markdown of a link to a lesson's notebook, or to a section of it (`accessible.js`)."""
    wanted = re.compile(rf"^#+ {re.escape(section)}\s*$", re.MULTILINE)
    cells = _cells(lesson) if section else {}
    cell = next((name for name, source in cells.items() if wanted.search(source)), "")
    fragment = f"#cell-id={cell}" if cell else ""
    return f"[{section or bank.title(lesson)}](../{lesson}/{lesson}.ipynb{fragment})"


def exercises(lesson: str) -> list[str]:
    """Names of the exercises of a lesson, as its graded cells give them to `quiz.passed`."""
    found = [name for source in _cells(lesson).values() for name in PASSES.findall(source)]
    return list(dict.fromkeys(found))


def _cells(lesson: str) -> dict[str, str]:
    """Source of each cell by its id; empty where the learner has no such lesson."""
    path = own_folder.home().parent / lesson / f"{lesson}.ipynb"
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return {cell["id"]: "".join(cell["source"]) for cell in cells}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
