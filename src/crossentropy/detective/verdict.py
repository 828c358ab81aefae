"""What is said about a case, as markdown: how it is asked, who named what, and the proof."""

from __future__ import annotations

from crossentropy.detective import cases, script, signs, training_log
from crossentropy.detective.cases import Case
from crossentropy.detective.causes import Cause, cause
from crossentropy.quiz import lesson_copies

INTRODUCTION = (
    "A small network was trained to tell {classes} classes of points apart. **What went wrong, if "
    "anything?** *First batch* is what `evaluate` said before the training, of 32 examples. The "
    "training runs in batches of 32. *Cross-entropy* is a metric beside the loss. At the bottom: "
    "labels and outputs of the first four examples, after the training."
)
STOPPED = (
    "A small network was to be trained to tell a few classes of points apart, and this is all that "
    "came of it. **What went wrong?**"
)

NOTHING = "nothing at first sight, and yet it was another cause: look for a second sign"


def introduction(case: Case) -> str:
    """Say what the log is of, without a word on its cause."""
    return STOPPED if case.seen.error else INTRODUCTION.format(classes=case.seen.classes)


def is_right(case: Case, name: str) -> bool:
    """Whether a name is that of the cause.

    Raises
    ------
    ValueError
        When there is no such cause.
    """
    return cause(name) == case.cause


def verdict(case: Case, name: str) -> str:
    """Say whether a cause is the right one: if not, what in the log speaks against it.

    Parameters
    ----------
    case : Case
    name : str
        The name of a cause.

    Returns
    -------
    str
        Markdown.

    Raises
    ------
    ValueError
        When there is no such cause.
    """
    if is_right(case, name):
        return f"**That is it: {case.cause.name}.** {explanation(case)}"
    return f"**Not right.** Against *{name}* speaks: {hint(case, cause(name))}."


def hint(case: Case, named: Cause) -> str:
    """Say what in the log of a case speaks against a cause that is not its own."""
    missing = signs.against(named, case.seen)
    return signs.sentence(missing[0], case.seen) if missing else NOTHING


def explanation(case: Case) -> str:
    """Say what gives the cause of a case away, what looks alike, what mends it, where it stands."""
    lesson, heading = case.cause.section
    return (
        f"{case.told(case.cause.gives_away)}\n\n"
        f"**What looks alike.** {case.told(case.cause.looks_alike)}\n\n"
        f"**The one change.** {case.told(case.cause.cure)}\n\n"
        f"**Read again:** {lesson_copies.link(lesson, heading)}"
    )


def is_sound(case: Case) -> bool:
    """Whether there is nothing to change in the program of a case."""
    return case.program == case.mended


def proof(case: Case) -> str:
    """Change the one place, run the program again, and set the new log against the old one.

    Parameters
    ----------
    case : Case

    Returns
    -------
    str
        Markdown: the change, the new log, and what of the old one is gone.
    """
    if is_sound(case):
        return "There is nothing to change in this program: run it again, and it says the same."
    log = cases.run(case.mended)
    seen = training_log.read(log)
    sign = next((name for name in case.cause.signs if _is_gone(name, case.seen, seen)), "moves")
    return (
        f"```\n{script.one_change(case.program, case.mended)}\n```\n\n"
        f"With this one change, run again:\n\n```\n{log}\n```\n\n"
        f"Before, {signs.sentence(sign, case.seen)}. "
        f"Now, {signs.sentence(sign, seen)}."
    )


def _is_gone(name: str, before: training_log.Seen, after: training_log.Seen) -> bool:
    """Whether a sign is answered otherwise in another log."""
    if before.error:
        return name == "stopped"
    holds = signs.SIGNS[name].holds
    return holds(before) != holds(after)
