"""How much memory a kernel and all it has started hold."""

import contextlib
from pathlib import Path

import psutil


def descendants(pid: int) -> list[psutil.Process]:
    """Return the processes that a process has started, and those that they have."""
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.Error:
        return []


def memory_held(pid: int) -> int:
    """Return the bytes that a process and its descendants hold, shared pages in shares."""
    total = 0
    with contextlib.suppress(psutil.Error):
        for process in [psutil.Process(pid), *descendants(pid)]:
            with contextlib.suppress(psutil.Error, OSError):
                total += _held(process.pid)
    return total


def _held(pid):
    # Rss would count for every kernel what all of them share with the server.
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except FileNotFoundError:  # not Linux, or no longer there
        return psutil.Process(pid).memory_info().rss
    return sum(
        int(line.split()[1]) * 1024
        for line in text.splitlines()
        if line.startswith(("Private_Dirty:", "Private_Clean:", "Pss_Shmem:"))
    )
