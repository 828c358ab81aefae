"""Files of a person who worked in a lesson's folder, which must not stand beside a source."""

from pathlib import Path

from classroom.course import CourseError

PATTERNS = ("responses*.json", "tries*.json")


def stray_files(folder: Path) -> list[Path]:
    """Return the files in a lesson's folder that a person working there has made."""
    return sorted(path for pattern in PATTERNS for path in folder.glob(pattern))


def refuse_stray_files(folder: Path) -> None:
    """Refuse a source beside which such files stand: grading gives them to every learner.

    Raises
    ------
    CourseError
        When there is one; it is named.
    """
    for path in stray_files(folder):
        raise CourseError(
            f"{path} would overwrite every learner's own at grading; move it out of "
            f"{folder.parent.name}/ and run this again."
        )
