"""What a kernel holds is told exactly where it matters."""

import os

import pytest

from classroom.grading.kernels.memory import memory_held


def test_more_than_enough_is_told_with_shared_pages_in_shares():
    exact = memory_held(os.getpid())
    assert memory_held(os.getpid(), enough=1) == pytest.approx(exact, rel=0.05)


def test_what_is_enough_at_most_is_told_without_sharing_out():
    exact = memory_held(os.getpid())
    assert exact <= memory_held(os.getpid(), enough=2**40) < 2**40
