"""Where a course keeps its lessons and pages, and which ones it has."""

import os
from pathlib import Path


class CourseError(Exception):
    """Something in the course folder is not as it must be; the message says what to do."""

    status = 2  # with which a command ends


class MachineError(CourseError):
    """The machine is in the way, and nobody did anything wrong; the message says what to do."""

    status = 3


def find_course(start: str | os.PathLike | None = None) -> Path:
    """Return the course folder: `start` or the nearest folder above it with a config.

    Parameters
    ----------
    start : path-like, optional
        Where to begin; the working directory by default.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    CourseError
        When no folder from `start` upwards holds an `nbgrader_config.py`.
    """
    start = Path(start or ".").resolve()
    for folder in (start, *start.parents):
        if (folder / "nbgrader_config.py").is_file():
            return folder
    raise CourseError(
        f"{start} is not inside a course: no nbgrader_config.py stands here or in a folder above; "
        "run this from the folder that you cloned."
    )


def lesson_names(course: Path, tree: str = "solutions") -> list[str]:
    """Return the names of the lessons in `course/tree`, in the order of the path."""
    return sorted(
        path.parent.name
        for path in (course / tree).glob("*/*.ipynb")
        if path.stem == path.parent.name
    )


def lesson_file(course: Path, lesson: str, tree: str = "solutions") -> Path:
    """Return the notebook of one lesson.

    Raises
    ------
    CourseError
        When there is no such lesson.
    """
    path = course / tree / lesson / f"{lesson}.ipynb"
    if not path.is_file():
        known = ", ".join(lesson_names(course, tree)) or "none"
        raise CourseError(f"{tree}/ has no lesson named '{lesson}'; there are: {known}.")
    return path


def page_files(course: Path, tree: str = "solutions") -> list[Path]:
    """Return the pages: the notebooks without code that stand beside the lessons' folders."""
    return sorted((course / tree).glob("*.ipynb"))


def has_exchange(course: Path) -> bool:
    """Return whether the settings name a folder by which nbgrader hands out and takes in."""
    from traitlets.config import PyFileConfigLoader

    config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
    return bool("Exchange" in config and config.Exchange.get("root"))
