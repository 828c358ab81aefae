"""Scores that a person gave and that are more than a cell is worth by now."""

from collections.abc import Iterator, Mapping
import os

from nbgrader.api import MissingEntry

from classroom.grading.settings import CourseSettings


def above(course: str | os.PathLike, lesson: str, worth: Mapping[str, float]) -> Iterator[str]:
    """Yield a sentence for each score given by hand that is above what a cell is worth now.

    Nobody but a person takes back what a person has given, so it counts as it is.

    Parameters
    ----------
    course : path-like
        The folder with `nbgrader_config.py`.
    lesson : str
    worth : mapping of str to float
        The points of graded cells by grade id.
    """
    with CourseSettings(course).gradebook() as gradebook:
        try:
            submissions = list(gradebook.find_assignment(lesson).submissions)
        except MissingEntry:
            return
        for submission in submissions:
            for grade in (each for notebook in submission.notebooks for each in notebook.grades):
                given, most = grade.manual_score, worth.get(grade.name)
                if given is not None and most is not None and given > most:
                    yield (
                        f"{submission.student.id} has {given:g} points for {grade.name}, given by "
                        f"hand, and it is worth {most:g} now: they count until you change them in "
                        "the Formgrader (Manual Grading)."
                    )
