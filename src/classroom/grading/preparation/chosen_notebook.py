"""Which notebook of a submission is the lesson's."""

from dataclasses import dataclass
import posixpath
from typing import Any

from classroom.grading.lesson import Lesson
from classroom.grading.preparation.any_notebook import read_cells
from classroom.grading.preparation.elsewhere import Suspicion
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
    lesson: Lesson,
    files: dict[str, bytes],
    notes: list[str],
    doubts: list[str],
    suspicions: list[Suspicion],
) -> Candidate:
    """Return the notebook to grade.

    Parameters
    ----------
    lesson : Lesson
    files : dict of str to bytes
    notes, doubts : list of str
        Sentences on what was mended, and on what a person must look at, are added.
    suspicions : list of Suspicion
        What a person must look at when points were lost is added.

    Raises
    ------
    UnclearSubmissionError
        When none is the lesson's, or it is not clear which one counts.
    """
    names = [
        name
        for name in files
        if name.lower().endswith(".ipynb") and posixpath.basename(name) not in lesson.others
    ]
    if not names:
        raise UnclearSubmissionError(_nothing_there(notes))
    candidates, complaints, mended = [], {}, {}
    for name in names:
        try:
            cells = read_cells(files[name], mended.setdefault(name, []))
        except UnclearSubmissionError as error:
            complaints[name] = f"'{readable(name)}' {error}"
            continue
        if recognise(lesson, cells):
            candidates.append(Candidate(name, cells))
        else:
            complaints[name] = _wrong_lesson(lesson, name, cells)
    right = _where_it_belongs(lesson, candidates)
    others = [each for each in candidates if each is not right]
    worked_on = [each for each in others if has_work(lesson, each.cells)]
    if right:
        notes += mended[right.name]
        if right.name != lesson.file and lesson.file in complaints:
            doubts.append(f"{complaints[lesson.file]} '{readable(right.name)}' was graded.")
        if worked_on:
            sentence = (
                f"'{readable(worked_on[0].name)}' also holds answers of this lesson; "
                f"'{readable(right.name)}' was graded."
            )
            # A copy beside work is a copy; work beside an untouched file may be what was meant.
            (notes if has_work(lesson, right.cells) else doubts).append(sentence)
            tests = tuple(cell.grade_id for cell in lesson.cells if cell.grade and cell.locked)
            suspicions.append(Suspicion(tests, sentence))
        return right
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
    notes += mended[choice[0].name]
    notes.append(
        f"The notebook was named '{readable(choice[0].name)}'; it was graded all the same."
    )
    return choice[0]


def _where_it_belongs(lesson, candidates):
    """Return the candidate whose path is the lesson's, in a zip of all lessons too, or None."""
    by_path = {each.name: each for each in candidates}
    if lesson.file in by_path:
        return by_path[lesson.file]
    path = f"{lesson.name}/{lesson.file}"
    inner = [name for name in by_path if f"/{name}".endswith(f"/{path}")]
    least = min((name.count("/") for name in inner), default=0)
    nearest = [name for name in inner if name.count("/") == least]
    return by_path[nearest[0]] if len(nearest) == 1 else None


def _nothing_there(notes):
    left_out = next((note for note in notes if ".ipynb" in note), None)
    if left_out:
        return f"There is no notebook to grade: {left_out}"
    return "The submission holds no notebook."


def _wrong_lesson(lesson, name, cells):
    others = {lesson.ids_of_others.get(grade_id(cell)) for cell in cells} - {None}
    hint = f"; it seems to be lesson {sorted(others)[0]}" if others else ""
    return f"'{readable(name)}' holds none of the cells of {lesson.name}{hint}."
