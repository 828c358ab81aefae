"""What is entered of executed notebooks, on notebooks made in memory: nothing runs here."""

import contextlib
from datetime import UTC, datetime, timedelta
import json
import shutil
import sqlite3
import warnings

import nbformat
from nbgrader.api import Gradebook
import pytest

from classroom import notebook_files
from classroom.grading import deciding
from classroom.grading.lesson import load_notebooks
from classroom.grading.preparation import Prepared
from classroom.grading.recording import Recorder, scored_cells
from classroom.grading.settings import CourseSettings
from classroom.grading.submissions import Submission

LESSON = "01-tiny"
DUE = datetime(2026, 3, 1, 12)
CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "tiny"
c.LateSubmissionPlugin.penalty_method = {method!r}
c.LimitOutput.max_lines = 3
"""
# Two cells that a test scores, an answer that a person reads, an answer to be tested, and a task.
MARKS = {
    "double": {"solution": True},
    "double-test": {"grade": True, "locked": True, "points": 2},
    "loss-test": {"grade": True, "locked": True, "points": 3},
    "why": {"grade": True, "solution": True, "points": 4},
    "read": {"task": True, "locked": True, "points": 1},
}
PLAIN = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
UNREAD = ["Cells that a person grades: why, read."]


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A gradebook that knows the lesson and nobody who has handed in."""
    path = tmp_path_factory.mktemp("empty") / "gradebook.db"
    with contextlib.closing(sqlite3.connect(path)) as database:
        # Where there is a table, nbgrader starts no alembic to ask for the version of the others.
        database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
    with Gradebook(f"sqlite:///{path}", "tiny") as gradebook:
        gradebook.add_assignment(LESSON, duedate=DUE)
        gradebook.add_notebook(LESSON, LESSON)
        for name, mark in MARKS.items():
            kind = "markdown" if name in ("why", "read") else "code"
            known = {"cell_type": kind, "source": f"# {name}", "locked": "locked" in mark}
            gradebook.add_source_cell(name, LESSON, LESSON, **known)
            if "grade" in mark:
                most = {"max_score": mark["points"], "cell_type": kind}
                gradebook.add_grade_cell(name, LESSON, LESSON, **most)
            if "task" in mark:
                most = {"max_score": mark["points"], "cell_type": kind}
                gradebook.add_task_cell(name, LESSON, LESSON, **most)
            if "solution" in mark:
                gradebook.add_solution_cell(name, LESSON, LESSON)
    return path


class Course:
    """A course folder with this lesson, as a recorder finds it."""

    def __init__(self, folder, gradebook):
        self.folder = folder
        self.configure("zero")
        shutil.copy(gradebook, folder)
        self.gradebook = self.settings().gradebook()
        [self.lesson] = load_notebooks(self.settings(), self.gradebook, LESSON)

    def configure(self, method):
        (self.folder / "nbgrader_config.py").write_text(CONFIG.format(method=method))

    def settings(self):
        return CourseSettings(self.folder)

    def recorder(self, only=None):
        return Recorder(self.settings(), self.gradebook, self.lesson, 30, only)

    def prepared(self, student="ada", timestamp=None, fingerprint="first"):
        files = {f"{LESSON}.ipynb": b"as handed in", "notes.txt": b"mine"}
        return Prepared(
            Submission(student, self.folder / "submitted" / student / LESSON),
            self.lesson,
            files,
            ("double-test", "loss-test"),
            timestamp,
            notes=(),
            doubts=(),
            suspicions=(),
            fingerprint=fingerprint,
        )

    def grades(self, student="ada"):
        """Return of each cell its automatic score, that by hand, and whether it waits."""
        with Gradebook(f"sqlite:///{self.folder / 'gradebook.db'}", "tiny") as other:
            [notebook] = other.find_submission(LESSON, student).notebooks
            return {
                grade.name: (grade.auto_score, grade.manual_score, grade.needs_manual_grade)
                for grade in notebook.grades
            }

    def notebook_of(self, student="ada"):
        path = self.folder / "autograded" / student / LESSON / f"{LESSON}.ipynb"
        return notebook_files.read(path)

    def submitted(self, student="ada"):
        self.gradebook.db.expire_all()
        return self.gradebook.find_submission_notebook(LESSON, LESSON, student)

    def give(self, student="ada", **scores):
        """Give scores by hand, as the Formgrader does."""
        for name, score in scores.items():
            grade = self.gradebook.find_grade(name, LESSON, LESSON, student)
            grade.manual_score, grade.needs_manual_grade = score, False
        self.gradebook.db.commit()


