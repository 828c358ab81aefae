"""Which libraries an answer relies on, for exercises that ask for an answer without one of them.

A name says little: a notebook holds Keras losses under names of its own. So this looks at what each
name that a function uses *is*.
"""

from collections.abc import Callable, Iterator
import dis
import functools
import sys
import types

_CONTAINERS = (list, tuple, set, frozenset)
_MADE_BY_A_CLASS = 1 << 9  # Py_TPFLAGS_HEAPTYPE: by a class statement, not part of Python itself


def libraries_used(function: Callable) -> set[str]:
    """Name the libraries that a learner's function reaches, by itself or through others.

    Parameters
    ----------
    function : callable
        A function, or an object that can be called.

    Returns
    -------
    set of str
        Top-level packages such as `"numpy"` and `"keras"`: those it imports, and those that
        whatever it uses comes from: modules, functions, classes, objects, in functions and classes
        of the same notebook too. Methods of its arguments are not seen, and built-ins not named.

    Examples
    --------
    >>> import numpy as np
    >>> def mean_of_exp(values):
    ...     return np.exp(values).mean()
    >>> libraries_used(mean_of_exp)
    {'numpy'}
    """
    # Where work is graded, the function runs elsewhere, and its text says what it uses.
    if asked := getattr(type(function), "__libraries_used__", None):
        return asked(function)
    found, seen, waiting = set(), {}, [function]
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen[id(one)] = one  # kept, so that nothing new gets its id
        if isinstance(one, types.ModuleType):
            found.add(one.__name__.split(".")[0])
        elif isinstance(one, types.MethodType):
            waiting += [one.__func__, one.__self__]
        elif isinstance(one, functools.partial):
            waiting += [one.func, *one.args, *one.keywords.values()]
        elif isinstance(one, _CONTAINERS):
            waiting += one
        elif isinstance(one, dict):
            waiting += one.values()
        elif not _is_the_learners(one):
            found.add(_module_of(one).split(".")[0])
        elif isinstance(one, types.FunctionType):
            waiting += _used_by(one)
        elif isinstance(one, type):
            waiting += [*vars(one).values(), *one.__bases__]
        else:  # an object whose class stands in the notebook
            waiting += [type(one), *getattr(one, "__dict__", {}).values()]
    return found - {"builtins"}


def _module_of(one: object) -> str:
    """Return the module in which a function or class, or the class of an object, is written."""
    own = isinstance(one, type | types.FunctionType | types.BuiltinFunctionType)
    module = getattr(one, "__module__", None) if own else type(one).__module__
    return module if isinstance(module, str) else type(one).__module__


def _is_the_learners(one: object) -> bool:
    """Whether a function or class, or the class of an object, is written in the notebook."""
    module = _module_of(one)
    if module == "builtins":  # as where code runs in a namespace without a name
        kind = one if isinstance(one, type) else type(one)
        return isinstance(one, types.FunctionType) or bool(kind.__flags__ & _MADE_BY_A_CLASS)
    return module == "__main__" or module not in sys.modules


def _used_by(function: types.FunctionType) -> Iterator[object]:
    """Yield what a function's names are, and an empty module for each that it imports."""
    around = [cell.cell_contents for cell in function.__closure__ or () if _is_filled(cell)]
    wrapped = getattr(function, "__wrapped__", None)
    yield from (*around, *(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values())
    yield from () if wrapped is None else (wrapped,)
    codes = [function.__code__]
    while codes:
        code = codes.pop()
        codes += [part for part in code.co_consts if isinstance(part, types.CodeType)]
        for step in dis.get_instructions(code):
            if step.opname == "IMPORT_NAME":
                yield types.ModuleType(step.argval)
            elif step.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
                yield function.__globals__.get(step.argval)


def _is_filled(cell: types.CellType) -> bool:
    try:
        return cell.cell_contents is not cell
    except ValueError:  # a name that has no value yet
        return False
