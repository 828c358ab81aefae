"""notebooks/ is what solutions/ gives: complete, the same at each release, and without leaks."""

from functools import cache
from pathlib import Path
import re

import nbformat
from nbgrader.utils import is_grade, is_solution
import pytest

from classroom import notebook_files
from classroom.authoring.release import release_lessons
from classroom.course import lesson_names, page_files

ROOT = Path(__file__).parents[2]
LESSONS = lesson_names(ROOT)
MACHINE = re.compile(r"/(root|home|tmp|work|Users)/\w|[A-Z]:\\\\|0x[0-9a-f]{8,}")
HIDDEN = re.compile(r"### BEGIN (SOLUTION|HIDDEN TESTS)\n(.*?)### END \1", re.DOTALL)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """A release made now, with a gradebook of its own."""
    folder = tmp_path_factory.mktemp("release")
    release_lessons(
        ROOT, into=folder / "notebooks", gradebook=f"sqlite:///{folder / 'gradebook.db'}"
    )
    return folder / "notebooks"


@pytest.fixture(params=LESSONS)
def lesson(request):
    return request.param


@cache
def source(lesson):
    return notebook_files.read(ROOT / "solutions" / lesson / f"{lesson}.ipynb")


@cache
def released(lesson):
    return notebook_files.read(ROOT / "notebooks" / lesson / f"{lesson}.ipynb")


def test_there_are_lessons():
    assert "01-loss-definition" in LESSONS


def test_the_release_in_the_repository_is_what_the_sources_give(fresh, lesson):
    made = (fresh / lesson / f"{lesson}.ipynb").read_bytes()
    stored = (ROOT / "notebooks" / lesson / f"{lesson}.ipynb").read_bytes()
    assert made == stored, f"run `make release`: notebooks/{lesson} is not what solutions/ gives"


def test_nothing_else_is_released():
    kept = {
        path.relative_to(ROOT / "notebooks").as_posix()
        for path in (ROOT / "notebooks").rglob("*")
        if path.is_file() and ".ipynb_checkpoints" not in path.parts
    }
    pages = {path.name for path in page_files(ROOT)}
    assert kept == {f"{lesson}/{lesson}.ipynb" for lesson in LESSONS} | pages


def test_a_source_file_is_stored_normalised(lesson):
    path = ROOT / "solutions" / lesson / f"{lesson}.ipynb"
    assert path.read_text() == notebook_files.to_text(
        notebook_files.normalise(notebook_files.read(path))
    )


def test_cells_are_named_by_words_and_once(lesson):
    ids = [cell["id"] for cell in source(lesson).cells]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in ids)


def test_every_code_cell_of_a_source_has_been_run(lesson):
    cells = [cell for cell in source(lesson).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))


def test_no_solution_or_hidden_test_is_in_the_release(lesson):
    shown = "\n".join(cell.source for cell in released(lesson).cells)
    for cell in source(lesson).cells:
        for _, body in HIDDEN.findall(cell.source):
            # A line may stand elsewhere in the lesson too; a whole answer may not.
            assert body.strip() not in shown
    assert not re.search(r"(BEGIN|END) (SOLUTION|HIDDEN|MARK)", shown)


def test_no_output_stands_where_an_answer_may_show(lesson):
    answers_seen = False
    kept = {c["id"] for c in source(lesson).cells if "keep-output" in c.metadata.get("tags", [])}
    for cell in released(lesson).cells:
        answers_seen = answers_seen or is_solution(cell) or is_grade(cell)
        if answers_seen and cell.cell_type == "code" and cell["id"] not in kept:
            assert cell.outputs == []
            assert cell.execution_count is None


def test_the_outputs_of_the_lesson_itself_are_kept(lesson):
    before = {c["id"]: c for c in source(lesson).cells if c.cell_type == "code"}
    hidden = to_be_predicted(source(lesson).cells)
    for cell in released(lesson).cells:
        if is_solution(cell) or is_grade(cell):
            return
        if cell.cell_type == "code" and cell["id"] not in hidden:
            assert cell.outputs == before[cell["id"]].outputs


def test_no_output_tells_what_is_still_to_be_predicted(lesson):
    hidden = to_be_predicted(source(lesson).cells)
    assert hidden or not any("quiz.predict(" in c.source for c in source(lesson).cells)
    for cell in released(lesson).cells:
        if cell["id"] in hidden:
            assert cell.outputs == []
            assert cell.execution_count is None


def to_be_predicted(cells):
    """Return the ids of the code cells that may tell what a prediction asks.

    These are all from the prediction to the end of the section of its reveal, but for cells that
    only ask and those that a person has looked at and tagged.
    """
    found, waiting, section = set(), set(), []
    for cell in cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type != "code":
            if cell.source.startswith("## ") and not waiting:
                section = []
            continue
        asks = any(f"quiz.{verb}(" in cell.source for verb in ("ask", "bet", "predict"))
        if "hide-output" in tags or (section and not asks and "keep-output" not in tags):
            found.add(cell["id"])
        for verb, question in re.findall(r'quiz\.(predict|reveal)\(\s*"([^"]+)"', cell.source):
            (waiting.add if verb == "predict" else waiting.discard)(question)
        if waiting:
            section.append(cell["id"])
    return found


def test_no_widget_state_is_stored(lesson):
    for notebook in (source(lesson), released(lesson)):
        text = nbformat.writes(notebook)
        assert "vnd.jupyter.widget" not in text
        assert "widgets" not in notebook.metadata


def test_no_machine_path_is_stored(lesson):
    for notebook in (source(lesson), released(lesson)):
        for cell in notebook.cells:
            text = str(cell.get("outputs", "")) + cell.source
            text = re.sub(r"base64,[A-Za-z0-9+/=]*", "", text)
            assert not re.search(
                r"(/(root|home|tmp|work|Users)/\w|[A-Z]:\\\\|0x[0-9a-f]{8,})", text
            )


def test_a_notebook_stays_light(lesson):
    assert (ROOT / "solutions" / lesson / f"{lesson}.ipynb").stat().st_size < 1_500_000


def test_every_picture_has_alternative_text(lesson):
    for cell in source(lesson).cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            assert "image/png" not in data, f"{cell['id']}: show figures with crossentropy.pictures"
            for image in re.findall(r"<img [^>]*>", str(data.get("text/html", ""))):
                assert re.search(r'alt="[^"]{20,}"', image), cell["id"]


def test_no_check_is_switched_off_without_a_reason(lesson):
    for cell in source(lesson).cells:
        off = {"nbval-skip", "nbval-ignore-output", "raises-exception"}
        if off & set(cell.metadata.get("tags", [])):
            assert cell.source.startswith("# Not compared:"), cell["id"]
        assert not re.search(r"NBVAL_|PYTEST_VALIDATE", cell.source)