@pytest.fixture
def course(empty, tmp_path):
    return Course(tmp_path, empty)


def executed(*left_out, double=2.0, loss=3.0, printed="", **more):
    """Return the bytes of an executed notebook whose tests have given so many points."""
    cells = []
    for name, mark in MARKS.items():
        if name in left_out:
            continue
        mark = {**PLAIN, "grade_id": name, **mark}
        make = nbformat.v4.new_markdown_cell if name in ("why", "read") else code_cell
        cells.append(make(f"# {name}, answered", metadata={"nbgrader": mark}))
    for cell in cells:
        points = {"double-test": double, "loss-test": loss}.get(cell.metadata.nbgrader.grade_id)
        if points is not None:
            data = {"text/plain": repr(points)}
            cell.outputs.append(nbformat.v4.new_output("execute_result", data))
    first = nbformat.v4.new_code_cell("print()", metadata={"nbgrader": {}, "seen": True})
    first.metadata.pop("nbgrader")
    first.outputs = [nbformat.v4.new_output("stream", text=printed)] if printed else []
    return nbformat.v4.writes(nbformat.v4.new_notebook(cells=[first, *cells], **more)).encode()


def code_cell(source, metadata):
    return nbformat.v4.new_code_cell(source, metadata=metadata)


# --- a submission is entered ----------------------------------------------------------------------


def test_the_lessons_scored_cells_are_those_with_a_test_or_a_grade(course):
    assert sorted(scored_cells(course.lesson)) == ["double-test", "loss-test", "why"]


def test_scores_of_tests_are_entered_and_the_rest_waits_for_a_person(course):
    assert course.recorder().record(course.prepared(), executed(double=1.5)) == UNREAD
    assert course.grades() == {
        "double-test": (1.5, None, False),
        "loss-test": (3.0, None, False),
        "why": (None, None, True),
        "read": (None, None, True),
    }


def test_where_nobody_has_to_read_nothing_is_said(course):
    course.recorder().record(course.prepared(), executed())
    course.give(read=1)
    assert course.recorder().record(course.prepared(), executed("why")) == []


def test_the_executed_notebook_stands_beside_the_learners_files(course):
    course.recorder().record(course.prepared(), executed())
    folder = course.folder / "autograded" / "ada" / LESSON
    assert sorted(path.name for path in folder.iterdir()) == [f"{LESSON}.ipynb", "notes.txt"]
    assert (folder / "notes.txt").read_bytes() == b"mine"
    sources = [cell.source for cell in course.notebook_of().cells]
    assert "# double, answered" in sources


def test_long_outputs_are_cut_as_the_settings_say(course):
    course.recorder().record(course.prepared(), executed(printed="1\n2\n3\n4\n5"))
    assert course.notebook_of().cells[0].outputs[0].text == "1\n2\n... Output truncated ..."


def test_metadata_and_lines_go_where_the_settings_say_so(course):
    with open(course.folder / "nbgrader_config.py", "a") as config:
        config.write(
            "c.ClearMetadataPreprocessor.enabled = True\n"
            "c.ClearMetadataPreprocessor.preserve_cell_metadata_mask = {('nbgrader',)}\n"
            "c.IgnorePattern.enabled = True\n"
            "c.IgnorePattern.pattern = 'noise'\n"
        )
    notebook = nbformat.reads(executed(), as_version=4)
    notebook.cells[0].outputs = [nbformat.v4.new_output("stream", name="stderr", text="noise")]
    course.recorder().record(course.prepared(), nbformat.v4.writes(notebook).encode())
    first = course.notebook_of().cells[0]
    assert (first.metadata, first.outputs) == ({}, [])
    assert course.grades()["double-test"][0] == 2


def test_a_notebook_whose_marks_are_broken_is_not_entered(course):
    notebook = nbformat.reads(executed(), as_version=4)
    notebook.cells[1].metadata.nbgrader.grade_id = "double-test"  # twice
    with pytest.raises(Exception, match="failed to validate"):
        course.recorder().record(course.prepared(), nbformat.v4.writes(notebook).encode())
    assert not (course.folder / "autograded" / "ada").exists()


