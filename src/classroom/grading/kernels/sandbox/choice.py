"""Which sandboxes work on this machine, and which one is used."""

from functools import cache

from classroom.grading.kernels.sandbox.bubblewrap import why_no_bubblewrap
from classroom.grading.kernels.sandbox.jail import why_no_jail


class SandboxError(Exception):
    """A sandbox cannot be had; the message says why and what to do."""


@cache
def available_sandboxes() -> dict[str, str]:
    """Try each sandbox on this machine.

    Returns
    -------
    dict of str to str
        For "jail", "bwrap" and "none": "" when it works here, else one sentence that says why not.
    """
    return {"jail": why_no_jail(), "bwrap": why_no_bubblewrap(), "none": ""}


def resolve_sandbox(asked: str) -> str:
    """Return the sandbox to use: "auto" is the first that works; others must work.

    Raises
    ------
    SandboxError
        When it does not work here, or has no such name.
    """
    found = available_sandboxes()
    if asked == "auto":
        for name in ("jail", "bwrap"):
            if not found[name]:
                return name
        raise SandboxError(
            f"No sandbox works here: {found['jail']} {found['bwrap']} Grading would run learners' "
            "code with your rights; if you accept that, ask for it with --sandbox none."
        )
    if asked not in found:
        raise SandboxError(f"There is no sandbox named {asked!r}; there are: {', '.join(found)}.")
    if found[asked]:
        raise SandboxError(found[asked])
    return asked
