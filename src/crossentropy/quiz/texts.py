"""Questions and feedback in words: plain for a terminal, markdown for all else.

The form in which a question is asked never holds its key, and does not depend on what was answered.
"""

from __future__ import annotations

import re
import textwrap

from crossentropy.quiz import lesson_copies
from crossentropy.quiz.marking import Judgement
from crossentropy.quiz.question import Question


def as_markdown(question: Question, how: str = "") -> str:
    """Return a question for a reader without widgets, as markdown; options are lettered.

    `how` says how to answer it, where that is not `quiz.answer`.
    """
    options = "\n".join(
        _item(f"- **{letter})**", option.text)
        for letter, option in zip(question.letters, question.options, strict=True)
    )
    title = f"**Question {question.id}** ({label(question).lower()})"
    answer = f"*Without buttons here, answer with* `{_call(question)}`{_call_note(question)}"
    how = how or answer
    return "\n\n".join(part for part in (title, question.prompt.strip(), options, how) if part)


def as_plain(question: Question, sitting: str | None = None, how: str = "") -> str:
    """Return a question for a terminal, options lettered. `sitting` is that of `quiz.answer`."""
    options = "\n".join(
        _item(f"  {letter})", option.text, spaces=5)
        for letter, option in zip(question.letters, question.options, strict=True)
    )
    title = f"Question {question.id} ({label(question).lower()})"
    how = how or f"Answer with {_call(question, sitting)}{_call_note(question)}"
    return "\n\n".join(part for part in (title, question.prompt.strip(), options, how) if part)


def _item(mark: str, text: str, spaces: int = 2) -> str:
    text = text.strip()
    if "\n" in text:
        return f"{mark}\n\n{textwrap.indent(text, ' ' * spaces)}\n"
    return f"{mark} {text}"


def _call(question: Question, sitting: str | None = None) -> str:
    example = {"choice": '"a"', "several": '"ab"', "number": "..."}
    given = example.get(question.type, f'"{question.letters}"')
    asked = f', draw="{question.seed}"' if question.seed else ""
    asked = f', sitting="{sitting}"' if sitting else asked
    return f'quiz.answer("{question.id}", {given}{asked})'


def _call_note(question: Question) -> str:
    return {
        "choice": ", with your letter.",
        "several": ", with your letters.",
        "order": ", with the letters in your order.",
        "number": ", with your number in place of the dots.",
    }[question.type]


def key_in_words(question: Question) -> str:
    """Return the right answer and why, as markdown; said when a question is closed unsolved."""
    key = question.key
    if question.type == "number":
        return f"The answer is {key:g}. {question.why.strip()}"
    if question.type == "order":
        return f"The order is {', '.join(key)}. {question.why.strip()}"
    right = [option for option in question.options if option.correct]
    told = " ".join(option.why.strip() for option in right)
    return f"The answer is **{', '.join(key)}**. {told}"


def read_again(question: Question) -> str:
    """Markdown of a link to the section that teaches what a question asks; empty if unknown."""
    return lesson_copies.link(question.taught_in, question.section) if question.section else ""


def in_short(question: Question) -> str:
    """Return the first words of a question, for a list; without marks of markdown."""
    words = re.sub(r"(?s)```.*?```", " ", question.prompt)
    words = re.sub(r"[`*$\\|<>]|(?<!\w)_|_(?!\w)", "", words).split()
    return textwrap.shorten(" ".join(words), width=64, placeholder=" …")


def others_in_words(question: Question, answer: str) -> str:
    """Return what is to be said about the options that an answer leaves, as markdown."""
    return "\n".join(
        f"- **{letter})** {option.why.strip()}"
        for letter, option in zip(question.letters, question.options, strict=True)
        if letter not in answer
    )


def label(question: Question, name: str = "") -> str:
    """Return the sort of a question: 'Practice, easy'; `name` is that of the sitting asking it."""
    name = name or {"predict": "Prediction"}.get(question.use, question.use.capitalize())
    if question.use == "predict" or not question.difficulty:
        return name
    return f"{name}, {question.difficulty}"


def feedback_plain(question: Question, judgement: Judgement, closed: bool | None = None) -> str:
    """Return what `quiz.answer` prints: the explanation, then a hint or the worked steps.

    The steps come when a question is closed: by default, when it was answered right.
    """
    if judgement.right is None:
        return "Your prediction is recorded. Now run the code that answers it."
    parts = [f"{'Right' if judgement.right else 'Not right'}. {judgement.why.strip()}"]
    if judgement.right if closed is None else closed:
        parts += [
            f"{title}:\n{textwrap.indent(text.strip(), '  ')}" for title, text in solution(question)
        ]
    elif question.hint:
        parts.append(f"Hint: {question.hint.strip()}")
    return "\n".join(parts)


def solution(question: Question) -> list[tuple[str, str]]:
    """Worked steps, quick check and common mistakes: title and markdown of each that there is."""
    mistakes = "\n".join(_item("-", mistake) for mistake in question.mistakes)
    parts = [
        ("Worked steps", question.steps),
        ("Quick check", question.quick_check),
        ("Common mistakes", mistakes),
    ]
    return [(title, text) for title, text in parts if text]
