"""How worker processes begin; imports little, so that a command can begin them first of all."""

from contextlib import contextmanager
import gc
import multiprocessing
import os
import sys

# jsonschema, when it finds this module, has it compile the grammar of IRIs at each start, which
# takes longer than grading a submission; without it, it leaves out one check no notebook needs.
sys.modules.setdefault("rfc3987_syntax", None)


def cores():
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def kept_imports():
    """Import large packages without looking for garbage among what stays to the end anyway.

    That is a third of the time of these imports, and half a second at the end of a process.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def context(module, ahead=False):
    """Return the way to start processes that do the work of a module of ours.

    A fork of the grading process itself would copy the locks of its threads. So workers are forked
    from a process that has done nothing but import what they need.

    Parameters
    ----------
    module : str
        What they need; the same one in every call of a process.
    ahead : bool
        Start that process now, so that it imports while we do.

    Returns
    -------
    multiprocessing context
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    chosen = multiprocessing.get_context("forkserver")
    chosen.set_forkserver_preload([__name__, module])
    if ahead:
        from multiprocessing import forkserver

        forkserver.ensure_running()
    return chosen
