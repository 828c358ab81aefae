"""A course that changes in mid-term: what a person gave by hand stays, and the rest follows."""

from datetime import UTC, datetime, timedelta
import json
import re
import shutil

from course_of_learners import LESSON, Course
import nbformat
from nbgrader.api import Gradebook
import pytest
from small_lessons import QUIZ, cell, tiny_lesson

from classroom import notebook_files
from classroom.authoring.release import release_lessons
from classroom.course import CourseError
from classroom.term.changed_cells import change_cells, make_ready
from classroom.term.dates import extend, set_due
from classroom.term.hand_scores import above
from classroom.term.points import set_points
from classroom.term.removal import remove_lesson

NEW = [
    cell("def half(x):\n    ### BEGIN SOLUTION\n    return x / 2\n    ### END SOLUTION", "half"),
    cell("assert half(4) == 2, 'Half of 4 is 2.'", "half-test", 5),
]


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A course in which ada, all right, and ben, all wrong, are graded; ben's loss by hand too."""
    course = Course(tmp_path_factory.mktemp("midterm"), tiny_lesson())
    ada = course.learner("ada")
    ada.solve()
    ada.answer(QUIZ)
    course.learner("ben")
    course.grade()
    with course_gradebook(course) as gradebook:
        grade = gradebook.find_grade("loss-test", LESSON, LESSON, "ben")
        grade.manual_score = 2.5
        comment = gradebook.find_comment("loss", LESSON, LESSON, "ben")
        comment.manual_comment = "The idea is right."
        gradebook.db.commit()
    shutil.copy(course.folder / "gradebook.db", course.at_release)
    return course


@pytest.fixture
def course(graded, tmp_path):
    twin = graded.twin(tmp_path)
    shutil.copytree(graded.folder / "autograded", twin.folder / "autograded")
    return twin


def course_gradebook(course):
    return Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}")


def edit_source(course, edit):
    path = course.folder / "solutions" / LESSON / f"{LESSON}.ipynb"
    notebook = notebook_files.read(path)
    edit(notebook)
    notebook_files.write(notebook, path)


def add_an_exercise(notebook):
    for number, each in enumerate(NEW):
        notebook.cells.insert(4 + number, nbformat.from_dict({**each, "id": f"half-{number}"}))


def scores(course):
    with course_gradebook(course) as gradebook:
        return {
            submission.student.id: {
                grade.name: grade.score
                for notebook in submission.notebooks
                for grade in notebook.grades
            }
            for submission in gradebook.assignment_submissions(LESSON)
        }


BEFORE = {
    "ada": {"double-test": 2, "loss-test": 3, "quiz-test": 4},
    "ben": {"double-test": 0, "loss-test": 2.5, "quiz-test": 0},
}


def comments(course):
    return course.gradebook()["ben"]["comments"]


# --- cells that come and go -----------------------------------------------------------------------


def test_what_the_course_was_before(course):
    assert scores(course) == BEFORE


def test_an_added_exercise_is_refused_with_the_way_out(course):
    edit_source(course, add_an_exercise)
    with pytest.raises(CourseError, match=r"adds half, half-test\. Say whom .* --for everybody"):
        change_cells(course.folder, LESSON)
    assert scores(course) == BEFORE
    course.classroom("release", LESSON, status=2)


@pytest.mark.parametrize(("whom", "points"), [("everybody", 0), ("newcomers", 5)])
def test_an_added_exercise_is_for_everybody_or_gives_its_points_to_who_has_handed_in(
    course, whom, points
):
    edit_source(course, add_an_exercise)
    assert str(change_cells(course.folder, LESSON, whom)) == "adds half, half-test"
    release_lessons(course.folder, [LESSON])
    assert scores(course) == {name: {**BEFORE[name], "half-test": points} for name in BEFORE}
    assert comments(course)["loss"][1] == "The idea is right."
    given = comments(course)["half"][1]
    assert given is None if whom == "everybody" else "after you had handed in" in given
    assert not change_cells(course.folder, LESSON), "nothing comes or goes any more"


def test_a_removed_exercise_goes_and_what_was_given_for_it_is_kept_in_a_file(course):
    def remove(notebook):
        notebook.cells = [
            one
            for one in notebook.cells
            if notebook_files.grade_id(one) not in ("loss", "loss-test")
        ]

    edit_source(course, remove)
    change = change_cells(course.folder, LESSON)
    assert change.removed == ["loss", "loss-test"]
    left = [set(each) for each in scores(course).values()]
    assert left == [{"double-test", "quiz-test"}] * 2
    kept = json.loads(change.kept.read_text())
    [ben] = [each for each in kept["submissions"] if each["student"] == "ben"]
    assert ben["grades"]["loss-test"]["by hand"] == 2.5
    assert ben["comments"]["loss"] == "The idea is right."


