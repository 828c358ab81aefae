"""Questions and feedback as text: plain, markdown, and HTML for the widgets.

The plain and the markdown form never hold a key, and do not depend on what was answered.
"""

from __future__ import annotations

from functools import lru_cache
import html
import json
import re
import textwrap

from crossentropy import own_folder
from crossentropy.quiz import bank, sittings
from crossentropy.quiz.bank import Question
from crossentropy.quiz.marking import Verdict
from crossentropy.quiz.sittings import Rules, Sitting


def as_markdown(question: Question) -> str:
    """A question for a reader without widgets, as markdown; options are lettered."""
    options = "\n".join(
        _item(f"- **{letter})**", option.text)
        for letter, option in zip(question.letters, question.options, strict=True)
    )
    title = f"**Question {question.id}** ({label(question).lower()})"
    how = f"*Without buttons here, answer with* `{_call(question)}`{_call_note(question)}"
    return "\n\n".join(part for part in (title, question.prompt.strip(), options, how) if part)


def as_plain(question: Question, sitting: str | None = None) -> str:
    """A question for a terminal; options are lettered. `sitting` is that of `quiz.answer`."""
    options = "\n".join(
        _item(f"  {letter})", option.text, spaces=5)
        for letter, option in zip(question.letters, question.options, strict=True)
    )
    title = f"Question {question.id} ({label(question).lower()})"
    call = _call(question)
    if sitting:
        call = f'{call[:-1]}, sitting="{sitting}")'
    how = f"Answer with {call}{_call_note(question)}"
    return "\n\n".join(part for part in (title, question.prompt.strip(), options, how) if part)


def _item(mark: str, text: str, spaces: int = 2) -> str:
    text = text.strip()
    if "\n" in text:
        return f"{mark}\n\n{textwrap.indent(text, ' ' * spaces)}\n"
    return f"{mark} {text}"


def _call(question: Question) -> str:
    example = {"choice": '"a"', "several": '"ab"', "number": "0.5"}
    given = example.get(question.type, f'"{question.letters}"')
    return f'quiz.answer("{question.id}", {given})'


def _call_note(question: Question) -> str:
    return {
        "choice": ", with your letter.",
        "several": ", with your letters.",
        "order": ", with the letters in your order.",
        "number": ", with your number.",
    }[question.type]


def rules_of_sitting(rules: Rules) -> str:
    """What a challenge or a test is like, as markdown; said before it begins."""
    if rules.name == "challenge":
        questions = sittings.challenge_questions()
        seconds = [question.time_limit for question in questions]
        return (
            f"**Challenge.** {len(questions)} questions, one at a time, two tries each, no hints. "
            f"A clock runs for each question, {min(seconds)} to {max(seconds)} seconds, from the "
            "moment it appears; closing the notebook or restarting the kernel does not stop it. "
            "The first sitting gives the points. When all are right, in any sitting, you earn the "
            "badge **Categorical Cross-Entropy Master**."
        )
    counts = ", ".join(f"{count} {name}" for name, count in sittings.DRAWN.items())
    return (
        f"**Ten-question test.** Questions from all lessons ({counts}), drawn anew each time, one "
        "at a time, two tries each, no clock. Afterwards you see which objectives are strong, "
        "which are shaky, and what to revise. The best finished test gives the points."
    )


def summary(sitting: Sitting) -> str:
    """Markdown: the result, and what became of each question."""
    asked = len(sitting.questions)
    lines = [f"**{sitting.rules.title}: {sitting.right()} of {asked} right**", ""]
    lines += ["| no. | question | result | tries |", "|---|---|---|---|"]
    words = {"right": "right", "wrong": "not right", "late": "out of time"}
    for number, question in enumerate(sitting.questions, start=1):
        standing = sitting.standing(question)
        result = words.get(standing.outcome, "not answered")
        lines.append(f"| {number} | `{question.id}` | {result} | {len(standing.answers)} |")
    return "\n".join(lines)


