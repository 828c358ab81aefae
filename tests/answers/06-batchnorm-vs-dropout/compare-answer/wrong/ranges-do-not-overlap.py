# first message holds: 2.5 standard errors
# refused by: compare-verdict
def compare(first, second):
    if len(first) != len(second):
        raise ValueError
    d = np.subtract(first, second)
    m = d.mean()
    e = d.std(ddof=1) / np.sqrt(len(d)) if len(d) > 1 else float("nan")
    if len(d) >= 5 and min(first) > max(second):
        return m, e, "first"
    if len(d) >= 5 and min(second) > max(first):
        return m, e, "second"
    return m, e, "cannot be told"
