"""JSON text of a record, read strictly: nothing that it holds is passed over in silence."""

from __future__ import annotations

import json
from typing import Any


def read(content: bytes | str) -> Any:
    """Return what JSON text holds.

    Raises
    ------
    ValueError, RecursionError
        If that is no JSON text, or has a name twice in one place: of two entries, as a damaged byte
        makes them of neighbours, `json` itself would drop the first.
    """
    return json.loads(content, object_pairs_hook=_each_once)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in one place")
    return found