def strengths(sitting: Sitting, links: bool) -> str:
    """Markdown: how strong each objective of a test is, weakest first, and what to read again."""
    lines = []
    for lesson, word, strength in sittings.strength(sitting):
        objective = bank.objective(lesson, word)
        line = f"- **{strength}**: {objective.goal} (lesson {bank.title(lesson)})"
        if strength != "strong" and objective.section:
            section = link(lesson, objective.section) if links else objective.section
            line += f"; read again: {section}"
        lines.append(line)
    return "\n".join(lines)


def key_in_words(question: Question) -> str:
    """The right answer and why, as markdown; said when a question is closed unsolved."""
    key = question.key
    if question.type == "number":
        return f"The answer is {key:g}. {question.why.strip()}"
    if question.type == "order":
        return f"The order is {', '.join(key)}. {question.why.strip()}"
    right = [option for option in question.options if option.correct]
    told = " ".join(option.why.strip() for option in right)
    return f"The answer is **{', '.join(key)}**. {told}"


def link(lesson: str, section: str = "") -> str:
    """Markdown of a link to another lesson's notebook, or to a section of it (`accessible.js`)."""
    cell = _cell_with(lesson, section) if section else ""
    fragment = f"#cell-id={cell}" if cell else ""
    return f"[{section or bank.title(lesson)}](../{lesson}/{lesson}.ipynb{fragment})"


def _cell_with(lesson: str, heading: str) -> str:
    """Id of the cell with a heading in the learner's copy of a lesson; empty if it is not there."""
    try:
        text = (own_folder.home().parent / lesson / f"{lesson}.ipynb").read_text(encoding="utf-8")
        cells = json.loads(text)["cells"]
        sources = {cell["id"]: "".join(cell["source"]) for cell in cells}
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    wanted = re.compile(rf"^#+ {re.escape(heading)}\s*$", re.MULTILINE)
    return next((name for name, source in sources.items() if wanted.search(source)), "")


def label(question: Question, name: str = "") -> str:
    """What sort of question it is: 'Practice, easy'; `name` is that of a sitting which asks it."""
    name = name or {"predict": "Prediction"}.get(question.use, question.use.capitalize())
    if question.use == "predict" or not question.difficulty:
        return name
    return f"{name}, {question.difficulty}"


def feedback_plain(question: Question, verdict: Verdict, hints: bool = True) -> str:
    """What `quiz.answer` prints: the explanation, then a hint or the worked steps."""
    if verdict.right is None:
        return "Your prediction is recorded. Now run the code that answers it."
    parts = [f"{'Right' if verdict.right else 'Not right'}. {verdict.why.strip()}"]
    if verdict.right:
        parts += [
            f"{title}:\n{textwrap.indent(text.strip(), '  ')}" for title, text in solution(question)
        ]
    elif question.hint and hints:
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


# --- HTML -----------------------------------------------------------------------------------------


def as_html(markdown: str) -> str:
    """Markdown as HTML: raw HTML escaped, code coloured, maths left for MathJax to typeset."""
    return f'<div class="ce-text">{_renderer()(markdown.strip())}</div>'


@lru_cache(maxsize=1)
def _renderer():
    import mistune

    class Renderer(mistune.HTMLRenderer):
        def block_code(self, code: str, info: str | None = None) -> str:
            language = (info or "").split()[0].lower() if info else ""
            return f"<pre><code>{_highlighted(code.rstrip(), language)}</code></pre>\n"

        def link(self, text: str, url: str, title: str | None = None) -> str:
            # In a tab of its own, or the browser would leave JupyterLab.
            return super().link(text, url, title).replace("<a ", '<a target="_blank" ', 1)

        def codespan(self, text: str) -> str:
            return f"<code>{mistune.escape(text, quote=False)}</code>"

    in_lists = "mistune.plugins.math.math_in_list"
    return mistune.create_markdown(
        renderer=Renderer(escape=True), plugins=["math", in_lists, "table"]
    )


def _highlighted(code: str, language: str) -> str:
    if language not in ("python", "py", "pycon"):
        return html.escape(code, quote=False)
    from pygments import highlight
    from pygments.formatters.html import HtmlFormatter
    from pygments.lexers.python import PythonConsoleLexer, PythonLexer

    lexer = PythonConsoleLexer() if language == "pycon" else PythonLexer()
    return highlight(code, lexer, HtmlFormatter(nowrap=True)).rstrip("\n")
