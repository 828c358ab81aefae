"""Make the learners' lessons from ours, with nbgrader's own generate step."""

import os
from pathlib import Path
import tempfile

from crossentropy import own_folder
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import compute_checksum, is_solution
from traitlets.config import Config, PyFileConfigLoader

from classroom import notebook_files
from classroom.authoring.stray_files import refuse_stray_files
from classroom.course import CourseError, lesson_file, lesson_names, page_files
from classroom.nbgrader_log import reason_logged_by


def release_lessons(
    course: Path,
    lessons: list[str] | None = None,
    into: str | os.PathLike | None = None,
    gradebook: str | None = None,
) -> list[Path]:
    """Regenerate the learners' version of lessons.

    nbgrader itself clears a lesson's whole release folder when it is told to overwrite. So the
    lesson is made in a temporary folder, and only its notebook and what stands beside its source
    are then put in place, atomically.

    Parameters
    ----------
    course : pathlib.Path
        The folder with `nbgrader_config.py`.
    lessons : list of str, optional
        Which lessons; all by default.
    into : path-like, optional
        Where the release goes; `course/notebooks` by default.
    gradebook : str, optional
        URL of another gradebook than the course's own, to leave that one as it is.

    Returns
    -------
    list of pathlib.Path
        The notebooks written.

    Raises
    ------
    CourseError
        When a lesson is unknown, when a learner's answers stand among the sources or in the way
        of the release, or when nbgrader refuses a lesson.
    """
    into = Path(into or course / "notebooks")
    released = []
    for lesson in lessons or lesson_names(course):
        source = lesson_file(course, lesson)
        refuse_stray_files(source.parent)
        target = into / lesson / f"{lesson}.ipynb"
        refuse_to_overwrite_work(target)
        with tempfile.TemporaryDirectory() as folder:
            generate(course, lesson, folder, gradebook)
            made = Path(folder) / lesson
            notebook_files.write(notebook_files.read(made / target.name), target)
            _copy_files_beside(made, target.parent)
        released.append(target)
    return released


def _copy_files_beside(made, folder):
    for path in sorted(made.rglob("*")):
        target = folder / path.relative_to(made)
        if not path.is_file() or path.suffix == ".ipynb":
            continue
        if not target.is_file() or target.read_bytes() != path.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            own_folder.write(target, path.read_bytes())


def release_pages(course: Path, into: str | os.PathLike | None = None) -> list[Path]:
    """Copy the pages, in which nothing is to be solved; return the notebooks written."""
    into = Path(into or course / "notebooks")
    released = []
    for source in page_files(course):
        target = into / source.name
        notebook_files.write(notebook_files.normalise(notebook_files.read(source)), target)
        released.append(target)
    return released


def generate(
    course: Path, lesson: str, folder: str | os.PathLike, gradebook: str | None = None
) -> None:
    """Run nbgrader's generate step for one lesson into `folder`."""
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
    ours = Config()
    ours.CourseDirectory.root = str(course)
    ours.CourseDirectory.release_directory = str(folder)
    ours.CourseDirectory.assignment_id = lesson
    if gradebook:
        ours.CourseDirectory.db_url = gradebook
    config.merge(ours)
    step = GenerateAssignment(coursedir=CourseDirectory(config=config), config=config)
    with reason_logged_by(step) as reason:
        try:
            step.start()
        except Exception as error:
            why = reason.text or error
            raise CourseError(f"nbgrader could not release lesson {lesson}: {why}") from error


def refuse_to_overwrite_work(path: Path) -> None:
    """Refuse a released notebook into which somebody has typed answers.

    Raises
    ------
    CourseError
        When there is one; it is named.
    """
    if not path.is_file():
        return
    for cell in notebook_files.read(path).cells:
        if is_solution(cell) and cell.metadata.nbgrader.get("checksum") != compute_checksum(cell):
            raise CourseError(
                f"{path} holds an answer that somebody typed; move that file to my-work/ and run "
                "this again, and the release will make a fresh one."
            )
