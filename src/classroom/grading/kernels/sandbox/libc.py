"""Calls of the C library that Python does not offer, with their errors raised."""

import ctypes
from functools import cache
import os


@cache
def libc() -> ctypes.CDLL:
    """Return the C library of this process."""
    return ctypes.CDLL(None, use_errno=True)


def check(result: int, what: str) -> int:
    """Return the result of a call, or raise the error that it reports.

    Raises
    ------
    OSError
        Naming `what` was tried.
    """
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")
    return result