def test_letters_of_any_language_stay(course):
    course.recorder().record(course.prepared(), executed(printed="größer 数"))
    assert course.notebook_of().cells[0].outputs[0].text == "größer 数"


def test_entering_warns_of_nothing(course):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        course.recorder().record(course.prepared(), executed())


def test_when_it_was_handed_in_is_entered_and_kept_where_nobody_knows_it_now(course):
    moment = datetime(2026, 2, 28, 10, tzinfo=UTC)
    course.recorder().record(course.prepared(timestamp=moment), executed())
    found = course.gradebook.find_submission(LESSON, "ada")
    assert found.timestamp == moment.replace(tzinfo=None)
    course.recorder().record(course.prepared(), executed())
    assert found.timestamp == moment.replace(tzinfo=None)


def test_a_late_submission_pays_what_the_settings_say(course):
    late = DUE.replace(tzinfo=UTC) + timedelta(hours=1)
    course.recorder().record(course.prepared("late", timestamp=late), executed(double=1.0))
    course.recorder().record(course.prepared("early", timestamp=late - timedelta(1)), executed())
    assert course.submitted("late").late_submission_penalty == 4  # all of it
    assert course.submitted("early").late_submission_penalty is None


def test_another_student_is_left_alone(course):
    course.recorder().record(course.prepared("ada"), executed(double=1.0))
    course.recorder().record(course.prepared("ben"), executed(double=0.0))
    assert course.grades("ada")["double-test"][0] == 1
    assert course.grades("ben")["double-test"][0] == 0


def test_a_free_answer_that_was_deleted_has_earned_nothing_and_waits_for_nobody(course):
    said = course.recorder().record(course.prepared(), executed("why"))
    assert said == ["Cells that a person grades: read."]
    assert course.grades()["why"] == (0, None, False)


def test_a_deleted_answer_with_a_score_by_hand_is_looked_at_again(course):
    course.recorder().record(course.prepared(), executed())
    course.give(why=3)
    course.recorder().record(course.prepared(fingerprint="second"), executed("why"))
    assert course.grades()["why"] == (0, 3, True)


def test_a_deleted_cell_keeps_the_score_that_it_had(course):
    course.recorder().record(course.prepared(), executed(loss=2.0))
    course.recorder().record(course.prepared(fingerprint="second"), executed("loss-test"))
    assert course.grades()["loss-test"] == (2, None, False)


# --- all or nothing -------------------------------------------------------------------------------


def test_what_fails_in_between_leaves_the_gradebook_as_it_was(course):
    recorder = course.recorder()
    recorder.record(course.prepared(), executed())

    class Broken:
        def __call__(self, notebook, resources):
            raise RuntimeError("the disk is full")

    recorder.saving.append(Broken())
    with pytest.raises(RuntimeError, match="the disk is full"):
        recorder.record(course.prepared("ada"), executed(double=0.0))
    with pytest.raises(RuntimeError, match="the disk is full"):
        recorder.record(course.prepared("ben"), executed())
    assert course.grades("ada")["double-test"][0] == 2
    assert [student.id for student in course.gradebook.students] == ["ada"]
    assert not (course.folder / "autograded" / "ben").exists()
    # and the folder is still that of the first time
    output = course.notebook_of().cells[2].outputs[0]
    assert output.data["text/plain"] == "2.0"


def test_within_a_transaction_nothing_is_committed_before_its_end(course):
    recorder = course.recorder()
    with recorder.transaction():
        course.gradebook.add_student("ada")  # nbgrader commits here
        with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}", "tiny") as other:
            assert other.students == []
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}", "tiny") as other:
        assert [student.id for student in other.students] == ["ada"]


@pytest.mark.parametrize("fails", [False, True])
def test_after_a_transaction_nbgraders_functions_commit_again(course, fails):
    try:
        with course.recorder().transaction():
            if fails:
                raise KeyboardInterrupt
    except KeyboardInterrupt:
        assert fails
    course.gradebook.add_student("ada")
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}", "tiny") as other:
        assert [student.id for student in other.students] == ["ada"]


# --- what a person has given ----------------------------------------------------------------------


def test_a_score_by_hand_is_not_looked_at_again_while_nothing_has_changed(course):
    recorder = course.recorder()
    recorder.record(course.prepared(), executed(double=1.0))
    recorder.mark_finished(course.prepared(), {})
    course.give(**{"double-test": 2})
    assert recorder.record(course.prepared(), executed(double=1.0)) == UNREAD
    assert course.grades()["double-test"] == (1, 2, False)


