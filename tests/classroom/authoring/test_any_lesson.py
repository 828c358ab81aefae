"""Any lesson that follows the rules comes out of the release without what gives answers away.

Each thing that is to stay out holds a word of its own, and none of them may be found in the file.
"""

from pathlib import Path
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st
import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
import pytest
from traitlets.config import PyFileConfigLoader
from traitlets.utils.importstring import import_item

from classroom import notebook_files

ROOT = Path(__file__).parents[3]
MARK = {"schema_version": 3}
SECRET = "SECRET"
# Where in a text the secret stands.
INSIDE = (
    "{}",
    "x = '{}'",
    "# {}",
    "def f():\n    '''{}'''\n\n    return 1",
    "if True:\n    y = '{}'",
)
SHOWN = ("x = 1", "def g(x):\n    return x", "", "# a remark", "print('shown')")


@pytest.fixture(scope="module")
def steps():
    """The steps of the release, but for nbgrader's gradebook and its header."""
    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    names = config.GenerateAssignment.preprocessors
    left_out = ("IncludeHeaderFooter", "SaveCells")
    return [import_item(name)(config=config) for name in names if not name.endswith(left_out)]


def released(steps, notebook):
    for step in steps:
        notebook, _ = step.preprocess(notebook, {})
    return notebook_files.to_text(notebook)


def block(name, body, indent):
    lines = [f"### BEGIN {name}", *body.split("\n"), f"### END {name}"]
    return "\n".join(f"{indent}{line}" for line in lines)


# --- cells ----------------------------------------------------------------------------------------

bodies = st.sampled_from(INSIDE)
shown = st.sampled_from(SHOWN)
indents = st.sampled_from(["", "    ", "\t"])
regions = st.lists(st.tuples(bodies, indents, shown), min_size=1, max_size=3)


def outputs_of(told):
    return [
        new_output("stream", name="stdout", text=told),
        new_output("display_data", {"text/plain": told, "text/html": f"<b>{told}</b>"}),
        new_output("execute_result", {"image/png": told}, execution_count=1),
        new_output("error", ename="E", evalue=told, traceback=[told]),
    ]


def joined(regions, name):
    parts = [
        part
        for body, indent, after in regions
        for part in (block(name, body.format(SECRET), indent), after)
    ]
    return "\n".join(parts)


def marked(make, source, solution, grade, task=False):
    locked = task or (grade and not solution)
    mark = {**MARK, "solution": solution, "grade": grade, "locked": locked, "task": task}
    if grade or task:
        mark["points"] = 1
    cell = make(source, metadata={"nbgrader": mark})
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = outputs_of(SECRET), 1
    return cell


@st.composite
def answers(draw):
    return marked(
        new_code_cell,
        f"{draw(shown)}\n{joined(draw(regions), 'SOLUTION')}",
        True,
        draw(st.booleans()),
    )


@st.composite
def hidden_tests(draw):
    return marked(
        new_code_cell, f"{draw(shown)}\n{joined(draw(regions), 'HIDDEN TESTS')}", False, True
    )


@st.composite
def whole_answers(draw):
    """An answer cell without the two marks: all of it is the answer."""
    return marked(new_code_cell, draw(bodies).format(SECRET), True, draw(st.booleans()))


@st.composite
def texts_to_write(draw):
    """A text that a person grades, with a picture in the answer, and perhaps one in the task."""
    name = draw(st.sampled_from(["image.png", "my drawing.png"]))
    told = f"{draw(bodies).format(SECRET)}\n\n![](attachment:{quote(name)})"
    beside = draw(st.booleans())
    source = f"![](attachment:task.png)\n{block('SOLUTION', told, '')}" if beside else told
    cell = marked(new_markdown_cell, source, True, True)
    cell["attachments"] = {name: {"image/png": SECRET}}
    if beside:
        cell["attachments"]["task.png"] = {"image/png": "shown"}
    return cell


@st.composite
def tasks(draw):
    cell = marked(new_markdown_cell, joined(draw(regions), "MARK SCHEME"), False, False, task=True)
    cell.source = f"Draw it.\n{cell.source}"
    return cell


@st.composite
def worked_solutions(draw):
    cell = new_markdown_cell(draw(bodies).format(SECRET), metadata={"tags": ["worked-solution"]})
    cell["id"] = draw(st.sampled_from(["by-hand-worked", "other-worked"]))
    return cell


