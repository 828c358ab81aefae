"""Make the learners' lessons from ours, with nbgrader's own generate step."""

import logging
from pathlib import Path
import tempfile

from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import compute_checksum, is_solution
from traitlets.config import Config, PyFileConfigLoader

from classroom import notebook_files
from classroom.authoring.stray_files import refuse_stray_files
from classroom.course import CourseError, lesson_file, lesson_names


def release(course, lessons=None, into=None, gradebook=None):
    """Regenerate the learners' version of lessons.

    nbgrader itself clears a lesson's whole release folder when it is told to overwrite. So the
    lesson is made in a temporary folder, and only its notebook is then put in place, atomically.

    Parameters
    ----------
    course : pathlib.Path
        The folder with ``nbgrader_config.py``.
    lessons : list of str, optional
        Which lessons; all by default.
    into : path-like, optional
        Where the release goes; ``course/notebooks`` by default.
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
            made = Path(folder) / lesson / f"{lesson}.ipynb"
            notebook_files.write(notebook_files.read(made), target)
        released.append(target)
    return released


def generate(course, lesson, folder, gradebook=None):
    """Run nbgrader's generate step for one lesson into ``folder``."""
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
    ours = Config()
    ours.CourseDirectory.root = str(course)
    ours.CourseDirectory.release_directory = str(folder)
    ours.CourseDirectory.assignment_id = lesson
    if gradebook:
        ours.CourseDirectory.db_url = gradebook
    config.merge(ours)
    step = GenerateAssignment(coursedir=CourseDirectory(config=config), config=config)
    log = _LastError()
    step.log.addHandler(log)
    try:
        step.start()
    except Exception as error:
        reason = log.reason or error
        raise CourseError(f"nbgrader could not release lesson {lesson}: {reason}") from error
    finally:
        step.log.removeHandler(log)


class _LastError(logging.Handler):
    """Remembers the reason that nbgrader logs; the exception it raises only says "see above"."""

    reason = None

    def emit(self, record):
        if record.exc_info and record.exc_info[1]:
            self.reason = self.reason or record.exc_info[1]
        elif record.levelno >= logging.ERROR and "Traceback" in record.getMessage():
            self.reason = self.reason or record.getMessage().strip().splitlines()[-1]


def refuse_to_overwrite_work(path):
    """Raise when somebody has typed answers into the released notebook at ``path``."""
    if not path.is_file():
        return
    for cell in notebook_files.read(path).cells:
        if is_solution(cell) and cell.metadata.nbgrader.get("checksum") != compute_checksum(cell):
            raise CourseError(
                f"{path} holds an answer that somebody typed; move that file to my-work/ and run "
                "this again, and the release will make a fresh one."
            )
