"""Classes of a submission that decide by themselves what a test finds."""

from classroom.grading.kernels.photo import FUNCTION

COMPARING = ("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__")
# With these a value decides by itself what a test finds.
DECIDING = (
    "__array_function__",
    "__array_ufunc__",
    "__instancecheck__",
    "__subclasscheck__",
    "__class__",
)


def decides(one: type) -> bool:
    """Return whether a class has a method by which it decides what NumPy or Python find."""
    return any(name in vars(one) for name in DECIDING)


def is_always_equal(one: type) -> bool:
    """Return whether an object of a class equals anything, or is both below and above it."""
    if not any(
        type(vars(part).get(name)) is FUNCTION for part in one.__mro__ for name in COMPARING
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
        if type(method) is not FUNCTION:
            return False
        try:
            answer = method(probe, object())
            return answer is not NotImplemented and bool(answer)
        except BaseException:
            return False

    below, above = says("__lt__") or says("__le__"), says("__gt__") or says("__ge__")
    return says("__eq__") or (below and above)
