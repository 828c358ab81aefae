"""How much memory a kernel and all it has started hold, and files that have no name any more."""

import contextlib
import os
from pathlib import Path

import psutil


def descendants(pid: int) -> list[psutil.Process]:
    """Return the processes that a process has started, and those that they have."""
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.Error:
        return []


def memory_held(pid: int, enough: int = 0) -> int:
    """Return the bytes that a process and its descendants hold, shared pages in shares.

    Files that are open and have no name, in memory or on a disk, count too: nobody else sees them.

    Parameters
    ----------
    pid : int
    enough : int
        Bytes. To share out shared pages takes the system long. Where all is not more than this even
        with shared pages counted in full for each, that larger number is returned.
    """
    total, nameless, processes = 0, {}, []
    with contextlib.suppress(psutil.Error):
        processes = [psutil.Process(pid), *descendants(pid)]
    for process in processes:
        with contextlib.suppress(psutil.Error, OSError):
            total += process.memory_info().rss
            nameless |= _nameless_files(process.pid)
    unnamed = sum(nameless.values())
    if total + unnamed <= enough:
        return total + unnamed
    total = 0
    for process in processes:
        with contextlib.suppress(psutil.Error, OSError):
            total += _held(process.pid)
    return total + unnamed


def _nameless_files(pid):
    """Return the bytes of each open file that no folder lists, by what the system knows it by."""
    found = {}
    for link in os.scandir(f"/proc/{pid}/fd"):
        with contextlib.suppress(OSError):
            if os.readlink(link.path).endswith(" (deleted)"):
                status = os.stat(link.path)
                found[status.st_dev, status.st_ino] = 512 * status.st_blocks
    return found


def _held(pid):
    # Rss would count for every kernel what all of them share with the server. What is private is
    # too little: what a kernel shares with its own children would not count at all.
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except FileNotFoundError:  # not Linux, or no longer there
        return psutil.Process(pid).memory_info().rss
    return sum(int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:"))
