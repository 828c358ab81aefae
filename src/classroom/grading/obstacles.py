"""What of the machine can keep a whole class from being recorded, and how it is told.

A submission that cannot be recorded is one thing; a disk that is full or a gradebook that is locked
ends the batch, since it would keep the others from being recorded too. What was recorded before
stands, and the same command goes on from there.
"""

import errno
from pathlib import Path
import tempfile

from nbgrader.api import Gradebook
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError

from classroom.course import MachineError

SECONDS_FOR_A_LOCK = 60  # that others hold on the gradebook; the Formgrader's last a moment
OF_ALL = {
    errno.EFBIG,
    errno.EIO,
    errno.EMFILE,
    errno.ENFILE,
    errno.ENOSPC,
    errno.EROFS,
    getattr(errno, "EDQUOT", errno.ENOSPC),
}


def obstacle(error: BaseException) -> MachineError | None:
    """Return what is to be told when an error would meet every submission, else None.

    Parameters
    ----------
    error : BaseException
        Raised while something was written or read of gradebook or folders.
    """
    seen = set()
    while error is not None and id(error) not in seen:  # nbgrader wraps some in errors of its own
        if told := _told(error):
            return told
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return None


def _told(error):
    if isinstance(error, OperationalError | InterfaceError):
        return MachineError(f"The gradebook cannot be used ({reason_of(error)}); {_again()}")
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return MachineError(f"The gradebook was lost ({reason_of(error)}); {_again()}")
    if isinstance(error, OSError) and error.errno in OF_ALL:
        what = error.filename or "The results"
        return MachineError(f"{what} cannot be written ({reason_of(error)}); {_again()}")
    return None


def _again():
    return "mend that and run the same command again, which goes on from here."


def reason_of(error: BaseException) -> str:
    """Return why something failed, in a few words of the system or the database."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    text = str(getattr(error, "orig", None) or error).strip()
    return text.splitlines()[0] if text else type(error).__name__


def wait_for_locks(gradebook: Gradebook) -> None:
    """Let a gradebook in SQLite wait longer than five seconds for whoever writes in it."""
    if gradebook.engine.dialect.name == "sqlite":
        gradebook.db.connection().exec_driver_sql(
            f"PRAGMA busy_timeout = {1000 * SECONDS_FOR_A_LOCK}"
        )


def check_writable(gradebook: Gradebook, folder: Path) -> None:
    """See that results can be recorded, before hours are spent on getting them.

    Parameters
    ----------
    gradebook : nbgrader.api.Gradebook
    folder : pathlib.Path
        Where the graded submissions go; it is there.

    Raises
    ------
    MachineError
    """
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(2**16))
    except OSError as error:
        raise MachineError(f"{folder} cannot be written ({reason_of(error)}); {_again()}") from None
    if gradebook.engine.dialect.name != "sqlite":
        return
    gradebook.db.rollback()
    try:
        connection = gradebook.db.connection()
        version = connection.exec_driver_sql("PRAGMA user_version").scalar()
        connection.exec_driver_sql(f"PRAGMA user_version = {version}")  # as it was, but written
    except SQLAlchemyError as error:
        raise (obstacle(error) or error) from None
    finally:
        gradebook.db.rollback()