def test_it_is_looked_at_again_when_the_tests_give_something_else(course):
    recorder = course.recorder()
    recorder.record(course.prepared(), executed(double=1.0))
    recorder.mark_finished(course.prepared(), {})
    course.give(**{"double-test": 2})
    said = recorder.record(course.prepared(), executed(double=0.5))
    assert said == ["Cells that a person grades: double-test, why, read."]
    assert course.grades()["double-test"] == (0.5, 2, True)


def test_it_is_looked_at_again_when_something_else_was_handed_in(course):
    recorder = course.recorder()
    recorder.record(course.prepared(), executed(double=1.0))
    recorder.mark_finished(course.prepared(), {})
    course.give(**{"double-test": 2})
    recorder.record(course.prepared(fingerprint="second"), executed(double=1.0))
    assert course.grades()["double-test"] == (1, 2, True)


def test_it_is_looked_at_again_where_no_mark_says_what_was_handed_in(course):
    recorder = course.recorder()
    recorder.record(course.prepared(), executed(double=1.0))
    course.give(**{"double-test": 2})
    recorder.record(course.prepared(), executed(double=1.0))
    assert course.grades()["double-test"] == (1, 2, True)


def test_a_cell_that_waits_goes_on_waiting_though_it_has_a_score_by_hand(course):
    recorder = course.recorder()
    recorder.record(course.prepared(), executed(double=1.0))
    recorder.mark_finished(course.prepared(), {})
    grade = course.gradebook.find_grade("double-test", LESSON, LESSON, "ada")
    grade.manual_score, grade.needs_manual_grade = 2, True
    course.gradebook.db.commit()
    recorder.record(course.prepared(), executed(double=1.0))
    assert course.grades()["double-test"] == (1, 2, True)


# --- only some cells ------------------------------------------------------------------------------


def test_only_the_named_cells_get_other_scores(course):
    course.recorder().record(course.prepared(), executed(double=1.0, loss=1.0))
    recorder = course.recorder(only=["loss-test", "a-cell-of-another-notebook"])
    recorder.record(course.prepared(), executed(double=0.0, loss=2.0))
    assert course.grades()["double-test"] == (1, None, False)
    assert course.grades()["loss-test"] == (2, None, False)
    assert course.grades()["why"] == (None, None, True)


def test_what_waited_in_the_other_cells_waits_on(course):
    course.recorder().record(course.prepared(), executed(double=1.0))
    grade = course.gradebook.find_grade("double-test", LESSON, LESSON, "ada")
    grade.needs_manual_grade = True
    course.gradebook.db.commit()
    course.recorder(["loss-test"]).record(course.prepared(), executed(double=0.0))
    assert course.grades()["double-test"] == (1, None, True)


def test_the_penalty_is_that_of_all_scores_the_kept_ones_too(course):
    late = DUE.replace(tzinfo=UTC) + timedelta(hours=1)
    course.recorder().record(course.prepared(timestamp=late), executed(double=2.0, loss=1.0))
    course.recorder(["loss-test"]).record(course.prepared(), executed(double=0.0, loss=3.0))
    assert course.submitted().late_submission_penalty == 5


def test_where_none_of_the_named_cells_is_in_this_notebook_all_are_graded(course):
    course.recorder().record(course.prepared(), executed(double=1.0))
    course.recorder(only=["elsewhere"]).record(course.prepared(), executed(double=0.0))
    assert course.grades()["double-test"][0] == 0


def test_of_a_submission_that_was_never_graded_all_cells_are(course):
    course.recorder(only=["loss-test"]).record(course.prepared(), executed(double=1.0))
    assert course.grades()["double-test"] == (1, None, False)


def test_a_cell_that_nobody_has_scored_before_is_scored_though_others_are_named(course):
    course.recorder().record(course.prepared(), executed())
    grade = course.gradebook.find_grade("double-test", LESSON, LESSON, "ada")
    grade.auto_score = None
    course.gradebook.db.commit()
    course.recorder(only=["loss-test"]).record(course.prepared(), executed(double=1.0))
    assert course.grades()["double-test"][0] == 1


# --- a submission that nobody could grade ---------------------------------------------------------


