"""Look whether a submission has changed what scoring relies on.

`Watch` runs in the kernel, beside the submission. It notes how things are before the submission
runs, says what is different before and after each cell that scores, and puts it back.

None of this can be complete: whoever runs in the same process can find and change all of it. It
catches what is known to be tried, and tells a person. Not caught, among others:

* a submission that reaches the kernel's own objects (`get_ipython().kernel`, frames, `gc`) and
  changes these checks or the reply, letting the canaries run as they are;
* a function under test that looks at its caller (`sys._getframe`) and changes the variables that
  the test compares, or replaces a function while the test runs and puts it back before it ends;
* answers copied from what the released part of a test says, or made for its inputs only;
* memory changed through `ctypes`, and functions of modules that are not watched;
* an object whose class compares by itself in a way that no probe without arguments shows.
"""

import ast
import builtins
import gc
import importlib.util
import operator
import os
import signal
import sys
import threading
import types

from IPython.core.interactiveshell import InteractiveShell

from classroom.grading.kernels.account import MOST_SENTENCES
from classroom.grading.kernels.judging_classes import (
    COMPARING,
    DECIDING,
    decides,
    is_always_equal,
)
from classroom.grading.kernels.photo import (
    CODE_OF,
    DEFAULTS_OF,
    FUNCTION,
    Photo,
    bases,
    methods_of,
)

# The modules that a cell that scores means by these names, and no others: a learner's variable
# may be called like any other module of ours.
USUAL_NAMES = {
    "np": "numpy",
    "numpy": "numpy",
    "tf": "tensorflow",
    "tensorflow": "tensorflow",
    "keras": "keras",
    "math": "math",
    "quiz": "crossentropy.quiz",
    "experiment": "crossentropy.experiment",
}
_MISSING = object()
# Taken before any submission runs, so that replacing them changes nothing here.
_all, _map, _is, _parse = all, map, operator.is_, ast.parse


