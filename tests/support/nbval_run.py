"""A notebook of a test's own, run under nbval and one of our plugins beside it."""

import os
from pathlib import Path
import re
import subprocess
import sys

import nbformat

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def outcomes(folder, cells, plugin):
    """Run cells as a notebook in a folder; return PASSED or FAILED for each."""
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
    nbformat.write(notebook, folder / "lesson.ipynb")
    (folder / "pytest.ini").write_text(f"[pytest]\npythonpath = {Path(__file__).parent}\n")
    (folder / "conftest.py").write_text(f'pytest_plugins = ["{plugin}"]\n')
    command = [sys.executable, "-m", "pytest", "-p", "nbval.plugin", "--nbval"]
    done = subprocess.run(
        [*command, "--nbval-current-env", "-v", "lesson.ipynb"],
        cwd=folder,
        env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},  # no other one is needed
        capture_output=True,
        text=True,
    )
    found = re.findall(r"(?m)^lesson::ipynb::.* (PASSED|FAILED)", done.stdout)
    assert len(found) == len(cells), done.stdout + done.stderr
    return found
