"""A term: twelve learners hand in by every road, the course changes, and nobody loses anything."""

from datetime import UTC, datetime, timedelta
import getpass
import shutil

from course_of_learners import LESSON, Course, Submission
from crossentropy.quiz import handing_in
import nbformat
from nbgrader.api import Gradebook
import pytest
from small_lessons import QUIZ, cell, tiny_lesson
from zips import write_zip

from classroom import notebook_files
from classroom.handing.collect import collect
from classroom.handing.handout import make_handout
from classroom.handing.own_copy import add_lessons
from classroom.term.dates import extend, set_due

DUE = datetime(2026, 3, 1, 12, tzinfo=UTC)
NOTEBOOK = f"{LESSON}.ipynb"
# By exchange comes whoever runs this; the others are called as the roster calls them.
EXCHANGE = getpass.getuser()
LEARNERS = [
    *("canvas-file", "canvas-loose", "canvas-late", "moodle-folder", "moodle-flat"),
    *("blackboard", "folder", "my-work", "renamed", "mail", "zip-collect", EXCHANGE),
]
# What they have solved, and whether they have answered the quiz: by turns all, one, the other.
SOLVED = {
    name: [("double", "loss"), ("double",), ("loss",)][n % 3] for n, name in enumerate(LEARNERS)
}
ANSWERED = {name: n % 2 == 0 for n, name in enumerate(LEARNERS)}
POINTS = {"double": 2, "loss": 3}
ROSTER = "\n".join(
    ["student_id,canvas_id,moodle_id,username,name"]
    + [f"{name},{52000 + n},{12000 + n},user{n},Learner {name}" for n, name in enumerate(LEARNERS)]
)


def earned(name, **points):
    """Return what a learner has earned for the exercises, and for the quiz where it is answered."""
    worth = {**POINTS, **points}
    return sum(worth[each] for each in SOLVED[name]) + 4 * ANSWERED[name]


class Term:
    """A teacher's course, its handout, and what its learners make of that."""

    def __init__(self, folder):
        self.folder = folder
        self.course = Course(folder, tiny_lesson())
        (self.course.folder / "roster.csv").write_text(ROSTER)
        self.handout = folder / "handout"
        make_handout(self.course.folder, self.handout, [LESSON])
        self.inbox = folder / "inbox"
        self.inbox.mkdir()

    def work(self, name):
        """Do a learner's work in the own copy; return the lesson's folder."""
        own = self.folder / "learners" / name
        add_lessons(self.handout, own)
        submission = Submission(self.course, own / LESSON)
        if SOLVED[name]:
            submission.solve(*SOLVED[name])
        if ANSWERED[name]:
            submission.answer(QUIZ)
        return own / LESSON

    def hand_in(self, name, days=-1.0):
        return handing_in.make(self.work(name), moment=DUE + timedelta(days=days)).path

    def pack(self, name, files):
        """Make a zip in the inbox: what each file is called in it, and where it lies."""
        path = self.inbox / name
        path.parent.mkdir(exist_ok=True)
        return write_zip(path, files)

    def collect(self, *sources, **more):
        return collect(self.course.folder, LESSON, sources, **more)

    def gradebook(self):
        return Gradebook(f"sqlite:///{self.course.folder / 'gradebook.db'}")

    def scores(self):
        """Return what each learner has in the end, penalties taken off."""
        with self.gradebook() as gradebook:
            return {
                one.student.id: one.score - one.late_submission_penalty
                for one in gradebook.assignment_submissions(LESSON)
            }

    def edit_source(self, edit):
        path = self.course.folder / "solutions" / LESSON / NOTEBOOK
        notebook = notebook_files.read(path)
        edit(notebook)
        notebook_files.write(notebook, path)


@pytest.fixture(scope="module")
def term(tmp_path_factory):
    return Term(tmp_path_factory.mktemp("term"))


