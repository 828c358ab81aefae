"""How worker processes begin; imports little, so that a command can begin them first of all."""

from collections.abc import Iterator
from contextlib import contextmanager
import gc
import multiprocessing
from multiprocessing.context import BaseContext

from classroom.grading.machine import cores

LEAST_FOR_A_WORKER = 8  # feedback pages; a process of its own imports for as long


@contextmanager
def kept_imports() -> Iterator[None]:
    """Import large packages without looking for garbage among what stays to the end anyway.

    That is a third of the time of these imports, and half a second at the end of a process.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def context(module: str, ahead: bool = False) -> BaseContext:
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
    multiprocessing.context.BaseContext
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    chosen = multiprocessing.get_context("forkserver")
    chosen.set_forkserver_preload([__name__, module])
    if ahead:
        from multiprocessing import forkserver

        forkserver.ensure_running()
    return chosen


def workers_for_pages(pages: int) -> int:
    """Return how many processes make so many feedback pages soonest; below 2, this one does."""
    return min(cores(), pages // LEAST_FOR_A_WORKER)
