"""`classroom certify` names the test that passes a wrong answer or refuses a right one."""

from pathlib import Path
import shutil
import subprocess
import sys

from IPython.core.interactiveshell import InteractiveShell
import nbformat
from nbgrader.utils import is_grade
import pytest
from small_lessons import tiny_lesson

from classroom import notebook_files
from classroom.certificate.certify import certify, findings
from classroom.certificate.exercises import exercises_of, read_lesson
from classroom.certificate.samples import PHRASE, REFUSED_BY, Sample, read_samples
from classroom.certificate.trial import Outcome, Refusal, job_for, visible
from classroom.course import CourseError
from classroom.grading.kernels import server, warm
from classroom.grading.settings import CourseSettings

ROOT = Path(__file__).parents[3]
LESSON = "01-tiny"
SAMPLES = {
    "double/wrong/adds-two": f"{PHRASE}Twice 3 is 6\ndef double(x):\n    return x + 2\n",
    "double/wrong/always-six": f"{PHRASE}every number\ndef double(x):\n    return 6\n",
    "double/right/a-sum": "def double(x):\n    return x + x\n",
    "loss/wrong/base-10": f"{PHRASE}log 2\ndef loss(p):\n    return -np.mean(np.log10(p))\n",
    "loss/right/a-loop": "def loss(p):\n    return -sum(np.log(one) for one in p) / len(p)\n",
}


def course_in(folder, edits=(), samples=SAMPLES):
    """Return a course of a tiny lesson, whose texts are edited, with samples."""
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    notebook = tiny_lesson()
    for cell in notebook.cells:
        for old, new in edits:
            cell.source = cell.source.replace(old, new)
    notebook_files.write(notebook, folder / "solutions" / LESSON / f"{LESSON}.ipynb")
    for name, text in samples.items():
        path = folder / "tests/answers" / LESSON / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def exercise_in(folder, name):
    lesson = read_lesson(CourseSettings(folder), LESSON)
    return lesson, {one.name: one for one in exercises_of(lesson)}[name]


