"""A hidden test is not shown on a page, in whatever form it was printed."""

import nbformat
import pytest

from classroom.grading.feedback_steps import LEFT_OUT, TellWhatFailed, squeezed, tell, without
from classroom.notebook_files import WIDGET_VIEW

LINE = 'assert double(secret) == 82, "It should double 41 too."'
HIDDEN = {squeezed(LINE)}


def stream(text):
    return nbformat.v4.new_output("stream", name="stdout", text=text)


def page(text):
    return nbformat.v4.new_output("display_data", {"text/html": text})


@pytest.mark.parametrize(
    "outputs",
    [
        [stream(LINE)],
        [stream(f"here: {LINE}, as it is")],
        [stream("\n".join(LINE.split()))],
        [stream(repr(f"a\n{LINE}"))],
        [stream(f"\x1b[31m{LINE}\x1b[0m")],
        [page("".join(f"<b>{word}</b> " for word in LINE.split()))],
        [page(LINE.replace('"', "&quot;").replace("=", "&#61;"))],
        [page(f"<p>{word}</p>") for word in LINE.split()],
        [stream(word) for word in LINE.split()],
    ],
)
def test_a_line_of_a_hidden_test_is_left_out(outputs):
    assert [output.text for output in without(HIDDEN, outputs)] == [LEFT_OUT]


@pytest.mark.parametrize(
    "output",
    [
        stream("It should double 41 too."),
        stream("assert double(3) == 6"),
        page("<b>double</b> 82"),
        nbformat.v4.new_output("error", ename="E", evalue="It should double 41 too.", traceback=[]),
    ],
)
def test_what_a_learner_may_know_stays(output):
    assert without(HIDDEN, [output]) == [output]


def error(name, message):
    return nbformat.v4.new_output("error", ename=name, evalue=message, traceback=[])


def test_a_name_that_is_missing_since_nobody_answered_an_input_is_explained():
    cell = nbformat.v4.new_code_cell(outputs=[error("NameError", "name 'loss' is not defined")])
    tell(cell, error("StdinNotImplementedError", "raw_input was called"))
    assert "'loss' is not defined" in cell.outputs[0].data["text/plain"]
    assert "input() has no answer" in cell.outputs[0].data["text/plain"]


def test_another_error_above_does_not_explain_a_wrong_answer():
    cell = nbformat.v4.new_code_cell(outputs=[error("AssertionError", "It should be 6.")])
    tell(cell, error("ValueError", "tried something"))
    assert cell.outputs[0].data["text/plain"] == "Not passed: It should be 6."


def test_widgets_are_left_out_as_no_page_can_show_them():
    """nbconvert warns of each, in the middle of a teacher's table."""
    widget = nbformat.v4.new_output("display_data", {WIDGET_VIEW: {"model_id": "1"}})
    both = nbformat.v4.new_output("display_data", {WIDGET_VIEW: {}, "text/plain": "a slider"})
    cell = nbformat.v4.new_code_cell("slider", outputs=[widget, both])
    TellWhatFailed().preprocess(nbformat.v4.new_notebook(cells=[cell]), {})
    assert [output.data for output in cell.outputs] == [{"text/plain": "a slider"}]
