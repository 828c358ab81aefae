"""Formulas as small pictures that need neither a network nor a script."""

from __future__ import annotations

from functools import lru_cache
import html
import re

SIZE = 10.0  # of the letters, in the picture's own units
BEGIN = {1: "M", 2: "L", 3: "Q", 4: "C", 79: "Z"}
LONGEST = 600  # letters; a learner may write anything, and this takes time to set
POINTS = {1: 1, 2: 1, 3: 2, 4: 3, 79: 1}


def formula(tex: str) -> str:
    """Return a formula as a `picture`; as code if it cannot be drawn."""
    return picture(tex) or f"<code>{html.escape(tex)}</code>"


@lru_cache(maxsize=2000)
def picture(tex: str) -> str | None:
    """Return a formula as an SVG picture in the colour of the text; None if it cannot be drawn.

    Parameters
    ----------
    tex : str
        As between two dollar signs; matplotlib's mathtext sets it. It is the picture's text too.
    """
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath, TextToPath

    if len(tex) > LONGEST:
        return None
    # mathtext wants braces where TeX takes the next letter, and has no sizes of brackets.
    written = re.sub(r"(\\sqrt)\s*(\w)", r"\1{\2}", " ".join(tex.split()))
    written = re.sub(r"\\[bB]igg?[lrm]?(?![a-zA-Z])", "", written)
    math, font = f"${written}$", FontProperties(size=SIZE)
    try:
        width, height, depth = TextToPath().get_text_width_height_descent(math, font, ismath=True)
        path = TextPath((0, 0), math, size=SIZE, prop=font)
    except (ValueError, RuntimeError):
        return None
    label = html.escape(tex.strip(), quote=True)
    return (
        f'<svg class="formula" role="img" aria-label="{label}" fill="currentColor" '
        f'viewBox="0 {depth - height:.2f} {width:.2f} {height:.2f}" '
        f'style="width:{width / SIZE:.2f}em;height:{height / SIZE:.2f}em;'
        f'vertical-align:{-depth / SIZE:.2f}em;overflow:visible"><path d="{_drawn(path)}"/></svg>'
    )


def _drawn(path) -> str:
    """Return the outline in SVG's letters; there y grows downwards."""
    parts, waiting = [], []
    for (x, y), code in zip(path.vertices, path.codes, strict=True):
        waiting.append(f"{x:.2f} {-y:.2f}")
        if len(waiting) == POINTS[int(code)]:
            parts.append("Z" if code == 79 else BEGIN[int(code)] + " ".join(waiting))
            waiting = []
    return "".join(parts)