def test_a_renamed_cell_keeps_its_scores_and_comments(course):
    def rename(notebook):
        for one in notebook.cells:
            if name := notebook_files.grade_id(one):
                one.metadata.nbgrader["grade_id"] = name.replace("loss", "cost")

    edit_source(course, rename)
    with pytest.raises(CourseError, match="--renamed OLD=NEW"):
        change_cells(course.folder, LESSON)
    change_cells(course.folder, LESSON, renamed={"loss": "cost", "loss-test": "cost-test"})
    assert scores(course)["ben"]["cost-test"] == 2.5
    assert comments(course)["cost"][1] == "The idea is right."
    with pytest.raises(CourseError, match="fits no cell"):
        change_cells(course.folder, LESSON, renamed={"never": "there"})


def test_a_lesson_that_cannot_be_released_changes_nothing(course):
    def spoil(notebook):
        add_an_exercise(notebook)
        notebook.cells[4].source = notebook.cells[4].source.replace("### END SOLUTION", "")

    edit_source(course, spoil)
    with pytest.raises(CourseError, match="no end solution statement"):
        change_cells(course.folder, LESSON, "everybody")
    assert scores(course) == BEFORE


# --- points ---------------------------------------------------------------------------------------


def test_points_that_change_are_followed_by_headings_table_and_scores(course):
    def add_headings(notebook):
        for place, text in ((2, "## Exercise 1 · Double (2 points)"), (5, "**Loss (3 points).**")):
            made = nbformat.v4.new_markdown_cell(text, id=f"heading-{place}")
            notebook.cells.insert(place, made)
        notebook.cells.insert(5, nbformat.v4.new_markdown_cell("## Rest (7 points)", id="rest"))

    edit_source(course, add_headings)
    was, now = "## Exercise 1 · Double (2 points)", "## Exercise 1 · Double (4 points)"
    assert (was, now) in set_points(course.folder, LESSON, "double-test", 4).lines
    said = course.classroom("points", LESSON, "quiz-test", "8")
    assert "## Rest (7 points)  ->  ## Rest (11 points)" in said
    source = (course.folder / "solutions" / LESSON / f"{LESSON}.ipynb").read_text()
    assert "out_of=8" in source
    assert "**Loss (3 points).**" in source
    release_lessons(course.folder, [LESSON])
    with course_gradebook(course) as gradebook:
        assert gradebook.find_assignment(LESSON).max_score == 15
    assert scores(course) == BEFORE, "until it is graded again"


def test_a_score_by_hand_that_is_above_new_points_is_told(course):
    sentence = "ben has 2.5 points for loss-test, given by hand, and it is worth 2 now"
    assert sentence in course.classroom("points", LESSON, "loss-test", "2")
    assert any(sentence in told for told in make_ready(course.folder, [LESSON], None, None))
    assert list(above(course.folder, LESSON, {"loss-test": 2.5})) == []


def test_points_that_change_leave_the_same_words_of_other_lessons(course):
    heading = "## Exercise 1 · Double (2 points)"
    link = "[Exercise 1 · Double (2 points)]({}#cell-id=double)"
    here, elsewhere = link.format(f"../{LESSON}/{LESSON}.ipynb"), link.format("#")

    def add_heading(notebook):
        notebook.cells.insert(2, nbformat.v4.new_markdown_cell(heading, id="heading"))
        notebook.cells.insert(5, nbformat.v4.new_markdown_cell("## Rest", id="rest"))

    edit_source(course, add_heading)
    other = course.folder / "solutions" / "09-other" / "09-other.ipynb"
    cells = [nbformat.v4.new_markdown_cell(text) for text in (heading, here, elsewhere)]
    other.parent.mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=cells), other)
    set_points(course.folder, LESSON, "double-test", 4)
    texts = [cell.source for cell in nbformat.read(other, 4).cells]
    assert texts == [heading, here.replace("(2 points)", "(4 points)"), elsewhere]


