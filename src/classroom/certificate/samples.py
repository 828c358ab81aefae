"""Samples: answers to an exercise that are right or wrong on purpose, kept with the course.

`tests/answers/<lesson>/<answer cell>/wrong/` holds answers that each make one named mistake. Their
first line says what the first message to the learner must hold; where an exercise has several
tests, the second says which of them refuse it. Those in `right/` are written in another way than
the teacher's and keep every point.
"""

from dataclasses import dataclass
from pathlib import Path

from classroom.course import CourseError

FOLDER = "tests/answers"
PHRASE = "# first message holds: "
REFUSED_BY = "# refused by: "


@dataclass(frozen=True)
class Sample:
    """An answer that is right or wrong on purpose.

    Attributes
    ----------
    exercise : str
        The grade id of its answer cell.
    name : str
        Such as "wrong/base-10".
    right : bool
    source : str
    phrase : str
        What the first message about a wrong one holds.
    refused_by : tuple of str
        Grade ids of the tests that refuse a wrong one; empty where any will do.
    """

    exercise: str
    name: str
    right: bool
    source: str
    phrase: str = ""
    refused_by: tuple[str, ...] = ()


def read_samples(course: Path, lesson: str) -> list[Sample]:
    """Return the samples of a lesson, exercise by exercise.

    Raises
    ------
    CourseError
        When the first line of a wrong one does not say what its first message holds.
    """
    return [_read(path) for path in sorted((course / FOLDER / lesson).glob("*/*/*.py"))]


def _read(path):
    exercise, kind = path.parts[-3:-1]
    source = path.read_text(encoding="utf-8")
    name, lines = f"{kind}/{path.stem}", [*source.splitlines(), "", ""]
    if kind == "right":
        return Sample(exercise, name, True, source)
    if kind != "wrong" or not lines[0].startswith(PHRASE) or lines[0].strip() == PHRASE.strip():
        raise CourseError(
            f"{path} cannot be tried: a sample lies in right/ or in wrong/, and the first line of "
            f"a wrong one is '{PHRASE}' and some words of that message."
        )
    refused = lines[1].removeprefix(REFUSED_BY) if lines[1].startswith(REFUSED_BY) else ""
    names = tuple(one.strip() for one in refused.split(",") if one.strip())
    return Sample(exercise, name, False, source, lines[0].removeprefix(PHRASE), names)
