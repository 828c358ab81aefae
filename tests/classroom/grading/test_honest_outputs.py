"""The outputs of a cell that scores are made such that nbgrader's rules score it rightly."""

from kernel_jobs import code, grade
import nbformat
from nbgrader.utils import determine_grade
import pytest

from classroom.grading.honest_outputs import (
    add_error,
    add_missing_error,
    drop_invalid,
    joined,
    make_honest,
    name_of,
    without_results,
)

NOTHING = {"status": "ok", "classroom": {"number": {"nothing": True}}}
OTHER = {"status": "ok", "classroom": {"number": {"other": True}}}


def ended_in(number):
    """Return the reply to a cell whose last expression is a number."""
    return {"status": "ok", "classroom": {"number": {"number": number}}}


def stream(text, name="stdout"):
    return nbformat.v4.new_output("stream", name=name, text=text)


def result(text="2.0"):
    return nbformat.v4.new_output("execute_result", {"text/plain": text})


def error(name="ValueError"):
    return nbformat.v4.new_output("error", ename=name, evalue="", traceback=[])


def kinds(cell):
    return [output.output_type for output in cell.outputs]


def score(cell):
    """Return what nbgrader's own rules give, of 2 points."""
    return determine_grade(cell)[0]


# --- what a cell scores ---------------------------------------------------------------------------


def test_a_cell_without_an_account_of_it_earns_nothing():
    cell = grade("t", "assert True")
    assert make_honest(cell, {"status": "ok"}) == [
        "cell 't': the judge gave no account of it, so it scores 0."
    ]
    [output] = cell.outputs
    assert (output.ename, output.evalue) == (
        "GuardError",
        "The judge gave no account of this cell.",
    )
    assert score(cell) == 0


@pytest.mark.parametrize(
    "reply",
    [
        None,
        {},
        {"status": "error", "classroom": NOTHING["classroom"]},
        {"status": "aborted", "classroom": NOTHING["classroom"]},
        {"classroom": NOTHING["classroom"]},
        {"status": "ok", "classroom": "2"},
        {"status": "ok", "classroom": None},
    ],
)
def test_whatever_else_a_kernel_replies_is_no_account(reply):
    cell = grade("t", "assert True")
    assert "no account" in make_honest(cell, reply)[0]
    assert score(cell) == 0


def test_asserts_that_hold_earn_all_points_and_leave_no_output():
    cell = grade("t", "assert True")
    assert make_honest(cell, NOTHING) == []
    assert cell.outputs == []
    assert score(cell) == 2


def test_a_result_that_was_printed_is_taken_away_where_the_cell_ends_in_no_expression():
    cell = grade("t", "assert True")
    cell.outputs = [result("0.5"), stream("kept")]
    assert make_honest(cell, NOTHING) == []
    assert kinds(cell) == ["stream"]


@pytest.mark.parametrize("number", ["0", "0.0", "1", "1.5", "2", "2.0"])
def test_the_number_that_the_kernel_reports_takes_the_place_of_what_is_displayed(number):
    cell = grade("t", "1 + 1")
    cell.execution_count = 7
    cell.outputs = [stream("before"), result("2.0")]
    assert make_honest(cell, ended_in(number)) == []
    _, output = cell.outputs
    assert (output.output_type, output.data) == ("execute_result", {"text/plain": number})
    assert output.execution_count == 7
    assert score(cell) == float(number)


@pytest.mark.parametrize("number", ["2.1", "-0.1", "nan", "inf", "-inf"])
def test_a_number_that_is_no_score_earns_nothing_and_is_told(number):
    cell = grade("t", "1 + 1")
    assert make_honest(cell, ended_in(number)) == [
        f"cell 't' ended in {number} points of 2 points, so it scores 0."
    ]
    [output] = cell.outputs
    assert output.ename == "ScoreError"
    assert output.evalue == (
        f"This cell ended in {number} points, where a number from 0 to 2 was expected."
    )
    assert score(cell) == 0


@pytest.mark.parametrize("described", [{"other": True}, {"number": "two"}, {"number": 2}, 2, None])
def test_a_value_that_is_no_number_earns_nothing_where_nbgrader_would_give_all(described):
    cell = grade("t", "answer(3)")
    cell.outputs = [result("'excellent'")]
    reply = {"status": "ok", "classroom": {"number": described}}
    assert make_honest(cell, reply) == ["cell 't' ended in no number of 2 points, so it scores 0."]
    assert kinds(cell) == ["error"]
    assert score(cell) == 0