def test_tests_that_tell_right_from_wrong_get_a_certificate(tmp_path):
    done = subprocess.run(
        [Path(sys.executable).with_name("classroom"), "certify", LESSON],
        cwd=course_in(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "double: 2 wrong and 1 right answers" in done.stdout
    assert f"Certificate: every test of {LESSON} refuses what is wrong" in done.stdout


def test_a_test_that_was_weakened_or_made_too_strict_is_named_with_the_answer(tmp_path):
    edits = [
        ("assert double(3) == 6", "assert double(3) in (5, 6)"),
        ("double(secret_number) == 82", "double(secret_number) in (43, 82)"),
        ("result = loss(", "assert type(loss(np.ones(2))) is float, 'A float!'\nresult = loss("),
    ]
    course = course_in(tmp_path, edits)
    server.running(warm.libraries_of(course / "solutions" / LESSON))  # as the command does
    found = certify(course, LESSON)
    assert found.exit_status == 1
    assert found.faults == [
        "Test 'double-test' passes the wrong answer double/wrong/adds-two.py, which is to hear: "
        "Twice 3 is 6",
        "Test 'loss-test' refuses the right answer loss/right/a-loop.py: AssertionError: A float!",
    ]


def test_what_cannot_be_certified_is_said_and_how_to_add_it(tmp_path):
    found = certify(course_in(tmp_path, samples={"gone/right/any": "pass"}), LESSON)
    assert found.exit_status == 1
    double, loss, gone = found.untried
    assert double.startswith("double has no wrong and no right answers to be tried with")
    assert f"tests/answers/{LESSON}/double/: wrong/<its mistake>.py" in double
    assert loss.startswith("loss has")
    assert "the lesson has no exercise 'gone'" in gone


def test_an_unknown_exercise_is_refused(tmp_path):
    with pytest.raises(CourseError, match="no exercise named 'triple'; it has: double, loss"):
        certify(course_in(tmp_path), LESSON, ["triple"])


def test_an_answer_finds_nothing_that_another_has_left_behind(tmp_path):
    lesson, exercise = exercise_in(course_in(tmp_path), "loss")
    samples = [
        Sample("loss", "wrong/a", False, "np = left = None"),
        Sample("loss", "right/b", True, "seen = np is not None, 'left' in globals()"),
    ]
    job = job_for(lesson, exercise, samples, timeout=30, name="a job")
    shell = InteractiveShell()
    for cell in nbformat.reads(job.files[job.notebook].decode(), as_version=4).cells:
        if not is_grade(cell):
            shell.run_cell(cell.source)
    assert shell.user_ns["seen"] == (True, False)


def test_a_lessons_cells_that_no_answer_rests_on_are_not_run(tmp_path):
    _, exercise = exercise_in(course_in(tmp_path), "loss")
    assert [source.splitlines()[0] for source in exercise.needed(["np.log(1)"])] == [
        "from crossentropy import quiz"
    ]
    assert "def double" in exercise.needed(["def loss(p):\n    return double(p)"])[-1]


def test_a_graded_cell_that_asks_for_no_name_of_an_answer_is_no_test_of_it(tmp_path):
    lesson = read_lesson(CourseSettings(course_in(tmp_path)), LESSON)
    assert [[test.grade_id for test in one.tests] for one in exercises_of(lesson)] == [
        ["double-test"],
        ["loss-test"],
    ]


def outcome(exercise, refused_by, **refusals):
    sample = Sample(exercise.name, "wrong/a", False, "", "Twice 3", refused_by)
    return Outcome(sample, {name.replace("_", "-"): one for name, one in refusals.items()})


def test_a_wrong_answer_is_to_be_refused_by_each_test_that_its_file_names(tmp_path):
    _, exercise = exercise_in(course_in(tmp_path), "double")
    refusal = Refusal("AssertionError", "Twice 3 is 6.")
    named = outcome(exercise, ("double-test",), other=refusal)
    assert findings(exercise, named)[0][0].startswith("Test 'double-test' passes the wrong answer")
    assert findings(exercise, outcome(exercise, (), other=refusal)) == ([], [])


def test_a_wrong_answer_that_hears_other_words_than_its_file_says_is_remarked_on(tmp_path):
    _, exercise = exercise_in(course_in(tmp_path), "double")
    said = outcome(exercise, (), double_test=Refusal("AssertionError", "Not doubled."))
    assert findings(exercise, said) == (
        [],
        [
            "double/wrong/a.py is refused, but is to hear 'Twice 3' and hears: AssertionError: "
            "Not doubled."
        ],
    )


def test_a_learner_reads_first_what_a_visible_test_says():
    hidden, shown = Refusal("AssertionError", "a", hidden=True), Refusal("AssertionError", "b")
    sample = Sample("double", "wrong/a", False, "")
    assert Outcome(sample, {"one": hidden, "two": shown}).first == shown
    assert Outcome(sample, {"one": hidden}).first == hidden


def test_the_visible_part_of_a_test_is_what_is_released(tmp_path):
    _, exercise = exercise_in(course_in(tmp_path), "double")
    assert visible(exercise.tests[0].source) == 'assert double(3) == 6, "Twice 3 is 6."\n'


def test_a_sample_says_which_tests_refuse_it(tmp_path):
    text = f"{PHRASE}all of it\n{REFUSED_BY}one, two\npass\n"
    [sample] = read_samples(course_in(tmp_path, samples={"double/wrong/a": text}), LESSON)
    assert (sample.phrase, sample.refused_by) == ("all of it", ("one", "two"))


@pytest.mark.parametrize("name", ["double/wrong/silent", "double/maybe/a"])
def test_a_file_that_is_no_sample_is_named(name, tmp_path):
    course = course_in(tmp_path, samples={name: "pass\n"})
    with pytest.raises(CourseError, match=rf"{name}\.py cannot be tried"):
        read_samples(course, LESSON)
