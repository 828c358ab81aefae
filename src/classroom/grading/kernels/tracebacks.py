"""Tracebacks across the wall: a learner's lines below those of the test."""

from types import TracebackType
from typing import Any

MOST_FRAMES = 60
LARGEST_FRAMES = 40_000  # characters of the learner's part
# Frames of these modules are left out: a learner would not know what to do with them.
OURS = ("answering.py", "asking.py", "proxies.py", "judging.py")


# --- in the learner's kernel ------------------------------------------------------------------


def lines_of(shell: Any, error: BaseException) -> dict[str, list[str]]:
    """Return the learner's part of a traceback in IPython's words: frames, and what came before."""
    trace = _shortened(_without_us(error.__traceback__))
    formatter = shell.InteractiveTB
    [lines] = formatter.format_exception_as_a_whole(type(error), error, trace, 5, 0)
    last = len(formatter.format_exception(type(error).__name__, error))
    before, other = (
        [],
        error.__cause__ or (None if error.__suppress_context__ else error.__context__),
    )
    if other is not None:
        before = formatter.structured_traceback(
            type(other), other, _without_us(other.__traceback__), tb_offset=0
        )
        before += formatter.prepare_chained_exception_message(error.__cause__)[0]
    return {"frames": _short(lines[1:-last]), "before": _short(before)}


def _shortened(trace):
    """Leave out the middle of a traceback of very many frames, which takes seconds to set."""
    frames, one = [], trace
    while one is not None:
        frames.append(one)
        one = one.tb_next
    if len(frames) > MOST_FRAMES:
        frames[MOST_FRAMES // 2].tb_next = frames[-MOST_FRAMES // 2]
    return trace


def _without_us(trace: TracebackType | None) -> TracebackType | None:
    while trace is not None and trace.tb_frame.f_code.co_filename.endswith(OURS):
        trace = trace.tb_next
    return trace


def _short(lines):
    lines = [str(line) for line in lines]
    return lines if sum(map(len, lines)) < LARGEST_FRAMES else []


# --- in the judge -----------------------------------------------------------------------------


def add_lines_of_learner(formatter: Any) -> None:
    """Have tracebacks show the learner's own lines below those of the test that called them."""
    plain = formatter.format_exception_as_a_whole

    def with_lines(kind, error, trace, context, offset):
        lines = getattr(error, "lines_of_learner", None)
        [parts] = plain(kind, error, _without_ours(trace), context, offset)
        if not isinstance(lines, dict):
            return [parts]
        last = len(formatter.format_exception(kind.__name__, error))
        parts[-last:-last] = lines.get("frames", [])
        return [[*lines.get("before", []), *parts]]

    formatter.format_exception_as_a_whole = with_lines


def _without_ours(trace):
    """Cut a traceback where the call has left the test."""
    one = trace
    while one is not None and one.tb_next is not None:
        if one.tb_next.tb_frame.f_code.co_filename.endswith(OURS):
            one.tb_next = None
        one = one.tb_next
    return trace
