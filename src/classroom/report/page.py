"""A report as one page that opens without a network, in light and dark."""

from __future__ import annotations

from functools import lru_cache
import os
from pathlib import Path

from crossentropy import own_folder
import jinja2
from markupsafe import Markup
import mistune

from classroom.report import words
from classroom.report.formulas import formula
from classroom.report.lesson_report import LessonReport
from classroom.report.tables import write_tables


def write_page(report: LessonReport, folder: str | os.PathLike) -> Path:
    """Write the page of a report, and its tables beside it.

    Parameters
    ----------
    report : LessonReport
    folder : path-like
        Made if it does not exist. What an earlier report wrote there is replaced.

    Returns
    -------
    pathlib.Path
        The page.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    tables = write_tables(report, folder)
    own_folder.write(folder / "report.html", page(report, [table.name for table in tables]))
    return folder / "report.html"


def page(report: LessonReport, tables: list[str]) -> str:
    """Return the text of the page; `tables` are names of files beside it."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= {"markdown": as_html, "percent": words.percent}
    return environment.get_template("page.html.j2").render(
        report=report, tables=tables, words=words
    )


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
