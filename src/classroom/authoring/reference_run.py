"""Run the source lessons and store what they print, as the reference that CI compares with."""

import atexit
import os
from pathlib import Path

from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from classroom import notebook_files
from classroom.authoring.stray_files import refuse_stray_files
from classroom.course import CourseError, MachineError, lesson_file

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
        When a cell fails, when no kernel starts, or when quiz answers stand in the folder: they
        would be in the outputs.
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
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        raise CourseError(f"{path} does not run: {error}") from None
    except (RuntimeError, NoSuchKernel, OSError) as error:
        # nbclient leaves the end of a kernel for later that never was.
        atexit.unregister(client._cleanup_kernel)
        raise MachineError(
            f"{path} was not run, as its kernel did not start ({error}): see whether python -m "
            "ipykernel --version works here, or run make lab again."
        ) from None
    notebook_files.write(notebook_files.normalise(notebook), path)
    return path
