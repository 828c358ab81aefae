"""What a class hands in is taken from wherever it comes; nobody is lost because of another."""

from datetime import UTC, datetime, timedelta
import json
import shutil

from course_of_learners import LESSON
import nbformat
from nbgrader.api import Gradebook
import pytest

from classroom.course import CourseError
from classroom.handing.collect import collect
from classroom.term.dates import extend

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)  # when it is due
NOTEBOOK = f"{LESSON}.ipynb"
ALL = {NOTEBOOK, "responses.json"}


def taken(course):
    """Return the names of the files of each submission, but for those that say the time."""
    return {
        folder.parent.name: {path.name for path in folder.iterdir()}
        - {"hand-in.json", "timestamp.txt"}
        for folder in (course.folder / "submitted").glob(f"*/{LESSON}")
    }


def day(number):
    return NOON + timedelta(days=number)


def rows(done):
    return {row.student: row for row in done.rows}


# --- platforms ------------------------------------------------------------------------------------


def test_canvas_names_files_by_learner_and_number(course, hand_in, learner, packed):
    doe, roe = hand_in("doe"), learner("roe")
    source = packed(
        "submissions.zip",
        {
            f"doejane_52000_9100001_{doe.name}": doe,
            f"roerichard_LATE_52001_9100002_{LESSON}-1.ipynb": roe / NOTEBOOK,
            "roerichard_LATE_52001_9100003_responses-1.json": roe / "responses.json",
        },
    )
    done = collect(course.folder, LESSON, [source])
    assert taken(course) == {"doejane-52000": ALL, "roerichard-52001": ALL}
    assert "Canvas says: late" in rows(done)["roerichard-52001"].notes
    assert (done.lost, done.exit_status) == ([], 0)


def test_moodle_names_folders_or_files_by_learner_and_participant(course, hand_in, packed):
    jane, richard = hand_in("jane"), hand_in("richard")
    about = "Jane Doe_12345_assignsubmission_onlinetext_/onlinetext.html"
    in_folders = packed(
        "course-lesson 1-77.zip",
        {f"Jane Doe_12345_assignsubmission_file_/{jane.name}": jane, about: b"<p>Hello</p>"},
    )
    in_one = packed(
        "another.zip", {f"Richard Roe_12346_assignsubmission_file_{richard.name}": richard}
    )
    done = collect(course.folder, LESSON, [in_folders, in_one])
    assert taken(course) == {"Jane-Doe": ALL, "Richard-Roe": ALL}
    assert done.lost == []


def test_blackboard_names_files_by_user_and_time_and_its_time_counts(course, hand_in, packed):
    early, late = hand_in("jdoe"), hand_in("jdoe", day(1), solved=False)
    source = packed(
        "gradebook_course_Lesson201_2026-03-03-08-00-00.zip",
        {
            f"Lesson 1_jdoe_attempt_2026-03-01-10-00-00_{early.name}": early,
            "Lesson 1_jdoe_attempt_2026-03-01-10-00-00.txt": b"Name: Jane Doe (jdoe)",
            f"Lesson 1_jdoe_attempt_2026-03-02-13-30-00_{late.name}": late,
            "Lesson 1_jdoe_attempt_2026-03-02-13-30-00.txt": b"Name: Jane Doe (jdoe)",
        },
    )
    row = rows(collect(course.folder, LESSON, [source]))["jdoe"]
    local = datetime(2026, 3, 2, 13, 30).astimezone(UTC)
    assert (row.time, row.attempts, row.late) == (local, 2, local - NOON)


@pytest.mark.parametrize(
    "names",
    [
        ("poejoe_52002_text.html", "doejane_52000_9100001_{}"),
        (
            "Joe Poe_7_assignsubmission_onlinetext_/onlinetext.html",
            "Jane Doe_8_assignsubmission_file_/{}",
        ),
        (
            "Lesson 1_joe_attempt_2026-03-01-10-00-00.txt",
            "Lesson 1_jane_attempt_2026-03-01-10-00-00_{}",
        ),
    ],
)
def test_who_has_typed_something_and_handed_in_no_file_is_named(course, hand_in, packed, names):
    jane = hand_in("jane")
    source = packed("download.zip", {names[0]: b"I am done.", names[1].format(jane.name): jane})
    done = collect(course.folder, LESSON, [source])
    assert len(done.rows) == 1
    [sentence] = done.lost
    assert f"handed in nothing of {LESSON}" in sentence


# --- a roster -------------------------------------------------------------------------------------

