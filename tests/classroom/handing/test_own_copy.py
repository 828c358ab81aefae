"""A learner's copy: new lessons arrive, and nothing that the learner made is ever touched."""

import nbformat
import pytest

from classroom import notebook_files
from classroom.handing import subcommands
from classroom.handing.own_copy import add_lessons

LESSON = "01-loss-definition"


@pytest.fixture
def course(tmp_path):
    put(tmp_path / "course", LESSON, test="assert answer == 1")
    return tmp_path / "course"


def put(course, lesson, test):
    cell = nbformat.v4.new_code_cell(test, id="test")
    cell.metadata["nbgrader"] = {"grade": True, "grade_id": "test", "points": 1}
    notebook = nbformat.v4.new_notebook(cells=[cell])
    notebook_files.write(notebook, course / "notebooks" / lesson / f"{lesson}.ipynb")


def test_a_new_learner_gets_every_lesson(course, tmp_path):
    assert add_lessons(course, tmp_path / "mine").added == [LESSON]
    assert (tmp_path / "mine" / LESSON / f"{LESSON}.ipynb").is_file()


def test_no_output_gives_away_what_the_learner_is_to_predict(course, tmp_path):
    [path] = (course / "notebooks").rglob("*.ipynb")
    notebook = notebook_files.read(path)
    notebook.cells[0].outputs = [nbformat.v4.new_output("stream", text="0.223")]
    notebook_files.write(notebook, path)
    add_lessons(course, tmp_path / "mine")
    assert "0.223" not in (tmp_path / "mine" / LESSON / path.name).read_text()


def test_a_second_time_changes_nothing(course, tmp_path):
    add_lessons(course, tmp_path / "mine")
    path = tmp_path / "mine" / LESSON / f"{LESSON}.ipynb"
    path.write_text("my own work")
    done = add_lessons(course, tmp_path / "mine")
    assert (done.added, done.kept) == ([], [LESSON])
    assert path.read_text() == "my own work"


def test_a_lesson_that_came_later_is_added(course, tmp_path):
    add_lessons(course, tmp_path / "mine")
    put(course, "02-later", test="assert True")
    assert add_lessons(course, tmp_path / "mine").added == ["02-later"]


def test_an_older_copy_is_kept_and_named(course, tmp_path):
    add_lessons(course, tmp_path / "mine")
    put(course, LESSON, test="assert answer == 2")
    assert add_lessons(course, tmp_path / "mine").outdated == [LESSON]
    assert "answer == 1" in (tmp_path / "mine" / LESSON / f"{LESSON}.ipynb").read_text()


def test_answers_to_the_quiz_stay(course, tmp_path):
    add_lessons(course, tmp_path / "mine")
    answers = tmp_path / "mine" / LESSON / "responses.json"
    answers.write_text("{}")
    add_lessons(course, tmp_path / "mine")
    assert answers.read_text() == "{}"


# --- pages ----------------------------------------------------------------------------------------


def put_page(course, text):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text, id="title")])
    notebook_files.write(notebook, course / "notebooks" / "glossary.ipynb")


def test_a_page_comes_with_the_lessons(course, tmp_path):
    put_page(course, "a word")
    assert add_lessons(course, tmp_path / "mine").added == [LESSON, "glossary.ipynb"]
    released = notebook_files.read(course / "notebooks" / "glossary.ipynb")
    assert notebook_files.read(tmp_path / "mine" / "glossary.ipynb").cells == released.cells


def test_a_page_that_has_changed_since_is_named_and_the_learners_notes_in_it_stay(course, tmp_path):
    put_page(course, "a word")
    add_lessons(course, tmp_path / "mine")
    assert add_lessons(course, tmp_path / "mine").outdated == []
    put_page(tmp_path / "elsewhere", "a word, and my note")
    noted = tmp_path / "mine" / "glossary.ipynb"
    noted.write_bytes((tmp_path / "elsewhere" / "notebooks" / "glossary.ipynb").read_bytes())
    assert add_lessons(course, tmp_path / "mine").outdated == ["glossary.ipynb"]
    assert "my note" in noted.read_text()


# --- a lesson that was renamed --------------------------------------------------------------------

OLD, NEW = "07-mastery", "08-mastery"


@pytest.fixture
def renamed(course, tmp_path):
    """A learner's folder with answers to a lesson that the course has under another name now."""
    put(course, NEW, test="assert True")
    old = tmp_path / "mine" / OLD
    old.mkdir(parents=True)
    (old / "responses.json").write_text('{"schema": 2, "responses": {}}')
    (old / "badge.svg").write_text("<svg/>")
    (old / f"{OLD}.ipynb").write_text("my own work")
    return tmp_path / "mine"


def files(folder):
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_answers_and_badge_go_along_with_a_lesson_that_was_renamed(course, renamed):
    before = files(renamed / OLD)
    done = add_lessons(course, renamed)
    assert (done.carried, NEW in done.added) == ([(OLD, NEW)], True)
    after = files(renamed / NEW)
    assert {name: after[name] for name in ("responses.json", "badge.svg")} == {
        name: before[name] for name in ("responses.json", "badge.svg")
    }
    assert files(renamed / OLD) == before


def test_answers_to_the_renamed_lesson_are_never_overwritten(course, renamed):
    add_lessons(course, renamed)
    (renamed / NEW / "responses.json").write_text("newer answers")
    (renamed / NEW / "badge.svg").unlink()
    assert add_lessons(course, renamed).carried == []
    assert files(renamed / NEW)["responses.json"] == "newer answers"
    assert "badge.svg" not in files(renamed / NEW)


def test_nothing_is_carried_where_nothing_was_answered(course, renamed):
    (renamed / OLD / "responses.json").unlink()
    assert add_lessons(course, renamed).carried == []


def test_the_command_says_in_one_line_what_was_carried_over(course, renamed, capsys, monkeypatch):
    (course / "nbgrader_config.py").write_text("")
    monkeypatch.chdir(course)
    subcommands.copy(renamed)
    told = [line for line in capsys.readouterr().out.splitlines() if OLD in line]
    assert told == [
        f"your answers of {OLD} were copied to {renamed}/{NEW}; {renamed}/{OLD} stays as it is"
    ]


# --- files beside a lesson ------------------------------------------------------------------------


def test_what_a_lesson_reads_comes_with_it_and_the_learners_own_stays(course, tmp_path):
    beside = course / "notebooks" / LESSON
    (beside / "tables").mkdir()
    (beside / "tables" / "rates.csv").write_text("1,2")
    (beside / "notes.txt").write_text("ours")
    (beside / "responses.json").write_text("somebody's, left there by mistake")
    own = tmp_path / "mine" / LESSON
    own.mkdir(parents=True)
    (own / "notes.txt").write_text("my own")
    add_lessons(course, tmp_path / "mine")
    assert (own / "tables" / "rates.csv").read_text() == "1,2"
    assert (own / "notes.txt").read_text() == "my own"
    assert not (own / "responses.json").exists()
