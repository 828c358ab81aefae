"""A learner's own copy of the lessons, to work in; what the learner has made is never touched."""

from dataclasses import dataclass
import os
from pathlib import Path

from crossentropy import own_folder
from crossentropy.quiz import former

from classroom import notebook_files
from classroom.authoring.stray_files import PATTERNS
from classroom.course import CourseError, lesson_file, lesson_names, page_files

# The answers, and what they earned.
OWN_FILES = ("responses.json", "badge.svg")


@dataclass(frozen=True)
class Added:
    """What `add_lessons` did, as lists of lessons and, with their ending, pages."""

    added: list[str]
    kept: list[str]
    outdated: list[str]
    carried: list[tuple[str, str]]


def add_lessons(course: Path, folder: str | os.PathLike) -> Added:
    """Copy each released lesson and page that `folder` does not have yet, and files beside it.

    Parameters
    ----------
    course : pathlib.Path
    folder : path-like
        The learner's own folder; made when it is missing.

    Returns
    -------
    Added
        `outdated` names the kept lessons whose graded cells are no longer those of the release,
        and the kept pages whose text is not;
        `carried` has the former and the present name of each lesson whose answers were copied.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    added, kept, outdated = [], [], []
    for lesson in lesson_names(course, "notebooks"):
        released = lesson_file(course, lesson, "notebooks")
        own = folder / lesson / released.name
        _add_files_beside(released, own.parent)
        if own.exists():
            kept.append(lesson)
            if _graded_cells(own) != _graded_cells(released):
                outdated.append(lesson)
            continue
        _write_own(_without_outputs(notebook_files.read(released)), own)
        added.append(lesson)
    for released in page_files(course, "notebooks"):
        own = folder / released.name
        if not own.exists():
            _write_own(notebook_files.read(released), own)
            added.append(released.name)
            continue
        kept.append(released.name)
        if _text(own) != _text(released):
            outdated.append(released.name)
    return Added(added, kept, outdated, _carry_answers(folder))


def _write_own(notebook, path):
    """Write a learner's copy as this Python's kernel makes it.

    Otherwise opening it would be a change, and closing it would ask whether to save.
    """
    from ipykernel.ipkernel import IPythonKernel

    notebook.metadata["language_info"] = IPythonKernel.language_info
    notebook_files.write(notebook, path)


def _add_files_beside(released, own):
    """Copy what the lesson reads, such as a table of data, where the learner has no such file."""
    for path in sorted(released.parent.rglob("*")):
        name = path.relative_to(released.parent)
        foreign = path.suffix == ".ipynb" or any(
            part.startswith((".", "__")) for part in name.parts
        )
        stray = any(path.match(pattern) for pattern in PATTERNS)
        if path.is_file() and not foreign and not stray and not (own / name).exists():
            (own / name).parent.mkdir(parents=True, exist_ok=True)
            own_folder.write(own / name, path.read_bytes())


def _carry_answers(folder):
    """Copy what a learner has made in a lesson to where the lesson is now that it was renamed."""
    carried = []
    for old, new in former.LESSONS.items():
        before, now = folder / old, folder / new
        if (
            not now.is_dir()
            or (now / OWN_FILES[0]).exists()
            or not (before / OWN_FILES[0]).exists()
        ):
            continue
        for name in OWN_FILES:
            if (before / name).is_file() and not (now / name).exists():
                own_folder.write(now / name, (before / name).read_bytes())
        carried.append((old, new))
    return carried


def _without_outputs(notebook):
    # A stored output would give away what the learner is asked to predict.
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
            cell.execution_count = None
    return notebook


def _graded_cells(path):
    return {
        notebook_files.grade_id(cell): cell.source
        for cell in _cells(path)
        if notebook_files.is_graded(cell)
    }


def _text(path):
    return [cell.source for cell in _cells(path)]


def _cells(path):
    try:
        return notebook_files.read(path).cells
    except CourseError:
        return []  # the learner's file is damaged; it is theirs to look at, not ours to replace