class Watch:
    """What was before the submission ran, and how to find out what it has changed.

    Parameters
    ----------
    shell : InteractiveShell
    photo : Photo
    """

    def __init__(self, shell: InteractiveShell, photo: Photo):
        self.shell, self.photo = shell, photo
        self.space = shell.user_ns
        self.at_start = dict(shell.user_ns)
        # Where a submission can have code: in no file, or where it may write; Python and our
        # packages may lie below that.
        folders = (os.getcwd(), os.environ.get("HOME"), os.environ.get("TMPDIR"))
        self.places = ("<ipython-input", "<string>", *(f"{each}/" for each in folders if each))
        ours = importlib.util.find_spec("crossentropy")  # without importing it
        self.library = (sys.prefix, sys.base_prefix, os.path.dirname(ours.origin))
        self.main_thread = threading.get_ident()
        self.threads = set(sys._current_frames())
        kernel = shell.kernel
        classes = [*type(shell).__mro__, *type(kernel).__mro__, type(kernel.session)]
        classes += [type(shell.displayhook), type(shell.display_pub), type(shell.compile)]
        tensor = sys.modules.get("tensorflow.python.framework.ops")
        if tensor is not None:
            classes += tensor.EagerTensor.__mro__
        self.methods = methods_of(
            [one for one in dict.fromkeys(classes) if one.__module__ != "builtins"]
        )
        self.lists = {
            "syntax tree transformer": (shell, "ast_transformers"),
            "input transformer": (shell, "input_transformers_post"),
            "input clean-up": (shell.input_transformer_manager, "cleanup_transforms"),
            "line transformer": (shell.input_transformer_manager, "line_transforms"),
            "token transformer": (shell.input_transformer_manager, "token_transformers"),
        }
        self.before = {kind: list(getattr(*where)) for kind, where in self.lists.items()}

    def look(self, code: str) -> list[str]:
        """Say what has been changed since the kernel started, and put back what can be.

        Parameters
        ----------
        code : str
            The cell that scores.

        Returns
        -------
        list of str
            Sentences for a person.
        """
        found = []
        for check in (
            self._modules,
            self._methods,
            self._shell,
            self._tracing,
            self._threads,
            self._classes,
        ):
            try:
                found += check()
            except BaseException as error:
                found.append(f"a check could not be made ({type(error).__name__})")
        try:
            found += self._names(code)
        except BaseException as error:
            found.append(f"the names it uses could not be checked ({type(error).__name__})")
        return found[:MOST_SENTENCES]

    def _modules(self):
        changed = []
        photo = self.photo
        for name, module in photo.modules:
            if sys.modules.get(name) is not module:
                changed.append(f"the module {name} was replaced")
                sys.modules[name] = module
        # In C, as there are tens of thousands; without ==, which a submission may define.
        if not _all(_map(_is, _map(dict.get, photo.spaces, photo.names), photo.values)):
            entries = zip(photo.owners, photo.spaces, photo.names, photo.values, strict=True)
            for owner, space, name, value in entries:
                if space.get(name, _MISSING) is not value:
                    changed.append(f"{owner}.{name} was replaced")
                    space[name] = value
        if not _all(_map(_is, _map(CODE_OF, photo.functions), photo.codes)) or not _all(
            _map(_is, _map(DEFAULTS_OF, photo.functions), photo.defaults)
        ):
            for one, code, default in zip(
                photo.functions, photo.codes, photo.defaults, strict=True
            ):
                if one.__code__ is not code or one.__defaults__ is not default:
                    changed.append(f"the code of {one.__module__}.{one.__name__} was replaced")
                    one.__code__, one.__defaults__ = code, default
        return changed

    def _methods(self):
        changed = []
        for owner, name, value, code in self.methods:
            if vars(owner).get(name) is not value or value.__code__ is not code:
                changed.append(f"{owner.__name__}.{name} was replaced")
                value.__code__ = code
                setattr(owner, name, value)
        return changed

    def _shell(self):
        changed = []
        for kind, (owner, name) in self.lists.items():
            if [*map(id, getattr(owner, name))] != [*map(id, self.before[kind])]:
                changed.append(f"a {kind} was registered with IPython")
        shell, kernel = self.shell, self.shell.kernel
        for owner in (shell, kernel, kernel.session, shell.displayhook, shell.display_pub):
            for name, value in list(vars(owner).items()):
                if isinstance(value, types.FunctionType | types.MethodType) and self._theirs(value):
                    changed.append(f"{type(owner).__name__}.{name} was replaced")
        for event, callbacks in shell.events.callbacks.items():
            if any(self._theirs(one) for one in callbacks):
                changed.append(f"something was registered to happen at IPython's {event}")
        if shell.custom_exceptions:
            changed.append("a handler of exceptions was registered with IPython")
        for formatter in shell.display_formatter.formatters.values():
            printers = [*formatter.type_printers.values(), *formatter.singleton_printers.values()]
            if any(self._theirs(one) for one in printers):
                changed.append(f"the display of {formatter.format_type} was changed")
        if type(shell.user_ns) is not dict or shell.user_ns is not self.space:
            changed.append("the namespace of the notebook was replaced")
        if self.space.get("__builtins__", builtins) not in (builtins, vars(builtins)):
            changed.append("__builtins__ was replaced")
        return changed

    def _tracing(self):
        changed = []
        for name, function in (("settrace", sys.gettrace), ("setprofile", sys.getprofile)):
            if function() is not None:
                changed.append(f"sys.{name} was used, which can change any function as it runs")
        sys.settrace(None)
        sys.setprofile(None)
        if any(self._theirs(one) for one in gc.callbacks):
            changed.append("something was registered to happen at garbage collection")
        for timer in (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF):
            if signal.getitimer(timer)[0]:
                changed.append("a timer is running that can interrupt the cell")
                signal.setitimer(timer, 0)
        return changed

    def _threads(self):
        for ident, frame in sys._current_frames().items():
            if ident in self.threads or ident == self.main_thread:
                continue
            while frame is not None:
                if frame.f_globals is self.space or self._is_typed(frame.f_code.co_filename):
                    return ["a thread of the submission is running"]
                frame = frame.f_back
        return []

    def _classes(self):
        changed = []
        for one in self._their_classes():
            if decides(one):
                changed.append(f"the class {one.__name__} decides by itself what tests find")
            elif is_always_equal(one):
                changed.append(f"objects of the class {one.__name__} compare as wanted to anything")
        return changed

    def _their_classes(self):
        waiting, found = bases(), {}
        while waiting:
            for one in type.__subclasses__(waiting.pop()):
                if one not in self.photo.classes and one not in found and self._made(one):
                    found[one] = None
                    waiting.append(one)
        return list(found)

    def _made(self, one):
        names = vars(one)
        if names.get("__module__") == "__main__":
            return True
        return any(
            type(names.get(name)) is FUNCTION and self._theirs(names[name])
            for name in (*COMPARING, *DECIDING, "__bool__")
        )

    def _names(self, code):
        changed = []
        try:
            tree = _parse(code)
        except (SyntaxError, ValueError):
            return changed
        used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        for name in sorted(used):
            value = self.space.get(name, _MISSING)
            if value is _MISSING or value is self.at_start.get(name):
                continue
            usual = sys.modules.get(USUAL_NAMES.get(name))
            if usual is not None and value is not usual:
                changed.append(f"'{name}' was not the module that it should be")
                self.space[name] = usual
            elif hasattr(builtins, name) and value is not getattr(builtins, name):
                changed.append(f"the cell uses {name}(), which the notebook has redefined")
        return changed

    def _theirs(self, function):
        """Whether a function was written in the notebook or beside it, or made from text."""
        function = getattr(function, "__func__", function)
        function = getattr(function, "func", function)  # functools.partial
        if getattr(function, "__globals__", None) is self.space:
            return True
        code = getattr(function, "__code__", None)
        return code is not None and self._is_typed(code.co_filename)

    def _is_typed(self, filename):
        if "ipykernel_" in filename:
            return True
        return filename.startswith(self.places) and not filename.startswith(self.library)
