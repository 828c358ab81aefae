"""What the tests of the classroom share."""

import functools

from alembic.script import ScriptDirectory
from nbgrader import api, dbutil


@functools.cache
def newest_version():
    """Return which version of nbgrader's tables is the newest.

    For each new gradebook nbgrader asks a program of Alembic's, which takes two seconds to begin.
    """
    return ScriptDirectory(dbutil.ALEMBIC_DIR).get_current_head()


api.get_alembic_version = newest_version
