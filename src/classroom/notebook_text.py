"""Markdown cells of a notebook on a page that shows their formulas without a network.

nbconvert writes a formula as TeX and leaves it to MathJax, which comes from a network.
"""

from __future__ import annotations

from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from classroom.formulas import picture


@pass_context
def markdown2html(context: Context, source: str) -> str:
    """Return markdown as HTML: nbconvert's filter of this name, with its formulas drawn.

    What cannot be drawn stays TeX between dollar signs, which MathJax sets where there is one.

    Parameters
    ----------
    context : jinja2.runtime.Context
        Of the template, with the cell.
    source : str
    """
    renderer = _Renderer(
        escape=False,
        attachments=context.get("cell", {}).get("attachments", {}),
        path=context.get("resources", {}).get("metadata", {}).get("path", ""),
    )
    return MarkdownWithMath(renderer=renderer).render(source)


class _Renderer(IPythonRenderer):
    def inline_math(self, body: str) -> str:
        return picture(body) or super().inline_math(body)

    def block_math(self, body: str) -> str:
        drawn = picture(body)
        if drawn is None:
            return super().block_math(body)
        return f'<span style="display:block;text-align:center">{drawn}</span>'
