"""A report as one page that opens without a network, in light and dark."""

from __future__ import annotations

import os
from pathlib import Path

from crossentropy import own_folder
import jinja2

from classroom.page_text import as_html
from classroom.report import words
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
