"""Put another text in the place of a function, class or constant of a module that is imported.

Everybody who holds the function or the class holds the changed one then: objects stay, their code
is exchanged.
"""

import functools
import sys
from types import FunctionType, ModuleType


def transplant(module: ModuleType, text: str, names: list[str]) -> None:
    """Change in a module what these names mean to what they mean in another text of the module."""
    space = {"__name__": module.__name__, "__file__": module.__file__}
    exec(compile(text, module.__file__, "exec", dont_inherit=True), space)
    for name in names:
        old, new = vars(module)[name], space[name]
        if isinstance(old, type) and isinstance(new, type):
            _change_class(old, new)
        elif not _changed(old, new):
            for each in [*sys.modules.values()]:
                # Whoever has imported it has it under its name.
                if vars(each).get(name) is old:
                    setattr(each, name, new)


def _change_class(old, new):
    for name, member in vars(new).items():
        if name in ("__dict__", "__weakref__"):
            continue
        if name not in vars(old) or not _changed(vars(old)[name], member):
            setattr(old, name, member)
    for name in vars(old).keys() - vars(new).keys():
        delattr(old, name)


def _changed(old, new):
    """Give what is old the code of what is new; return whether it now means the same."""
    if isinstance(old, property) and isinstance(new, property):
        return _changed(old.fget, new.fget)
    if isinstance(old, functools.cached_property | classmethod | staticmethod):
        return type(old) is type(new) and _changed(_inner(old), _inner(new))
    if not isinstance(old, FunctionType) or not isinstance(new, FunctionType):
        return repr(old) == repr(new)
    if len(old.__code__.co_freevars) != len(new.__code__.co_freevars):
        return False
    old.__code__, old.__defaults__ = new.__code__, new.__defaults__
    old.__kwdefaults__ = new.__kwdefaults__
    wrapped = getattr(old, "__wrapped__", None), getattr(new, "__wrapped__", None)
    return wrapped == (None, None) or (None not in wrapped and _changed(*wrapped))


def _inner(one):
    return one.func if isinstance(one, functools.cached_property) else one.__func__
