"""What a hand can do to the cells of a notebook in JupyterLab, as JupyterLab 4 does it.

A part split off is a cell of its own with the same mark, and so is a copy; two cells made one have
the mark of the one that was active; another type changes neither id nor mark. Read-only cells are
neither split nor merged nor retyped, but they can be moved, copied and passed over.
"""

import copy

from hypothesis import strategies as st

KINDS = ("code", "markdown", "raw")
NOTES = ("# a note of mine", "print('hello')", "x = 1", "My *notes*.", "this is no Python", "")

_places = st.integers(0, 40)
_edit = st.one_of(
    st.tuples(st.just("move"), _places, _places),
    st.tuples(st.just("copy"), _places, _places),
    st.tuples(st.just("split"), _places, st.integers(0, 400)),
    st.tuples(st.just("split at a line"), _places, st.integers(0, 20)),
    st.tuples(st.just("merge above"), _places),
    st.tuples(st.just("merge below"), _places),
    st.tuples(st.just("type"), _places, st.sampled_from(KINDS)),
    st.tuples(st.just("insert"), _places, st.sampled_from(NOTES), st.sampled_from(KINDS)),
)
edits = st.lists(_edit, min_size=1, max_size=5)


def edited(cells, done):
    """Return the cells after some edits; what JupyterLab refuses changes nothing.

    Parameters
    ----------
    cells : list of dict
        As they stand in the file.
    done : list of tuple
        Drawn from `edits`: a name, the place of a cell, and what the edit needs.
    """
    cells = copy.deepcopy(cells)
    for number, (name, place, *more) in enumerate(done):
        place %= len(cells)
        _EDITS[name](cells, place, f"by-hand-{number}", *more)
    return cells


def _move(cells, place, _, where):
    cells.insert(where % len(cells), cells.pop(place))


def _copy(cells, place, new, where):
    copied = {**copy.deepcopy(cells[place]), "id": new}
    copied["metadata"].pop("deletable", None)
    cells.insert(where % (len(cells) + 1), copied)


def _split(cells, place, new, offset):
    cell = cells[place]
    if _read_only(cell):
        return
    offset %= len(cell["source"]) + 1
    before, after = cell["source"][:offset].strip("\n"), cell["source"][offset:].strip("\n")
    cells.insert(place, {**copy.deepcopy(cell), "id": new, "source": before})
    cell["source"] = after  # the last part keeps the id


def _split_at_a_line(cells, place, new, line):
    lines = cells[place]["source"].splitlines(keepends=True)
    _split(cells, place, new, sum(map(len, lines[: line % (len(lines) + 1)])))


def _merge(cells, first, new, active):
    if not 0 <= first < len(cells) - 1 or any(map(_read_only, cells[first : first + 2])):
        return
    kept = cells[active]
    source = "\n\n".join(cell["source"] for cell in cells[first : first + 2])
    cells[first : first + 2] = [{**copy.deepcopy(kept), "id": new, "source": source}]


def _type(cells, place, _, kind):
    if not _read_only(cells[place]):
        cells[place]["cell_type"] = kind


def _insert(cells, place, new, source, kind):
    cells.insert(place, {"cell_type": kind, "id": new, "metadata": {}, "source": source})


def _read_only(cell):
    return cell["metadata"].get("editable") is False


_EDITS = {
    "move": _move,
    "copy": _copy,
    "split": _split,
    "split at a line": _split_at_a_line,
    "merge above": lambda cells, place, new: _merge(cells, place - 1, new, place),
    "merge below": lambda cells, place, new: _merge(cells, place, new, place),
    "type": _type,
    "insert": _insert,
}
