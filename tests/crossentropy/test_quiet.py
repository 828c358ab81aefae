"""Importing crossentropy makes TensorFlow silent and repeatable, and costs nothing by itself."""

import os
from pathlib import Path
import subprocess
import sys

from crossentropy import quiet
from nbclient import NotebookClient
import nbformat
from nbgrader.utils import determine_grade
import pytest

# Each cell writes where a learner's function, a library or C++ code may write while it is graded.
NOISES = {
    "nothing": "pass",
    "sys.stderr": "import sys\nprint('typed', file=sys.stderr)",
    "tf.print": "tf.print('told', tf.ones(2))",
    "Python warning": "import warnings\nwarnings.warn('careful', UserWarning)",
    "NumPy warning": "import numpy as np\nnp.log(np.zeros(1))",
    "logging": "import logging\nlogging.getLogger('learner').warning('logged')",
    "TensorFlow's logger": "tf.get_logger().warning('from TensorFlow')",
    "Matplotlib's logger": (
        "import logging\nlogging.getLogger('matplotlib.font_manager').warning('building fonts')"
    ),
    "descriptor 2": "import os\nos.write(2, b'from C++\\n');",
    "child process": (
        "import subprocess, sys\n"
        "subprocess.run([sys.executable, '-c', 'import os; os.write(2, b\"a child\")'])\n"
        "None"
    ),
    "Keras": (
        "loss = tf.keras.losses.CategoricalCrossentropy(from_logits=True)\n"
        "loss(tf.constant([[0., 1.]]), tf.keras.layers.Softmax()(tf.zeros((1, 2))));"
    ),
}
FAILURE = "assert 1 + 1 == 3, 'the sum is wrong'"


def graded_cell(source):
    cell = nbformat.v4.new_code_cell(source)
    cell.metadata["tags"] = ["raises-exception"]
    cell.metadata["nbgrader"] = {
        "schema_version": 3,
        "grade_id": "noise",
        "grade": True,
        "solution": False,
        "locked": True,
        "task": False,
        "points": 2,
    }
    return cell


def run_in_a_kernel(cells):
    # ipykernel reads descriptor 2 in everyday life, and leaves it alone where it sees pytest.
    hidden = os.environ.pop("PYTEST_CURRENT_TEST", None)
    try:
        notebook = nbformat.v4.new_notebook(cells=cells)
        NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    finally:
        if hidden is not None:
            os.environ["PYTEST_CURRENT_TEST"] = hidden
    return notebook.cells


def streams(cell):
    return {output.name for output in cell.outputs if output.output_type == "stream"}


def text(cell):
    return "".join(output.text for output in cell.outputs if output.output_type == "stream")


@pytest.fixture(scope="module")
def ran():
    """The noisy cells, and one that fails, after a run in a notebook's kernel."""
    first = nbformat.v4.new_code_cell("import crossentropy\nimport tensorflow as tf")
    noisy = [graded_cell(source) for source in NOISES.values()]
    cells = run_in_a_kernel([first, *noisy, graded_cell(FAILURE)])
    return dict(zip(["imports", *NOISES, "failure"], cells, strict=True))


def test_importing_tensorflow_prints_nothing_in_a_notebook(ran):
    assert ran["imports"].outputs == []


@pytest.mark.parametrize("noise", NOISES)
def test_a_noise_leaves_no_stderr_in_a_graded_cell(ran, noise):
    assert "stderr" not in streams(ran[noise])


@pytest.mark.parametrize("noise", NOISES)
def test_a_noise_costs_no_points(ran, noise):
    assert determine_grade(ran[noise]) == (2, 2)


def test_without_the_package_such_noises_do_cost_points():
    # Otherwise the tests above would pass whatever the package did.
    # (The kernel reads descriptor 2 in its own time, so that one may be told a cell too late.)
    costly = ["sys.stderr", "Python warning", "NumPy warning", "logging"]
    for cell in run_in_a_kernel([graded_cell(NOISES[noise]) for noise in costly]):
        assert determine_grade(cell) == (0, 2), cell.source


