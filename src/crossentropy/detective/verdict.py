"""What is said to whoever names a cause."""

from __future__ import annotations

from crossentropy.detective.cases import Case
from crossentropy.detective.causes import cause
from crossentropy.quiz import texts


def verdict(case: Case, name: str) -> str:
    """Say whether a cause is the right one; only then, what gives it away and what mends it.

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
    named = cause(name)
    if named != case.cause:
        return (
            f"**Not that.** Had it been *{named.name}*, the log would look otherwise. Compare the "
            "first batch with log K, the loss with the cross-entropy beside it, and training with "
            "validation; one of the three does not fit, or all do."
        )
    lesson, heading = case.cause.section
    return (
        f"**That is it: {named.name}.** {case.gives_away}\n\n"
        f"*The one change:* {named.cure} *Read more:* {texts.link(lesson, heading)}\n\n"
        f"*Prove it:* run `detective.hand_out({case.seed})` in a new cell. It puts the program of "
        "this log below; make the one change and run it."
    )
