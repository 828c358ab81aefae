"""Names of the methods that operators and built-in functions call, as the wall lets them pass."""

# With one operand of a test's, these would let an answer say by itself that it is right.
BINARY = frozenset(
    f"__{name}__"
    for name in (
        *("add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv", "floordiv"),
        *("rfloordiv", "mod", "rmod", "pow", "rpow", "matmul", "rmatmul", "and", "or", "xor"),
        *("eq", "ne", "lt", "le", "gt", "ge"),
    )
)
ALONE = frozenset(
    f"__{name}__"
    for name in (
        *("len", "iter", "next", "getitem", "setitem", "delitem", "call", "enter", "exit"),
        *("array", "str", "repr", "format", "float", "int", "index", "bool", "complex"),
        *("round", "neg", "pos", "abs", "invert"),
    )
)