@pytest.mark.parametrize(
    ("noise", "words"),
    [
        ("sys.stderr", "typed\n"),
        ("tf.print", "told [1 1]\n"),
        ("logging", "logged\n"),
        ("Python warning", "UserWarning: careful\n"),
        ("NumPy warning", "RuntimeWarning: divide by zero encountered in log\n"),
    ],
)
def test_what_was_written_is_shown_to_the_learner_whole(ran, noise, words):
    assert text(ran[noise]) == words


def test_messages_of_libraries_about_the_machine_are_not_shown(ran):
    assert text(ran["TensorFlow's logger"]) == text(ran["Matplotlib's logger"]) == ""


def test_a_failing_graded_cell_still_earns_nothing_and_says_why(ran):
    assert determine_grade(ran["failure"]) == (0, 2)
    [error] = ran["failure"].outputs
    assert error.evalue == "the sum is wrong"


def python(code, **settings):
    """Run code in a fresh Python; settings are added to its environment."""
    clean = {key: os.environ[key] for key in os.environ if key not in quiet.ENVIRONMENT}
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**clean, **settings},
        timeout=300,
        check=False,
    )


def test_importing_the_package_loads_neither_tensorflow_nor_matplotlib():
    heavy = "{'tensorflow', 'keras', 'matplotlib', 'ipywidgets'}"
    ran = python(f"import crossentropy, sys; print({heavy} & set(sys.modules))")
    assert (ran.stdout.strip(), ran.stderr) == ("set()", "")


@pytest.fixture(scope="module")
def script():
    """What a plain script sees that imports the package, looks for TensorFlow and trains."""
    return python(
        "import atexit, crossentropy, gc, importlib.util\n"
        "atexit.register(lambda: print('left out:', gc.get_freeze_count() > 0))\n"
        # Libraries ask like this whether TensorFlow is there, before anybody imports it.
        "assert importlib.util.find_spec('tensorflow') is not None\n"
        "import tensorflow as tf\n"
        "threads = tf.config.threading\n"
        "print(threads.get_inter_op_parallelism_threads())\n"
        "print(threads.get_intra_op_parallelism_threads())\n"
        "print(tf.keras.backend.backend())\n"
        "import importlib.resources\n"
        "print(importlib.resources.files('tensorflow').joinpath('__init__.py').is_file())\n"
        "import os\n"
        "os.write(2, b'still open')\n"
        "import keras, numpy as np\n"
        "model = keras.Sequential([keras.Input((2,)), keras.layers.Dropout(0.5),\n"
        "                          keras.layers.Dense(3, activation='softmax')])\n"
        "model.compile('adam', 'sparse_categorical_crossentropy')\n"
        "model.fit(np.ones((8, 2)), np.zeros(8), verbose=0)\n"
        "print('trained')\n"
    )


def test_importing_tensorflow_after_the_package_prints_nothing_on_stderr(script):
    assert script.returncode == 0, script.stderr
    assert script.stderr == "still open"


def test_tensorflow_runs_on_as_many_threads_everywhere_and_keras_on_tensorflow(script):
    assert script.stdout.splitlines()[:3] == ["1", str(quiet.THREADS), "tensorflow"]


def test_tensorflows_own_files_are_found_as_ever(script):
    assert script.stdout.splitlines()[3] == "True"


def test_training_without_a_seed_of_ones_own_works(script):
    assert script.stdout.splitlines()[4] == "trained"


def test_at_the_end_no_garbage_is_looked_for_in_what_was_loaded(script):
    assert script.stdout.splitlines()[5:] == ["left out: True"]


