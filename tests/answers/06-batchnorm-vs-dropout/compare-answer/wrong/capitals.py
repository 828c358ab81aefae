# first message holds: spelt like this
# refused by: compare-verdict
def compare(first, second):
    if len(first) != len(second):
        raise ValueError
    d = np.subtract(first, second)
    m = d.mean()
    e = d.std(ddof=1) / np.sqrt(len(d)) if len(d) > 1 else float("nan")
    if len(d) < 5 or abs(m) <= 3 * e:
        return m, e, "Cannot be told"
    return m, e, "First" if m > 0 else "Second"
