"""Feedback pages are packed under the names by which a platform knows its learners."""

import zipfile

from course_of_learners import LESSON
import pytest

from classroom.course import CourseError
from classroom.handing.hand_back import pack_feedback
from classroom.handing.roster import folder_name

PAGE = f"{LESSON}.html"
ROSTER = 'Student,ID,SIS Login ID\n    Points Possible,,\n"Doe, Jane",52000,jdoe\n'


@pytest.fixture
def pages(course):
    """Return a function that makes a feedback page, as grading leaves it."""

    def make(student):
        folder = course.folder / "feedback" / student / LESSON
        folder.mkdir(parents=True)
        (folder / PAGE).write_text(f"of {student}")
        (folder / "timestamp.txt").write_text("")

    return make


def inside(packed):
    with zipfile.ZipFile(packed.path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_canvas_gets_each_page_under_the_numbers_of_the_download(course, pages, packed):
    pages("jdoe")
    pages("roerichard-52001")
    course_roster = course.folder / "canvas.csv"
    course_roster.write_text(ROSTER + '"Roe, Richard",52001,roerichard-52001\n')
    download = packed(
        "submissions.zip",
        {
            f"doejane_52000_9100001_{LESSON}.zip": b"",
            f"roerichard_LATE_52001_9100002_{LESSON}-1.ipynb": b"",
            "roerichard_LATE_52001_9100003_responses-1.json": b"",
        },
    )
    done = pack_feedback(course.folder, LESSON, download, course_roster)
    assert inside(done) == {
        f"doejane_52000_9100001_{PAGE}": "of jdoe",
        f"roerichard_LATE_52001_9100002_{PAGE}": "of roerichard-52001",
    }
    assert done.notes == []


@pytest.mark.parametrize("slash", ["/", ""])
def test_moodle_gets_folders_where_it_gave_folders_and_files_where_it_gave_files(
    course, pages, packed, slash
):
    student = folder_name("Jane Doe")  # as collect calls whoever is in no roster
    pages(student)
    head = f"Jane Doe_12345_assignsubmission_file_{slash}"
    download = packed("lesson.zip", {f"{head}{LESSON}.zip": b""})
    assert inside(pack_feedback(course.folder, LESSON, download)) == {
        f"{head}{PAGE}": f"of {student}"
    }


def test_whoever_has_no_page_or_is_not_clear_is_named_and_stops_nobody(course, pages, packed):
    pages("jdoe")
    roster = course.folder / "canvas.csv"
    roster.write_text(f'{ROSTER}"Roe, Richard",52001,rroe\n')
    names = ["doejane_52000_1_x.zip", "roerichard_52001_2_x.zip", "strange_52009_3_x.zip"]
    download = packed("submissions.zip", dict.fromkeys(names, b""))
    done = pack_feedback(course.folder, LESSON, download, roster)
    assert done.students == ["jdoe"]
    assert done.notes == [
        f"roerichard (52001) has no feedback on {LESSON}, so the zip holds none.",
        "strange (52009) is not clear; say who it is with --roster.",
    ]


def test_a_download_of_no_platform_is_refused_in_one_sentence(course, pages, packed):
    pages("jdoe")
    download = packed("mine.zip", {f"jdoe/{LESSON}/{LESSON}.ipynb": b"{}"})
    with pytest.raises(CourseError, match="no bulk download of Canvas or Moodle"):
        pack_feedback(course.folder, LESSON, download)


def test_without_any_page_one_is_told_what_to_run(course, packed):
    download = packed("submissions.zip", {"doejane_52000_1_x.zip": b""})
    with pytest.raises(CourseError, match=f"run classroom feedback {LESSON} first"):
        pack_feedback(course.folder, LESSON, download)
