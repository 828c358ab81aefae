# first message holds: a share of 1,000 images
# refused by: compare-numbers, compare-verdict
def compare(first, second):
    if len(first) != len(second):
        raise ValueError
    p = np.mean(first)
    m = np.mean(first) - np.mean(second)
    e = np.sqrt(p * (1 - p) / 1000) if len(first) > 1 else float("nan")
    if len(first) < 5 or abs(m) <= 3 * e:
        return m, e, "cannot be told"
    return m, e, "first" if m > 0 else "second"
