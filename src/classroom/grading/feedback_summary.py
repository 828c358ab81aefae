"""The head of a feedback page: points by exercise, lateness, the quiz, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
import re
from typing import Any

import nbformat
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_task

from classroom.exercise_names import exercise_names
from classroom.grading.attempts import title_of
from classroom.grading.feedback_steps import NOT_PASSED
from classroom.grading.lateness import due_of, seconds_late
from classroom.grading.quiz_feedback import Answered, answered
from classroom.notebook_files import grade_id

WORKED = re.compile(r"quiz\.worked_solution\(")


@dataclass(frozen=True)
class Part:
    """A cell that scores: `waits` while a person has to read it; `said` is why points were lost."""

    grade_id: str
    name: str
    points: float
    out_of: float
    waits: bool
    said: str = ""

    @property
    def lost(self) -> bool:
        """Whether points were lost for good."""
        return not self.waits and self.points < self.out_of


@dataclass(frozen=True)
class Summary:
    """What stands at the head of a feedback page; times are in UTC, `late` is in seconds."""

    title: str
    parts: tuple[Part, ...]
    quiz: tuple[Answered, ...]
    handed_in: datetime | None
    due: datetime | None
    late: float
    penalty: float
    has_worked_solutions: bool

    @property
    def points(self) -> float:
        """What was earned in the cells that are read, less the penalty."""
        earned = sum(part.points for part in self.parts if not part.waits)
        return max(0.0, earned - self.penalty)

    @property
    def out_of(self) -> float:
        """The points of the cells that are read."""
        return sum(part.out_of for part in self.parts if not part.waits)

    @property
    def waiting(self) -> tuple[Part, ...]:
        """The cells that a person has still to read."""
        return tuple(part for part in self.parts if part.waits)

    @property
    def next_steps(self) -> list[str]:
        """What the learner can do next, in sentences."""
        steps = [
            f"{part.name}: {_full_stop(part.said)} Mend it in your notebook and press Validate."
            for part in self.parts
            if part.lost and part.said
        ]
        if self.has_worked_solutions and any(part.lost for part in self.parts):
            steps.append(
                "Below each exercise of your notebook a button unfolds a worked solution, step by "
                "step."
            )
        weak = [one.section for one in self.quiz if one.right is not True and one.section]
        if weak:
            steps.append(f"Read again: {'; '.join(dict.fromkeys(weak))}.")
        if any(one.right is not True for one in self.quiz):
            steps.append("Then answer these questions again in your notebook: practice is open.")
        if self.waiting:
            steps.append("Come back when everything is read: this page is made again then.")
        return steps or ["Everything is right. Go on with the next lesson."]

    @property
    def lateness(self) -> str:
        """When it was handed in, and how late, in one sentence; "" where that is not known."""
        if self.handed_in is None:
            return ""
        told = f"Handed in {self.handed_in:%Y-%m-%d %H:%M} UTC"
        if self.due is None:
            return f"{told}."
        if self.late <= 0:
            return f"{told}, in time."
        cost = f"; this costs {self.penalty:g} points" if self.penalty else ""
        return f"{told}, {_long(self.late)} after it was due{cost}."


def _full_stop(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _long(seconds: float) -> str:
    minutes = max(1, round(seconds / 60))
    days, hours, minutes = minutes // 1440, minutes % 1440 // 60, minutes % 60
    parts = [(days, "day"), (hours, "hour"), (minutes, "minute")]
    told = [f"{number} {name}{'s' * (number != 1)}" for number, name in parts if number]
    return " and ".join(told[:2])


class SumUp(NbGraderPreprocessor):
    """Put the summary where the page's template finds it, after the steps that change cells."""

    def preprocess(
        self, notebook: nbformat.NotebookNode, resources: dict[str, Any]
    ) -> tuple[nbformat.NotebookNode, dict[str, Any]]:
        """Leave the notebook as it is; `resources["summary"]` is a `Summary`."""
        known = resources["nbgrader"]
        with Gradebook(known["db_url"]) as gradebook:
            submission = gradebook.find_submission(known["assignment"], known["student"])
            [submitted] = [one for one in submission.notebooks if one.name == known["notebook"]]
            waiting = {grade.name for grade in submitted.grades if grade.needs_manual_grade}
            times = submission.timestamp, due_of(submission), seconds_late(submission)
            penalty = submitted.late_submission_penalty or 0.0
        names = exercise_names(notebook.cells)
        parts = tuple(_parts(notebook, names, waiting))
        resources["exercise_names"] = names
        resources["summary"] = Summary(
            title_of(known["assignment"]),
            parts,
            tuple(answered(notebook, resources.get("metadata", {}).get("path"))),
            *times,
            penalty,
            any(WORKED.search(cell.source) for cell in notebook.cells),
        )
        resources["waiting"] = waiting
        return notebook, resources


def _parts(notebook, names, waiting):
    for cell in notebook.cells:
        if not (is_grade(cell) or is_task(cell)):
            continue
        mark, name = cell.metadata.nbgrader, grade_id(cell)
        score, out_of = float(mark.get("score") or 0.0), float(mark.get("points") or 0.0)
        said = _said(cell) if score < out_of else ""
        yield Part(name, names.get(name, name), score, out_of, name in waiting, said)


def _said(cell):
    for output in cell.get("outputs", ()):
        text = output.get("data", {}).get("text/plain", "")
        if text.startswith(NOT_PASSED):
            return " ".join(text.removeprefix(NOT_PASSED).strip().split("\n\n")[0].split())
    return ""
