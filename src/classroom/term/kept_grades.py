"""A copy of a lesson's grades, written before anything is changed that could cost one."""

from datetime import UTC, datetime
import json
from pathlib import Path

from crossentropy import own_folder
from nbgrader.api import Gradebook

FOLDER = "kept-grades"


def keep_grades(gradebook: Gradebook, course: Path, lesson: str) -> Path | None:
    """Write every score and comment of a lesson to a file; return it, or None if there are none.

    Parameters
    ----------
    gradebook : nbgrader.api.Gradebook
    course : pathlib.Path
    lesson : str
    """
    assignment = gradebook.find_assignment(lesson)
    kept = [_of(submission) for submission in assignment.submissions]
    if not kept:
        return None
    now = datetime.now(UTC)
    path = course / FOLDER / f"{lesson}_{now:%Y-%m-%dT%H%M%S.%fZ}.json"
    path.parent.mkdir(exist_ok=True)
    record = {
        "lesson": lesson,
        "due": str(assignment.duedate) if assignment.duedate else None,
        "submissions": kept,
    }
    own_folder.write(path, json.dumps(record, indent=1) + "\n")
    return path


def _of(submission):
    return {
        "student": submission.student.id,
        "timestamp": str(submission.timestamp) if submission.timestamp else None,
        "extension": str(submission.extension) if submission.extension else None,
        "grades": {
            grade.name: {
                "auto": grade.auto_score,
                "by hand": grade.manual_score,
                "extra credit": grade.extra_credit,
                "out of": grade.max_score,
            }
            for notebook in submission.notebooks
            for grade in notebook.grades
        },
        "comments": {
            comment.name: comment.manual_comment or comment.auto_comment
            for notebook in submission.notebooks
            for comment in notebook.comments
            if comment.manual_comment or comment.auto_comment
        },
    }
