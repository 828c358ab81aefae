"""Questions and feedback as text: plain, markdown, and HTML for the widgets.

The plain and the markdown form never hold a key, and do not depend on what was answered.
"""

from __future__ import annotations

from functools import lru_cache
import html
import textwrap

from crossentropy.bank import Question
from crossentropy.marking import Verdict


def as_markdown(question: Question) -> str:
    """A question for a reader without widgets, as markdown; options are lettered."""
    options = "\n".join(
        _item(f"- **{letter})**", option.text)
        for letter, option in zip(question.letters, question.options, strict=True)
    )
    title = f"**Question {question.id}** ({label(question).lower()})"
    how = f"*Without buttons here, answer with* `{_call(question)}`{_call_note(question)}"
    return "\n\n".join(part for part in (title, question.prompt.strip(), options, how) if part)


def as_plain(question: Question) -> str:
    """A question for a terminal; options are lettered."""
    options = "\n".join(
        _item(f"  {letter})", option.text, spaces=5)
        for letter, option in zip(question.letters, question.options, strict=True)
    )
    title = f"Question {question.id} ({label(question).lower()})"
    how = f"Answer with {_call(question)}{_call_note(question)}"
    return "\n\n".join(part for part in (title, question.prompt.strip(), options, how) if part)


def _item(mark: str, text: str, spaces: int = 2) -> str:
    text = text.strip()
    if "\n" in text:
        return f"{mark}\n\n{textwrap.indent(text, ' ' * spaces)}\n"
    return f"{mark} {text}"


def _call(question: Question) -> str:
    example = '"a"' if question.type == "choice" else "0.5"
    return f'quiz.answer("{question.id}", {example})'


def _call_note(question: Question) -> str:
    return ", with your letter." if question.type == "choice" else ", with your number."


def label(question: Question) -> str:
    """What sort of question it is: 'Practice, easy'."""
    name = {"predict": "Prediction"}.get(question.use, question.use.capitalize())
    if question.use == "predict" or not question.difficulty:
        return name
    return f"{name}, {question.difficulty}"


def feedback_plain(question: Question, verdict: Verdict) -> str:
    """What `quiz.answer` prints: the explanation, then a hint or the worked steps."""
    if verdict.right is None:
        return "Your prediction is recorded. Now run the code that answers it."
    parts = [f"{'Right' if verdict.right else 'Not right'}. {verdict.why.strip()}"]
    if verdict.right:
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