ROSTERS = {
    "Canvas": (
        "Student,ID,SIS User ID,SIS Login ID,Section,Quiz 1\n"
        "    Points Possible,,,,,10\n"
        '"Doe, Jane",52000,s-1,jdoe,A,7\n"Roe, Richard",52001,s-2,rroe,A,52000\n'
    ),
    "Moodle": (
        "Identifier,Full name,ID number,Email address,Status\n"
        "Participant 52000,Jane Doe,jdoe,jane@example.org,Submitted\n"
        "Participant 52001,Richard Roe,rroe,richard@example.org,Submitted\n"
    ),
    "one's own": "student_id,canvas_id,name\njdoe,52000,Jane Doe\nrroe,52001,Richard Roe\n",
}


@pytest.mark.parametrize("kind", ROSTERS)
def test_a_roster_maps_what_a_platform_calls_a_learner(course, hand_in, packed, tmp_path, kind):
    jane = hand_in("jane")
    roster = tmp_path / "class.csv"
    roster.write_text(ROSTERS[kind])
    source = packed(
        "submissions.zip",
        {
            f"doejane_52000_9100001_{jane.name}": jane,
            f"nobodyknown_52999_9100002_{jane.name}": jane,
        },
    )
    done = collect(course.folder, LESSON, [source], roster=roster)
    assert taken(course) == {"jdoe": ALL}
    assert done.lost == ["nobodyknown (52999) is not in the roster."]
    assert done.absent == ["rroe"]
    assert done.exit_status == 1


def test_a_roster_knows_people_by_name_where_the_number_is_unknown(
    course, hand_in, packed, tmp_path
):
    jane = hand_in("jane")
    (course.folder / "roster.csv").write_text(ROSTERS["Canvas"] + '"Roe, Richard",52009,,rr,A,1\n')
    source = packed(
        "moodle.zip",
        {
            f"Jane Doe_7_assignsubmission_file_/{jane.name}": jane,
            f"Richard Roe_8_assignsubmission_file_/{jane.name}": jane,
        },
    )
    done = collect(course.folder, LESSON, [source])
    assert taken(course) == {"jdoe": ALL}
    assert done.lost == ["Richard Roe (8) may be rr, rroe; say who with --roster."]


def test_students_of_the_gradebook_are_a_roster_that_others_may_join(course, hand_in, packed):
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}") as gradebook:
        gradebook.add_student("jdoe", first_name="Jane", last_name="Doe", lms_user_id="52000")
    jane = hand_in("jane")
    source = packed(
        "submissions.zip",
        {f"doejane_52000_1_{jane.name}": jane, f"poejoe_52003_2_{jane.name}": jane},
    )
    done = collect(course.folder, LESSON, [source])
    assert set(taken(course)) == {"jdoe", "poejoe-52003"}
    assert done.absent == []


def test_two_learners_of_one_name_are_never_one(course, hand_in, packed):
    jane, joan = hand_in("jane"), hand_in("joan", solved=False)
    source = packed(
        "moodle.zip",
        {
            f"Jane Doe_1_assignsubmission_file_/{jane.name}": jane,
            f"Jane Doe_2_assignsubmission_file_/{joan.name}": joan,
        },
    )
    done = collect(course.folder, LESSON, [source])
    assert done.lost == [
        "Jane Doe (2) has the name of somebody else; say who is who with --roster."
    ]
    assert rows(done)["Jane-Doe"].attempts == 1


# --- folders and zips -----------------------------------------------------------------------------


def test_folders_and_zips_named_after_learners_may_lie_side_by_side(
    course, hand_in, learner, tmp_path
):
    inbox = tmp_path / "inbox"
    shutil.copytree(learner("ada"), inbox / "ada" / LESSON)
    shutil.copytree(learner("ben"), inbox / "ben")
    shutil.copy(hand_in("cem"), inbox / "cem.zip")
    (inbox / "dot").mkdir()
    shutil.copy(hand_in("dot"), inbox / "dot")
    (inbox / "readme.txt").write_text("from the mail")
    done = collect(course.folder, LESSON, [inbox])
    assert taken(course) == dict.fromkeys(["ada", "ben", "cem", "dot"], ALL)
    assert done.lost == ["'readme.txt' belongs to nobody."]
    assert "nobody says when it was handed in" in rows(done)["ada"].notes


