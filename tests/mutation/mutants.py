"""Mutants of an answer: its text with one small thing changed, as a slip would change it.

The changes are mutmut's, and some that matter where arrays are computed: another axis, a call left
out, a number doubled or one less, a comparison turned round.
"""

from collections.abc import Iterator
import difflib

import libcst as cst
import libcst.matchers as m
from mutmut.mutation.mutators import mutation_operators

LIBRARIES = {"keras", "layers", "losses", "math", "np", "tf"}
TURNED = {
    cst.LessThan: cst.GreaterThanEqual,
    cst.GreaterThan: cst.LessThanEqual,
    cst.LessThanEqual: cst.GreaterThan,
    cst.GreaterThanEqual: cst.LessThan,
}


def _axis(node):
    if m.matches(node, m.Arg(keyword=m.Name("axis"))):
        last = cst.Module([]).code_for_node(node.value) in ("1", "-1")  # the same in a batch
        for value in ("0", "None") if last else ("1", "None"):
            if cst.Module([]).code_for_node(node.value) != value:
                yield node.with_changes(value=cst.parse_expression(value))


def _call_left_out(node):
    positional = [one for one in node.args if one.keyword is None and not one.star]
    if positional:
        yield positional[0].value.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    if m.matches(node.func, m.Attribute()) and not _is_library(node.func.value):
        yield node.func.value


def _is_library(node):
    return m.matches(node, m.Name() | m.Attribute()) and (
        cst.Module([]).code_for_node(node).split(".")[0] in LIBRARIES
    )


def _number(node):
    if isinstance(node, cst.Float):
        yield node.with_changes(value=repr(2 * node.evaluated_value))
    elif isinstance(node, cst.Integer):
        yield cst.parse_expression(f"({node.evaluated_value - 1})")


def _comparison(node):
    if other := TURNED.get(type(node.operator)):
        yield node.with_changes(operator=other())


OPERATORS = [
    *mutation_operators,
    (cst.Arg, _axis),
    (cst.Call, _call_left_out),
    (cst.BaseNumber, _number),
    (cst.ComparisonTarget, _comparison),
]


def mutants(source: str) -> dict[str, str]:
    """Return the texts of the mutants, each by what is changed: `old line -> new line`."""
    module = cst.parse_module(source)
    found = {}
    for node in _mutable(module):
        for kind, operator in OPERATORS:
            if not isinstance(node, kind):
                continue
            for changed in operator(node):
                text = module.deep_replace(node, changed).code
                if text != source and (name := _difference(source, text)) and _compiles(text):
                    found.setdefault(name, text)
    return found


def _mutable(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Yield the nodes that decide what an answer gives: no docstring, annotation or message."""
    if isinstance(node, cst.Annotation | cst.Raise) or m.matches(
        node, m.SimpleStatementLine([m.Expr(m.SimpleString() | m.ConcatenatedString())])
    ):
        return
    yield node
    for child in node.children:
        yield from _mutable(child)


def _difference(old, new):
    """Return the lines that differ, as one text."""
    lines = list(difflib.ndiff(old.splitlines(), new.splitlines()))
    was = " ".join(line[2:].strip() for line in lines if line.startswith("- "))
    becomes = " ".join(line[2:].strip() for line in lines if line.startswith("+ "))
    return f"{was} -> {becomes}"


def _compiles(text):
    try:
        compile(text, "mutant", "exec")
    except SyntaxError:
        return False
    return True
