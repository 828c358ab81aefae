"""The badge of the challenge: a picture with a name and a date, saved beside the notebook."""

from __future__ import annotations

import base64
from datetime import date
import html
import math
import os
from pathlib import Path
import re
import unicodedata

from crossentropy import own_folder

FILE = "badge.svg"
TITLE = "Categorical Cross-Entropy Master"
LONGEST_NAME = 40
# Where the name stands: from x = 222, and this wide; so large, and no line of it larger.
WIDTH, LARGEST, SECOND_LINE_FROM = 238, 26, 18


class BadgeError(ValueError):
    """The badge cannot be made or saved; the message is one sentence for the learner."""


def svg(name: str, day: date) -> str:
    """Draw the badge.

    Parameters
    ----------
    name : str
        1 to 40 characters.
    day : datetime.date

    Returns
    -------
    str
        SVG of 480 by 240 units that needs no font, picture or network from elsewhere.

    Raises
    ------
    BadgeError
        If there is no name, or too long a one.
    """
    name = " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", name).split())
    if not name:
        raise BadgeError("Write your name first: it stands on the badge.")
    if len(name) > LONGEST_NAME:
        raise BadgeError(f"Your name has {len(name)} characters: the badge holds {LONGEST_NAME}.")
    # The loss over the probability of the true class, from e^-3 to 1: what the badge is about.
    curve = " ".join(
        f"{36 + 168 * math.exp(-loss):.1f},{204 - 54 * loss:.1f}"
        for loss in (step / 20 for step in range(61))
    )
    told = html.escape(f"{TITLE}: {name}, {day.isoformat()}")
    return f"""<svg xmlns="http://www.w3.org/2000/svg" width="480" height="240" role="img"
 viewBox="0 0 480 240" aria-label="{told}">
<title>{told}</title>
<rect x="4" y="4" width="472" height="232" rx="14" fill="#fff" stroke="#0d47a1" stroke-width="6"/>
<path d="M 36 36 V 204 H 204" fill="none" stroke="#616161" stroke-width="2"/>
<polyline points="{curve}" fill="none" stroke="#0d47a1" stroke-width="5"/>
<g font-family="sans-serif" fill="#212121">
<text x="92" y="100" font-size="22" font-style="italic">&#8722;log p</text>
<text x="222" y="62" font-size="20">Categorical</text>
<text x="222" y="88" font-size="20">Cross-Entropy</text>
<text x="222" y="120" font-size="26" font-weight="bold" fill="#0d47a1">Master</text>
{_name(name)}
<text x="222" y="206" font-size="16">{day.isoformat()}</text>
</g>
</svg>
"""


def _name(name: str) -> str:
    """Draw a name as large as fits, a long one in two lines."""
    lines = [name]
    if _width(name) * SECOND_LINE_FROM > WIDTH and " " in name:
        breaks = [at for at, letter in enumerate(name) if letter == " "]
        at = min(breaks, key=lambda at: max(_width(name[:at]), _width(name[at + 1 :])))
        lines = [name[:at], name[at + 1 :]]
    size = min(LARGEST if len(lines) == 1 else 22, WIDTH / max(map(_width, lines)))
    drawn = []
    for line, y in zip(lines, (168,) if len(lines) == 1 else (156, 180), strict=True):
        # Fonts differ from machine to machine: a line that may be too wide is squeezed to fit.
        wide = _width(line) * size > 0.85 * WIDTH
        fit = f' textLength="{WIDTH}" lengthAdjust="spacingAndGlyphs"' if wide else ""
        drawn.append(
            f'<text x="222" y="{y}" font-size="{size:.1f}"{fit}>{html.escape(line)}</text>'
        )
    return "\n".join(drawn)


def _width(text: str) -> float:
    """About how wide a text is in an ordinary font of size 1."""
    return sum(
        1.0
        if unicodedata.east_asian_width(one) in "WF" or one in "MWmw@"
        else 0.72
        if one.isupper()
        else 0.55
        for one in text
        if not unicodedata.combining(one)
    )


def save(name: str, day: date | None = None, folder: str | os.PathLike | None = None) -> Path:
    """Save the badge as `badge.svg` beside the notebook, and return its path.

    Parameters
    ----------
    name : str
    day : datetime.date, optional
        By default today.
    folder : path, optional
        A folder in place of the notebook's.

    Raises
    ------
    BadgeError
        As `svg`, or if the folder cannot be written to.
    """
    picture = svg(name, day or date.today())
    try:
        return own_folder.save(FILE, picture, folder)
    except own_folder.OwnFileError as error:
        raise BadgeError(f"The badge was not saved: {error}") from None


def shown(folder: str | os.PathLike | None = None) -> str:
    """HTML of the saved badge, with its words as alternative text; empty if there is none."""
    try:
        path = (own_folder.home() if folder is None else Path(folder)) / FILE
        picture = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
    found = re.search(r"<title>(.*?)</title>", picture)
    # As an image, so that whatever stands in the file is drawn and never run.
    code = base64.b64encode(picture.encode("utf-8")).decode("ascii")
    return (
        f'<img src="data:image/svg+xml;base64,{code}" alt="Badge. {found[1] if found else ""}" '
        f'width="480"><p>Saved beside this notebook as <code>{FILE}</code>.</p>'
    )
