# first message holds: at least five
# refused by: compare-verdict
def compare(first, second):
    if len(first) != len(second):
        raise ValueError
    d = np.subtract(first, second)
    m, e = d.mean(), d.std(ddof=1) / np.sqrt(len(d)) if len(d) > 1 else float("nan")
    return m, e, "first" if m > 0 else "second"
