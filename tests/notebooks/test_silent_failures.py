"""nbval with our plugin is red where a learner is stopped, and green where nothing happens."""

import nbformat
import nbval_run
import pytest

NOTE = "import sys; print('a note', file=sys.stderr)"


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """Run one notebook under nbval and the plugin; return what became of each cell."""
    folder = tmp_path_factory.mktemp("silent")
    stored = [nbformat.v4.new_output("stream", name="stderr", text="a note\n")]
    cells = {
        "%this_magic_does_not_exist": [],
        "!false": [],
        "answer = !exit 3": [],
        "!true": [],
        NOTE: [],
        f"{NOTE}  # as stored": stored,
        f"{NOTE}  # now with an end": [nbformat.v4.new_output("stream", name="stderr", text="a")],
        "nothing = None": [],
    }
    # Of a cell without a count, as most are in a release, nbval compares nothing.
    made = [
        nbformat.v4.new_code_cell(source, outputs=outputs, execution_count=1 if outputs else None)
        for source, outputs in cells.items()
    ]
    return dict(zip(cells, nbval_run.outcomes(folder, made, "silent_failures"), strict=True))


@pytest.mark.parametrize(
    "source",
    [
        "%this_magic_does_not_exist",
        "!false",
        "answer = !exit 3",
        NOTE,
        f"{NOTE}  # now with an end",
    ],
)
def test_what_stops_a_learner_is_red(outcomes, source):
    assert outcomes[source] == "FAILED"


@pytest.mark.parametrize("source", ["!true", f"{NOTE}  # as stored", "nothing = None"])
def test_what_does_not_is_green(outcomes, source):
    assert outcomes[source] == "PASSED"
