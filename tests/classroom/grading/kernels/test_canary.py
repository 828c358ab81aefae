"""A canary tells a kernel that scores as it should from one that does not."""

import pytest

from classroom.grading.kernels.canary import canary


def test_a_canary_finds_a_kernel_that_agrees_or_disagrees_with_everything():
    cell = canary()
    assert cell.complaint({"status": "ok"})
    assert cell.complaint({"status": "ok", "evalue": cell.message})
    assert cell.complaint({"status": "error", "evalue": "must pass"})
    assert not cell.complaint({"status": "error", "evalue": cell.message})


def test_a_canary_ends_as_it_should_in_an_ordinary_python():
    cell = canary()
    with pytest.raises(AssertionError) as caught:
        exec(cell.source, {})
    assert str(caught.value) == cell.message
