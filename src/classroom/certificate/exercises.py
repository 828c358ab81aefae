"""The exercises of a lesson as its source has them: answer cell, tests, and the cells they need."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from nbgrader.utils import is_grade, is_locked, is_solution

from classroom import notebook_files
from classroom.course import lesson_file
from classroom.grading.job import CodeCell
from classroom.grading.lesson import Lesson, LessonCell, code_cells, files_beside
from classroom.grading.needs import bound_by, names_used
from classroom.grading.preparation.exercises import answers_of_tests
from classroom.grading.settings import CourseSettings


@dataclass(frozen=True)
class Exercise:
    """An answer cell with its tests.

    `name` is the grade id of the answer cell and `solution` its source; `tests` are the graded
    cells that judge it. `cells` are the lesson's code cells before the last of them.
    """

    name: str
    solution: str
    tests: tuple[LessonCell, ...]
    cells: tuple[CodeCell, ...]

    def needed(self, answers: Iterable[str]) -> list[str]:
        """Return the sources of the lesson's cells that answers and tests rest on, in order.

        The others need not run, so that no network is trained that no answer looks at.
        """
        wanted = set().union(*map(names_used, {*answers, *(test.source for test in self.tests)}))
        found = []
        for cell, bound, used in reversed(self._known):
            if cell.grade_id != self.name and bound & wanted:
                wanted |= used
                found.insert(0, cell.source)
        return found

    @cached_property
    def _known(self):
        return [
            (cell, bound_by(cell.source), names_used(cell.source))
            for cell in self.cells
            if cell.kind != "graded"
        ]


def read_lesson(settings: CourseSettings, name: str) -> Lesson:
    """Return a lesson as it stands in its source, whatever the gradebook has.

    Raises
    ------
    CourseError
        When there is no such lesson.
    """
    path = lesson_file(settings.course, name)
    notebook = notebook_files.read(path)
    own = tuple(settings.autograde.exclude_overwriting.get(name, ()))
    return Lesson(
        name=name,
        notebook=name,
        cells=tuple(
            LessonCell(
                cell.metadata.nbgrader.grade_id,
                cell.cell_type,
                cell.source,
                is_locked(cell),
                dict(cell.metadata.nbgrader),
            )
            for cell in notebook.cells
            if is_grade(cell) or is_solution(cell)
        ),
        kernelspec=notebook_files.NOTEBOOK_METADATA["kernelspec"],
        teachers_files=files_beside(path.parent, settings.directory.ignore, own),
        learners_files=own,
        code_cells=code_cells(notebook.cells),
    )


def exercises_of(lesson: Lesson) -> list[Exercise]:
    """Return the exercises that tests judge; what a person grades is none of them."""
    known = {cell.grade_id: cell for cell in lesson.cells}
    order = lesson.teachers.cells
    tests = {name: [] for name, cell in known.items() if cell.solution and not cell.locked}
    for test, answers in answers_of_tests(lesson).items():
        used = names_used(known[test].source)
        if any(used & bound_by(known[answer].source) for answer in answers):
            for answer in answers:
                tests[answer].append(known[test])
    found = []
    for answer, judging in tests.items():
        if judging:
            last = [cell.grade_id for cell in order].index(judging[-1].grade_id)
            found.append(Exercise(answer, known[answer].source, tuple(judging), order[:last]))
    return found
