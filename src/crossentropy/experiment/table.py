"""The table of tries: what each changed, what it reached, and how far chance reaches."""

from __future__ import annotations

import difflib
from html import escape

from crossentropy.experiment.goals import goals
from crossentropy.experiment.measure import percent, standard_error

# Where the experiment's own goal lies; the standard error hardly changes around it.
_ACCURACY, _IMAGES = 0.86, 1000
CHANCE = (
    f"An accuracy of {percent(_ACCURACY)} on {_IMAGES:,} images has a standard error of "
    f"{100 * standard_error(_ACCURACY, _IMAGES):.1f} points, and another seed moves it by about as "
    "much: two tries that differ by less than 3 points may differ by chance alone."
)
_HEADS = (
    "try",
    "seed",
    "what it changed",
    "training accuracy",
    "training loss",
    "validation accuracy",
    "validation loss",
    "epochs",
    "computing time",
    "goals met",
)
_STYLE = (
    "<style>.tries{border-collapse:collapse;font-size:13px;line-height:1.4;"
    "color:var(--jp-ui-font-color1)}.tries .changes{text-align:left;white-space:nowrap}"
    ".tries caption{caption-side:bottom;text-align:left;padding:4px 0}"
    ".tries th,.tries td{border:1px solid var(--jp-border-color2,#bbb);padding:3px 8px;"
    "text-align:right;vertical-align:top}</style>"
)


def table(tries: list[dict]) -> str:
    """Return the table of tries as HTML text; `tries` are entries of the record."""
    head = "".join(f"<th scope='col'>{name}</th>" for name in _HEADS)
    rows = "".join(map(_row, tries))
    return (
        f"{_STYLE}<table class='tries'><caption>{escape(CHANCE)}</caption>"
        f"<tr>{head}</tr>{rows}</table>"
    )


def in_words(one: dict) -> str:
    """Return what a try reached as a few lines of plain text."""
    stopped = ", stopped by you" if one.get("stopped") else ""
    lines = [f"Try {one['number']} (seed {one['seed']}{stopped})"]
    return "\n".join([*lines, *(f"  {goal}" for goal in goals(one["scores"], one["end_accuracy"]))])


def changes(before: dict, after: dict) -> list[str]:
    """Say in short lines how one try's choices differ from another's.

    Parameters
    ----------
    before, after : dict
        With `layers` (list of str) and `hyperparameters` (dict).

    Returns
    -------
    list of str
        Such as `+ Dropout 0.25` or `epochs 30 -> 50`; empty when nothing differs.
    """
    lines = [
        f"{line[0]} {line[2:]}"
        for line in difflib.ndiff(before["layers"], after["layers"])
        if line[0] in "+-"
    ]
    for name, value in after["hyperparameters"].items():
        earlier = before["hyperparameters"].get(name)
        if earlier != value:
            lines.append(f"{name} {earlier} -> {value}")
    return lines


def _row(one):
    reached = one["scores"]
    found = goals(reached, one["end_accuracy"])
    other = one.get("compared_with")
    lines = one["changed"] or ["nothing"]
    if other is not None:
        lines = [f"from {f'try {other}' if other else 'the first network'}:", *lines]
    validation = percent(reached["val_accuracy"], 1)
    if one["end_accuracy"] is not None:
        validation += f"<br>to the end: {percent(one['end_accuracy'], 1)}"
    cells = (
        str(one["seed"]),
        "<br>".join(map(escape, lines)),
        percent(reached["train_accuracy"], 1),
        _loss(reached.get("train_loss")),
        validation,
        _loss(reached["val_loss"]),
        f"{one['epochs']}{', stopped by you' if one.get('stopped') else ''}",
        f"{one['seconds']:.0f} s" if "seconds" in one else "-",
        f"{sum(goal.met for goal in found)} of {len(found)}",
    )
    kind = " class='changes'"
    return (
        f"<tr><th scope='row'>{one['number']}</th>"
        + "".join(
            f"<td{kind if place == 1 else ''}>{text}</td>" for place, text in enumerate(cells)
        )
        + "</tr>"
    )


def _loss(value):
    return "-" if value is None else f"{value:.3f}"
