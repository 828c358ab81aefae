"""What is shown in a cell: a question, the challenge, the test, the progress."""

from __future__ import annotations

from crossentropy.quiz import bank, display, sitting_texts, sittings, texts
from crossentropy.quiz.question import Question
from crossentropy.quiz.sittings import Rules

# The widgets are imported when one is made: a lesson without them starts a second earlier.


def ask(question_id: str) -> None:
    """Show one question; each answer is judged, explained and recorded at once.

    You may try as often as you like; the last answer counts. Where no widgets are shown, the
    question appears as text and is answered with `answer`.

    Parameters
    ----------
    question_id : str
        For instance `01-what-it-measures`.

    Raises
    ------
    crossentropy.quiz.question.BankError
        If there is no such question, it belongs to the challenge, or the bank is missing or broken.
    """
    question = bank.question(question_id)
    bank.refuse_challenge(question)
    show_card(question)


def show_card(question: Question) -> None:
    """Show the card of a question, or its text."""

    def card():
        from crossentropy.quiz.card import Card

        return Card(question)

    display.show(card, texts.as_markdown(question), texts.as_plain(question))


def challenge() -> None:
    """Show the challenge: five questions, one at a time, against the clock.

    Where it stands is read from responses.json, so running the cell again, or restarting the
    kernel, goes on where it was, with no time given back.
    """
    _show_sitting(sittings.CHALLENGE)


def test() -> None:
    """Show the ten-question test: questions of all lessons, drawn anew at each sitting."""
    _show_sitting(sittings.TEST)


def _show_sitting(rules: Rules) -> None:
    def card():
        from crossentropy.quiz.sitting_card import SittingCard

        return SittingCard(rules)

    text = sitting_texts.rules(rules)
    call = f'quiz.next_question("{rules.name}")'
    display.show(
        card,
        f"{text}\n\n*Without buttons here, begin with* `{call}`.",
        f"{text.replace('**', '')}\n\nWithout buttons here, begin with {call}.",
    )


def progress() -> None:
    """Show what is done in all lessons, the exercises that passed, and what to recall next."""

    def overview():
        from crossentropy.quiz.overview import Overview

        return Overview()

    text = "Progress: what is done in each lesson, badges, and what to recall next."
    display.show(overview, f"*{text}*", text)
