"""What a submission does beside a wrong answer earns nothing; what it does beside a right one, all.

Each file of `hostile/` is a cell of a learner's. It runs below a wrong answer, or, in `honest/`,
below a right one, and tests of several kinds judge the answer then.
"""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kernel_jobs import SANDBOX, grade, job_of, scores
import pytest

from classroom.grading import client
from classroom.grading.execution import execute

FOLDER = Path(__file__).parent / "hostile"
FILES = sorted(FOLDER.glob("*/*.txt"))
# Their cells run until their time is over; all others have time to spare on a slow machine.
ENDLESS = {
    "honest/a_cell_that_takes_too_long",
    "honest/a_factorial_that_hears_nothing",
    "honest/recursion_that_hears_nothing",
    "lookers/methods_of_the_kernel_replaced",
}
BEGIN = "def points():\n    return 0\ndef answer():\n    return {}"
TESTS = {
    "plain": "assert answer() == 3, 'The answer is a hidden number.'",
    "numpy": "import numpy as np\nassert np.isclose(answer(), 3)",
    "near": "expected = 3\nresult = answer()\nassert abs(result - expected) < 1e-6",
    "among": "assert answer() in {3, 'three'}",
    "array": "import numpy as np\nassert np.array_equal(answer(), 3.0)",
    "number": "number = float(answer())\nassert number == 3",
}
NO_ANSWER = {
    "points": "points()",
    "quiz": "from crossentropy import quiz\nquiz.points(['01-likelihood'], out_of=2)",
}
AFTER = {"after": "import numpy as np\nassert np.isclose(abs(-1.0), 1) and float('2') == 2"}


def name_of(path):
    return "/".join(path.with_suffix("").parts[-2:])


def graded(path):
    """Execute a submission that holds the cell of a file."""
    honest = path.parent.name == "honest"
    tests = {**TESTS, **AFTER} if honest else {**TESTS, **NO_ANSWER, **AFTER}
    cells = [grade(name, source) for name, source in tests.items()]
    begin = BEGIN.format(3 if honest else 4)
    limits = {"timeout": 3 if name_of(path) in ENDLESS else 8, "memory_mb": 1500}
    job = job_of(begin, path.read_text(encoding="utf-8"), *cells, **limits)
    return execute(job, SANDBOX)


@pytest.fixture(scope="module")
def results(request):
    """The results of all files that are asked for, two executed at a time."""
    here = [item for item in request.session.items if item.path == Path(__file__)]
    paths = [item.callspec.params["path"] for item in here if hasattr(item, "callspec")]
    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(2) as pool:
        # What hears nothing burns a core until it is ended.
        patch.setattr(client, "SECONDS_TO_STOP_A_CELL", 2)
        patch.setattr(client.GradingClient, "iopub_timeout", 1)
        yield {path: pool.submit(graded, path) for path in paths}


@pytest.mark.parametrize("path", [p for p in FILES if p.parent.name != "honest"], ids=name_of)
def test_an_attack_earns_nothing_and_costs_no_test_that_does_not_need_it(path, results):
    result = results[path].result()
    earned = {name: score for name, score in scores(result).items() if score}
    assert earned == {"after": 2}, result
    assert result.status != "failed_to_start"


@pytest.mark.parametrize("path", [p for p in FILES if p.parent.name == "honest"], ids=name_of)
def test_honest_work_keeps_its_points(path, results):
    result = results[path].result()
    assert set(scores(result).values()) == {2}, result
    assert result.flags == ()
