"""What a learner calls: in a notebook a card with its text, elsewhere the text."""

import json

from crossentropy import detective
from crossentropy.detective import cases
from crossentropy.detective.cases import cause_of, open_case
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
import pytest

SEED = 1
NAME = cause_of(SEED)[0].name


@pytest.fixture
def shell(monkeypatch):
    """A notebook's shell."""
    shell = InteractiveShell.instance()
    yield shell
    InteractiveShell.clear_instance()


def test_without_a_notebook_the_log_is_printed_with_what_to_call(capsys):
    detective.case(SEED)
    said = capsys.readouterr().out
    assert open_case(SEED).log in said
    assert f'detective.name_cause({SEED}, "nothing is wrong")' in said


def test_in_a_notebook_a_card_comes_with_the_same_text_and_a_note_for_the_next_day(shell, lesson):
    with capture_output() as captured:
        detective.case(SEED)
    note, card = [output.data for output in captured.outputs]
    assert note["text/plain"] == "To answer here, run this cell."
    assert open_case(SEED).log in card["text/plain"]
    assert open_case(SEED).log in card["text/markdown"]
    assert "application/vnd.jupyter.widget-view+json" in card


def test_a_stored_output_does_not_depend_on_what_was_named(shell, lesson):
    def texts():
        with capture_output() as captured:
            detective.case(SEED)
        return [
            {kind: text for kind, text in output.data.items() if kind.startswith("text/")}
            for output in captured.outputs
        ]

    before = texts()
    detective.name_cause(SEED, NAME)
    assert texts() == before


def test_a_cause_is_named_and_recorded_without_a_click(lesson, capsys):
    detective.name_cause(SEED, NAME)
    assert f"That is it: {NAME}." in capsys.readouterr().out
    kept = json.loads((lesson / "responses.json").read_text())["cases"][str(SEED)]
    assert kept["solved"]


def test_an_unknown_cause_is_refused_and_not_recorded(lesson):
    with pytest.raises(ValueError, match="There is no cause 'softmax'"):
        detective.name_cause(SEED, "softmax")
    assert list(lesson.iterdir()) == []


def test_the_code_prints_the_log_of_its_case(capsys):
    detective.code(SEED)
    program = capsys.readouterr().out
    assert cases.run(program.rstrip() + "\n") == open_case(SEED).log


def test_in_a_notebook_the_code_stands_in_a_new_cell(shell):
    shell.set_next_input = lambda text: written.append(text)
    written = []
    detective.code(SEED)
    assert written == [open_case(SEED).program]


def test_the_proof_is_printed(capsys):
    detective.prove(SEED)
    assert "With this one change, run again:" in capsys.readouterr().out
