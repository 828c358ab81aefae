"""The learner's own reliability diagram: SVG, readable without colour."""

from __future__ import annotations

from collections.abc import Iterable
import html

from crossentropy.quiz import bet_texts
from crossentropy.quiz.bet_scores import Group, Summary

LEFT, TOP, SIDE = 62, 14, 260
WIDTH, HEIGHT = 500, TOP + SIDE + 64
FAINT = 'stroke="currentColor" stroke-opacity="0.15"'
QUIET = 'stroke="currentColor" stroke-opacity="0.35"'


def svg(found: Summary) -> str:
    """Draw how often somebody was right in each group of confidences.

    A bar ends at the share of right answers, a dot stands at the mean confidence on the dashed
    diagonal, between them the gap is hatched, and a line through the dot says how far chance alone
    may take the bar of a calibrated learner.
    """
    parts = "".join([*_frame(), *(_group(one) for one in found.groups), *_legend()])
    return (
        f'<svg class="ce-diagram" role="img" aria-label="{html.escape(in_words(found))}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" font-size="12" fill="currentColor" '
        'xmlns="http://www.w3.org/2000/svg">'
        '<defs><pattern id="ce-gap" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path d="M0 0V6" stroke="currentColor" stroke-width="1.5"/>'
        f"</pattern></defs>{parts}</svg>"
    )


def in_words(found: Summary) -> str:
    """Return what the diagram shows, as its alternative text."""
    groups = "; ".join(bet_texts.group(one) for one in found.groups)
    count = bet_texts.count(found.count)
    return f"Reliability diagram of {count}, by the highest probability: {groups}."


def _x(share: float) -> float:
    return LEFT + SIDE * share


def _y(share: float) -> float:
    return TOP + SIDE * (1 - share)


def _frame() -> Iterable[str]:
    for share in (0, 0.2, 0.4, 0.6, 0.8, 1):
        yield f'<path d="M{_x(0)} {_y(share)}H{_x(1)}" {FAINT}/>'
        yield _text(_x(0) - 8, _y(share) + 4, f"{100 * share:.0f} %", "end")
        yield _text(_x(share), _y(0) + 32, f"{100 * share:.0f} %", "middle")
    yield f'<path d="M{_x(0)} {_y(1)}V{_y(0)}H{_x(1)}" fill="none" {QUIET}/>'
    yield (
        f'<path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" stroke="currentColor" '
        'stroke-dasharray="5 4" stroke-opacity="0.7"/>'
    )
    yield _text(_x(0.5), _y(0) + 54, "highest probability of a bet", "middle")
    middle = _y(0.5)
    yield (
        f'<text x="14" y="{middle}" text-anchor="middle" transform="rotate(-90 14 {middle})">'
        "share that was right</text>"
    )


def _group(one: Group) -> str:
    left, right = _x(one.low) + 4, _x(one.high) - 4
    ends = sorted((_y(one.right), _y(one.confidence)))
    low, high = max(0.0, one.confidence - one.by_chance), min(1.0, one.confidence + one.by_chance)
    dot = _x(one.confidence)
    return "".join(
        [
            f'<rect x="{left}" y="{_y(one.right):.1f}" width="{right - left}" '
            f'height="{_y(0) - _y(one.right):.1f}" fill="currentColor" fill-opacity="0.12" '
            'stroke="currentColor"/>',
            f'<rect x="{left}" y="{ends[0]:.1f}" width="{right - left}" '
            f'height="{ends[1] - ends[0]:.1f}" fill="url(#ce-gap)" fill-opacity="0.5"/>',
            f'<path d="M{left} {_y(one.right):.1f}H{right}" stroke="currentColor" '
            'stroke-width="3"/>',
            f'<path d="M{dot:.1f} {_y(low):.1f}V{_y(high):.1f}M{dot - 5:.1f} {_y(low):.1f}h10'
            f'M{dot - 5:.1f} {_y(high):.1f}h10" stroke="currentColor" stroke-width="1.5"/>',
            f'<circle cx="{dot:.1f}" cy="{_y(one.confidence):.1f}" r="4.5"/>',
            _text((left + right) / 2, _y(0) + 15, f"n = {one.count}", "middle"),
        ]
    )


def _legend() -> Iterable[str]:
    x, y = _x(1) + 22, TOP + 30
    yield f'<path d="M{x} {y - 4}h18" stroke="currentColor" stroke-width="3"/>'
    yield _text(x + 26, y, "you were right")
    yield f'<circle cx="{x + 9}" cy="{y + 20}" r="4.5"/>' + _text(x + 26, y + 24, "you said")
    yield (
        f'<path d="M{x + 9} {y + 36}v20m-5 -20h10m-10 20h10" stroke="currentColor" '
        'stroke-width="1.5" fill="none"/>'
    )
    yield _text(x + 26, y + 50, "chance allows")
    yield f'<rect x="{x}" y="{y + 66}" width="18" height="14" fill="url(#ce-gap)"/>'
    yield _text(x + 26, y + 78, "the gap")
    yield (
        f'<path d="M{x} {y + 100}h18" stroke="currentColor" stroke-dasharray="5 4" '
        'stroke-opacity="0.7"/>'
    )
    yield _text(x + 26, y + 104, "calibrated")
    yield _text(x, y + 138, "Bar below the dot:")
    yield _text(x, y + 154, "too sure. Above it:")
    yield _text(x, y + 170, "too modest.")


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{html.escape(words)}</text>'
