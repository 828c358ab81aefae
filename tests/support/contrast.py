"""How well colours can be told apart, as WCAG 2.2 computes it, in JupyterLab's two themes."""

from pathlib import Path
import re
import sys

from matplotlib.colors import to_rgba
import numpy as np

THEMES = Path(sys.prefix) / "share/jupyter/lab/themes/@jupyterlab"
LETTERS = 4.5  # what letters need (1.4.3)
SHAPES = 3.0  # what lines and borders need (1.4.11)
_HUE_ROTATE_180 = np.array(
    [  # of CSS, with a cosine of -1 and a sine of 0
        [0.213 - 0.787, 0.715 + 0.715, 0.072 + 0.072],
        [0.213 + 0.213, 0.715 - 0.285, 0.072 + 0.072],
        [0.213 + 0.213, 0.715 + 0.715, 0.072 - 0.928],
    ]
)


def ratio(one, other):
    """Return the contrast of two colours, from 1 to 21; each red, green, blue from 0 to 1."""
    dark, light = sorted(_luminance(np.asarray(colour)[:3]) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour):
    linear = np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def in_the_dark(colour):
    """Return what `drawing.DARK_FILTER`, `invert(0.9) hue-rotate(180deg)`, makes of a colour."""
    inverted = 0.9 + np.asarray(colour)[:3] * (1 - 2 * 0.9)
    return np.clip(_HUE_ROTATE_180 @ inverted, 0, 1)


class Theme:
    """The colours of one of JupyterLab's themes."""

    def __init__(self, name):
        text = (THEMES / f"theme-{name}-extension" / "index.css").read_text(encoding="utf-8")
        self.variables = dict(re.findall(r"(--[\w-]+):\s*([^;}]+)", text))

    def colour(self, value, ground):
        """Return the colour that a CSS value is on a ground; the ground where it is none."""
        while found := re.search(
            r"var\((--[\w-]+)(?:,\s*([^()]*|[^()]*\([^()]*\)[^()]*))?\)", value
        ):
            value = value.replace(found[0], self.variables.get(found[1], found[2] or "inherit"), 1)
        value = value.strip()
        if numbers := re.fullmatch(r"rgba?\(([^)]+)\)", value):
            *given, last = [
                float(one.strip("% ")) for one in re.split(r"[,/]|\s+", numbers[1]) if one
            ]
            rgba = [*given, last, 1.0] if len(given) == 2 else [*given, last]
            red, green, blue, alpha = rgba
            rgba = (red / 255, green / 255, blue / 255, alpha)
        elif re.fullmatch(r"#\w{3,8}|[a-z]+", value) and value not in (
            "none",
            "transparent",
            "inherit",
        ):
            rgba = to_rgba(value)
        else:
            return np.asarray(ground)
        return rgba[3] * np.array(rgba[:3]) + (1 - rgba[3]) * np.asarray(ground)


def rules(css):
    """Yield selector and declarations of each rule of a style sheet."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        pairs = (line.split(":", 1) for line in body.split(";") if ":" in line)
        yield selector.strip(), {name.strip(): value.strip() for name, value in pairs}
