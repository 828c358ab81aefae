"""Checks around the cells that score: has a submission changed what scoring relies on?

One half of this runs in the kernel, beside the submission. :class:`Watch` notes how Python, NumPy,
TensorFlow and the lessons' package are before the submission runs, says what is different before
and after each cell that scores, and puts it back. The other half runs in the grader:
a :func:`canary` is a cell whose outcome is known, sent before and after each cell that scores.

None of this can be complete: whoever runs in the same process can find and change all of it. It
catches what is known to be tried, and tells a person. Not caught, among others:

* a submission that reaches the kernel's own objects (``get_ipython().kernel``, frames, ``gc``) and
  changes these checks or the reply, letting the canaries run as they are;
* a function under test that looks at its caller (``sys._getframe``) and changes the variables that
  the test compares, or replaces a function while the test runs and puts it back before it ends;
* answers copied from what the released part of a test says, or made for its inputs only;
* memory changed through ``ctypes``, and functions of modules that are not watched;
* an object whose class compares by itself in a way that no probe without arguments shows.
"""

import ast
import builtins
from dataclasses import dataclass
import importlib.util
import operator
import os
import secrets
import signal
import sys
import threading
import types

MOST_FLAGS = 20
LONGEST_FLAG = 300

# Modules whose functions and classes must stay what they are.
WATCHED = (
    "builtins",
    "math",
    "operator",
    "inspect",
    "numpy",
    "crossentropy",
    "keras.losses",
    "keras.metrics",
    "keras.ops",
    "keras.src.losses",
    "keras.src.ops",
    "keras.src.backend.tensorflow",
    "tensorflow.python.framework.ops",
    "tensorflow.python.ops.array_ops",
    "tensorflow.python.ops.math_ops",
    "tensorflow.python.ops.nn_ops",
)
# Jupyter replaces these itself while a cell runs.
MAY_CHANGE = {("builtins", name) for name in ("input", "display", "exit", "quit", "get_ipython")}

# What a cell that scores means by these names.
USUAL_NAMES = {
    "np": "numpy",
    "numpy": "numpy",
    "tf": "tensorflow",
    "tensorflow": "tensorflow",
    "keras": "keras",
    "math": "math",
    "quiz": "crossentropy.quiz",
    "experiment": "crossentropy.experiment",
    "experiment_grade": "crossentropy.experiment.grade",
}
COMPARING = ("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__")
# With these a value decides by itself what a test finds.
DECIDING = (
    "__array_function__",
    "__array_ufunc__",
    "__instancecheck__",
    "__subclasscheck__",
    "__class__",
)
_MISSING = object()
# Taken before any submission runs, so that replacing them changes nothing here.
_Function, _all, _map, _is, _parse = types.FunctionType, all, map, operator.is_, ast.parse
_code_of, _defaults_of = operator.attrgetter("__code__"), operator.attrgetter("__defaults__")
_VALUES = (types.FunctionType, types.BuiltinFunctionType, type)


# --- in the kernel ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Photo:
    """How the watched modules were, and which classes there were, before a submission ran.

    ``modules`` are pairs of name and module. The other lists hold one item for each of their
    functions and classes, or for each function: flat, as they are gone through often.
    """

    modules: list
    owners: list
    spaces: list
    names: list
    values: list
    functions: list
    codes: list
    defaults: list
    classes: set


def photograph():
    """Return a :class:`Photo` of now."""
    modules, owners, spaces, names, values, functions = [], [], [], [], [], []
    for owner, module in list(sys.modules.items()):
        if not isinstance(module, types.ModuleType) or not _is_watched(owner):
            continue
        modules.append((owner, module))
        space = types.ModuleType.__dict__["__dict__"].__get__(module)
        for name, value in _entries(space, owner):
            owners.append(owner)
            spaces.append(space)
            names.append(name)
            values.append(value)
            function = getattr(value, "__wrapped__", value)
            if type(function) is _Function:
                functions.append(function)
    return Photo(
        modules,
        owners,
        spaces,
        names,
        values,
        functions,
        [*map(_code_of, functions)],
        [*map(_defaults_of, functions)],
        {one for base in _bases() for one in type.__subclasses__(base)},
    )


def _bases():
    import numpy

    bases = [object, int, float, str, list, tuple, dict, Exception, type]
    return [*bases, numpy.ndarray, numpy.float64]


def _is_watched(name):
    return any(name == watched or name.startswith(watched + ".") for watched in WATCHED)


def _entries(names, owner):
    return [
        (name, value)
        for name, value in list(names.items())
        if not name.startswith("__")
        and (owner, name) not in MAY_CHANGE
        and (isinstance(value, _VALUES) or type(value).__name__ in _CALLABLES_OF_NUMPY)
    ]


_CALLABLES_OF_NUMPY = ("ufunc", "_ArrayFunctionDispatcher")


def _class_entries(classes):
    entries = []
    for one in classes:
        for name, value in list(vars(one).items()):
            if type(value) is _Function:
                entries.append((one, name, value, value.__code__))
    return entries