def test_a_heading_that_says_other_points_is_told_at_the_release(course):
    def claim(notebook):
        notebook.cells.insert(2, nbformat.v4.new_markdown_cell("## All (5 points)", id="all"))

    edit_source(course, claim)
    said = list(make_ready(course.folder, [LESSON], None, None))
    assert f"{LESSON} says 'All (5 points)': its cells are worth 9." in said
    # The start page and the links of other lessons are those of the lesson that stood here.
    assert f"00-start-here, cell path, says 15 points of {LESSON}: its cells are worth 9." in said


def test_a_release_refuses_a_day_that_would_fail_for_the_whole_class(course):
    def add(notebook):
        source = 'quiz.points(["01-x"], out_of=1, since={"01-x": "2026-11-26 05:45"})'
        notebook.cells.append(nbformat.v4.new_code_cell(source, id="count"))

    edit_source(course, add)
    with pytest.raises(CourseError, match="cell 'count': since names '2026-11-26 05:45'"):
        list(make_ready(course.folder, [LESSON], None, None))


# --- dates, one exercise, a lesson ----------------------------------------------------------------


def test_a_due_date_and_an_extension_before_anything_is_handed_in(course):
    due, longer = datetime(2026, 4, 1, 10, tzinfo=UTC), timedelta(hours=36)
    assert set_due(course.folder, LESSON, "2026-04-01T12:00+02:00").when == due
    assert extend(course.folder, LESSON, "late-comer", "36 h", new=True) == (due + longer, None)
    assert extend(course.folder, LESSON, "late-comer", "0 days") == (due, longer)
    assert scores(course)["ben"] == BEFORE["ben"]
    with pytest.raises(CourseError, match="no learner 'bne'; did you mean 'ben'"):
        extend(course.folder, LESSON, "bne", "2 days")
    for wrong in ("tomorrow", "two days"):
        with pytest.raises(CourseError, match=re.escape(f"'{wrong}' is no time")):
            extend(course.folder, LESSON, "ben", wrong)
    with pytest.raises(CourseError, match="is no moment"):
        set_due(course.folder, LESSON, "soon")
    assert set_due(course.folder, LESSON, None).when is None
    with pytest.raises(CourseError, match="is due at no time, so nobody needs more"):
        extend(course.folder, LESSON, "ben", "1 day")
    with pytest.raises(CourseError, match="has no lesson named '77'"):
        set_due(course.folder, "77", None)


def test_extensions_that_go_with_a_due_date_are_told_and_kept(course):
    extend(course.folder, LESSON, "ben", "90 min")
    assert extend(course.folder, LESSON, "ben", "2 days")[1] == timedelta(minutes=90)
    said = course.classroom("due", LESSON, "never")
    assert "is due at no time (before: on 2026-03-01 at 12:00 UTC)" in said
    assert f'  classroom extend {LESSON} ben "2 days"\n' in said
    [kept] = (course.folder / "kept-grades").iterdir()
    assert {
        one["student"]: one["extension"] for one in json.loads(kept.read_text())["submissions"]
    } == {"ada": None, "ben": "2 days, 0:00:00"}
    assert set_due(course.folder, LESSON, None).lost == {}


def test_one_exercise_is_graded_again_and_the_others_stay(course):
    def harder(notebook):
        for one in notebook.cells:
            if notebook_files.grade_id(one) in ("double-test", "loss-test"):
                one.source = "raise AssertionError('Nobody can do this.')"

    edit_source(course, harder)
    release_lessons(course.folder, [LESSON])
    course.grade("--only", "double-test")
    assert scores(course)["ada"] == {"double-test": 0, "loss-test": 3, "quiz-test": 4}
    assert scores(course)["ben"] == BEFORE["ben"]
    course.classroom("grade", LESSON, "--only", "nothing", status=2)


def test_a_lesson_is_removed_with_its_grades_and_files_put_aside(course):
    with pytest.raises(CourseError, match="2 have handed in"):
        remove_lesson(course.folder, LESSON)
    said = course.classroom("remove", LESSON, "--with-grades")
    [kept] = (course.folder / "kept-grades").iterdir()
    assert len(json.loads(kept.read_text())["submissions"]) == 2
    for tree in ("solutions", "notebooks"):
        assert (course.folder / "removed" / tree / LESSON / f"{LESSON}.ipynb").is_file()
    assert "solutions/00-start-here/00-start-here.ipynb: cell whole-parts, cell ways, " in said
    assert not (course.folder / "solutions" / LESSON).exists()
    with course_gradebook(course) as gradebook:
        assert gradebook.assignments == []
    assert (course.folder / "submitted" / "ada" / LESSON).is_dir()
    with pytest.raises(CourseError, match="There is no lesson named"):
        remove_lesson(course.folder, LESSON)
