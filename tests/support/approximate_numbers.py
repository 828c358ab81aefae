"""A pytest plugin beside nbval: a number marked with ≈ is compared within a stated tolerance.

Training gives other last digits on another machine. A cell that prints such a number marks it and
says how far it may differ, in the units in which it is printed::

    # ≈ may differ by 0.02
    print(f"validation accuracy ≈ {val_accuracy:.3f}")

Every other character is compared as nbval does. A mark without a stated tolerance is an error, and
so is a stated tolerance without a mark.
"""

import copy
import functools
import re

from nbval.plugin import IPyNbCell

TOLERANCE = re.compile(r"^ *# ≈ may differ by ([0-9]+(?:\.[0-9]+)?)\b", re.MULTILINE)
# With the space around it, since a number that is one digit longer moves a column.
MARKED = re.compile(" *≈ *([-+\N{MINUS SIGN}]?[0-9]+(?:\\.[0-9]+)?)")


def pytest_itemcollected(item):
    """Compare the outputs of each cell of a notebook with its marks in mind."""
    if isinstance(item, IPyNbCell):
        item.compare_outputs = functools.partial(compare, item, item.compare_outputs)


def compare(item, exactly, test, ref, skip_compare=None):
    """Compare as nbval does once marked numbers within the tolerance have been made equal."""
    tolerance = stated_tolerance(item.cell.source)
    complaint = misuse(tolerance, [*test, *ref])
    equal = exactly(
        test,
        ref if tolerance is None else settle(test, ref, tolerance, item.sanitize),
        skip_compare,
    )
    if complaint:
        item.comparison_traceback.append(complaint)
        return False
    return equal


def stated_tolerance(source):
    """Return how far marked numbers of a cell may differ, or None where it says nothing."""
    found = TOLERANCE.search(source)
    return float(found.group(1)) if found else None


def misuse(tolerance, outputs):
    """Return what is wrong with the marks of a cell; "" when nothing is."""
    marked = any(MARKED.search(text) for output in outputs for _, _, text in _texts(output))
    if marked and tolerance is None:
        return "A number is marked with ≈, but the cell has no line '# ≈ may differ by …'."
    if tolerance is not None and not marked:
        return "The cell says how far its numbers may differ, but none is marked with ≈."
    return ""


def settle(test, ref, tolerance, sanitize=str):
    """Return the reference outputs with the numbers of the run wherever both are close enough.

    `sanitize` takes out of a text what is not compared, such as the pixels beside an `alt`.
    """
    ref = copy.deepcopy(ref)
    for ran, stored in zip(test, ref, strict=False):
        texts = {key: text for _, key, text in _texts(ran)}
        for holder, key, text in _texts(stored):
            if key in texts and close(sanitize(texts[key]), sanitize(text), tolerance):
                holder[key] = texts[key]
    return ref


def close(ran, stored, tolerance):
    """Whether two texts differ in nothing but marked numbers, and in none by too much."""
    if MARKED.sub("≈", ran) != MARKED.sub("≈", stored):
        return False
    pairs = zip(MARKED.findall(ran), MARKED.findall(stored), strict=True)
    # Half a unit of the tenth digit, since 0.3 - 0.1 is a little more than 0.2.
    return all(abs(_number(one) - _number(other)) <= tolerance + 5e-11 for one, other in pairs)


def _number(text):
    return float(text.replace("\N{MINUS SIGN}", "-"))


def _texts(output):
    """Yield every text of an output with the dictionary and the key that hold it."""
    for holder in (output, output.get("data", {})):
        for key, text in holder.items():
            if isinstance(text, str):
                yield holder, key, text
