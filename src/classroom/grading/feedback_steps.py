"""The step that says on a feedback page why a test failed, and keeps hidden tests hidden.

nbgrader's own pages show the source of every test, hidden ones too, and tracebacks that quote it.
"""

import contextlib
import re
from typing import Any

import nbformat
from nbgrader.preprocessors import ClearHiddenTests, NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution

COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
SHORTEST_LINE = 12  # letters; shorter lines such as "else:" tell nothing and stand everywhere
LONGEST_REASON = 1_500  # letters; a comparison of arrays by NumPy has some hundred
NOT_PASSED = "Not passed: "
LEFT_OUT = "(This output was left out: it shows a test.)"
PLAIN_WORDS = {
    "NotImplementedError": "the exercise is not solved yet.",
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
                cell.outputs = [without(hidden, output) for output in cell.outputs]
        for cell in tests:
            tell(cell)
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
        return {line for line in lines if len(line) >= SHORTEST_LINE}


def _is_test(cell):
    return cell.cell_type == "code" and is_grade(cell) and not is_solution(cell)


def tell(cell: nbformat.NotebookNode) -> None:
    """Replace the traceback of a test cell by one sentence on why it failed; in place."""
    errors = [output for output in cell.outputs if output.output_type == "error"]
    if not errors:
        return
    error = next((each for each in errors if each.evalue), errors[0])
    text = f"{NOT_PASSED}{reason(error.ename, error.evalue)}"
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


def without(hidden: set[str], output: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return an output, or in its place a remark when it quotes a line of a hidden test."""
    if not any(line in text for text in _texts(output) for line in hidden):
        return output
    if output.output_type == "error":
        return nbformat.v4.new_output("error", ename=output.ename, **_quiet_error(output, hidden))
    return nbformat.v4.new_output("stream", name="stdout", text=LEFT_OUT)


def _quiet_error(output, hidden):
    # A traceback quotes the test that failed, and only that is to go; the message may stay.
    quoted = any(line in COLOUR.sub("", str(output.evalue)) for line in hidden)
    message = LEFT_OUT if quoted else output.evalue
    return {"evalue": message, "traceback": [f"{output.ename}: {message}"]}


def _texts(output):
    if output.output_type == "stream":
        parts = [output.text]
    elif output.output_type == "error":
        parts = [output.evalue, *output.traceback]
    else:
        parts = output.get("data", {}).values()
    for part in parts:
        plain = COLOUR.sub("", part if isinstance(part, str) else str(part))
        yield plain
        # Printed as a value, a text has its newlines and quotes escaped.
        yield plain.replace("\\n", "\n").replace("\\'", "'").replace('\\"', '"')