@pytest.fixture
def seen_by_libraries(tmp_path):
    """A folder whose keras and tensorflow print what they see of the process as they load."""
    for name in ("keras", "tensorflow"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(
            "import gc, json, os\n"
            "print(json.dumps({'collects': gc.isenabled(), **os.environ}))\n"
            "raise ImportError('seen')\n"
        )
    return str(tmp_path)


@pytest.mark.parametrize("library", ["keras", "tensorflow"])
def test_the_environment_is_set_before_a_library_that_reads_it_is_loaded(
    seen_by_libraries, library
):
    ran = python(f"import crossentropy, {library}", PYTHONPATH=seen_by_libraries)
    for name, value in quiet.ENVIRONMENT.items():
        assert f'"{name}": "{value}"' in ran.stdout


def test_in_a_notebook_the_environment_is_set_when_the_package_is_imported():
    source = "import crossentropy, os, json\nprint(json.dumps(dict(os.environ)))"
    [cell] = run_in_a_kernel([nbformat.v4.new_code_cell(source)])
    for name, value in quiet.ENVIRONMENT.items():
        assert f'"{name}": "{value}"' in text(cell)


def test_a_process_that_loads_neither_library_is_left_as_it_is():
    # The grader's own: it borrows how files are written and how questions are read.
    ran = python(
        "import logging, os, warnings\n"
        "logger = logging.getLogger('matplotlib')\n"
        "before = dict(os.environ), warnings.showwarning, logger.level\n"
        "from classroom import command\n"
        "from classroom.authoring import questions\n"
        "from classroom.handing import own_copy\n"
        "from classroom.grading import grade, recording\n"
        "from crossentropy.quiz import bank\n"
        "bank.questions(bank.lessons()[0])\n"
        "after = dict(os.environ), warnings.showwarning, logger.level\n"
        "assert after[0] == before[0], set(after[0].items()) ^ set(before[0].items())\n"
        "assert after[1:] == before[1:]\n"
    )
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("library", ["keras", "tensorflow"])
@pytest.mark.parametrize("before", ["enable", "disable"])
def test_no_garbage_is_collected_while_a_library_loads_and_then_as_before(
    seen_by_libraries, library, before
):
    ran = python(
        f"import crossentropy, gc\ngc.{before}()\n"
        f"try:\n    import {library}\nexcept ImportError:\n    print(gc.isenabled())\n",
        PYTHONPATH=seen_by_libraries,
    )
    first, last = ran.stdout.splitlines()
    assert '"collects": false' in first
    assert last == str(before == "enable")


def test_settling_twice_changes_nothing():
    ran = python(
        "import crossentropy, sys\n"
        "from crossentropy import quiet\n"
        "before = list(sys.meta_path)\n"
        "quiet.settle()\n"
        "assert sys.meta_path == before\n"
    )
    assert ran.returncode == 0, ran.stderr


@pytest.fixture
def broken_tensorflow(tmp_path):
    """A folder whose tensorflow says something and then fails, as a damaged installation does."""
    package = Path(tmp_path / "tensorflow")
    package.mkdir()
    (package / "__init__.py").write_text(
        "import os\n"
        "os.write(2, b'chatter')\n"
        "raise ImportError('libtensorflow_framework.so.2 cannot be opened')\n"
    )
    return str(tmp_path)


def test_a_tensorflow_that_cannot_be_loaded_says_why(broken_tensorflow):
    ran = python("import crossentropy, tensorflow", PYTHONPATH=broken_tensorflow)
    assert ran.returncode == 1
    assert "ImportError: libtensorflow_framework.so.2 cannot be opened" in ran.stderr


def test_a_second_try_at_a_broken_tensorflow_says_the_same(broken_tensorflow):
    ran = python(
        "import crossentropy\n"
        "for attempt in (1, 2):\n"
        "    try:\n"
        "        import tensorflow\n"
        "    except ImportError as error:\n"
        "        print(attempt, error)\n",
        PYTHONPATH=broken_tensorflow,
    )
    reason = "libtensorflow_framework.so.2 cannot be opened"
    assert ran.stdout.splitlines() == [f"1 {reason}", f"2 {reason}"]
    assert ran.stderr == ""


def test_a_missing_tensorflow_is_an_ordinary_import_error():
    ran = python(
        "import crossentropy, sys\n"
        "sys.path[:] = [entry for entry in sys.path if 'site-packages' not in entry]\n"
        "import tensorflow\n"
    )
    assert "ModuleNotFoundError: No module named 'tensorflow'" in ran.stderr