def test_an_unclear_submission_is_0_for_now_and_waits_for_a_person(course):
    course.recorder().record_unclear("ada")
    assert course.grades() == dict.fromkeys(course.grades(), (0, None, True))
    assert course.gradebook.find_submission(LESSON, "ada").timestamp is None


def test_what_a_person_has_given_to_an_unclear_submission_stays(course):
    course.recorder().record_unclear("ada")
    course.give(why=3)
    course.recorder().record_unclear("ada")
    assert course.grades()["why"] == (0, 3, False)
    assert course.grades()["read"] == (0, None, True)


def test_a_score_by_hand_without_one_of_ours_stays_alone(course):
    course.recorder().record_unclear("ada")
    grade = course.gradebook.find_grade("why", LESSON, LESSON, "ada")
    grade.auto_score, grade.manual_score, grade.needs_manual_grade = None, 3, False
    course.gradebook.db.commit()
    course.recorder().record_unclear("ada")
    assert course.grades()["why"] == (None, 3, False)


def test_what_is_graded_stays_when_something_unclear_comes_after_it(course):
    course.recorder().record(course.prepared(), executed())
    course.recorder().record_unclear("ada")
    assert course.grades()["why"] == (None, None, True)


# --- what was graded before -----------------------------------------------------------------------


def graded(course, report=None, **scores):
    """Grade a submission that came in time, remember it, and return its recorder."""
    recorder = course.recorder()
    early = DUE.replace(tzinfo=UTC) - timedelta(days=1)
    prepared = course.prepared(timestamp=early)
    recorder.record(prepared, executed(**scores))
    report = report or {"status": "graded", "student": "ada", "cells": recorder.scores("ada")}
    recorder.mark_finished(prepared, report)
    return recorder


def test_the_scores_are_those_of_the_gradebook_by_hand_or_not_in_the_order_of_the_lesson(course):
    recorder = graded(course, double=1.5)
    course.give(why=3)
    scores = recorder.scores("ada")
    order = [cell.grade_id for cell in course.lesson.cells]
    assert sorted(scores, key=lambda one: order.index(one["id"])) == scores
    assert {one["id"]: (one["score"], one["max_score"]) for one in scores} == {
        "double-test": (1.5, 2.0),
        "loss-test": (3.0, 3.0),
        "why": (3.0, 4.0),
        "read": (0.0, 1.0),
    }
    assert all(type(one["score"]) is float for one in scores)


def test_what_was_never_graded_has_to_be(course):
    assert course.recorder().finished(course.prepared()) == (None, [])


def test_what_was_graded_and_has_not_changed_is_reported_as_it_was(course):
    recorder = graded(course)
    report, changed = recorder.finished(course.prepared())
    assert changed == []
    assert (report["status"], report["student"], report["score"]) == ("graded", "ada", 5)
    assert report["cells"] == recorder.scores("ada")


def test_the_total_is_what_the_gradebook_says_now(course):
    recorder = graded(course, double=0.1, loss=0.2)
    assert recorder.finished(course.prepared())[0]["score"] == 0.3
    course.give(why=3.5000014)
    assert recorder.finished(course.prepared())[0]["score"] == 3.800001  # six decimals
    course.give(why=3.5)
    report, _ = recorder.finished(course.prepared())
    assert report["score"] == 3.8
    assert {"id": "why", "score": 3.5, "max_score": 4.0} in report["cells"]


def test_a_mark_whose_student_the_gradebook_does_not_know_counts_for_nothing(course):
    recorder = graded(course)
    course.gradebook.remove_student("ada")
    assert recorder.finished(course.prepared()) == (None, [])


@pytest.mark.parametrize("reported", [None, "cells", [], [{}], [{"id": "double-test"}]])
def test_other_cells_than_were_reported_are_graded_anew(course, reported):
    recorder = graded(course, {"status": "graded", "cells": reported})
    assert recorder.finished(course.prepared()) == (None, ["its tests"])


def test_a_report_without_cells_is_graded_anew(course):
    assert graded(course, {"status": "graded"}).finished(course.prepared())[1] == ["its tests"]


def test_another_submission_is_graded_anew(course):
    recorder = graded(course)
    found = recorder.finished(course.prepared(fingerprint="second"))
    assert found == (None, ["the submission"])


