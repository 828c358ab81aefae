"""nbgrader's steps that save scores and penalties, within one transaction of the gradebook."""

from typing import Any

import nbformat
from nbgrader.preprocessors import AssignLatePenalties, NbGraderPreprocessor, SaveAutoGrades

from classroom.grading.lateness import seconds_late


class SaveAutoGradesAtOnce(SaveAutoGrades):
    """nbgrader's step, within a transaction of the gradebook that is given to it."""

    def preprocess(
        self, notebook: nbformat.NotebookNode, resources: dict[str, Any]
    ) -> tuple[nbformat.NotebookNode, dict[str, Any]]:
        """Save what the notebook says, and leave it as it is."""
        self.notebook_id = resources["nbgrader"]["notebook"]
        self.assignment_id = resources["nbgrader"]["assignment"]
        self.student_id = resources["nbgrader"]["student"]
        self.gradebook = resources["nbgrader"]["gradebook"]
        return NbGraderPreprocessor.preprocess(self, notebook, resources)


class AssignLatePenaltiesAtOnce(AssignLatePenalties):
    """nbgrader's step, within a transaction of the gradebook that is given to it."""

    def preprocess(
        self, notebook: nbformat.NotebookNode, resources: dict[str, Any]
    ) -> tuple[nbformat.NotebookNode, dict[str, Any]]:
        """Save what the notebook says, and leave it as it is."""
        names = resources["nbgrader"]
        gradebook, student, lesson = names["gradebook"], names["student"], names["assignment"]
        self.init_plugin()
        submission = gradebook.find_submission(lesson, student)
        submitted = gradebook.find_submission_notebook(names["notebook"], lesson, student)
        submitted.late_submission_penalty = None
        late = seconds_late(submission)
        if late > 0:
            penalty = self.plugin_inst.late_submission_penalty(student, submitted.score, late)
            if penalty is not None:
                submitted.late_submission_penalty = self._check_late_penalty(submitted, penalty)
        gradebook.db.commit()
        return notebook, resources
