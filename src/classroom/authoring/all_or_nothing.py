"""Change several files of a course so that all of them are changed, or none."""

from collections.abc import Iterator
import contextlib
from pathlib import Path

from crossentropy import own_folder

from classroom.course import CourseError

# What commands write that begin or change lessons; of solutions/ and notebooks/ all files.
PATTERNS = (
    "solutions/**/*",
    "notebooks/**/*",
    "data/questions/*",
    "data/worked/*",
    "docs/objectives.md",
    "README.md",
)


@contextlib.contextmanager
def all_or_nothing(course: Path) -> Iterator[None]:
    """Put lessons, release, bank and objectives back as they were if what is done here fails.

    Raises
    ------
    CourseError
        As it was raised inside; it says that nothing was changed.
    """
    before = {path: path.read_bytes() for path in _files(course)}
    try:
        yield
    except BaseException as error:
        _put_back(course, before)
        if isinstance(error, CourseError):
            raise type(error)(f"{error}\nSo nothing was changed.") from None
        raise


def _files(course: Path) -> list[Path]:
    return [path for one in PATTERNS for path in course.glob(one) if path.is_file()]


def _put_back(course: Path, before: dict[Path, bytes]) -> None:
    for path in _files(course):
        if path not in before:
            path.unlink()
            with contextlib.suppress(OSError):  # a folder that holds more stays
                path.parent.rmdir()
    for path, content in before.items():
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            own_folder.write(path, content)