class Watch:
    """What was before the submission ran, and how to find out what it has changed.

    Parameters
    ----------
    shell : InteractiveShell
    photo : Photo
    """

    def __init__(self, shell, photo):
        self.shell, self.photo = shell, photo
        self.space = shell.user_ns
        self.given = dict(shell.user_ns)
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
        self.methods = _class_entries(
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

    def look(self, code):
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
        return found[:MOST_FLAGS]

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
        if not _all(_map(_is, _map(_code_of, photo.functions), photo.codes)) or not _all(
            _map(_is, _map(_defaults_of, photo.functions), photo.defaults)
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
        import gc

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
            if any(name in vars(one) for name in DECIDING):
                changed.append(f"the class {one.__name__} decides by itself what tests find")
            elif _is_always_equal(one):
                changed.append(f"objects of the class {one.__name__} compare as wanted to anything")
        return changed

    def _their_classes(self):
        waiting, found = _bases(), {}
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
            type(names.get(name)) is _Function and self._theirs(names[name])
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
            if value is _MISSING or value is self.given.get(name):
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


def _is_always_equal(one):
    """Whether an object of a class says that it equals, or is both below and above, anything."""
    if not any(
        type(vars(part).get(name)) is _Function for part in one.__mro__ for name in COMPARING
    ):
        return False
    probe = None
    for base in (object, float, int, str, list, tuple, dict):
        try:
            probe = base.__new__(one)
            break
        except BaseException:
            continue
    if probe is None:
        return False

    def says(name):
        method = getattr(one, name, None)
        if type(method) is not _Function:
            return False
        try:
            answer = method(probe, object())
            return answer is not NotImplemented and bool(answer)
        except BaseException:
            return False

    below, above = says("__lt__") or says("__le__"), says("__gt__") or says("__ge__")
    return says("__eq__") or (below and above)


def describe(value):
    """Describe the value of a cell's last expression: a number, nothing, or something else.

    A number is one of Python's or NumPy's own types, so that no method of the submission is asked.
    """
    if value is None:
        return {"nothing": True}
    if type(value) in (int, float):
        return {"number": repr(value)}
    numpy = sys.modules.get("numpy")
    if numpy is not None and type(value) in (numpy.float64, numpy.float32, numpy.int64):
        return {"number": repr(value.item())}
    return {"other": True}


def message_of(error):
    """Return the message of an exception, whatever its class does."""
    try:
        text = str(error)
        return text if type(text) is str else ""
    except BaseException:
        return ""


# --- in the grader ----------------------------------------------------------------------------


def read_number(said):
    """Return ("number", text), ("nothing", "") or ("other", "") for what a kernel reports."""
    if isinstance(said, dict):
        if said.get("nothing") is True:
            return "nothing", ""
        text = said.get("number")
        if isinstance(text, str) and len(text) < 40:
            try:
                float(text)
                return "number", text
            except ValueError:
                pass
    return "other", ""


def told(report):
    """Return the sentences in a kernel's report; it may hold anything."""
    found = []
    for when in ("before", "after"):
        said = report.get(when)
        if isinstance(said, list):
            found += [one[:LONGEST_FLAG] for one in said[:MOST_FLAGS] if isinstance(one, str)]
    return list(dict.fromkeys(found))


def gives_points(expression):
    """Whether an expression stands there for its number, by the name of what it calls."""
    if not isinstance(expression, ast.Call):
        return False
    function = expression.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return any(word in name.lower() for word in ("points", "score", "grade"))


@dataclass(frozen=True)
class Canary:
    """A cell that passes what must pass and then fails with a known message."""

    source: str
    message: str

    def complaint(self, reply):
        """Return what is wrong with the kernel's reply to it, or ""."""
        right = reply.get("status") == "error" and reply.get("evalue") == self.message
        return "" if right else "a check that must pass, then fail, did not end as it must."


# What must pass, then what tells wrong from right, counted; the last must fail with the count.
_SOURCE = """\
assert {a} + 1 == {next}, "must pass"
def _count(a, b):
    import builtins
    import numpy
    caught = 0
    for wrong in (
        lambda: numpy.testing.assert_allclose(a, b),
        lambda: numpy.testing.assert_equal(a, b),
        lambda: numpy.testing.assert_almost_equal(a, b),
    ):
        try:
            wrong()
        except AssertionError:
            caught += 1
    caught += not numpy.allclose(a, b)
    caught += not numpy.isclose(a, b)
    caught += not numpy.array_equal([a], [b])
    caught += not builtins.all([a, 0])
    caught += not builtins.any([0, a - a])
    caught += not builtins.isinstance(a, str)
    caught += builtins.abs(-a) == a and builtins.len("ab") == 2 and builtins.sum([a, 1]) == {next}
    return caught

assert {a} == {b}, str(_count({a}, {b}) * {b})
"""
_COUNT = 10


def canary():
    """Return a cell whose outcome is known, with other numbers each time."""
    a, b = secrets.randbelow(10**6) + 1, secrets.randbelow(10**6) + 2 * 10**6
    source = _SOURCE
    for name, number in (("{a}", a), ("{next}", a + 1), ("{b}", b)):
        source = source.replace(name, str(number))
    return Canary(source, str(_COUNT * b))
