"""What speaks of a lesson is found, and a link that leads nowhere."""

import nbformat
import pytest

from classroom import notebook_files
from classroom.authoring.mentions import mentions, wrong_links

LESSON = "02-two"
TEXTS = {
    "link": "[02 · Second](../02-two/02-two.ipynb#cell-id=head)",
    "name": "See 02-two.",
    "number": "As in lesson 02.",
    "listed": "Lessons 01, 02 and 03 have a picture.",
    "range": "Lessons 01 to 03 have a picture.",
    "bold": "- **02** One rule.",
}
OTHERS = {
    "other-link": "[01 · First](../01-one/01-one.ipynb#cell-id=head)",
    "decimal": "It falls by 0.02, to **02.5**.",
    "other-range": "Lessons 03 to 04 have none.",
    "longer": "See 02-two-more.",
}


def write(course, name, cells, folder=True):
    made = [
        nbformat.v4.new_code_cell(text, id=key)
        if text.startswith("quiz.")
        else nbformat.v4.new_markdown_cell(text, id=key)
        for key, text in cells.items()
    ]
    target = course / "solutions" / (f"{name}/{name}.ipynb" if folder else f"{name}.ipynb")
    notebook_files.write(nbformat.v4.new_notebook(cells=made), target)


@pytest.fixture
def course(tmp_path):
    questions = {"asks": 'quiz.ask("02-what")', "asks-other": 'quiz.ask("01-02-what")'}
    write(tmp_path, "01-one", {"head": "# 1 · First", **TEXTS, **OTHERS, **questions})
    write(tmp_path, LESSON, {"head": "## Second", "next": "This is lesson 02."})
    write(tmp_path, "words", {"row": "[02](02-two/02-two.ipynb#cell-id=head)"}, folder=False)
    (tmp_path / "data" / "questions").mkdir(parents=True)
    (tmp_path / "data" / "questions" / "01-one.yaml").write_text(
        "questions:\n- {id: 01-a, taught_in: 02-two}\n- {id: 01-b, prompt: none}\n"
    )
    return tmp_path


def test_every_place_that_speaks_of_a_lesson_is_found(course):
    found = {each.file: list(each.places) for each in mentions(course, LESSON)}
    assert found == {
        "solutions/01-one/01-one.ipynb": [f"cell {name}" for name in [*TEXTS, "asks"]],
        "solutions/words.ipynb": ["cell row"],
        "data/questions/01-one.yaml": ["question 01-a"],
    }


def test_a_link_that_leads_nowhere_is_told(course):
    assert list(wrong_links(course)) == []
    write(course, LESSON, {"head": "## Another"})
    assert list(wrong_links(course)) == [
        "01-one, cell link: '02 · Second' links to the heading 'Another' of 02-two."
    ]
    write(course, LESSON, {"other": "## Second"})
    assert "'02 · Second' links to the cell head of 02-two, which has none" in "".join(
        wrong_links(course)
    )
    (course / "solutions" / LESSON / f"{LESSON}.ipynb").unlink()
    assert "01-one, cell link: it links to 02-two, which is no lesson." in list(wrong_links(course))