@pytest.fixture(scope="module")
def collected(term):
    """All twelve by their roads, beside one who is in nobody's roster and one damaged upload."""
    number = {name: n for n, name in enumerate(LEARNERS)}
    file, late = term.hand_in("canvas-file"), term.hand_in("canvas-late", days=1.5)
    loose = term.work("canvas-loose")
    ids = {name: 52000 + number[name] for name in LEARNERS}
    canvas = {
        f"filecanvas_{ids['canvas-file']}_9001_{file.name}": file,
        f"loosecanvas_{ids['canvas-loose']}_9002_{LESSON}-1.ipynb": loose / NOTEBOOK,
        f"latecanvas_LATE_{ids['canvas-late']}_9004_{late.name}": late,
        f"strangerjo_59999_9005_{file.name}": file,
    }
    if ANSWERED["canvas-loose"]:
        canvas[f"loosecanvas_{ids['canvas-loose']}_9003_responses-1.json"] = (
            loose / "responses.json"
        )
    folder, flat = term.hand_in("moodle-folder"), term.hand_in("moodle-flat")
    participant = {name: 12000 + number[name] for name in LEARNERS}
    moodle = {
        f"Mo Folder_{participant['moodle-folder']}_assignsubmission_file_/{folder.name}": folder,
        f"Mo Flat_{participant['moodle-flat']}_assignsubmission_file_{flat.name}": flat,
    }
    user = f"user{number['blackboard']}"
    board = term.hand_in("blackboard")
    blackboard = {
        f"Lesson 1_{user}_attempt_2026-02-27-10-00-00_{LESSON}.ipynb": b"no notebook at all",
        f"Lesson 1_{user}_attempt_2026-02-28-10-00-00_{board.name}": board,
        f"Lesson 1_{user}_attempt_2026-02-28-10-00-00.txt": b"Name: Learner",
    }
    plain = term.inbox / "plain"
    shutil.copytree(term.work("folder"), plain / "folder" / LESSON)
    work = term.work("my-work").parent
    (work / "03-from-logits").mkdir()
    (work / "03-from-logits" / "03-from-logits.ipynb").write_text("{}")
    shutil.make_archive(plain / "my-work", "zip", work.parent, work.name)
    own = term.work("renamed")
    renamed = {"stuff/mine (final).ipynb": own / NOTEBOOK}
    if ANSWERED["renamed"]:
        renamed["stuff/responses (1).json"] = own / "responses.json"
    term.pack("plain/renamed.zip", renamed)
    (plain / "folder.zip.part").write_text("an upload that never ended")
    done = term.collect(
        term.pack("submissions.zip", canvas),
        term.pack("course-lesson-77.zip", moodle),
        term.pack("gradebook_course_lesson_2026-03-02-08-00-00.zip", blackboard),
        plain,
    )
    mail = term.collect(term.hand_in("mail", days=0.25), student="mail")
    by_nbgrader(term)
    return done, mail


def by_nbgrader(term):
    """Two more by nbgrader's own roads."""
    archive = term.course.folder / "downloaded" / LESSON / "archive"
    archive.mkdir(parents=True)
    shutil.copy(term.hand_in("zip-collect"), archive / "zip-collect.zip")
    term.course.nbgrader("zip_collect", LESSON)
    term.course.nbgrader("release_assignment", LESSON)
    own = term.work(EXCHANGE)
    exchange = [f"--Exchange.root={term.course.folder.parent / 'exchange'}"]
    term.course.nbgrader("submit", LESSON, "--course=cross-entropy", *exchange, cwd=own.parent)
    term.course.nbgrader("collect", LESSON)


@pytest.fixture(scope="module")
def graded(term, collected):
    """The class as it is graded first; a person has then given points to one of them."""
    tally = term.course.grade("--student=zip-collect", status=0)
    tally = term.course.grade()
    with term.gradebook() as gradebook:
        grade = gradebook.find_grade("double-test", LESSON, LESSON, "canvas-late")
        grade.manual_score = 1.0
        comment = gradebook.find_comment("double", LESSON, LESSON, "canvas-late")
        comment.manual_comment = "Half of it is right."
        gradebook.db.commit()
    return tally


