"""The step that says on a feedback page why a test failed, and keeps hidden tests hidden.

nbgrader's own pages show the source of every test, hidden ones too, and tracebacks that quote it.
"""

import contextlib
import html
import re
from typing import Any

import nbformat
from nbgrader.preprocessors import ClearHiddenTests, NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution

from classroom.notebook_files import drop_widgets

COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
SHORTEST_LINE = 12  # letters; shorter lines such as "else:" tell nothing and stand everywhere
LONGEST_REASON = 1_500  # letters; a comparison of arrays by NumPy has some hundred
NOT_PASSED = "Not passed: "
LEFT_OUT = "(This output was left out: it shows a test.)"
PLAIN_WORDS = {
    "NotImplementedError": "the exercise is not solved yet.",
    "StdinNotImplementedError": "input() has no answer when a notebook is graded, since nobody is "
    "there; write the value into the cell.",
    "CellTimeoutError": "it took longer than is allowed; is there a loop that never ends?",
}


class TellWhatFailed(NbGraderPreprocessor):
    """Say why a test failed in the words of its message; hide the source of hidden tests."""

    def preprocess(
        self, notebook: nbformat.NotebookNode, resources: dict[str, Any]
    ) -> tuple[nbformat.NotebookNode, dict[str, Any]]:
        """Change a notebook; in place."""
        self.hiding = ClearHiddenTests(parent=self, config=self.config)
        tests = [cell for cell in notebook.cells if _is_test(cell)]
        hidden = set()
        for cell in tests:
            hidden |= self._hide(cell)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                drop_widgets(cell)
                cell.outputs = without(hidden, cell.outputs)
        failed = None  # the last error in a cell above that is no test
        for cell in notebook.cells:
            if _is_test(cell):
                tell(cell, failed)
            elif cell.cell_type == "code":
                failed = _error_of(cell) or failed
        return notebook, resources

    def _hide(self, cell):
        """Take the hidden tests out of a cell; return their lines."""
        before = cell.source.split("\n")
        # A delimiter that is never closed hides the rest of the cell.
        cell.source += f"\n### {self.hiding.end_test_delimeter}"
        with contextlib.suppress(RuntimeError):  # nested delimiters: nothing of it is shown
            self.hiding._remove_hidden_test_region(cell)
        if self.hiding.begin_test_delimeter in cell.source:
            cell.source = ""
        shown = cell.source.split("\n")
        if shown and self.hiding.end_test_delimeter in shown[-1]:
            shown.pop()
        cell.source = "\n".join(shown).rstrip()
        kept = {line.strip() for line in shown}
        lines = {line.strip() for line in before} - kept
        return {squeezed(line) for line in lines if len(squeezed(line)) >= SHORTEST_LINE}


def _is_test(cell):
    return cell.cell_type == "code" and is_grade(cell) and not is_solution(cell)


def _error_of(cell):
    errors = [output for output in cell.outputs if output.output_type == "error"]
    return next((each for each in errors if each.evalue), errors[0] if errors else None)


def tell(cell: nbformat.NotebookNode, failed: nbformat.NotebookNode | None = None) -> None:
    """Replace the traceback of a test cell by one sentence on why it failed; in place.

    Parameters
    ----------
    cell : nbformat.NotebookNode
    failed : nbformat.NotebookNode, optional
        The error of a cell above, which may be why a name is missing in the test.
    """
    error = _error_of(cell)
    if error is None:
        return
    text = f"{NOT_PASSED}{reason(error.ename, error.evalue)}"
    if failed is not None and error.ename == "NameError":
        text = f"{text} A cell above ended early: {reason(failed.ename, failed.evalue)}"
    printed = [output for output in cell.outputs if output.output_type == "stream"]
    cell.outputs = [*printed, nbformat.v4.new_output("display_data", {"text/plain": text})]


def reason(name: str, message: str) -> str:
    """Return why a test failed, from the name and the message of its error."""
    message = COLOUR.sub("", str(message)).strip()
    if len(message) > LONGEST_REASON:
        message = f"{message[:LONGEST_REASON]} …"
    if name == "AssertionError":
        return message or "an assertion of the test does not hold."
    if name in PLAIN_WORDS:
        return PLAIN_WORDS[name]
    if name in ("DeadKernelError", "NotRunError", "ScoreError"):
        return message
    return f"{name}: {message}" if message else f"{name}."


def without(hidden: set[str], outputs: list[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    """Return the outputs of a cell, with a remark in the place of what quotes a hidden test.

    Parameters
    ----------
    hidden : set of str
        The lines of hidden tests, `squeezed`.
    outputs : list of nbformat.NotebookNode
    """
    shown = [_without(hidden, output) for output in outputs]
    # One word an output is a line, too.
    whole = "".join(squeezed(text) for output in shown for text in _texts(output))
    if any(line in whole for line in hidden):
        return [nbformat.v4.new_output("stream", name="stdout", text=LEFT_OUT)]
    return shown


def _without(hidden, output):
    if not any(line in squeezed(text) for text in _texts(output) for line in hidden):
        return output
    if output.output_type == "error":
        return nbformat.v4.new_output("error", ename=output.ename, **_quiet_error(output, hidden))
    return nbformat.v4.new_output("stream", name="stdout", text=LEFT_OUT)


def _quiet_error(output, hidden):
    # A traceback quotes the test that failed, and only that is to go; the message may stay.
    quoted = any(line in squeezed(str(output.evalue)) for line in hidden)
    message = LEFT_OUT if quoted else output.evalue
    return {"evalue": message, "traceback": [f"{output.ename}: {message}"]}


def squeezed(text: str) -> str:
    """Return a text without blanks, tags and colours, however it was printed.

    Printed as a value, a text has its newlines and quotes escaped.
    """
    text = COLOUR.sub("", text).replace("\\n", "").replace("\\'", "'").replace('\\"', '"')
    return "".join(html.unescape(TAG.sub("", text)).split())


def _texts(output):
    if output.output_type == "stream":
        parts = [output.text]
    elif output.output_type == "error":
        parts = [output.evalue, *output.traceback]
    else:
        parts = output.get("data", {}).values()
    return [part if isinstance(part, str) else str(part) for part in parts]
