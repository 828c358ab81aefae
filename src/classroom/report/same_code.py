"""Whose code is like whose, whatever the names: shared runs of syntax that others do not have.

As tools for finding copies do (Schleimer, Wilkerson and Aiken 2003, "Winnowing"), the code is cut
into overlapping runs of `RUN` steps of its syntax tree. What the task gave, what the solutions of
the lesson have, and what much of the class shares does not count. Names that the code itself binds
are all the same name; a comment of the learner's own counts by its words.

A place to look, not a verdict: of a short answer there is often one way to write it.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Iterator
import io
from itertools import combinations
import re
import tokenize

from classroom.report.likeness import Alike, joined

RUN = 8
WORDS = 3
FEWEST = 15  # runs; what is left of shorter code says nothing
ALIKE = 0.8
# What this many learners share, or a quarter of the class, is taken for common.
COMMON = 4
FENCED = re.compile(r"(?s)```(?:python|py)?\n(.*?)```")
LONGEST = 100_000  # letters


def same_code(
    code: dict[str, dict[str, str]], given: dict[str, list[str]], names: dict[str, str]
) -> list[Alike]:
    """Return who has code like whose, group by group, in each exercise.

    Parameters
    ----------
    code : dict
        Of each student, the texts of the answer cells by grade id.
    given : dict
        By grade id, texts that everybody may have from the lesson: stub, solution, worked solution.
    names : dict of str to str
        What to call an answer cell.
    """
    found = []
    for cell in sorted({cell for cells in code.values() for cell in cells}):
        exercise = names.get(cell, cell)
        base = frozenset().union(*(runs(text) for text in given.get(cell, ())))
        known = {
            student: runs(cells[cell]) - base for student, cells in code.items() if cell in cells
        }
        pairs = [
            Alike(pair, f"{exercise}: {share:.0%} of the code alike, names aside", share)
            for pair, share in _pairs(known)
        ]
        found += joined(pairs, f"{exercise}: {ALIKE:.0%} of the code alike or more, names aside")
    return found


def _pairs(known: dict[str, frozenset]) -> Iterator[tuple[tuple[str, str], float]]:
    often = Counter(run for own in known.values() for run in own)
    limit = max(COMMON, len(known) // 4)
    rare = {student: {run for run in own if often[run] <= limit} for student, own in known.items()}
    rare = {student: own for student, own in sorted(rare.items()) if len(own) >= FEWEST}
    for first, second in combinations(rare, 2):
        share = len(rare[first] & rare[second]) / min(len(rare[first]), len(rare[second]))
        if share >= ALIKE:
            yield (first, second), share


def runs(text: str) -> frozenset[tuple[str, ...]]:
    """Return the runs of syntax and of comments in a text; code that does not parse has few."""
    text = text[:LONGEST]
    steps = list(_steps(text))
    words = _comments(text)
    return frozenset(
        [tuple(steps[at : at + RUN]) for at in range(len(steps) - RUN + 1)]
        + [("#", *words[at : at + WORDS]) for at in range(len(words) - WORDS + 1)]
    )


def code_in(markdown: str) -> list[str]:
    """Return the blocks of code in a text, such as a worked solution."""
    return FENCED.findall(markdown)


def _steps(text: str) -> Iterator[str]:
    try:
        tree = ast.parse(text)
        own = _bound(tree)
        yield from _walk(tree, own)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        # Magics and half sentences: words and signs, as they stand.
        yield from re.findall(r"\w+|[^\w\s]", text)


def _bound(tree: ast.AST) -> set[str]:
    own = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            own.add(node.id)
        elif isinstance(node, ast.arg):
            own.add(node.arg)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            own.add(node.name)
    return own


def _walk(node: ast.AST, own: set[str]) -> Iterator[str]:
    if _is_docstring_or_bare_text(node):
        return
    yield type(node).__name__
    if isinstance(node, ast.Name):
        yield "·" if node.id in own else node.id
    elif isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.Constant):
        yield repr(node.value)
    elif isinstance(node, ast.keyword):
        yield str(node.arg)
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.expr_context):
            yield from _walk(child, own)


def _is_docstring_or_bare_text(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _comments(text: str) -> list[str]:
    words: list[str] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                words += re.findall(r"\w+", token.string.lower())
    except (tokenize.TokenError, SyntaxError, ValueError):
        pass
    return words


def given_by(lesson_cells: Iterable[tuple[str | None, str, str]]) -> dict[str | None, list[str]]:
    """Sort what a lesson gives away by answer cell.

    Parameters
    ----------
    lesson_cells : iterable of (grade id or None, kind, text)
        The cells of the lesson; a worked solution belongs to every answer cell.
    """
    found: dict[str | None, list[str]] = {}
    everywhere = []
    for name, kind, text in lesson_cells:
        if kind == "markdown":
            everywhere += code_in(text)
        elif name:
            found.setdefault(name, []).append(text)
        else:
            everywhere.append(text)
    return {name: [*texts, *everywhere] for name, texts in found.items()}
