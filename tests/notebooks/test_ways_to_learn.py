"""The ways of the start page: links that lead somewhere, and minutes that are the sum of parts."""

from pathlib import Path
import re

import pytest

from classroom import notebook_files
from classroom.course import lesson_file, lesson_names, page_files

ROOT = Path(__file__).parents[2]
CELLS = {name: notebook_files.read(lesson_file(ROOT, name)).cells for name in lesson_names(ROOT)}
LINK = re.compile(r"\[([^\[\]]+)\]\(([^)]+)\)")
PART = re.compile(rf"^- {LINK.pattern}, (\d+) minutes?(?=:|$)", re.MULTILINE)
WAY = re.compile(
    r"<details><summary><b>(.+?)</b> · (\d+) minutes\. (.+?)</summary>\n\n(.+?)\n\n</details>", re.S
)
ASKED_FOR = """
The 20-minute tour, Test me first, Read and run, Visualise, Try it, Predict, Debug, Experiment,
Recall, Practise, Challenge, Project
"""


def text_of(lesson, cell_id):
    [source] = [cell.source for cell in CELLS[lesson] if cell.id == cell_id]
    return source


START = "00-start-here"
TEXT = text_of(START, "ways")
WAYS = {name: (int(total), who, body) for name, total, who, body in WAY.findall(TEXT)}
PARTS = {
    name: [(text, target, int(minutes)) for text, target, minutes in PART.findall(body)]
    for name, (_, _, body) in WAYS.items()
}
LINKS = LINK.findall(TEXT) + LINK.findall(text_of(START, "whole-parts"))


TIMED = [  # what the first lines of its lesson give minutes for
    "The ten-question test",
    "The challenge",
    "Be the detective",
    "Fresh logs: be the detective",
]


def lesson_of(target):
    """The lesson and the cell to which a link of the start page leads."""
    found = re.fullmatch(r"\.\./(.+)/\1\.ipynb#cell-id=(.+)", target)
    return found.groups() if found else (None, None)


def titles(lesson, cell_id):
    """The headings in a cell, without the number that stands before the title of a lesson."""
    return re.findall(r"(?m)^#+ (?:\d · )?(.+)$", text_of(lesson, cell_id))


def times(lesson):
    """Minutes as a lesson promises them: of reading, and of each further part."""
    [line] = re.findall(r"\*\*Time:\*\*(.+)", text_of(lesson, "promise"))
    return [int(number) for number in re.findall(r"(\d+)(?= minutes| more| for )", line)]


def reckoned(lesson, heading):
    """Minutes of a section by the rule: 180 words, a question, or 0.4 for a cell to run."""
    level, words, asked, run = 0, 0, 0, 0
    for cell in CELLS[lesson]:
        if "worked-solution" in cell.metadata.get("tags", []):
            continue
        if cell.cell_type == "markdown":
            for piece in re.split(r"(?m)^(?=#+ )", cell.source):
                head = re.match(r"(#+) (.+)", piece)
                if head and head[2] == heading:
                    level = len(head[1])
                elif head and level and len(head[1]) <= level:
                    return words / 180 + asked + 0.4 * run
                if level:
                    words += len(re.sub(r"<details>.*?</details>", "", piece, flags=re.S).split())
        elif level and "nbgrader" not in cell.metadata:
            questions = len(re.findall(r"quiz\.(?:ask|bet|predict)\(", cell.source))
            asked += questions
            run += not questions
    raise AssertionError(f"{lesson} has no section {heading!r} with another one after it")


def test_all_ways_are_there_and_nothing_else():
    assert list(WAYS) == [name.strip() for name in ASKED_FOR.replace("\n", " ").split(",")]
    assert TEXT.count("<details>") == len(WAYS)


@pytest.mark.parametrize("name", WAYS)
def test_the_minutes_of_a_way_are_those_of_its_parts(name):
    total = sum(minutes for _, _, minutes in PARTS[name])
    assert WAYS[name][0] == total, "change the ways of 00-start-here"


@pytest.mark.parametrize("name", WAYS)
def test_a_way_says_for_whom_it_is_and_has_some_parts(name):
    _, who, body = WAYS[name]
    assert who.startswith("You")
    assert 2 <= len(PARTS[name]) <= 8
    assert len(PARTS[name]) == body.count("\n- "), "a part without minutes"


def test_the_tour_takes_as_long_as_it_is_called():
    assert WAYS["The 20-minute tour"][0] == 20


@pytest.mark.parametrize(("text", "target"), LINKS)
def test_a_link_names_the_section_to_which_it_leads(text, target):
    lesson, cell_id = lesson_of(target)
    if lesson is None:
        assert target in [f"../{path.name}" for path in page_files(ROOT)]
    else:
        assert text in [f"{lesson[:2]} · {title}" for title in titles(lesson, cell_id)]


SECTIONS = {(text, target, minutes) for parts in PARTS.values() for text, target, minutes in parts}


@pytest.mark.parametrize(("text", "target", "minutes"), sorted(SECTIONS))
def test_the_minutes_of_a_part_are_honest(text, target, minutes):
    lesson, cell_id = lesson_of(target)
    heading = text.split(" · ", 1)[1]
    if cell_id == "promise":  # a whole lesson, to read or with quiz and exercises
        reading, *rest = times(lesson)
        assert minutes in (reading, reading + sum(rest)), "change the ways of 00-start-here"
    elif heading in TIMED:
        assert minutes in times(lesson)[1:]
    elif heading.startswith("Exercise"):
        about = re.search(r"(\d+) minutes", text_of(lesson, cell_id))
        assert int(about[1]) <= minutes if about else minutes >= 10
    else:  # a minute to come in, and up to two to play
        least = reckoned(lesson, heading)
        assert least <= minutes <= least + 1 + 2.5, "change the ways of 00-start-here"


def test_the_project_is_lessons_05_to_07_with_quiz_and_exercises():
    assert [(target[3:5], minutes) for _, target, minutes in PARTS["Project"]] == [
        (lesson[:2], sum(times(lesson))) for lesson in CELLS if lesson[:2] in ("05", "06", "07")
    ]


def test_the_picture_of_the_whole_comes_before_the_ways_and_each_part_has_a_link():
    ids = [cell.id for cell in CELLS[START]]
    assert ids.index("whole") < ids.index("whole-parts") < ids.index("ways") < ids.index("path")
    parts = re.findall(r"(?m)^- (.+?): \[", text_of(START, "whole-parts"))
    assert [part.split(",")[0] for part in parts] == [
        "scores",
        "softmax",
        "probability of the truth",
        "\N{MINUS SIGN}log",
        "mean",
    ]
