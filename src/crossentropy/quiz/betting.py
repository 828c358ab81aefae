"""Betting on questions, and what all bets say together: with sliders, or by a call."""

from __future__ import annotations

from crossentropy.quiz import bank, bet_diagram, bet_record, bet_scores, bet_texts, display
from crossentropy.quiz.bet_scores import Bet

# The widgets are imported when one is made, as in `showing`.


def bet(question_id: str, probabilities: object = None) -> None:
    """Bet on the answer to a question: spread probabilities over its options.

    The bet costs `-log` of what the right option got, in nats, and is kept in responses.json. A
    question takes one bet, which counts for no points. See `bets` for all bets together.

    Parameters
    ----------
    question_id : str
        Of a question with options of which one is right.
    probabilities : sequence of float, or mapping of str to float, optional
        The bet, where there are no sliders: a probability for each option, as
        `[0.7, 0.2, 0.1, 0]`, or for letters, as `{"a": 0.7, "c": 0.3}`. They sum to 1. What cannot
        be a bet is told in one sentence, and not recorded.

    Raises
    ------
    crossentropy.quiz.question.BankError
        If there is no such question, or one cannot bet on it.
    """
    question = bank.question(question_id)
    bank.refuse_challenge(question)
    truth = bet_scores.truth_of(question)
    if probabilities is None:

        def card():
            from crossentropy.quiz.bet_card import BetCard

            return BetCard(question)

        display.show(card, bet_texts.as_markdown(question), bet_texts.as_plain(question))
        return
    placed, notice = bet_record.placed(question)
    if placed is None:
        try:
            given = bet_scores.read_bet(question, probabilities)
        except bet_scores.BetError as error:
            print(error)
            return
        _, notice = bet_record.record(question, given)
        placed = Bet(given, truth)
    else:
        print(bet_texts.TAKEN)
    print(bet_texts.feedback_plain(question, placed))
    if notice:
        print(notice)


def bets(words: bool = False) -> None:
    """Show what your bets cost, split in two, with your own reliability diagram.

    Parameters
    ----------
    words : bool, optional
        Print it, where there are no widgets.
    """
    if not words:

        def card():
            from crossentropy.quiz.bet_overview import BetOverview

            return BetOverview()

        call = "quiz.bets(words=True)"
        display.show(
            card,
            f"*{bet_texts.ALL_BETS}*\n\n*Without widgets here, run* `{call}`.",
            f"{bet_texts.ALL_BETS}\n\nWithout widgets here, run {call}.",
        )
        return
    found, notices = bet_record.of_all_lessons()
    together = bet_scores.summary(found)
    if together is None:
        print(display.plain(bet_texts.NONE))
    else:
        print(display.plain(bet_texts.summary(together)))
        print(bet_diagram.in_words(together))
    for notice in notices:
        print(notice)
