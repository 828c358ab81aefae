"""Make the outputs of executed cells such that nbgrader's rules score them rightly.

Whether a number is a score is judged here and nowhere else.
"""

import ast
import contextlib
import re

import nbformat

from classroom.grading.kernels.account import KEY, read_number
from classroom.notebook_files import grade_id


def joined(outputs: list) -> list:
    """Return the outputs with neighbouring pieces of one stream put together."""
    found = []
    for output in outputs:
        stream = output.output_type == "stream"
        last = found[-1] if found else {}
        if (
            stream
            and last.get("output_type") == "stream"
            and last.get("name") == output.get("name")
        ):
            last["text"].append(output.text)
        else:
            found.append(output)
            if stream:
                output["text"] = [output.text]
    for output in found:
        if output.output_type == "stream":
            output["text"] = "".join(map(str, output["text"]))
    return found


def without_results(outputs: list) -> list:
    """Return the outputs without results, which nbgrader reads as points and anything can print."""
    return [output for output in outputs if output.output_type != "execute_result"]


def drop_invalid(cell: nbformat.NotebookNode) -> None:
    """Drop outputs that no notebook may hold: a kernel can send anything."""
    kept = []
    for output in cell.outputs:
        with contextlib.suppress(Exception):
            nbformat.validate(output, ref=output.output_type, version=4)
            kept.append(output)
    cell.outputs = kept


def add_missing_error(cell: nbformat.NotebookNode, reply: dict | None) -> None:
    """Put an error into the outputs when the reply tells of one that they do not show."""
    if reply is None or reply.get("status") != "error":
        return
    name = str(reply.get("ename", "Error"))
    if any(one.output_type == "error" and one.ename == name for one in cell.outputs):
        return
    traceback = reply.get("traceback")
    if not isinstance(traceback, list) or not traceback:
        traceback = ["ERROR: An error occurred while showtraceback was disabled"]
    cell.outputs.append(
        nbformat.v4.new_output(
            "error",
            ename=name,
            evalue=str(reply.get("evalue", "")),
            traceback=[str(line) for line in traceback],
        )
    )


def make_honest(cell: nbformat.NotebookNode, reply: dict | None) -> list[str]:
    """Make the outputs of a cell that scores such that nbgrader's rules score it rightly; in place.

    Text on stderr, which would cost all points, becomes ordinary output. A result, which anything
    can print, is replaced by the number that the kernel reports for the cell's last expression.
    What is neither a number nor nothing, which would earn full marks, becomes an error.

    Parameters
    ----------
    cell : nbformat.NotebookNode
        An executed code cell.
    reply : dict or None
        The content of the kernel's reply.

    Returns
    -------
    list of str
        Flags for a person.
    """
    for output in cell.outputs:
        if output.output_type == "stream":
            output.name = "stdout"
    cell.outputs = without_results(cell.outputs)
    reply = reply or {}
    account = reply.get(KEY)
    if any(one.output_type == "error" for one in cell.outputs):
        return []
    if reply.get("status") != "ok" or not isinstance(account, dict):
        add_error(cell, "GuardError", "The judge gave no account of this cell.")
        return [f"{name_of(cell)}: the judge gave no account of it, so it scores 0."]
    final = _last_expression(cell.source)
    if final is None:
        return []
    kind, text = read_number(account.get("number"))
    most = float(cell.metadata.nbgrader.get("points", 0))
    if kind == "number" and 0 <= float(text) <= most:
        cell.outputs.append(
            nbformat.v4.new_output(
                "execute_result", {"text/plain": text}, execution_count=cell.execution_count
            )
        )
        return []
    if kind == "nothing" and not _gives_points(final):
        return []
    ending = {"number": f"{text} points", "nothing": "nothing"}.get(kind, "no number")
    add_error(
        cell,
        "ScoreError",
        f"This cell ended in {ending}, where a number from 0 to {most:g} was expected.",
    )
    return [f"{name_of(cell)} ended in {ending} of {most:g} points, so it scores 0."]


def _last_expression(source):
    """Return the syntax tree of the expression whose value a cell displays, or None."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    if not tree.body or not isinstance(tree.body[-1], ast.Expr):
        return None
    last = tree.body[-1]
    # Only a semicolon and a comment can follow it.
    rest = "\n".join(source.split("\n")[last.end_lineno - 1 :]).encode()[last.end_col_offset :]
    return None if re.match(rb"[\s\\]*;", rest) else last.value


def _gives_points(expression):
    """Whether an expression stands there for its number, by the name of what it calls."""
    if not isinstance(expression, ast.Call):
        return False
    function = expression.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return any(word in name.lower() for word in ("points", "score", "grade"))


def name_of(cell: nbformat.NotebookNode) -> str:
    """Return how a cell is called in sentences for a person."""
    return f"cell '{grade_id(cell) or cell.get('id', '?')}'"


def add_error(cell: nbformat.NotebookNode, name: str, message: str) -> None:
    """Put an error into the outputs of a cell."""
    cell.outputs.append(
        nbformat.v4.new_output(
            "error", ename=name, evalue=message, traceback=[f"\x1b[0;31m{name}\x1b[0m: {message}"]
        )
    )
