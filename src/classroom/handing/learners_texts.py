"""Texts of the handout, made of the course's own: README, Makefile and settings for learners."""

from collections.abc import Iterable
import re

TEACHERS = "## I teach"
# Targets of the Makefile; the others need what a handout has not.
FOR_LEARNERS = ("help", "lab", "hand-in", "clean")
HAND_IN = """\
## I hand in

At the end of each lesson stands what to do: the button **Hand in** above the notebook makes one
file of it, with your answers to the quiz in it, and says what is still missing. So does

```
make hand-in LESSON=01-loss-definition
```

and, where there is no button, `quiz.hand_in()` in a cell of the lesson. The file lies in
`my-work/hand-in/`; give it to your teacher in the way that you have agreed on.

"""


def readme(text: str) -> str:
    """Return the README for learners: what the course's says up to the part for teachers.

    Parameters
    ----------
    text : str
        The course's README.
    """
    head, _, rest = text.partition(TEACHERS)
    head = re.sub(r"^make test .*\n", "", head, flags=re.MULTILINE)
    last = rest.strip().rpartition("\n\n")[2]  # the licence
    return head.rstrip() + "\n\n" + HAND_IN + (last + "\n" if last else "")


def makefile(text: str) -> str:
    """Return the Makefile without the targets that are for teachers and contributors."""
    kept = []
    for paragraph in re.split(r"\n\n+", text.strip()):
        target = re.match(r"(?:(?:#|\w+ :?=).*\n)*([\w$()-]+):(?!=)", paragraph)
        if not target or target[1] in (*FOR_LEARNERS, "$(READY)"):
            kept.append(paragraph)
    text = "\n\n".join(kept) + "\n"
    text = re.sub(r"(?m)^\.PHONY:.*", f".PHONY: {' '.join(FOR_LEARNERS)}", text)
    return text.replace("--no-group test", "--no-group test --no-group teacher")


def settings(values: Iterable[tuple[str, object]]) -> str:
    """Return nbgrader_config.py for learners.

    Parameters
    ----------
    values : iterable of tuple of str and object
        Names such as "Exchange.root", and what the course's settings say.
    """
    lines = ['"""Settings for learners; the folder with this file is the course."""', ""]
    lines.append("c = get_config()  # noqa: F821  (nbgrader puts this name in place)")
    lines += [f"c.{name} = {value!r}" for name, value in values]
    return "\n".join(lines) + "\n"