@pytest.mark.parametrize("around", ["", "my-work/", "submissions/my-work/"])
def test_a_zip_of_all_of_my_work_gives_its_lesson(course, learner, packed, around):
    own = learner("ada")
    notebook = nbformat.writes(nbformat.v4.new_notebook()).encode()
    source = packed(
        "ada.zip",
        {
            f"{around}{LESSON}/{NOTEBOOK}": own / NOTEBOOK,
            f"{around}{LESSON}/responses.json": own / "responses.json",
            f"{around}03-from-logits/03-from-logits.ipynb": notebook,
            f"{around}03-from-logits/responses.json": b"{}",
            f"{around}{LESSON}-Copy/{NOTEBOOK}": notebook,
            f"{around}glossary.ipynb": notebook,
            f"{around}hand-in/old.txt": b"",
            f"__MACOSX/{around}._{LESSON}": b"noise",
        },
    )
    done = collect(course.folder, LESSON, [source])
    assert taken(course) == {"ada": ALL}
    answers = course.folder / "submitted" / "ada" / LESSON / "responses.json"
    assert answers.read_bytes() == (own / "responses.json").read_bytes()
    assert done.lost == []


def test_a_lesson_and_its_copy_beside_one_another_stop_nobody(course, learner, packed, tmp_path):
    ada, ben = learner("ada"), learner("ben")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    twice = {
        f"{folder}/{name}": ada / name for folder in (LESSON, f"{LESSON} copy") for name in ALL
    }
    packed("inbox/ada.zip", twice)
    packed("inbox/ben.zip", {f"{LESSON}/{name}": ben / name for name in ALL})
    done = collect(course.folder, LESSON, [inbox])
    assert taken(course) == {"ada": ALL, "ben": ALL}
    assert done.lost == []


def test_a_renamed_notebook_is_known_by_its_cells(course, learner, packed):
    own = learner("ada")
    source = packed(
        "ada.zip",
        {
            "mine/final version.ipynb": own / NOTEBOOK,
            "mine/responses (1).json": own / "responses.json",
        },
    )
    done = collect(course.folder, LESSON, [source])
    assert taken(course) == {"ada": {"final version.ipynb", "responses.json"}}
    assert "'responses (1).json' was taken for 'responses.json'" in rows(done)["ada"].notes


def test_one_hand_in_says_whose_it_is_by_an_option_or_by_its_name(course, hand_in):
    path = hand_in("ada")
    done = collect(course.folder, LESSON, [path])
    assert "names no learner" in done.lost[0]
    assert taken(course) == {}
    collect(course.folder, LESSON, [path], student="ada")
    assert taken(course) == {"ada": ALL}


def test_of_a_hand_in_of_several_lessons_the_right_one_is_taken(course, hand_in, packed):
    path = hand_in("ada")
    other = f"03-from-logits/{path.name}"
    source = packed("ben.zip", {f"all/{path.name}": path, other: b"not a zip at all"})
    done = collect(course.folder, LESSON, [source])
    assert done.lost == [f"ben: '{other}' is no zip that can be read (File is not a zip file)."]


# --- what cannot be taken -------------------------------------------------------------------------


def test_damaged_empty_and_wrong_uploads_are_named_and_the_others_are_taken(
    course, hand_in, packed, tmp_path
):
    good = hand_in("good")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    shutil.copy(good, inbox / "good.zip")
    (inbox / "broken.zip").write_bytes(good.read_bytes()[:-200])
    (inbox / "photo.zip").write_bytes(b"")
    packed("inbox/wrong.zip", {"essay.txt": b"my essay"})
    packed("inbox/escape.zip", {"../../outside.ipynb": b"{}"})
    done = collect(course.folder, LESSON, [inbox])
    assert taken(course) == {"good": ALL}
    assert len(done.lost) == 4
    for name in ("broken", "photo", "wrong", "escape"):
        assert any(sentence.startswith(name) for sentence in done.lost), name
    assert not (tmp_path / "outside.ipynb").exists()
    assert done.exit_status == 1


def test_a_notebook_without_its_answers_is_told(course, learner, packed):
    own = learner("ada")
    source = packed("ada.zip", {f"{LESSON}/{NOTEBOOK}": own / NOTEBOOK})
    [row] = collect(course.folder, LESSON, [source]).rows
    assert "without responses.json, so its quiz counts 0" in row.notes


def test_wrong_use_is_one_sentence(course, tmp_path):
    with pytest.raises(CourseError, match="is not there; name a folder, or a zip"):
        collect(course.folder, LESSON, [tmp_path / "nothing"])
    (tmp_path / "text.zip").write_text("no zip")
    with pytest.raises(CourseError, match="cannot be read as a zip"):
        collect(course.folder, LESSON, [tmp_path / "text.zip"])
    (tmp_path / "odd.csv").write_text("colour,size\nred,1\n")
    with pytest.raises(CourseError, match="has no column that names a person"):
        collect(course.folder, LESSON, [tmp_path], roster=tmp_path / "odd.csv")


