"""Which notebook of a submission is the lesson's."""

from dataclasses import dataclass
import posixpath
from typing import Any

from classroom.grading.lesson import Lesson
from classroom.grading.preparation.any_notebook import read_cells
from classroom.grading.preparation.recognition import has_work, recognise
from classroom.grading.submissions import UnclearSubmissionError, readable
from classroom.notebook_files import grade_id


@dataclass(frozen=True)
class Candidate:
    """A notebook that holds cells of the lesson."""

    name: str
    cells: list[dict[str, Any]]

    @property
    def folder(self) -> str:
        """What the names of the files beside it begin with: a folder and "/", or ""."""
        head = posixpath.dirname(self.name)
        return f"{head}/" if head else ""


def choose_notebook(
    lesson: Lesson, files: dict[str, bytes], notes: list[str], doubts: list[str]
) -> Candidate:
    """Return the notebook to grade.

    Parameters
    ----------
    lesson : Lesson
    files : dict of str to bytes
    notes, doubts : list of str
        Sentences on what was mended, and on what a person must look at, are added.

    Raises
    ------
    UnclearSubmissionError
        When none is the lesson's, or it is not clear which one counts.
    """
    names = [name for name in files if name.lower().endswith(".ipynb")]
    if not names:
        raise UnclearSubmissionError(_nothing_there(notes))
    candidates, complaints = [], {}
    for name in names:
        try:
            cells = read_cells(files[name])
        except UnclearSubmissionError as error:
            complaints[name] = f"'{readable(name)}' {error}"
            continue
        if recognise(lesson, cells):
            candidates.append(Candidate(name, cells))
        else:
            complaints[name] = _wrong_lesson(lesson, name, cells)
    right = [each for each in candidates if each.name == lesson.file]
    others = [each for each in candidates if each.name != lesson.file]
    worked_on = [each for each in others if has_work(lesson, each.cells)]
    if right:
        if worked_on:
            sentence = (
                f"'{readable(worked_on[0].name)}' also holds answers of this lesson; "
                f"'{lesson.file}' was graded."
            )
            # A copy beside work is a copy; work beside an untouched file may be what was meant.
            (notes if has_work(lesson, right[0].cells) else doubts).append(sentence)
        return right[0]
    if lesson.file in complaints:
        raise UnclearSubmissionError(complaints[lesson.file])
    choice = worked_on or others
    if len(choice) > 1:
        listed = ", ".join(f"'{readable(each.name)}'" for each in choice[:5])
        raise UnclearSubmissionError(
            f"{len(choice)} notebooks hold this lesson ({listed}) and none is named "
            f"'{lesson.file}'; give the one that counts this name."
        )
    if not choice:
        raise UnclearSubmissionError(next(iter(complaints.values())))
    notes.append(
        f"The notebook was named '{readable(choice[0].name)}'; it was graded all the same."
    )
    return choice[0]


def _nothing_there(notes):
    left_out = next((note for note in notes if ".ipynb" in note), None)
    if left_out:
        return f"There is no notebook to grade: {left_out}"
    return "The submission holds no notebook."


def _wrong_lesson(lesson, name, cells):
    others = {lesson.ids_of_others.get(grade_id(cell)) for cell in cells} - {None}
    hint = f"; it seems to be lesson {sorted(others)[0]}" if others else ""
    return f"'{readable(name)}' holds none of the cells of {lesson.name}{hint}."
