"""What a learner calls: a case in a cell, its code, its proof, and an answer without a click."""

from __future__ import annotations

from crossentropy.detective import cases, record, verdict
from crossentropy.quiet import notebook_shell
from crossentropy.quiz import display


def case(seed: int) -> None:
    """Show a case: the log of a training, and the list of causes to choose from.

    Parameters
    ----------
    seed : int
        At least 0; each is another case, the same each time.

    Raises
    ------
    ValueError
        When `seed` is no whole number from 0 on.
    """
    opened = cases.open_case(seed)

    def card() -> object:
        from crossentropy.detective.case_card import CaseCard

        return CaseCard(opened)

    introduction = verdict.introduction(opened)
    call = f'detective.name_cause({opened.seed}, "nothing is wrong")'
    how = "or another cause; a wrong spelling lists them all."
    display.show(
        card,
        f"**Case {opened.seed}.** {introduction}\n\n```\n{opened.log}\n```\n\n"
        f"*Without buttons here, answer with* `{call}`, {how}",
        f"Case {opened.seed}. {display.plain(introduction).replace('*', '')}\n\n{opened.log}\n\n"
        f"Without buttons here, answer with {call}, {how}",
    )


def name_cause(seed: int, name: str) -> None:
    """Name the cause of a case, print whether it is the right one, and record it.

    Parameters
    ----------
    seed : int
        As in `case`.
    name : str
        One of the causes, spelt as on the card.

    Raises
    ------
    ValueError
        When there is no such case or no such cause; it lists the causes.
    """
    opened = cases.open_case(seed)
    is_right = verdict.is_right(opened, name)
    display.say(verdict.verdict(opened, name))
    if is_right:
        display.say(
            f"The program stands in `detective.code({opened.seed})`, and "
            f"`detective.prove({opened.seed})` makes the one change and runs it again."
        )
    notice = record.add(opened.seed, name, is_right)
    if notice:
        print(notice)


def code(seed: int) -> None:
    """Put the program of a case into a new cell below; without a notebook, print it.

    Parameters
    ----------
    seed : int
        As in `case`.
    """
    program = cases.open_case(seed).program
    shell = notebook_shell()
    if shell is None:
        print(program)
    else:
        shell.set_next_input(program)


def prove(seed: int) -> None:
    """Make the one change in the program of a case, run it again, and compare the two logs.

    Parameters
    ----------
    seed : int
        As in `case`. It tells the cause.
    """
    display.say(verdict.proof(cases.open_case(seed)))
