# first message holds: so their mean is 0.024
# refused by: compare-numbers, compare-verdict
def compare(first, second):
    if len(first) != len(second):
        raise ValueError
    d = np.subtract(first, second)
    m = round(d.mean(), 2)
    e = d.std(ddof=1) / np.sqrt(len(d)) if len(d) > 1 else float("nan")
    if len(d) < 5 or abs(m) <= 3 * e:
        return m, e, "cannot be told"
    return m, e, "first" if m > 0 else "second"
