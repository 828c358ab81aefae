"""How long a click waited for a running cell, as far as the kernel has seen for itself."""

import time

from crossentropy import accessible, busy
from IPython.core.interactiveshell import InteractiveShell
import pytest


@pytest.fixture
def cells(monkeypatch):
    """Nothing has run yet."""
    monkeypatch.setattr(busy, "cells", busy.Busy())
    return busy.cells


def ran(cells, seconds, ago=0.0):
    """Let cells have run for so many seconds, until so many seconds ago."""
    cells.ended = time.monotonic() - ago
    cells.began = cells.ended - seconds


def test_a_click_that_arrives_right_after_a_cell_waited_since_its_moment(cells):
    ran(cells, seconds=60)
    assert busy.waited(25) == 25


def test_no_click_waited_longer_than_the_cells_ran(cells):
    ran(cells, seconds=60)
    assert busy.waited(10_000) == pytest.approx(60, abs=1)


@pytest.mark.parametrize("since", [None, "5", float("nan"), float("inf"), True, -3, [5]])
def test_what_is_no_time_gives_none(cells, since):
    ran(cells, seconds=60)
    assert busy.waited(since) == 0


def test_a_click_on_an_idle_kernel_waited_for_nothing_whatever_the_browser_says(cells):
    assert busy.waited(25) == 0
    ran(cells, seconds=60, ago=busy.ARRIVES + 1)
    assert busy.waited(25) == 0


def test_what_arrives_while_a_cell_runs_did_not_wait(cells):
    ran(cells, seconds=60)
    cells.begin()
    assert busy.waited(25) == 0


def test_cells_that_run_together_are_one_wait(cells):
    ran(cells, seconds=60)
    cells.begin()
    cells.end()
    assert busy.waited(50) == 50
    ran(cells, seconds=60, ago=busy.GAP + 1)
    cells.begin()
    cells.end()
    assert busy.waited(50) < 1


def test_the_cells_of_a_notebook_are_watched_once(cells, monkeypatch):
    shell = InteractiveShell.instance()
    monkeypatch.setattr(busy, "_watched", [])
    before = {name: list(calls) for name, calls in shell.events.callbacks.items()}
    try:
        busy.watch()
        busy.watch()
        assert cells.running  # it was called by a cell
        shell.run_cell("1")
        assert not cells.running
        added = [len(shell.events.callbacks[name]) - len(before[name]) for name in before]
        assert sum(added) == 2
    finally:
        shell.events.callbacks = before
        InteractiveShell.clear_instance()


def test_a_press_is_heard_at_once_and_its_wait_told_once(cells, monkeypatch):
    access = accessible.Access("A card")
    sent = []
    monkeypatch.setattr(access, "send", sent.append)
    ran(cells, seconds=60)
    press = {"event": "press", "number": 7, "at": 1000 * (time.time() - 25)}
    access._handle_custom_msg(press, [])
    assert sent == [{"heard": 7}]
    assert access.waited() == pytest.approx(25, abs=1)
    assert access.waited() == 0
    access._handle_custom_msg({"event": "press", "number": 8, "at": "never"}, [])
    assert access.waited() == 0
