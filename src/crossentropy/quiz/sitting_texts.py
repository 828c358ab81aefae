"""What is said about a sitting: its rules, its result, and what to read again. All is markdown."""

from __future__ import annotations

from crossentropy.quiz import bank, lesson_copies, sittings, texts
from crossentropy.quiz.sittings import CHALLENGE, Rules, Sitting


def rules(rules: Rules) -> str:
    """Return what a challenge or a test is like; said before it begins."""
    if rules is CHALLENGE:
        questions = sittings.challenge_questions()
        seconds = [question.time_limit for question in questions]
        allowed = sorted({rules.attempts_at(question) for question in questions})
        return (
            f"**Challenge.** {len(questions)} questions, one at a time, "
            f"{' or '.join(map(attempts, allowed))} each; after a miss you get a hint. "
            f"A clock runs for each question, {min(seconds)} to {max(seconds)} seconds, from the "
            "moment it appears; closing the notebook or restarting the kernel does not stop it. "
            "The first sitting gives the points. When all are right, in any sitting, you earn the "
            "badge **Categorical Cross-Entropy Master**."
        )
    counts = ", ".join(f"{count} {name}" for name, count in sittings.DRAWN.items())
    return (
        f"**Ten-question test.** Questions from all lessons ({counts}), drawn anew each time, one "
        f"at a time, {attempts(rules.attempts)} each, no clock; after a miss you get a hint. "
        "Afterwards you see which objectives are strong, which are shaky, and what to revise. The "
        "best finished test gives the points. Before you answer a question with options, a "
        "button lets you bet on it; a bet never changes the result."
    )


def attempts(count: int) -> str:
    """Return a number of attempts in words."""
    return f"{count} attempt{'' if count == 1 else 's'}"


def result(sitting: Sitting) -> str:
    """Return the result of a sitting that is over, and what can still be had."""
    told = f"{sitting.right()} of {len(sitting.questions)} right."
    if sittings.is_won(sitting):
        return f"{told} You have earned the badge: write your name on it."
    if sitting.rules is CHALLENGE:
        return (
            f"{told} The points stay as they are; another sitting can still earn the badge. There "
            "the options stand in another order, and a question that can has other numbers."
        )
    return told


def summary(sitting: Sitting) -> str:
    """Return the result, what became of each question, and how strong each objective was."""
    asked = len(sitting.questions)
    lines = [f"**{sitting.rules.title}: {sitting.right()} of {asked} right**", ""]
    lines += [
        "| no. | question | result | attempts | objective | section |",
        "|---|---|---|---|---|---|",
    ]
    words = {"right": "right", "wrong": "not right", "late": "out of time"}
    for number, question in enumerate(sitting.questions, start=1):
        standing = sitting.standing(question)
        outcome = words.get(standing.outcome, "not answered")
        short = texts.in_short(question)
        goal = bank.objective(question.lesson, question.objective).goal
        section = texts.read_again(question)
        given = len(standing.answers)
        lines.append(f"| {number} | {short} | {outcome} | {given} | {goal} | {section} |")
    return "\n".join([*lines, "", *_strengths(sitting)])


def _strengths(sitting: Sitting) -> list[str]:
    """How strong each objective was, weakest first, and what to read again."""
    lines = []
    for one in sittings.strengths(sitting):
        goal = bank.objective(one.lesson, one.objective).goal
        line = f"- **{one.name}**: {goal} ({lesson_copies.link(one.lesson)})"
        links = dict.fromkeys(texts.read_again(question) for question in one.weak)
        if any(links):
            line += f"; read again: {', '.join(filter(None, links))}"
        lines.append(line)
    return lines
