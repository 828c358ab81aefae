"""What is said of a bet before and after it, and of all bets together. All is markdown."""

from __future__ import annotations

from crossentropy.quiz import bet_scores, texts
from crossentropy.quiz.bet_scores import Bet, Group, Summary
from crossentropy.quiz.question import LETTERS, Question

MINUS = "\N{MINUS SIGN}"
RULES = (
    "Give each option the probability with which you think it is the right one. They always sum "
    "to 100 %: what you move stays where you put it, and the others share the rest, first those "
    f"that you have not moved yet. Your bet costs {MINUS}log of what the right option got. It "
    "counts for no points, and a question takes one bet."
)
WAITS = (
    "It is placed. Now answer the question above: what the bet cost is told when the question is "
    "closed."
)
NO_POINTS = "A bet counts for no points."
ALL_BETS = "Your bets: what they cost, and how often you were right when you said 70 %."
NONE = "You have placed no bet yet. Run a cell with `quiz.bet(…)` and come back."
TAKEN = "You have bet on this question already, and that bet stands: after it the truth was known."
# How large a gap in the diagram is worth seeing.
GAP = 0.1


def as_markdown(question: Question) -> str:
    """Return a question to bet on for a reader without widgets."""
    how = f"*Without sliders here, bet with* `{_call(question)}`{_note(question)} {NO_POINTS}"
    return texts.as_markdown(question, how)


def as_plain(question: Question) -> str:
    """Return a question to bet on for a terminal."""
    return texts.as_plain(question, how=f"{RULES}\n\nBet with {_call(question)}{_note(question)}")


def _call(question: Question) -> str:
    example = ", ".join(["0.7", "0.3", *["0"] * (len(question.letters) - 2)])
    return f'quiz.bet("{question.id}", [{example}])'


def _note(question: Question) -> str:
    return f", with your own probabilities for a to {question.letters[-1]}."


def spread(bet: Bet) -> str:
    """Return the probabilities of a bet in one sentence."""
    told = zip(LETTERS, bet.probabilities, strict=False)
    return f"Your bet: {', '.join(f'{letter} {_percent(p)}' for letter, p in told)}."


def price(probability: float) -> str:
    """Return what an option costs if it is right: shown beside its slider."""
    if probability < bet_scores.LOWEST:
        return f"costs {bet_scores.DEAREST:.3f} if right (capped)"
    return f"costs {bet_scores.cost(probability):.3f} if right"


def result(bet: Bet) -> str:
    """Return what a bet cost, beside a guess and the sure right answer."""
    options = len(bet.probabilities)
    beside = (
        f"A guess, the same for each of the {options} options, costs log {options} = "
        f"{bet.guess:.3f}. To be sure, and right, costs 0."
    )
    dearest, one_percent = f"{bet_scores.DEAREST:.3f}", f"{bet_scores.cost(0.01):.3f}"
    if bet.on_truth < bet_scores.LOWEST:
        return (
            f"**You gave the right option 0 %, which costs {bet.cost:.3f} nats.** A 0 says "
            f"“impossible”, and {MINUS}log 0 is infinite. As Keras does, the score takes no "
            f"probability below 1e-7, so it ends at {MINUS}log 1e-7 = {dearest}, the price "
            f"of {bet.cost / bet.guess:.1f} guesses. With 1 % left for it, you would have paid "
            f"{one_percent}. {beside}"
        )
    told = (
        f"**You gave the right option {_percent(bet.on_truth)}, which costs {MINUS}log "
        f"{bet.on_truth:.4g} = {bet.cost:.3f} nats.** {beside}"
    )
    if bet.cost > bet.guess + 1e-9:
        told += " So this bet was dearer than a guess: most of it lay on other options."
    return told


def feedback_plain(question: Question, bet: Bet) -> str:
    """Return what a typed bet is answered with: its cost, and all explanations."""
    lines = [result(bet).replace("**", "")]
    for place, option in enumerate(question.options):
        lines.append(
            f"{question.letters[place]}) {_percent(bet.probabilities[place])}, "
            f"{mark(place == bet.truth)}. {option.why.strip()}"
        )
    return "\n".join(lines)


def mark(right: bool) -> str:
    """Return what an option turned out to be."""
    return "right" if right else "not right"


def summary(found: Summary) -> str:
    """Return what all bets say together, and what they cannot say yet."""
    lines = [
        f"**{count(found.count)}, which cost {found.cost:.3f} nats on average.** Guesses would "
        f"have cost {found.guess:.3f}; to be sure and right costs 0. The mean has two parts:",
        "",
        f"- **{found.unknown:.3f}: not knowing.** Your bets would cost this on average if every "
        "probability in them were exactly right. It falls when you learn more.",
        f"- **{_signed(found.gap)}: {_direction(found)}",
    ]
    if found.capped:
        lines += ["", _capped(found)]
    return "\n".join([*lines, "", few(found.count)])


def _direction(found: Summary) -> str:
    if abs(found.gap) < 0.0005:
        return "too sure or too modest.** Neither: your bets cost what they promised."
    if abs(found.gap) <= found.by_chance:
        return (
            "too sure or too modest.** That cannot be told from chance yet: for somebody whose "
            f"probabilities are exactly right, {count(found.count)} can miss by about "
            f"±{found.by_chance:.3f}."
        )
    chance = f"(chance alone makes about ±{found.by_chance:.3f} of {count(found.count)})"
    if found.gap > 0:
        return (
            f"too sure.** Your bets cost more than their own probabilities promised {chance}. "
            "Say lower numbers, and this part falls, without your knowing more."
        )
    return (
        f"too modest.** Your bets cost less than their own probabilities promised {chance}: you "
        "were right more often than you said. With higher numbers the mean would be lower still."
    )


def _capped(found: Summary) -> str:
    share = found.capped * bet_scores.DEAREST / found.count
    which = "One bet" if found.capped == 1 else f"{found.capped} bets"
    return (
        f"{which} gave the right option 0 %. Of the mean, {share:.3f} comes from that alone. Never "
        "say 0 unless you would stake everything on it."
    )


def few(bets: int) -> str:
    """Return what so many bets can say and what they cannot."""
    half, high = (bet_scores.bets_to_see(GAP, confidence) for confidence in (0.5, 0.85))
    if bets >= half:
        return (
            f"With {count(bets)}, a gap of 10 percentage points in the diagram "
            f"stands out from chance where a group holds about {high} bets (if you said 85 %) or "
            f"{half} (if you said 50 %)."
        )
    return (
        "**What this can say.** The mean cost says at once what these bets were worth. Whether you "
        "are too sure takes many more: a gap of 10 percentage points in the diagram "
        f"stands out from chance when a group holds about {high} bets (if you said 85 %) or {half} "
        f"(if you said 50 %). You have {bets} in all."
    )


def group(found: Group) -> str:
    """Return one line on a group of the diagram."""
    return (
        f"said {_percent(found.confidence)} on average, right {_percent(found.right)} "
        f"({count(found.count)}; chance ±{_percent(found.by_chance)})"
    )


def count(bets: int) -> str:
    """Return a number of bets in words."""
    return f"{bets} bet{'' if bets == 1 else 's'}"


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"


def _signed(number: float) -> str:
    return f"{number:+.3f}".replace("-", MINUS)
