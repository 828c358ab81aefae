"""What a graded cell needs: by whom each of its names is bound."""

import pytest

from classroom.grading.job import CodeCell
from classroom.grading.needs import needs_of

LESSON = (
    CodeCell("lesson", "", "import numpy as np\nfrom crossentropy import quiz"),
    CodeCell("lesson", "", "scale = 10\ndef scaled(x): return scale * x"),
    CodeCell("answer", "solve", "import math\ndef solve(x): return x"),
    CodeCell("lesson", "", "curve = solve(3)"),
    CodeCell("lesson", "", "history = model.fit(x)"),
    CodeCell("graded", "first", "def helper(): pass"),
    CodeCell("graded", "test", ""),
    CodeCell("answer", "later", "def helper(): pass"),
)
IMPORTS, SCALE = LESSON[0].source, LESSON[1].source


@pytest.mark.parametrize(
    ("source", "setup", "names"),
    [
        ("assert solve(1) == 1", (), ("solve",)),
        (
            "def check():\n    import numpy as np\n    assert np.all(solve(1))\ncheck()",
            (),
            ("solve",),
        ),
        ("assert np.all(solve(1))", (IMPORTS,), ("solve",)),
        ("quiz.points(['a'])", (IMPORTS,), ()),
        ("assert scaled(1) == 10", (SCALE,), ()),
        ("assert math.pi and solve", ("import math",), ("solve",)),
        ("assert abs(len(str(1)))", (), ()),
        ("helper()", (), ()),
        ("x = 1\nassert x", (), ()),
        ("assert curve == 3", (), ("curve",)),
        ("assert history", (), ("history",)),
        ("assert 'solve' in globals()", (), ("solve",)),
        ("eval('solve(3)')", (), ("solve",)),
        ("del solve\nsolve = 3", (), ("solve",)),
        ("%time solve(3)", (), ("solve", "time")),
        ("assert unknown", (), ("unknown",)),
        ("def f(:", (), ()),
    ],
)
def test_names_come_from_where_the_teacher_s_notebook_binds_them(source, setup, names):
    needs = needs_of(source, "test", LESSON)
    assert (needs.setup, needs.names) == (setup, names)