def test_other_settings_grade_anew_and_are_named(course):
    graded(course)
    course.configure("none")
    found = course.recorder().finished(course.prepared(fingerprint="second"))
    assert found == (None, ["the submission", "the settings"])


def test_more_time_for_a_cell_may_change_its_score(course):
    graded(course)
    longer = Recorder(course.settings(), course.gradebook, course.lesson, 60)
    assert longer.finished(course.prepared()) == (None, ["the settings"])


def test_another_due_date_costs_its_penalty_and_nothing_is_executed(course):
    recorder = graded(course)
    assignment = course.gradebook.find_assignment(LESSON)
    assignment.duedate = DUE - timedelta(days=2)
    course.gradebook.db.commit()
    report, changed = recorder.finished(course.prepared())
    assert changed == [deciding.LATENESS]
    assert report["score"] == 5
    assert course.submitted().late_submission_penalty == 5
    known = recorder.finished(course.prepared())
    assert (known[0]["student"], known[1]) == ("ada", [])


def test_another_due_date_and_another_submission_are_graded_anew(course):
    recorder = graded(course)
    assignment = course.gradebook.find_assignment(LESSON)
    assignment.duedate = DUE - timedelta(days=2)
    course.gradebook.db.commit()
    report, changed = recorder.finished(course.prepared(fingerprint="second"))
    assert (report, sorted(changed)) == (None, sorted(["the submission", deciding.LATENESS]))
    assert course.submitted().late_submission_penalty is None


def test_a_submission_is_made_from_what_decides_its_score(course):
    recorder = course.recorder()
    parts = recorder.made_from(course.prepared())
    assert parts["the submission"] == "first"
    assert recorder.means.items() <= parts.items()
    assert parts[deciding.LATENESS] == deciding.lateness(None, None)[deciding.LATENESS]
    moment = datetime(2026, 2, 28, 10)
    recorder.record(course.prepared(timestamp=moment.replace(tzinfo=UTC)), executed())
    parts = recorder.made_from(course.prepared())
    assert parts[deciding.LATENESS] == deciding.lateness(DUE, moment)[deciding.LATENESS]


def test_a_doubt_that_a_person_has_settled_is_no_longer_reported(course):
    doubt = {"status": "needs_review", "reason": "Look.", "flags": [], "flagged": True}
    recorder = course.recorder()
    recorder.record(course.prepared(), executed())
    course.give(why=4, read=1)
    recorder.mark_finished(course.prepared(), {**doubt, "cells": recorder.scores("ada")})
    recorder.flag("ada", doubted=True, ours_before=False)
    assert recorder.finished(course.prepared())[0]["status"] == "needs_review"
    course.submitted().flagged = False
    course.gradebook.db.commit()
    assert recorder.finished(course.prepared())[0]["status"] == "graded"


def test_cells_that_are_still_unread_are_named_again(course):
    waits = {"status": "needs_review", "reason": UNREAD[0], "flags": [], "flagged": False}
    recorder = course.recorder()
    recorder.record(course.prepared(), executed())
    recorder.mark_finished(course.prepared(), {**waits, "cells": recorder.scores("ada")})
    course.give(read=1)
    report, _ = recorder.finished(course.prepared())
    assert report["reason"] == "Cells that a person grades: why."
    course.give(why=1)
    assert recorder.finished(course.prepared())[0]["status"] == "graded"


@pytest.mark.parametrize(
    ("before", "doubted", "ours_before", "after"),
    [
        (False, True, False, True),
        (False, False, False, False),
        (True, False, True, False),  # ours of an earlier run goes
        (True, False, False, True),  # a person's stays
        (True, True, True, True),
    ],
)
def test_a_doubt_is_a_flag_and_a_persons_flag_stays(course, before, doubted, ours_before, after):
    recorder = course.recorder()
    recorder.record(course.prepared(), executed())
    course.submitted().flagged = before
    course.gradebook.db.commit()
    assert recorder.flag("ada", doubted, ours_before) is doubted
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}", "tiny") as other:
        assert other.find_submission_notebook(LESSON, LESSON, "ada").flagged is after


def test_a_mark_holds_the_report_beside_what_decided(course):
    recorder = graded(course)
    [path] = (course.folder / "autograded" / ".finished" / LESSON).iterdir()
    mark = json.loads(path.read_text())
    assert mark["made_from"] == recorder.made_from(course.prepared())
    assert mark["report"]["student"] == "ada"
