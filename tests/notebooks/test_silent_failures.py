"""nbval with our plugin is red where a learner is stopped, and green where nothing happens."""

from pathlib import Path
import re
import subprocess
import sys

import nbformat
import pytest

SUPPORT = Path(__file__).parents[1] / "support"
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
    notebook = nbformat.v4.new_notebook(
        cells=[
            # Of a cell without a count, as most are in a release, nbval compares nothing.
            nbformat.v4.new_code_cell(
                source, outputs=outputs, execution_count=1 if outputs else None
            )
            for source, outputs in cells.items()
        ],
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
        },
    )
    nbformat.write(notebook, folder / "lesson.ipynb")
    (folder / "pytest.ini").write_text(f"[pytest]\npythonpath = {SUPPORT}\n")
    (folder / "conftest.py").write_text('pytest_plugins = ["silent_failures"]\n')
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-pno:xdist"]
    done = subprocess.run(
        [*command, "-v", "lesson.ipynb"], cwd=folder, capture_output=True, text=True
    )
    words = re.findall(r"(?m)^lesson::ipynb::.* (PASSED|FAILED)", done.stdout)
    assert len(words) == len(cells), done.stdout
    return dict(zip(cells, words, strict=True))


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
