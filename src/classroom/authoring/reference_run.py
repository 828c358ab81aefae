"""Run the source lessons and store what they print, as the reference that CI compares with."""

import os
from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

from classroom import notebook_files
from classroom.authoring.stray_files import refuse_stray_files
from classroom.course import CourseError, lesson_file

SECONDS_A_CELL = 600


def store_outputs(course: Path, lesson: str) -> Path:
    """Run a lesson from top to bottom in its own folder and store its outputs, normalised.

    Parameters
    ----------
    course : pathlib.Path
    lesson : str

    Returns
    -------
    pathlib.Path
        The notebook, written only when every cell ran.

    Raises
    ------
    CourseError
        When a cell fails, or when quiz answers stand in the folder: they would be in the outputs.
    """
    path = lesson_file(course, lesson)
    refuse_stray_files(path.parent)
    notebook = notebook_files.read(path)
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    client = NotebookClient(
        notebook,
        timeout=SECONDS_A_CELL,
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
        extra_arguments=["--HistoryManager.hist_file=:memory:"],
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        client.execute()
    except (CellExecutionError, DeadKernelError) as error:
        raise CourseError(f"{path} does not run: {error}") from None
    notebook_files.write(notebook_files.normalise(notebook), path)
    return path