@st.composite
def predictions(draw):
    """A prediction, the run that decides it, and the next section."""
    run = new_code_cell("run()", outputs=outputs_of(SECRET), execution_count=1)
    return [
        new_code_cell("quiz.predict('01-p')".replace("'", '"')),
        *([new_markdown_cell("A text.")] * draw(st.integers(0, 1))),
        *([run] * draw(st.integers(0, 2))),
        new_code_cell('quiz.reveal("01-p", "a")', outputs=outputs_of(SECRET), execution_count=1),
        *([run] * draw(st.integers(0, 1))),
        new_markdown_cell("## Next"),
    ]


@st.composite
def lesson_cells(draw):
    return draw(
        st.sampled_from(
            [
                new_markdown_cell("# Title"),
                new_code_cell(
                    "1 + 1", outputs=outputs_of("shown"), metadata={"tags": ["keep-output"]}
                ),
                new_code_cell("2", outputs=outputs_of(SECRET), metadata={"tags": ["hide-output"]}),
                new_code_cell(
                    "widget",
                    outputs=[new_output("display_data", {notebook_files.WIDGET_VIEW: SECRET})],
                ),
                new_code_cell("3", metadata={"execution": {"told": SECRET}, "mine": SECRET}),
            ]
        )
    )


@st.composite
def after_an_answer(draw):
    """A cell of the lesson that shows what only an answer gives."""
    return [draw(answers()), new_code_cell("f()", outputs=outputs_of(SECRET), execution_count=1)]


parts = st.one_of(
    answers(),
    whole_answers(),
    hidden_tests(),
    tasks(),
    texts_to_write(),
    worked_solutions(),
    predictions(),
    lesson_cells(),
    after_an_answer(),
)


@st.composite
def lessons(draw):
    drawn = draw(st.lists(parts, min_size=1, max_size=6))
    cells = [one for part in drawn for one in (part if isinstance(part, list) else [part])]
    cells = [nbformat.from_dict(dict(cell)) for cell in cells]
    for number, cell in enumerate(cells):
        cell["id"] = f"{number}-{cell['id']}"
        if "nbgrader" in cell.metadata:
            cell.metadata = nbformat.from_dict(
                {**cell.metadata, "nbgrader": {**cell.metadata.nbgrader, "grade_id": f"c-{number}"}}
            )
    metadata = {**notebook_files.NOTEBOOK_METADATA, "widgets": {"state": {"told": SECRET}}}
    return new_notebook(cells=cells, metadata=metadata)


@given(lessons())
def test_nothing_that_is_to_stay_out_is_in_the_release(steps, notebook):
    text = released(steps, notebook)
    assert SECRET not in text
    assert "### BEGIN" not in text
    assert "### END" not in text


@given(lessons())
def test_what_learners_are_to_see_is_in_the_release(steps, notebook):
    visible = [line for cell in notebook.cells for line in outside_of_answers(cell)]
    pictures = sum("task.png" in cell.get("attachments", {}) for cell in notebook.cells)
    kept = sum("keep-output" in cell.metadata.get("tags", []) for cell in notebook.cells)
    made = nbformat.reads(released(steps, notebook), as_version=4)
    assert [line for cell in made.cells for line in lines_of(cell) if not is_stub(line)] == visible
    assert sum("attachments" in cell for cell in made.cells) == pictures
    assert sum("shown" in str(cell.get("outputs")) for cell in made.cells) == kept


def lines_of(cell):
    return [line for line in cell.source.split("\n") if line.strip()]


def is_stub(line):
    return line.strip() in (
        "# Write your answer here, in place of the next line.",
        "raise NotImplementedError",
        "YOUR ANSWER HERE",
    )


def outside_of_answers(cell):
    """Return the lines of a cell that are no answer and stand in no region that is taken out."""
    mark, inside = cell.metadata.get("nbgrader", {}), False
    if "worked-solution" in cell.metadata.get("tags", []) or (
        mark.get("solution") and "### BEGIN" not in cell.source
    ):
        return
    for line in lines_of(cell):
        inside = inside or "### BEGIN" in line
        if not inside:
            yield line
        inside = inside and "### END" not in line
