# first message holds: its standard error is 0
# refused by: compare-verdict
def compare(first, second):
    if len(first) != len(second):
        raise ValueError
    d = np.subtract(first, second)
    m = d.mean()
    e = d.std(ddof=1) / np.sqrt(len(d)) if len(d) > 1 else float("nan")
    if len(d) < 5 or abs(m) <= 3 * e or e == 0:
        return m, e, "cannot be told"
    return m, e, "first" if m > 0 else "second"
