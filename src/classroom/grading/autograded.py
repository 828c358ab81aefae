"""The folder of graded submissions: each is put in place whole, with a mark of what it was.

Whoever is killed in between leaves a submission that counts as not yet graded, and grading it
again repairs it.
"""

import hashlib
import json
import os
from pathlib import Path
import shutil
from typing import Any

from crossentropy import own_folder

from classroom.grading.lesson import Lesson
from classroom.grading.preparation import Prepared
from classroom.grading.settings import CourseSettings

# Hidden from nbgrader, whose patterns pass over names that begin with a dot.
UNFINISHED = ".unfinished"
FINISHED = ".finished"


class AutogradedFolder:
    """nbgrader's folder of graded submissions, for one lesson.

    Parameters
    ----------
    settings : CourseSettings
    lesson : Lesson
    """

    def __init__(self, settings: CourseSettings, lesson: Lesson):
        self.settings, self.lesson = settings, lesson
        self.root = settings.autograded(".", ".").resolve()
        self._remove_unfinished()

    def has(self, student: str) -> bool:
        """Return whether a graded submission of this student stands."""
        return self._notebook(student).is_file()

    def stage(self, prepared: Prepared, notebook: str) -> Path:
        """Write a student's folder beside its place, complete, and return it."""
        self._remove_unfinished()
        staged = self.root / UNFINISHED / "new"
        for name, content in prepared.files.items():
            path = staged / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(notebook.encode() if name == self.lesson.file else content)
        for name in self.lesson.others:  # they were graded before this one, or will be after it
            graded = self._folder(prepared.submission.student) / name
            if graded.is_file():
                shutil.copyfile(graded, staged / name)
        self._set_permissions(staged)
        return staged

    def put_in_place(self, staged: Path, student: str) -> None:
        """Put a staged folder where nbgrader looks for it, in one step."""
        folder = self._folder(student)
        folder.parent.mkdir(parents=True, exist_ok=True)
        if os.path.lexists(folder):
            old = self.root / UNFINISHED / "old"
            os.rename(folder, old)
        os.rename(staged, folder)
        self._remove_unfinished()

    def mark_finished(
        self, student: str, made_from: dict[str, str], report: dict[str, Any]
    ) -> None:
        """Remember that a submission is done, with a digest of each part that decided its score."""
        mark = {
            "made_from": made_from,
            "graded": _sha(self._notebook(student).read_bytes()),
            "report": report,
        }
        path = self._mark(student)
        path.parent.mkdir(parents=True, exist_ok=True)
        own_folder.write(path, json.dumps(mark, indent=1))

    def finished(self, student: str) -> tuple[dict[str, str], dict[str, Any]] | None:
        """Return what a submission was graded from and what was reported, or None.

        None, too, when the graded notebook is no longer as it was left.
        """
        try:
            mark = json.loads(self._mark(student).read_text())
            if mark["graded"] == _sha(self._notebook(student).read_bytes()):
                return dict(mark["made_from"]), dict(mark["report"])
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return None

    def _folder(self, student):
        return self.settings.autograded(student, self.lesson.name)

    def _notebook(self, student):
        return self._folder(student) / self.lesson.file

    def _mark(self, student):
        own = f"{student}/{self.lesson.notebook}" if self.lesson.others else student
        name = hashlib.sha256(own.encode(errors="surrogateescape")).hexdigest()[:24]
        return self.root / FINISHED / self.lesson.name / f"{name}.json"

    def _set_permissions(self, folder):
        # As nbgrader's BaseConverter.set_permissions, which takes no other folder than its own.
        permissions = int(str(self.settings.autograde.permissions), 8)
        for path, _, names in os.walk(folder):
            for name in names:
                os.chmod(os.path.join(path, name), permissions)
            if self.settings.directory.groupshared:
                os.chmod(path, (os.stat(path).st_mode | 0o2770) & 0o2777)

    def _remove_unfinished(self):
        shutil.rmtree(self.root / UNFINISHED, ignore_errors=True)


def _sha(content):
    return hashlib.sha256(content).hexdigest()