# --- attempts and times ---------------------------------------------------------------------------


def test_every_attempt_is_kept_and_the_latest_counts_by_default(course, hand_in, tmp_path):
    inbox = tmp_path / "inbox" / "ada"
    inbox.mkdir(parents=True)
    for number, solved in [(-1, False), (2, True)]:
        shutil.copy(hand_in("ada", day(number), solved=solved), inbox)
    [row] = collect(course.folder, LESSON, [inbox.parent]).rows
    assert (row.attempts, row.time, row.late) == (2, day(2), timedelta(days=2))
    kept = sorted((course.folder / "collected" / LESSON / "ada").iterdir())
    assert [each.name[:10] for each in kept] == ["2026-02-28", "2026-03-03"]
    stamp = course.folder / "submitted" / "ada" / LESSON / "timestamp.txt"
    assert stamp.read_text().startswith("2026-03-03 12:00:00")


@pytest.mark.parametrize(("take", "number"), [("first", -2), ("on-time", -1), ("latest", 2)])
def test_another_attempt_can_be_the_one_that_counts(course, hand_in, tmp_path, take, number):
    inbox = tmp_path / "inbox" / "ada"
    inbox.mkdir(parents=True)
    for each in (-2, -1, 2):
        shutil.copy(hand_in("ada", day(each)), inbox)
    [row] = collect(course.folder, LESSON, [inbox.parent], take=take).rows
    assert row.time == day(number)


def test_an_extension_moves_the_day_on_which_somebody_is_late(course, hand_in):
    extend(course.folder, LESSON, "ada", "3 days", new=True)
    path = hand_in("ada", day(2))
    [row] = collect(course.folder, LESSON, [path], student="ada").rows
    assert row.late == timedelta()


def test_again_nothing_changes_but_what_is_new(course, hand_in, tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    shutil.copy(hand_in("ada", day(-1)), inbox / "ada.zip")
    shutil.copy(hand_in("ben", day(-1)), inbox / "ben.zip")
    first = collect(course.folder, LESSON, [inbox])
    files = sorted((course.folder / "submitted").rglob("*"))
    stamps = {path: path.stat().st_mtime_ns for path in files}
    assert {row.state for row in first.rows} == {"taken"}
    assert {row.state for row in collect(course.folder, LESSON, [inbox]).rows} == {"as before"}
    assert {path: path.stat().st_mtime_ns for path in files} == stamps
    shutil.copy(hand_in("ben", day(1), solved=False), inbox / "ben.zip")
    states = {
        name: row.state for name, row in rows(collect(course.folder, LESSON, [inbox])).items()
    }
    assert states == {"ada": "as before", "ben": "taken anew"}


def test_what_a_person_put_into_submitted_is_kept(course, hand_in, learner, tmp_path):
    submitted = course.folder / "submitted" / "ada" / LESSON
    shutil.copytree(learner("ada", solved=False), submitted)
    mended = (submitted / NOTEBOOK).read_bytes()
    path = hand_in("ada")
    [row] = collect(course.folder, LESSON, [path], student="ada").rows
    assert "what lay in submitted/ is kept among the attempts" in row.notes
    kept = [path.read_bytes() for path in (course.folder / "collected").rglob(NOTEBOOK)]
    assert mended in kept
    assert (submitted / NOTEBOOK).read_bytes() != mended
    # And what a person changes afterwards stays, as long as nothing new has come.
    (submitted / "note.txt").write_text("mended by hand")
    [row] = collect(course.folder, LESSON, [path], student="ada").rows
    assert (submitted / "note.txt").exists()
    assert "what lies in submitted/ was put there by a person, and stays" in row.notes


def test_the_table_names_who_is_late_lost_and_absent(course, hand_in, tmp_path):
    (course.folder / "roster.csv").write_text("student_id\nada\nben\n")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    shutil.copy(hand_in("ada", NOON + timedelta(days=1, hours=2)), inbox / "ada.zip")
    shutil.copy(inbox / "ada.zip", inbox / "eve.zip")
    said = course.classroom("collect", LESSON, str(inbox), status=1)
    for words in ("2026-03-02 14:00", "1 d 2 h", "1 taken", "1 late", "Not handed in: ben."):
        assert words in said
    assert "eve (eve) is not in the roster." in said
    assert json.loads((course.folder / "submitted" / "ada" / LESSON / "hand-in.json").read_text())
