"""The slider picture of lesson 06: how many wrong labels are among the k highest losses."""

from collections.abc import Mapping, Sequence

from crossentropy.pictures.drawing import (
    GREY,
    INK,
    LOOKS,
    SVG_SMALLEST,
    Frame,
    Picture,
    box,
    line,
    new_figure,
    svg,
    text,
)
from crossentropy.pictures.showing import Explorer, moved_by
import ipywidgets
import numpy as np

HIGHEST_LOSS = 4.0  # higher losses stand in the last bar
BARS = 32
RIGHT, WRONG = LOOKS[0], LOOKS[1]


def suspects_explorer(
    losses: Mapping[str, np.ndarray], wrong: np.ndarray, start: int = 50
) -> Explorer:
    """Draw the losses of all images for two networks; a slider takes the k highest of each.

    Parameters
    ----------
    losses : dict of str to array, shape (N,)
        Name of each network (two), and its loss of each training image.
    wrong : array of bool, shape (N,)
        Which of the images carry a wrong label.
    start : int
        Where the slider stands first.

    Returns
    -------
    Explorer
    """
    count = ipywidgets.IntSlider(
        value=start,
        min=10,
        max=len(wrong),
        step=10,
        description="k, images looked at",
        layout=ipywidgets.Layout(width="34rem", max_width="100%"),
        style={"description_width": "14rem"},
    )
    return Explorer(
        moved_by([count], lambda k: draw_suspects(losses, wrong, k)),
        still_suspects(losses, wrong, start),
    )


def found(losses: np.ndarray, wrong: np.ndarray, k: int) -> int:
    """Return how many of the k images with the highest loss carry a wrong label."""
    return int(wrong[np.argsort(-losses, kind="stable")[:k]].sum())


def draw_suspects(losses: Mapping[str, np.ndarray], wrong: np.ndarray, k: int) -> str:
    """Return one setting as HTML: a panel a network, above each other."""
    parts = []
    for place, (name, ones) in enumerate(losses.items()):
        parts.extend(_panel(40 + place * 172, name, ones, wrong, k))
    parts.append(box(60, 372, 14, 12, fill=RIGHT.color))
    parts.append(text(80, 383, "right label (broad)"))
    parts.append(box(226, 372, 7, 12, fill=WRONG.color))
    parts.append(text(240, 383, "wrong label (narrow)"))
    parts.append(line(404, 378, 432, 378, INK, 2, "6 4"))
    parts.append(text(440, 383, "the k highest begin here"))
    return svg(parts, 396, _described(losses, wrong, k, exact=True))


def still_suspects(losses: Mapping[str, np.ndarray], wrong: np.ndarray, k: int) -> Picture:
    """Draw one setting as a figure, one panel a network."""
    figure, panels = new_figure(
        columns=len(losses), height=3.4, alt=_described(losses, wrong, k, exact=False)
    )
    edges = np.linspace(0, HIGHEST_LOSS, BARS + 1)
    for axes, (name, ones) in zip(panels, losses.items(), strict=True):
        for look, chosen, words in ((RIGHT, ~wrong, "right label"), (WRONG, wrong, "wrong label")):
            axes.stairs(
                _counts(ones[chosen]),
                edges,
                fill=look is WRONG,
                color=look.color,
                hatch=look.hatch,
                linewidth=1.8,
                alpha=1.0 if look is RIGHT else 0.6,
                label=words,
            )
        axes.axvline(_limit(ones, k), color=INK, linestyle="--", label=f"the {k} highest")
        axes.set(title=f"{name}: {found(ones, wrong, k) / k:.0%} wrong\namong the {k} highest")
        axes.set(xlabel="loss of the image", yscale="symlog", ylim=(0, len(wrong)))
        axes.set_yticks([0, 1, 10, 100, 1000], ["0", "1", "10", "100", "1000"])
    panels[0].set_ylabel("images (log scale)")
    figure.legend(
        *panels[0].get_legend_handles_labels(),
        frameon=False,
        loc="outside lower center",
        ncols=3,
    )
    return figure


def _limit(losses, k):
    """Return the lowest of the k highest losses, at most where the picture ends."""
    return min(float(np.sort(losses)[-k]), HIGHEST_LOSS)


def _counts(losses: Sequence[float]) -> np.ndarray:
    return np.histogram(np.minimum(losses, HIGHEST_LOSS), BARS, (0, HIGHEST_LOSS))[0]


def _panel(top, name, losses, wrong, k):
    highest = np.log10(len(wrong))
    frame = Frame(60, top, 560, 96, (0, HIGHEST_LOSS), (0, highest))
    hits = found(losses, wrong, k)
    yield frame.axes(range(int(HIGHEST_LOSS) + 1), (), x_label="")
    told = f"{name}: {hits} of the {k} highest losses are wrong labels ({hits / k:.0%})"
    yield text(frame.left, top - 12, told, weight="bold")
    for exponent in (0, 1, 2, 3):
        if exponent <= highest:
            y = frame.y(exponent)
            words = f"{10**exponent}"
            yield text(frame.left - 7, y + 4, words, anchor="end", size=SVG_SMALLEST)
    bottom, step = frame.top + frame.height, frame.width / BARS
    for look, chosen, share in ((RIGHT, ~wrong, 0.9), (WRONG, wrong, 0.42)):
        for place, count in enumerate(_counts(losses[chosen])):
            if count:
                # One image is a thin bar, none is no bar.
                y = min(frame.y(np.log10(count)), bottom - 3)
                x = frame.left + (place + 0.5 - share / 2) * step
                yield box(x, y, share * step, bottom - y, fill=look.color)
    x = frame.x(_limit(losses, k))
    yield line(x, top, x, bottom, INK, 2, "6 4")
    yield text(frame.left + frame.width, bottom + 34, "loss of the image", anchor="end", size=12)
    yield line(frame.left, bottom, frame.left + frame.width, bottom, GREY)


def _described(losses, wrong, k, exact):
    """Say what is drawn; what another machine may find a little different is marked with ≈."""
    sign = "" if exact else "≈ "
    told = "; ".join(
        f"{name}, {sign}{100 * found(ones, wrong, k) / k:.0f} %" for name, ones in losses.items()
    )
    return (
        f"Histograms of the losses of {len(wrong)} training images, those with right and those "
        f"with wrong labels. Share of wrong labels among the {k} highest losses: {told}."
    )
