"""Validate one notebook in a process of its own: run it from the top, say what does not pass.

nbgrader's own validator decides what a passed cell is. Before it, this says in a sentence what
nbgrader would call a success or show as a traceback: a cell that does not end, an answer cell that
was copied, split or lost, a call of `input()`, a kernel that ended.

`python -m classroom.validation.check NOTEBOOK` prints one JSON object a line: `{"cell": 3, "of":
40, "name": "scratch"}` for each cell that begins, and at the end `{"answer": …, "told": …}`: what
nbgrader's button expects to get, and a sentence on what was checked and what was not.
"""

import atexit
from collections import Counter
from collections.abc import Callable
import gc
import html
import json
import os
from pathlib import Path
import re
import sys
import textwrap

from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
import nbformat
from nbgrader import nbgraderformat
from nbgrader.utils import determine_grade, is_grade, is_locked, is_solution
from nbgrader.validator import Validator

from classroom.course import CourseError, find_course, lesson_file

SECONDS_A_CELL = 300  # as when a teacher grades
LINES_SHOWN = 6  # of a cell, to recognise it by
ANSI = re.compile(r"\x1b\[[0-9;]*m")


class CannotValidateError(Exception):
    """The notebook cannot be validated; the message says why and what to do."""


def validate(
    path: Path, tell: Callable[[dict], None], seconds: int = SECONDS_A_CELL
) -> tuple[dict, str]:
    """Run a notebook and say what does not pass.

    Parameters
    ----------
    path : pathlib.Path
    tell : callable
        Gets `{"cell": …, "of": …, "name": …}` as each code cell begins, counted from 1.
    seconds : int
        After which a cell is stopped, and with it the run.

    Returns
    -------
    answer : dict
        As nbgrader's server extension answers: `success`, and in `value` what does not pass.
    told : str
        What was checked, and what was not.
    """
    try:
        if found := _misplaced(_read(path, nbformat.read), path):
            return _failed(found), "Nothing was run: mend these cells first."
        notebook = _read(path, nbgraderformat.read)  # which refuses names that stand twice
        stopped = _run(notebook, path.parent, tell, seconds)
    except CannotValidateError as error:
        return {"success": False, "value": str(error)}, "Nothing was checked."
    validator = Validator()
    if changed := validator._get_type_changed_cells(notebook):
        return _answer(type_changed=[_type_change(cell) for cell in changed]), _told(notebook)
    if changed := validator._get_changed_cells(notebook):
        return _answer(changed=[{"source": cell.source.strip()} for cell in changed]), (
            "A check that was changed does not count: take it from a fresh copy of the lesson."
        )
    if stopped:
        return _failed([stopped]), "The cells below the one that was stopped were not run."
    found = [problem for cell in notebook.cells if (problem := _problem(cell, validator))]
    return (_failed(found) if found else _answer()), _told(notebook)


def _read(path: Path, reader: Callable) -> nbformat.NotebookNode:
    try:
        return reader(str(path), as_version=4)
    except FileNotFoundError:
        raise CannotValidateError(
            f"There is no notebook {path.name} any more: save it under its name, and try again."
        ) from None
    except (nbgraderformat.SchemaTooOldError, nbgraderformat.SchemaTooNewError):
        raise CannotValidateError(
            f"{path.name} was made with another version of nbgrader: take a fresh copy of the "
            "lesson and bring your answers over."
        ) from None
    except (OSError, ValueError, nbformat.ValidationError, KeyError) as error:
        raise CannotValidateError(
            f"{path.name} cannot be read as a notebook ({str(error).splitlines()[0]:.100}): take a "
            "fresh copy of the lesson and bring your answers over."
        ) from None


def _misplaced(notebook: nbformat.NotebookNode, path: Path) -> list[dict]:
    """Say which answer cells and checks stand twice, or are missing."""
    held = Counter()
    problems = []
    for number, cell in enumerate(notebook.cells, start=1):
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name is None or not (is_grade(cell) or is_solution(cell) or is_locked(cell)):
            continue
        held[name] += 1
        if held[name] == 2:
            problems.append(
                {
                    "source": _head(cell),
                    "error": f"The cell '{name}' stands here twice, the second time as cell "
                    f"{number}: it was copied or split. A grader reads one of the two. Join what "
                    "belongs together in the first one, and delete the other.",
                }
            )
    for name in [name for name in _of_the_lesson(path) if name not in held]:
        problems.append(
            {
                "source": f"(missing: {name})",
                "error": f"The cell '{name}' of this lesson is missing, and with it its points. "
                "Undo the deletion (menu Edit, Undo Cell Operation), or take the cell from a fresh "
                "copy of the lesson.",
            }
        )
    return problems


def _of_the_lesson(path: Path) -> list[str]:
    """Name the graded and answer cells that the release of this lesson has, if it is one."""
    try:
        release = nbformat.read(lesson_file(find_course(path.parent), path.stem, "notebooks"), 4)
    except (CourseError, OSError, ValueError):
        return []
    cells = [cell for cell in release.cells if is_grade(cell) or is_solution(cell)]
    return [cell.metadata.nbgrader.grade_id for cell in cells]


