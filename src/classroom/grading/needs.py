"""What a graded cell needs beside itself: cells of the teacher's, and names of the learner's.

A name means what the teacher's notebook says: where a lesson's own cell binds it, that cell is run
in the judge; where an answer cell binds it, or none, it is asked of the learner's kernel.
"""

import ast
import builtins
from dataclasses import dataclass
from functools import lru_cache
import keyword
import symtable

from IPython.core.inputtransformer2 import TransformerManager

from classroom.grading.job import CodeCell

TRAINS = ("fit", "attempt", "train", "train_on_batch")
JUPYTERS = {"In", "Out", "display", "exit", "get_ipython", "quit"}  # each kernel has its own
# Cells: enough for a lesson's, which most submissions share; those of learners' own soon go again.
KEPT = 500
LOOK_AROUND = {"globals", "locals", "eval", "exec", "vars", "get_ipython"}


@dataclass(frozen=True)
class Needs:
    """The sources of cells to run first, and the names to ask for."""

    setup: tuple[str, ...]
    names: tuple[str, ...]


@lru_cache(KEPT)
def needs_of(source: str, grade_id: str, cells: tuple[CodeCell, ...]) -> Needs:
    """Return what a graded cell needs; worked out once for a class.

    Parameters
    ----------
    source : str
    grade_id : str
    cells : tuple of CodeCell
        The code cells of the teacher's notebook, in their order; those from the graded one on are
        passed over.
    """
    before = []
    for cell in cells:
        if cell.grade_id == grade_id and cell.kind == "graded":
            break
        before.append(cell)
    needed, names = set(), set()
    _collect(source, before, needed, names)
    # What an answer cell imports is the teacher's to say, too: a module is no answer.
    imports = {
        name: line
        for cell in before
        if cell.kind == "answer"
        for name, line in _imports(cell.source).items()
        if name in names
    }
    setup = [cell.source for index, cell in enumerate(before) if index in needed]
    return Needs((*imports.values(), *setup), tuple(sorted(names - imports.keys())))


def _collect(source, before, needed, names):
    """Add the places of cells to run and the names to ask for; whether the source can be run."""
    for name in names_used(source):
        place = next(
            (
                index
                for index in reversed(range(len(before)))
                if name in bound_by(before[index].source)
            ),
            None,
        )
        cell = None if place is None else before[place]
        if cell is None:
            if not hasattr(builtins, name):
                names.add(name)
        elif cell.kind == "answer":
            names.add(name)
        elif cell.kind == "lesson" and place not in needed:
            deeper, others = set(needed), set()
            if not _is_heavy(cell.source):
                _collect(cell.source, before[:place], deeper, others)
            # What rests on an answer, or would train, is taken as the learner's kernel has it.
            if _is_heavy(cell.source) or others:
                names.add(name)
            else:
                needed |= {*deeper, place}


def _imports(source):
    """Return the names that a cell imports at its top, each with a line that imports it alone."""
    found, tree = {}, _tree(source)
    for node in tree.body if tree else ():
        if isinstance(node, ast.Import | ast.ImportFrom):
            for one in node.names:
                line = ast.Import([one]) if isinstance(node, ast.Import) else None
                line = line or ast.ImportFrom(node.module, [one], node.level)
                found[(one.asname or one.name).split(".")[0]] = ast.unparse(line)
    return found


def _is_heavy(source):
    tree = _tree(source)
    return tree is not None and any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in TRAINS
        for node in ast.walk(tree)
    )


def _text(source):
    try:
        return TransformerManager().transform_cell(source)
    except Exception:  # whatever a cell holds that is no Python
        return ""


def _tree(source):
    try:
        return ast.parse(_text(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _table(source):
    try:
        return symtable.symtable(_text(source), "cell", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


@lru_cache(KEPT)
def names_used(source: str) -> frozenset[str]:
    """Return the global names that a cell reads, and texts that may be such names."""
    table, tree = _table(source), _tree(source)
    if table is None or tree is None:
        return frozenset()
    found, waiting = set(), [table]
    while waiting:
        one = waiting.pop()
        waiting += one.get_children()
        top = one.get_type() == "module"
        found |= {
            symbol.get_name()
            for symbol in one.get_symbols()
            if symbol.is_referenced() and (top or symbol.is_global())
        }
    found |= {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Del) and node.id in _top(table)
    }
    if found & LOOK_AROUND:
        found |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and node.value.isidentifier()
            and not keyword.iskeyword(node.value)
        }
        for node in ast.walk(tree):  # eval("double(3)")
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                with_text = _tree(node.value) if len(node.value) < 10_000 else None
                found |= (
                    {part.id for part in ast.walk(with_text) if isinstance(part, ast.Name)}
                    if with_text
                    else set()
                )
    return frozenset(found - _bound_first(tree) - JUPYTERS)


@lru_cache(KEPT)
def bound_by(source: str) -> frozenset[str]:
    """Return the global names that a cell binds."""
    table = _table(source)
    if table is None:
        return frozenset()
    found, waiting = _top(table), table.get_children()
    while waiting:
        one = waiting.pop()
        waiting += one.get_children()
        found |= {
            each.get_name()
            for each in one.get_symbols()
            if each.is_declared_global() and each.is_assigned()
        }
    return frozenset(found)


def _top(table):
    return {one.get_name() for one in table.get_symbols() if one.is_assigned() or one.is_imported()}


def _bound_first(tree):
    """Return the names that a cell binds by whole statements before anything could read them."""
    bound, read = set(), set()
    for statement in tree.body:
        loads = {
            node.id
            for node in ast.walk(statement)
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Store)
        }
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            read |= {*loads} - bound - {statement.name}
            if statement.name not in read:
                bound.add(statement.name)
        elif isinstance(statement, ast.Import | ast.ImportFrom):
            names = {(one.asname or one.name).split(".")[0] for one in statement.names}
            bound |= names - read
        else:
            read |= loads - bound
            if isinstance(statement, ast.Assign):
                stored = {
                    node.id
                    for target in statement.targets
                    for node in ast.walk(target)
                    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
                }
                bound |= stored - read
    return bound
