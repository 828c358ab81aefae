"""The steps that we add to nbgrader's own when it makes the learners' version of a lesson."""

import re
from typing import Any
from urllib.parse import unquote

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution

from classroom.authoring.worked_solutions import is_worked_solution
from classroom.notebook_files import normalise

Resources = dict[str, Any]
Result = tuple[NotebookNode, Resources]

KEEP_OUTPUT = "keep-output"
HIDE_OUTPUT = "hide-output"
MAY_FAIL = "raises-exception"
SECTION = re.compile(r"^## ", re.MULTILINE)
ASKS = re.compile(r"quiz\.(ask|bet|predict)\(")
ATTACHED = re.compile(r"attachment:([^)\s\"'>]+)")
CALL = re.compile(r"quiz\.(predict|reveal)\(\s*\"([^\"]+)\"")


class DropWorkedSolutions(NbGraderPreprocessor):
    """Leave out the cells with worked solutions; learners get them sealed (`worked_solutions`)."""

    def preprocess(self, notebook: NotebookNode, resources: Resources) -> Result:
        """Change a notebook; in place."""
        notebook.cells = [cell for cell in notebook.cells if not is_worked_solution(cell)]
        return notebook, resources


class KeepLessonOutputs(NbGraderPreprocessor):
    """Keep the outputs of lesson cells, so that a reader sees the pictures; nothing else.

    From the first cell that holds an answer on, an output may show what only the answer gives, so
    it is cleared, unless a person has tagged the cell `keep-output`.
    """

    def preprocess(self, notebook: NotebookNode, resources: Resources) -> Result:
        """Change a notebook; in place."""
        answers_seen = False
        for cell in notebook.cells:
            graded = is_solution(cell) or is_grade(cell)
            answers_seen = answers_seen or graded
            kept = not answers_seen or (not graded and KEEP_OUTPUT in cell.metadata.get("tags", []))
            if cell.cell_type == "code" and not kept:
                cell.outputs = []
                cell.execution_count = None
        return notebook, resources


class HideWhatIsToBePredicted(NbGraderPreprocessor):
    """Clear the outputs from a prediction to the end of the section that reveals it.

    The run, its picture and the reveal would stand in sight of the card and give the answer away.
    Who runs the cells sees them. What only asks stays, and so does what a person has tagged
    `keep-output`; the tag `hide-output` clears a cell of a later section.
    """

    def preprocess(self, notebook: NotebookNode, resources: Resources) -> Result:
        """Change a notebook; in place."""
        waiting, hidden = set(), False
        for cell in notebook.cells:
            if cell.cell_type != "code":
                hidden = bool(waiting) or (hidden and not SECTION.search(cell.source))
                continue
            tags = cell.metadata.get("tags", [])
            shown = ASKS.search(cell.source) or KEEP_OUTPUT in tags
            if HIDE_OUTPUT in tags or (hidden and not shown):
                cell.outputs = []
                cell.execution_count = None
            for verb, question in CALL.findall(cell.source):
                (waiting.add if verb == "predict" else waiting.discard)(question)
            hidden = hidden or bool(waiting)
        return notebook, resources


class DropAttachments(NbGraderPreprocessor):
    """Drop the pictures pasted into a cell that its text shows no more: they were in the answer."""

    def preprocess_cell(self, cell: NotebookNode, resources: Resources, index: int) -> Result:
        """Change a cell; in place."""
        pasted = cell.pop("attachments", {})
        shown = {unquote(name) for name in ATTACHED.findall(cell.source)}
        if kept := {name: each for name, each in pasted.items() if unquote(name) in shown}:
            cell["attachments"] = kept
        return cell, resources


class LetUnsolvedCellsFail(NbGraderPreprocessor):
    """Tag what fails until it is solved, so that "Run All" goes past it."""

    def preprocess_cell(self, cell: NotebookNode, resources: Resources, index: int) -> Result:
        """Change a cell; in place."""
        if cell.cell_type == "code" and (is_solution(cell) or is_grade(cell)):
            tags = cell.metadata.get("tags", [])
            cell.metadata["tags"] = sorted({*tags, MAY_FAIL})
        return cell, resources


class Normalise(NbGraderPreprocessor):
    """Make the notebook the same bytes at each release."""

    def preprocess(self, notebook: NotebookNode, resources: Resources) -> Result:
        """Change a notebook; in place."""
        for cell in notebook.cells:
            tags = cell.metadata.get("tags", [])
            cell.metadata["tags"] = [tag for tag in tags if tag not in (KEEP_OUTPUT, HIDE_OUTPUT)]
        return normalise(notebook), resources
