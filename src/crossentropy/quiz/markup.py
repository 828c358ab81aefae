"""What the widgets of the quiz are made of: markdown as HTML, panels, and the style sheet."""

from __future__ import annotations

from functools import lru_cache
import html
from pathlib import Path
import re

STYLE = f"<style>\n{Path(__file__).with_name('card.css').read_text(encoding='utf-8')}</style>"


def as_html(markdown: str) -> str:
    """Markdown as HTML: raw HTML escaped, code coloured, maths left for MathJax to typeset."""
    return f'<div class="ce-text">{_renderer()(markdown.strip())}</div>'


def panel(content: str, kind: str) -> str:
    """HTML of a panel that says something to the learner."""
    return f'<div class="ce-panel {kind}">{content}</div>'


def escaped(text: str) -> str:
    """HTML of one paragraph of plain text."""
    return f'<div class="ce-text"><p>{html.escape(text)}</p></div>'


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
            return f"<code>{_breakable(mistune.escape(text, quote=False))}</code>"

    in_lists = "mistune.plugins.math.math_in_list"
    return mistune.create_markdown(
        renderer=Renderer(escape=True), plugins=["math", in_lists, "table"]
    )


def _breakable(code: str) -> str:
    """Let a long name be broken where its parts meet, and not inside a word."""
    return re.sub(r"(?<=\w)([.,(=_]+)(?=[\w\"'\[])", r"\1<wbr>", code)


def _highlighted(code: str, language: str) -> str:
    if language not in ("python", "py", "pycon"):
        return html.escape(code, quote=False)
    from pygments import highlight
    from pygments.formatters.html import HtmlFormatter
    from pygments.lexers.python import PythonConsoleLexer, PythonLexer

    lexer = PythonConsoleLexer() if language == "pycon" else PythonLexer()
    return highlight(code, lexer, HtmlFormatter(nowrap=True)).rstrip("\n")
