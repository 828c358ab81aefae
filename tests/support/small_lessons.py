"""Lessons that are graded in a moment."""

import textwrap

import nbformat

from classroom import notebook_files

QUIZ = ["01-what-it-measures", "01-second-of-three"]  # of the tiny lesson


def cell(source, grade_id=None, points=None, kind="code", **mark):
    """Return a cell of a lesson: a test when it has points, an answer when it has a name only."""
    make = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
    mark = {
        "schema_version": 3,
        "grade_id": grade_id,
        "grade": points is not None,
        "solution": points is None,
        "locked": points is not None,
        "task": False,
        **mark,
    }
    if points is not None:
        mark["points"] = points
    metadata = {"nbgrader": mark} if grade_id else {}
    return make(textwrap.dedent(source).strip(), metadata=metadata)


def tiny_lesson():
    """Return a lesson that runs in a moment: two exercises of 2 and 3 points, a quiz of 4."""
    notebook = nbformat.v4.new_notebook(
        cells=[
            cell("# A tiny lesson", kind="markdown"),
            cell("""
                from crossentropy import quiz
                import numpy as np
            """),
            cell(
                """
                def double(x):
                    ### BEGIN SOLUTION
                    return 2 * x
                    ### END SOLUTION
                """,
                "double",
            ),
            cell(
                """
                assert double(3) == 6, "Twice 3 is 6."
                ### BEGIN HIDDEN TESTS
                secret_number = 41
                assert double(secret_number) == 82, "It should double every number, 41 too."
                ### END HIDDEN TESTS
                """,
                "double-test",
                2,
            ),
            cell(
                """
                def loss(p):
                    ### BEGIN SOLUTION
                    return float(np.mean(-np.log(p)))
                    ### END SOLUTION
                """,
                "loss",
            ),
            cell(
                """
                result = loss(np.array([0.5, 0.5]))
                np.testing.assert_allclose(result, 0.6931472, atol=1e-4, err_msg="log 2, not this.")
                ### BEGIN HIDDEN TESTS
                np.testing.assert_allclose(loss(np.array([0.2])), 1.6094379, atol=1e-4)
                ### END HIDDEN TESTS
                """,
                "loss-test",
                3,
            ),
            cell(
                """
                quiz.points(["01-what-it-measures", "01-second-of-three"], out_of=4)
                """,
                "quiz-test",
                4,
            ),
        ],
        metadata=notebook_files.NOTEBOOK_METADATA,
    )
    return with_ids(notebook)


def essay_lesson():
    """Return a lesson that a person grades in part: a text, a figure, a task; and one test."""
    by_a_person = {"solution": True, "locked": False}
    task = {"grade": False, "solution": False, "locked": True, "task": True}
    notebook = nbformat.v4.new_notebook(
        cells=[
            cell("Why the logarithm?", "why", 4, kind="markdown", **by_a_person),
            cell("# draw it", "figure", 2, **by_a_person),
            cell("Do **not** change this.", "note", kind="markdown", solution=False, locked=True),
            cell(
                "Read the chapter.\n\n### BEGIN MARK SCHEME\nAll.\n### END MARK SCHEME",
                "read",
                3,
                kind="markdown",
                **task,
            ),
            cell("assert 'numbers' in globals(), 'Make a list of numbers.'", "numbers-test", 1),
        ],
        metadata=notebook_files.NOTEBOOK_METADATA,
    )
    return with_ids(notebook)


def with_ids(notebook):
    for index, each in enumerate(notebook.cells):
        each["id"] = f"tiny-{index}"
    return notebook
