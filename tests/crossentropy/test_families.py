"""What may import what: the families of src stand apart, and nothing goes in a circle."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src"
# A family on the left imports none of those on the right. What stands in no folder of its own
# (own_folder, quiet, …) is used by all and uses none.
FORBIDDEN = {
    "crossentropy": ["classroom"],
    "crossentropy.quiz": ["crossentropy.pictures", "crossentropy.experiment"],
    "crossentropy.pictures": ["crossentropy.quiz", "crossentropy.experiment"],
    "crossentropy.experiment": ["crossentropy.quiz"],
}
FAMILIES = [name for name in FORBIDDEN if "." in name]


def module_name(path):
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(SOURCE.rglob("*.py"))}


def imports(path, only_at_once=False):
    """Names of modules of ours that a file imports; those it needs at once, or all."""
    found = set()
    nodes = [ast.parse(path.read_text(encoding="utf-8"))]
    while nodes:
        node = nodes.pop()
        if only_at_once and isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            continue
        nodes += ast.iter_child_nodes(node)
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert not node.level, f"{path}: name the module in full"
            whole = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in MODULES else node.module for name in whole}
    return {name for name in found if name in MODULES} - {module_name(path)}


def belongs(module, family):
    return module == family or module.startswith(f"{family}.")


def test_every_module_is_looked_at():
    assert {"crossentropy.quiz.bank", "classroom.command", "crossentropy"} <= set(MODULES)


@pytest.mark.parametrize("family", FORBIDDEN)
def test_a_family_imports_none_that_it_must_not(family):
    for module, path in MODULES.items():
        if not belongs(module, family):
            continue
        for other in imports(path):
            assert not any(belongs(other, one) for one in FORBIDDEN[family]), f"{module}: {other}"


def test_what_all_families_use_uses_none_of_them():
    for module, path in MODULES.items():
        if belongs(module, "crossentropy") and module.count(".") == 1 and module not in FAMILIES:
            assert not [one for one in imports(path) if any(belongs(one, f) for f in FAMILIES)], (
                module
            )


def test_nothing_is_imported_in_a_circle():
    needs = {name: imports(path, only_at_once=True) for name, path in MODULES.items()}
    for name, path in MODULES.items():
        if path.name == "__init__.py":  # a family's face imports its modules, not they it
            continue
        needs[name] -= {name.rpartition(".")[0]}
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as circle:
        pytest.fail(" → ".join(circle.args[1]))
