"""Where a lesson's text says how many points something earns, and what it should say.

A heading such as "## Exercise 1 · The loss (7 points)" claims the points of all that is graded
below it, up to the next heading of its rank; a line such as "**The rows (3 points).**" those of the
next graded cell.
"""

from collections.abc import Iterator
from dataclasses import dataclass
import re

from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_task

HEADING = re.compile(r"^(#+) .*?(?:\(|counts: )(\d+(?:\.\d+)?) points?\b.*$", re.MULTILINE)
LINE = re.compile(r"^\*{1,2}(?:[^*\n]*\()?(\d+(?:\.\d+)?) points?\b.*$", re.MULTILINE)
RANK = re.compile(r"^(#+) ", re.MULTILINE)


@dataclass(frozen=True)
class Claim:
    """A line of a markdown cell that claims points, and what it should claim."""

    cell: NotebookNode
    line: str
    said: float
    due: float

    @property
    def mended(self) -> str:
        """The line as it should be."""
        word = "point" if self.due == 1 else "points"
        return re.sub(
            rf"\b{self.said:g}(?:\.0)? points?\b", f"{self.due:g} {word}", self.line, count=1
        )


def points_of(cell: NotebookNode) -> float:
    """Return what a cell is worth; 0 of one that is not graded."""
    return float(cell.metadata.nbgrader["points"]) if is_grade(cell) or is_task(cell) else 0.0


def claims(notebook: NotebookNode) -> Iterator[Claim]:
    """Yield the claims of a lesson, in their order."""
    for place, cell in enumerate(notebook.cells):
        if cell.cell_type != "markdown" or is_grade(cell):
            continue
        below = notebook.cells[place + 1 :]
        for match in HEADING.finditer(cell.source):
            yield Claim(cell, match[0], float(match[2]), _section(below, len(match[1])))
        for match in LINE.finditer(cell.source):
            yield Claim(cell, match[0], float(match[1]), _next(below))


def wrong_claims(notebook: NotebookNode) -> list[str]:
    """Return a sentence for each heading that claims other points than its cells are worth."""
    return [
        f"'{claim.line.strip('# ')}': its cells are worth {claim.due:g}."
        for claim in claims(notebook)
        if claim.line.startswith("#") and claim.said != claim.due
    ]


def _section(below, rank):
    total = 0.0
    for cell in below:
        ranks = RANK.findall(cell.source) if cell.cell_type == "markdown" else []
        if any(len(each) <= rank for each in ranks):
            break
        total += points_of(cell)
    return total


def _next(below):
    return next((points for cell in below if (points := points_of(cell))), 0.0)
