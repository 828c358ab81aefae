"""The table of grades, as `nbgrader export` writes it."""

import contextlib
import os
from pathlib import Path

from nbgrader.plugins import CsvExportPlugin
from traitlets.utils.importstring import import_item

from classroom.grading.settings import CourseSettings


def export_grades(course: str | os.PathLike) -> Path:
    """Write the table of all grades, as `nbgrader export` does; return its path."""
    settings = CourseSettings(course)
    plugin = settings.config.ExportApp.get("plugin_class") or CsvExportPlugin
    plugin = import_item(plugin) if isinstance(plugin, str) else plugin
    exporter = plugin(config=settings.config)
    with contextlib.chdir(settings.course), settings.gradebook() as gradebook:
        exporter.export(gradebook)
    return settings.course / (exporter.to or "grades.csv")
