"""The slider picture of lesson 06: which order of networks do so many seeds give, and how surely.

Networks are compared with one of them, the reference, seed by seed: the mean of the differences,
and its standard error. A difference counts when it is more than three standard errors from zero;
with fewer than five seeds none counts.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from crossentropy.pictures.drawing import (
    FAINT,
    GREY,
    INK,
    LOOKS,
    Frame,
    Look,
    Picture,
    line,
    mark,
    new_figure,
    number,
    svg,
    text,
)
from crossentropy.pictures.showing import Explorer, moved_by
import ipywidgets
import numpy as np

FACTOR = 3  # standard errors that a difference must be away from zero
FEWEST = 5  # seeds with which it can count
MEASURES = {
    "validation accuracy": ("val_accuracy", 1),
    "test accuracy": ("test_accuracy", 1),
    "validation loss": ("val_loss", -1),  # -1: lower is better
    "test loss": ("test_loss", -1),
}
CANNOT = "cannot be told"


class Compared(NamedTuple):
    """A network beside the reference: differences seed by seed, and what follows."""

    mean: float
    error: float  # standard error of the mean; NaN with one seed
    verdict: str


def seeds_explorer(runs: Mapping[str, Mapping[str, np.ndarray]], reference: str) -> Explorer:
    """Draw networks and their differences from one of them, for as many seeds as a slider says.

    Parameters
    ----------
    runs : dict of str to dict of str to array
        Two to four networks, as `crossentropy.trained_networks.load_networks` returns them.
    reference : str
        The network with which the others are compared.

    Returns
    -------
    Explorer
        One control takes more seeds, one takes others, one chooses what is measured.
    """
    seeds = len(next(iter(runs.values()))["seed"])

    def control(kind, description, **settings):
        return kind(
            description=description,
            layout=ipywidgets.Layout(width="34rem", max_width="100%"),
            style={"description_width": "14rem"},
            **settings,
        )

    controls = [
        control(ipywidgets.IntSlider, "number of seeds", value=1, min=1, max=seeds),
        control(ipywidgets.IntSlider, "draw of the seeds", value=1, min=1, max=seeds),
        control(ipywidgets.Dropdown, "measured by", options=list(MEASURES)),
    ]

    def draw(count, which, measure):
        return draw_seeds(runs, reference, chosen_seeds(seeds, count, which), measure)

    return Explorer(moved_by(controls, draw), still_seeds(runs, reference))


def chosen_seeds(seeds: int, count: int, which: int) -> np.ndarray:
    """Return the places of the first seeds of a draw, which counts from 1.

    Each draw begins with another seed, and with one seed more it holds those that it had.
    """
    order = np.random.RandomState(which).permutation(seeds)
    first = (which - 1) % seeds
    return np.concatenate([[first], order[order != first]])[:count]


def compared(first: Sequence[float], reference: Sequence[float], better: int = 1) -> Compared:
    """Compare two networks over the same seeds.

    Parameters
    ----------
    first, reference : array, shape (N,)
        A measure of both, seed by seed.
    better : int
        1 where higher is better, -1 where lower is.

    Returns
    -------
    Compared
        With the mean and standard error of `first - reference`.
    """
    differences = np.subtract(first, reference)
    mean, n = float(differences.mean()), len(differences)
    error = float(differences.std(ddof=1) / np.sqrt(n)) if n > 1 else np.nan
    if n < FEWEST or abs(mean) <= FACTOR * error:
        return Compared(mean, error, CANNOT)
    return Compared(mean, error, "better" if better * mean > 0 else "worse")


def draw_seeds(
    runs: Mapping[str, Mapping[str, np.ndarray]],
    reference: str,
    seeds: np.ndarray,
    measure: str = "validation accuracy",
) -> str:
    """Return one setting as HTML: the runs of each network, and the differences below them."""
    values, results, order = _numbers(runs, reference, seeds, measure)
    return svg(
        [*_rows(runs, values, measure), *_differences(results, runs, measure, reference)],
        360,
        _described(values, results, order, len(seeds), measure, reference),
    ) + (
        '<div aria-live="polite" style="color: var(--jp-ui-font-color1, #212121)">'
        f"Best first: <b>{', '.join(order)}</b>.</div>"
    )


def still_seeds(
    runs: Mapping[str, Mapping[str, np.ndarray]],
    reference: str,
    measure: str = "validation accuracy",
) -> Picture:
    """Draw all seeds as a figure: the runs of each network, and the differences beside them."""
    seeds = np.arange(len(runs[reference]["seed"]))
    values, results, order = _numbers(runs, reference, seeds, measure)
    figure, (left, right) = new_figure(
        columns=2,
        height=3.6,
        alt=_described(values, results, order, len(seeds), measure, reference),
    )
    for place, (look, (name, ones)) in enumerate(zip(LOOKS, values.items(), strict=False)):
        heights = place + np.linspace(-0.22, 0.22, len(ones))
        left.plot(ones, heights, look.marker, color=look.color, markersize=5, linestyle="none")
        left.vlines(ones.mean(), place - 0.36, place + 0.36, color=INK, linewidth=2)
        if name in results:
            one = results[name]
            right.errorbar(
                *(one.mean, place),
                xerr=FACTOR * one.error,
                fmt=look.marker,
                color=look.color,
                capsize=4,
            )
            right.text(one.mean, place - 0.2, one.verdict, ha="center", fontsize=9)
    left.set_yticks(range(len(values)), [name.replace(" ", "\n", 1) for name in values])
    left.set(title=f"{measure}, {len(seeds)} seeds")
    right.axvline(0, color=GREY, linestyle="--")
    right.set_yticks([])
    right.set(
        title=f"minus that of {reference}", xlabel=f"mean difference ± {FACTOR} standard errors"
    )
    for panel in (left, right):
        panel.set_ylim(len(values) - 0.4, -0.6)
    return figure


def _numbers(runs, reference, seeds, measure):
    """Return values by network, results of the others beside the reference, names best first."""
    column, better = MEASURES[measure]
    values = {name: np.asarray(columns[column])[seeds] for name, columns in runs.items()}
    results = {
        name: compared(ones, values[reference], better)
        for name, ones in values.items()
        if name != reference
    }
    order = sorted(values, key=lambda name: -better * values[name].mean())
    return values, results, order


def _ranges(runs, measure):
    """Return the ends of the two axes: they stay as seeds come and go."""
    column, _ = MEASURES[measure]
    every = np.array([columns[column] for columns in runs.values()])
    step = 0.02 if "accuracy" in measure else 0.1
    ends = np.floor(every.min() / step) * step, np.ceil(every.max() / step) * step
    widest = ends[1] - ends[0]
    return ends, (-widest, widest), step


def _rows(runs, values, measure):
    (low, high), _, step = _ranges(runs, measure)
    frame = Frame(170, 34, 440, 132, (low, high), (len(values), 0))
    ticks = np.arange(low, high + step / 2, step * np.ceil((high - low) / step / 6))
    yield frame.axes(ticks.round(3), (), title=measure)
    for place, (look, (name, ones)) in enumerate(zip(LOOKS, values.items(), strict=False)):
        middle = frame.y(place + 0.5)
        yield text(frame.left - 12, middle + 4, name, anchor="end")
        # Below each other, so that equal numbers are seen as two.
        for shift, one in zip(np.linspace(-8, 8, len(ones)), ones, strict=True):
            yield mark(look, frame.x(one), middle + (shift if len(ones) > 1 else 0), 4)
        mean = frame.x(ones.mean())
        yield line(mean, middle - 14, mean, middle + 14, width=3)
    yield text(frame.left, 204, "a mark is a seed, the black line is the mean", size=12)


def _differences(results, runs, measure, reference):
    _, ends, step = _ranges(runs, measure)
    frame = Frame(170, 246, 300, 78, ends, (len(results), 0))
    ticks = np.array([-2, -1, 0, 1, 2]) * step * np.ceil(ends[1] / step / 3)
    title = f"minus {reference}: mean difference ± {FACTOR} standard errors"
    yield frame.axes([tick for tick in ticks.round(3) if abs(tick) <= ends[1]], (), title=title)
    yield line(frame.x(0), frame.top - 4, frame.x(0), frame.top + frame.height, GREY, 2, "6 4")
    looks = dict(zip(runs, LOOKS, strict=False))
    for place, (name, one) in enumerate(results.items()):
        middle = frame.y(place + 0.5)
        yield text(frame.left - 12, middle + 4, name, anchor="end")
        yield from _interval(frame, middle, one, looks[name])
        told = f"{number(one.mean, 3)}: {one.verdict}"
        yield text(frame.left + frame.width + 10, middle + 4, told)
    yield line(frame.left, frame.top, frame.left + frame.width, frame.top, FAINT)


def _interval(frame: Frame, middle: float, one: Compared, look: Look):
    if not np.isnan(one.error):
        ends = [frame.x(one.mean + side * FACTOR * one.error) for side in (-1, 1)]
        yield line(*(ends[0], middle, ends[1], middle), look.color, 3)
        for x in ends:
            yield line(x, middle - 6, x, middle + 6, look.color, 3)
    yield mark(look, frame.x(one.mean), middle, 5)


def _described(values, results, order, seeds, measure, reference):
    means = ", ".join(f"{name} {number(values[name].mean(), 3)}" for name in order)
    told = "; ".join(
        f"{name} {number(one.mean, 3)}, {one.verdict}" for name, one in results.items()
    )
    return (
        f"{measure.capitalize()} of {len(values)} networks, each trained from {seeds} "
        f"seed{'s' if seeds > 1 else ''}; means, best first: {means}. "
        f"Mean difference from {reference}: {told}."
    )