def test_an_account_that_says_nothing_of_the_number_is_none():
    cell = grade("t", "answer(3)")
    assert "ended in no number" in make_honest(cell, {"status": "ok", "classroom": {}})[0]


def test_a_number_counts_only_where_the_cell_ends_in_an_expression():
    cell = grade("t", "points = 1")
    assert make_honest(cell, ended_in("1")) == []
    assert cell.outputs == []
    assert score(cell) == 2


@pytest.mark.parametrize(
    "source",
    [
        "answer(3);",
        "answer(3) ;  ",
        "answer(3);  # quietly",
        "x = 1  # one\nanswer(3);\n\n",
        "answer('#');",
        "answer('é');",
        "(answer(\n    3\n)\n);",
        "answer(3)\\\n;",
        "pass",
        "",
    ],
)
def test_what_displays_nothing_is_scored_by_its_asserts(source):
    cell = grade("t", "")
    cell.source = source
    assert make_honest(cell, OTHER) == []
    assert score(cell) == 2


@pytest.mark.parametrize(
    "source",
    [
        "answer(3)  # not this;",
        "answer(3)\n# nor this;",
        "x = 1;\nanswer(3)",
        "'a;'",
        "(1,\n2)",
        "a; b",
        "\n\nanswer('''\n;''')\n",
    ],
)
def test_a_semicolon_elsewhere_hides_nothing(source):
    cell = grade("t", "")
    cell.source = source
    assert "ended in no number" in make_honest(cell, OTHER)[0]


@pytest.mark.parametrize("source", ["def (", "x = '\0'", "%%bash\nls", "-" * 100_000 + "1"])
def test_a_cell_that_is_no_python_has_no_last_expression(source):
    cell = grade("t", source)
    assert make_honest(cell, OTHER) == []


@pytest.mark.parametrize(
    "source",
    [
        "quiz.points(['q'], out_of=2)",
        "quiz.challenge_points(2)",
        "Score()",
        "my_scores(1)",
        "experiment.grade(2)",
        "x = 1\nPOINTS(x)",
    ],
)
def test_a_call_for_points_that_ends_in_nothing_earns_nothing(source):
    cell = grade("t", source)
    assert make_honest(cell, NOTHING) == ["cell 't' ended in nothing of 2 points, so it scores 0."]
    assert score(cell) == 0


@pytest.mark.parametrize(
    "source", ["check(answer)", "points", "points.check()", "checks['points']()", "None", "f()()"]
)
def test_another_expression_may_end_in_nothing(source):
    cell = grade("t", source)
    assert make_honest(cell, NOTHING) == []
    assert cell.outputs == []


def test_an_error_stands_for_itself_and_nothing_is_added():
    cell = grade("t", "quiz.points(['q'], out_of=2)")
    cell.outputs = [stream("before"), error(), result()]
    assert make_honest(cell, {"status": "error"}) == []
    assert kinds(cell) == ["stream", "error"]
    assert score(cell) == 0


def test_stderr_of_a_cell_that_scores_becomes_ordinary_output():
    cell = grade("t", "assert True")
    cell.outputs = [stream("careful", "stderr"), stream("well")]
    make_honest(cell, NOTHING)
    assert [(output.name, output.text) for output in cell.outputs] == [
        ("stdout", "careful"),
        ("stdout", "well"),
    ]
    assert score(cell) == 2


def test_what_is_displayed_stays():
    cell = grade("t", "assert True")
    cell.outputs = [nbformat.v4.new_output("display_data", {"text/plain": "<Figure>"})]
    make_honest(cell, NOTHING)
    assert kinds(cell) == ["display_data"]


@pytest.mark.parametrize(("points", "told"), [(2.5, "2.5"), (3.0, "3"), (0, "0")])
def test_the_points_of_a_cell_are_told_without_needless_decimals(points, told):
    cell = grade("t", "1", points)
    flags = make_honest(cell, ended_in("7"))
    assert flags == [f"cell 't' ended in 7 points of {told} points, so it scores 0."]
    assert cell.outputs[0].evalue.endswith(f"a number from 0 to {told} was expected.")


def test_a_cell_without_points_of_its_own_is_worth_none():
    cell = grade("t", "1")
    del cell.metadata.nbgrader["points"]
    assert make_honest(cell, ended_in("0")) == []
    assert make_honest(cell, ended_in("1")) != []


