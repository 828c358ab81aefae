"""A course as nbgrader's settings describe it: folders, gradebook, time limits."""

import logging
import os
from pathlib import Path
import sys

from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties, Execute
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from traitlets import TraitError
from traitlets.config import PyFileConfigLoader

from classroom.course import CourseError, MachineError
from classroom.grading.obstacles import reason_of, wait_for_locks


class CourseSettings:
    """What `nbgrader_config.py` says of a course.

    Parameters
    ----------
    course : path-like
        The folder with `nbgrader_config.py`.

    Raises
    ------
    CourseError
        When nbgrader's settings cannot be read.
    """

    def __init__(self, course: str | os.PathLike):
        self.course = Path(course).resolve()
        try:
            # Plugins of the course stand beside its settings; nbgrader finds them there, too.
            if str(self.course) not in sys.path:
                sys.path.append(str(self.course))
            config = PyFileConfigLoader("nbgrader_config.py", path=str(self.course)).load_config()
            config.CourseDirectory.root = str(self.course)
            self.config = config
            self.directory = CourseDirectory(config=config)
            self.autograde = Autograde(coursedir=self.directory, config=config)
            self.timeout = Execute(config=config).timeout or 30
            AssignLatePenalties(config=config)  # a plugin that cannot be loaded is told here
        except (TraitError, SyntaxError, NameError, AttributeError, ImportError) as error:
            raise CourseError(
                f"{self.course / 'nbgrader_config.py'} cannot be used: {error}; mend that line "
                "and run this again."
            ) from None

    def gradebook(self) -> Gradebook:
        """Open nbgrader's gradebook.

        Raises
        ------
        CourseError
            When the database cannot be reached or is not a gradebook.
        """
        # nbgrader logs tracebacks of what it raises, too.
        logging.getLogger("tornado.application").addHandler(logging.NullHandler())
        try:
            gradebook = Gradebook(self.directory.db_url, self.directory.course_id)
            wait_for_locks(gradebook)
        except (SQLAlchemyError, ImportError) as error:
            kind = MachineError if isinstance(error, OperationalError) else CourseError
            raise kind(
                f"The gradebook {shown_url(self.directory.db_url)} cannot be opened "
                f"({reason_of(error)}); see CourseDirectory.db_url in nbgrader_config.py."
            ) from None
        return gradebook

    def path(self, step: str, student: str, lesson: str) -> Path:
        """Return the folder of a student's lesson in one of nbgrader's steps."""
        return Path(self.directory.format_path(step, student, lesson))

    def autograded(self, student: str, lesson: str) -> Path:
        """Return the folder of a student's graded lesson."""
        return self.path(self.directory.autograded_directory, student, lesson)


def shown_url(url: str) -> str:
    """Return a database URL without its password."""
    head, at, tail = url.rpartition("@")
    return f"{head.rpartition(':')[0]}:…{at}{tail}" if at and head.count(":") > 1 else url