def _run(notebook, folder: Path, tell: Callable, seconds: int) -> dict | None:
    """Run all cells; return what is to be said if the run had to be stopped."""
    code = [index for index, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    current = [0]

    def begins(cell, cell_index):
        current[0] = cell_index
        place = code.index(cell_index) + 1
        tell({"cell": place, "of": len(code), "name": _name(cell)})

    client = NotebookClient(
        notebook,
        timeout=seconds,
        allow_errors=True,
        interrupt_on_timeout=False,
        raise_on_iopub_timeout=True,
        resources={"metadata": {"path": str(folder)}},
        extra_arguments=["--InteractiveShellApp.ignore_cwd=True"],
        on_cell_execute=begins,
    )
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    said_by_nbgrader = {"NBGRADER_VALIDATING": "1", "NBGRADER_EXECUTION": "validate"}
    try:
        client.execute(env=os.environ | said_by_nbgrader)
    except NoSuchKernel as error:
        raise CannotValidateError(
            f"The kernel '{error.name}', which this notebook asks for, is not installed: choose "
            "Python 3 in the menu Kernel, Change Kernel; save, and try again."
        ) from None
    except CellTimeoutError:
        why = (
            f"This cell had not ended after {seconds} seconds and was stopped, so that nothing "
            "below it was run. Is there a loop that never ends?"
        )
    except DeadKernelError:
        why = (
            "The kernel ended while this cell ran, so nothing below it was run. Does the cell end "
            "Python (exit, os._exit), or need more memory than there is?"
        )
    else:
        return None
    cell = notebook.cells[current[0]]
    return {"source": _head(cell), "error": f"{_place(cell, current[0])}: {why}"}


def _problem(cell, validator: Validator) -> dict | None:
    """Return what is to be said of a cell after the run, if anything."""
    may_fail = "raises-exception" in cell.metadata.get("tags", []) and not is_grade(cell)
    if cell.cell_type != "code" or may_fail:
        return None
    errors = [output for output in cell.outputs if output.output_type == "error"]
    asks = [one for one in errors if one.ename == "StdinNotImplementedError"]
    if asks:
        said = (
            "This cell calls input(), and nobody can type while a notebook is validated or graded: "
            "write the value into the code."
        )
    elif [one.ename for one in errors] == ["NotImplementedError"] and is_grade(cell):
        said = "NotImplementedError: this exercise has no answer yet. Write it in its answer cell."
    elif errors:
        said = "\n\n".join(
            f"{one.ename}: {one.evalue}\n\n" + "\n".join(one.traceback) for one in errors
        )
    elif is_grade(cell):
        score, most = determine_grade(cell, validator.log)
        if score is None or score >= most:
            return None
        said = "\n".join(["Not all of its points yet.", *_printed(cell)])
    else:
        return None
    return {"source": _head(cell), "error": said}


def _printed(cell) -> list[str]:
    return [output.text.strip() for output in cell.outputs if output.output_type == "stream"]


def _told(notebook) -> str:
    graded = [cell for cell in notebook.cells if is_grade(cell)]
    tests = [cell for cell in graded if cell.cell_type == "code" and not is_solution(cell)]
    by_hand = [cell for cell in graded if is_solution(cell)]
    words = [
        f"Checked here, from the top in a fresh kernel: {len(tests)} graded "
        f"{'cell' if len(tests) == 1 else 'cells'}. Not checked here: the hidden tests, which try "
        "your answers with other inputs"
    ]
    if by_hand:
        names = ", ".join(cell.metadata.nbgrader.grade_id for cell in by_hand)
        words.append(f"and what a person reads ({names})")
    return ", ".join(words) + "."


def _head(cell) -> str:
    lines = cell.source.strip().splitlines() or ["(an empty cell)"]
    return "\n".join([*lines[:LINES_SHOWN], *(["…"] if len(lines) > LINES_SHOWN else [])])


def _name(cell) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id") or cell.get("id", "")


def _place(cell, index: int) -> str:
    return f"Cell {index + 1} ('{_name(cell)}')"


def _type_change(cell) -> dict:
    return {
        "source": cell.source.strip(),
        "old_type": cell.metadata.nbgrader.cell_type,
        "new_type": cell.cell_type,
    }


def _answer(**value: list) -> dict:
    return {"success": True, "value": value}


def _failed(found: list[dict]) -> dict:
    # nbgrader's dialog takes the error for HTML.
    return _answer(
        failed=[
            {"source": one["source"], "error": html.escape(_wrapped(ANSI.sub("", one["error"])))}
            for one in found
        ]
    )


def _wrapped(text: str) -> str:
    """Break sentences that are longer than the dialog is wide, and leave code as it is."""
    return "\n".join(
        textwrap.fill(line, 90) if len(line) > 90 and not line.startswith((" ", "-")) else line
        for line in text.splitlines()
    )


def main() -> None:
    """Validate the notebook that the command line names."""
    atexit.register(gc.freeze)  # a last look for garbage among imports takes a fifth of a second
    answered = sys.stdout
    sys.stdout = sys.stderr  # what a library prints is no answer

    def tell(message: dict) -> None:
        print(json.dumps(message), file=answered, flush=True)

    answer, told = validate(Path(sys.argv[1]), tell)
    tell({"answer": answer, "told": told})


if __name__ == "__main__":
    main()
