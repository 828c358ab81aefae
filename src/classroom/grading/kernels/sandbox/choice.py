"""Which sandboxes work on this machine, and which one is used."""

from functools import cache

from classroom.grading.kernels.sandbox.bubblewrap import why_no_bubblewrap
from classroom.grading.kernels.sandbox.jail import why_no_jail


class SandboxError(Exception):
    """A sandbox cannot be had; the message says why and what to do."""


TRIALS = {"jail": why_no_jail, "bwrap": why_no_bubblewrap, "none": str}


@cache
def why_not(name: str) -> str:
    """Try a sandbox here; return "" when it works, else one sentence that says why not."""
    return TRIALS[name]()


def available_sandboxes() -> dict[str, str]:
    """Return of each sandbox what `why_not` says: of "jail", "bwrap" and "none"."""
    return {name: why_not(name) for name in TRIALS}


def resolve_sandbox(asked: str) -> str:
    """Return the sandbox to use: "auto" is the first that works; others must work.

    Raises
    ------
    SandboxError
        When it does not work here, or has no such name.
    """
    if asked == "auto":
        for name in ("jail", "bwrap"):
            if not why_not(name):
                return name
        raise SandboxError(
            f"No sandbox works here: {why_not('jail')} {why_not('bwrap')} Grading would run "
            "learners' code with your rights; if you accept that, ask for it with --sandbox none."
        )
    if asked not in TRIALS:
        raise SandboxError(f"There is no sandbox named {asked!r}; there are: {', '.join(TRIALS)}.")
    if why_not(asked):
        raise SandboxError(why_not(asked))
    return asked
