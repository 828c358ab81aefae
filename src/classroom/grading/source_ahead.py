"""Whether a lesson's source has been changed and not been released since."""

from classroom.grading.lesson import Lesson, marked_cells
from classroom.grading.settings import CourseSettings
from classroom.grading.submissions import readable


def changed_since_release(settings: CourseSettings, lesson: Lesson) -> str:
    """Return one sentence on what of the source is newer than the release, or "".

    What is graded is what the gradebook has, and that is written by a release.

    Parameters
    ----------
    settings : CourseSettings
    lesson : Lesson
        As the gradebook has it.
    """
    step = settings.directory.source_directory
    source = marked_cells(settings.path(step, ".", lesson.name) / lesson.file)
    if not source:
        return ""  # not every course keeps its source here
    released = {cell.grade_id: cell for cell in lesson.cells}
    changed = [name for name in [*source, *released] if _differs(source.get(name), released, name)]
    if not changed:
        return ""
    names = readable(", ".join(dict.fromkeys(changed)))
    return (
        f"{step}/{lesson.name} has changed since it was released ({names}), and the class is "
        f"graded by the release: if the change is to count, run classroom release {lesson.name} "
        "and grade again."
    )


def _differs(cell, released, name):
    if cell is None or name not in released:
        return True
    mark, known = cell.metadata.nbgrader, released[name]
    if mark.get("grade") and float(mark.get("points", 0)) != known.metadata.get("points"):
        return True
    # Of an answer cell the release has a stub.
    return not known.solution and cell.source != known.source
