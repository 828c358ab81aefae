# first message holds: raise a ValueError, not AssertionError
# refused by: compare-numbers
def compare(first, second):
    assert len(first) == len(second), "different numbers of seeds"
    d = np.subtract(first, second)
    m = d.mean()
    e = d.std(ddof=1) / np.sqrt(len(d)) if len(d) > 1 else float("nan")
    if len(d) < 5 or abs(m) <= 3 * e:
        return m, e, "cannot be told"
    return m, e, "first" if m > 0 else "second"