def test_everybody_arrives_and_who_does_not_belong_is_named(term, collected):
    done, mail = collected
    submitted = {
        path.parent.name for path in (term.course.folder / "submitted").glob(f"*/{LESSON}")
    }
    assert submitted == set(LEARNERS)
    assert len(done.rows) == 9
    assert done.lost == [
        "strangerjo (59999) is not in the roster.",
        "'folder.zip.part' belongs to nobody.",
    ]
    late = {row.student: row.late for row in [*done.rows, *mail.rows] if row.late}
    assert late.pop("mail") == timedelta(hours=6)
    assert late["canvas-late"] == timedelta(days=1, hours=12)
    attempts = {row.student: row.attempts for row in done.rows}
    assert attempts.pop("blackboard") == 2
    assert set(attempts.values()) == {1}


def test_everybody_has_the_points_that_the_work_deserves(graded):
    assert {each["student"]: each["score"] for each in graded["students"]} == {
        name: earned(name) for name in LEARNERS
    }
    assert {each["status"] for each in graded["students"]} == {"graded"}


def test_lateness_costs_what_the_rule_says_until_there_is_an_extension(term, graded):
    """The course's rule takes all points of whoever is late."""
    [late] = [one for one in graded["students"] if one["student"] == "canvas-late"]
    assert (late["late"], late["penalty"]) == (1.5 * 86_400, earned("canvas-late"))
    score = earned("canvas-late") + 1  # the hand-given point
    assert term.scores()["canvas-late"] == 1, "the penalty was assigned before the hand-given point"
    extend(term.course.folder, LESSON, "canvas-late", "2 days")
    tally = term.course.grade()
    assert tally["resumed"] == len(LEARNERS)
    assert term.scores()["canvas-late"] == score
    assert term.scores()["mail"] == 0
    # Of some nobody says when they came but their files, which were made just now.
    set_due(term.course.folder, LESSON, "2999-01-01 12:00")
    term.course.grade()
    assert term.scores()["mail"] == earned("mail")


def test_a_hidden_test_points_and_an_exercise_change_in_one_release(term, graded):
    def change(notebook):
        cells = {notebook_files.grade_id(one): one for one in notebook.cells}
        test = cells["double-test"]
        test.source = test.source.replace("== 82", ">= 82")
        new = [
            cell(
                "def half(x):\n    ### BEGIN SOLUTION\n    return x / 2\n    ### END SOLUTION",
                "half",
            ),
            cell("assert half(4) == 2, 'Half of 4 is 2.'", "half-test", 5),
        ]
        for place, one in enumerate(new):
            notebook.cells.insert(4 + place, nbformat.from_dict({**one, "id": f"half-{place}"}))

    term.edit_source(change)
    term.course.classroom("points", LESSON, "loss-test", "6")
    term.course.classroom("release", LESSON, status=2)  # for whom is the exercise?
    term.course.classroom("release", LESSON, "--for", "newcomers")
    # Who has handed in has the new exercise's points, and is graded by the new tests and points.
    term.course.grade()
    expected = {name: earned(name, loss=6) + 5 for name in LEARNERS}
    expected["canvas-late"] += 1
    assert term.scores() == expected
    with term.gradebook() as gradebook:
        comment = gradebook.find_comment("double", LESSON, LESSON, "canvas-late")
        assert comment.comment == "Half of it is right."


def test_one_hands_in_again_by_another_road_and_only_that_one_is_graded(term, graded):
    own = term.work("folder")
    Submission(term.course, own).solve("double", "loss", "half")
    path = handing_in.make(own).path
    [row] = term.collect(path, student="folder").rows
    assert (row.state, row.attempts) == ("taken anew", 2)
    # Points were given for the new exercise, and now there is an answer: a person decides.
    tally = term.course.grade(status=1)
    assert tally["resumed"] == len(LEARNERS) - 1
    [entry] = [each for each in tally["students"] if each["student"] == "folder"]
    assert "the submission" in entry["changed"]


def test_in_the_end_there_are_pages_and_grades(term, graded):
    some = ["folder", "mail"]
    term.course.classroom("feedback", LESSON, *(f"--student={name}" for name in some))
    pages = (term.course.folder / "feedback").glob(f"*/{LESSON}/*.html")
    assert {path.parents[1].name for path in pages} == set(some)
    term.course.classroom("export")
    grades = (term.course.folder / "grades.csv").read_text()
    assert all(name in grades for name in LEARNERS)
    term.course.classroom("remove", LESSON, status=2)