# --- outputs of any cell --------------------------------------------------------------------------


def test_neighbouring_pieces_of_one_stream_become_one():
    outputs = [stream("a"), stream("b"), stream("c"), stream("!", "stderr"), stream("d")]
    assert joined(outputs) == [stream("abc"), stream("!", "stderr"), stream("d")]


def test_what_stands_between_keeps_pieces_apart_and_stays():
    figure = nbformat.v4.new_output("display_data", {"text/plain": "<Figure>"})
    outputs = [stream("a"), figure, stream("b"), result(), result(), error()]
    assert joined(outputs) == [stream("a"), figure, stream("b"), result(), result(), error()]


def test_an_output_without_a_stream_name_is_no_piece_of_a_stream():
    first = nbformat.from_dict({"output_type": "stream", "text": "a"})
    second = nbformat.from_dict({"output_type": "display_data", "data": {}, "metadata": {}})
    assert [one.output_type for one in joined([second, first])] == ["display_data", "stream"]


def test_a_piece_that_is_no_text_becomes_text():
    number = nbformat.from_dict({"output_type": "stream", "name": "stdout", "text": 3})
    assert joined([number, stream("a")]) == [stream("3a")]


def test_results_go_and_all_else_stays():
    outputs = [stream("a"), result(), error(), result()]
    assert without_results(outputs) == [stream("a"), error()]


def test_an_output_that_no_notebook_may_hold_is_dropped_and_those_beside_it_stay():
    cell = code("x")
    cell.outputs = [
        stream("a"),
        nbformat.from_dict({"output_type": "stream", "name": "stdout"}),
        nbformat.from_dict({"output_type": "nonsense"}),
        nbformat.from_dict({"output_type": "execute_result", "data": 3}),
        nbformat.from_dict({"text": "without a kind"}),
        error(),
    ]
    drop_invalid(cell)
    assert cell.outputs == [stream("a"), error()]


# --- an error that the outputs do not show --------------------------------------------------------


def test_an_error_that_only_the_reply_tells_of_is_put_in():
    cell = code("x")
    cell.outputs = [stream("a")]
    told = {"ename": "KeyError", "evalue": "'b'", "traceback": ["line 1", 2]}
    add_missing_error(cell, {"status": "error", **told})
    assert kinds(cell) == ["stream", "error"]
    assert {name: cell.outputs[1][name] for name in told} == {**told, "traceback": ["line 1", "2"]}


@pytest.mark.parametrize("traceback", [None, [], "text", {}])
def test_an_error_without_a_traceback_has_one_line_that_says_so(traceback):
    cell = code("x")
    add_missing_error(cell, {"status": "error", "traceback": traceback})
    [output] = cell.outputs
    assert (output.ename, output.evalue) == ("Error", "")
    assert output.traceback == ["ERROR: An error occurred while showtraceback was disabled"]


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        (None, []),
        ({}, []),
        ({"status": "ok", "ename": "KeyError"}, []),
        ({"status": "error", "ename": "ValueError"}, ["ValueError"]),
        ({"status": "error", "ename": "KeyError"}, ["ValueError", "KeyError"]),
    ],
)
def test_an_error_is_put_in_only_where_it_is_missing(reply, found):
    cell = code("x")
    cell.outputs = [error()] if found else []
    add_missing_error(cell, reply)
    assert [output.ename for output in cell.outputs] == found


def test_a_name_and_a_message_that_are_no_text_become_text():
    cell = code("x")
    add_missing_error(cell, {"status": "error", "ename": 3, "evalue": None, "traceback": ["a"]})
    assert (cell.outputs[0].ename, cell.outputs[0].evalue) == ("3", "None")


def test_an_error_of_ours_is_shown_in_red_by_its_name():
    cell = code("x")
    add_error(cell, "ScoreError", "Not this.")
    [output] = cell.outputs
    assert (output.output_type, output.ename, output.evalue) == ("error", "ScoreError", "Not this.")
    assert output.traceback == ["\x1b[0;31mScoreError\x1b[0m: Not this."]


def test_a_cell_is_named_by_its_grade_id_or_else_by_its_id():
    cell = code("x")
    cell["id"] = "plain"
    assert name_of(cell) == "cell 'plain'"
    del cell["id"]
    assert name_of(cell) == "cell '?'"
    assert name_of(grade("t", "x")) == "cell 't'"
