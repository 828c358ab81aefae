"""Texts of the question bank on a page that opens without a network and without a script."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup
import mistune

from classroom.formulas import formula


def as_html(markdown: str) -> Markup:
    """Return markdown as HTML; formulas become pictures, whose text is what was written."""
    return Markup(_renderer()(markdown.strip()))


@lru_cache(maxsize=1)
def _renderer():
    class Renderer(mistune.HTMLRenderer):
        # Neither headings nor links of a question belong to the page around it.
        def heading(self, text: str, level: int, **attrs: object) -> str:
            return f"<p><strong>{text}</strong></p>\n"

        def link(self, text: str, url: str, title: str | None = None) -> str:
            return text

        def image(self, text: str, url: str, title: str | None = None) -> str:
            return mistune.escape(text)

    markdown = mistune.create_markdown(renderer=Renderer(escape=True), plugins=["math", "table"])
    markdown.renderer.register("inline_math", lambda _, text: formula(text))
    markdown.renderer.register("block_math", lambda _, text: f"<p>{formula(text)}</p>")
    return markdown
