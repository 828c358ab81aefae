"""Which libraries a learner's function relies on, by the text that was handed in.

`crossentropy.libraries_used` looks at what names are, which the judge cannot: there the function is
a proxy. So it follows the names through the text. What makes names or code of texts cannot be
followed and counts as every library.
"""

import ast
from collections.abc import Callable, Iterator
import sys

from IPython.core.inputtransformer2 import TransformerManager

EVERY = {"keras", "scipy", "tensorflow"}
DYNAMIC = {"__import__", "compile", "eval", "exec", "globals", "vars", "getattr_static"}
DYNAMIC_MODULES = {
    "importlib",
    "builtins",
    "__main__",
    "gc",
    "inspect",
    "ctypes",
    "runpy",
    "pkgutil",
}


class Texts:
    """The learner's cells and modules.

    Parameters
    ----------
    cells : list of str
        Sources of the cells that ran, in their order.
    modules : dict of str to str
        File name to source, of modules beside the notebook.
    is_data : callable
        Says of a name of the notebook which library its value is from, when that is plain data that
        can do nothing, else None.
    """

    def __init__(self, cells: list[str], modules: dict[str, str], is_data: Callable):
        self.spaces = {"": _bindings(cells)}
        for file, text in modules.items():
            self.spaces[file.removesuffix(".py").replace("/", ".")] = _bindings([text])
        self.is_data = is_data

    def libraries(self, name: str) -> set[str]:
        """Return the top-level packages that a function of the notebook reaches."""
        if name not in self.spaces[""]:
            return set(EVERY)
        found, seen, waiting = set(), set(), [("", name, True, None)]
        while waiting:
            one = waiting.pop()
            if one in seen:
                continue
            seen.add(one)
            space, name, acts, before = one
            bindings = self.spaces[space].get(name, [])
            known = [each for each in bindings if before is None or each[0] < before]
            if not known:
                continue
            place, node = known[-1]
            is_value = isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign)
            if is_value and space == "" and known[-1] is bindings[-1]:
                data = None if acts else self.is_data(name)
                if data is not None:
                    found |= data
                    continue
            libraries, names = self._reached(node, space, name)
            found |= libraries
            # What runs at once means the names as they were then, a function as they end up.
            times = [
                *([None] if _runs_later(node) else []),
                *([place] if _runs_at_once(node) else []),
            ]
            waiting += [
                (where, each, acting, time if where == space else None)
                for where, each, acting in names
                for time in times
            ]
        return found - {"builtins"}

    def _reached(self, node, space, name):
        """Return the packages that a statement names itself, and the names that it uses."""
        if isinstance(node, ast.Import | ast.ImportFrom):
            return self._imported(node, name)
        libraries, names = set(), []
        acting = {
            part.id
            for each in ast.walk(node)
            for part in _acting(each)
            if isinstance(part, ast.Name)
        }
        for each in ast.walk(node):
            if isinstance(each, ast.Import | ast.ImportFrom):
                for alias in each.names:
                    more, others = self._imported(each, (alias.asname or alias.name).split(".")[0])
                    libraries |= more
                    names += others
            elif isinstance(each, ast.Name):
                if each.id in DYNAMIC:
                    libraries |= EVERY
                elif each.id not in _locals(node) and _is_read(each, node):
                    names.append((space, each.id, each.id in acting))
            elif isinstance(each, ast.Attribute) and each.attr == "modules":
                libraries |= EVERY
        return libraries, names

    def _imported(self, node, bound):
        libraries, names = set(), []
        for alias in node.names:
            if bound not in ((alias.asname or alias.name).split(".")[0], "*"):
                continue
            module = node.module or "" if isinstance(node, ast.ImportFrom) else alias.name
            if module in self.spaces:
                wanted = [alias.name] if isinstance(node, ast.ImportFrom) else []
                if not wanted or wanted == ["*"]:
                    wanted = list(self.spaces[module])
                names += [(module, one, True) for one in wanted]
                continue
            libraries.add(module.split(".")[0])
            if module.split(".")[0] in DYNAMIC_MODULES:
                libraries |= EVERY
        return libraries, names


def _is_read(name, node):
    added_to = isinstance(node, ast.AugAssign) and name is node.target
    return added_to or not isinstance(name.ctx, ast.Store)


FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef


def _runs_later(node):
    return isinstance(node, ast.Import | ast.ImportFrom) or any(
        isinstance(each, FUNCTIONS | ast.Lambda) for each in ast.walk(node)
    )


def _runs_at_once(node):
    if isinstance(node, ast.Import | ast.ImportFrom):
        return False
    if isinstance(node, FUNCTIONS):
        return bool(node.decorator_list or node.args.defaults or node.args.kw_defaults)
    return True


def _acting(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what is called, or of which an attribute is taken."""
    if isinstance(node, ast.Call):
        yield node.func
    elif isinstance(node, ast.Attribute):
        yield node.value


def _locals(node):
    """Return the names that are a function's own."""
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return set()
    taken = node.args
    found = {one.arg for one in (*taken.posonlyargs, *taken.args, *taken.kwonlyargs)}
    found |= {one.arg for one in (taken.vararg, taken.kwarg) if one is not None}
    shared = {
        name for each in ast.walk(node) if isinstance(each, ast.Global) for name in each.names
    }
    for each in _own_nodes(node):
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            found.add(each.id)
    return found - shared


def _own_nodes(function):
    waiting = list(function.body)
    while waiting:
        one = waiting.pop()
        yield one
        if not isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            waiting += ast.iter_child_nodes(one)


def _bindings(sources):
    """Return the statements that bind each name, with their places, in their order."""
    found, place = {}, 0
    for source in sources:
        try:
            tree = ast.parse(TransformerManager().transform_cell(source))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for node in _statements(tree.body):
            place += 1
            for name in _bound(node):
                found.setdefault(name, []).append((place, node))
    return found


def _statements(body):
    """Yield the statements of a module, those inside of `if`, `for`, `with` and `try` too."""
    for node in body:
        yield node
        for part in ("body", "orelse", "finalbody"):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                yield from _statements(getattr(node, part, []))
        for handler in getattr(node, "handlers", []):
            yield from _statements(handler.body)


def _bound(node):
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Import | ast.ImportFrom):
        return [(alias.asname or alias.name).split(".")[0] for alias in node.names]
    if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign | ast.For | ast.With):
        targets = [
            *getattr(node, "targets", []),
            *([node.target] if hasattr(node, "target") else []),
            *(item.optional_vars for item in getattr(node, "items", []) if item.optional_vars),
        ]
        return [
            part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)
        ]
    return []


def library_of(value: object) -> set[str] | None:
    """Return the package from which a value is, when it is plain data, else None."""
    if isinstance(value, list | tuple | set | frozenset | dict):
        parts = value.values() if isinstance(value, dict) else value
        found = [library_of(part) for part in list(parts)[:1000]]
        return None if None in found else set().union(*found)
    if value is None or isinstance(value, bool | int | float | complex | str | bytes | range):
        return set()
    numpy, tf = sys.modules.get("numpy"), sys.modules.get("tensorflow")
    if numpy is not None and isinstance(value, numpy.ndarray | numpy.generic | numpy.dtype):
        return {"numpy"}
    if tf is not None and isinstance(value, tf.Tensor | tf.Variable):
        return {"tensorflow"}
    return None
